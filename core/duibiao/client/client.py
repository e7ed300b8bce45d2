"""The client itself."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx

from duibiao.client.calling import ServerError, call

POLL = 1.0
"""Seconds from one look at a job to the next."""

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Receipt:
    """收据: what became of an upload.

    Attributes:
        package: Id of the package.
        version: Which version it is.
        job: Id of the job that checks it.
        duplicate: Whether the same file had been handed in before.
    """

    package: str
    version: int
    job: str
    duplicate: bool


class Client:
    """接口的客户端: one user's way into one service."""

    def __init__(
        self, url: str, token: str, *, transport: httpx.BaseTransport | None = None
    ) -> None:
        """Make a client; nothing is sent yet.

        Args:
            url: Address of the service, such as ``https://duibiao.example``.
            token: API token.
            transport: Another way to the service, for tests.

        Raises:
            ServerError: If the address is none, or the token cannot be one.
        """
        there = url.rstrip("/")
        if not there.startswith(("http://", "https://")):
            raise ServerError(f"“{url}”不是服务的地址；应以 https:// 或 http:// 开头")
        if not token or not token.isascii() or not token.isprintable():
            raise ServerError("没有接口令牌，或令牌不对；请在服务的“我的账号”页面建立")
        try:
            self._http = httpx.Client(
                base_url=f"{there}/api/v1",
                headers={"Authorization": f"Bearer {token}"},
                timeout=60,
                transport=transport,
            )
        except httpx.InvalidURL:
            raise ServerError(f"“{url}”不是服务的地址") from None

    def __enter__(self) -> Self:
        """Use it in a with statement."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the connections."""
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def upload(
        self, path: Path, *, city: str = "", county: str = "", package: str = "", batch: str = ""
    ) -> Receipt:
        """Hand a file in.

        Args:
            path: The file.
            city: 省辖市 of the enterprise; "" for that of one's own organisation.
            county: 县（市、区） of the enterprise; likewise.
            package: Id of the package of which it is a new version, or "".
            batch: Id of the batch that it belongs to, or "".

        Raises:
            ServerError: If it is refused, or the service cannot be reached.
            OSError: If the file cannot be read.
        """
        asked = {"file": path.name, "batch": batch}
        if not package:
            asked |= {"city": city, "county": county}
        key = str(uuid.uuid4())

        def send() -> httpx.Response:
            with path.open("rb") as body:
                return self._http.post(
                    f"/packages/{package}/versions" if package else "/packages",
                    params=asked,
                    content=body,
                    headers={"Idempotency-Key": key, "Content-Type": "application/octet-stream"},
                )

        told = call(send).json()
        return Receipt(told["package"], told["version"], told["job"], told["duplicate"])

    def wait(self, job: str, seconds: float = 3600) -> Json:
        """Wait until a job has ended, and return it.

        Raises:
            ServerError: If it failed, is not done after `seconds`, or the service cannot be reached.
        """
        end = time.monotonic() + seconds
        while True:
            told = self._get(f"/jobs/{job}")
            if told["state"] == "done":
                return told
            if told["state"] == "failed":
                raise ServerError(told["message"])
            if time.monotonic() > end:
                raise ServerError(f"等了 {seconds:.0f} 秒，还在{told['state_label']}；请稍后再查看")
            time.sleep(POLL)

    def report(self, package: str, version: int) -> Json:
        """Return the report on a version, as ``duibiao check --format json`` writes it.

        Raises:
            ServerError: If there is none yet, or the service cannot be reached.
        """
        return self._get(f"/packages/{package}/versions/{version}/report")

    def artefact(self, package: str, version: int, name: str) -> bytes:
        """Return a file made of a version, such as ``html``, ``xlsx``, ``review``, ``notice`` or ``annotated``.

        Raises:
            ServerError: If it cannot be made, or the service cannot be reached.
        """
        place = f"/packages/{package}/versions/{version}/artefacts/{name}"
        return call(lambda: self._http.get(place, timeout=600)).content

    def packages(self, **filter_: str) -> Iterator[Json]:
        """Give the packages that the owner of the token sees, the newest first.

        Args:
            filter_: Such as ``state="applied"`` or ``text="水泥"``.

        Raises:
            ServerError: If the service cannot be reached.
        """
        offset, total = 0, 1
        while offset < total:
            page = self._get("/packages", offset=str(offset), limit="200", **filter_)
            yield from page["items"]
            offset, total = offset + 200, page["total"]

    def _get(self, place: str, **asked: str) -> Json:
        told: Json = call(lambda: self._http.get(place, params=asked)).json()
        return told
