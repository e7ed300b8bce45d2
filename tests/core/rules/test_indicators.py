"""对标总表: rows, what is written in them and where the evidence is (DB-211 to DB-217, DB-224, DB-227)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from duibiao.law import load_common
from duibiao.model.dossier import Dossier, Unread
from duibiao.model.evidence import Section
from duibiao.model.location import Location
from duibiao.rules.definition import Severity
from duibiao.rules.engine import Finding
from duibiao.rules.indicators import section_pages

from .support import (
    at,
    cement,
    changed,
    finding,
    findings,
    furniture,
    inapplicable,
    passed,
    path_of,
    text,
    unjudged,
    without,
)


def section(key: str) -> str:
    """Return the path of a section of the cement works."""
    return path_of(cement(), "sections", "key", key)


def row(name: str) -> str:
    """Return the path of a row of the cement works' indicator table."""
    return path_of(cement(), "indicators.rows", "indicator.value", name)


def has_no_table(code: str) -> bool:
    """Return whether a rule says that it cannot judge a package without an indicator table."""
    (doubt,) = unjudged(code, without(cement(), "indicators"))
    return (doubt.at, doubt.reason) == (cement().at, "没有对标总表可查")


# DB-211


def test_indicator_row_missing_passes() -> None:
    assert passed("DB-211", cement())
    assert passed("DB-211", furniture())


def test_indicator_row_missing_fails() -> None:
    d = without(cement(), row("运输方式"), row("无组织管控"))
    assert findings("DB-211", d) == tuple(
        finding("DB-211", d.indicators.at, f"对标总表没有“{name}”一行", f"补充“{name}”一行")
        for name in ("无组织管控", "运输方式")
    )


def test_indicator_row_missing_boundary() -> None:
    """Usual rewordings count; a row marked 如涉及 is missed only where there is evidence for it."""
    other = {
        f"{row('运输方式')}.indicator.value": "清洁运输",
        f"{row('装备水平')}.indicator.value": "装备（如涉及）",
    }
    assert passed("DB-211", changed(cement(), other))

    path = section("五.2.3")
    assert passed("DB-211", changed(cement(), {f"{path}.pictures": 1}))  # 本项不涉及
    d = changed(cement(), {f"{path}.not_applicable": False})
    assert findings("DB-211", d) == (
        finding(
            "DB-211",
            d.indicators.at,
            "对标总表没有“自备电厂”一行，而“2.3”有证明材料",
            "补充“自备电厂”一行",
        ),
    )
    assert passed("DB-211", changed(d, {f"{path}.characters": 0}))


def test_indicator_row_missing_cannot_judge() -> None:
    """A table that is missing is what it reports; one that may be among what is unread is not."""
    d = without(cement(), "indicators")
    unread = Unread(Location("测试.docx", "五.1"), "一个表格", "表头对不上")
    (doubt,) = unjudged("DB-211", changed(d, unread=(unread,)))
    assert doubt.reason == "对标总表一节有没有读懂的表格，无法核对"
    assert findings("DB-211", d) == (
        finding("DB-211", d.at, "没有找到绩效分级指标对标总表", "按附件4 五、1补充对标总表"),
    )


# DB-212


def test_indicator_status_blank_passes() -> None:
    assert passed("DB-212", cement())


def test_indicator_status_blank_fails() -> None:
    d = changed(cement(), {f"{row('环境管理水平')}.status.value": ""})
    assert findings("DB-212", d) == (
        finding(
            "DB-212",
            at(d, row("环境管理水平")).status.at,
            "“环境管理水平”的企业对标情况空白",
            "写明企业该项指标的实际情况",
        ),
    )


@pytest.mark.parametrize(
    ("written", "blank"), [("/", True), (" — ", True), ("－", True), ("符合", False)]
)
def test_indicator_status_blank_boundary(written: str, blank: bool) -> None:
    d = changed(cement(), {f"{row('运输方式')}.status.value": written})
    assert len(findings("DB-212", d)) == (1 if blank else 0)
    (found,) = findings("DB-212", without(d, f"{row('排放限值')}.status"))[:1]
    assert found.at == at(d, row("排放限值")).at


