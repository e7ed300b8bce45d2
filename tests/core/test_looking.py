"""Looking at pictures: what is measured, what is told apart, and that nothing hostile gets far."""

from __future__ import annotations

import io
import itertools
import math
import struct
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from operator import mul
from pathlib import Path

import pikepdf
import pytest
from PIL import ExifTags, Image, ImageFilter

from duibiao.cli.app import run
from duibiao.document.model import Paragraph, Table
from duibiao.document.office import office_program
from duibiao.document.reading import read_document
from duibiao.document.viewing import view
from duibiao.intake import looking
from duibiao.intake.hashing import pattern
from duibiao.intake.kinds import FileKind
from duibiao.intake.looking import MOST_SCANS, look_at, look_at_all, shown
from duibiao.model.looks import Look
from duibiao.rules.engine import Status
from duibiao.rules.photos import site_photos
from duibiao.rules.pictures import BLURRED, FAINT, GREY, NEAR, SAME, STAMPED, STAMPED_STEPS
from duibiao.service import UNSEEN, Request, Service
from duibiao.testing import enterprises
from duibiao.testing.dossiers import clean_dossier
from duibiao.testing.hand_office import converted
from duibiao.testing.projects import write_project
from duibiao.testing.word import word_bytes

from .layouts import docx, paragraph, picture
from .scenes import LIKELY, SIZE, SURE, jpeg, scene

needs_office = pytest.mark.skipif(office_program() is None, reason="needs LibreOffice")

DISTINCT = 105
"""So many different pictures make 5,460 pairs."""


@pytest.fixture(scope="module")
def looks() -> list[Look]:
    return [seen(jpeg(scene(number))) for number in range(DISTINCT)]


def seen(content: bytes) -> Look:
    found = look_at(content)
    assert found is not None
    return found


def told_by_the_definition(grey: Image.Image) -> int:
    """The pattern wave by wave, each as its sum of cosines over all pixels."""
    pixels = grey.resize((64, 64), Image.Resampling.LANCZOS, reducing_gap=3.0).tobytes()
    waves = [[math.cos(math.pi * k * (2 * at + 1) / 128) for at in range(64)] for k in range(16)]
    across = [
        [sum(map(mul, wave, pixels[start : start + 64])) for wave in waves]
        for start in range(0, 4096, 64)
    ]
    signs = [
        sum(height * row[k] for height, row in zip(down, across, strict=True)) > 24
        for down in waves
        for k in range(16)
    ]
    return int("".join(map(str, map(int, [False, *signs[1:]]))), 2)


def saved(image: Image.Image, kind: str) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind)
    return stream.getvalue()


def distance(one: Look, other: Look) -> int:
    return min((one.pattern ^ pattern).bit_count() for pattern in other.patterns)


def likely(one: Look, other: Look) -> bool:
    upright = (one.pattern ^ other.pattern).bit_count()
    steps = (one.steps ^ other.steps).bit_count()
    return distance(one, other) <= NEAR or (upright <= STAMPED and steps <= STAMPED_STEPS)


# ------------------------------------------------------------------------------ telling apart


@pytest.mark.parametrize("number", range(3))
def test_the_pattern_is_what_the_cosines_say(number: int) -> None:
    grey = Image.open(io.BytesIO(jpeg(scene(number)))).convert("L")
    assert pattern(grey) == told_by_the_definition(grey)


def test_no_two_of_five_thousand_pairs_of_different_pictures_look_alike(looks: list[Look]) -> None:
    pairs = list(itertools.combinations(looks, 2))
    assert len(pairs) > 5_000
    assert [pair for pair in pairs if likely(*pair)] == []
    assert min(itertools.starmap(distance, pairs)) > 3 * SAME


@pytest.mark.parametrize("name", SURE)
def test_what_is_altered_is_surely_the_same(name: str, looks: list[Look]) -> None:
    altered = [seen(SURE[name](scene(number))) for number in range(20)]
    assert max(map(distance, altered, looks)) <= SAME


@pytest.mark.parametrize("name", LIKELY)
def test_what_is_stamped_or_cropped_is_probably_the_same(name: str, looks: list[Look]) -> None:
    altered = [seen(LIKELY[name](scene(number))) for number in range(20)]
    assert all(map(likely, altered, looks))


