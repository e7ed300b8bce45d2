"""Reading the audit log (审计记录): who did what, and whether the chain holds."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import Select, func, select

from duibiao.office.desk import Office, require
from duibiao.office.errors import InvalidError
from duibiao.procedure.rights import Actor, Right
from duibiao.service.terms import CHINA
from duibiao.storage import audit
from duibiao.storage.audit import Broken
from duibiao.storage.people import User
from duibiao.storage.records import Entry

HEADER = ("number", "at", "actor", "action", "subject", "detail", "previous", "hash")
BATCH = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """筛选条件 of the log; "" for any.

    Attributes:
        who: Login of who acted.
        action: What was done, or how it begins, such as ``package.``.
        subject: Id of what it was done to.
        since: First day, as 年-月-日.
        until: Last day, as 年-月-日.
    """

    who: str = ""
    action: str = ""
    subject: str = ""
    since: str = ""
    until: str = ""


def entries(
    office: Office, actor: Actor, wanted: Wanted, *, offset: int = 0, limit: int = 100
) -> tuple[tuple[Entry, ...], int, Mapping[str, str]]:
    """Return entries, the newest first.

    Returns:
        The entries, how many there are in all, and the login of each user who acted in them, by id.

    Raises:
        ForbiddenError: If the role does not read the log.
        InvalidError: If a day is malformed.
    """
    require(actor, Right.READ_AUDIT)
    query = _query(wanted)
    with office.database.reading() as session:
        count = session.scalar(select(func.count()).select_from(query.subquery())) or 0
        found = session.scalars(
            query.order_by(Entry.number.desc()).offset(offset).limit(limit)
        ).all()
        who = select(User.id, User.login).where(User.id.in_({entry.actor for entry in found}))
        return tuple(found), count, {row.id: row.login for row in session.execute(who)}


def verify(office: Office, actor: Actor) -> tuple[int, Broken | None]:
    """Follow the whole chain; that it was asked for is logged, too.

    Returns:
        The number of entries that hold, and the first that does not, or None.

    Raises:
        ForbiddenError: If the role does not read the log.
    """
    require(actor, Right.READ_AUDIT)
    with office.database.reading() as session:
        found = audit.verify(session)
    with office.database.writing() as session:
        audit.append(session, actor.user, "audit.verify", "", held=found[0], broken=bool(found[1]))
    return found


def download(office: Office, actor: Actor, wanted: Wanted) -> Iterator[bytes]:
    """Give the log as a CSV file (UTF-8 with a mark, for Excel), the oldest first; that it was asked for is logged, too.

    Raises:
        ForbiddenError: If the role does not read the log.
        InvalidError: If a day is malformed.
    """
    require(actor, Right.READ_AUDIT)
    query = _query(wanted).order_by(Entry.number)
    with office.database.writing() as session:
        audit.append(session, actor.user, "audit.download", "")
    return _rows(office, query)


def _rows(office: Office, query: Select[Entry]) -> Iterator[bytes]:
    yield "\ufeff".encode() + _line(HEADER)
    with office.database.reading() as session:
        for entry in session.scalars(query.execution_options(yield_per=BATCH)):
            yield _line((
                str(entry.number), entry.at.isoformat(), entry.actor, entry.action, entry.subject,
                json.dumps(entry.detail, ensure_ascii=False, sort_keys=True), entry.previous, entry.hash,
            ))  # fmt: skip


def _line(cells: tuple[str, ...]) -> bytes:
    """Return a line of CSV; no cell can be taken for a formula."""
    stream = io.StringIO()
    csv.writer(stream).writerow(f"'{cell}" if cell[:1] in tuple("=+-@") else cell for cell in cells)
    return stream.getvalue().encode()


def _query(wanted: Wanted) -> Select[Entry]:
    query = select(Entry)
    if wanted.who:
        known = select(User.id).where(User.login == wanted.who)
        query = query.where(Entry.actor.in_(known) | (Entry.actor == wanted.who))
    if wanted.action:
        query = query.where(Entry.action.startswith(wanted.action, autoescape=True))
    if wanted.subject:
        query = query.where(Entry.subject == wanted.subject)
    if wanted.since:
        query = query.where(Entry.at >= _start(wanted.since))
    if wanted.until:
        query = query.where(Entry.at < _start(wanted.until) + timedelta(days=1))
    return query


def _start(day: str) -> datetime:
    try:
        return datetime.combine(date.fromisoformat(day), time(), CHINA)
    except ValueError:
        raise InvalidError(f"“{day}”不是日期；请按 年-月-日 书写，如 2026-09-20") from None
