"""主体信息: name, codes, industry and grade are valid and the same everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz.distance import DamerauLevenshtein

from duibiao.law.in_force import LawInForce
from duibiao.model.dossier import Dossier
from duibiao.model.grades import parse_grade
from duibiao.model.location import Text
from duibiao.rules.definition import CannotJudge, NotApplicable, Problem, Severity, Yield, rule
from duibiao.rules.readings import Angle, coordinates
from duibiao.rules.support import (
    by_value,
    declared_grade,
    declared_industry,
    filled,
    form_at,
    grade_fields,
    industry_fields,
    industry_key,
    name_fields,
    named_fields,
    plain,
    reference_name,
    same_industry,
)

MISSPELT = 1
"""Most characters in which another company name in the text may differ from the enterprise's own to be its misspelling."""

WIDEST_LATITUDE, WIDEST_LONGITUDE = 90, 180
"""Largest degrees that there are on earth."""

LENGTH_OF_PERMIT_NUMBER = 22
"""Signs of a permit number (HJ 608—2017)."""

_PLACED = re.compile(r"[东西]经|[南北]纬|经度|纬度|\d°")
_CLASS_CODE = re.compile(r"(?<![A-Za-z\d])[A-Z]?(\d{4})(?!\d)", re.IGNORECASE)
_PERMIT_NUMBER = re.compile(r"(?<![0-9A-Z])([0-9A-HJ-NPQRTUWXY]{18})\d{3}[0-9A-Z](?![0-9A-Z])")
_COMPANY = re.compile(r"[\u4e00-\u9fff（）()]{4,30}?(?:有限责任公司|股份有限公司|有限公司)")


