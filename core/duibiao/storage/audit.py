"""The audit log (审计记录): append-only, every entry holds the hash of the one before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from duibiao.storage.base import now
from duibiao.storage.records import Entry

GENESIS = "0" * 64
_LOCK = 0x6475_6175


@dataclass(frozen=True, slots=True)
class Broken:
    """断链: where the chain does not hold.

    Attributes:
        number: Number of the entry.
        why: What is wrong, in Chinese.
    """

    number: int
    why: str


def append(session: Session, actor: str, action: str, subject: str, **detail: Any) -> Entry:
    """Add an entry, in the transaction of what it is about.

    Args:
        session: A writing session.
        actor: Id of the user; "" for nobody signed in, ``system`` for the service itself.
        action: What was done, such as ``package.apply``.
        subject: Id of what it was done to.
        detail: More, as JSON; never passwords, secrets or a reporter's identity.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
    last = session.scalar(select(Entry).order_by(Entry.number.desc()).limit(1))
    entry = Entry(
        number=last.number + 1 if last else 1,
        at=now(),
        actor=actor,
        action=action,
        subject=subject,
        detail=detail,
        previous=last.hash if last else GENESIS,
    )
    entry.hash = _hash(entry)
    session.add(entry)
    session.flush()
    return entry


def verify(session: Session) -> tuple[int, Broken | None]:
    """Follow the whole chain.

    Returns:
        The number of entries that hold, and the first that does not, or None.
    """
    previous, number = GENESIS, 0
    for entry in _entries(session):
        if entry.number != number + 1:
            return number, Broken(entry.number, f"第 {number + 1} 条不见了")
        if entry.previous != previous:
            return number, Broken(entry.number, "与前一条接不上")
        if entry.hash != _hash(entry):
            return number, Broken(entry.number, "内容改动过")
        previous, number = entry.hash, entry.number
    return number, None


def _entries(session: Session) -> Iterator[Entry]:
    yield from session.scalars(
        select(Entry).order_by(Entry.number).execution_options(yield_per=500)
    )


def _hash(entry: Entry) -> str:
    said = [
        entry.number,
        _stamp(entry.at),
        entry.actor,
        entry.action,
        entry.subject,
        entry.detail,
        entry.previous,
    ]
    return hashlib.sha256(
        json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    ).hexdigest()


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
