"""Idempotency keys (幂等键): a request that a program sends twice is done once, and answered the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from duibiao.office.desk import Office
from duibiao.office.errors import InvalidError
from duibiao.procedure.rights import Actor
from duibiao.storage.records import Answered


@dataclass(frozen=True, slots=True)
class Kept:
    """记下的答复: what was answered before.

    Attributes:
        status: HTTP status.
        body: JSON text.
    """

    status: int
    body: str


class _DoneError(Exception):
    """Another request with the same key has been done meanwhile."""


def once(
    office: Office, actor: Actor, key: str, request: str, status: int, work: Callable[[], str]
) -> Kept:
    """Do the work of a request and keep its answer in the same transaction, or return what the same one was answered.

    Whatever ends the process before the end leaves neither work nor answer. Of two at once, the second waits for the first.

    Args:
        office: The office.
        actor: Who asks; keys of different users have nothing to do with each other.
        key: The key.
        request: SHA-256 of the request.
        status: HTTP status where it is done.
        work: The work; returns the body of the answer, and may raise.

    Raises:
        InvalidError: If the key was used for another request.
    """
    kept = _kept(office, actor, key, request)
    if kept is not None:
        return kept

    def note(session: Session) -> None:
        session.add(Answered(user_id=actor.user, key=key, request=request, status=status, body=""))
        try:
            session.flush()
        except IntegrityError:
            raise _DoneError from None

    try:
        with office.database.together(note):
            body = work()
            keep(office, actor, key, body)
    except _DoneError:
        kept = _kept(office, actor, key, request)
        assert kept is not None, "who was first has committed"
        return kept
    return Kept(status, body)


def keep(office: Office, actor: Actor, key: str, body: str) -> None:
    """Note the answer to a request, in the transaction of its work."""
    with office.database.writing() as session:
        session.get_one(Answered, (actor.user, key)).body = body


def _kept(office: Office, actor: Actor, key: str, request: str) -> Kept | None:
    with office.database.reading() as session:
        row = session.get(Answered, (actor.user, key))
    if row is None:
        return None
    if row.request != request:
        raise InvalidError("这个 Idempotency-Key 已经用于另一个请求；请为每个请求换一个新的")
    return Kept(row.status, row.body)