def test_indicator_status_blank_cannot_judge() -> None:
    assert has_no_table("DB-212")


# DB-213


def test_indicator_requirement_blank_passes() -> None:
    assert passed("DB-213", cement())


def test_indicator_requirement_blank_fails() -> None:
    d = changed(cement(), {f"{row('运输方式')}.requirement.value": " "})
    assert findings("DB-213", d) == (
        finding(
            "DB-213",
            at(d, row("运输方式")).requirement.at,
            "“运输方式”没有写指标要求",
            "从技术指南抄录所申报等级的要求",
        ),
    )


def test_indicator_requirement_blank_boundary() -> None:
    """A short requirement is one; without a cell, the row is the place."""
    path = row("运输方式")
    assert passed("DB-213", changed(cement(), {f"{path}.requirement.value": "无"}))
    (found,) = findings("DB-213", without(cement(), f"{path}.requirement"))
    assert found.at == at(cement(), path).at


@pytest.mark.parametrize("written", ["/", "-", "—", " — "])
def test_indicator_requirement_blank_sees_dashes(written: str) -> None:
    d = changed(cement(), {f"{row('运输方式')}.requirement.value": written})
    assert len(findings("DB-213", d)) == 1


def test_indicator_requirement_blank_cannot_judge() -> None:
    assert has_no_table("DB-213")


# DB-214


def test_indicator_pages_blank_passes() -> None:
    assert passed("DB-214", cement())


def test_indicator_pages_blank_fails() -> None:
    d = changed(cement(), {f"{row('装备水平')}.pages.value": ""})
    assert findings("DB-214", d) == (
        finding(
            "DB-214",
            at(d, row("装备水平")).pages.at,
            "“装备水平”没有写证明材料页码",
            "填写证明材料所在页码",
        ),
    )


@pytest.mark.parametrize(
    ("written", "blank"), [("第39页", False), ("P39", False), ("３９", False), ("见附件", True)]
)
def test_indicator_pages_blank_boundary(written: str, blank: bool) -> None:
    d = changed(cement(), {f"{row('运输方式')}.pages.value": written})
    assert len(findings("DB-214", d)) == (1 if blank else 0)
    (found,) = findings("DB-214", without(d, f"{row('运输方式')}.pages"))
    assert found.at == at(d, row("运输方式")).at


def test_indicator_pages_blank_cannot_judge() -> None:
    assert has_no_table("DB-214")


# DB-216


def exchanged(d: Dossier, one: str, other: str) -> Dossier:
    """Return the dossier with two rows of the indicator table in each other's place."""
    changes = {one: at(d, other), other: at(d, one)}
    return changed(d, changes)


def test_indicator_order_wrong_passes() -> None:
    assert passed("DB-216", cement())
    assert passed("DB-216", furniture())


def test_indicator_order_wrong_fails() -> None:
    d = exchanged(cement(), row("排放限值"), row("无组织管控"))
    strange = replace(d.indicators.rows[0], indicator=text("补充指标"))
    d = changed(d, {"indicators.rows": (strange, *d.indicators.rows)})
    expected = finding(
        "DB-216",
        at(cement(), row("排放限值")).at,
        "“排放限值”的位置与规定顺序不符",
        "按附件4的顺序调整各行",
    )
    assert findings("DB-216", d) == (expected,)
    assert expected.severity is Severity.WARNING


def test_indicator_order_wrong_boundary() -> None:
    """A row that is repeated or that is none of the nineteen is in nobody's way."""
    rows = cement().indicators.rows
    strange = changed(rows[0], {"indicator.value": "能耗水平"})
    d = changed(cement(), {"indicators.rows": (rows[0], rows[0], strange, *rows[1:], strange)})
    assert passed("DB-216", d)


def test_indicator_order_wrong_cannot_judge() -> None:
    assert has_no_table("DB-216")