@rule("DB-101", severity=Severity.ERROR, cites="KF2021:附件2 注5")
def enterprise_name_differs(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """企业名称前后不一致。

    为什么：企业名称应与营业执照、公章、排污许可证一致；材料中出现两个名称，无法确定申报主体。

    通过：封面、申请表、承诺书、企业基本信息、“一厂一策”及正文中的企业名称完全相同。

    不通过：申请表写“甲环保材料有限公司”，企业基本信息写“甲环保建材有限公司”。
    """
    name = reference_name(dossier)
    if name is None:
        yield CannotJudge(dossier.at, "封面和申请表都没有企业名称，无法核对")
        return
    wanted = plain(name.value)
    fields = [(where, text, plain(text.value)) for where, text in name_fields(dossier)]
    fields += [
        ("正文", text, found)
        for text in (*dossier.paragraphs, *dossier.margins)
        if (found := _misspelt_in(plain(text.value), wanted))
    ]
    others: dict[str, list[tuple[str, Text]]] = {}
    for where, text, found in fields:
        if found != wanted:
            others.setdefault(found, []).append((where, text))
    for found, places in others.items():
        where, text = places[0]
        yield Problem(
            text.at,
            f"{where}的企业名称为“{found}”，与“{name.value}”不同",
            "对照营业执照，各处改为同一名称",
            also=(
                name.at,
                *dict.fromkeys(at for _, other in places[1:] if (at := other.at) != text.at),
            ),
        )


@rule("DB-102", severity=Severity.ERROR, cites="GB32100")
def credit_code_invalid(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """统一社会信用代码不符合编码规则。

    为什么：统一社会信用代码共18位，最后一位是按GB 32100—2015算出的校验码；校验不过，说明抄写有误。

    通过：代码为18位且校验码正确，如 91110108551385082Q。

    不通过：代码少一位、含有I、O、S、V、Z，或校验码不对。
    """
    from stdnum.cn import uscc

    codes = _credit_codes(dossier)
    if not codes:
        yield CannotJudge(form_at(dossier.form, dossier), "没有填写统一社会信用代码")
    for code, places in by_value(codes).items():
        if not uscc.is_valid(code):
            where, text = places[0]
            yield Problem(
                text.at,
                f"{where}的统一社会信用代码“{text.value}”{_code_fault(code)}",
                "对照营业执照改正代码",
                also=tuple(other.at for _, other in places[1:]),
            )


@rule("DB-103", severity=Severity.ERROR, cites="SMX2022:附件4 一")
def credit_code_differs(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """统一社会信用代码前后不一致。

    为什么：申请表与企业基本信息应是同一企业。

    通过：两处代码相同。

    不通过：两处代码有一位不同。
    """
    codes = _credit_codes(dossier)
    if len(codes) < 2:
        yield CannotJudge(form_at(dossier.form, dossier), "统一社会信用代码不足两处，无从核对")
        return
    (where, first), (other_where, second) = codes
    if plain(first.value).upper() != plain(second.value).upper():
        yield Problem(
            second.at,
            f"{other_where}的统一社会信用代码为“{second.value}”，{where}为“{first.value}”",
            "对照营业执照，改正有误的一处",
            also=(first.at,),
        )


@rule("DB-104", severity=Severity.ERROR, cites="HJ608")
def permit_number_not_built_on_credit_code(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """排污许可证编号与统一社会信用代码对不上。

    为什么：排污许可证编号共22位，前18位就是统一社会信用代码（HJ 608—2017）。

    通过：编号前18位与企业的统一社会信用代码相同，共22位。

    不通过：编号不足22位，或前18位是别的代码。
    """
    number = dossier.profile.permit_number if dossier.profile else None
    codes = _credit_codes(dossier)
    if number is None or not plain(number.value):
        yield CannotJudge(
            dossier.profile.at if dossier.profile else dossier.at, "没有填写排污许可证编号"
        )
        return
    written = plain(number.value).upper()
    if written.startswith("H9"):
        yield CannotJudge(
            number.at, "许可证编号以H9开头（无统一社会信用代码的排污单位），请人工核对"
        )
    elif len(written) != LENGTH_OF_PERMIT_NUMBER:
        yield Problem(
            number.at,
            f"排污许可证编号“{number.value}”为{len(written)}位，应为22位",
            "对照排污许可证改正",
        )
    elif not codes:
        yield CannotJudge(number.at, "没有统一社会信用代码可供核对")
    elif written[:18] not in {plain(code.value).upper() for _, code in codes}:
        yield Problem(
            number.at,
            f"排污许可证编号前18位“{written[:18]}”与统一社会信用代码“{codes[0][1].value}”不同",
            "对照营业执照和排污许可证，改正其中有误的一处",
            also=(codes[0][1].at,),
        )


@rule("DB-105", severity=Severity.ERROR, cites=("SMX2022:附件4 二", "KF2021:附件2 注1"))
def industry_differs(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """行业类型前后不一致。

    为什么：按哪个行业的指标评级，取决于行业类型；申请表、承诺书、对标总表须为同一行业。

    通过：各处写的是同一行业，详略可以不同（“水泥”与“水泥行业（熟料生产企业）”）。

    不通过：申请表写铸造，承诺书写通用行业。
    """
    fields = industry_fields(dossier)
    usual = declared_industry(dossier)
    if usual is None:
        yield CannotJudge(dossier.at, "没有找到行业类型")
        return
    heading = dossier.indicators.heading if dossier.indicators else None
    groups = [(where, text, industry_key(text.value)) for where, text in fields]
    if heading is not None and "行业" in heading.value:
        groups.append(("对标总表表头", heading, industry_key(heading.value.partition("行业")[0])))
    for where, text, name in groups:
        if not same_industry(name, industry_key(usual.value)):
            yield Problem(
                text.at,
                f"{where}的行业为“{text.value}”，其他处为“{usual.value}”",
                "按排污许可证和技术指南确定行业，各处统一",
                also=(usual.at,),
            )


@rule(
    "DB-106",
    severity=Severity.ERROR,
    cites=("SMX2022:附件4 一", "SMX2022:附件4 二", "SMX2022:附件4 三"),
)
def grade_differs(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """申报等级前后不一致。

    为什么：申请表、两份承诺书、企业基本信息、对标总表和“一厂一策”须按同一等级申报和承诺。

    通过：各处等级相同，写法可以不同（“A级”与“A”）。

    不通过：申请表为B级，承诺书为绩效引领性。
    """
    usual = declared_grade(dossier)
    if usual is None:
        yield CannotJudge(form_at(dossier.form, dossier), "没有找到申报等级")
        return
    for where, text in grade_fields(dossier):
        if parse_grade(text.value) not in (None, parse_grade(usual.value)):
            yield Problem(
                text.at,
                f"{where}的申报等级为“{text.value}”，其他处为“{usual.value}”",
                "确定申报等级，各处统一",
                also=(usual.at,),
            )


@rule("DB-111", severity=Severity.ERROR, cites="SMX2022:第四条")
def grade_not_on_ladder(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """所申报的等级在该行业不存在。

    为什么：各行业的等级设置不同，有的分A、B、C、D级，有的只分引领性和非引领性。

    通过：申报等级在该行业的等级之中。

    不通过：只设A、B、C级的行业申报绩效引领性。
    """
    text, grade = declared_grade(dossier), law.grade
    if text is None or grade is None:
        yield CannotJudge(form_at(dossier.form, dossier), "没有写明可识别的申报等级")
    elif law.branch is None:
        yield CannotJudge(text.at, "没有该行业的插件，不知道该行业设哪些等级")
    elif not law.ladder:
        yield CannotJudge(text.at, f"{law.branch.name}的等级设置尚未查明")
    elif grade not in law.ladder:
        names = "、".join(step.label for step in law.ladder)
        yield Problem(
            text.at,
            f"{law.branch.name}所知的等级为{names}，申报的是{grade.label}",
            "对照技术指南核对行业类型和等级",
            grounds=law.branch.provenance,
        )


@rule("DB-113", severity=Severity.ERROR, cites="SMX2022:附件4 四、1")
def coordinates_impossible(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """经纬度不是真实存在的坐标。

    为什么：企业基本信息须说明经纬度，应急管控按坐标定位企业；纬度超过90度的，多是经度与纬度写反。

    通过：经度不超过180度，纬度不超过90度，分、秒都小于60。

    不通过：写成“东经34°46′，北纬111°45′”，或“111°75′”。
    """
    profile = dossier.profile
    if profile is None:
        yield CannotJudge(dossier.at, "没有“企业基本信息”可查")
        return
    written = profile.coordinates
    if not filled(written):
        written = next((t for t in profile.text if _PLACED.search(plain(t.value))), None)
    if written is None:
        yield NotApplicable("没有写经纬度（另由 DB-219 检查）")
        return
    pair = coordinates(written.value)
    if pair is None:
        yield CannotJudge(written.at, f"经纬度“{written.value[:60]}”看不出是一个经度和一个纬度")
    elif fault := _fault_of(*pair):
        yield Problem(
            written.at,
            f"经纬度“{written.value[:60]}”{fault}",
            "对照排污许可证副本或地图，改正经纬度",
        )


@rule("DB-114", severity=Severity.REVIEW, cites="SMX2022:附件4 四、1")
def class_code_of_another_industry(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """行业代码不是所申报行业的代码。

    为什么：行业代码须与申报的行业相符；一个企业可能有几个代码，指南的行业与代码也不一一对应，因此由人工核实。

    通过：所写代码中有申报行业的代码。

    不通过：按水泥申报，行业代码写木质家具制造C2110。
    """
    written = dossier.profile.industry if dossier.profile else None
    if law.branch is None:
        yield CannotJudge(dossier.at, "没有该行业的插件，不知道该行业的代码")
    elif not law.branch.codes:
        yield NotApplicable(f"没有查到{law.branch.name}的行业代码")
    elif written is None or not (codes := _CLASS_CODE.findall(plain(written.value))):
        at = written.at if written else dossier.profile.at if dossier.profile else dossier.at
        yield CannotJudge(at, "没有写四位行业代码，无法核对")
    elif not set(codes) & set(law.branch.codes):
        yield Problem(
            written.at,
            f"行业代码为“{written.value}”，{law.branch.name}的代码为{'、'.join(law.branch.codes)}",
            "对照排污许可证核对行业代码和申报的行业",
            grounds=law.branch.provenance,
        )


@rule("DB-117", severity=Severity.ERROR, cites=("SMX2022:附件4 四、1", "HJ608"))
def permit_number_of_another(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """材料中出现别的排污单位的许可证编号。

    为什么：许可证编号前18位是企业的统一社会信用代码；前18位不同的编号属于别的单位，多是沿用旧稿。

    通过：全文的许可证编号前18位相同；同一企业的几个场所，后四位可以不同。

    不通过：企业基本信息与环保守法说明写了两个单位的编号。
    """
    number = dossier.profile.permit_number if dossier.profile else None
    if number is None or not plain(number.value):
        yield NotApplicable("没有填写排污许可证编号（另由 DB-104 检查）")
        return
    own = plain(number.value).upper()[:18]
    others: dict[str, list[Text]] = {}
    for text in (*dossier.paragraphs, *dossier.margins):
        if len(text.value) < LENGTH_OF_PERMIT_NUMBER:
            continue
        for match in _PERMIT_NUMBER.finditer(plain(text.value).upper()):
            if match.group(1) != own:
                others.setdefault(match.group(), []).append(text)
    for found, places in others.items():
        yield Problem(
            places[0].at,
            f"排污许可证编号“{found}”与企业基本信息的“{number.value}”不是同一单位",
            "对照排污许可证，各处改为本企业的编号",
            also=(number.at, *dict.fromkeys(text.at for text in places[1:])),
        )


def _fault_of(longitude: Angle, latitude: Angle) -> str:
    """Return what is impossible about a pair of angles, or ""."""
    if any(
        part >= 60 for angle in (longitude, latitude) for part in (angle.minutes, angle.seconds)
    ):
        return "的分或秒不小于60"
    if latitude.value > WIDEST_LATITUDE >= longitude.value:
        return f"的纬度超过{WIDEST_LATITUDE}度，经度与纬度像是写反了"
    if latitude.value > WIDEST_LATITUDE:
        return f"的纬度超过{WIDEST_LATITUDE}度"
    if longitude.value > WIDEST_LONGITUDE:
        return f"的经度超过{WIDEST_LONGITUDE}度"
    return ""


def _misspelt_in(text: str, wanted: str) -> str:
    """Return a company name in `text` that looks like a misspelling of `wanted`, or ""."""
    if "公司" not in text:
        return ""
    for match in _COMPANY.finditer(text):
        tail = match.group()[-len(wanted) :]
        if 0 < DamerauLevenshtein.distance(tail, wanted) <= MISSPELT:
            return tail
    return ""


def _credit_codes(dossier: Dossier) -> list[tuple[str, Text]]:
    return named_fields(
        [
            ("申请表", dossier.form.credit_code if dossier.form else None),
            ("企业基本信息", dossier.profile.credit_code if dossier.profile else None),
        ]
    )


def _code_fault(code: str) -> str:
    if len(code) != 18:
        return f"为{len(code)}位，应为18位"
    return "校验不通过"
