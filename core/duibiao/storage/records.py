"""Tables that keep the service honest: the audit log, idempotency keys, addresses that are told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from duibiao.storage.base import ID, Base, Identified, now


class Entry(Base):
    """审计记录: one link of the hash chain; see `duibiao.storage.audit`."""

    __tablename__ = "audit"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(22))
    action: Mapped[str] = mapped_column(String(60), index=True)
    subject: Mapped[str] = mapped_column(String(60), index=True)
    detail: Mapped[dict[str, Any]]
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)


class Answered(Base):
    """幂等键: the answer that was given to a request with an Idempotency-Key."""

    __tablename__ = "answered"

    user_id: Mapped[str] = mapped_column(ID, ForeignKey("user.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    request: Mapped[str] = mapped_column(String(64))
    status: Mapped[int]
    body: Mapped[str] = mapped_column(Text)
    created: Mapped[datetime] = mapped_column(default=now)


class Webhook(Identified, Base):
    """接收通知的地址: whom to tell when something happens to an organisation's packages."""

    __tablename__ = "webhook"

    organisation_id: Mapped[str] = mapped_column(ID, ForeignKey("organisation.id"), index=True)
    url: Mapped[str] = mapped_column(String(500))
    secret: Mapped[str] = mapped_column(String(64))
    active: Mapped[bool] = mapped_column(default=True)
    failure: Mapped[str] = mapped_column(String(500), default="")


class Delivery(Identified, Base):
    """通知: one event on its way to one address; `state` is one of queued, done, failed."""

    __tablename__ = "delivery"

    webhook_id: Mapped[str] = mapped_column(ID, ForeignKey("webhook.id"), index=True)
    event: Mapped[str] = mapped_column(String(60))
    body: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(String(20), default="queued")
    answer: Mapped[str] = mapped_column(String(500), default="")


class Chunk(Identified, Base):
    """一小批材料 of a batch that any worker may judge; the one who ordered it removes the row once it has the results.

    `batch` is the journal that it belongs to; `packages` says what to judge and `asked` how, as `duibiao.work.chunks` reads them;
    `law` marks the program and law that it must be judged by. `results` is the SHA-256 of the results or ""; `state` is
    one of queued, done, refused (`message` says why) and given-up (its workers died on it).
    """

    __tablename__ = "chunk"

    batch: Mapped[str] = mapped_column(ID, index=True)
    packages: Mapped[list[dict[str, Any]]]
    asked: Mapped[dict[str, Any]]
    law: Mapped[str] = mapped_column(String(32))
    attempts: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(String(20), default="queued")
    results: Mapped[str] = mapped_column(String(64), default="")
    message: Mapped[str] = mapped_column(String(500), default="")


class Worker(Base):
    """工作进程: a process that takes work from the queue; one that is silent for long is dead."""

    __tablename__ = "worker"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    host: Mapped[str] = mapped_column(String(200), default="")
    started: Mapped[datetime] = mapped_column(default=now)
    seen: Mapped[datetime] = mapped_column(default=now, index=True)
