"""Page numbers of a Word file: settled by LibreOffice, proved against the PDF, and refused where they are not true."""

from __future__ import annotations

import io
from collections.abc import Mapping

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest

from duibiao.document.office import office_program
from duibiao.intake.pdfium import PDFIUM
from duibiao.model.errors import BuildError
from duibiao.rendering.fields import Anchor, Reference, bookmarks, document_of, references
from duibiao.rendering.probing import destination, sheets
from duibiao.rendering.settling import Pages, Settled, not_settled, settle
from duibiao.rendering.verifying import verify

from . import layouts as w

needs_office = pytest.mark.skipif(office_program() is None, reason="needs LibreOffice")
NAME = "申报材料.docx"


def fill(lines: int, words: str = "正文") -> list[str]:
    return [w.paragraph(w.text(words)) for _ in range(lines)]


def contents(names: Mapping[str, str], pages: Pages | None) -> list[str]:
    """Return a table of contents, one field around the fields of its lines, as Word makes it."""
    open_, close = w.complex_field("TOC \\o", "|").split(w.text("|"))
    lines = [
        w.paragraph(w.text(heading), "<w:r><w:tab/></w:r>", w.page_of(name, pages))
        for name, heading in names.items()
    ]
    return [w.paragraph(open_), *lines, w.paragraph(close)]


def package(pages: Pages | None, *, front: str = "", more: str = "") -> bytes:
    """Return a dossier: cover, contents, a table of pages, and sections of different lengths."""
    names = {f"sec_5_2_{number}": f"2.{number} 证明材料" for number in range(1, 7)}
    body = [w.paragraph(w.text("封面")), w.new_page(), *contents(names, pages)]
    body.append(f"<w:p><w:pPr>{front}</w:pPr></w:p>" if front else w.new_page())
    rows = "".join(
        f"<w:tr><w:tc>{w.paragraph(w.text(heading))}</w:tc>"
        f"<w:tc>{w.paragraph(w.page_of(name, pages), w.text('—'), w.page_of(name.replace('sec', 'end'), pages))}"
        "</w:tc></w:tr>"
        for name, heading in names.items()
    )
    body.append(f"<w:tbl>{rows}</w:tbl>")
    for number, (name, heading) in enumerate(names.items()):
        body.append(w.new_page())
        body.append(w.paragraph(w.marked(2 * number, name, w.text(heading)), style="H1"))
        body.extend(fill(20 * number))
        last = w.marked(2 * number + 1, name.replace("sec", "end"), w.text(f"图{number}"))
        body.append(w.paragraph(last))
    return w.docx([*body, more, w.numbered(1 if front else None)])


@pytest.fixture(scope="module")
def settled() -> Settled:
    return settle(package, NAME)


def page_texts(pdf: bytes) -> list[str]:
    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return [page.get_textpage().get_text_range() for page in document]
        finally:
            document.close()


# ------------------------------------------------------------------------------------- settling


@needs_office
@pytest.mark.parametrize(
    ("front", "before"),
    [
        pytest.param("", 0, id="numbered from the cover on"),
        pytest.param(w.section(), 2, id="cover without numbers"),
        pytest.param(w.numbered(1, "lowerRoman"), 2, id="roman front matter"),
    ],
)
def test_pages_are_those_that_are_printed(front: str, before: int) -> None:
    settled = settle(lambda pages: package(pages, front=front), NAME)
    texts = page_texts(settled.pdf)
    assert settled.count == len(texts)
    assert set(settled.pages) == {f"{kind}_5_2_{n}" for kind in ("sec", "end") for n in range(1, 7)}
    for name, sheet in settled.sheets.items():
        lines = texts[sheet - 1].split()
        assert str(settled.pages[name]) == lines[-1] == str(sheet - before)
        if name.startswith("sec"):
            assert lines[0] == f"2.{name[-1]}"
    # What the Word file shows, and what the PDF shows in contents and table.
    shown = list(references(document_of(package(settled.pages, front=front), NAME)))
    assert len(shown) == 18
    assert {item.bookmark: int(item.shown) for item in shown} == settled.pages
    printed = "".join("".join(texts[:3]).split())
    for number in range(1, 7):
        first, last = (settled.pages[f"{kind}_5_2_{number}"] for kind in ("sec", "end"))
        assert f"2.{number}证明材料{first}" in printed
        assert f"2.{number}证明材料{first}—{last}" in printed


