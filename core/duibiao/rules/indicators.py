"""对标总表: every indicator has its row, its requirement, its status and its evidence pages (附件4 五、1)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from duibiao.law.in_force import LawInForce
from duibiao.model.dossier import Dossier
from duibiao.rules.definition import CannotJudge, NotApplicable, Problem, Severity, Yield, rule
from duibiao.rules.support import indicator_name, place, plain

EVIDENCE = "五.2."
"""How the keys of the sections of evidence begin."""

_LAYOUTS_DIFFER = 2
"""By how many pages the layout of another program may differ from that of Word."""


@rule("DB-211", severity=Severity.ERROR, cites="SMX2022:附件4 五、1")
def indicator_row_missing(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """对标总表缺少应有的指标行。

    为什么：每一项适用的指标都要对标，少一行就无法判定该项是否达到等级要求（第五条（三））。

    通过：不带“如涉及”的七项指标都有；有证明材料的“如涉及”指标也有。

    不通过：没有“无组织管控”一行。
    """
    table = dossier.indicators
    if table is None and dossier.is_unread("五.1"):
        yield CannotJudge(dossier.at, "对标总表一节有没有读懂的表格，无法核对")
        return
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


@rule("DB-227", severity=Severity.INFO, cites="SMX2022:附件4 五、1")
def indicator_left_out(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """对标总表删去了不涉及的指标项。

    为什么：编制时不涉及的指标项自动删去；列出删去了哪些，便于编制的人核对是否确实不涉及。

    通过：十九项指标都在表中。

    不通过：企业没有自备电厂，表中没有“自备电厂”一行。
    """
    if not dossier.source.is_project:
        yield NotApplicable("不是申报数据")
        return
    table = dossier.indicators
    if table is None:
        yield CannotJudge(dossier.at, "没有对标总表可查")
        return
    present = {indicator_name(row, law.common) for row in table.rows}
    gone = [
        indicator.name
        for indicator in law.common.indicators
        if indicator.if_applicable and indicator.name not in present
    ]
    if gone:
        yield Problem(
            table.at, f"对标总表没有列{'、'.join(gone)}", "确实涉及的，补上该行和证明材料"
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
        if row.requirement is None or plain(row.requirement.value) in ("", "/", "-", "—"):
            yield Problem(
                place(row.requirement, row.at),
                f"“{row.indicator.value}”没有写指标要求",
                "从技术指南抄录所申报等级的要求",
            )


@rule("DB-214", severity=Severity.ERROR, cites="SMX2022:附件4 五、1", printed=True)
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
        if (position := order.index(name)) < last:
            yield Problem(
                row.at, f"“{row.indicator.value}”的位置与规定顺序不符", "按附件4的顺序调整各行"
            )
        last = position


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
        if (
            section is not None
            and section.not_applicable
            and not (section.tables or section.pictures)
        ):
            yield Problem(
                section.at,
                f"对标总表列有“{row.indicator.value}”，“{section.title}”却写不涉及",
                "核对是否涉及：涉及的补充证明材料，不涉及的删去该指标行",
                also=(row.at,),
            )


@rule("DB-224", severity=Severity.ERROR, cites="SMX2022:附件4 五、1", printed=True)
def evidence_pages_outside_section(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """证明材料页码不在相应章节的页码范围内。

    为什么：审核人员按页码翻找证明材料，页码错了就找不到，也可能是拿别的材料充数。

    通过：所写页码落在目录所示该章节的起止页之间。

    不通过：“运输方式”的页码指向2.12，目录中2.17从第39页开始。
    """
    if dossier.indicators is None:
        yield CannotJudge(dossier.at, "没有对标总表可查")
        return
    origin, pages, slack = "目录中", section_pages(dossier), 0
    doubtful = 0
    if not any(key.startswith(EVIDENCE) for key, _ in pages):
        slack = _drift(dossier, pages)
        doubtful = _LAYOUTS_DIFFER if dossier.source.pages_are_estimated else 0
        origin, pages = "排版后", laid_out_pages(dossier, pages)
    if not any(key.startswith(EVIDENCE) for key, _ in pages):
        yield CannotJudge(
            dossier.at,
            "目录没有证明材料各章节的页码，材料也没有排版（附上 PDF，或审查时选择排版，才能核对证明材料页码）",
        )
        return
    # A part of a section, such as 2.16.1 for 监测监控水平, may lean on the rest of it.
    sections = {
        indicator.name: "五." + ".".join(indicator.section.split(".")[:2])
        for indicator in law.common.indicators
    }
    end = last_page(dossier, pages)
    for row in dossier.indicators.rows:
        name = indicator_name(row, law.common)
        written = (
            [int(number) for number in re.findall(r"\d{1,9}", plain(row.pages.value))]
            if row.pages
            else []
        )
        if name is None or row.pages is None or not written:
            continue
        bounds = _bounds(sections[name], pages, end)
        if bounds is None:
            yield CannotJudge(row.pages.at, f"不知道“{name}”所在章节的起止页，无法核对")
            continue
        first, last = bounds
        off = max(first - min(written), max(written) - last) - slack
        if 0 < off <= doubtful:
            yield CannotJudge(
                row.pages.at,
                f"“{row.indicator.value}”的证明材料页码为“{row.pages.value}”，排版后该章节为第{first}至{last}页；"
                "与 Word 的分页可能相差一两页，请翻到该页核对",
            )
        elif off > 0:
            yield Problem(
                row.pages.at,
                f"“{row.indicator.value}”的证明材料页码为“{row.pages.value}”，{origin}该章节为第{first}至{last}页",
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


def laid_out_pages(dossier: Dossier, listed: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Return the printed page of each section as the file is laid out, or nothing where that is not known.

    Printed numbers may begin later than the file, and another program breaks pages elsewhere: by how much both shift
    a section is what the last entry of the contents before it says.
    """
    shift, physical, printed = _shift(dossier, listed), _physical(dossier), dict(listed)
    if shift is None:
        return []
    found = []
    for key, page in physical.items():
        shift = page - printed[key] if key in printed else shift
        found.append((key, page - shift))
    return found


