"""Pages of evidence become drawings of our PDF: text and lines as they are, at the size of their frame.

Nothing comes along but what is drawn: no scripts, files, links or metadata. What is drawn above a page (stamps,
filled-in form fields, signatures) is made part of it. Layers keep what they hide.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf

_RESET = b"/State gs [] 0 d 0 g 0 G 0 Tc 0 Tw 100 Tz 0 TL 0 Tr 0 Ts\n"
_STATE: dict[str, Any] = {
    "/Type": pikepdf.Name.ExtGState,
    "/BM": pikepdf.Name.Normal, "/SMask": pikepdf.Name("/None"), "/CA": 1, "/ca": 1, "/AIS": False,
    "/OP": False, "/op": False, "/OPM": 0, "/LW": 1, "/LC": 0, "/LJ": 0, "/ML": 10,
}  # fmt: skip
_NEVER = frozenset(
    {"/Catalog", "/Pages", "/Page", "/Annot", "/Action", "/Filespec", "/EmbeddedFile"}
)
_NEVER_KEYS = (
    "/Metadata", "/PieceInfo", "/StructParent", "/StructParents", "/Ref", "/OPI", "/Alternates",
    "/JS", "/JavaScript", "/EF", "/AF", "/AcroForm", "/Annots",
)  # fmt: skip
_TURNS = {0: (1, 0, 0, 1), 90: (0, -1, 1, 0), 180: (-1, 0, 0, -1), 270: (0, 1, -1, 0)}
"""Clockwise turn → the first four numbers of its matrix."""

_BETTER = 1.05
"""A page is turned where that makes it larger by this factor at least."""

_DEEPEST = 50


@dataclass(slots=True)
class Evidence:
    """The PDF files of the evidence, each opened once; they stay open until the target is saved.

    Attributes:
        target: The PDF that takes their pages.
    """

    target: pikepdf.Pdf
    _opened: dict[Path, pikepdf.Pdf] = field(default_factory=dict)
    _hidden: list[pikepdf.Object] = field(default_factory=list)
    _layers: list[pikepdf.Object] = field(default_factory=list)
    _seen: set[tuple[int, int]] = field(default_factory=set)

    def form(self, path: Path, number: int, width: float, height: float) -> pikepdf.Object:
        """Return a page as a drawing for a frame: it fills the unit square as far as its proportions allow.

        Args:
            path: The PDF file; a password is not asked for.
            number: Its page, from 1.
            width: Width of the frame.
            height: Its height, in the same unit.

        Raises:
            pikepdf.PdfError: The file or the page is damaged.
            ValueError: There is no such page, or it has no extent.
        """
        source = self._open(path)
        if not 1 <= number <= len(source.pages):
            raise ValueError(f"no page {number}")
        page = source.pages[number - 1]
        box, turn = _visible(page), _turn(page)
        _read(source, page)
        drawing = self.target.copy_foreign(page.as_form_xobject(handle_transformations=False))
        drawing.BBox = list(box)
        for key in ("/Matrix", *_NEVER_KEYS):
            if key in drawing:
                del drawing[key]
        _cleanse(drawing, self._seen)
        matrix = fitting(box, turn, width, height).shorthand
        return self.target.make_stream(
            _RESET + b" ".join(b"%.9f" % number for number in matrix) + b" cm /Page Do\n",
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Form,
            BBox=[0, 0, 1, 1],
            Resources={"/XObject": {"/Page": drawing}, "/ExtGState": {"/State": _STATE}},
        )

    def keep_layers(self) -> None:
        """Tell the target which layers of the evidence are hidden."""
        if self._layers:
            self.target.Root.OCProperties = {
                "/OCGs": self._layers,
                "/D": {"/OFF": self._hidden, "/Order": []},
            }

    def close(self) -> None:
        """Close the files."""
        for pdf in self._opened.values():
            pdf.close()

    def _open(self, path: Path) -> pikepdf.Pdf:
        if path not in self._opened:
            pdf = self._opened[path] = pikepdf.open(path)
            if any("/Annots" in page for page in pdf.pages):
                if "/AcroForm" in pdf.Root:
                    pdf.generate_appearance_streams()
                pdf.flatten_annotations("screen")
            self._take_layers(pdf)
        return self._opened[path]

    def _take_layers(self, pdf: pikepdf.Pdf) -> None:
        layers = pdf.Root.get("/OCProperties")
        if layers is None:
            return
        default: Any = layers.get("/D", {})
        shown = {layer.objgen for layer in default.get("/ON", [])}
        hidden = {layer.objgen for layer in default.get("/OFF", [])}
        for layer in layers.get("/OCGs", []):
            copied = self.target.copy_foreign(layer)
            self._layers.append(copied)
            off = default.get("/BaseState") == "/OFF" and layer.objgen not in shown
            if off or layer.objgen in hidden:
                self._hidden.append(copied)


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


def _read(source: pikepdf.Pdf, page: pikepdf.Page) -> None:
    """Read the content of a page once: what is damaged is to be told now, not when all is saved."""
    page.contents_coalesce()
    source.get_warnings()
    if (content := page.obj.get("/Contents")) is not None:
        content.read_bytes()
    if source.get_warnings():
        raise ValueError("damaged content")


def _visible(page: pikepdf.Page) -> tuple[float, float, float, float]:
    """Return what a viewer shows of a page: its crop box, within the sheet."""
    sheet, crop = pikepdf.Rectangle(page.mediabox), pikepdf.Rectangle(page.cropbox)
    left, bottom = max(sheet.llx, crop.llx), max(sheet.lly, crop.lly)
    right, top = min(sheet.urx, crop.urx), min(sheet.ury, crop.ury)
    if right <= left or top <= bottom:
        left, bottom, right, top = sheet.llx, sheet.lly, sheet.urx, sheet.ury
    if right <= left or top <= bottom:
        raise ValueError("no extent")
    return left, bottom, right, top


def _turn(page: pikepdf.Page) -> int:
    """Return by how much a page is turned clockwise, itself or by what it inherits."""
    node: Any = page.obj
    for _ in range(_DEEPEST):
        if node is None or "/Rotate" in node:
            break
        node = node.get("/Parent")
    return int(node.Rotate) // 90 * 90 % 360 if node is not None and "/Rotate" in node else 0


def _cleanse(root: pikepdf.Object, seen: set[tuple[int, int]]) -> None:
    """Remove from a drawing whatever is not needed for drawing it."""
    waiting: list[Any] = [root]
    while waiting:
        item = waiting.pop()
        if isinstance(item, pikepdf.Array):
            waiting.extend(child for child in item.as_list() if _is_container(child))
            continue
        if item.is_indirect:
            if item.objgen in seen:
                continue
            seen.add(item.objgen)
        for key in list(item.keys()):
            child = item.get(key)
            if key in _NEVER_KEYS or (_is_dictionary(child) and str(child.get("/Type")) in _NEVER):
                del item[key]
            elif _is_container(child):
                waiting.append(child)


def _is_container(item: Any) -> bool:
    return isinstance(item, pikepdf.Array) or _is_dictionary(item)


def _is_dictionary(item: Any) -> bool:
    return isinstance(item, pikepdf.Dictionary | pikepdf.Stream)
