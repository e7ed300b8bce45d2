"""Telling the programs that asked for it (webhooks): what is told is written down with what it is about, and sent later."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from duibiao.office.desk import Office
from duibiao.office.jobs import NOTIFY
from duibiao.storage.base import now
from duibiao.storage.packages import Package
from duibiao.storage.people import Organisation
from duibiao.storage.records import Delivery, Webhook


def tell(office: Office, session: Session, package: Package, event: str) -> None:
    """Put a note on the queue for every active address of those who see the package, in the transaction of `session`.

    A note has no content of the package: its reader asks the API, which asks who it is.
    """
    mine = Webhook.organisation_id == package.organisation_id
    if package.filed is not None:
        bureaus = select(Organisation.id).where(
            Organisation.city == package.city,
            or_(Organisation.county == package.county, Organisation.county == ""),
        )
        mine = or_(mine, Webhook.organisation_id.in_(bureaus))
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