@pytest.mark.parametrize("size", [(40, 30), (640, 480), (1, 900), (900, 1)])
def test_a_blank_picture_is_like_none(size: tuple[int, int]) -> None:
    assert seen(jpeg(Image.new("RGB", size, "white"))).is_plain
    assert not seen(jpeg(scene(1))).is_plain


# ------------------------------------------------------------------------------------ measures


def test_the_same_file_always_looks_the_same() -> None:
    content = jpeg(scene(1))
    assert look_at(content) == look_at(content)


@pytest.mark.parametrize("kind", ["PNG", "BMP", "GIF"])
def test_other_formats_are_looked_at(kind: str, looks: list[Look]) -> None:
    found = seen(saved(scene(0), kind))
    assert (found.width, found.height) == SIZE
    assert distance(found, looks[0]) <= SAME


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_other_kinds_of_colours_are_looked_at(mode: str) -> None:
    image = (
        scene(0).convert("L").convert("I").convert(mode) if "I" in mode else scene(0).convert(mode)
    )
    assert seen(saved(image, "PNG")).width == SIZE[0]


def test_what_lets_the_paper_through_is_seen_on_white() -> None:
    glass = scene(0).convert("RGBA")
    glass.putalpha(0)
    assert seen(saved(glass, "PNG")).is_plain


def test_colour() -> None:
    assert seen(jpeg(scene(0))).chroma > 3 * FAINT
    grey = scene(0).convert("L")
    assert seen(jpeg(grey)).chroma <= GREY
    assert seen(jpeg(grey.convert("RGB"))).chroma <= GREY
    yellowed = Image.merge("RGB", (grey, grey, grey.point(lambda value: value * 0.96)))
    assert GREY < seen(jpeg(yellowed)).chroma <= FAINT


def test_sharpness() -> None:
    for number in range(10):
        assert seen(jpeg(scene(number))).sharpness > BLURRED
        blurred = scene(number).filter(ImageFilter.GaussianBlur(8))
        assert seen(jpeg(blurred)).sharpness < BLURRED


def test_sharpness_does_not_depend_on_pixels() -> None:
    large = scene(0).resize((2560, 1920), Image.Resampling.BICUBIC)
    assert seen(jpeg(large)).sharpness == pytest.approx(seen(jpeg(scene(0))).sharpness, rel=0.5)


@pytest.mark.parametrize(("orientation", "size"), [(1, SIZE), (3, SIZE), (6, SIZE[::-1])])
def test_a_picture_may_ask_to_be_turned(orientation: int, size: tuple[int, int]) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    found = seen(jpeg(scene(0), exif=exif))
    assert (found.width, found.height, found.turned) == (*size, size != SIZE)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026:07:15 09:32:11", date(2026, 7, 15)),
        ("2026:07:15", date(2026, 7, 15)),
        ("0000:00:00 00:00:00", None),
        ("2026:07", None),
        ("昨天", None),
    ],
)
def test_the_day_of_the_camera(written: str, day: date | None) -> None:
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = written
    assert seen(jpeg(scene(0), exif=exif)).taken == day


# ------------------------------------------------------------------------------------- hostile


def png(width: int, height: int, data: bytes = b"") -> bytes:
    """Return a PNG that says that it is so large."""

    def chunk(kind: bytes, inside: bytes) -> bytes:
        return (
            struct.pack(">I", len(inside))
            + kind
            + inside
            + struct.pack(">I", zlib.crc32(kind + inside))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a",
        b"\xff\xd8\xff\xe0",
        jpeg(scene(0))[:-4000],
        saved(scene(0), "PNG")[:-4000],
        saved(scene(0), "TIFF"),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        png(60_000, 60_000),
        png(0, 10),
        png(1, 30_001, zlib.compress(bytes(4 * 30_001))),
        png(8_000, 8_000, zlib.compress(b"\0" * 1_000)),
        jpeg(scene(0)) + b"\xff\xda" * (MOST_SCANS + 1),
        b"BM" + bytes(24),
    ],
)
def test_what_cannot_be_looked_at_is_told_as_such(content: bytes) -> None:
    assert (look_at(content), shown(content, 100)) == (None, None)


def test_a_picture_is_shown_upright_small_and_bare() -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Model] = "a camera"
    sideways = io.BytesIO()
    scene(1).resize((400, 200)).save(sideways, "JPEG", exif=exif, comment=b"remark")
    small = shown(sideways.getvalue(), 100)
    assert small is not None
    assert b"camera" not in small
    assert b"remark" not in small
    with Image.open(io.BytesIO(small)) as image:
        assert (image.format, image.size, dict(image.getexif())) == ("JPEG", (50, 100), {})


