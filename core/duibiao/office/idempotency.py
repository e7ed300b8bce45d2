"""Idempotency keys (幂等键): a request that a program sends twice is done once, and answered the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from duibiao.office.desk import Office
from duibiao.office.errors import ConflictError, InvalidError
from duibiao.procedure.rights import Actor
from duibiao.storage.base import now
from duibiao.storage.records import Answered

UNDER_WAY = 0
"""Status of a request that is not answered yet."""
GIVEN_UP = timedelta(minutes=2)
"""After which a request without an answer counts as broken off, because its process died, and is done again."""


class UnderWayError(ConflictError):
    """The same request is being done at this moment."""

    seconds = 2


@dataclass(frozen=True, slots=True)
class Kept:
    """记下的答复: what was answered before.

    Attributes:
        status: HTTP status.
        body: JSON text.
    """

    status: int
    body: str


def begin(office: Office, actor: Actor, key: str, request: str) -> Kept | None:
    """Note that a request is under way, or return what the same one was answered.

    Args:
        office: The office.
        actor: Who asks; keys of different users have nothing to do with each other.
        key: The key.
        request: SHA-256 of the request.

    Returns:
        The earlier answer, or None: then `finish` or `forget` must follow.

    Raises:
        InvalidError: If the key was used for another request.
        UnderWayError: If the same request is under way.
    """
    try:
        with office.database.writing() as session:
            row = session.get(Answered, (actor.user, key), with_for_update=True)
            if row is None:
                session.add(
                    Answered(
                        user_id=actor.user, key=key, request=request, status=UNDER_WAY, body=""
                    )
                )
                return None
            if row.request != request:
                raise InvalidError(
                    "这个 Idempotency-Key 已经用于另一个请求；请为每个请求换一个新的"
                )
            if row.status != UNDER_WAY:
                return Kept(row.status, row.body)
            if now() - row.created < GIVEN_UP:
                raise _under_way()
            row.created = now()
    except IntegrityError:  # somebody else began it between our look and our note
        raise _under_way() from None
    return None


def finish(office: Office, actor: Actor, key: str, kept: Kept) -> None:
    """Keep the answer to a request."""
    with office.database.writing() as session:
        row = session.get_one(Answered, (actor.user, key))
        row.status, row.body = kept.status, kept.body


def forget(office: Office, actor: Actor, key: str) -> None:
    """Let a request that was refused be sent again."""
    with office.database.writing() as session:
        session.execute(delete(Answered).where(Answered.user_id == actor.user, Answered.key == key))


def _under_way() -> UnderWayError:
    return UnderWayError("同一个请求正在办理；请过几秒用同一个 Idempotency-Key 再问一次")