@needs_office
def test_the_same_file_gives_the_same_pages_and_outline(settled: Settled) -> None:
    one, two = settled, settle(package, NAME)
    assert (one.pages, one.sheets, one.count) == (two.pages, two.sheets, two.count)
    with pikepdf.open(io.BytesIO(one.pdf)) as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == [f"2.{n} 证明材料" for n in range(1, 7)]


@needs_office
def test_pages_that_move_when_they_are_written_are_laid_out_again() -> None:
    asked: list[Pages | None] = []

    def render(pages: Pages | None) -> bytes:
        asked.append(pages)
        pushed = [] if pages is None else [w.new_page()]
        mark = w.marked(1, "sec_1", w.text("一"))
        return w.docx(
            [w.paragraph(w.page_of("sec_1", pages)), *pushed, w.paragraph(mark), w.numbered()]
        )

    assert settle(render, NAME).pages == {"sec_1": 2}
    assert asked == [None, {"sec_1": 1}, {"sec_1": 2}]


@needs_office
def test_pages_that_never_come_to_rest_are_refused() -> None:
    def render(pages: Pages | None) -> bytes:
        odd = pages is None or pages["sec_1"] % 2 == 0
        mark = w.paragraph(w.marked(1, "sec_1", w.text("一")))
        return w.docx(
            [w.paragraph(w.page_of("sec_1", pages)), *([] if odd else [w.new_page()]), mark, w.numbered()]
        )  # fmt: skip

    with pytest.raises(BuildError) as caught:
        settle(render, NAME)
    assert str(caught.value) == (
        "《申报材料.docx》的页码排了 3 次仍在变动，没有写出。"
        "请检查模板：页码所在的行应留出足够宽度，不因页码位数变化而换行。"
    )


@needs_office
def test_a_template_that_shows_no_pages_is_refused() -> None:
    body = [w.paragraph(w.page_of("sec_1", {"sec_1": 7})), w.marked(1, "sec_1"), *fill(2)]
    with pytest.raises(BuildError, match="书签 sec_1 在第 1 页，文中写的是第 7 页"):
        settle(lambda _pages: w.docx([*body, w.numbered()]), NAME)


@needs_office
def test_a_file_without_bookmarks_is_settled_at_once() -> None:
    settled = settle(lambda _pages: w.docx([*fill(3), w.numbered()]), NAME)
    assert settled == Settled({}, {}, 1, settled.pdf)


