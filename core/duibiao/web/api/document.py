"""The description of the API: OpenAPI for programs, a page for people."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field

from duibiao import __version__
from duibiao.reports import as_json
from duibiao.web.api import PREFIX
from duibiao.web.api.routing import SCHEME
from duibiao.web.rendering import page

router = APIRouter(prefix=PREFIX, include_in_schema=False)

ABOUT = """申报材料的上传、审查和办理。每个请求带请求头 Authorization: Bearer 令牌；令牌在“我的账号”页面建立，范围不超过所有者的角色。
出错时的答复是 application/problem+json（RFC 9457），detail 用中文说明哪里不对、怎么办。
会改变内容的请求可以带 Idempotency-Key：断线之后用同一个键再发，只办一次。列表用 offset、limit 翻页，Link 头给出下一页。"""

REPORT = "审查报告，与 duibiao check --format json 写的一样；各项见 openapi.json 中的 Report。"


class Problem(BaseModel):
    """出错时的答复（RFC 9457）。"""

    type: str
    title: str
    status: int
    detail: str = Field(description="哪里不对，怎么办")


def document(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI document of an application; made once."""
    if app.openapi_schema is None:
        made = get_openapi(
            title="对标接口", version=__version__, routes=app.routes, description=ABOUT
        )
        schemas = made.setdefault("components", {}).setdefault("schemas", {})
        schemas["Problem"] = Problem.model_json_schema()
        schemas |= _report_schemas()
        for name in ("HTTPValidationError", "ValidationError"):
            schemas.pop(name, None)
        for schema in schemas.values():
            if "enum" in schema:  # its description is a remark for programmers of ours
                schema.pop("description", None)
        made["components"]["securitySchemes"] = {
            SCHEME: {"type": "http", "scheme": "bearer", "description": "接口令牌，范围见各个操作"}
        }
        app.openapi_schema = made
    return app.openapi_schema


@router.get("/openapi.json")
def openapi(request: Request) -> Response:
    """Give the OpenAPI document."""
    return JSONResponse(document(request.app))


@router.get("/docs")
def docs(request: Request) -> Response:
    """Show the OpenAPI document to people."""
    told = document(request.app)
    tags: dict[str, list[dict[str, Any]]] = {}
    for path, methods in told["paths"].items():
        for method, operation in methods.items():
            entry = operation | {"path": path, "method": method.upper()}
            tags.setdefault(operation["tags"][0], []).append(entry)
    schemas = told["components"]["schemas"]
    ours = {name: schema for name, schema in schemas.items() if not name.startswith("Report_")}
    ours["Report"] = {"type": "object", "description": REPORT}
    return page(request, "api_docs.html", tags=tags, about=ABOUT.splitlines(), schemas=ours)


def _report_schemas() -> dict[str, Any]:
    """Return the published schema of reports as parts of the OpenAPI document."""
    every = as_json.schema()["$defs"]
    names = {name: f"Report_{name}" for name in every} | {"report": "Report"}
    return {names[name]: _renamed(each, names) for name, each in every.items()}


def _renamed(node: Any, names: dict[str, str]) -> Any:
    if isinstance(node, list):
        return [_renamed(each, names) for each in node]
    if not isinstance(node, dict):
        return node
    return {
        key: f"#/components/schemas/{names[value.removeprefix('#/$defs/')]}"
        if key == "$ref" and isinstance(value, str)
        else _renamed(value, names)
        for key, value in node.items()
    }
