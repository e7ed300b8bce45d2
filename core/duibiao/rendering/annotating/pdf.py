"""PDF files: findings become highlights at their box and notes on their page; nothing else is changed."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, BinaryIO

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from duibiao.document.pdf.file import RESAVE_PDF, open_pdf
from duibiao.intake.refusal import refusal
from duibiao.model.errors import IntakeError
from duibiao.model.location import Box, Location
from duibiao.rendering.annotating.notes import Done, Note, pinned
from duibiao.rendering.annotating.sheets import Sheet
from duibiao.reports.model import CheckReport
from duibiao.rules.definition import Severity

Spot = tuple[int, Box | None]
"""A page, from 1, and the place on it; None where only the page is known."""

_COLOURS = {
    Severity.ERROR: (1, 0.6, 0.55),
    Severity.WARNING: (1, 0.87, 0.4),
    Severity.REVIEW: (0.85, 0.72, 1),
    Severity.INFO: (0.65, 0.87, 1),
    None: (0.65, 0.9, 0.65),
}
_PRINTED, _FIXED = 4, 4 + 8 + 16  # flags: printed; of one size and upright besides
_ICON, _STEP, _PER_COLUMN = 18.0, 24.0, 30
_POPUP = (220.0, 140.0)


def annotate_pdf(data: bytes, name: str, report: CheckReport, target: BinaryIO) -> Done:
    """Write a PDF file with the findings of its report as annotations; the same input gives the same bytes.

    Args:
        data: The file.
        name: Its name as the user knows it, for messages.
        report: What was found in it.
        target: Where to.

    Returns:
        What was done.

    Raises:
        IntakeError: The file cannot be read, is damaged, or forbids comments.
    """
    with open_pdf(data, name) as upload:
        sheets = [Sheet(page.get_cropbox(), page.get_rotation()) for page in upload.handle]

    def find(at: Location) -> Spot | None:
        return (at.page, at.box) if at.page is not None and 1 <= at.page <= len(sheets) else None

    found = pinned(report, find)
    placed: list[tuple[Spot, Note]] = [((1, None), found.summary), *found.notes]
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if not pdf.allow.modify_annotation:
                reason = "文件限制了添加批注的权限"
                raise refusal(name, reason, "请由编制单位提供没有权限限制的 PDF")
            if len(pdf.pages) != len(sheets):
                raise _damaged(name)
            remarks = tuple(_remarks(pdf))
            _Writer(pdf, sheets, report.judge.day).write(placed)
            pdf.save(
                target,
                compress_streams=False,
                stream_decode_level=pikepdf.StreamDecodeLevel.none,
                deterministic_id=True,
            )
    except (pikepdf.PdfError, pikepdf.PasswordError) as error:
        raise _damaged(name) from error
    return Done(found.placed, found.apart, remarks)


def _damaged(name: str) -> IntakeError:
    return refusal(name, "PDF 的结构有损坏，批注写不进去", RESAVE_PDF)


def _remarks(pdf: pikepdf.Pdf) -> Iterator[str]:
    form: Any = pdf.Root.get("/AcroForm")
    flags = form.get("/SigFlags") if isinstance(form, Dictionary) else None
    if isinstance(flags, int) and flags & 1:
        yield "文件带有数字签名；批注件加了批注，其中的签名不再有效，原件的签名不受影响"
    if pdf.is_encrypted:
        yield "文件设有权限限制（无打开密码）；批注件没有保留这些限制"


class _Writer:
    """Adds annotations to the pages of one file."""

    def __init__(self, pdf: pikepdf.Pdf, sheets: Sequence[Sheet], day: date) -> None:
        self._pdf, self._sheets = pdf, sheets
        self._day = f"D:{day.isoformat().replace('-', '')}000000Z"
        self._icons: Counter[int] = Counter()

    def write(self, placed: Sequence[tuple[Spot, Note]]) -> None:
        """Write all notes; those of one page in the order given."""
        added: dict[int, list[Any]] = {}
        for number, ((page, box), note) in enumerate(placed, 1):
            made = self._icon(page, note) if box is None else self._highlight(page, box, note)
            made |= {"/NM": String(f"duibiao-{number:04}")}
            annotation = self._pdf.make_indirect(Dictionary(made))
            popup = self._popup(page, box, annotation)
            annotation.Popup = popup
            added.setdefault(page, []).extend((annotation, popup))
        for page, new in added.items():
            sheet: Any = self._pdf.pages[page - 1].obj
            known = sheet.get("/Annots")
            sheet.Annots = Array([*(known if isinstance(known, Array) else ()), *new])

    def _highlight(self, page: int, box: Box, note: Note) -> dict[str, Any]:
        sheet, colour = self._sheets[page - 1], _COLOURS[note.severity]
        rectangle = sheet.rectangle(box)
        left, bottom, right, top = rectangle
        drawn = _operands(*colour, "rg", left, bottom, right - left, top - bottom, "re", "f")
        return self._common(note, rectangle, f"/M gs {drawn}") | {
            "/Subtype": Name.Highlight,
            "/QuadPoints": Array(sheet.corners(box)),
            "/F": _PRINTED,
        }

    def _icon(self, page: int, note: Note) -> dict[str, Any]:
        """Return a note that stands in the margin, below those before it."""
        column, row = divmod(self._icons[page], _PER_COLUMN)
        self._icons[page] += 1
        left, top = 6 + column * _STEP, 6 + row * _STEP
        rectangle = self._sheets[page - 1].rectangle((left, top, left + _ICON, top + _ICON))
        x, y = rectangle[:2]
        lines = [_operands(x + 4, y + 5 + 4 * n, "m", x + 14, y + 5 + 4 * n, "l") for n in range(3)]
        frame = _operands(x + 0.5, y + 0.5, _ICON - 1, _ICON - 1, "re", "B")
        fill = _operands(*_COLOURS[note.severity], "rg")
        return self._common(note, rectangle, f"{fill} {frame} {' '.join(lines)} S") | {
            "/Subtype": Name.Text,
            "/Name": Name.Comment,
            "/F": _FIXED,
        }

    def _common(self, note: Note, rectangle: Box, drawing: str) -> dict[str, Any]:
        looks = Dictionary(M=Dictionary(Type=Name.ExtGState, BM=Name.Multiply))
        form = Dictionary(
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array(rectangle),
            Resources=Dictionary(ExtGState=looks),
        )
        return {
            "/Type": Name.Annot,
            "/Rect": Array(rectangle),
            "/Contents": String("\n".join(note.lines)),
            "/T": String(note.author),
            "/C": Array(_COLOURS[note.severity]),
            "/M": String(self._day),
            "/CreationDate": String(self._day),
            "/AP": Dictionary(N=self._pdf.make_stream(drawing.encode(), form)),
        }

    def _popup(self, page: int, box: Box | None, parent: Any) -> Any:
        sheet = self._sheets[page - 1]
        left, top = (box[2], box[1]) if box is not None else (_STEP, _STEP)
        left = max(0.0, min(left, sheet.width - _POPUP[0]))
        place = sheet.rectangle((left, top, left + _POPUP[0], top + _POPUP[1]))
        made = Dictionary(
            Type=Name.Annot, Subtype=Name.Popup, Rect=Array(place), Parent=parent, Open=False
        )
        return self._pdf.make_indirect(made)


def _operands(*words: float | str) -> str:
    return " ".join(word if isinstance(word, str) else f"{word:g}" for word in words)
