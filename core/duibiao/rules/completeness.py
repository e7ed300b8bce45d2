"""完整性: every part and section of 附件4 and 附件2 is there, in order and not empty."""

from __future__ import annotations

import re
from collections.abc import Iterator

from duibiao.law.common import Heading
from duibiao.law.in_force import LawInForce
from duibiao.model.dossier import Dossier
from duibiao.model.evidence import Section
from duibiao.rules.definition import CannotJudge, Problem, Severity, Yield, rule
from duibiao.rules.support import filled, place, plain

CHECKED_ELSEWHERE = ("二", "三", "附")
"""Parts that have rules of their own: both letters (DB-205) and the plan (DB-225)."""

OPTIONAL_FACILITIES = ("五.2.13.1", "五.2.13.2", "五.2.13.3", "五.2.13.4")
"""Sections that stand only where the enterprise has such facilities."""

STATEMENT_TOPICS = {
    "环保手续": r"环保手续|环评|审批手续",
    "提标改造": r"提标|改造",
    "排污许可管理": r"许可",
    "达标排放": r"达标",
    "行政处罚": r"处罚|罚款",
    "环境投诉及群体性上访": r"投诉|上访|信访",
    "安全与环境事故": r"事故",
    "信用情况": r"信用",
}
"""环保守法说明: what has to be stated one by one (附件4 四、2)."""


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

    为什么：申报材料按提纲分五个部分，缺一部分即材料不完整；两份承诺书另由 DB-205 检查。

    通过：申请表、企业基本情况和绩效分级材料都有。

    不通过：没有第四部分“企业基本情况”。
    """
    present = {section.key for section in dossier.sections}
    for heading in law.common.outline:
        if (
            "." not in heading.key
            and heading.key not in present
            and heading.key not in CHECKED_ELSEWHERE
        ):
            yield Problem(dossier.at, f"没有找到“{heading.label}”", f"按提纲补齐“{heading.label}”")


@rule("DB-225", severity=Severity.REVIEW, cites=("SMX2022:附件2", "SMX2022:第七条（3）"))
def plan_missing(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """材料中没有“一厂一策”实施方案。

    为什么：企业须制订“一厂一策”实施方案；方案可以单独成册，程序没有看到时由人工核对。

    通过：申报材料附有方案。

    不通过：文件中没有方案，须核对是否单独提交。
    """
    if dossier.plan is None:
        yield Problem(
            dossier.at,
            "没有找到“一厂一策”实施方案",
            "单独成册的，请一并提交并人工核对；没有的，按附件2编制",
        )


@rule("DB-202", severity=Severity.ERROR, cites="SMX2022:附件4")
def order_wrong(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """部分或章节的顺序与提纲不符。

    为什么：审核人员按提纲顺序逐项核对，顺序颠倒会漏看。

    通过：各部分、各章节按提纲的先后排列，不涉及的可以删去；“一厂一策”方案（附件2）是单独的文件，放在前面或后面都可以。

    不通过：承诺书排在申请表之前。
    """
    position = {heading.key: number for number, heading in enumerate(law.common.outline)}
    reached: dict[bool, Section] = {}
    for section in dossier.sections:
        if section.key not in position:
            continue
        is_plan = section.key.startswith("附")
        furthest = reached.get(is_plan)
        if furthest is None or position[section.key] > position[furthest.key]:
            reached[is_plan] = section
        elif position[section.key] < position[furthest.key]:
            yield Problem(
                furthest.at,
                f"“{furthest.title}”排在“{section.title}”之前，与提纲顺序不符",
                "按提纲顺序调整",
                also=(section.at,),
            )
            reached[is_plan] = section


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


@rule("DB-218", severity=Severity.WARNING, cites="SMX2022:附件4", printed=True)
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
            and not any(title in held or held in title for held in titles if held)
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
        (profile.region if filled(profile.region) else profile.address, "所属行政区", r"位于"),
        (profile.coordinates, "经纬度", r"[东西]经|[南北]纬|经度|纬度|经纬|\d°"),
        (
            profile.industry,
            "所属行业及代码",
            r"行业代码|(?<![A-Za-z])[A-Z]\d{4}(?!\d)|代码\D{0,6}\d{4}",
        ),
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
    for kind, name in REQUIRED_LEDGERS.items():
        if kind in filled:
            continue
        if 0 in filled:
            yield CannotJudge(section.at, f"有的台账认不出是哪一类，无法确认有无“{name}”")
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


@rule("DB-226", severity=Severity.ERROR, cites="SMX2022:附件4 五、2", by_industry=True)
def industry_section_missing(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """缺少本行业应提供的证明材料章节。

    为什么：“如涉及”的章节是否涉及由行业决定；本行业必然涉及的，不能删去或写不涉及。

    通过：行业清单中标明涉及的章节都有证明材料。

    不通过：涂装企业没有“2.4 原辅材料”，或写不涉及。
    """
    if law.branch is None:
        yield CannotJudge(dossier.at, "没有该行业的插件，不知道哪些章节必须提供")
        return
    for item in law.checklist:
        heading = law.common.heading(f"五.{item.number}")
        if item.applies != "yes" or not heading.if_applicable:
            continue
        section = dossier.section(heading.key)
        if section is None or (section.not_applicable and not (section.tables or section.pictures)):
            parent = dossier.section("五.2")
            found = section or parent
            verb = "写不涉及" if section else "没有"
            yield Problem(
                found.at if found else dossier.at,
                f"{law.branch.name}应提供“{heading.label}”，材料{verb}",
                f"补充：{'；'.join((*heading.holds, *item.holds)) or heading.title}",
                grounds=item.provenance,
            )


def _what_to_add(law: LawInForce, key: str) -> str:
    heading: Heading = law.common.heading(key)
    return f"补充：{'；'.join(heading.holds)}" if heading.holds else "补充证明文件或现场照片"
