"""申报材料.pdf: photos unchanged, evidence as drawings in its frames, nothing else carried along, the same bytes."""

from __future__ import annotations

import io
import zlib
from collections.abc import Mapping
from functools import reduce
from pathlib import Path

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops

from duibiao.document.office import office_program
from duibiao.intake.pdfium import PDFIUM
from duibiao.model.errors import BuildError
from duibiao.rendering.pdf.assembling import Filling, Imprint, assemble
from duibiao.rendering.pdf.evidence import fitting
from duibiao.rendering.placeholders import placeholder
from duibiao.rendering.settling import Pages, settle

from . import layouts as w

needs_office = pytest.mark.skipif(office_program() is None, reason="needs LibreOffice")
IMPRINT = Imprint("豫东水泥有限公司申报材料", "豫东水泥有限公司")
HIGH, WIDE = (400.0, 600.0), (600.0, 400.0)
FRAME_AT = (50, 100)
SHEET = (700, 842)
JPEG = w.photo((80, 60), (90, 160, 90))


def layout(frames: Mapping[str, tuple[float, float]], before: bytes = b"0.1 w\n") -> bytes:
    """Return a layout as LibreOffice makes it: a page for each frame, one dictionary of pictures for all."""
    pdf = pikepdf.new()
    pictures = pikepdf.Dictionary()
    for number, key in enumerate(frames):
        with Image.open(io.BytesIO(placeholder(key))) as blank:
            pixels = blank.convert("RGB").tobytes()
        pictures[f"/Im{number}"] = pdf.make_stream(
            pixels, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=8, Height=1,
            ColorSpace=pikepdf.Name.DeviceRGB, BitsPerComponent=8,
        )  # fmt: skip
    resources = pdf.make_indirect(pikepdf.Dictionary(XObject=pictures))
    for number, (width, height) in enumerate(frames.values()):
        x, y = FRAME_AT
        drawn = b"%bq 0 0 %d %d re\nW* n\n" % (before, *SHEET)
        drawn += b"q 2 0 0 2 0 0 cm %.2f 0 0 %.2f %.2f %.2f cm /Im%d Do Q\nQ\n" % (
            width / 2, height / 2, x / 2, y / 2, number,
        )  # fmt: skip
        page = pikepdf.Dictionary(
            Type=pikepdf.Name.Page,
            MediaBox=[0, 0, *SHEET],
            Resources=resources,
            Contents=pdf.make_stream(drawn),
        )
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    made = io.BytesIO()
    pdf.save(made)
    return made.getvalue()


def of_pdf(path: Path, page: int = 1) -> Filling:
    return Filling(f"《{path.name}》第{page}页", lambda: JPEG, path, page)


def of_picture(data: bytes) -> Filling:
    return Filling("照片", lambda: data)


def put(
    folder: Path, filling: Filling, frame: tuple[float, float] = HIGH, before: bytes = b""
) -> tuple[Image.Image, str, tuple[str, ...]]:
    """Put one filling into one frame; return what is seen in it, what is read on the page, and the notes."""
    target = folder / "out.pdf"
    notes = assemble(layout({"a": frame}, before), {"a": filling}, target, IMPRINT)
    with PDFIUM:
        document = pypdfium2.PdfDocument(target)
        page = document[0]
        seen = page.render(scale=1).to_pil().convert("RGB")
        read = page.get_textpage().get_text_range()
        document.close()
    x, y = FRAME_AT
    box = (x, SHEET[1] - y - frame[1], x + frame[0], SHEET[1] - y)
    return seen.crop(tuple(map(round, box))), read, notes


def extent(
    seen: Image.Image, colour: tuple[int, int, int], *, exact: int = 60
) -> tuple[float, ...] | None:
    """Return where a colour is seen: left, top, right, bottom as shares of the frame, to a hundredth."""
    apart = ImageChops.difference(seen, Image.new("RGB", seen.size, colour))
    worst = reduce(ImageChops.lighter, apart.split())
    mask = worst.point([255 * (value < exact) for value in range(256)])
    box = mask.getbbox()
    return box and tuple(
        round(place / side, 2) for place, side in zip(box, seen.size * 2, strict=True)
    )


RED, BLACK, GREEN = (255, 0, 0), (0, 0, 0), (90, 160, 90)


# ------------------------------------------------------------------------------------- pictures


def pictures_of(path: Path) -> list[pikepdf.Stream]:
    with pikepdf.open(path) as pdf:
        found = pdf.pages[0].resources.XObject.values()
        return [picture for picture in found if isinstance(picture, pikepdf.Stream)]


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
