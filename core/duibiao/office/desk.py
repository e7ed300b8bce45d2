"""The office itself: its database, its files, its law, and whom it gives work to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Protocol

from sqlalchemy.orm import Session

from duibiao.office.errors import ForbiddenError
from duibiao.procedure.rights import RIGHTS, SCOPES, Actor, Right
from duibiao.procedure.roles import Scope
from duibiao.service import Service
from duibiao.service.terms import CHINA
from duibiao.storage.blobs import Blobs
from duibiao.storage.database import Database


class Enqueue(Protocol):
    """Puts work on the durable queue, in the transaction that makes it."""

    def __call__(self, session: Session, what: str, id_: str, /, *, delay: float = 0) -> None:
        """Put it there: what (check, build, notify), the id of its row, and the seconds before which it does not begin."""


@dataclass
class Office:
    """受理处.

    Attributes:
        database: The database.
        blobs: The store of files.
        enqueue: Puts work on the queue.
        largest: Greatest size of an uploaded file in bytes.
        retention: Days for which the files of finished packages are kept; 0 for ever.
        webhooks_inside: Whether webhooks may lead into the network that the service itself stands in.
    """

    database: Database
    blobs: Blobs
    enqueue: Enqueue
    largest: int = 300 << 20
    retention: int = 0
    webhooks_inside: bool = False
    clock: Callable[[], datetime] = field(default=lambda: datetime.now(CHINA))

    @cached_property
    def service(self) -> Service:
        """The program itself: rules, law, plugins."""
        return Service().ready()

    @property
    def today(self) -> date:
        """The day in China."""
        return self.clock().date()


def require(actor: Actor, right: Right) -> None:
    """Make sure that an actor has a right.

    Raises:
        ForbiddenError: If the role does not have it, or the token does not cover it.
    """
    if actor.may(right):
        return
    if actor.role in RIGHTS[right]:
        scope = scope_of(right)
        if scope is None:
            raise ForbiddenError(f"接口令牌不能{right.label}；请登录网页办理")
        raise ForbiddenError(f"这个令牌没有“{scope.label}”的范围；请建立有这个范围的令牌")
    raise ForbiddenError(f"“{actor.role.label}”不能{right.label}；需要的话请联系系统管理员")


def scope_of(right: Right) -> Scope | None:
    """Return the scope of a token that covers a right, or None where that takes a person."""
    return next((scope for scope, rights in SCOPES.items() if right in rights), None)
