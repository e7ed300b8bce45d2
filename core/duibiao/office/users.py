"""Users (用户), for the administrator and for the own ones of bureaus; they may see none of the packages."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session, joinedload

from duibiao.office.desk import Office, require
from duibiao.office.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from duibiao.office.organisations import fit, organisation_of
from duibiao.office.people import hashed, user_of
from duibiao.procedure.rights import Actor, Right, manages
from duibiao.procedure.roles import Role
from duibiao.storage import audit
from duibiao.storage.base import now
from duibiao.storage.people import Organisation, SignIn, Token, User


def users(office: Office, actor: Actor, text: str = "") -> Sequence[User]:
    """Return the users that the actor manages, by organisation and login.

    Args:
        office: The office.
        actor: Who asks.
        text: Part of login, name or organisation; "" for all.

    Raises:
        ForbiddenError: If the role manages no users.
    """
    require(actor, Right.MANAGE_USERS)
    query = select(User).join(Organisation).options(joinedload(User.organisation))
    if text:
        query = query.where(
            or_(
                *(
                    column.contains(text, autoescape=True)
                    for column in (User.login, User.name, Organisation.name)
                )
            )
        )
    with office.database.reading() as session:
        found = session.scalars(query.order_by(Organisation.name, User.login))
        return [user for user in found if manages(actor, user.organisation_id, Role(user.role))]


def one(office: Office, actor: Actor, user_id: str) -> User:
    """Return a user.

    Raises:
        ForbiddenError: If the role manages no users.
        NotFoundError: If there is none.
    """
    require(actor, Right.MANAGE_USERS)
    with office.database.reading() as session:
        return _managed(session, actor, user_id)


def given_by(actor: Actor) -> tuple[Role, ...]:
    """Return the roles that an actor may give to new accounts; a bureau's own administrator, the one that fits the bureau."""
    if actor.role is Role.BUREAU_ADMIN:
        return (Role.COUNTY if actor.county else Role.CITY,)
    return tuple(role for role in Role if manages(actor, actor.organisation, role))


def add_user(
    office: Office, actor: Actor, login: str, name: str, role: str, organisation_id: str
) -> tuple[User, str]:
    """Add a user.

    Returns:
        The user, and the one-time password, which is not kept and must be changed at the first signing in.

    Raises:
        ForbiddenError: If the role manages no users.
        NotFoundError: If there is no such organisation, or the actor does not manage it.
        InvalidError: If login, name or role does not fit, or the organisation does not fit the role.
        ConflictError: If the login is taken.
    """
    require(actor, Right.MANAGE_USERS)
    given, wanted = login.strip(), _role(role)
    if not 2 <= len(given) <= 100 or not given.isprintable() or " " in given:
        raise InvalidError("用户名应为 2 到 100 个字符，不含空格")
    if not name.strip() or len(name) > 100:
        raise InvalidError("请写姓名（至多 100 个字符）")
    password = secrets.token_urlsafe(12)
    with office.database.writing() as session:
        organisation = organisation_of(session, organisation_id)
        _demand_managed(actor, organisation.id, wanted)
        fit(wanted, organisation)
        if session.scalar(select(User.id).where(User.login == given)):
            raise ConflictError(f"用户名“{given}”已经有人用；请换一个")
        user = User(
            organisation_id=organisation.id, login=given, name=name.strip(), role=wanted.value,
            password=hashed(password, given),
        )  # fmt: skip
        session.add(user)
        session.flush()
        audit.append(session, actor.user, "user.add", user.id, role=wanted.value)
        return user, password