# DB-217


def test_applicable_section_disclaimed_passes() -> None:
    assert passed("DB-217", cement())
    assert passed("DB-217", furniture())


def test_applicable_section_disclaimed_fails() -> None:
    path = section("五.2.12")
    blank = {"characters": 6, "tables": 0, "pictures": 0, "not_applicable": True}
    d = changed(cement(), {f"{path}.{name}": value for name, value in blank.items()})
    assert findings("DB-217", d) == (
        finding(
            "DB-217",
            at(d, path).at,
            "对标总表列有“装备水平”，“装备工艺水平”却写不涉及",
            "核对是否涉及：涉及的补充证明材料，不涉及的删去该指标行",
            also=(at(d, row("装备水平")).at,),
        ),
    )


def test_applicable_section_disclaimed_boundary() -> None:
    """A section with a table is no disclaimer, whatever its text says; nor is one without a row."""
    path = section("五.2.12")
    d = changed(cement(), {f"{path}.not_applicable": True, f"{path}.tables": 1})
    assert passed("DB-217", d)
    d = changed(d, {f"{path}.tables": 0, f"{path}.pictures": 0})
    assert passed("DB-217", without(d, row("装备水平")))


def test_applicable_section_disclaimed_in_spite_of_photos() -> None:
    path = section("五.2.12")
    d = changed(cement(), {f"{path}.not_applicable": True, f"{path}.tables": 0})
    assert at(d, path).pictures
    assert passed("DB-217", d)


def test_applicable_section_disclaimed_cannot_judge() -> None:
    assert has_no_table("DB-217")


# DB-224

UNPAGED = "目录没有证明材料各章节的页码，材料也没有排版（附上 PDF，或审查时选择排版，才能核对证明材料页码）"


def bounds(d: Dossier, *titles: str) -> list[int]:
    """Return the page at which each title stands in the contents."""
    pages = {entry.title: entry.page for entry in d.contents}
    return [pages[title] for title in titles]


def test_evidence_pages_outside_section_passes() -> None:
    assert passed("DB-224", cement())
    assert passed("DB-224", furniture())


def test_evidence_pages_outside_section_fails() -> None:
    d = changed(cement(), {f"{row('运输方式')}.pages.value": "第18页"})
    first, last = bounds(d, "运输方式", "运输监控要求")
    assert findings("DB-224", d) == (
        finding(
            "DB-224",
            at(d, row("运输方式")).pages.at,
            f"“运输方式”的证明材料页码为“第18页”，目录中该章节为第{first}至{last}页",
            "改正页码，或更新目录",
        ),
    )


@pytest.mark.parametrize(
    ("before", "after", "outside"), [(0, 0, False), (-1, 0, True), (0, 1, True)]
)
def test_evidence_pages_outside_section_boundary(before: int, after: int, outside: bool) -> None:
    """A section may end on the page on which the next one begins."""
    first, last = bounds(cement(), "运输方式", "运输监控要求")
    written = f"{first + before}-{last + after}"
    d = changed(cement(), {f"{row('运输方式')}.pages.value": written})
    assert len(findings("DB-224", d)) == (1 if outside else 0)


def test_evidence_pages_outside_section_cannot_judge() -> None:
    assert has_no_table("DB-224")
    d = changed(cement(), contents=())
    (doubt,) = unjudged("DB-224", d)
    assert (doubt.at, doubt.reason) == (d.at, UNPAGED)

    d = without(cement(), path_of(cement(), "contents", "title", "运输方式"))
    (doubt,) = unjudged("DB-224", d)
    place = at(d, row("运输方式")).pages.at
    assert (doubt.at, doubt.reason) == (place, "不知道“运输方式”所在章节的起止页，无法核对")


