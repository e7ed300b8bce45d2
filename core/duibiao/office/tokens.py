"""API tokens (接口令牌): secrets with which a program comes in as its owner, with no more than its scopes."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from datetime import timedelta

from sqlalchemy import select

from duibiao.office.desk import Office, require
from duibiao.office.errors import InvalidError, NotFoundError
from duibiao.office.people import actor_of
from duibiao.procedure.rights import Actor, Right, scopes_for
from duibiao.procedure.roles import Scope
from duibiao.storage import audit
from duibiao.storage.base import now
from duibiao.storage.people import Token, User

PREFIX = "duibiao_"
"""How every token begins, so that one that leaked is recognised."""
LONGEST = 366
"""Most days for which a token holds."""
MOST = 20
"""Most tokens of one user that hold at once."""
_USED = timedelta(minutes=1)


def authenticate(office: Office, secret: str) -> Actor | None:
    """Return whom a token stands for, or None where it is unknown, expired or revoked, or its owner may no longer sign in.

    Args:
        office: The office.
        secret: The token as the program sent it.
    """
    moment = now()
    with office.database.reading() as session:
        token = session.scalar(select(Token).where(Token.hash == _hash(secret)))
        user = session.get(User, token.user_id) if token else None
    if token is None or user is None or not holds(token) or not user.active:
        return None
    if token.used is None or moment - token.used > _USED:
        with office.database.writing() as session:
            session.merge(token).used = moment
    return actor_of(user, frozenset(token.scopes))


def own(office: Office, actor: Actor) -> Sequence[Token]:
    """Return one's own tokens, the newest first; revoked and expired ones too.

    Raises:
        ForbiddenError: If the role has no tokens.
    """
    require(actor, Right.OWN_TOKENS)
    with office.database.reading() as session:
        return session.scalars(
            select(Token).where(Token.user_id == actor.user).order_by(Token.created.desc())
        ).all()


def issue(
    office: Office, actor: Actor, name: str, scopes: Iterable[str], days: int
) -> tuple[Token, str]:
    """Make a token.

    Args:
        office: The office.
        actor: Its owner.
        name: What the owner calls it.
        scopes: Scopes, out of those that are of use to the owner's role.
        days: Days for which it holds.

    Returns:
        The token and its secret, which is not kept and cannot be shown again.

    Raises:
        ForbiddenError: If the role has no tokens.
        InvalidError: If name, scopes or days do not fit, or there are too many tokens.
    """
    require(actor, Right.OWN_TOKENS)
    asked = sorted(set(scopes))
    useful = {scope.value for scope in scopes_for(actor.role)}
    if not name.strip() or len(name) > 100:
        raise InvalidError("请给令牌起一个名字（至多 100 个字符），说明给哪个程序用")
    if not asked or not useful.issuperset(asked):
        raise InvalidError(
            f"请至少选一个范围，并且只选“{actor.role.label}”能用的：{'、'.join(Scope(s).label for s in sorted(useful))}"
        )
    if not 1 <= days <= LONGEST:
        raise InvalidError(f"有效期应为 1 到 {LONGEST} 天")
    secret = PREFIX + secrets.token_urlsafe(32)
    with office.database.writing() as session:
        held = session.scalars(select(Token).where(Token.user_id == actor.user))
        if sum(holds(token) for token in held) >= MOST:
            raise InvalidError(f"有效的令牌已有 {MOST} 个；请先撤销不用的")
        token = Token(
            user_id=actor.user, name=name.strip(), hash=_hash(secret), scopes=asked,
            expires=now() + timedelta(days=days),
        )  # fmt: skip
        session.add(token)
        session.flush()
        audit.append(session, actor.user, "token.issue", token.id, scopes=asked, days=days)
    return token, secret


def revoke(office: Office, actor: Actor, token_id: str) -> None:
    """Revoke one of one's own tokens; one that is revoked already stays so.

    Raises:
        ForbiddenError: If the role has no tokens.
        NotFoundError: If there is no such token of one's own.
    """
    require(actor, Right.OWN_TOKENS)
    with office.database.writing() as session:
        token = session.get(Token, token_id)
        if token is None or token.user_id != actor.user:
            raise NotFoundError("没有这个令牌，或者不是您的")
        if token.revoked is None:
            token.revoked = now()
            audit.append(session, actor.user, "token.revoke", token.id)


def holds(token: Token) -> bool:
    """Return whether a token is neither revoked nor expired."""
    return token.revoked is None and (token.expires is None or token.expires > now())


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