def test_a_progressive_picture_is_looked_at() -> None:
    assert seen(jpeg(scene(0), progressive=True)).width == SIZE[0]


def test_all_pictures_of_a_package_cost_no_more_than_so_much(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pictures = [(str(number), jpeg(scene(number))) for number in range(4)]
    monkeypatch.setattr(looking, "MOST_IN_ALL", 3 * SIZE[0] * SIZE[1])
    assert list(look_at_all([("bad", b"no picture"), *pictures])) == ["0", "1", "2"]


# ----------------------------------------------------------------------------------- documents


def first_picture(
    data: bytes, kind: FileKind
) -> tuple[str, dict[str, Look], tuple[int | None, int | None]]:
    """Return key, looks and drawn size of the first picture of a document."""
    document = read_document(data, kind, "一.docx")
    paragraphs = [block for block in document.blocks if isinstance(block, Paragraph)]
    tables = [block for block in document.blocks if isinstance(block, Table)]
    paragraphs += [
        inside for table in tables for cell in table.cells() for inside in cell.paragraphs
    ]
    (shown,) = (shown for inside in paragraphs for shown in inside.pictures)
    return shown.key, view(data, kind, document, {shown.key}), (shown.width, shown.height)


def test_pictures_of_a_word_file() -> None:
    content = jpeg(scene(0))
    file = docx([paragraph(picture("p1", 8, 6))], {"p1": content})
    key, found, size = first_picture(file, FileKind.WORD)
    assert found == {key: look_at(content)}
    assert size == (2_880_000, 2_160_000)
    document = read_document(file, FileKind.WORD, "一.docx")
    assert view(file, FileKind.WORD, document, set()) == {}


@pytest.mark.parametrize(
    ("change", "size"),
    [
        (("<a:stretch>", '<a:srcRect l="25000" r="25000"/><a:stretch>'), (5_760_000, 2_160_000)),
        (("<a:stretch>", '<a:srcRect t="-10000"/><a:stretch>'), (2_880_000, 1_963_636)),
        (("<a:stretch>", '<a:srcRect l="60000" r="60000"/><a:stretch>'), (None, 2_160_000)),
        (("<a:stretch>", "<a:srcRect/><a:stretch>"), (2_880_000, 2_160_000)),
        (("<a:xfrm>", '<a:xfrm rot="5400000">'), (None, None)),
        (("<a:xfrm>", '<a:xfrm rot="0">'), (2_880_000, 2_160_000)),
    ],
)
def test_the_size_of_a_word_picture_is_that_of_the_whole(
    change: tuple[str, str], size: tuple[int | None, int | None]
) -> None:
    drawn = picture("p1", 8, 6).replace(*change)
    assert change[1] in drawn
    file = docx([paragraph(drawn)], {"p1": jpeg(scene(0))})
    assert first_picture(file, FileKind.WORD)[2] == size


def test_a_damaged_part_does_not_hide_the_others() -> None:
    good, bad = jpeg(scene(0)), jpeg(scene(1))
    shown = [paragraph(picture(name, 8, 6)) for name in ("p1", "p2")]
    whole = docx(shown, {"p1": bad, "p2": good})
    at = whole.index(b"word/media/p1.jpeg") + len("word/media/p1.jpeg") + 200
    file = whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :]
    document = read_document(file, FileKind.WORD, "一.docx")
    keys = [f"{zlib.crc32(data):08x}-{len(data)}" for data in (bad, good)]
    assert view(file, FileKind.WORD, document, set(keys)) == {keys[1]: look_at(good)}


def pdf_with(image: Image.Image, *, as_jpeg: bool) -> bytes:
    """Return a PDF with a picture on its only page."""
    data = jpeg(image) if as_jpeg else image.tobytes()
    target = io.BytesIO()
    with pikepdf.Pdf.new() as document:
        page = document.add_blank_page(page_size=(595, 842))
        stream = pikepdf.Stream(document, data)
        stream.update(
            pikepdf.Dictionary(
                Type=pikepdf.Name.XObject,
                Subtype=pikepdf.Name.Image,
                Width=image.width,
                Height=image.height,
                ColorSpace=pikepdf.Name.DeviceRGB,
                BitsPerComponent=8,
            )
        )
        if as_jpeg:
            stream.Filter = pikepdf.Name.DCTDecode
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page.Resources = pikepdf.Dictionary(
            XObject=pikepdf.Dictionary(I1=stream), Font=pikepdf.Dictionary(F1=font)
        )
        said = b"BT /F1 14 Tf 71 780 Td (Photos of dust collectors and what they are) Tj ET"
        page.Contents = document.make_stream(b"q 320 0 0 240 100 500 cm /I1 Do Q " + said)
        document.save(target)
    return target.getvalue()


