"""Layouts with blanks as LibreOffice makes them, what is put into them, and what is seen then."""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import reduce
from pathlib import Path

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
from PIL import Image, ImageChops

from duibiao.intake.pdfium import PDFIUM
from duibiao.rendering.pdf.assembling import Filling, Imprint, assemble
from duibiao.rendering.placeholders import placeholder

from .layouts import photo

IMPRINT = Imprint("豫东水泥有限公司申报材料", "豫东水泥有限公司")
HIGH, WIDE = (400.0, 600.0), (600.0, 400.0)
FRAME_AT = (50, 100)
SHEET = (700, 842)
RED, BLACK, GREEN = (255, 0, 0), (0, 0, 0), (90, 160, 90)
JPEG = photo((80, 60), GREEN)


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
