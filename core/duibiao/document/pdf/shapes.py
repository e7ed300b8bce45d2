"""Coordinates of a PDF page, and the ruled lines among its paths."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from duibiao.model.location import Box

THICKEST = 3.5
"""Thickness in points up to which a bar is a line."""

_MAX_SEGMENTS = 20_000
_STRAIGHT = 0.5


class Matrix(NamedTuple):
    """An affine map, its numbers in the order of the PDF specification."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    @classmethod
    def of(cls, item: Any) -> Matrix:
        """Return the matrix of a page object."""
        found = pdfium.FS_MATRIX()
        if not pdfium.FPDFPageObj_GetMatrix(item, found):
            return IDENTITY
        return cls(found.a, found.b, found.c, found.d, found.e, found.f)

    def apply(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point comes to lie."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def then(self, outer: Matrix) -> Matrix:
        """Return the map that does this one first."""
        e, f = outer.apply(self.e, self.f)
        return Matrix(
            self.a * outer.a + self.b * outer.c,
            self.a * outer.b + self.b * outer.d,
            self.c * outer.a + self.d * outer.c,
            self.c * outer.b + self.d * outer.d,
            e,
            f,
        )


IDENTITY = Matrix(1, 0, 0, 1, 0, 0)


class View:
    """How a page is shown: from the coordinates of the file to points from the upper left corner."""

    def __init__(self, crop: tuple[float, float, float, float], rotation: int) -> None:
        """Take the part of the page that is shown and its rotation, a multiple of 90 degrees."""
        self._left, self._bottom = min(crop[0], crop[2]), min(crop[1], crop[3])
        self._right, self._top = max(crop[0], crop[2]), max(crop[1], crop[3])
        self._rotation = rotation % 360
        sides = (self._right - self._left, self._top - self._bottom)
        self.width, self.height = sides if self._rotation % 180 == 0 else sides[::-1]

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point is shown."""
        match self._rotation:
            case 90:
                return y - self._bottom, x - self._left
            case 180:
                return self._right - x, y - self._bottom
            case 270:
                return self._top - y, self._right - x
            case _:
                return x - self._left, self._top - y

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return where a rectangle is shown."""
        x0, y0 = self.point(left, bottom)
        x1, y1 = self.point(right, top)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def bounds(self, item: Any, outer: Matrix) -> Box:
        """Return where a page object is shown."""
        sides = [ctypes.c_float() for _ in range(4)]
        pdfium.FPDFPageObj_GetBounds(item, *sides)
        left, bottom, right, top = (side.value for side in sides)
        if outer is IDENTITY:
            return self.box(left, bottom, right, top)
        corners = [outer.apply(x, y) for x in (left, right) for y in (bottom, top)]
        xs, ys = zip(*corners, strict=True)
        return self.box(min(xs), min(ys), max(xs), max(ys))

    def clipped(self, box: Box) -> Box:
        """Return the part of a box that is on the page."""
        left, top = max(box[0], 0.0), max(box[1], 0.0)
        return left, top, min(box[2], self.width), min(box[3], self.height)

    def holds(self, box: Box) -> bool:
        """Return whether the middle of a box is on the page."""
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        return 0 <= x <= self.width and 0 <= y <= self.height


def rules_of(item: Any, outer: Matrix, view: View) -> Iterator[Box]:
    """Yield the horizontal and vertical lines that a path draws, as thin boxes."""
    box = view.bounds(item, outer)
    if _is_thin(box):
        yield box
        return
    count = pdfium.FPDFPath_CountSegments(item)
    if not 2 <= count <= _MAX_SEGMENTS:
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, fill, stroke)
    matrix = Matrix.of(item).then(outer)
    for points in _outlines(item, count, matrix, view):
        xs, ys = zip(*points, strict=True)
        whole = (min(xs), min(ys), max(xs), max(ys))
        if _is_thin(whole):
            yield whole
        elif stroke.value:
            for (x0, y0), (x1, y1) in pairwise(points):
                if abs(x0 - x1) < _STRAIGHT or abs(y0 - y1) < _STRAIGHT:
                    yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _outlines(
    item: Any, count: int, matrix: Matrix, view: View
) -> Iterator[list[tuple[float, float]]]:
    """Yield the parts of a path that consist of straight lines only, closed where they are."""
    points: list[tuple[float, float]] = []
    straight = True
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if straight and len(points) > 1:
                yield points
            points, straight = [], True
        elif kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            straight = False
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        points.append(view.point(*matrix.apply(x.value, y.value)))
        if pdfium.FPDFPathSegment_GetClose(segment) and len(points) > 1:
            points.append(points[0])
    if straight and len(points) > 1:
        yield points


def _is_thin(box: Box) -> bool:
    width, height = box[2] - box[0], box[3] - box[1]
    return min(width, height) <= THICKEST < max(width, height)
