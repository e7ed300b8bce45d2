"""Pictures of the view: photos in equal frames, two or six a page, and documents that take whole pages.

Every picture is drawn as large as its frame allows, with its own proportions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

from duibiao.model.annex import Annex, Exhibit
from duibiao.model.emissions import Photo
from duibiao.model.errors import BuildError
from duibiao.rendering.drawing import Drawing
from duibiao.rendering.pictures import is_turned, picture_bytes
from duibiao.rendering.view.tables import text_of

MM = 36_000
"""EMU a millimetre."""

Frame = tuple[int, int]

LARGE: Frame = (150 * MM, 84 * MM)
"""Frame of a photo where two stand on a page, below a heading and `FEW_LINES` lines if need be."""

SMALL: Frame = (74 * MM, 50 * MM)
"""Frame of a photo where six stand on a page, likewise."""

FEW_LINES = 2
"""Most lines of text that leave room for the photos on the page of a heading."""

SHEET: Frame = (182 * MM, 238 * MM)
"""Frame of a page of a document."""

CHART: Frame = (150 * MM, 170 * MM)
"""Frame of a flow chart."""

SEAL: Frame = (38 * MM, 38 * MM)
SIGNATURE: Frame = (38 * MM, 14 * MM)

FEW = 6
"""Most photos that a section shows two a page; more of them stand six a page."""

Read = Callable[[Exhibit], tuple[bytes, str]]
"""Gives the bytes of an exhibit and their suffix, ``.jpg`` or ``.png``."""

_TURNED = (5, 6, 7, 8)
"""EXIF orientations of pictures that lie on their side."""


@dataclass(slots=True)
class Pictures:
    """Draws the exhibits of an annex.

    Attributes:
        annex: What stands behind the photos.
        read: How their files are read.
    """

    annex: Annex
    read: Read = field(default=picture_bytes)

    def full_page(self, photo: Photo) -> bool:
        """Return whether a photo takes a page of its own."""
        exhibit = self._exhibit(photo)
        return exhibit is not None and exhibit.full_page

    def group(self, photo: Photo) -> int:
        """Return the group of a photo's exhibit; 0 without one."""
        exhibit = self._exhibit(photo)
        return exhibit.group if exhibit else 0

    def photo(self, photo: Photo, frame: Frame) -> dict[str, object]:
        """Return a photo in its frame; without a picture where there is none."""
        exhibit = self._exhibit(photo)
        caption = text_of(photo.caption)
        return {"picture": self._drawn(exhibit, frame, caption), "caption": caption}

    def album(self, photos: Sequence[Photo], *, new_page: bool) -> dict[str, object] | None:
        """Return the photos of a section or an item in equal frames, or None where there are none.

        Up to `FEW` photos stand two a page, so that details can be seen; more of them stand six a page.
        """
        if not photos:
            return None
        few = len(photos) <= FEW
        shown = [self.photo(photo, LARGE if few else SMALL) for photo in photos]
        blank: dict[str, object] = {"picture": None, "caption": ""}
        pairs = [
            {"left": left, "right": right}
            for left, right in zip(shown[::2], [*shown[1::2], blank], strict=False)
        ]
        return {
            "per_page": 2 if few else 6,
            "new_page": new_page,
            "photos": shown if few else [],
            "pairs": [] if few else pairs,
        }

    def documents(self, photos: Sequence[Photo]) -> list[dict[str, object]]:
        """Return pages of documents, a page each; wide ones lie on their side, their head to the left."""
        return [self.photo(photo, SHEET) for photo in photos]

    def figures(self) -> list[dict[str, object]]:
        """Return the flow charts of 四、3.2."""
        return [self.photo(photo, CHART) for photo in self.annex.figures]

    def seal(self) -> Drawing | None:
        """Return the seal, or None.

        Raises:
            BuildError: It cannot be read.
        """
        return self._stamp(self.annex.seal, SEAL, "公章")

    def signature(self) -> Drawing | None:
        """Return the legal person's signature, or None.

        Raises:
            BuildError: It cannot be read.
        """
        return self._stamp(self.annex.signature, SIGNATURE, "签字")

    def _exhibit(self, photo: Photo) -> Exhibit | None:
        exhibits: Mapping[str, Exhibit] = self.annex.exhibits
        return exhibits.get(photo.picture) if photo.picture else None

    def _stamp(self, path: Path | None, frame: Frame, name: str) -> Drawing | None:
        if path is None:
            return None
        try:
            with Image.open(path) as image:
                width, height = image.size
                if image.getexif().get(0x0112) in _TURNED:
                    width, height = height, width
        except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
            raise BuildError(
                f"{name}图片 {path.name} 无法读取；请换成清晰的 PNG 或 JPG 图片后重新编制"
            ) from error
        return self._drawn(Exhibit(name, path, None, width, height, full_page=False), frame, name)

    def _drawn(self, exhibit: Exhibit | None, frame: Frame, description: str) -> Drawing | None:
        if exhibit is None:
            return None
        size = exhibit.width, exhibit.height
        width, height = fitted(size[::-1] if is_turned(exhibit) else size, frame)
        return Drawing(
            lambda: self.read(exhibit), width, height, f"exhibit:{exhibit.key}", description
        )


def fitted(size: tuple[int, int], frame: Frame) -> Frame:
    """Return the largest extent with the proportions of `size` that stands in `frame`, in EMU.

    Args:
        size: Width and height in any unit.
        frame: Width and height of the frame in EMU.
    """
    width, height = max(1, size[0]), max(1, size[1])
    if width * frame[1] >= height * frame[0]:
        return frame[0], max(1, round(frame[0] * height / width))
    return max(1, round(frame[1] * width / height)), frame[1]
