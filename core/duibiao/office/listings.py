"""The lists (清单) of a bureau, made of stored reports: 附件3, and the annexes of the Kaifeng plan.

A short list is made while somebody waits; a long one is a job, see `duibiao.office.long_lists`.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from sqlalchemy import Select, and_, func, select

from duibiao.office.desk import Office, require
from duibiao.office.errors import InvalidError, NotFoundError
from duibiao.office.seeing import newest_of, scope_of
from duibiao.procedure.rights import Actor, Right
from duibiao.procedure.roles import Track
from duibiao.procedure.states import State
from duibiao.reports.lapsing import as_of
from duibiao.reports.lists import LISTS, annex3, targets, upgrade
from duibiao.reports.lists.data import Listing, make_listing
from duibiao.reports.lists.entry import Entry
from duibiao.reports.lists.reading import read_entry
from duibiao.reports.lists.workbook import Page, render
from duibiao.storage.blobs import StoreError
from duibiao.storage.packages import Package, Submission

KINDS = {"annex3": annex3.FILE, "upgrade": upgrade.FILE, "targets": targets.FILE}
"""Key in addresses → file name."""
AT_ONCE = 1_000
"""Most packages of a list for which somebody waits: about three seconds."""
GONE = (State.DRAFT.value, State.WITHDRAWN.value, State.REMOVED.value)
_SAID = 500


def count(office: Office, actor: Actor, county: str = "") -> int:
    """Return the number of packages that the lists are made of.

    Raises:
        ForbiddenError: If the role has no lists.
    """
    require(actor, Right.SEE_STATISTICS)
    with office.database.reading() as session:
        query = select(func.count()).select_from(_chosen(actor, county).subquery())
        return session.scalar(query) or 0


@contextlib.contextmanager
def listing(
    office: Office,
    actor: Actor,
    county: str = "",
    *,
    folder: Path | None = None,
    say: Callable[[str], None] | None = None,
) -> Iterator[Listing]:
    """Give what the lists are made of: every package under way or published, without confidential ones.

    Args:
        office: The office.
        actor: Who asks.
        county: Only this 县（市、区）, or "" for all that the actor sees.
        folder: Where it lies meanwhile; None for where the system keeps what is temporary.
        say: Told how far it is, in words, now and then.

    Raises:
        ForbiddenError: If the role has no lists.
    """
    require(actor, Right.SEE_STATISTICS)
    with office.database.reading() as session:
        rows = session.execute(_chosen(actor, county)).all()
    problems: dict[str, str] = {}

    def entries() -> Iterator[Entry]:
        for number, (package, confidential, file, report) in enumerate(rows):
            if say and number % _SAID == 0:
                say(f"读取审查报告：{number} / {len(rows)} 份")
            if not confidential:
                entry = _entry(office, f"{file}（{package[:6]}）", report, problems)
                if entry:
                    yield entry

    secret = sum(row.confidential for row in rows)
    made = make_listing(
        office.service.common,
        entries(),
        problems,
        city=actor.city,
        day=office.today,
        skipped=f"涉密申报 {secret} 份没有列入，请线下报送（第九条）" if secret else "",
        folder=folder,
    )
    with contextlib.closing(made):
        yield made


@contextlib.contextmanager
def pages(office: Office, actor: Actor, kind: str, county: str = "") -> Iterator[tuple[Page, ...]]:
    """Give the sheets of a list, whose rows can be gone through meanwhile.

    Raises:
        ForbiddenError: If the role has no lists.
        NotFoundError: If there is no such list.
        InvalidError: If it is so long that it is made as a job.
    """
    require(actor, Right.SEE_STATISTICS)
    if kind not in KINDS:
        raise NotFoundError("没有这种清单")
    total = count(office, actor, county)
    if total > AT_ONCE:
        raise InvalidError(
            f"申报有 {total} 份，超过 {AT_ONCE} 份的清单要在后台生成；请用“生成清单”（接口：POST /lists），或按县（市、区）筛选"
        )
    with listing(office, actor, county) as made:
        yield LISTS[KINDS[kind]](made)


def workbook(office: Office, actor: Actor, kind: str, county: str = "") -> tuple[str, bytes]:
    """Return a list as a workbook: file name and content.

    Raises:
        ForbiddenError: If the role has no lists.
        NotFoundError: If there is no such list.
        InvalidError: If it is so long that it is made as a job.
    """
    with pages(office, actor, kind, county) as sheets:
        return KINDS[kind], render(sheets)


def _chosen(actor: Actor, county: str) -> Select[str, bool, str, str]:
    """Return the query of id, confidentiality, file and report of every package of the lists, as its newest version has them."""
    last = newest_of().subquery()
    query = (
        scope_of(actor)
        .where(Package.track == Track.GRADE.value, Package.state.not_in(GONE))
        .where(Package.enterprise != "")
        .join(last, last.c.package_id == Package.id)
        .join(
            Submission,
            and_(Submission.package_id == Package.id, Submission.number == last.c.number),
        )
    )
    if county:
        query = query.where(Package.county == county)
    return query.with_only_columns(
        Package.id, Package.confidential, Submission.file, Submission.report
    ).order_by(Package.filed, Package.id)


def _entry(office: Office, name: str, report: str, problems: dict[str, str]) -> Entry | None:
    """Return the entry of a package by its stored report; None where there is none, which is then among the `problems`."""
    if not report:
        problems[name] = "最新一稿还没有审查完"
        return None
    try:
        told: Mapping[str, object] = json.loads(office.blobs.get(report))
        return read_entry(name, as_of(dict(told), office.today), office.service.common)
    except (StoreError, ValueError, KeyError):
        problems[name] = "审查报告读不出；请重新审查这份申报"
        return None
