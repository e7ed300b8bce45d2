"""Evidence in the PDF: pages as drawings, upright, cut as a viewer cuts them, with their stamps and nothing else."""

from __future__ import annotations

import zlib
from pathlib import Path

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from duibiao.intake.pdfium import PDFIUM
from duibiao.model.errors import BuildError
from duibiao.rendering.pdf.assembling import assemble
from duibiao.rendering.pdf.fitting import fitting

from . import layouts as w
from .frames import (
    BLACK,
    GREEN,
    HIGH,
    IMPRINT,
    JPEG,
    RED,
    WIDE,
    extent,
    layout,
    of_pdf,
    of_picture,
    put,
)

# ------------------------------------------------------------------------------------- evidence


@pytest.mark.parametrize(
    ("size", "keys", "frame", "head", "whole"),
    [
        pytest.param(HIGH, {}, HIGH, "top", (0, 0, 1, 1), id="as large as it is"),
        pytest.param((595, 842), {}, (300, 424.5), "top", (0, 0, 1, 1), id="smaller"),
        pytest.param((2384, 3370), {}, (400, 565.4), "top", (0, 0, 1, 1), id="A0"),
        pytest.param((400, 400), {}, HIGH, "top", (0, 0.17, 1, 0.83), id="square in a high frame"),
        pytest.param((600, 400), {}, HIGH, "left", (0, 0, 1, 1), id="wide in a high frame"),
        pytest.param((400, 600), {}, WIDE, "left", (0, 0, 1, 1), id="high in a wide frame"),
        pytest.param((600, 400), {}, WIDE, "top", (0, 0, 1, 1), id="wide in a wide frame"),
        pytest.param((400, 600), {"Rotate": 180}, HIGH, "bottom", (0, 0, 1, 1), id="180"),
        pytest.param((600, 400), {"Rotate": 90}, HIGH, "right", (0, 0, 1, 1), id="90"),
        pytest.param((600, 400), {"Rotate": 270}, HIGH, "left", (0, 0, 1, 1), id="270"),
        pytest.param((600, 400), {"Rotate": -90}, HIGH, "left", (0, 0, 1, 1), id="-90"),
        pytest.param((600, 400), {"Rotate": 450}, HIGH, "right", (0, 0, 1, 1), id="450"),
        pytest.param((400, 600), {"Rotate": 90}, HIGH, "top", (0, 0, 1, 1), id="90 turned back"),
        pytest.param((400, 600), {"UserUnit": 2}, HIGH, "top", (0, 0, 1, 1), id="user unit"),
        pytest.param((400, 600), {"TrimBox": [50, 50, 90, 90]}, HIGH, "top", (0, 0, 1, 1), id="trim"),
    ],
)  # fmt: skip
def test_pages_stand_upright_in_their_frames(
    tmp_path: Path,
    size: tuple[float, float],
    keys: dict[str, object],
    frame: tuple[float, float],
    head: str,
    whole: tuple[float, ...],
) -> None:
    path = w.evidence(tmp_path / "报告.pdf", size=size, **keys)
    seen, read, notes = put(tmp_path, of_pdf(path), frame)
    assert "Evidence" in read
    assert notes == ()
    inked = extent(seen, BLACK, exact=200)
    assert inked is not None
    # A line runs 10 points from the edge of the page all around it.
    slack = 12 / min(size)
    assert all(abs(found - edge) <= slack for found, edge in zip(inked, whole, strict=True)), inked
    red = extent(seen, RED)
    assert red is not None
    left, top, right, bottom = red
    towards = {"top": 1 - bottom, "bottom": top, "left": 1 - right, "right": left}
    assert max(towards, key=lambda side: towards[side]) == head


def test_only_what_a_viewer_shows_goes_in(tmp_path: Path) -> None:
    path = w.evidence(tmp_path / "报告.pdf", size=(400, 1200), CropBox=[0, 600, 400, 1200])
    seen, _, _ = put(tmp_path, of_pdf(path))
    assert extent(seen, RED) == (0.03, 0.02, 0.97, 0.07)
    inked = extent(seen, BLACK, exact=200)
    assert inked is not None
    assert inked[3] == 1  # the line at the sides runs on beyond


def test_what_hangs_over_the_edge_of_a_page_is_cut(tmp_path: Path) -> None:
    path = w.evidence(tmp_path / "报告.pdf", size=(400, 400))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].contents_add(b"0 0 1 rg -500 -500 2000 2000 re f")
        pdf.save(path)
    seen, _, _ = put(tmp_path, of_pdf(path))
    assert extent(seen, (0, 0, 255)) == (0, 0.17, 1, 0.83)


