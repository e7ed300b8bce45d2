"""Annotations in PDF files: drawn at the very box, whichever way the page is turned, and nothing else changed."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageChops

from duibiao.document.pdf import read_pdf
from duibiao.document.pdf.shapes import View
from duibiao.model.errors import IntakeError
from duibiao.model.location import Location
from duibiao.rendering.annotating.notes import Done
from duibiao.rendering.annotating.pdf import annotate_pdf
from duibiao.rendering.annotating.sheets import Sheet

from .annotated import found, reporting
from .layouts import evidence

NAME = "材料.pdf"
BOX = (100.0, 120.0, 220.0, 150.0)
MESSAGE = "两处名称不同"
near = pytest.approx


def made(folder: Path, pages: int = 2, **keys: object) -> bytes:
    return evidence(folder / "a.pdf", [b"Evidence"] * pages, **keys).read_bytes()


def annotated(data: bytes, *at: Location) -> tuple[bytes, Done]:
    target = io.BytesIO()
    report = reporting(NAME, *(found(one, MESSAGE) for one in at))
    done = annotate_pdf(data, NAME, report, target)
    return target.getvalue(), done


def notes(data: bytes) -> list[tuple[int, str, str, str]]:
    """Page, kind, author and first line of every annotation but the windows that show them."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [
            (number, str(item.Subtype), str(item.get("/T", "")), str(item.Contents).split("\n")[0])
            for number, page in enumerate(pdf.pages, 1)
            for item in _annotations(page)
            if item.Subtype != "/Popup"
        ]


def _annotations(page: Any) -> Sequence[Any]:
    return list(page.obj.get("/Annots", ()))


def at(page: int | None, box: tuple[float, float, float, float] | None = None) -> Location:
    return Location(NAME, page=page, box=box)


@given(
    st.tuples(*[st.floats(-500, 1500)] * 4),
    st.sampled_from([0, 90, 180, 270, 360, -90]),
    st.floats(-500, 1500),
    st.floats(-500, 1500),
)
def test_a_sheet_undoes_the_view_of_the_reader(crop, rotation, x, y):
    view, sheet = View(crop, rotation), Sheet(crop, rotation)
    assert sheet.point(*view.point(x, y)) == near((x, y), abs=1e-6)
    assert (sheet.width, sheet.height) == (view.width, view.height)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [[0, 0, 595, 842], [40, 60, 500, 700]])
def test_a_highlight_is_drawn_at_the_box_and_nowhere_else(tmp_path, rotation, crop):
    data = made(tmp_path, Rotate=rotation, CropBox=crop)

    marked, done = annotated(data, at(2, BOX))

    assert done == Done(1, 0, ())
    before, after = (
        pypdfium2.PdfDocument(one)[1].render(scale=2).to_pil() for one in (data, marked)
    )
    changed = ImageChops.difference(before.convert("RGB"), after.convert("RGB")).getbbox()
    assert changed is not None
    assert [edge / 2 for edge in changed] == near(BOX, abs=1)


def test_what_is_under_a_highlight_stays_legible(tmp_path):
    data = made(tmp_path)
    box = (10.0, 10.0, 585.0, 40.0)  # the red head
    marked, _ = annotated(data, at(1, box))
    page = pypdfium2.PdfDocument(marked)[0].render().to_pil().convert("RGB")
    red, green, _ = page.getpixel((300, 25))
    assert red > 200
    assert green < 20


def test_notes_stand_on_their_page_and_the_rest_on_page_one(tmp_path):
    data = made(tmp_path)

    marked, done = annotated(data, at(2, BOX), at(2), at(None), at(9, BOX))

    assert done == Done(2, 2, ())
    own = f"问题：{MESSAGE}"
    verdict = f"审查结论：{reporting(NAME).verdict.value}"
    assert notes(marked) == [
        (1, "/Text", "对标-审查结论", verdict),
        (2, "/Highlight", "对标-不符合", own),
        (2, "/Text", "对标-不符合", own),
    ]
    with pikepdf.open(io.BytesIO(marked)) as pdf:
        summary = str(pdf.pages[0].obj.Annots[0].Contents)
        names = [str(item.NM) for page in pdf.pages for item in _annotations(page) if "/NM" in item]
        popups = [
            item for page in pdf.pages for item in _annotations(page) if item.Subtype == "/Popup"
        ]
        assert all(popup.Parent.Popup.objgen == popup.objgen for popup in popups)
        assert len(popups) == 3
    assert names == ["duibiao-0001", "duibiao-0002", "duibiao-0003"]
    assert summary.count("（DB-101）") == 2


def test_many_notes_of_one_page_stand_beside_each_other(tmp_path):
    marked, _ = annotated(made(tmp_path, 1), *[at(1)] * 70)
    with pikepdf.open(io.BytesIO(marked)) as pdf:
        places = [
            tuple(map(float, item.Rect))
            for item in pdf.pages[0].obj.Annots
            if item.Subtype == "/Text"
        ]
    assert len(set(places)) == 71
    assert all(0 <= x0 < x1 <= 595 and 0 <= y0 < y1 <= 842 for x0, y0, x1, y1 in places)


def test_nothing_else_is_changed(tmp_path):
    data = made(tmp_path)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        old = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Text,
            Rect=[1, 2, 3, 4],
            Contents="旧",
            T="李工",
        )
        pdf.pages[0].obj.Annots = pdf.make_indirect([pdf.make_indirect(old)])
        kept = io.BytesIO()
        pdf.save(kept)

    marked, _ = annotated(kept.getvalue(), at(1, BOX))

    assert marked == annotated(kept.getvalue(), at(1, BOX))[0]
    assert [note[2] for note in notes(marked)] == ["李工", "对标-审查结论", "对标-不符合"]
    with pikepdf.open(io.BytesIO(data)) as one, pikepdf.open(io.BytesIO(marked)) as other:
        for before, after in zip(one.pages, other.pages, strict=True):
            assert before.Contents.read_raw_bytes() == after.Contents.read_raw_bytes()
    before, after = read_pdf(data, NAME), read_pdf(marked, NAME)
    assert (after.blocks, after.warnings, after.comments) == (before.blocks, before.warnings, 3)


def test_limits_and_signatures(tmp_path):
    with pikepdf.open(io.BytesIO(made(tmp_path))) as pdf:
        pdf.Root.AcroForm = pikepdf.Dictionary(SigFlags=3, Fields=[])
        for allowed in (True, False):
            pdf.save(
                tmp_path / f"{allowed}.pdf",
                encryption=pikepdf.Encryption(
                    owner="x", allow=pikepdf.Permissions(modify_annotation=allowed)
                ),
            )
    _, done = annotated((tmp_path / "True.pdf").read_bytes(), at(1))
    assert done.remarks == (
        "文件带有数字签名；批注件加了批注，其中的签名不再有效，原件的签名不受影响",
        "文件设有权限限制（无打开密码）；批注件没有保留这些限制",
    )
    with pytest.raises(IntakeError, match="文件限制了添加批注的权限"):
        annotated((tmp_path / "False.pdf").read_bytes(), at(1))


def test_a_damaged_file_is_refused(tmp_path):
    with pytest.raises(IntakeError, match=r"《材料\.pdf》无法读取"):
        annotated(b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF", at(1))
