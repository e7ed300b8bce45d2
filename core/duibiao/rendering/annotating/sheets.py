"""A page of a PDF file: from points as they are shown, from the upper left corner, to the coordinates of the file."""

from __future__ import annotations

from duibiao.model.location import Box


class Sheet:
    """What undoes `duibiao.document.pdf.shapes.View`.

    Attributes:
        width: Width in points as shown.
        height: Height in points as shown.
    """

    def __init__(self, crop: tuple[float, float, float, float], rotation: int) -> None:
        """Take the part of the page that is shown and its rotation, a multiple of 90 degrees."""
        self._left, self._bottom = min(crop[0], crop[2]), min(crop[1], crop[3])
        self._right, self._top = max(crop[0], crop[2]), max(crop[1], crop[3])
        self._rotation = rotation % 360
        sides = (self._right - self._left, self._top - self._bottom)
        self.width, self.height = sides if self._rotation % 180 == 0 else sides[::-1]

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return the coordinates of a point."""
        match self._rotation:
            case 90:
                return self._left + y, self._bottom + x
            case 180:
                return self._right - x, self._bottom + y
            case 270:
                return self._right - y, self._top - x
            case _:
                return self._left + x, self._top - y

    def corners(self, box: Box) -> list[float]:
        """Return the coordinates of upper left, upper right, lower left and lower right, as viewers want them."""
        left, top, right, bottom = box
        points = [
            self.point(x, y)
            for x, y in ((left, top), (right, top), (left, bottom), (right, bottom))
        ]
        return [round(value, 2) for point in points for value in point]

    def rectangle(self, box: Box) -> Box:
        """Return left, bottom, right and top in the coordinates of the file."""
        numbers = self.corners(box)
        xs, ys = numbers[::2], numbers[1::2]
        return min(xs), min(ys), max(xs), max(ys)
