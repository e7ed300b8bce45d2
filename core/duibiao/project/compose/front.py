"""Cover, application form and letters: before part 四."""

from __future__ import annotations

from dataclasses import replace

from duibiao.model.application import ApplicationForm, CommitmentLetter, Cover, LetterKind
from duibiao.model.dates import Day
from duibiao.model.location import Located, Text
from duibiao.project.compose import wording
from duibiao.project.compose.desk import Desk
from duibiao.project.evidence import EvidenceFolder
from duibiao.recognition.front import ORGANISATION


def cover(desk: Desk, evidence: EvidenceFolder) -> Cover:
    """Compose the title page."""
    at = desk.home("form", wording.COVER)
    name = desk.cell(desk.form, "enterprise", wording.COVER)
    if name.value and not ORGANISATION.match(name.value):
        desk.misfit(
            name.at, f"企业名称“{name.value}”不是单位全称", "写营业执照上的名称，如“……有限公司”"
        )
    return Cover(
        at,
        name,
        desk.day(desk.form, "date", wording.COVER),
        Located(wording.COVER_SEAL, at),
        has_seal=evidence.seal is not None,
    )


def form(desk: Desk, evidence: EvidenceFolder) -> ApplicationForm:
    """Compose part 一; the grade is written as documents write it."""

    def cell(key: str) -> Text:
        return desk.cell(desk.form, key, "一")

    return ApplicationForm(
        desk.home("form", "一"),
        city=cell("city"),
        county=cell("county"),
        address=cell("address"),
        enterprise=cell("enterprise"),
        credit_code=desk.code(desk.form, "credit_code", "一"),
        industry=cell("industry"),
        grade=replace(cell("grade"), value=desk.grade_label),
        control_type=cell("control_type"),
        responsible=cell("responsible"),
        phone=desk.code(desk.form, "phone", "一"),
        output_value=desk.measure(desk.form, "output_value", "一", "万元"),
        has_seal=evidence.seal is not None,
    )


def letters(desk: Desk, evidence: EvidenceFolder) -> tuple[CommitmentLetter, CommitmentLetter]:
    """Compose parts 二 and 三, ready for seal and signature."""
    return _authenticity(desk, evidence), _reduction(desk, evidence)


def _authenticity(desk: Desk, evidence: EvidenceFolder) -> CommitmentLetter:
    city = desk.cell(desk.form, "city", "二")
    addressee = replace(city, value=f"{city.value}生态环境局：")
    date = desk.day(desk.form, "date", "二")
    bare = _letter(desk, evidence, LetterKind.AUTHENTICITY, "二", wording.AUTHENTICITY_PROMISE)
    assert bare.commitment is not None
    return replace(
        bare,
        text=(addressee, bare.commitment),
        addressee=addressee,
        year=Located(str(date.value.year) if date else "", date.at if date else bare.at),
    )


def _reduction(desk: Desk, evidence: EvidenceFolder) -> CommitmentLetter:
    name = desk.cell(desk.form, "enterprise", "三")
    bare = _letter(desk, evidence, LetterKind.REDUCTION, "三", wording.REDUCTION_PROMISE)
    assert bare.commitment is not None
    text = (name, bare.commitment) if name.value else (bare.commitment,)
    return replace(bare, text=text, enterprise=name)


def _letter(
    desk: Desk, evidence: EvidenceFolder, kind: LetterKind, section: str, promise: str
) -> CommitmentLetter:
    at = desk.home("form", section)
    date: Day | None = desk.day(desk.form, "date", section)
    return CommitmentLetter(
        kind,
        at,
        industry=replace(desk.cell(desk.form, "industry", section), value=desk.trade),
        grade=replace(desk.cell(desk.form, "grade", section), value=desk.grade_label),
        commitment=Located(promise, at),
        signature=Located("", at),
        signature_is_picture=evidence.signature is not None,
        date=date,
        seal_mark=Located(wording.LETTER_SEAL, at),
        has_seal=evidence.seal is not None,
    )
