"""Pictures for Word: unchanged where that will do, else upright, small and in colours of a screen."""

import io
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pytest
from PIL import ExifTags, Image, ImageCms, ImageOps

from duibiao.document.pdf.file import open_pdf
from duibiao.model.annex import Exhibit
from duibiao.model.errors import BuildError
from duibiao.rendering import pictures
from duibiao.rendering.pictures import PictureReader, is_turned, picture_bytes
from duibiao.testing.pictures import photo

Made = Callable[..., Exhibit]


def coloured(size: tuple[int, int] = (120, 80)) -> Image.Image:
    """A picture of which every corner has its own colour."""
    image = Image.new("RGB", size, "red")
    width, height = size
    image.paste("lime", (width // 2, 0, width, height // 2))
    image.paste("blue", (0, height // 2, width // 2, height))
    image.paste("white", (width // 2, height // 2, width, height))
    return image


def corners(image: Image.Image) -> list[str]:
    """The colours of the corners, from the upper left on, as nearly as a JPEG keeps them."""
    names = {
        (1, 0, 0): "red",
        (0, 1, 0): "lime",
        (0, 0, 1): "blue",
        (1, 1, 1): "white",
        (0, 0, 0): "black",
    }
    width, height = image.size
    places = ((2, 2), (width - 3, 2), (2, height - 3), (width - 3, height - 3))
    pixels = [image.convert("RGB").getpixel(place) for place in places]
    return [
        names.get(tuple(int(value > 127) for value in pixel), str(pixel))
        for pixel in pixels
        if isinstance(pixel, tuple)
    ]


@pytest.fixture
def exhibit(tmp_path: Path) -> Made:
    def make(data: bytes, page: int | None = None, size: tuple[int, int] = (120, 80)) -> Exhibit:
        path = tmp_path / "证据图"
        path.write_bytes(data)
        return Exhibit(f"{zlib.crc32(data):08x}-{len(data)}", path, page, *size, full_page=False)

    return make


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def opened(result: tuple[bytes, str]) -> Image.Image:
    data, suffix = result
    assert suffix == ".jpg"
    image = Image.open(io.BytesIO(data))
    assert image.format == "JPEG"
    return image


@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        (saved(coloured(), "JPEG"), ".jpg"),
        (saved(coloured().convert("L"), "JPEG"), ".jpg"),
        (saved(coloured(), "PNG"), ".png"),
        (saved(coloured().convert("L"), "PNG"), ".png"),
        (saved(coloured().convert("RGBA"), "PNG"), ".png"),
        (photo("a"), ".png"),
    ],
)
def test_what_word_can_show_is_passed_through(exhibit: Made, data: bytes, suffix: str) -> None:
    assert picture_bytes(exhibit(data), longest=320) == (data, suffix)


@pytest.mark.parametrize("orientation", range(2, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_pictures_are_set_upright(exhibit: Made, orientation: int, kind: str) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    data = saved(coloured(), kind, exif=exif)
    found = opened(picture_bytes(exhibit(data)))
    wanted = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
    assert (found.size, corners(found)) == (wanted.size, corners(wanted))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "BMP"])
def test_large_pictures_are_scaled_undistorted(exhibit: Made, kind: str) -> None:
    found = opened(picture_bytes(exhibit(saved(coloured((900, 600)), kind)), longest=300))
    assert (found.size, corners(found)) == ((300, 200), ["red", "lime", "blue", "white"])


@pytest.mark.parametrize(
    ("image", "kind", "mode"),
    [
        (coloured().convert("CMYK"), "JPEG", "RGB"),
        (coloured(), "BMP", "RGB"),
        (coloured().convert("1", dither=Image.Dither.NONE), "BMP", "L"),
        (coloured().quantize(), "BMP", "RGB"),
    ],
)
def test_other_colours_become_those_of_a_screen(
    exhibit: Made, image: Image.Image, kind: str, mode: str
) -> None:
    found = opened(picture_bytes(exhibit(saved(image, kind))))
    assert found.mode == mode
    assert corners(found) == corners(image)


def test_sixteen_bits_of_grey_keep_their_shades(exhibit: Made) -> None:
    data = saved(Image.new("I;16", (20, 20), 0x8000), "PNG")
    pixel = opened(picture_bytes(exhibit(data))).getpixel((9, 9))
    assert pixel in (127, 128)


def test_what_lets_the_paper_through_is_put_on_white(exhibit: Made) -> None:
    image = Image.new("RGBA", (400, 100), (255, 0, 0, 0))
    found = opened(picture_bytes(exhibit(saved(image, "PNG")), longest=200))
    assert corners(found) == ["white"] * 4


def test_nothing_is_told_about_the_camera(exhibit: Made) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "CAMERA"
    exif[ExifTags.Base.Orientation] = 6
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = saved(coloured(), "JPEG", exif=exif, icc_profile=profile, comment=b"SECRET")
    found = opened(picture_bytes(exhibit(data)))
    assert set(found.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi"}


def test_a_page_is_drawn_at_150_dpi(exhibit: Made) -> None:
    document = pypdfium2.PdfDocument.new()
    for size in ((595, 842), (842, 595)):
        document.new_page(*size)
    data = io.BytesIO()
    document.save(data)
    sizes = [opened(picture_bytes(exhibit(data.getvalue(), page))).size for page in (1, 2)]
    assert sizes == [(1240, 1755), (1755, 1240)]
    small = opened(picture_bytes(exhibit(data.getvalue(), 2), longest=200))
    assert max(small.size) == 200


@pytest.mark.parametrize(
    ("data", "page"),
    [
        (b"", None),
        (b"no picture", None),
        (saved(coloured((900, 600)), "JPEG")[:-900], None),
        (b"no document", 1),
        (saved(coloured(), "PNG"), 1),
    ],
)
def test_a_file_that_has_changed_is_told(exhibit: Made, data: bytes, page: int | None) -> None:
    with pytest.raises(BuildError, match="“证据图”在生成时打不开"):
        picture_bytes(exhibit(data, page), longest=300)


def test_a_file_that_has_gone_is_told(exhibit: Made) -> None:
    gone = exhibit(photo("a"))
    gone.path.unlink()
    with pytest.raises(BuildError, match="请核对该文件后重新生成"):
        picture_bytes(gone)


def test_a_page_that_is_not_there_is_told(exhibit: Made) -> None:
    document = pypdfium2.PdfDocument.new()
    document.new_page(595, 842)
    data = io.BytesIO()
    document.save(data)
    with pytest.raises(BuildError):
        picture_bytes(exhibit(data.getvalue(), 2))


def test_the_same_file_gives_the_same_bytes(exhibit: Made) -> None:
    large = exhibit(saved(coloured((900, 600)), "PNG"))
    assert picture_bytes(large, longest=300) == picture_bytes(large, longest=300)


@pytest.mark.parametrize(
    ("size", "turned"),
    [((842, 595), True), ((120, 100), True), ((119, 100), False), ((595, 842), False)],
)
def test_a_wide_page_of_a_document_lies_on_its_side(
    exhibit: Made, size: tuple[int, int], turned: bool
) -> None:
    """Its head lies to the left: what was at the upper right is at the upper left."""
    image = coloured(size)
    page = replace(exhibit(saved(image, "PNG"), size=size), full_page=True)
    assert is_turned(page) is turned
    assert not is_turned(replace(page, full_page=False))
    data, suffix = picture_bytes(page)
    if turned:
        upper_left, upper_right, lower_left, lower_right = corners(image)
        seen = opened((data, suffix))
        assert seen.size == size[::-1]
        assert corners(seen) == [upper_right, lower_right, upper_left, lower_left]
    else:
        assert (data, suffix) == (saved(image, "PNG"), ".png")


def test_a_wide_page_of_a_pdf_lies_on_its_side(exhibit: Made) -> None:
    document = pypdfium2.PdfDocument.new()
    document.new_page(842, 595)
    data = io.BytesIO()
    document.save(data)
    page = replace(exhibit(data.getvalue(), 1, (842, 595)), full_page=True)
    assert opened(picture_bytes(page)).size == (1240, 1755)


def test_a_pdf_is_opened_once_for_its_pages(exhibit: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    document = pypdfium2.PdfDocument.new()
    for _ in range(3):
        document.new_page(60, 80)
    data = io.BytesIO()
    document.save(data)
    first = exhibit(data.getvalue(), 1)
    other = replace(first, path=first.path.with_name("另一份"))
    other.path.write_bytes(data.getvalue())
    opened_files: list[str] = []

    def counting(path: Path, name: str) -> Any:
        opened_files.append(name)
        return open_pdf(path, name)

    monkeypatch.setattr(pictures, "open_pdf", counting)
    with PictureReader() as read:
        for number in (1, 2, 3):
            assert read(replace(first, page=number)) == read(first)
        read(other)
    assert opened_files == ["证据图", "另一份"]
    with open_pdf(first.path, "证据图") as again:
        assert len(again.handle) == 3
