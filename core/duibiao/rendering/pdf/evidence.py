"""Pages of evidence become drawings of our PDF: text and lines as they are, at the size of their frame.

Nothing comes along but what is drawn: no scripts, files, links or metadata. What is drawn above a page (stamps,
filled-in form fields, signatures) is made part of it. Layers keep what they hide.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf

from duibiao.rendering.pdf.fitting import fitting, turn_of, visible

logging.getLogger("pikepdf").addHandler(logging.NullHandler())
"""What it says about damaged files in English is for those who ask for logs; users get our notes."""

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
        box, turn = visible(page), turn_of(page)
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


def _read(source: pikepdf.Pdf, page: pikepdf.Page) -> None:
    """Read the content of a page once: what is damaged is to be told now, not when all is saved."""
    page.contents_coalesce()
    source.get_warnings()
    if (content := page.obj.get("/Contents")) is not None:
        content.read_bytes()
    if source.get_warnings():
        raise ValueError("damaged content")


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
