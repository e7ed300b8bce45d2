"""Refusals and faults as answers: a page for people, problem+json (RFC 9457) for programs."""

from __future__ import annotations

import logging
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from sqlalchemy import exc
from starlette.exceptions import HTTPException

from duibiao.model.errors import DuibiaoError
from duibiao.office import errors
from duibiao.office.reports import LostError
from duibiao.storage.blobs import StoreError
from duibiao.web.rendering import page
from duibiao.work.children import FailedError

_log = logging.getLogger(__name__)

_STATUS: dict[type[DuibiaoError], HTTPStatus] = {
    errors.InvalidError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.ForbiddenError: HTTPStatus.FORBIDDEN,
    errors.NotFoundError: HTTPStatus.NOT_FOUND,
    errors.ConflictError: HTTPStatus.CONFLICT,
    LostError: HTTPStatus.CONFLICT,
    errors.TooManyError: HTTPStatus.TOO_MANY_REQUESTS,
    FailedError: HTTPStatus.UNPROCESSABLE_ENTITY,
    StoreError: HTTPStatus.SERVICE_UNAVAILABLE,
}
_TITLES = {
    400: "请求不完整",
    401: "请先登录",
    403: "没有权限",
    404: "没有找到",
    405: "不支持这种操作",
    409: "状态已经变化",
    413: "文件太大",
    415: "内容类型不对",
    422: "内容有问题",
    429: "次数太多",
    500: "程序出错",
    503: "暂时不能服务",
}
_ADVICE = {
    400: "请求的正文读不懂；应为 UTF-8 的 JSON",
    404: "没有这个地址；请检查，或从首页进入",
    405: "这个地址不支持这种请求方法",
}
"""Status → what to do, where the web framework refuses."""
_WHY = {
    "missing": "没有写",
    "json_invalid": "不是 JSON",
    "extra_forbidden": "没有这一项",
    "string_too_long": "太长",
    "string_too_short": "太短，或没有写",
    "string_pattern_mismatch": "有不能用的字符",
    "string": "应为文字",
    "int": "应为整数",
    "bool": "应为 true 或 false",
    "greater_than": "太小",
    "less_than": "太大",
    "enum": "不在可选的值之中",
    "literal": "不在可选的值之中",
    "list": "应为列表",
    "dict": "应为对象",
    "model": "应为对象",
    "too_long": "太多",
    "too_short": "太少",
    "date": "应为日期，如 2022-10-01",
}
"""How the name of pydantic's complaint begins → what users read."""
LONGEST = 2000
RETRY = 10
"""Seconds after which to ask again while the database does not answer."""


def status_of(error: DuibiaoError) -> HTTPStatus:
    """Return the status of a refusal."""
    return _STATUS.get(type(error), HTTPStatus.UNPROCESSABLE_ENTITY)


def install(app: FastAPI) -> None:
    """Tell an application how to answer when something goes wrong."""
    app.add_exception_handler(DuibiaoError, _refused)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _unfit)
    app.add_exception_handler(exc.OperationalError, _unreachable)
    app.add_exception_handler(exc.TimeoutError, _unreachable)  # all connections are taken
    app.add_exception_handler(Exception, _fault)


def answer(
    request: Request, status: int, detail: str, headers: dict[str, str] | None = None
) -> Response:
    """Return a refusal in the form that the caller reads."""
    title = _TITLES.get(status, "出错了")
    if request.url.path.startswith("/api/"):
        return JSONResponse(
            {"type": "about:blank", "title": title, "status": status, "detail": detail},
            status,
            headers,
            media_type="application/problem+json",
        )
    return page(request, "problem.html", status=status, headers=headers, title=title, detail=detail)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, DuibiaoError)
    headers = None
    if isinstance(error, errors.TooManyError):
        headers = {"Retry-After": str(error.seconds)}
    return answer(request, status_of(error), str(error), headers)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code < 400:
        return Response(status_code=error.status_code, headers=dict(error.headers or {}))
    detail = (
        error.detail if _chinese(error.detail) else _ADVICE.get(error.status_code, "请检查地址")
    )
    return answer(request, error.status_code, detail, dict(error.headers or {}))


async def _unfit(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    places = "；".join(
        f"{'.'.join(str(part) for part in entry['loc'][1:]) or '正文'}：{_why(entry['type'])}"
        for entry in error.errors()
    )
    return answer(request, 422, f"请求里有不合要求的内容：{places}"[:LONGEST])


def _why(kind: str) -> str:
    """Say what is wrong with a value, by the name that pydantic has for it."""
    for beginning, words in _WHY.items():
        if kind.startswith(beginning):
            return words
    return f"不合要求（{kind}）"


async def _unreachable(request: Request, error: Exception) -> Response:
    """Answer where the database is down, locked or full: nothing was written, and it may soon be well again."""
    _log.error("the database does not answer at %s: %s", request.url.path, error)
    return answer(
        request,
        503,
        "数据库没有回应，没有保存任何内容；请过一会再试，一直这样请告诉系统管理员检查数据库和磁盘空间",
        {"Retry-After": str(RETRY)},
    )


async def _fault(request: Request, error: Exception) -> Response:
    _log.error("a fault of ours at %s", request.url.path, exc_info=error)
    return answer(
        request, 500, "程序出错，没有保存任何内容；请稍后再试，再出错请把时间告诉系统管理员"
    )


def _chinese(text: str) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)