def test_evidence_pages_of_the_last_section_end_with_the_file() -> None:
    """Without the plan behind it the last section is bounded by the last page, where the file is laid out."""
    last = int(at(cement(), path_of(cement(), "contents", "title", "运输监控要求")).page)
    sections = tuple(s for s in cement().sections if not s.key.startswith("附"))
    contents = tuple(c for c in cement().contents if c.page is None or c.page <= last)
    d = changed(cement(), sections=sections, contents=contents)
    assert [doubt.reason for doubt in unjudged("DB-224", d)] == [
        "不知道“运输监管要求”所在章节的起止页，无法核对"
    ]
    listed = dict(section_pages(d))
    paged = tuple(
        replace(s, at=replace(s.at, page=listed[s.key] + 2)) for s in sections if s.key in listed
    )
    texts = (*d.paragraphs, replace(d.paragraphs[0], at=replace(paged[-1].at, page=last + 5)))
    laid_out = changed(d, sections=paged, paragraphs=texts)
    path = f"{row('运输监管要求')}.pages.value"
    assert passed("DB-224", changed(laid_out, {path: f"{last}-{last + 3}"}))
    (found,) = findings("DB-224", changed(laid_out, {path: f"{last}-{last + 4}"}))
    assert found.message.endswith(f"目录中该章节为第{last}至{last + 3}页")


def laid_out(shift: int) -> Dossier:
    """Return the cement works as laid out, with printed numbers that begin later, and contents of the parts alone.

    Behind every section stands a heading that the outline does not know; the plan is a file of its own.
    """
    listed = dict(section_pages(cement()))
    sections: list[Section] = []
    for section in cement().sections:
        if section.key in listed:
            place = replace(section.at, page=listed[section.key] + shift)
            if section.key.startswith("附"):
                place = replace(place, file="方案.docx", page=1)
            sections += [replace(section, at=place), replace(section, key="", title="", at=place)]
    parts = {section.title for section in sections if section.key and "." not in section.key}
    contents = tuple(entry for entry in cement().contents if entry.title in parts)
    assert 0 < len(contents) < len(listed)
    last = replace(cement().paragraphs[0].at, page=max(listed.values()) + shift)
    texts = (*cement().paragraphs, replace(cement().paragraphs[0], at=last))
    return changed(cement(), sections=tuple(sections), contents=contents, paragraphs=texts)


@pytest.mark.parametrize("shift", [0, 3])
def test_evidence_pages_outside_section_as_laid_out(shift: int) -> None:
    """Where the contents do not list the sections, their pages in the file tell."""
    d = laid_out(shift)
    assert passed("DB-224", d)
    first, last = bounds(cement(), "运输方式", "运输监控要求")
    path = f"{row('运输方式')}.pages.value"
    assert passed("DB-224", changed(d, {path: f"{first}-{last}"}))
    (found,) = findings("DB-224", changed(d, {path: f"{first}-{last + 1}"}))
    assert found.message.endswith(f"，排版后该章节为第{first}至{last}页")


@pytest.mark.parametrize(("off", "doubts", "found"), [(0, 0, 0), (1, 1, 0), (2, 1, 0), (3, 0, 1)])
def test_evidence_pages_outside_section_by_a_layout_that_is_not_words(
    off: int, doubts: int, found: int
) -> None:
    """LibreOffice may break pages elsewhere: what is off by a page or two is for a person."""
    d = laid_out(0)
    d = changed(d, source=replace(d.source, pages_are_estimated=True))
    first, last = bounds(cement(), "运输方式", "运输监控要求")
    d = changed(d, {f"{row('运输方式')}.pages.value": f"{last + off}"})
    told = [doubt.reason for doubt in unjudged("DB-224", d)] if doubts else []
    assert told == doubts * [
        f"“运输方式”的证明材料页码为“{last + off}”，排版后该章节为第{first}至{last}页；与 Word 的分页可能相差一两页，请翻到该页核对"
    ]
    assert len(findings("DB-224", d)) == found


