"""Seeing packages: which an actor sees, in lists and one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session, selectinload

from duibiao.office.desk import Office, require
from duibiao.office.errors import NotFoundError
from duibiao.procedure.rights import Actor, Right, Seen, sees
from duibiao.procedure.roles import Role
from duibiao.procedure.states import State
from duibiao.storage.packages import Assignment, Package, Submission


def scope_of(actor: Actor) -> Select[Package]:
    """Return the query of every package that an actor sees; the same rule as `duibiao.procedure.rights.sees`, for the database."""
    query = select(Package)
    match actor.role:
        case Role.APPLICANT:
            return query.where(Package.organisation_id == actor.organisation)
        case Role.COUNTY:
            return query.where(
                Package.filed.is_not(None),
                and_(Package.city == actor.city, Package.county == actor.county),
            )
        case Role.CITY:
            return query.where(Package.filed.is_not(None), Package.city == actor.city)
        case Role.EXPERT:
            assigned = select(Assignment.package_id).where(Assignment.user_id == actor.user)
            return query.where(Package.filed.is_not(None), Package.id.in_(assigned))
    return query.where(Package.id == "")


def newest_of() -> Select[str, int]:
    """Return the query of the number of the newest version of each package."""
    number = func.max(Submission.number).label("number")
    return select(Submission.package_id, number).group_by(Submission.package_id)


def visible(session: Session, actor: Actor, package_id: str) -> Package:
    """Return a package that an actor sees.

    Raises:
        NotFoundError: If there is none, or the actor may not know of it.
    """
    package = session.get(Package, package_id)
    if package is None or not sees(actor, seen_of(package)):
        raise NotFoundError("没有这份申报，或者不归您办理；请从列表中打开")
    return package


def seen_of(package: Package) -> Seen:
    """Return what decides who sees a package."""
    return Seen(
        organisation=package.organisation_id,
        city=package.city,
        county=package.county,
        state=State(package.state),
        experts=frozenset(entry.user_id for entry in package.assignments),
        filed=package.filed is not None,
    )


@dataclass(frozen=True, slots=True)
class Filter:
    """筛选条件 of a list; "" for any.

    Attributes:
        text: Part of the enterprise's name or credit code.
        state: State.
        county: 县（市、区）.
        industry: Industry as declared.
        verdict: Verdict on the newest version.
        track: Track.
    """

    text: str = ""
    state: str = ""
    county: str = ""
    industry: str = ""
    verdict: str = ""
    track: str = ""


def find(
    office: Office, actor: Actor, filter_: Filter, *, offset: int = 0, limit: int = 50
) -> tuple[Sequence[Package], int]:
    """Return the packages that an actor sees, newest first, and how many there are in all.

    Raises:
        ForbiddenError: If the role sees no packages.
    """
    require(actor, Right.SEE_PACKAGES)
    query = scope_of(actor)
    if filter_.text:
        like = f"%{filter_.text.replace('%', '').replace('_', '')}%"
        query = query.where(or_(Package.enterprise.like(like), Package.credit_code.like(like)))
    for column, wanted in (
        (Package.state, filter_.state),
        (Package.county, filter_.county),
        (Package.industry, filter_.industry),
        (Package.track, filter_.track),
    ):
        if wanted:
            query = query.where(column == wanted)
    if filter_.verdict:
        latest = newest_of().subquery()
        query = query.where(
            Package.id.in_(
                select(Submission.package_id)
                .join(
                    latest,
                    and_(
                        latest.c.package_id == Submission.package_id,
                        latest.c.number == Submission.number,
                    ),
                )
                .where(Submission.verdict == filter_.verdict)
            )
        )
    with office.database.reading() as session:
        count = session.scalar(select(func.count()).select_from(query.subquery())) or 0
        rows = session.scalars(
            query.options(selectinload(Package.submissions).selectinload(Submission.jobs))
            .order_by(Package.created.desc(), Package.id)
            .offset(offset)
            .limit(limit)
        ).all()
    return rows, count


def open_package(office: Office, actor: Actor, package_id: str) -> Package:
    """Return a package with all that belongs to it.

    Raises:
        ForbiddenError: If the role sees no packages.
        NotFoundError: If there is none, or the actor may not know of it.
    """
    require(actor, Right.SEE_PACKAGES)
    with office.database.reading() as session:
        package = visible(session, actor, package_id)
        for submission in package.submissions:
            _ = submission.jobs, submission.package
        _ = package.steps
        return package


def newest(package: Package) -> Submission:
    """Return the newest version of a package; every package has at least one."""
    return package.submissions[-1]