def test_what_the_layout_sets_does_not_change_evidence(tmp_path: Path) -> None:
    path = w.evidence(tmp_path / "报告.pdf", size=HIGH)
    plain, _, _ = put(tmp_path, of_pdf(path), HIGH, b"")
    state = b"9 w 2 J [30 30] 0 d 0 1 0 rg 0 0 1 RG 20 Tc 3 Tr 50 Tz\n"
    assert put(tmp_path, of_pdf(path), HIGH, state)[0] == plain


def test_every_page_goes_to_its_own_frame(tmp_path: Path) -> None:
    path = w.evidence(tmp_path / "报告.pdf", [b"one", b"two", b"three"])
    fillings = {f"k{number}": of_pdf(path, number) for number in (3, 1, 2)}
    fillings["photo"] = of_picture(JPEG)
    frames = {"k1": HIGH, "photo": WIDE, "k2": HIGH, "k3": WIDE}
    assert assemble(layout(frames), fillings, tmp_path / "out.pdf", IMPRINT) == ()
    with PDFIUM:
        document = pypdfium2.PdfDocument(tmp_path / "out.pdf")
        assert [page.get_textpage().get_text_range() for page in document] == [
            "one", "", "two", "three",
        ]  # fmt: skip
        document.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.pdf", "报告.pdf"]


def test_a_file_that_opens_without_a_password_is_taken(tmp_path: Path) -> None:
    plain = w.evidence(tmp_path / "明.pdf")
    locked = tmp_path / "报告.pdf"
    with pikepdf.open(plain) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="secret", user=""))
    _, read, notes = put(tmp_path, of_pdf(locked))
    assert (read, notes) == ("Evidence", ())
    with pikepdf.open(tmp_path / "out.pdf") as made:
        assert not made.is_encrypted


def damaged(path: Path, how: str) -> Path:
    w.evidence(path)
    match how:
        case "no pdf":
            path.write_bytes(b"%PDF-1.7 nothing")
        case "password":
            with pikepdf.open(path, allow_overwriting_input=True) as pdf:
                pdf.save(path, encryption=pikepdf.Encryption(owner="a", user="b"))
        case _:
            with pikepdf.open(path, allow_overwriting_input=True) as pdf:
                page = pdf.pages[0].obj
                if how == "content":
                    broken = pikepdf.Stream(pdf, b"")
                    broken.write(
                        zlib.compress(b"x" * 9000)[:12] + b"\xff" * 40,
                        filter=pikepdf.Name.FlateDecode,
                    )
                    page.Contents = broken
                elif how == "no extent":
                    page.MediaBox = [0, 0, 0, 0]
                elif how == "rotate":
                    page.Rotate = pikepdf.Name.Up
                pdf.save(path)  # fmt: skip
    return path


@pytest.mark.parametrize(
    "how", ["no pdf", "password", "content", "no extent", "rotate", "no such page"]
)
def test_a_damaged_page_goes_in_as_the_picture_of_the_word_file(tmp_path: Path, how: str) -> None:
    path = damaged(tmp_path / "报告.pdf", how)
    page = 7 if how == "no such page" else 1
    seen, _, notes = put(tmp_path, of_pdf(path, page), WIDE)
    assert notes == (
        f"《报告.pdf》第{page}页的 PDF 内容有损坏，已作为图片放入（PDF 第 1 张）；请核对该页是否完整",
    )
    assert extent(seen, GREEN) == (0, 0.2, 1, 1)


def test_evidence_that_has_gone_is_a_message(tmp_path: Path) -> None:
    with pytest.raises(
        BuildError, match=r"^《报告\.pdf》第1页打不开（.*），PDF 没有编成。请核对证据文件"
    ):
        put(tmp_path, of_pdf(tmp_path / "报告.pdf"))  # fmt: skip


# ------------------------------------------------------------------- what is on top, what is hidden


def stamp(pdf: pikepdf.Pdf, colour: bytes, place: list[int], **keys: object) -> pikepdf.Object:
    look = pdf.make_stream(
        colour + b" rg 0 0 100 100 re f", Subtype=pikepdf.Name.Form, BBox=[0, 0, 100, 100]
    )
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Rect=place, AP=pikepdf.Dictionary(N=look), **{"F": 4, **keys}
        )
    )


def test_stamps_and_filled_in_fields_are_part_of_the_page(tmp_path: Path) -> None:
    path = w.evidence(tmp_path / "报告.pdf", size=HIGH)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        seal = stamp(pdf, b"0 0 1", [100, 100, 200, 200], Subtype=pikepdf.Name.Stamp)
        hidden = stamp(pdf, b"0 1 0", [200, 200, 300, 300], Subtype=pikepdf.Name.Stamp, F=2)
        signature = stamp(
            pdf, b"1 0 1", [200, 100, 300, 200], Subtype=pikepdf.Name.Widget,
            FT=pikepdf.Name.Sig, T=pikepdf.String("s"),
        )  # fmt: skip
        pdf.pages[0].Annots = pikepdf.Array([seal, hidden, signature])
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([signature]))
        pdf.save(path)
    seen, read, notes = put(tmp_path, of_pdf(path))
    assert (read, notes) == ("Evidence", ())
    assert extent(seen, (0, 0, 255)) == (0.25, 0.67, 0.5, 0.83)
    assert extent(seen, (255, 0, 255)) == (0.5, 0.67, 0.75, 0.83)
    assert extent(seen, (0, 255, 0)) is None


