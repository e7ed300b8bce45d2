"""Files made of a version: faces of the report, the annotated copy, and the file itself."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Path
from fastapi.responses import Response, StreamingResponse

from duibiao.web.access import TheShop
from duibiao.web.api.access import Program
from duibiao.web.api.routing import problem
from duibiao.web.api.routing import router as api_router
from duibiao.web.api.versions import Number
from duibiao.work import artefacts

router = api_router("产出")

Name = StrEnum("Name", {name: name for name in artefacts.FACES})  # type: ignore[misc]
_LISTED = "、".join(f"{name} {label}" for name, label in artefacts.FACES.items())
FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "文件；类型随产出的种类",
        "content": {"*/*": {"schema": {}}},
    },
    409: problem("还没有审查完，文件已过保存期限，或须先重新审查"),
}


@router.get(
    "/packages/{package_id}/versions/{number}/artefacts/{name}",
    summary="一版的产出",
    response_class=Response,
    responses=FILE,
)
def show_artefact(
    shop: TheShop,
    actor: Program,
    package_id: str,
    number: Number,
    name: Annotated[Name, Path(description=_LISTED)],
) -> Response:
    """第一次要时才制作，稍等几秒；以后直接给出。"""
    return sent(shop, artefacts.face(shop, actor, package_id, number, name.value))


def sent(shop: TheShop, ready: artefacts.Ready) -> Response:
    """Return a file as an answer that is saved, never shown."""
    return StreamingResponse(
        artefacts.pieces(shop, ready),
        media_type=ready.content_type,
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(ready.file)}"},
    )
