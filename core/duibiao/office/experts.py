"""Experts (第八条): assigning them, and their opinions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from duibiao.model.grades import Grade, parse_grade
from duibiao.office.desk import Office, require
from duibiao.office.errors import ConflictError, InvalidError, NotFoundError
from duibiao.office.seeing import visible
from duibiao.procedure.rights import Actor, Right
from duibiao.procedure.roles import Role
from duibiao.procedure.states import State
from duibiao.storage import audit
from duibiao.storage.base import now
from duibiao.storage.packages import Assignment, Package
from duibiao.storage.people import Organisation, User


@dataclass(frozen=True, slots=True)
class Known:
    """专家: an expert with what is assigned.

    Attributes:
        user: The user, with the organisation.
        assigned: Number of packages assigned.
        given: Number of opinions given.
    """

    user: User
    assigned: int
    given: int


@dataclass(frozen=True, slots=True)
class Opinions:
    """专家意见 of a package, as an actor may see them.

    Attributes:
        package: The package.
        given: Assignments with their experts; an expert sees no opinion but the own one.
        free: Experts who can still be assigned; empty for who may not assign.
    """

    package: Package
    given: tuple[tuple[Assignment, User], ...]
    free: tuple[User, ...]


def experts(office: Office, actor: Actor) -> tuple[Known, ...]:
    """Return the experts of the actor's city.

    Raises:
        ForbiddenError: If the role does not assign experts.
    """
    require(actor, Right.ASSIGN_EXPERT)
    with office.database.reading() as session:
        counts = {
            user: (assigned, given)
            for user, assigned, given in session.execute(
                select(Assignment.user_id, func.count(), func.count(Assignment.given)).group_by(
                    Assignment.user_id
                )
            )
        }
        return tuple(
            Known(user, *counts.get(user.id, (0, 0))) for user in session.scalars(_of(actor))
        )


def opinions(office: Office, actor: Actor, package_id: str) -> Opinions:
    """Return the experts of a package and their opinions.

    Raises:
        NotFoundError: If there is no such package, or the actor may not know of its experts.
    """
    with office.database.reading() as session:
        package = visible(session, actor, package_id)
        if actor.role not in (Role.COUNTY, Role.CITY, Role.EXPERT):
            raise NotFoundError("没有这一页；专家意见只给审核人员看")
        query = (
            select(Assignment, User)
            .join(User, User.id == Assignment.user_id)
            .where(Assignment.package_id == package.id)
            .order_by(Assignment.created)
        )
        if actor.role is Role.EXPERT:
            query = query.where(Assignment.user_id == actor.user)
        given = tuple(session.execute(query).unique())
        taken = {user.id for _, user in given}
        free = session.scalars(_of(actor)) if actor.may(Right.ASSIGN_EXPERT) else ()
        return Opinions(
            package,
            given,
            tuple(u for u in free if u.active and not u.blacklisted and u.id not in taken),
        )


def assign(office: Office, actor: Actor, package_id: str, user_id: str) -> None:
    """Assign an expert to a package.

    Raises:
        ForbiddenError: If the role does not assign experts.
        NotFoundError: If there is no such package or expert in the actor's city.
        ConflictError: If the expert is assigned already, is on the blacklist, or the package is finished.
    """
    require(actor, Right.ASSIGN_EXPERT)
    with office.database.writing() as session:
        package, user = visible(session, actor, package_id), expert_of(session, actor, user_id)
        if not State(package.state).is_open:
            raise ConflictError(f"这份申报是“{State(package.state).label}”，不再指派专家")
        if user.blacklisted or not user.active:
            raise ConflictError(
                f"{user.name}在黑名单上或账号已停用，不能指派；请另选专家（第二十一条）"
            )
        if any(one.user_id == user.id for one in package.assignments):
            raise ConflictError(f"{user.name}已经指派给这份申报")
        session.add(Assignment(package_id=package.id, user_id=user.id))
        audit.append(session, actor.user, "expert.assign", package.id, expert=user.id)


def release(office: Office, actor: Actor, package_id: str, user_id: str) -> None:
    """Take an assignment back, as long as no opinion is given.

    Raises:
        ForbiddenError: If the role does not assign experts.
        NotFoundError: If there is no such assignment.
        ConflictError: If the opinion is given.
    """
    require(actor, Right.ASSIGN_EXPERT)
    with office.database.writing() as session:
        found = _assignment(session, visible(session, actor, package_id), user_id)
        if found.given:
            raise ConflictError("专家已经写了意见，不能撤回指派")
        session.delete(found)
        audit.append(session, actor.user, "expert.release", package_id, expert=user_id)


def opine(office: Office, actor: Actor, package_id: str, recommends: str, text: str) -> None:
    """Record the actor's own opinion, once.

    Args:
        office: The office.
        actor: The expert.
        package_id: The package.
        recommends: Grade that the expert recommends.
        text: The opinion.

    Raises:
        ForbiddenError: If the role gives no opinions.
        NotFoundError: If the package is not assigned to the actor.
        InvalidError: If grade or text is missing.
        ConflictError: If the opinion is given already, the package is finished, or the expert is on the blacklist.
    """
    require(actor, Right.GIVE_OPINION)
    grade = parse_grade(recommends)
    if grade is None:
        raise InvalidError(f"请写明建议的等级：{'、'.join(each.label for each in Grade)}")
    if not text.strip():
        raise InvalidError("请写明意见")
    with office.database.writing() as session:
        package = visible(session, actor, package_id)
        found = _assignment(session, package, actor.user)
        if session.get_one(User, actor.user).blacklisted:
            raise ConflictError("您在专家黑名单上，不能再写意见；请联系市生态环境局（第二十一条）")
        if not State(package.state).is_open:
            raise ConflictError(f"这份申报是“{State(package.state).label}”，不再收专家意见")
        if found.given:
            raise ConflictError("意见已经提交，不能改动；要补充请联系市生态环境局")
        found.opinion, found.recommends, found.given = text.strip(), grade.label, now()
        audit.append(session, actor.user, "expert.opinion", package.id, recommends=grade.value)


def assignments(office: Office, actor: Actor) -> Sequence[tuple[Assignment, Package]]:
    """Return what is assigned to the actor: what waits for an opinion first.

    Raises:
        ForbiddenError: If the role gives no opinions.
    """
    require(actor, Right.GIVE_OPINION)
    query = (
        select(Assignment, Package)
        .join(Package, Package.id == Assignment.package_id)
        .where(Assignment.user_id == actor.user)
        .order_by(Assignment.given.is_not(None), Assignment.created.desc())
    )
    with office.database.reading() as session:
        return session.execute(query).all()


def _of(actor: Actor) -> Select[User]:
    return (
        select(User)
        .join(Organisation)
        .where(User.role == Role.EXPERT.value, Organisation.city == actor.city)
        .options(joinedload(User.organisation))
        .order_by(User.name, User.id)
    )


def expert_of(session: Session, actor: Actor, user_id: str) -> User:
    """Return an expert of the actor's city.

    Raises:
        NotFoundError: If there is none.
    """
    user = session.get(User, user_id)
    if user is None or user.role != Role.EXPERT.value or user.organisation.city != actor.city:
        raise NotFoundError("没有这位专家，或者不属于本市")
    return user


def _assignment(session: Session, package: Package, user_id: str) -> Assignment:
    found = session.scalar(
        select(Assignment).where(Assignment.package_id == package.id, Assignment.user_id == user_id)
    )
    if found is None:
        raise NotFoundError("这份申报没有指派给这位专家")
    return found
