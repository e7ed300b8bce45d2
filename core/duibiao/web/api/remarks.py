"""Remarks on findings: accepted, waived, to be corrected, or a note."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import Response
from pydantic import BaseModel, Field

from duibiao.office import remarks
from duibiao.office.remarks import Disposition
from duibiao.storage.packages import Remark
from duibiao.web.access import TheOffice
from duibiao.web.api.access import Program
from duibiao.web.api.models import NO_NUL, Asked
from duibiao.web.api.once import Doing
from duibiao.web.api.routing import router as api_router
from duibiao.web.api.versions import Number

router = api_router("意见处理")


class RemarkAsked(Asked):
    """要写的处理。"""

    fingerprint: Annotated[str, Field(max_length=64, pattern=NO_NUL)]
    disposition: Disposition
    text: Annotated[str, Field(max_length=remarks.LONGEST, pattern=NO_NUL)] = ""
    until: Annotated[str, Field(max_length=10, pattern=NO_NUL)] = Field(
        "", description="豁免的最后一天，年-月-日"
    )


class RemarkSaid(BaseModel):
    """一条处理。"""

    id: str
    fingerprint: str
    code: str
    place: str
    disposition: Disposition
    disposition_label: str
    text: str
    until: str
    who: str
    at: datetime

    @staticmethod
    def of(remark: Remark) -> RemarkSaid:
        """Say what a remark says."""
        disposition = Disposition(remark.disposition)
        return RemarkSaid(
            id=remark.id, fingerprint=remark.fingerprint, code=remark.code, place=remark.place,
            disposition=disposition, disposition_label=disposition.label, text=remark.text,
            until=remark.until, who=remark.who, at=remark.created,
        )  # fmt: skip


class Remarks(BaseModel):
    """全部处理，先写的在前。"""

    items: list[RemarkSaid]


@router.get("/packages/{package_id}/remarks", summary="意见的处理")
def list_remarks(office: TheOffice, actor: Program, package_id: str) -> Remarks:
    """按意见的指纹认出各版中的同一条意见；最后一次决定算数。"""
    said = remarks.remarks_on(office, actor, package_id)
    every = sorted(
        (each for one in said.values() for each in one.remarks), key=lambda r: (r.created, r.id)
    )
    return Remarks(items=[RemarkSaid.of(each) for each in every])


@router.post(
    "/packages/{package_id}/versions/{number}/remarks", response_model=RemarkSaid, summary="处理一条意见"
)  # fmt: skip
def add_remark(
    office: TheOffice,
    actor: Program,
    once: Doing,
    package_id: str,
    number: Number,
    asked: RemarkAsked,
) -> Response:
    """豁免、要求改正要写理由，豁免还要写有效期；豁免之后会重新审查。"""

    def work() -> RemarkSaid:
        made = remarks.remark(
            office, actor, package_id, number, asked.fingerprint, asked.disposition,
            text=asked.text, until=asked.until,
        )  # fmt: skip
        return RemarkSaid.of(made)

    return once.do(work, asked.model_dump_json())
