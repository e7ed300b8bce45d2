"""How a page of evidence lies in its frame: upright, whole, undistorted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pikepdf

_TURNS = {0: (1, 0, 0, 1), 90: (0, -1, 1, 0), 180: (-1, 0, 0, -1), 270: (0, 1, -1, 0)}
"""Clockwise turn → the first four numbers of its matrix."""

_BETTER = 1.05
"""A page is turned where that makes it larger by this factor at least."""

_DEEPEST = 50
"""Folders of pages within each other that are looked through for what a page inherits."""


def fitting(
    box: tuple[float, float, float, float], turn: int, width: float, height: float
) -> pikepdf.Matrix:
    """Return the matrix that puts a page into the unit square as it looks best in a frame.

    It is centred and keeps its proportions; a wide page in a high frame (or the other way round) is turned so that
    its head lies to the left, where the package is bound.

    Args:
        box: What is visible of it: left, bottom, right, top.
        turn: How far it is turned clockwise to be read, in degrees.
        width: Width of the frame.
        height: Its height, in the same unit.
    """
    upright, lying = (_Turned.of(box, (turn + more) % 360) for more in (0, 270))
    turned = lying.scale(width, height) >= _BETTER * upright.scale(width, height)
    best = lying if turned else upright
    scale = best.scale(width, height)
    return best.matrix @ pikepdf.Matrix(scale / width, 0, 0, scale / height, 0.5, 0.5)


@dataclass(frozen=True, slots=True)
class _Turned:
    """A page turned, with its middle at the origin."""

    matrix: pikepdf.Matrix
    across: float
    up: float

    @classmethod
    def of(cls, box: tuple[float, float, float, float], turn: int) -> _Turned:
        middle = pikepdf.Matrix(1, 0, 0, 1, -(box[0] + box[2]) / 2, -(box[1] + box[3]) / 2)
        across, up = box[2] - box[0], box[3] - box[1]
        if turn in (90, 270):
            across, up = up, across
        return cls(middle @ pikepdf.Matrix(*_TURNS[turn], 0, 0), across, up)

    def scale(self, width: float, height: float) -> float:
        return min(width / self.across, height / self.up)


def visible(page: pikepdf.Page) -> tuple[float, float, float, float]:
    """Return what a viewer shows of a page: its crop box, within the sheet."""
    sheet, crop = pikepdf.Rectangle(page.mediabox), pikepdf.Rectangle(page.cropbox)
    left, bottom = max(sheet.llx, crop.llx), max(sheet.lly, crop.lly)
    right, top = min(sheet.urx, crop.urx), min(sheet.ury, crop.ury)
    if right <= left or top <= bottom:
        left, bottom, right, top = sheet.llx, sheet.lly, sheet.urx, sheet.ury
    if right <= left or top <= bottom:
        raise ValueError("no extent")
    return left, bottom, right, top


def turn_of(page: pikepdf.Page) -> int:
    """Return by how much a page is turned clockwise, itself or by what it inherits."""
    node: Any = page.obj
    for _ in range(_DEEPEST):
        if node is None or "/Rotate" in node:
            break
        node = node.get("/Parent")
    return int(node.Rotate) // 90 * 90 % 360 if node is not None and "/Rotate" in node else 0
