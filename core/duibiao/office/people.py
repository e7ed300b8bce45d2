"""People: signing in, sessions, passwords, users and organisations."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from duibiao.office.desk import Office
from duibiao.office.errors import InvalidError, NotFoundError, TooManyError
from duibiao.procedure.rights import Actor
from duibiao.procedure.roles import Role
from duibiao.storage import audit
from duibiao.storage.base import now
from duibiao.storage.people import Failure, SignIn, User

IDLE = timedelta(hours=2)
LONGEST = timedelta(hours=12)
ROTATE = timedelta(minutes=30)
WINDOW = timedelta(minutes=15)
TRIES_PER_NAME, TRIES_PER_ADDRESS = 5, 30
SHORTEST_PASSWORD = 10

_HASHER = PasswordHasher()
_NOBODY = _HASHER.hash(secrets.token_urlsafe(16))
"""Hash against which the password of an unknown name is held, so that both take the same time."""


@dataclass(frozen=True, slots=True)
class Entered:
    """会话: somebody who is signed in.

    Attributes:
        actor: Who.
        secret: Secret of the session; only the browser has it.
        csrf: Token that every form carries.
        must_change: Whether the password must be changed first.
        rotated: Whether `secret` is new and must be sent to the browser.
    """

    actor: Actor
    secret: str
    csrf: str
    must_change: bool
    rotated: bool = False


def sign_in(office: Office, login: str, password: str, address: str) -> Entered:
    """Check name and password, and open a session.

    Args:
        office: The office.
        login: Name.
        password: Password.
        address: Address from which it comes, for throttling.

    Raises:
        TooManyError: If there were too many failures under this name or from this address.
        InvalidError: If name and password do not fit; which of them is not said.
    """
    keys = (f"name:{login.strip().lower()[:150]}", f"address:{address[:150]}")
    with office.database.reading() as session:
        _throttle(session, keys)
        user = session.scalar(select(User).where(User.login == login.strip()))
        right = _fits(user.password if user else _NOBODY, password)
    if user is None or not right or not user.active:
        with office.database.writing() as session:
            session.add_all(Failure(key=key) for key in keys)
            audit.append(session, "", "sign-in.failed", user.id if user else "")
        raise InvalidError("用户名或密码不对；请重新输入，忘记密码请联系系统管理员")
    with office.database.writing() as session:
        session.execute(delete(Failure).where(Failure.key == keys[0]))
        if _HASHER.check_needs_rehash(user.password):
            session.merge(user).password = _HASHER.hash(password)
        entered = _open(session, user)
        audit.append(session, user.id, "sign-in", user.id)
    return entered


def resume(office: Office, secret: str, *, rotating: bool) -> Entered | None:
    """Return who a session belongs to, or None where it is over.

    Args:
        office: The office.
        secret: What the browser has.
        rotating: Whether the secret may be changed now: only where no other request of the same page is under way.
    """
    moment = now()
    with office.database.reading() as session:
        found = session.get(SignIn, _hash(secret))
        user = session.get(User, found.user_id) if found else None
    if found is None or user is None:
        return None
    if not user.active or moment - found.seen > IDLE or moment - found.created > LONGEST:
        sign_out(office, secret)
        return None
    if moment - found.seen < timedelta(minutes=1):
        return Entered(actor_of(user), secret, found.csrf, user.must_change)
    rotate = rotating and moment - found.seen > ROTATE
    renewed = secrets.token_urlsafe(32) if rotate else secret
    with office.database.writing() as session:
        row = session.get(SignIn, _hash(secret))
        if row is None:
            return None
        row.hash, row.seen = _hash(renewed), moment
    return Entered(actor_of(user), renewed, found.csrf, user.must_change, rotated=rotate)


def sign_out(office: Office, secret: str) -> None:
    """End a session."""
    with office.database.writing() as session:
        session.execute(delete(SignIn).where(SignIn.hash == _hash(secret)))


def change_password(office: Office, actor: Actor, old: str, new: str) -> Entered:
    """Change one's own password; every session of the user ends, and a new one begins.

    Raises:
        InvalidError: If the old password is wrong, or the new one too weak.
    """
    with office.database.writing() as session:
        user = session.get(User, actor.user)
        if user is None or not _fits(user.password, old):
            raise InvalidError("原密码不对")
        user.password = hashed(new, user.login)
        user.must_change = False
        session.execute(delete(SignIn).where(SignIn.user_id == user.id))
        audit.append(session, user.id, "user.password", user.id)
        return _open(session, user)


def hashed(password: str, login: str) -> str:
    """Return the hash of a new password.

    Raises:
        InvalidError: If it is too short or too plain.
    """
    if len(password) < SHORTEST_PASSWORD:
        raise InvalidError(f"密码至少 {SHORTEST_PASSWORD} 个字符")
    if len(password) > 200:
        raise InvalidError("密码至多 200 个字符")
    if len(set(password)) < 5 or login.lower() in password.lower():
        raise InvalidError("密码太简单：不要只用几个字符，也不要包含用户名")
    return _HASHER.hash(password)


def actor_of(user: User, scopes: frozenset[str] | None = None) -> Actor:
    """Return a user as the one who acts; `scopes` are those of the token that the user comes with."""
    organisation = user.organisation
    return Actor(
        user=user.id,
        organisation=organisation.id,
        name=user.name,
        role=Role(user.role),
        city=organisation.city,
        county=organisation.county,
        scopes=scopes,
    )


def user_of(session: Session, user_id: str) -> User:
    """Return a user.

    Raises:
        NotFoundError: If there is none.
    """
    user = session.get(User, user_id)
    if user is None:
        raise NotFoundError("没有这个用户")
    return user


def _open(session: Session, user: User) -> Entered:
    secret, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(24)
    session.add(SignIn(hash=_hash(secret), user_id=user.id, csrf=csrf))
    return Entered(actor_of(user), secret, csrf, user.must_change)


def _throttle(session: Session, keys: tuple[str, str]) -> None:
    since = now() - WINDOW
    for key, most in zip(keys, (TRIES_PER_NAME, TRIES_PER_ADDRESS), strict=True):
        count, last = session.execute(
            select(func.count(), func.max(Failure.created)).where(
                Failure.key == key, Failure.created > since
            )
        ).one()
        if count >= most:
            wait = max(1, int((last + WINDOW - now()).total_seconds()))
            raise TooManyError(f"登录失败次数太多；请 {(wait + 59) // 60} 分钟后再试", wait)


def _fits(stored: str, password: str) -> bool:
    try:
        return _HASHER.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