def _drift(dossier: Dossier, listed: list[tuple[str, int]]) -> int:
    """By how many pages the layout drifts from the contents within the evidence: between what they list around it."""
    physical, printed = _physical(dossier), dict(listed)
    shifts = [(key, physical[key] - printed[key]) for key in physical if key in printed]
    keys = list(physical)
    inside = [number for number, key in enumerate(keys) if key.startswith(EVIDENCE)]
    if not inside or not shifts:
        return 0
    before = [shift for key, shift in shifts if keys.index(key) < inside[0]]
    after = [shift for key, shift in shifts if keys.index(key) > inside[-1]]
    return abs(before[-1] - after[0]) if before and after else 0


def last_page(dossier: Dossier, listed: list[tuple[str, int]]) -> int | None:
    """Return the printed page of the last text of the file, or None where it is not known how the file is laid out."""
    shift = _shift(dossier, listed)
    file = dossier.source.name
    pages = [text.at.page for text in dossier.paragraphs if text.at.page and text.at.file == file]
    physical = max(pages, default=None)
    return None if shift is None or physical is None else physical - shift


def _shift(dossier: Dossier, listed: list[tuple[str, int]]) -> int | None:
    """By how much printed numbers begin later than the file."""
    physical = _physical(dossier)
    shifts = Counter(page_at - page for key, page in listed if (page_at := physical.get(key)))
    return shifts.most_common(1)[0][0] if shifts else None


def _physical(dossier: Dossier) -> dict[str, int]:
    """Sections of the file itself with their pages in it; the plan may be a file of its own."""
    return {
        section.key: section.at.page
        for section in dossier.sections
        if section.key and section.at.page is not None and section.at.file == dossier.source.name
    }


def _bounds(key: str, pages: list[tuple[str, int]], end: int | None) -> tuple[int, int] | None:
    """First and last page of the section, or of the nearest section above it that the contents list.

    The last section ends with the file, on page `end`.
    """
    while key.count(".") > 1:
        for number, (listed, first) in enumerate(pages):
            if listed == key:
                after = [
                    page for other, page in pages[number + 1 :] if not other.startswith(f"{key}.")
                ]
                last = after[0] if after else end
                return None if last is None else (first, last)
        key = key.rpartition(".")[0]
    return None