def test_without_libreoffice_there_is_a_message(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(
        BuildError, match=r"没有编成，版面排不出来：.*需要 LibreOffice，本机没有安装"
    ):
        settle(package, NAME)
    assert not_settled(NAME) == (
        "《申报材料.docx》的页码尚未排定：本机没有安装 LibreOffice。文件中的页码是域，"
        "请在 Word 或 WPS 中全选（Ctrl+A）后按 F9 更新；或安装 LibreOffice（make system）后重新编制。"
    )


# ------------------------------------------------------------------------------------- the proof


@needs_office
def test_a_reference_to_nothing_is_a_fault(settled: Settled) -> None:
    more = w.paragraph(w.page_of("sec_9", None))
    root = document_of(package(settled.pages, more=more), NAME)
    with pytest.raises(BuildError, match="PAGEREF 域所指的书签 sec_9 不存在"):
        verify(root, settled.pdf, settled.pages, settled.sheets, NAME)


@needs_office
def test_the_proof_finds_what_is_wrong(settled: Settled) -> None:
    root = document_of(package(settled.pages), NAME)
    verify(root, settled.pdf, settled.pages, settled.sheets, NAME)

    wrong = {**settled.pages, "sec_5_2_3": 99}
    with pytest.raises(BuildError) as caught:
        verify(document_of(package(wrong), NAME), settled.pdf, settled.pages, settled.sheets, NAME)
    right = settled.pages["sec_5_2_3"]
    fault = f"书签 sec_5_2_3 在第 {right} 页，文中写的是第 99 页"
    assert str(caught.value) == (
        f"《申报材料.docx》的页码与版面不一致，没有写出：{fault}；{fault}。"
        "请核对模板中的 PAGEREF 域与书签后重新编制。"
    )

    elsewhere = {**settled.sheets, "sec_5_2_3": 1}
    with pytest.raises(BuildError, match=r"PDF 第 1 张上没有书签 sec_5_2_3 的文字“2\.3 证明材料”"):
        verify(root, settled.pdf, settled.pages, elsewhere, NAME)

    lost = {name: sheet for name, sheet in settled.sheets.items() if name != "sec_5_2_3"}
    with pytest.raises(BuildError, match=r"PDF 中没有书签 sec_5_2_3（2\.3 证明材料）"):
        verify(root, settled.pdf, settled.pages, lost, NAME)


@needs_office
def test_many_faults_are_counted(settled: Settled) -> None:
    root = document_of(package(None), NAME)
    with pytest.raises(BuildError, match="；另有 13 处。"):
        verify(root, settled.pdf, settled.pages, settled.sheets, NAME)


# ------------------------------------------------------------------------------ fields, bookmarks


def test_references_are_found_in_every_form() -> None:
    simple = f'<w:fldSimple w:instr=" PAGEREF &quot;sec_3&quot; \\h ">{w.text("1")}{w.text("2")}</w:fldSimple>'
    root = document_of(
        w.docx(
            [
                *contents({"sec_1": "一", "sec_2": "二"}, {"sec_1": 7}),
                w.paragraph(simple, w.complex_field("PAGE", "3"), w.text("正文")),
                w.paragraph(w.complex_field("pageref sec_4", "")),
                w.numbered(),
            ]
        ),
        NAME,
    )
    assert list(references(root)) == [
        Reference("sec_1", "7"),
        Reference("sec_2", "0"),
        Reference("sec_3", "12"),
        Reference("sec_4", ""),
    ]


def test_bookmarks_know_the_text_behind_them() -> None:
    cell = w.paragraph(w.marked(7, "f", w.text("戊")))
    root = document_of(
        w.docx(
            [
                w.paragraph(w.text("前"), w.marked(1, "a", w.text("甲")), w.text("乙")),
                w.marked(2, "b"),
                w.paragraph(w.text("丙"), w.marked(3, "c"), w.marked(4, "_GoBack")),
                w.paragraph(w.marked(5, "d", w.marked(6, "e", w.text("丁")))),
                f"<w:tbl><w:tr><w:tc>{cell}</w:tc><w:tc>{w.marked(8, 'g')}{w.paragraph(w.text('己'))}</w:tc></w:tr></w:tbl>",
                w.paragraph(
                    w.marked(9, "h", w.text("图"), w.complex_field("SEQ 图", "1")), w.text("后")
                ),
                w.numbered(),
            ]
        ),
        NAME,
    )
    assert bookmarks(root) == {
        "a": Anchor("甲乙"),
        "b": Anchor("丙"),
        "c": Anchor(""),
        "d": Anchor("丁"),
        "e": Anchor("丁"),
        "f": Anchor("戊", in_cell=True),
        "g": Anchor("己", in_cell=True),
        "h": Anchor("图"),
    }


@needs_office
def test_captions_in_narrow_cells_are_found() -> None:
    caption = "布袋除尘器现场照片及标识牌位于原料磨车间东侧"
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="1800" w:type="dxa"/></w:tcPr>'
        f"{w.paragraph(w.marked(number, f'end_{number}', w.text(f'{number}号{caption}')))}</w:tc>"
        for number in range(3)
    )
    grid = '<w:gridCol w:w="1800"/>' * 3
    table = f"<w:tbl><w:tblGrid>{grid}</w:tblGrid><w:tr>{cells}</w:tr></w:tbl>"
    body = [w.new_page(), table, w.paragraph(), w.numbered()]
    assert settle(lambda _pages: w.docx(body), NAME).pages == {f"end_{n}": 2 for n in range(3)}


@needs_office
def test_destinations_are_found_under_every_name() -> None:
    names = ("sec_5_2_1", "_Toc123", "a-b.c", "章节_1", "a&b", "x" * 40)
    body = [
        w.paragraph(w.marked(number, name.replace("&", "&amp;"), w.text("一")))
        for number, name in enumerate(names)
    ]
    settled = settle(lambda _pages: w.docx([w.new_page(), *body, w.numbered()]), NAME)
    assert settled.pages == settled.sheets == dict.fromkeys(names, 2)


def test_destinations_that_are_none_are_left_out() -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    assert sheets(pdf, ["sec_1"]) == {}
    pdf.Root.Dests = {"/sec5F1": pikepdf.Array([pdf.pages[0].obj, pikepdf.Name.Fit])}
    assert sheets(pdf, ["sec_1", "sec_2"]) == {"sec_1": 1}
    assert destination("sec_1") == "sec5F1"