def test_a_part_of_a_section_may_lean_on_the_whole_of_it() -> None:
    """监测监控水平 has no section of its own: its evidence stands in 2.16.1 to 2.16.3."""
    first, last = bounds(cement(), "环境管理水平", "运输方式")
    path = f"{row('监测监控水平')}.pages.value"
    assert passed("DB-224", changed(cement(), {path: f"第{first}至{last}页"}))
    assert findings("DB-224", changed(cement(), {path: f"第{first}至{last + 1}页"}))


def test_evidence_pages_outside_section_where_the_layout_has_drifted_before() -> None:
    """What the contents list last before a section says where it begins in print."""
    d = laid_out(0)
    sections = tuple(
        replace(s, at=replace(s.at, page=s.at.page + 2)) if s.at.section.startswith("五") else s
        for s in d.sections
    )
    assert passed("DB-224", changed(d, sections=sections))


@pytest.mark.parametrize(("drift", "outside"), [(0, True), (1, True), (2, False)])
def test_evidence_pages_outside_section_where_the_layout_drifts(drift: int, outside: bool) -> None:
    """Other programs break pages elsewhere: what the contents list before the evidence and behind it tells by how much."""
    d = laid_out(0)
    behind = replace(
        d.sections[0], key="附", title="附", at=replace(d.sections[0].at, page=60 + drift)
    )
    entry = replace(d.contents[-1], title="附", page=60)
    listed = changed(d, sections=(*d.sections, behind), contents=(*d.contents, entry))
    _, last = bounds(cement(), "运输方式", "运输监控要求")
    path = f"{row('运输方式')}.pages.value"
    assert bool(findings("DB-224", changed(listed, {path: f"{last + 2}"}))) is outside


def test_evidence_pages_outside_section_not_laid_out() -> None:
    d = laid_out(0)
    unpaged = tuple(replace(s, at=replace(s.at, page=None)) for s in d.sections)
    (doubt,) = unjudged("DB-224", changed(d, sections=unpaged))
    assert doubt.reason == UNPAGED


def test_evidence_pages_outside_section_goes_on_after_a_gap() -> None:
    """A section that the contents leave out does not end the comparison of those behind it."""
    d = without(cement(), path_of(cement(), "contents", "title", "装备工艺水平"))
    (found,) = findings("DB-224", changed(d, {f"{row('运输方式')}.pages.value": "第1页"}))
    assert found.at == at(d, row("运输方式")).pages.at


# DB-227


def project() -> Dossier:
    """Return the cement works as a project."""
    return changed(cement(), {"source.is_project": True})


def left_out(*names: str) -> tuple[Finding, ...]:
    """Return the finding that these indicators are not in the table."""
    message = f"对标总表没有列{'、'.join(names)}"
    return (finding("DB-227", cement().indicators.at, message, "确实涉及的，补上该行和证明材料"),)


def test_indicator_left_out_passes() -> None:
    table = cement().indicators
    rows = [
        replace(table.rows[0], indicator=text(indicator.name))
        for indicator in load_common().indicators
    ]
    assert passed("DB-227", changed(project(), {"indicators.rows": tuple(rows)}))


def test_indicator_left_out_fails() -> None:
    gone = [
        indicator.name
        for indicator in load_common().indicators
        if indicator.name not in {row.indicator.value for row in cement().indicators.rows}
    ]
    assert gone
    assert findings("DB-227", project()) == left_out(*gone)
    assert left_out()[0].severity is Severity.INFO


def test_indicator_left_out_boundary() -> None:
    """Rows that are always due are the affair of DB-211, and a reworded row is there."""
    always = without(project(), row("运输方式"))
    assert findings("DB-227", always) == findings("DB-227", project())
    other = changed(project(), {f"{row('装备水平')}.indicator.value": "装备（如涉及）"})
    assert findings("DB-227", other) == findings("DB-227", project())


def test_indicator_left_out_cannot_judge() -> None:
    (doubt,) = unjudged("DB-227", without(project(), "indicators"))
    assert (doubt.at, doubt.reason) == (cement().at, "没有对标总表可查")
    assert inapplicable("DB-227", cement()) == "不是申报数据"
