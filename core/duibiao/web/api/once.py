"""Answers to requests that change something: with an Idempotency-Key, the same one twice is done once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Annotated, BinaryIO

from fastapi import Depends, Header, Request
from fastapi.responses import Response
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool

from duibiao.office import idempotency
from duibiao.office.desk import Office
from duibiao.office.idempotency import Kept
from duibiao.procedure.rights import Actor
from duibiao.storage.blobs import digest_of
from duibiao.web.access import TheOffice
from duibiao.web.api.access import Program

JSON = "application/json"


class Once:
    """幂等: does the work of one request, unless it was done before."""

    def __init__(self, request: Request, office: Office, actor: Actor, key: str) -> None:
        """Take what a request says; "" for `key` does the work whatever was before."""
        self._request, self._office, self._actor, self._key = request, office, actor, key

    def do(self, work: Callable[[], BaseModel], said: str = "", *, status: int = 200) -> Response:
        """Do the work and answer, or give the answer that was given before.

        Args:
            work: The work; what it returns is the body of the answer. Where that has an ``href``, it is the Location of a 201.
            said: What the body of the request said: its JSON text, or the SHA-256 of a file.
            status: HTTP status where it is done.

        Raises:
            InvalidError: If the key was used for another request.
        """
        if not self._key:
            return _answer(Kept(status, work().model_dump_json()))
        kept = idempotency.once(
            self._office, self._actor, self._key, self._digest(said), status,
            lambda: work().model_dump_json(),
        )  # fmt: skip
        return _answer(kept)

    async def do_with(
        self, work: Callable[[], BaseModel], body: BinaryIO, *, status: int = 200
    ) -> Response:
        """Do as `do` does, for a request whose body is a file."""

        def run() -> Response:
            return self.do(work, digest_of(body), status=status)

        return await run_in_threadpool(run)

    def _digest(self, said: str) -> str:
        request = self._request
        told = (request.method, request.url.path, request.url.query, said)
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _answer(kept: Kept) -> Response:
    response = Response(kept.body, kept.status, media_type=JSON)
    if kept.status == 201:
        response.headers["Location"] = json.loads(kept.body)["href"]
    return response


def _once(
    request: Request,
    office: TheOffice,
    actor: Program,
    idempotency_key: Annotated[
        str,
        Header(
            max_length=200,
            pattern=r"^[\x21-\x7e]*$",
            description="同一个键、同一个请求只办一次，再发得到同样的答复；每个请求用一个新的随机值",
        ),
    ] = "",
) -> Once:
    return Once(request, office, actor, idempotency_key)


Doing = Annotated[Once, Depends(_once)]
"""What does the work of a request that changes something."""
