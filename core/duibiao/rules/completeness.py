"""完整性: every part of 附件4 and 附件2 is there, in order and filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from duibiao.law.common import Heading
from duibiao.law.in_force import LawInForce
from duibiao.model.application import LetterKind
from duibiao.model.dossier import Dossier
from duibiao.model.evidence import Section
from duibiao.rules.definition import CannotJudge, Problem, Severity, Yield, rule
from duibiao.rules.support import indicator_name, place, plain

LETTER_PARTS = {"二": LetterKind.AUTHENTICITY, "三": LetterKind.REDUCTION}
OPTIONAL_FACILITIES = ("五.2.13.1", "五.2.13.2", "五.2.13.3", "五.2.13.4")
"""Sections that stand only where the enterprise has such facilities."""

STATEMENT_TOPICS = {
    "环保手续": r"环保手续|环评|审批手续",
    "提标改造": r"提标|改造",
    "排污许可管理": r"许可",
    "达标排放": r"达标",
    "行政处罚": r"处罚",
    "环境投诉及群体性上访": r"投诉|上访|信访",
    "安全与环境事故": r"事故",
    "信用情况": r"信用",
}
"""环保守法说明: what has to be stated one by one (附件4 四、2)."""

FORM_FIELDS = {
    "city": "所属省辖市",
    "county": "所属县（市、区）",
    "address": "地址名称",
    "enterprise": "企业名称（公章）",
    "credit_code": "统一社会信用代码",
    "industry": "行业类型",
    "grade": "自评估等级",
    "control_type": "申请管控类型",
    "responsible": "企业应急措施落实责任人",
    "phone": "联系方式（手机号）",
    "output_value": "工业总产值（万元）",
}

REQUIRED_LEDGERS = {
    1: "生产设备运行管理台账",
    2: "废气污染治理设施运行及维护管理台账",
    4: "主要原辅料消耗记录",
    8: "企业运输台账",
}
"""Ledgers of 2.16.2 that are not marked 如涉及 or 如有."""


@rule("DB-201", severity=Severity.ERROR, cites=("SMX2022:附件4", "SMX2022:第七条（3）"))
def part_missing(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """缺少申报材料应有的部分。

    为什么：申报材料按提纲分五个部分，并附“一厂一策”实施方案；缺一部分即材料不完整。

    通过：申请表、企业基本情况、绩效分级材料和“一厂一策”方案都有。

    不通过：没有第四部分“企业基本情况”。
    """
    present = {section.key for section in dossier.sections}
    for heading in law.common.outline:
        if (
            "." not in heading.key
            and heading.key not in present
            and heading.key not in LETTER_PARTS
        ):
            yield Problem(dossier.at, f"没有找到“{heading.label}”", f"按提纲补齐“{heading.label}”")


@rule("DB-202", severity=Severity.ERROR, cites="SMX2022:附件4")
def order_wrong(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """部分或章节的顺序与提纲不符。

    为什么：审核人员按提纲顺序逐项核对，顺序颠倒会漏看。

    通过：各部分、各章节按提纲的先后排列，不涉及的可以删去。

    不通过：承诺书排在申请表之前。
    """
    position = {heading.key: number for number, heading in enumerate(law.common.outline)}
    furthest: Section | None = None
    for section in dossier.sections:
        if section.key not in position:
            continue
        if furthest is None or position[section.key] > position[furthest.key]:
            furthest = section
        elif position[section.key] < position[furthest.key]:
            yield Problem(
                furthest.at,
                f"“{furthest.title}”排在“{section.title}”之前，与提纲顺序不符",
                "按提纲顺序调整",
                also=(section.at,),
            )
            furthest = section


@rule("DB-203", severity=Severity.ERROR, cites=("SMX2022:附件4 四", "SMX2022:附件4 五"))
def section_missing(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """缺少提纲要求的章节。

    为什么：除注明“如涉及”的以外，提纲各章节都须提供。

    通过：不带“如涉及”的章节齐全。

    不通过：没有“2.16.2 台账资料”。
    """
    present = {section.key for section in dossier.sections}
    for heading in law.common.outline:
        if (
            heading.key not in present
            and "." in heading.key
            and not heading.key.startswith("附")
            and not heading.if_applicable
            and heading.key not in OPTIONAL_FACILITIES
            and heading.key.partition(".")[0] in present
        ):
            parent = dossier.section(heading.key.rpartition(".")[0])
            yield Problem(
                parent.at if parent else dossier.at,
                f"没有找到“{heading.label}”",
                f"补充“{heading.label}”，内容：{'；'.join(heading.holds) or heading.title}",
            )


@rule("DB-204", severity=Severity.ERROR, cites=("SMX2022:附件4 四", "SMX2022:附件4 五"))
def section_empty(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """有标题而没有内容的章节。

    为什么：只留标题等于没有提供该项材料；确不涉及的，应写明“本项不涉及”。

    通过：标题下有文字、表格或图片，或写明不涉及。

    不通过：“2.14 排放限值”下面什么也没有。
    """
    sections = dossier.sections
    for number, section in enumerate(sections):
        following = sections[number + 1] if number + 1 < len(sections) else None
        has_children = following is not None and following.level > section.level
        if (
            section.key
            and section.is_empty
            and not has_children
            and not section.key.startswith("附")
        ):
            yield Problem(
                section.at,
                f"“{section.title}”下面没有内容",
                "补充材料；确不涉及的写明“本项不涉及”",
            )


@rule("DB-205", severity=Severity.ERROR, cites=("SMX2022:附件4 二", "SMX2022:附件4 三"))
def letter_missing(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """缺少承诺书。

    为什么：资料真实性承诺书和应急减排承诺书都是必交材料。

    通过：两份承诺书都有。

    不通过：没有“落实重污染天气应急减排承诺书”。
    """
    for kind in LetterKind:
        if dossier.letter(kind) is None:
            yield Problem(
                dossier.at, f"没有找到《{kind.value}》", f"补充《{kind.value}》，签字、盖章、填日期"
            )


@rule("DB-206", severity=Severity.ERROR, cites=("SMX2022:附件4 二", "SMX2022:附件4 三"))
def letter_unsigned(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """承诺书没有法定代表人签字。

    为什么：未签字的承诺书没有效力。

    通过：“法定代表人（签字）”后有姓名或签名图片。

    不通过：签字处空白，或没有签字一行。
    """
    if not dossier.letters:
        yield CannotJudge(dossier.at, "没有承诺书可查")
    for letter in dossier.letters:
        signed = letter.signature is not None and bool(plain(letter.signature.value))
        if not signed and not letter.signature_is_picture:
            yield Problem(
                place(letter.signature, letter.at),
                f"《{letter.kind.value}》没有法定代表人签字",
                "由法定代表人签字",
            )


@rule("DB-207", severity=Severity.ERROR, cites=("SMX2022:附件4 二", "SMX2022:附件4 三"))
def letter_undated(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """承诺书没有填写日期。

    为什么：承诺从何日起算，须有完整的年月日。

    通过：写明年、月、日。

    不通过：日期空白，或只写到月。
    """
    if not dossier.letters:
        yield CannotJudge(dossier.at, "没有承诺书可查")
    for letter in dossier.letters:
        if letter.date is None or letter.date.value.day is None:
            at = letter.date.at if letter.date else letter.at
            yield Problem(at, f"《{letter.kind.value}》没有填写完整的日期", "填写签署的年、月、日")


@rule("DB-208", severity=Severity.ERROR, cites=("SMX2022:附件4 二", "SMX2022:附件4 三"))
def letter_wording_changed(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """承诺书缺少规定的承诺内容。

    为什么：承诺书文字由附件4规定，不得删改承诺事项。

    通过：真实性承诺书写明“真实、合法、有效”和“特此承诺”；减排承诺书写明“现承诺”及落实减排措施。

    不通过：删去了“愿承担相应的法律责任”。
    """
    wanted = {
        LetterKind.AUTHENTICITY: ("真实、合法、有效", "愿承担相应的法律责任", "特此承诺"),
        LetterKind.REDUCTION: (
            "现承诺",
            "严格按照重污染天气应急减排清单要求",
            "落实不同预警级别相应的减排措施",
        ),
    }
    if not dossier.letters:
        yield CannotJudge(dossier.at, "没有承诺书可查")
    for letter in dossier.letters:
        text = plain("".join(paragraph.value for paragraph in letter.text))
        missing = [phrase for phrase in wanted[letter.kind] if plain(phrase) not in text]
        if missing:
            yield Problem(
                letter.at,
                f"《{letter.kind.value}》缺少规定文字：{'、'.join(f'“{phrase}”' for phrase in missing)}",
                "按附件4的承诺书原文改正",
            )


@rule("DB-209", severity=Severity.ERROR, cites="SMX2022:附件4 一")
def form_field_blank(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """申请表有漏填的项目。

    为什么：申请表十一项都是必填。

    通过：各项都已填写。

    不通过：“工业总产值（万元）”空白。
    """
    if dossier.form is None:
        yield CannotJudge(dossier.at, "没有申请表可查")
        return
    for name, label in FORM_FIELDS.items():
        value = getattr(dossier.form, name)
        written = "" if value is None else plain(str(value.value))
        if written in ("", "/", "-", "—"):
            at = dossier.form.at if value is None else value.at
            yield Problem(at, f"申请表没有填写“{label}”", f"填写“{label}”")


@rule(
    "DB-210",
    severity=Severity.REVIEW,
    cites=("SMX2022:附件4 一", "SMX2022:附件4 二", "SMX2022:附件4 三"),
)
def seal_not_seen(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """应盖章处没有看到印章。

    为什么：封面、申请表和两份承诺书须加盖企业公章；电子件中没有图片时，要核对纸质件。

    通过：盖章处有图片。

    不通过：盖章处只有“（企业盖章）”字样。
    """
    places = [("封面", dossier.cover.at, dossier.cover.has_seal)] if dossier.cover else []
    if dossier.form:
        places.append(("申请表", dossier.form.at, dossier.form.has_seal))
    places += [
        (f"《{letter.kind.value}》", letter.at, letter.has_seal) for letter in dossier.letters
    ]
    if not places:
        yield CannotJudge(dossier.at, "没有应盖章的页面可查")
    for name, at, sealed in places:
        if not sealed:
            yield Problem(
                at, f"{name}的盖章处没有图片，看不到印章", "核对纸质盖章件，或补交盖章扫描件"
            )


@rule("DB-211", severity=Severity.ERROR, cites="SMX2022:附件4 五、1")
def indicator_row_missing(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """对标总表缺少应有的指标行。

    为什么：每一项适用的指标都要对标，少一行就无法判定该项是否达到等级要求（第五条（三））。

    通过：不带“如涉及”的七项指标都有；有证明材料的“如涉及”指标也有。

    不通过：没有“无组织管控”一行。
    """
    table = dossier.indicators
    if table is None:
        yield Problem(dossier.at, "没有找到绩效分级指标对标总表", "按附件4 五、1补充对标总表")
        return
    present = {indicator_name(row, law.common) for row in table.rows}
    for indicator in law.common.indicators:
        if indicator.name in present:
            continue
        section = dossier.section(f"五.{indicator.section}")
        has_evidence = section is not None and not section.not_applicable and not section.is_empty
        if not indicator.if_applicable or has_evidence:
            reason = "" if not indicator.if_applicable else f"，而“{indicator.section}”有证明材料"
            yield Problem(
                table.at,
                f"对标总表没有“{indicator.name}”一行{reason}",
                f"补充“{indicator.name}”一行",
            )


@rule("DB-212", severity=Severity.ERROR, cites="SMX2022:附件4 五、1")
def indicator_status_blank(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """对标总表的“企业对标情况”空白。

    为什么：没有写企业实际情况，就没有对标。

    通过：每行都写明企业实际达到的情况。

    不通过：“环境管理水平”一行的对标情况为空。
    """
    if dossier.indicators is None:
        yield CannotJudge(dossier.at, "没有对标总表可查")
        return
    for row in dossier.indicators.rows:
        if row.status is None or plain(row.status.value) in ("", "/", "-", "—"):
            yield Problem(
                place(row.status, row.at),
                f"“{row.indicator.value}”的企业对标情况空白",
                "写明企业该项指标的实际情况",
            )


@rule("DB-213", severity=Severity.ERROR, cites="SMX2022:附件4 五、1")
def indicator_requirement_blank(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """对标总表的“绩效指标要求”空白。

    为什么：不写要求，看不出与什么对标。

    通过：每行都抄录所申报等级的指标要求。

    不通过：“运输方式”一行的要求为空。
    """
    if dossier.indicators is None:
        yield CannotJudge(dossier.at, "没有对标总表可查")
        return
    for row in dossier.indicators.rows:
        if row.requirement is None or not plain(row.requirement.value):
            yield Problem(
                place(row.requirement, row.at),
                f"“{row.indicator.value}”没有写指标要求",
                "从技术指南抄录所申报等级的要求",
            )


@rule("DB-214", severity=Severity.ERROR, cites="SMX2022:附件4 五、1")
def indicator_pages_blank(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """对标总表没有写证明材料页码。

    为什么：审核人员凭页码找证明材料。

    通过：每行都有页码。

    不通过：“装备水平”一行的页码为空。
    """
    if dossier.indicators is None:
        yield CannotJudge(dossier.at, "没有对标总表可查")
        return
    for row in dossier.indicators.rows:
        if row.pages is None or not re.search(r"\d", plain(row.pages.value)):
            yield Problem(
                place(row.pages, row.at),
                f"“{row.indicator.value}”没有写证明材料页码",
                "填写证明材料所在页码",
            )


@rule("DB-215", severity=Severity.ERROR, cites="SMX2022:附件4 五、2")
def evidence_without_evidence(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """证明材料章节只有文字，没有证明材料。

    为什么：各分级指标须附证明文件、现场照片等材料，单凭说明不能证明。

    通过：章节内有图片、复印件或清单，或写明不涉及。

    不通过：“2.2 生产工艺”只有一段文字。
    """
    sections = [section for section in dossier.sections if section.key.startswith("五.2.")]
    if not sections:
        yield CannotJudge(dossier.at, "没有证明材料章节可查")
    for section in sections:
        below = [other for other in sections if other.key.startswith(f"{section.key}.")]
        whole = [section, *below]
        if (
            section.characters
            and not section.not_applicable
            and not any(part.tables or part.pictures for part in whole)
        ):
            yield Problem(
                section.at,
                f"“{section.title}”只有文字，没有图片、复印件或清单",
                _what_to_add(law, section.key),
            )


@rule("DB-216", severity=Severity.WARNING, cites="SMX2022:附件4 五、1")
def indicator_order_wrong(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """对标总表的指标顺序与规定不符。

    为什么：对标总表应按绩效分级指标的顺序排列，便于逐项核对。

    通过：各行按规定顺序，不涉及的可以删去。

    不通过：“运输方式”排在“排放限值”之前。
    """
    if dossier.indicators is None:
        yield CannotJudge(dossier.at, "没有对标总表可查")
        return
    order = [indicator.name for indicator in law.common.indicators]
    last = -1
    for row in dossier.indicators.rows:
        name = indicator_name(row, law.common)
        if name is None:
            continue
        if order.index(name) < last:
            yield Problem(
                row.at, f"“{row.indicator.value}”的位置与规定顺序不符", "按附件4的顺序调整各行"
            )
        last = max(last, order.index(name))


@rule("DB-217", severity=Severity.ERROR, cites="SMX2022:附件4 五、2")
def applicable_section_disclaimed(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """对标总表列了某项指标，证明材料却写“不涉及”。

    为什么：前后矛盾，无法认定该项是否适用。

    通过：对标总表中的每一项都有对应的证明材料。

    不通过：对标总表有“加热炉”，2.10却写不涉及。
    """
    if dossier.indicators is None:
        yield CannotJudge(dossier.at, "没有对标总表可查")
        return
    sections = {i.name: i.section for i in law.common.indicators}
    for row in dossier.indicators.rows:
        name = indicator_name(row, law.common)
        section = dossier.section(f"五.{sections[name]}") if name else None
        if section is not None and section.not_applicable and not section.tables:
            yield Problem(
                section.at,
                f"对标总表列有“{row.indicator.value}”，“{section.title}”却写不涉及",
                "核对是否涉及：涉及的补充证明材料，不涉及的删去该指标行",
                also=(row.at,),
            )


@rule("DB-218", severity=Severity.WARNING, cites="SMX2022:附件4")
def contents_differ_from_body(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """目录与正文标题对不上。

    为什么：目录列了正文没有的标题，多半是改动后没有更新目录。

    通过：目录中的每个标题都能在正文找到。

    不通过：目录有“2.7 储罐”，正文没有。
    """
    if not dossier.contents:
        yield Problem(dossier.at, "没有找到目录", "按提纲加目录并更新页码")
        return
    titles = {plain(section.title) for section in dossier.sections}
    for entry in dossier.contents:
        title = plain(entry.title)
        if (
            title
            and title not in titles
            and not any(title in held or held in title for held in titles)
        ):
            yield Problem(entry.at, f"目录中的“{entry.title}”在正文里找不到", "更新目录")


@rule("DB-219", severity=Severity.ERROR, cites="SMX2022:附件4 四、1")
def profile_field_blank(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """企业基本信息有漏填的项目。

    为什么：企业名称、行政区、经纬度、行业及代码、工业园区、执行标准和排放信息都须说明。

    通过：各项都写明，可以写在表格里，也可以写在文字里。

    不通过：没有经纬度。
    """
    profile = dossier.profile
    if profile is None:
        yield CannotJudge(dossier.at, "没有“企业基本信息”可查")
        return
    text = plain("".join(entry.value for entry in profile.text))
    for value, label, words in (
        (profile.enterprise, "企业名称", None),
        (profile.region or profile.address, "所属行政区", r"位于"),
        (profile.coordinates, "经纬度", r"[东北]?[经纬]"),
        (profile.industry, "所属行业及代码", r"行业代码|[A-Z]?\d{4}"),
        (profile.park, "所属工业园区", r"园区|集聚区|开发区"),
    ):
        written = value is not None and plain(value.value) != ""
        if not written and not (words and re.search(words, text)):
            yield Problem(place(value, profile.at), f"企业基本信息没有写明{label}", f"补充{label}")
    if not profile.standards:
        yield Problem(
            profile.at, "企业基本信息没有写明执行的排放标准", "写明执行的国家或地方排放标准"
        )
    if not profile.totals:
        yield Problem(
            profile.at, "企业基本信息没有大气污染物排放信息", "列出各污染物的许可排放量和实际排放量"
        )


@rule("DB-220", severity=Severity.ERROR, cites="SMX2022:附件4 四、2")
def compliance_topic_missing(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """环保守法说明缺少应逐条说明的内容。

    为什么：八个方面须逐条说明，其中处罚情况决定能否申报A、B级（第十八条）。

    通过：八个方面都有说明。

    不通过：没有说明行政处罚情况。
    """
    if not dossier.compliance:
        yield CannotJudge(dossier.at, "没有“环保守法说明”可查")
        return
    text = plain("".join(entry.topic + entry.text.value for entry in dossier.compliance))
    for topic, words in STATEMENT_TOPICS.items():
        if not re.search(words, text):
            yield Problem(
                dossier.compliance[0].text.at,
                f"环保守法说明没有提到{topic}",
                f"补充说明{topic}情况",
            )


@rule("DB-221", severity=Severity.ERROR, cites="SMX2022:附件4 五、2.16.2")
def ledger_missing(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """台账资料缺少必须提供的台账。

    为什么：生产设备、治理设施、原辅料消耗和运输四类台账没有“如涉及”，每家都须提供。

    通过：四类台账都有表格或复印件。

    不通过：没有企业运输台账。
    """
    section = dossier.section("五.2.16.2")
    if section is None:
        yield CannotJudge(dossier.at, "没有“台账资料”章节可查")
        return
    filled = {ledger.kind for ledger in dossier.evidence.ledgers if ledger.rows or ledger.pictures}
    titles = plain("".join(ledger.title for ledger in dossier.evidence.ledgers))
    for kind, name in REQUIRED_LEDGERS.items():
        if kind in filled:
            continue
        if 0 in filled and not titles:
            yield CannotJudge(section.at, f"台账没有按（1）至（8）编号，无法确认有无“{name}”")
        else:
            yield Problem(section.at, f"台账资料没有“（{kind}）{name}”", f"补充{name}")


@rule(
    "DB-222",
    severity=Severity.ERROR,
    cites=("SMX2022:附件2 1", "SMX2022:附件2 2", "SMX2022:附件2 3", "SMX2022:附件2 4"),
)
def plan_section_missing(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """“一厂一策”方案缺少应有的章节。

    为什么：方案须写明基本情况、工艺流程、污染物产排情况和应急减排措施。

    通过：四章齐全且有内容。

    不通过：没有“大气污染物产生、治理及排放情况”。
    """
    if dossier.plan is None:
        yield CannotJudge(dossier.at, "没有“一厂一策”方案可查")
        return
    held = {
        "附.1": bool(dossier.plan.profile),
        "附.2": bool(dossier.plan.process),
        "附.3": bool(dossier.plan.emissions),
        "附.4": bool(dossier.plan.levels) or dossier.section("附.4") is not None,
    }
    for key, present in held.items():
        heading = law.common.heading(key)
        if not present:
            section = dossier.section(key)
            yield Problem(
                section.at if section else dossier.plan.at,
                f"“一厂一策”方案没有“{heading.label}”的内容",
                f"补充：{'；'.join(heading.holds) or heading.title}",
            )


@rule("DB-223", severity=Severity.ERROR, cites="SMX2022:附件4 五、2.16.3")
def staff_missing(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """没有列出环保人员，或人员没有能力证明。

    为什么：环境管理水平要求配备专职环保人员，并附人员数量和能力证明。

    通过：列出人员姓名、职务，并有学历或证书。

    不通过：只写“配备专职人员”，没有名单。
    """
    section = dossier.section("五.2.16.3")
    if section is None:
        yield CannotJudge(dossier.at, "没有“人员配置”章节可查")
    elif not dossier.evidence.staff:
        yield Problem(section.at, "人员配置没有人员名单", "列表写明姓名、职务、学历和证书")
    else:
        for person in dossier.evidence.staff:
            papers = (person.education, person.subject, person.certificate)
            if not any(text is not None and plain(text.value) for text in papers):
                name = person.name.value if person.name else "此人"
                yield Problem(person.at, f"{name}没有学历、专业或证书", "补充能力证明")


@rule("DB-224", severity=Severity.ERROR, cites="SMX2022:附件4 五、1")
def evidence_pages_outside_section(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """证明材料页码不在相应章节的页码范围内。

    为什么：审核人员按页码翻找证明材料，页码错了就找不到，也可能是拿别的材料充数。

    通过：所写页码落在目录所示该章节的起止页之间。

    不通过：“运输方式”的页码指向2.12，目录中2.17从第39页开始。
    """
    if dossier.indicators is None:
        yield CannotJudge(dossier.at, "没有对标总表可查")
        return
    pages = section_pages(dossier)
    if not any(key.startswith("五.2.") for key, _ in pages):
        yield CannotJudge(dossier.at, "目录没有证明材料各章节的页码，无法核对证明材料页码")
        return
    sections = {indicator.name: f"五.{indicator.section}" for indicator in law.common.indicators}
    for row in dossier.indicators.rows:
        name = indicator_name(row, law.common)
        written = (
            [int(number) for number in re.findall(r"\d+", plain(row.pages.value))]
            if row.pages
            else []
        )
        if name is None or row.pages is None or not written:
            continue
        bounds = _bounds(sections[name], pages)
        if bounds is None:
            yield CannotJudge(row.pages.at, f"目录没有“{name}”所在章节的页码，无法核对")
            continue
        first, last = bounds
        if min(written) < first or max(written) > last:
            yield Problem(
                row.pages.at,
                f"“{row.indicator.value}”的证明材料页码为“{row.pages.value}”，目录中该章节为第{first}至{last}页",
                "改正页码，或更新目录",
            )


def section_pages(dossier: Dossier) -> list[tuple[str, int]]:
    """Return the first page of each section that the contents give, in order of the contents.

    Titles may recur (生产工艺 stands in 四 and 五), so entries and sections are walked side by side.
    """
    found: list[tuple[str, int]] = []
    reached = 0
    for entry in dossier.contents:
        for number, section in enumerate(dossier.sections[reached:], reached):
            if section.key and plain(section.title) == plain(entry.title):
                reached = number + 1
                if entry.page is not None:
                    found.append((section.key, entry.page))
                break
    return found


def _bounds(key: str, pages: list[tuple[str, int]]) -> tuple[int, int] | None:
    """First and last page of the section, or of the nearest section above it that the contents list."""
    while key.count(".") > 1:
        for number, (listed, first) in enumerate(pages):
            if listed == key:
                after = [
                    page for other, page in pages[number + 1 :] if not other.startswith(f"{key}.")
                ]
                return (first, after[0]) if after else None
        key = key.rpartition(".")[0]
    return None


def _what_to_add(law: LawInForce, key: str) -> str:
    heading: Heading = law.common.heading(key)
    return f"补充：{'；'.join(heading.holds)}" if heading.holds else "补充证明文件或现场照片"
