"""Routes of the API: each asks for its right before it reads the body, and documents how it refuses."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.types import Message

from duibiao.office.desk import scope_of
from duibiao.office.errors import InvalidError
from duibiao.web.api import PREFIX
from duibiao.web.api.access import ASKED, admit

SCHEME = "令牌"
LARGEST = 8 << 20
"""Most bytes of a body of JSON."""

_REFUSALS = {
    400: "请求读不懂",
    401: "没有令牌，或令牌无效",
    403: "令牌的范围或角色不够",
    404: "没有，或不归您办理",
    409: "与现在的状态不符",
    413: "请求太大",
    422: "内容不合要求，或 Idempotency-Key 已用于另一个请求",
    503: "文件库暂时不能用",
}


def problem(description: str) -> dict[str, Any]:
    """Return how OpenAPI describes a refusal."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        "description": description,
        "content": {"application/problem+json": {"schema": schema}},
    }


class ApiRoute(APIRoute):
    """A route that only those with the right in `ASKED` come through."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        """Make the route; an endpoint that is not in the table is an error."""
        self.right = ASKED[endpoint.__name__]
        writes = options["methods"] != {"GET"} and options["methods"] != ["GET"]
        codes = [401, 403, 422, 503]
        codes += [404] if "{" in path else []
        codes += [400, 409, 413] if writes else []
        documented = {code: problem(_REFUSALS[code]) for code in sorted(codes)}
        options["responses"] = documented | (options["responses"] or {})
        options["operation_id"] = endpoint.__name__
        security = {
            "security": [{SCHEME: [scope.value for scope in [scope_of(self.right)] if scope]}]
        }
        options["openapi_extra"] = security | (options["openapi_extra"] or {})
        super().__init__(path, endpoint, **options)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return what answers a request."""
        handle = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            request.state.actor = await admit(request, self.right)
            if any("\0" in value for value in _said(request)):
                raise InvalidError("地址里有不能用的字符（NUL）")
            return await handle(_bounded(request) if self.body_field else request)

        return guarded


def _bounded(request: Request) -> Request:
    """Return a request whose body of JSON is refused once it is too large."""
    size = 0

    async def receive() -> Message:
        nonlocal size
        message = await request.receive()
        size += len(message.get("body", b""))
        if size > LARGEST:
            raise HTTPException(413, f"请求的正文超过 {LARGEST >> 20} MB；请分开发送")
        return message

    return Request(request.scope, receive)


def _said(request: Request) -> list[str]:
    named = (request.path_params, request.query_params)
    return [str(value) for given in named for value in given.values()]


def router(tag: str) -> APIRouter:
    """Return a router for the endpoints of one topic."""
    return APIRouter(prefix=PREFIX, tags=[tag], route_class=ApiRoute)
