"""Statistics (统计) over the packages that a bureau sees: counts, what is due and late, how well grades hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Row, and_, select
from sqlalchemy.orm import Session

from duibiao.law.common import CommonLaw
from duibiao.model.grades import parse_grade
from duibiao.office.desk import Office, require
from duibiao.office.seeing import newest_of, scope_of
from duibiao.procedure.deadlines import Due, calendar_of, due_of
from duibiao.procedure.rights import Actor, Right
from duibiao.procedure.roles import Track
from duibiao.procedure.states import State
from duibiao.reports.lists.kinds import kind_of
from duibiao.service import Service
from duibiao.service.terms import CHINA
from duibiao.storage.packages import Package, StepTaken, Submission

UNKNOWN = "没有写"
HELD_SHARE = "SMX-14"
"""Fact of the law that names the share of 第十四条."""
_KEPT, _LOWERED = "review-keep", ("downgrade", "spot-downgrade", "lowest")


@dataclass(frozen=True, slots=True)
class Waiting:
    """待办: a package that must move, and until when.

    Attributes:
        id: Id of the package.
        enterprise: Enterprise.
        county: 县（市、区）.
        state: Where it stands.
        due: The deadline.
        left: Days left; negative when it is late.
    """

    id: str
    enterprise: str
    county: str
    state: State
    due: Due
    left: int


@dataclass(frozen=True, slots=True)
class Holding:
    """行业达标率 (第十四条): of the grades of an industry that were reviewed this year, how many held.

    Attributes:
        industry: Industry.
        reviewed: Packages whose grade was reviewed: by spot check, second review or recheck.
        kept: Those whose last review kept it.
        below: Whether the share is below that of the law; None where the city's law sets none.
        listed: Published packages of the industry, id and enterprise, that the law then wants downgraded.
    """

    industry: str
    reviewed: int
    kept: int
    below: bool | None
    listed: tuple[tuple[str, str], ...] = ()

    @property
    def share(self) -> Decimal:
        """The share in %."""
        return Decimal(100 * self.kept) / self.reviewed


@dataclass(frozen=True, slots=True)
class Overview:
    """统计.

    Attributes:
        total: Number of packages.
        counts: Name of a table (county, industry, grade, state, verdict) → its lines, the greatest first, or in their own order.
        calendar: Deadlines to come, the nearest first.
        waiting: Packages that must move, the most urgent first.
        holdings: Industries whose grades were reviewed this year.
        required: The share of 第十四条 in %, or None where the city's law sets none.
    """

    total: int
    counts: dict[str, tuple[tuple[str, int], ...]]
    calendar: tuple[Due, ...]
    waiting: tuple[Waiting, ...]
    holdings: tuple[Holding, ...]
    required: Decimal | None


_Line = Row[str, str, str, str, str, str, str, str, str, str, datetime, str | None]


def overview(office: Office, actor: Actor) -> Overview:
    """Return the statistics over what an actor sees.

    Raises:
        ForbiddenError: If the role has no statistics.
    """
    require(actor, Right.SEE_STATISTICS)
    common, today = office.service.common, office.today
    with office.database.reading() as session:
        lines = _lines(session, actor)
        reviews = _reviews(session, actor, today.year)
    industry = _namer(office.service)
    required = _required(common, actor.city)
    return Overview(
        total=len(lines),
        counts={
            "county": _counted(line.county for line in lines),
            "industry": _counted(industry(line.industry) for line in lines),
            "grade": _counted(_grade(line) for line in lines),
            "state": _ordered(
                [State(line.state).label for line in lines], [s.label for s in State]
            ),
            "verdict": _counted(line.verdict or "还没有审查完" for line in lines),
        },
        calendar=calendar_of(common, actor.city, today),
        waiting=_waiting(common, lines, today),
        holdings=_holdings(lines, reviews, industry, required),
        required=required,
    )


def _lines(session: Session, actor: Actor) -> Sequence[_Line]:
    newest = newest_of().subquery()
    query = (
        scope_of(actor)
        .join(newest, newest.c.package_id == Package.id)
        .join(
            Submission,
            and_(Submission.package_id == Package.id, Submission.number == newest.c.number),
        )
        .with_only_columns(
            Package.id, Package.enterprise, Package.city, Package.county, Package.industry, Package.declared,
            Package.final_grade, Package.published, Package.state, Package.track, Package.since, Submission.verdict,
        )
        .order_by(Package.enterprise, Package.id)
    )  # fmt: skip
    return session.execute(query).all()


def _reviews(session: Session, actor: Actor, year: int) -> dict[str, bool]:
    """Return, of each package whose grade was reviewed in a year, whether its last review kept it."""
    seen = scope_of(actor).with_only_columns(Package.id)
    query = (
        select(StepTaken.package_id, StepTaken.key)
        .where(
            StepTaken.package_id.in_(seen),
            StepTaken.key.in_((_KEPT, *_LOWERED)),
            StepTaken.created >= datetime(year, 1, 1, tzinfo=CHINA),
        )
        .order_by(StepTaken.created)
    )
    return {package: key == _KEPT for package, key in session.execute(query)}


def _waiting(common: CommonLaw, lines: Iterable[_Line], today: date) -> tuple[Waiting, ...]:
    found = []
    for line in lines:
        state, track = State(line.state), Track(line.track)
        since = line.since.astimezone(CHINA).date()
        due = due_of(common, line.city, state, track, since)
        if due is not None:
            left = due.days_left(today)
            found.append(Waiting(line.id, line.enterprise, line.county, state, due, left))
    return tuple(sorted(found, key=lambda one: (one.left, one.enterprise, one.id)))


def _holdings(
    lines: Iterable[_Line],
    reviews: dict[str, bool],
    industry: Callable[[str], str],
    required: Decimal | None,
) -> tuple[Holding, ...]:
    of: dict[str, list[_Line]] = {}
    for line in lines:
        if line.track == Track.GRADE.value:
            of.setdefault(industry(line.industry), []).append(line)
    found = []
    for name, own in of.items():
        outcomes = [reviews[line.id] for line in own if line.id in reviews]
        if not outcomes:
            continue
        kept = sum(outcomes)
        below = None if required is None else Decimal(100 * kept) < required * len(outcomes)
        listed = tuple((line.id, line.enterprise) for line in own if below and line.published)
        found.append(Holding(name, len(outcomes), kept, below, listed))
    return tuple(sorted(found, key=lambda one: (one.share, one.industry)))


def _required(common: CommonLaw, city: str) -> Decimal | None:
    fact = next(fact for fact in common.facts if fact.provenance.id == HELD_SHARE)
    return fact.figure.value if fact.figure and city and fact.scope.region == city else None


def _namer(service: Service) -> Callable[[str], str]:
    """Return what gives an industry its name in the technical guides, so that wordings count as one."""
    known: dict[str, str] = {"": UNKNOWN}

    def name(declared: str) -> str:
        if declared not in known:
            found = service.registry.find(declared)
            branch, number = (found[1].name, found[1].national_no) if found else ("", None)
            known[declared] = kind_of(declared, branch, number, service.common).name
        return known[declared]

    return name


def _grade(line: _Line) -> str:
    written = line.published or line.final_grade or line.declared
    grade = parse_grade(written)
    return grade.label if grade else written or UNKNOWN


def _counted(values: Iterable[str]) -> tuple[tuple[str, int], ...]:
    counts = Counter(value or UNKNOWN for value in values)
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _ordered(values: Iterable[str], order: Iterable[str]) -> tuple[tuple[str, int], ...]:
    counts = Counter(values)
    return tuple((name, counts[name]) for name in order if counts[name])
