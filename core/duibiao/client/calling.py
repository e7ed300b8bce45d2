"""Calls of the service: tried again while it cannot be reached, with the same Idempotency-Key."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

import httpx

from duibiao.model.errors import DuibiaoError

WAITS = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds from one try to the next."""
_BUSY = frozenset({502, 503, 504})


class ServerError(DuibiaoError):
    """The service refused, or cannot be reached; the message is for users.

    Attributes:
        status: HTTP status; 0 where there was no answer.
    """

    def __init__(self, message: str, status: int = 0) -> None:
        """Say what the service said."""
        super().__init__(message)
        self.status = status


def call(send: Callable[[], httpx.Response], sleep: Callable[[float], None] = time.sleep) -> httpx.Response:  # fmt: skip
    """Send a request, again and again while there is no answer or the service is busy.

    Args:
        send: Sends it; the same request every time.
        sleep: Waits.

    Returns:
        The answer, a good one.

    Raises:
        ServerError: If it is refused, or there is no answer in the end.
    """
    for wait in (*WAITS, None):
        try:
            answer = send()
        except httpx.TransportError as error:
            if wait is None:
                raise ServerError(
                    f"连接不上服务（{type(error).__name__}）；请检查地址和网络"
                ) from error
        else:
            if answer.is_success:
                return answer
            if wait is None or not _passes(answer):
                raise _refusal(answer)
        sleep(wait)
    raise AssertionError("the last try returns or raises")


def _passes(answer: httpx.Response) -> bool:
    """Whether what stands against a request passes by itself."""
    return answer.status_code in _BUSY or "retry-after" in answer.headers


def _refusal(answer: httpx.Response) -> ServerError:
    told: Mapping[str, Any] = {}
    if answer.headers.get("content-type", "").startswith("application/problem+json"):
        told = answer.json()
    message = told.get("detail") or f"服务的答复是 {answer.status_code}，不是接口的答复；请检查地址"
    return ServerError(str(message), answer.status_code)