@pytest.mark.parametrize(
    ("default", "shown"),
    [
        ({"OFF": [0]}, [False, True]),
        ({"BaseState": pikepdf.Name.OFF, "ON": [0]}, [True, False]),
        ({}, [True, True]),
    ],
)
def test_layers_that_are_hidden_stay_hidden(
    tmp_path: Path, default: dict[str, object], shown: list[bool]
) -> None:
    path = w.evidence(tmp_path / "报告.pdf", size=HIGH)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        layers = [
            pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=pikepdf.String(name)))
            for name in ("one", "two")
        ]
        chosen = {
            key: pikepdf.Array([layers[index] for index in value])
            if isinstance(value, list)
            else value
            for key, value in default.items()
        }
        pdf.Root.OCProperties = pikepdf.Dictionary(
            OCGs=pikepdf.Array(layers), D=pikepdf.Dictionary(**chosen)
        )
        page = pdf.pages[0]
        page.Resources.Properties = pikepdf.Dictionary({f"/L{n}": layers[n] for n in (0, 1)})
        page.contents_add(
            b"/OC /L0 BDC 0 0 1 rg 100 100 100 100 re f EMC /OC /L1 BDC 1 0 1 rg 200 200 100 100 re f EMC"
        )
        pdf.save(path)  # fmt: skip
    seen, _, _ = put(tmp_path, of_pdf(path))
    colours = [(0, 0, 255), (255, 0, 255)]
    assert [extent(seen, colour) is not None for colour in colours] == shown


def test_nothing_comes_along_but_what_is_drawn(tmp_path: Path) -> None:
    path = w.evidence(tmp_path / "报告.pdf")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("SECRET-script"))
        link = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=script
        )
        pdf.Root.OpenAction = script
        pdf.Root.Metadata = pdf.make_stream(b"SECRET-metadata")
        pdf.attachments["SECRET-name"] = b"SECRET-file"
        pdf.docinfo["/Author"] = "SECRET-author"
        page = pdf.pages[0]
        page.Annots = pikepdf.Array([pdf.make_indirect(link)])
        page.AA = pikepdf.Dictionary(O=script)
        page.PieceInfo = pikepdf.Dictionary(X=pikepdf.String("SECRET-piece"))
        # Resources may refer to anything at all.
        page.Resources.Properties = pikepdf.Dictionary(Trap=pdf.Root, Other=page.obj)
        page.Resources.Font.F.Metadata = pdf.make_stream(b"SECRET-font")
        pdf.save(path)
    _, read, _ = put(tmp_path, of_pdf(path))
    assert read == "Evidence"
    with pikepdf.open(tmp_path / "out.pdf") as made:
        assert len(made.attachments) == 0
        made.save(
            tmp_path / "plain.pdf",
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.all,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    plain = (tmp_path / "plain.pdf").read_bytes()
    assert b"Evidence" in plain
    assert b"SECRET" not in plain
    assert b"JavaScript" not in plain


# ------------------------------------------------------------------------------------- fitting


side = st.floats(1, 5000)


@given(
    x=st.floats(-1000, 1000),
    y=st.floats(-1000, 1000),
    page=st.tuples(side, side),
    frame=st.tuples(side, side),
    turn=st.sampled_from([0, 90, 180, 270]),
)
def test_a_page_fits_its_frame_undistorted(
    x: float, y: float, page: tuple[float, float], frame: tuple[float, float], turn: int
) -> None:
    box = (x, y, x + page[0], y + page[1])
    matrix = fitting(box, turn, *frame)
    corners = [matrix.transform((a, b)) for a in box[::2] for b in box[1::2]]
    xs, ys = ([corner[axis] for corner in corners] for axis in (0, 1))
    assert min(xs) >= -1e-6
    assert min(ys) >= -1e-6
    assert max(xs) + min(xs) == pytest.approx(1, abs=1e-6)
    assert max(ys) + min(ys) == pytest.approx(1, abs=1e-6)
    assert max(*xs, *ys) == pytest.approx(1, abs=1e-6)
    drawn = sorted([(max(xs) - min(xs)) * frame[0], (max(ys) - min(ys)) * frame[1]])
    assert drawn[0] / drawn[1] == pytest.approx(min(page) / max(page), rel=1e-4)
