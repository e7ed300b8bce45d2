"""Refusals and faults as answers: a page for people, problem+json (RFC 9457) for programs."""

from __future__ import annotations

import logging
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from duibiao.model.errors import DuibiaoError
from duibiao.office import errors
from duibiao.web.rendering import page
from duibiao.work.children import FailedError

_log = logging.getLogger(__name__)

_STATUS: dict[type[DuibiaoError], HTTPStatus] = {
    errors.InvalidError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.ForbiddenError: HTTPStatus.FORBIDDEN,
    errors.NotFoundError: HTTPStatus.NOT_FOUND,
    errors.ConflictError: HTTPStatus.CONFLICT,
    errors.TooManyError: HTTPStatus.TOO_MANY_REQUESTS,
    FailedError: HTTPStatus.UNPROCESSABLE_ENTITY,
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


def status_of(error: DuibiaoError) -> HTTPStatus:
    """Return the status of a refusal."""
    return _STATUS.get(type(error), HTTPStatus.UNPROCESSABLE_ENTITY)


def install(app: FastAPI) -> None:
    """Tell an application how to answer when something goes wrong."""
    app.add_exception_handler(DuibiaoError, _refused)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _unfit)
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
    headers = (
        {"Retry-After": str(error.seconds)} if isinstance(error, errors.TooManyError) else None
    )
    return answer(request, status_of(error), str(error), headers)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code < 400:
        return Response(status_code=error.status_code, headers=dict(error.headers or {}))
    detail = error.detail if _chinese(error.detail) else "请检查地址，或从首页进入"
    return answer(request, error.status_code, detail, dict(error.headers or {}))


async def _unfit(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    places = "；".join(
        f"{'.'.join(str(part) for part in entry['loc'][1:]) or '内容'}：不合要求（{entry['type']}）"
        for entry in error.errors()
    )
    return answer(request, 422, f"请求里有不合要求的内容：{places}")


async def _fault(request: Request, error: Exception) -> Response:
    _log.error("a fault of ours at %s", request.url.path, exc_info=error)
    return answer(
        request, 500, "程序出错，没有保存任何内容；请稍后再试，再出错请把时间告诉系统管理员"
    )


def _chinese(text: str) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)
