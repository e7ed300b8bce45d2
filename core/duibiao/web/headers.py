"""Headers that every answer carries, and the refusal of requests from other sites."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
"""Content-Security-Policy: nothing but our own files runs, and nobody frames us."""

_ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Guard:
    """Sets the headers, and refuses what another site's page sends."""

    def __init__(self, app: ASGIApp, secure: bool) -> None:
        """Wrap an application.

        Args:
            app: The application.
            secure: Whether it is reached by https only.
        """
        self.app = app
        self._headers = dict(_ALWAYS)
        if secure:
            self._headers["Strict-Transport-Security"] = "max-age=31536000"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                if not scope["path"].startswith("/static/"):
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        if scope["method"] not in _SAFE and _foreign(Headers(scope=scope)):
            refusal = PlainTextResponse("请求来自别的网站，已拒绝；请从本系统的页面操作", 403)
            await refusal(scope, receive, sending)
            return
        await self.app(scope, receive, sending)


def _foreign(headers: Headers) -> bool:
    """Whether a browser says that a request comes from another site; programs say nothing."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is not None and origin.partition("://")[2] != headers.get("host")


def install(app: Starlette, *, secure: bool) -> None:
    """Put the guard before an application."""
    app.add_middleware(Guard, secure=secure)