@pytest.mark.parametrize("as_jpeg", [True, False])
def test_pictures_of_a_pdf_file(as_jpeg: bool, looks: list[Look]) -> None:
    key, found, size = first_picture(pdf_with(scene(0), as_jpeg=as_jpeg), FileKind.PDF)
    (only,) = found.items()
    assert only[0] == key
    assert (only[1].width, only[1].height) == SIZE
    assert distance(only[1], looks[0]) <= SAME
    assert size == (4_064_000, 3_048_000)


# ------------------------------------------------------------------------------------ packages


@pytest.fixture(scope="module")
def service() -> Service:
    return Service()


def of_pictures(service: Service, path: Path, request: Request) -> dict[str, Status]:
    outcomes = service.check(path, request).outcomes
    return {o.rule.code: o.status for o in outcomes if o.rule.topic == "pictures"}


def fine(asked: bool) -> dict[str, Status]:
    status = Status.PASSED if asked else Status.SKIPPED
    codes = [f"DB-{number}" for number in range(805, 812)]
    return {**dict.fromkeys(codes, status), "DB-812": Status.PASSED}


@pytest.mark.parametrize("asked", [True, False])
def test_photos_of_a_package_are_looked_at_unless_asked_not_to(
    service: Service, tmp_path: Path, asked: bool
) -> None:
    file = tmp_path / "材料.docx"
    file.write_bytes(word_bytes(clean_dossier("cement")))
    assert of_pictures(service, file, Request(photos=asked)) == fine(asked)
    assert (UNSEEN in service.check(file, Request(photos=asked)).reasons) is not asked


@pytest.mark.parametrize("asked", [True, False])
def test_photos_of_a_project_are_looked_at_unless_asked_not_to(
    service: Service, tmp_path: Path, asked: bool
) -> None:
    folder = write_project(enterprises.load("furniture"), tmp_path)
    assert of_pictures(service, folder, Request(photos=asked)) == fine(asked)
    assert (UNSEEN in service.check(folder, Request(photos=asked)).reasons) is not asked


def test_the_command_can_leave_photos_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "材料.docx"
    file.write_bytes(word_bytes(clean_dossier("cement")))
    for options, said in ([], False), (["--no-photos"], True):
        assert run(["check", str(file), *options]) == 1
        assert (UNSEEN in "".join(capsys.readouterr().out.split())) is said


@needs_office
@pytest.mark.parametrize("suffix", [".doc", ".odt"])
def test_photos_of_an_old_format_are_looked_at(
    service: Service, tmp_path: Path, suffix: str
) -> None:
    word = word_bytes(clean_dossier("furniture"))
    file = tmp_path / f"材料{suffix}"
    file.write_bytes(converted(word, suffix.removeprefix(".")))
    assert of_pictures(service, file, Request()) == fine(asked=True)


def test_what_was_seen_is_no_part_of_what_a_photo_is() -> None:
    """Dossiers are the same whether or not somebody looked: the look follows from the picture."""
    photo = next(site_photos(clean_dossier("cement")))
    assert photo.look is not None
    assert replace(photo, look=None) == photo


@pytest.mark.parametrize("alter", SURE.values(), ids=SURE)
def test_an_altered_copy_in_a_project_is_found(
    service: Service, tmp_path: Path, alter: Callable[[Image.Image], bytes]
) -> None:
    folder = write_project(enterprises.load("furniture"), tmp_path)
    photos = sorted((folder / "证据").rglob("现场照片.png"))
    photos[0].write_bytes(jpeg(scene(7)))
    photos[1].write_bytes(alter(scene(7)))
    outcomes = service.check(folder).outcomes
    assert [f.code for o in outcomes for f in o.findings if f.code in ("DB-802", "DB-805")] == [
        "DB-805"
    ]
