"""Telling the programs that asked for it (webhooks): what is told is written down with what it is about, and sent later."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from urllib.parse import urlsplit

from sqlalchemy import Select, and_, delete, func, or_, select
from sqlalchemy.orm import Session

from duibiao.office.desk import Office, require
from duibiao.office.errors import InvalidError, NotFoundError
from duibiao.office.jobs import NOTIFY
from duibiao.procedure.rights import Actor, Right
from duibiao.procedure.roles import Role
from duibiao.storage import audit
from duibiao.storage.base import now
from duibiao.storage.packages import Package
from duibiao.storage.people import Organisation, User
from duibiao.storage.records import Delivery, Webhook

MOST = 10
"""Most addresses of one organisation."""
LONGEST = 500


def tell(office: Office, session: Session, package: Package, event: str) -> None:
    """Put a note on the queue for every active address of those who see the package, in the transaction of `session`.

    A note has no content of the package: its reader asks the API, which asks who it is.
    """
    mine = Webhook.organisation_id == package.organisation_id
    if package.filed is not None:
        mine = or_(mine, Webhook.organisation_id.in_(_bureaus(package)))
    for webhook in session.scalars(select(Webhook).where(Webhook.active, mine)):
        delivery = Delivery(
            webhook_id=webhook.id,
            event=event,
            body={
                "event": event,
                "package": package.id,
                "state": package.state,
                "at": now().isoformat(timespec="seconds"),
            },
        )
        session.add(delivery)
        session.flush()
        office.enqueue(session, NOTIFY, delivery.id)


def _bureaus(package: Package) -> Select[str]:
    """Return the organisations whose people review a package: the rule of `duibiao.procedure.rights.sees`."""
    county = and_(User.role == Role.COUNTY.value, Organisation.county == package.county)
    return (
        select(Organisation.id)
        .join(User, User.organisation_id == Organisation.id)
        .where(Organisation.city == package.city, or_(county, User.role == Role.CITY.value))
    )


def webhooks_of(office: Office, actor: Actor) -> Sequence[Webhook]:
    """Return the addresses of one's own organisation, the oldest first.

    Raises:
        ForbiddenError: If the role has none.
    """
    require(actor, Right.WEBHOOKS)
    with office.database.reading() as session:
        query = select(Webhook).where(Webhook.organisation_id == actor.organisation)
        return session.scalars(query.order_by(Webhook.created, Webhook.id)).all()


def open_webhook(office: Office, actor: Actor, webhook_id: str) -> Webhook:
    """Return an address of one's own organisation.

    Raises:
        ForbiddenError: If the role has none.
        NotFoundError: If there is no such address of one's own organisation.
    """
    require(actor, Right.WEBHOOKS)
    with office.database.reading() as session:
        return _own(session, actor, webhook_id)


def add_webhook(office: Office, actor: Actor, url: str) -> Webhook:
    """Add an address; the secret with which its notes are signed is made here.

    Raises:
        ForbiddenError: If the role has none.
        InvalidError: If it is no address, or there are too many.
    """
    require(actor, Right.WEBHOOKS)
    _refuse(url)
    with office.database.writing() as session:
        mine = Webhook.organisation_id == actor.organisation
        count = session.scalar(select(func.count()).select_from(Webhook).where(mine)) or 0
        if count >= MOST:
            raise InvalidError(f"接收通知的地址至多 {MOST} 个；请先删除不用的")
        webhook = Webhook(
            organisation_id=actor.organisation, url=url, secret=secrets.token_urlsafe(32)
        )
        session.add(webhook)
        session.flush()
        audit.append(session, actor.user, "webhook.add", webhook.id)
        return webhook


def change_webhook(
    office: Office, actor: Actor, webhook_id: str, *, url: str | None, active: bool | None
) -> Webhook:
    """Change an address, or switch it off and on; None leaves as it is. Either forgets the last failure.

    Raises:
        ForbiddenError: If the role has none.
        NotFoundError: If there is no such address of one's own organisation.
        InvalidError: If it is no address.
    """
    require(actor, Right.WEBHOOKS)
    if url is not None:
        _refuse(url)
    with office.database.writing() as session:
        webhook = _own(session, actor, webhook_id)
        webhook.url = webhook.url if url is None else url
        webhook.active = webhook.active if active is None else active
        webhook.failure = ""
        audit.append(session, actor.user, "webhook.change", webhook.id, active=webhook.active)
        return webhook


def remove_webhook(office: Office, actor: Actor, webhook_id: str) -> None:
    """Remove an address, and the notes on their way to it.

    Raises:
        ForbiddenError: If the role has none.
        NotFoundError: If there is no such address of one's own organisation.
    """
    require(actor, Right.WEBHOOKS)
    with office.database.writing() as session:
        webhook = _own(session, actor, webhook_id)
        session.execute(delete(Delivery).where(Delivery.webhook_id == webhook.id))
        session.delete(webhook)
        audit.append(session, actor.user, "webhook.remove", webhook_id)


def _own(session: Session, actor: Actor, webhook_id: str) -> Webhook:
    webhook = session.get(Webhook, webhook_id)
    if webhook is None or webhook.organisation_id != actor.organisation:
        raise NotFoundError("没有这个接收通知的地址，或者不是贵单位的")
    return webhook


def _refuse(url: str) -> None:
    """Make sure that an address can be written to; where it leads is looked at when something is sent."""
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        good = good and url.isascii() and url.isprintable() and " " not in url
        good = good and parts.username is None and len(url) <= LONGEST
    except ValueError:
        good = False
    if not good:
        raise InvalidError(
            f"“{url[:80]}”不是可用的地址；应以 https:// 或 http:// 开头，不带用户名和密码，至多 {LONGEST} 个字符"
        )
