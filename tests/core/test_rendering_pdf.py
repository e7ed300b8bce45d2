"""申报材料.pdf: photos unchanged, everything in its frame, the same bytes for the same input."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from duibiao.document.office import office_program
from duibiao.intake.pdfium import PDFIUM
from duibiao.model.errors import BuildError
from duibiao.rendering.pdf.assembling import assemble
from duibiao.rendering.placeholders import placeholder
from duibiao.rendering.settling import Pages, settle

from . import layouts as w
from .frames import (
    BLACK,
    GREEN,
    HIGH,
    IMPRINT,
    JPEG,
    RED,
    SHEET,
    WIDE,
    extent,
    layout,
    of_pdf,
    of_picture,
    put,
)

needs_office = pytest.mark.skipif(office_program() is None, reason="needs LibreOffice")


# ------------------------------------------------------------------------------------- pictures


def test_a_jpeg_goes_in_unchanged(tmp_path: Path) -> None:
    seen, _, notes = put(tmp_path, of_picture(JPEG), WIDE)
    assert notes == ()
    assert extent(seen, GREEN) == (0, 0.2, 1, 1)
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        (picture,) = pdf.pages[0].resources.XObject.values()
        assert picture.read_raw_bytes() == JPEG
        assert (picture.Filter, picture.Width, picture.Height) == ("/DCTDecode", 80, 60)


@pytest.mark.parametrize(
    ("mode", "kind"),
    [
        *((mode, "PNG") for mode in ("RGB", "L", "P")),
        *((mode, "JPEG") for mode in ("RGB", "L", "CMYK")),
        *((mode, "TIFF") for mode in ("RGB", "L", "P", "CMYK")),
    ],
)
def test_pictures_of_every_mode_look_the_same(tmp_path: Path, mode: str, kind: str) -> None:
    with Image.open(io.BytesIO(w.photo((80, 60), (250, 250, 250), "PNG"))) as picture:
        given = picture.convert(mode)
    made = io.BytesIO()
    given.save(made, kind)
    seen, _, _ = put(tmp_path, of_picture(made.getvalue()), WIDE)
    assert extent(seen, (40, 40, 40)) == (0, 0, 1, 0.2)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_transparent_pictures_let_the_text_through(tmp_path: Path, mode: str) -> None:
    seal = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    seal.paste((0, 0, 0, 255), (25, 25, 75, 75))
    made = io.BytesIO()
    seal.convert(mode).save(made, "PNG", **({"transparency": 0} if mode == "P" else {}))
    under = b"q 0 1 0 rg 0 0 %d %d re f Q\n" % SHEET
    seen, _, _ = put(tmp_path, of_picture(made.getvalue()), (400, 400), under)
    assert seen.getpixel((200, 200)) == BLACK
    assert seen.getpixel((20, 20)) == (0, 255, 0)


@pytest.mark.parametrize("data", [b"", b"x" * 100, JPEG[:30]])
def test_a_picture_that_cannot_be_read_is_a_message(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(BuildError, match=r"^照片的图片无法读取（.*），PDF 没有编成。请换一份"):
        put(tmp_path, of_picture(data))
    assert list(tmp_path.iterdir()) == []


# ------------------------------------------------------------------------------------- the file


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    path = w.evidence(tmp_path / "报告.pdf", [b"one", b"two"])
    fillings = {"a": of_pdf(path), "b": of_picture(JPEG), "c": of_pdf(path, 2)}
    given_twice = layout({"a": HIGH, "b": WIDE, "c": HIGH})
    for name in ("one.pdf", "two.pdf"):
        assemble(given_twice, fillings, tmp_path / name, IMPRINT)
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()
    with pikepdf.open(tmp_path / "one.pdf") as made:
        assert dict(made.docinfo) == {
            "/Title": "豫东水泥有限公司申报材料",
            "/Author": "豫东水泥有限公司",
            "/Creator": "duibiao",
            "/Producer": "duibiao",
        }
        assert (made.Root.Lang, made.Root.PageMode) == ("zh-CN", "/UseOutlines")


def test_a_place_without_filling_and_a_filling_without_place_are_refused(tmp_path: Path) -> None:
    target = tmp_path / "out.pdf"
    target.write_bytes(b"before")
    with pytest.raises(BuildError) as caught:
        assemble(layout({"a": HIGH}), {"b": of_picture(JPEG)}, target, IMPRINT)
    assert str(caught.value) == (
        "PDF 没有编成：版面中没有照片的位置。请核对模板是否列出全部照片与附件。"
    )
    with pytest.raises(BuildError, match="版面中有不属于任何照片或附件的空位"):
        assemble(layout({"a": HIGH, "b": HIGH}), {"b": of_picture(JPEG)}, target, IMPRINT)
    assert [path.name for path in tmp_path.iterdir()] == ["out.pdf"]
    assert target.read_bytes() == b"before"


def test_other_small_pictures_are_no_blanks(tmp_path: Path) -> None:
    blank = pikepdf.open(io.BytesIO(layout({"a": HIGH})))
    picture = blank.pages[0].resources.XObject.Im0
    picture.write(bytes(24))
    made = io.BytesIO()
    blank.save(made)
    assert assemble(made.getvalue(), {}, tmp_path / "out.pdf", IMPRINT) == ()
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        assert pdf.pages[0].resources.XObject.Im0.read_bytes() == bytes(24)


@given(one=st.text(), two=st.text())
def test_blanks_are_told_apart(one: str, two: str) -> None:
    assert (placeholder(one) == placeholder(two)) == (one == two)
    with Image.open(io.BytesIO(placeholder(one))) as blank:
        assert (blank.size, blank.mode, blank.format) == ((8, 1), "RGB", "PNG")


# ------------------------------------------------------------------------------- with LibreOffice


@needs_office
def test_a_whole_package_twice(tmp_path: Path) -> None:
    path = w.evidence(tmp_path / "报告.pdf", [b"one", b"two"])
    fillings = {"p": of_picture(JPEG), "a": of_pdf(path), "b": of_pdf(path, 2)}

    def render(pages: Pages | None) -> bytes:
        body = [w.paragraph(w.text("目录"), w.page_of("sec_5_2_1", pages))]
        for number, (key, size) in enumerate(
            {"p": (12, 9), "a": (16, 22.6), "b": (9, 12.7)}.items()
        ):
            heading = w.marked(number, f"sec_5_2_{number}", w.text(f"材料{number}"))
            body += [
                w.new_page(),
                w.paragraph(heading, style="H1"),
                w.paragraph(w.picture(key, *size)),
            ]
        return w.docx([*body, w.numbered()], {key: placeholder(key) for key in fillings})  # fmt: skip

    for name in ("one.pdf", "two.pdf"):
        settled = settle(render, "申报材料.docx")
        assert assemble(settled.pdf, fillings, tmp_path / name, IMPRINT) == ()
    assert settled.pages == {"sec_5_2_0": 2, "sec_5_2_1": 3, "sec_5_2_2": 4}
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()
    with PDFIUM:
        document = pypdfium2.PdfDocument(tmp_path / "one.pdf")
        texts = ["".join(page.get_textpage().get_text_range().split()) for page in document]
        looks = [page.render(scale=1).to_pil().convert("RGB") for page in document]
        document.close()
    assert texts[1:] == ["材料02", "材料1one3", "材料2two4"]
    assert [extent(look, GREEN, exact=20) is not None for look in looks] == [
        False,
        True,
        False,
        False,
    ]
    assert [extent(look, RED) is not None for look in looks] == [False, False, True, True]
    with pikepdf.open(tmp_path / "one.pdf") as made, made.open_outline() as outline:
        assert [item.title for item in outline.root] == ["材料0", "材料1", "材料2"]
        assert "/sec5F55F25F1" in made.Root.Dests
        assert "CreationDate" not in str(made.docinfo)
