"""人员与联系方式: phone, persons in charge, signatures, addressee, address and year agree."""

from __future__ import annotations

import re
from collections.abc import Iterator

from duibiao.law.in_force import LawInForce
from duibiao.model.dates import parse_date
from duibiao.model.dossier import Dossier
from duibiao.model.location import Text
from duibiao.model.quantities import halfwidth
from duibiao.rules.definition import CannotJudge, NotApplicable, Problem, Severity, Yield, rule
from duibiao.rules.support import (
    application_day,
    by_value,
    filled,
    form_at,
    named_fields,
    plain,
)

_MOBILE = re.compile(r"1[3-9]\d{9}")
_ONE_OF_SEVERAL = re.compile(r"(?<![\d-])1[3-9]\d{9}(?![\d-])")


@rule("DB-107", severity=Severity.ERROR, cites="SMX2022:附件4 一")
def phone_invalid(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """联系方式不是有效的手机号。

    为什么：预警期间须能随时联系到应急措施落实责任人，申请表要求填手机号。

    通过：11位，以13至19开头。

    不通过：位数不对，或填了座机号。
    """
    form = named_fields([("申请表", dossier.form.phone if dossier.form else None)])
    if not form:
        yield CannotJudge(form_at(dossier.form, dossier), "没有填写联系方式")
    plan = dossier.plan.levels if dossier.plan else ()
    fields = form + named_fields((f"“一厂一策”{entry.level}预警", entry.phone) for entry in plan)
    for places in by_value(fields).values():
        where, text = places[0]
        if not _MOBILE.fullmatch(_digits(text)):
            yield Problem(
                text.at,
                f"{where}的联系方式“{text.value}”不是有效手机号",
                "填写责任人的11位手机号",
                also=tuple(other.at for _, other in places[1:]),
            )


@rule("DB-108", severity=Severity.ERROR, cites=("SMX2022:附件4 一", "SMX2022:附件2 4.1"))
def responsible_person_differs(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """申请表与“一厂一策”的措施落实责任人不一致。

    为什么：应急措施由谁落实，申请表和方案须是同一人，预警时才找得到人。

    通过：申请表和各预警级别的责任人相同。

    不通过：申请表为甲，红色预警措施写乙。
    """
    form = dossier.form.responsible if dossier.form else None
    if form is None or not plain(form.value):
        yield CannotJudge(form_at(dossier.form, dossier), "申请表没有填写措施落实责任人")
        return
    if dossier.plan is None:
        yield CannotJudge(dossier.at, "没有“一厂一策”方案，无法核对责任人")
        return
    people = named_fields(
        (f"{entry.level}预警", entry.responsible) for entry in dossier.plan.levels
    )
    if not people:
        yield CannotJudge(dossier.plan.at, "“一厂一策”方案没有写责任人，无法核对")
    for name, places in by_value(people).items():
        if name != plain(form.value):
            levels = "、".join(where for where, _ in places)
            yield Problem(
                places[0][1].at,
                f"{levels}的责任人为“{places[0][1].value}”，申请表为“{form.value}”",
                "统一为实际的措施落实责任人",
                also=(form.at, *(text.at for _, text in places[1:])),
            )


@rule("DB-109", severity=Severity.ERROR, cites=("SMX2022:附件4 二", "SMX2022:附件4 三"))
def legal_person_differs(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """承诺书签字人与法定代表人不一致。

    为什么：两份承诺书须由法定代表人签字。

    通过：签字姓名与企业基本信息中的法定代表人相同。

    不通过：承诺书由其他人签字。
    """
    person = dossier.profile.legal_person if dossier.profile else None
    if person is None or not plain(person.value):
        yield CannotJudge(
            dossier.profile.at if dossier.profile else dossier.at, "没有填写法定代表人"
        )
        return
    if not dossier.letters:
        yield CannotJudge(dossier.at, "没有承诺书可查")
    for letter in dossier.letters:
        signature = letter.signature
        if signature is None or not plain(signature.value):
            if letter.signature_is_picture or letter.is_scan:
                what = "扫描件" if letter.is_scan else "手写签名图片"
                yield CannotJudge(letter.at, f"{letter.kind.value}为{what}，请人工核对")
        elif plain(signature.value) != plain(person.value):
            yield Problem(
                signature.at,
                f"{letter.kind.value}签字为“{signature.value}”，法定代表人为“{person.value}”",
                "由法定代表人本人签字；如法定代表人已变更，先改正企业基本信息",
                also=(person.at,),
            )


@rule("DB-110", severity=Severity.WARNING, cites="SMX2022:附件4 一")
def address_outside_region(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """地址不在所填的省辖市、县（市、区）。

    为什么：申报材料由所在县（市、区）初审，地址与区划不符会报错地方。

    通过：地址写明所填的市和县（市、区）。

    不通过：所属县区填甲县，地址在乙县。
    """
    form = dossier.form
    if form is None or form.address is None or not filled(form.address):
        yield CannotJudge(form_at(form, dossier), "没有填写地址")
        return
    for name, text in (("省辖市", form.city), ("县（市、区）", form.county)):
        if (
            text is not None
            and plain(text.value)
            and plain(text.value).removeprefix("河南省") not in plain(form.address.value)
        ):
            yield Problem(
                form.address.at,
                f"地址“{form.address.value}”中没有所填{name}“{text.value}”",
                "核对地址与行政区划，地址写全市、县（市、区）",
                also=(text.at,),
            )


@rule("DB-112", severity=Severity.ERROR, cites="SMX2022:附件4 二")
def letter_year_differs(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """承诺书的申报年度与申报日期不符。

    为什么：承诺书写明“此次申报河南省XXXX年”绩效分级，年度须是本次申报的年度。

    通过：承诺书年度与封面日期同年。

    不通过：沿用了上一年的承诺书。
    """
    day = application_day(dossier)
    years = [(letter, letter.year) for letter in dossier.letters if letter.year is not None]
    if day is None or not years:
        yield CannotJudge(dossier.at, "缺少封面日期或承诺书年度，无法核对")
        return
    for letter, year in years:
        written = parse_date(f"{plain(year.value)}年")
        if written is None or written.year != day.year:
            yield Problem(
                year.at,
                f"{letter.kind.value}的年度为“{year.value}”，申报日期在{day.year}年",
                "按本次申报年度重新出具承诺书",
            )


@rule("DB-115", severity=Severity.WARNING, cites=("SMX2022:附件4 一", "SMX2022:附件2 4.1"))
def phone_differs(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """同一责任人的联系方式在申请表和“一厂一策”中不同。

    为什么：预警期间按联系方式通知责任人；同一人写了两个号码，其中一个可能已停用。

    通过：申请表的手机号与各预警级别相同。

    不通过：申请表与红色预警的责任人相同，手机号不同。
    """
    form = dossier.form
    phone = _digits(form.phone) if form else ""
    if form is None or form.phone is None or not phone:
        yield CannotJudge(form_at(form, dossier), "申请表没有填写联系方式")
        return
    if dossier.plan is None:
        yield CannotJudge(dossier.at, "没有“一厂一策”方案，无法核对联系方式")
        return
    if not _MOBILE.fullmatch(phone):
        yield NotApplicable("申请表的联系方式不是手机号（另由 DB-107 检查）")
        return
    written = plain(form.phone.value).replace("-", "")
    person = plain(form.responsible.value) if form.responsible else ""
    same = [
        entry
        for entry in dossier.plan.levels
        if entry.responsible is None or plain(entry.responsible.value) in ("", person)
    ]
    fields = named_fields((f"{entry.level}预警", entry.phone) for entry in same)
    for number, places in by_value(fields).items():
        given = number.replace("-", "")
        if phone not in given and given not in written and _MOBILE.fullmatch(given):
            levels = "、".join(where for where, _ in places)
            yield Problem(
                places[0][1].at,
                f"{levels}的联系方式为“{places[0][1].value}”，申请表为“{form.phone.value}”",
                "统一为责任人在用的手机号",
                also=(form.phone.at, *(text.at for _, text in places[1:])),
            )


@rule("DB-116", severity=Severity.WARNING, cites="SMX2022:附件4 二")
def letter_to_another_bureau(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """承诺书致送的不是企业所在市的生态环境局。

    为什么：承诺书写给“XX市生态环境局”，须是申请表所填省辖市的；写给别的市，多是沿用旧稿。

    通过：抬头写明所在的市，或所在的县（市、区）。

    不通过：企业在三门峡市，承诺书写给开封市生态环境局。
    """
    form = dossier.form
    places = [text for text in (form.city, form.county) if text and filled(text)] if form else []
    if not places:
        yield CannotJudge(form_at(form, dossier), "申请表没有填写所属省辖市")
        return
    addressed = [letter for letter in dossier.letters if letter.addressee is not None]
    if not addressed:
        yield CannotJudge(dossier.at, "承诺书没有写明致送的生态环境局")
    for letter in addressed:
        assert letter.addressee is not None
        written = plain(letter.addressee.value)
        names = [re.sub(r"^河南省|[市县区]$", "", plain(text.value)) for text in places]
        if not any(name and name in written for name in names):
            yield Problem(
                letter.addressee.at,
                f"{letter.kind.value}致送“{letter.addressee.value.rstrip('：:')}”，"
                f"企业在{places[0].value}",
                "改为所在市的生态环境局，重新签署承诺书",
                also=(places[0].at,),
            )


def _digits(text: Text | None) -> str:
    """Return a telephone number without hyphens; of several in one cell, the mobile one."""
    if text is None:
        return ""
    mobile = _ONE_OF_SEVERAL.search(halfwidth(text.value))
    return mobile.group() if mobile else plain(text.value).replace("-", "")
