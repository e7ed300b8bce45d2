"""Delivering notes (通知) to the programs that asked for them; an address that does not answer is tried again, later and later."""

from __future__ import annotations

import json

from dbos import DBOS

from duibiao.office.jobs import DONE, FAILED, NOTIFY, QUEUED
from duibiao.storage.base import now
from duibiao.storage.records import Delivery, Webhook
from duibiao.work import posting
from duibiao.work.posting import RefusedError
from duibiao.work.shop import Workshop, current

WAITS: tuple[float, ...] = (10, 60, 600, 3600, 6 * 3600)
"""Seconds from one try to the next; after the last there is no other."""


@DBOS.workflow(name=NOTIFY)
def notify(note: str) -> str:
    """Try once to deliver a note; the next try is a job of its own, so that waiting holds nothing up.

    Args:
        note: Id of the delivery, and after a dot how often it was tried before.

    Returns:
        The state of the delivery.
    """
    shop = current()
    id_, _, tries = note.partition(".")
    with shop.office.database.reading() as session:
        delivery = session.get(Delivery, id_)
        webhook = session.get(Webhook, delivery.webhook_id) if delivery else None
    if delivery is None or webhook is None:
        return DONE
    if delivery.state != QUEUED:
        return delivery.state
    problem = "这个地址已停用"
    if webhook.active:
        problem = _post(shop, webhook, delivery)
    return _keep(shop, id_, problem, int(tries or 0), again=webhook.active)


def _post(shop: Workshop, webhook: Webhook, delivery: Delivery) -> str:
    """Return why it was not taken, or ""."""
    body = json.dumps(delivery.body, ensure_ascii=False).encode()
    try:
        posting.post(
            webhook.url, webhook.secret, body, delivery.id, inside=shop.office.webhooks_inside
        )
    except RefusedError as error:
        return str(error)
    return ""


def _keep(shop: Workshop, id_: str, problem: str, tries: int, *, again: bool) -> str:
    with shop.office.database.writing() as session:
        delivery = session.get(Delivery, id_)
        if delivery is None:  # its address was removed meanwhile
            return DONE
        webhook = session.get_one(Webhook, delivery.webhook_id)
        delivery.answer = problem
        if not problem:
            delivery.state, webhook.failure = DONE, ""
        elif again and tries < len(WAITS):
            shop.office.enqueue(session, NOTIFY, f"{id_}.{tries + 1}", delay=WAITS[tries])
        else:
            delivery.state = FAILED
        if delivery.state == FAILED and again:
            when = f"{now():%Y-%m-%d %H:%M}（UTC）"
            webhook.failure = f"{when}试了 {tries + 1} 次没有送到：{problem}"
        return delivery.state
