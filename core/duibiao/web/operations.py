"""For those who run the service: is it alive, is it ready, how is it doing; and one line of log a request."""

from __future__ import annotations

import hmac
import logging
import time
from datetime import timedelta
from ipaddress import ip_address

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from duibiao.office.desk import Office
from duibiao.storage.base import new_id, now
from duibiao.storage.blobs import StoreError
from duibiao.storage.packages import Job
from duibiao.storage.records import Worker
from duibiao.web.access import TheOffice
from duibiao.web.settings import Settings

router = APIRouter()

_log = logging.getLogger("duibiao.requests")

_STATES = ("queued", "running", "done", "failed")


class Instruments:
    """仪表: what `/metrics` shows; nothing in it says who or which enterprise."""

    def __init__(self) -> None:
        """Make a registry of its own, so that several applications in one process do not mix."""
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "duibiao_requests", "Requests by route and status.", ["method", "route", "status"],
            registry=self.registry,
        )  # fmt: skip
        self.seconds = Histogram(
            "duibiao_request_seconds", "Time to answer.", ["route"], registry=self.registry
        )
        self.received = Counter(
            "duibiao_received_bytes", "Bytes of request bodies announced.", registry=self.registry
        )
        self.jobs = Gauge("duibiao_jobs", "Jobs by state.", ["state"], registry=self.registry)
        self.oldest = Gauge(
            "duibiao_oldest_queued_seconds", "Age of the oldest job that waits.",
            registry=self.registry,
        )  # fmt: skip
        self.workers = Gauge(
            "duibiao_workers", "Workers that gave a sign of life.", registry=self.registry
        )

    def look(self, office: Office, silent: int) -> bytes:
        """Return everything in the format of Prometheus, with the queue as it stands now.

        Args:
            office: The office.
            silent: Seconds of silence after which a worker counts as dead.
        """
        with office.database.reading() as session:
            by_state = select(Job.state, func.count()).group_by(Job.state)
            counts = dict(iter(session.execute(by_state)))
            oldest = session.scalar(select(func.min(Job.created)).where(Job.state == "queued"))
            alive = session.scalar(
                select(func.count())
                .select_from(Worker)
                .where(Worker.seen > now() - timedelta(seconds=silent))
            )
        for state in _STATES:
            self.jobs.labels(state).set(counts.get(state, 0))
        self.oldest.set((now() - oldest).total_seconds() if oldest else 0)
        self.workers.set(alive or 0)
        return generate_latest(self.registry)


class Watch:
    """Counts, times and logs every request: the route, never the address with its ids, names or search words."""

    def __init__(self, app: ASGIApp, instruments: Instruments) -> None:
        """Wrap an application."""
        self.app = app
        self._instruments = instruments

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun, status, id_ = time.perf_counter(), 500, new_id()

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (b"x-request-id", id_.encode())]
            await send(message)

        try:
            await self.app(scope, receive, sending)
        finally:
            self._note(scope, status, time.perf_counter() - begun, id_)

    def _note(self, scope: Scope, status: int, seconds: float, id_: str) -> None:
        route = getattr(scope.get("route"), "path", None)
        if route is None:
            route = "/static" if scope["path"].startswith("/static/") else "(none)"
        method = scope["method"] if scope["method"] in _METHODS else "(other)"
        self._instruments.requests.labels(method, route, str(status)).inc()
        self._instruments.seconds.labels(route).observe(seconds)
        length = next((v for k, v in scope["headers"] if k == b"content-length"), b"0")
        if length.isdigit():
            self._instruments.received.inc(int(length))
        state = scope.get("state", {})
        entered = state.get("entered")
        actor = entered.actor if entered else state.get("actor")
        _log.info(
            "request",
            extra={
                "request": id_,
                "method": method,
                "route": route,
                "status": status,
                "ms": round(seconds * 1000, 1),
                "user": actor.user if actor else "",
            },
        )


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


@router.get("/healthz")
def alive() -> Response:
    """Say that the process answers."""
    return PlainTextResponse("ok")


@router.get("/readyz")
def ready(office: TheOffice) -> Response:
    """Say whether the database answers and the file store takes files."""
    problems = []
    try:
        with office.database.reading() as session:
            session.execute(select(1))
    except SQLAlchemyError:
        problems.append("数据库没有回应")
    try:
        office.blobs.probe()
    except StoreError as error:
        problems.append(str(error))
    return JSONResponse({"ready": not problems, "problems": problems}, 503 if problems else 200)


@router.get("/metrics")
def metrics(request: Request, office: TheOffice) -> Response:
    """Show the instruments: to this machine, or to whoever has the token."""
    settings: Settings = request.app.state.settings
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    remote = bool(settings.metrics)
    if not (
        hmac.compare_digest(given.encode(), settings.metrics.encode())
        if remote
        else _is_this_machine(request.client.host if request.client else "")
    ):
        return PlainTextResponse("只对本机开放；远程读取请设 DUIBIAO_METRICS 并用它作令牌", 403)
    instruments: Instruments = request.app.state.instruments
    return Response(instruments.look(office, settings.silent), media_type=CONTENT_TYPE_LATEST)


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def install(app: FastAPI) -> None:
    """Add the instruments and the routes to an application."""
    instruments = Instruments()
    app.state.instruments = instruments
    app.add_middleware(Watch, instruments=instruments)
    app.include_router(router, include_in_schema=False)
