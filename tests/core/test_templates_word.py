"""The shipped Word templates: what they print is read again as what was put in, in the prescribed words."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from lxml import etree

from duibiao.document.model import Document, Paragraph, Table
from duibiao.document.office import office_program
from duibiao.document.word import read_word
from duibiao.document.xml import W
from duibiao.law import load_common
from duibiao.model.dossier import Dossier
from duibiao.recognition import recognise
from duibiao.rendering.engine import WordTemplate
from duibiao.rendering.fields import bookmarks, document_of, references
from duibiao.rendering.finding_templates import KINDS, PAPERS, find_paper
from duibiao.rendering.settling import Pages, settle
from duibiao.rendering.view import dossier_view, plan_view, review_view
from duibiao.testing import enterprises
from duibiao.testing.comparison import same_facts

from .sample_packages import Sample, read_file, sample, shipped, word

TEMPLATES = Path(__file__).parents[2] / "templates"
NAMES = enterprises.names()
TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)


@pytest.fixture(scope="module", params=NAMES)
def package(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Sample, bytes]:
    """A sample enterprise and its 申报材料."""
    found = sample(request.param, tmp_path_factory.mktemp(request.param))
    return found, word(
        "dossier", dossier_view(found.dossier, found.annex, found.law, read=read_file)
    )


@pytest.fixture
def cement(tmp_path: Path) -> Sample:
    """The sample enterprise that makes cement."""
    return sample("cement", tmp_path)


def recognised(data: bytes) -> Dossier:
    """A Word file as a dossier."""
    return recognise(read_word(data, "材料.docx"), load_common())


# ------------------------------------------------------------------------------------- the files


def test_committed_templates_are_what_their_program_makes(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(TEMPLATES / "making"), str(tmp_path)], check=True)
    made = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.docx")}
    home = TEMPLATES / "duibiao_templates"
    assert made == {path.relative_to(home): path.read_bytes() for path in home.rglob("*.docx")}
    assert len(made) == len({**KINDS, **PAPERS})


@pytest.mark.parametrize("kind", KINDS)
def test_templates_print_all_that_the_view_gives_and_nothing_else(kind: str) -> None:
    assert WordTemplate.load(shipped(kind)).check(KINDS[kind][1]) == ()


@pytest.mark.parametrize("kind", PAPERS)
def test_papers_print_all_that_the_view_gives_and_nothing_else(kind: str) -> None:
    assert find_paper(kind).check(PAPERS[kind][1]) == ()


# ------------------------------------------------------------------------------------ round trip


def test_what_is_printed_is_read_again(package: tuple[Sample, bytes]) -> None:
    given, data = package
    plan = recognised(word("plan", plan_view(given.dossier, given.annex, read=read_file)))
    found = recognised(data)
    assert found.unread == plan.unread == ()
    assert found.plan is None
    assert same_facts(given.dossier, replace(found, plan=plan.plan)) == []


def test_all_that_the_annex_says_is_printed(package: tuple[Sample, bytes]) -> None:
    given, data = package
    said = {(text.at.section, text.value) for text in recognised(data).paragraphs}
    for key, texts in given.annex.texts.items():
        assert {(key, text.value) for text in texts} <= said
    for table in given.annex.tables:
        cells = [cell.value for row in table.rows for cell in row if cell and cell.value]
        assert {(table.section, value) for value in (*table.header, *cells)} <= said


def test_a_dossier_prints_the_same_bytes_again(cement: Sample) -> None:
    first, second = (
        word("dossier", dossier_view(cement.dossier, cement.annex, cement.law, read=read_file))
        for _ in range(2)
    )
    assert first == second


def test_a_blank_dossier_is_printed_without_a_fault(cement: Sample) -> None:
    blank = Dossier(cement.dossier.source)
    empty = replace(cement.annex, exhibits={}, tables=(), texts={}, seal=None)
    found = recognised(word("dossier", dossier_view(blank, empty, cement.law, draft=True)))
    assert [section.key for section in found.sections if "." not in section.key] == list(
        "一二三四五"
    )
    assert found.form is not None
    assert found.form.enterprise is not None
    assert found.form.enterprise.value == ""
    assert recognised(word("plan", plan_view(blank, empty))).plan is not None


def test_review_form_is_prefilled(cement: Sample) -> None:
    form = cement.dossier.form
    assert form is not None
    data = word(
        "review",
        review_view(cement.dossier, ("1. 没有照片", "2. 没有公章"), conclusion="B级"),
    )
    (table,) = (block for block in read_word(data, "表.docx").blocks if isinstance(block, Table))
    rows = [list(dict.fromkeys(cell.text.replace("\n", "") for cell in row)) for row in table.grid]
    assert rows == [
        ["企业名称", cement.enterprise.name, "日期", "2026年9月10日"],
        ["行业类型", cement.enterprise.industry, "申请分级类型", "B级"],
        ["初审意见汇总", "1. 没有照片2. 没有公章"],
        ["分级意见结论", "B级"],
        ["初审小组人员", ""],
    ]


# ----------------------------------------------------------------------------- prescribed wording

ANNEXES = {
    "review": ("附件1",),
    "plan": (
        *(f"附件2{rest}" for rest in ("", " 1", " 2", " 3", " 4", " 4.1", " 4.2", " 4.3", " 承诺")),
    ),
    "dossier": (
        *("附件4", "附件4 一", "附件4 二", "附件4 三", "附件4 四"),
        *(f"附件4 四、{number}" for number in ("1", "2", "3", "3.1", "3.2", "3.3", "3.4", "4")),
        *("附件4 五", "附件4 五、1", "附件4 五、2"),
    ),
}
GUIDANCE = re.compile(
    r"编制提纲|材料提纲|红色彩纸|示例表|^- |^说明|^介绍|^根据公司|^根据企业|^主要生产设施|^主要储运|^详细说明|^列表"
    r"|^按照大气|^对企业|^（对于|^（结合|^结合产污|如涉及|^(?:污染治理技术|排放限值|无组织管控|监测监控水平|环境管理水平|运输方式|运输监管要求)$"
)
"""What tells how to fill in, and the rows of 对标总表, which are the enterprise's."""