def change_user(
    office: Office, actor: Actor, user_id: str, *, name: str, role: str, organisation_id: str
) -> None:
    """Change name, role or organisation of a user; the user's sessions end, and a new role ends the tokens, too.

    Raises:
        ForbiddenError: If the role manages no users, or may change names only.
        NotFoundError: If there is no such user or organisation.
        InvalidError: If name or role does not fit, or the organisation does not fit the role.
        ConflictError: If the actor would give up the own administration, or the user is on the blacklist.
    """
    require(actor, Right.MANAGE_USERS)
    with office.database.writing() as session:
        user, wanted = _managed(session, actor, user_id), _role(role)
        if not name.strip() or len(name) > 100:
            raise InvalidError("请写姓名（至多 100 个字符）")
        moved = (user.role, user.organisation_id) != (wanted.value, organisation_id)
        if moved:
            require(actor, Right.MANAGE_ORGANISATIONS)
        organisation = organisation_of(session, organisation_id)
        fit(wanted, organisation)
        if moved and user.id == actor.user:
            raise ConflictError("不能改自己的角色和单位；请由另一位系统管理员来改")
        if moved and user.blacklisted:
            raise ConflictError("这位专家在黑名单上，不能改角色和单位；请市生态环境局先移出")
        user.name, user.role, user.organisation_id = name.strip(), wanted.value, organisation.id
        if moved:
            _end(session, user)
        audit.append(
            session, actor.user, "user.change", user.id, role=wanted.value, organisation=organisation.id
        )  # fmt: skip


def reset_password(office: Office, actor: Actor, user_id: str) -> str:
    """Give a user a new one-time password; all sessions end.

    Returns:
        The password, which is not kept and must be changed at the next signing in.

    Raises:
        ForbiddenError: If the role manages no users.
        NotFoundError: If there is no such user.
    """
    require(actor, Right.MANAGE_USERS)
    password = secrets.token_urlsafe(12)
    with office.database.writing() as session:
        user = _managed(session, actor, user_id)
        user.password, user.must_change = hashed(password, user.login), True
        session.execute(delete(SignIn).where(SignIn.user_id == user.id))
        audit.append(session, actor.user, "user.reset", user.id)
    return password


def set_active(office: Office, actor: Actor, user_id: str, active: bool) -> None:
    """Close or open an account; closing ends its sessions and tokens.

    Raises:
        ForbiddenError: If the role manages no users.
        NotFoundError: If there is no such user.
        ConflictError: If it is the actor's own, or it is closed because of the blacklist.
    """
    require(actor, Right.MANAGE_USERS)
    with office.database.writing() as session:
        user = _managed(session, actor, user_id)
        if user.id == actor.user:
            raise ConflictError("不能停用自己的账号；请由另一位系统管理员来做")
        if active and user.blacklisted:
            raise ConflictError("这位专家在黑名单上，不能启用；请市生态环境局先移出（第二十一条）")
        user.active = active
        if not active:
            _end(session, user)
        audit.append(session, actor.user, "user.open" if active else "user.close", user.id)


def _end(session: Session, user: User) -> None:
    """End all sessions and tokens of a user."""
    session.execute(delete(SignIn).where(SignIn.user_id == user.id))
    for token in session.scalars(
        select(Token).where(Token.user_id == user.id, Token.revoked.is_(None))
    ):
        token.revoked = now()


def _managed(session: Session, actor: Actor, user_id: str) -> User:
    """Return a user whom the actor manages.

    Raises:
        NotFoundError: If there is none, or the actor may not know of it.
    """
    user = user_of(session, user_id)
    if not manages(actor, user.organisation_id, Role(user.role)):
        raise NotFoundError("没有这个用户")
    return user


def _demand_managed(actor: Actor, organisation: str, role: Role) -> None:
    if manages(actor, organisation, role):
        return
    if organisation != actor.organisation:
        raise NotFoundError("没有这个单位")
    roles = "、".join(one.label for one in given_by(actor))
    raise ForbiddenError(f"“{actor.role.label}”只能添加这些角色：{roles}；别的请系统管理员添加")


def _role(name: str) -> Role:
    if name not in set(Role):
        raise InvalidError(f"没有角色“{name}”；请从列表中选择")
    return Role(name)
