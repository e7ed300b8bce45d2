"""The public list of grades (第十条（5）, 第十六条): what anybody may see; nothing confidential, nobody's name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, case, func, or_, select

from duibiao.office.desk import Office
from duibiao.office.errors import NotFoundError
from duibiao.procedure.states import State
from duibiao.storage.packages import Package

_NOTICE = Package.state == State.NOTICE.value
_GRADE = case((_NOTICE, Package.final_grade), else_=Package.published)


@dataclass(frozen=True, slots=True)
class Public:
    """已公布的等级: one line of the list.

    Attributes:
        id: Id of the package.
        enterprise: Enterprise.
        city: 省辖市.
        county: 县（市、区）.
        industry: Industry.
        grade: The grade.
        track: Track.
        notice: Whether it is under notice (公示) and not published yet.
        since: When that began.
    """

    id: str
    enterprise: str
    city: str
    county: str
    industry: str
    grade: str
    track: str
    notice: bool
    since: datetime


@dataclass(frozen=True, slots=True)
class Wanted:
    """筛选条件; "" for any.

    Attributes:
        text: Part of the enterprise's name.
        city: 省辖市.
        county: 县（市、区）.
        industry: Industry.
        grade: Grade.
    """

    text: str = ""
    city: str = ""
    county: str = ""
    industry: str = ""
    grade: str = ""


def published(
    office: Office, wanted: Wanted, *, offset: int = 0, limit: int = 50
) -> tuple[tuple[Public, ...], int]:
    """Return the public list, by city, county and name, and how many lines it has in all; nobody needs to sign in."""
    query = _query()
    if wanted.text:
        query = query.where(Package.enterprise.contains(wanted.text, autoescape=True))
    for column, value in (
        (Package.city, wanted.city),
        (Package.county, wanted.county),
        (Package.industry, wanted.industry),
        (_GRADE, wanted.grade),
    ):
        if value:
            query = query.where(column == value)
    with office.database.reading() as session:
        count = session.scalar(select(func.count()).select_from(query.subquery())) or 0
        ordered = query.order_by(Package.city, Package.county, Package.enterprise, Package.id)
        rows = session.scalars(ordered.offset(offset).limit(limit))
        return tuple(_line(package) for package in rows), count


def choices(office: Office) -> dict[str, tuple[str, ...]]:
    """Return what there is to choose from in the filter: city, county, industry, grade."""
    shown = _query().with_only_columns(
        Package.city, Package.county, Package.industry, _GRADE.label("grade")
    )
    with office.database.reading() as session:
        rows = session.execute(shown.distinct()).all()
    names = ("city", "county", "industry", "grade")
    return {
        name: tuple(sorted({row[place] for row in rows} - {""})) for place, name in enumerate(names)
    }


def one(office: Office, package_id: str) -> Public:
    """Return one line of the list.

    Raises:
        NotFoundError: If the list does not have it.
    """
    with office.database.reading() as session:
        package = session.scalar(_query().where(Package.id == package_id))
    if package is None:
        raise NotFoundError("公布名录里没有这一项；请从名录中打开")
    return _line(package)


def _query() -> Select[Package]:
    """Return the query of all that is public: under notice, or published and still in force."""
    return select(Package).where(
        Package.confidential.is_(False),
        Package.enterprise != "",
        or_(_NOTICE, and_(Package.published != "", Package.state != State.REMOVED.value)),
    )


def _line(package: Package) -> Public:
    notice = package.state == State.NOTICE.value
    return Public(
        id=package.id,
        enterprise=package.enterprise,
        city=package.city,
        county=package.county,
        industry=package.industry,
        grade=package.final_grade if notice else package.published,
        track=package.track,
        notice=notice,
        since=package.since,
    )