def wording(text: str) -> str:
    """A text in normal width, without blanks and without what is filled in."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", TAG.sub("", text)))
    filled = re.sub(r"X{1,4}(?:企业$|公司|市|级)?", "", plain)
    return "" if filled in ("年月", "年月日") else filled


def prescribed() -> Iterator[tuple[str, str, str]]:
    """Yield every line of the annexes that is to be printed."""
    articles = load_common().articles
    for kind, places in ANNEXES.items():
        for place in places:
            for line in articles["SMX2022", place].strip().splitlines():
                yield from (
                    (kind, place, part)
                    for part in line.split(" | ")
                    if not GUIDANCE.search(part) and wording(part)
                )


@pytest.mark.parametrize(("kind", "place", "line"), list(prescribed()))
def test_wording_is_that_of_the_annexes(kind: str, place: str, line: str) -> None:
    document = read_word(shipped(kind).read_bytes(), f"{kind}.docx")
    printed = [wording(text) for text in lines(document)]
    assert any(wording(line) in text for text in printed), (place, line)


def lines(document: Document) -> Iterator[str]:
    """Yield the texts of a document, a paragraph or a cell each."""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from (cell.text for cell in block.cells())


def test_facilities_have_the_eight_columns_of_the_annex(cement: Sample) -> None:
    view = dossier_view(cement.dossier, cement.annex, cement.law, read=read_file)
    header = (
        load_common().articles["SMX2022", "附件4 五、2.13.1（1）"].splitlines()[-1].split(" | ")
    )
    assert header[0] == "序号"
    document = read_word(word("dossier", view), "材料.docx")
    tables = [block for block in document.blocks if isinstance(block, Table)]
    assert header in [[cell.text for cell in table.grid[0]] for table in tables]


def test_headings_are_those_of_the_outline(package: tuple[Sample, bytes]) -> None:
    given, data = package
    outline = {heading.key: heading.label for heading in load_common().outline}
    outline["一"] = f"一、{given.enterprise.name}绩效分级申请表"
    document = read_word(data, "材料.docx")
    headings = [block for block in document.blocks if isinstance(block, Paragraph) and block.level]
    assert [block.text for block in headings] == [
        outline[section.key] for section in given.dossier.sections
    ]
    assert [block.level for block in headings] == [
        section.key.count(".") + 1 for section in given.dossier.sections
    ]


# -------------------------------------------------------------------------------------- the pages


def test_headers_of_tables_are_repeated_and_rows_stay_whole(package: tuple[Sample, bytes]) -> None:
    document = document_of(package[1], "材料.docx")
    tables = [t for t in document.iter(W + "tbl") if style_of(t, "tblStyle") == "DataTable"]
    assert len(tables) > 20
    for table in tables:
        first, *rest = table.findall(W + "tr")
        assert first.find(f"{W}trPr/{W}tblHeader") is not None
        assert rest
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in (first, *rest))
        widths = [int(item.get(W + "w", "0")) for item in table.findall(f"{W}tblGrid/{W}gridCol")]
        assert sum(widths) == 8844
        for row in (first, *rest):
            cells = row.findall(W + "tc")
            assert [int(c.find(f"{W}tcPr/{W}tcW").get(W + "w")) for c in cells] == widths


def style_of(element: etree._Element, name: str) -> str:
    """The style of a table or paragraph."""
    found = element.find(f"{W}tblPr/{W}{name}")
    return "" if found is None else found.get(W + "val", "")


def test_page_references_lead_to_bookmarks(package: tuple[Sample, bytes]) -> None:
    document = document_of(package[1], "材料.docx")
    marks = bookmarks(document)
    asked = [item.bookmark for item in references(document)]
    assert set(asked) <= set(marks)
    printed = {section.key for section in package[0].dossier.sections}
    assert len(asked) == len(package[0].dossier.contents) + 2 * len(
        package[0].dossier.indicators.rows
    )
    assert sum(mark.startswith("end_5_2_") for mark in marks) == sum(
        key.startswith("五.2.") for key in printed
    )


def test_watermark_is_printed_on_drafts_alone(cement: Sample) -> None:
    for draft in (True, False):
        view = dossier_view(cement.dossier, cement.annex, cement.law, draft=draft, read=read_file)
        with zipfile.ZipFile(io.BytesIO(word("dossier", view))) as archive:
            assert ("草稿" in archive.read("word/header1.xml").decode()) is draft


@pytest.mark.skipif(office_program() is None, reason="LibreOffice is not installed")
def test_pages_settle_and_photos_stand_as_many_a_page_as_they_should(cement: Sample) -> None:
    def render(pages: Pages | None) -> bytes:
        view = dossier_view(cement.dossier, cement.annex, cement.law, pages=pages, read=read_file)
        return word("dossier", view)

    settled = settle(render, "材料.docx")
    found = recognised(render(settled.pages))
    assert [entry.page for entry in found.contents] == sorted(
        entry.page for entry in found.contents if entry.page
    )
    assert settled.pages["sec_1"] == 3  # behind cover and contents
    assert found.indicators is not None
    spans = {row.indicator.value: row.pages.value for row in found.indicators.rows if row.pages}
    assert spans["运输监管要求"] == f"{settled.pages['sec_5_2_18']}-{settled.pages['end_5_2_18']}"
    assert settled.pages["end_5_2_18"] == settled.count
    # 2.15: a page of text, then six photos two a page; 2.14: a page, then two documents
    assert span(settled.pages, "5_2_15") == 1 + 6 // 2
    assert span(settled.pages, "5_2_14") == 1 + 2
    # 2.13.1: a page of text, nine photos six a page, a contract, a report
    assert span(settled.pages, "5_2_13_1") == 1 + 2 + 1 + 1


def span(pages: Pages, key: str) -> int:
    """Pages of a section."""
    return pages[f"end_{key}"] - pages[f"sec_{key}"] + 1


# -------------------------------------------------------------------------------------- the markup

ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr pBdr shd tabs spacing ind jc"
    " textDirection textAlignment outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs caps strike outline shadow vanish color spacing w kern position sz szCs"
    " highlight u vertAlign lang",
    "tblPr": "tblStyle tblpPr tblOverlap tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "tcPr": "cnfStyle tcW gridSpan vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign",
    "sectPr": "headerReference footerReference type pgSz pgMar pgBorders pgNumType cols vAlign titlePg docGrid",
    "style": "name basedOn next link uiPriority semiHidden qFormat pPr rPr tblPr trPr tcPr",
    "tbl": "bookmarkStart tblPr tblGrid tr",
    "tc": "tcPr p",
}
"""Children of an element in the order of the schema (ECMA-376), those that are used."""


@pytest.mark.parametrize("kind", KINDS)
def test_markup_of_templates_is_in_the_order_of_the_schema(kind: str) -> None:
    assert disorder(shipped(kind).read_bytes()) == []


def test_markup_of_documents_is_in_order_and_ids_are_unique(package: tuple[Sample, bytes]) -> None:
    data = package[1]
    assert disorder(data) == []
    document = document_of(data, "材料.docx")
    marks = [item.get(W + "id") for item in document.iter(W + "bookmarkStart")]
    names = [item.get(W + "name") for item in document.iter(W + "bookmarkStart")]
    ends = [item.get(W + "id") for item in document.iter(W + "bookmarkEnd")]
    drawings = [item.get("id") for item in document.iter("{*}docPr")]
    for ids in (marks, names, ends, drawings):
        assert len(ids) == len(set(ids))
    assert set(marks) == set(ends)
    assert docx.Document(io.BytesIO(data)).paragraphs


def disorder(data: bytes) -> list[str]:
    """Elements of a Word file whose children are out of order, or not known."""
    found = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if not name.endswith(".xml"):
                continue
            for element in etree.fromstring(archive.read(name)).iter():
                order = ORDER.get(etree.QName(element).localname, "").split()
                if order and element.tag.startswith(W):
                    children = [etree.QName(child).localname for child in element]
                    places = [order.index(child) if child in order else -1 for child in children]
                    if -1 in places or places != sorted(places):
                        found.append(f"{name}: {element.tag} {children}")
    return found
