"""申报材料.pdf: the settled layout, with photos and evidence in the place of its blanks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pikepdf

from duibiao.model.errors import BuildError, reason
from duibiao.rendering.pdf.enlarging import Enlarged
from duibiao.rendering.pdf.evidence import Evidence
from duibiao.rendering.pdf.frames import Frame, frames
from duibiao.rendering.pdf.pictures import Packed, packed
from duibiao.rendering.writing import written

_MADE_BY = "duibiao"
_DAMAGED = (
    pikepdf.PdfError, pikepdf.PasswordError, pikepdf.ForeignObjectError, pikepdf.DeletedObjectError,
    ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError,
)  # fmt: skip
"""What pikepdf raises over damaged files."""

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Filling:
    """What takes the place of a blank.

    Attributes:
        name: What it is, for messages, such as ``《检测报告.pdf》第3页``.
        picture: Gives the picture that stands in the Word file: JPEG or PNG.
        pdf: The PDF file whose page it is; None for a picture.
        page: That page, from 1.
    """

    name: str
    picture: Callable[[], bytes]
    pdf: Path | None = None
    page: int = 0


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a PDF says about itself: title (题名) and author (编制单位). It knows no date."""

    title: str
    author: str


def assemble(
    layout: bytes, fillings: Mapping[str, Filling], target: Path, imprint: Imprint
) -> tuple[str, ...]:
    """Write the PDF; the same input gives the same bytes.

    Args:
        layout: The layout by LibreOffice, with blanks.
        fillings: Key of the exhibit → what takes the place of its blank.
        target: The file to write; working files are made beside it and removed.
        imprint: Its title and author.

    Returns:
        Notes: pages of evidence that went in as pictures, because their PDF is damaged.

    Raises:
        BuildError: A blank has no filling, a filling no blank; a picture cannot be read; the file cannot be written.
    """
    with written(target) as stream, ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix=".pdf-", dir=target.parent)))
        larger = Enlarged(folder / "layout.pdf", layout)
        stack.callback(larger.close)
        numbers = {
            key: larger.add(packed(filling.picture(), filling.name))
            for key, filling in sorted(fillings.items())
            if filling.pdf is None
        }
        pdf = stack.enter_context(larger.open())
        evidence = Evidence(pdf)
        stack.callback(evidence.close)
        found = {(frame.key, frame.name): frame for frame in frames(pdf, fillings)}.values()
        _all_there(found, fillings)
        notes = []
        for frame in found:
            filling = fillings[frame.key]
            if filling.pdf is None:
                frame.pictures[frame.name] = pdf.get_object(numbers[frame.key], 0)
            elif not _drawn(frame, filling, filling.pdf, evidence):
                frame.pictures[frame.name] = _copied(pdf, packed(filling.picture(), filling.name))
                notes.append(
                    f"{filling.name}的 PDF 内容有损坏，已作为图片放入（PDF 第 {frame.sheet} 张）；请核对该页是否完整"
                )
        evidence.keep_layers()
        _imprint(pdf, imprint)
        compressed = pikepdf.ObjectStreamMode.generate
        pdf.save(stream, deterministic_id=True, object_stream_mode=compressed)
    return tuple(notes)


def _drawn(frame: Frame, filling: Filling, path: Path, evidence: Evidence) -> bool:
    """Put a page into its frame, or return False where it is damaged."""
    try:
        form = evidence.form(path, filling.page, frame.width, frame.height)
    except OSError as error:
        raise BuildError(
            f"{filling.name}打不开（{reason(error)}），PDF 没有编成。请核对证据文件后重新编制。"
        ) from error
    except _DAMAGED:
        return False
    frame.pictures[frame.name] = form
    return True


def _copied(pdf: pikepdf.Pdf, picture: Packed) -> pikepdf.Object:
    """Put a picture into a PDF that is open already; it stays in memory until that is saved."""
    entries: Any = pikepdf.Object.parse(f"<< {picture.entries} >>".encode())
    made = pdf.make_stream(picture.data, entries)
    if picture.mask is not None:
        made.SMask = _copied(pdf, picture.mask)
    return made


def _all_there(found: Iterable[Frame], fillings: Mapping[str, Filling]) -> None:
    placed = {frame.key for frame in found}
    missing = [filling.name for key, filling in fillings.items() if key not in placed]
    if missing:
        more = f"等 {len(missing)} 处" if len(missing) > _SHOWN else ""
        raise BuildError(
            f"PDF 没有编成：版面中没有{'、'.join(missing[:_SHOWN])}{more}的位置。请核对模板是否列出全部照片与附件。"
        )
    if "" in placed:
        raise BuildError("PDF 没有编成：版面中有不属于任何照片或附件的空位。请核对模板中的图片。")


def _imprint(pdf: pikepdf.Pdf, imprint: Imprint) -> None:
    """Replace what LibreOffice says about itself and the hour."""
    for key in ("/Info", "/DocChecksum", "/ID"):
        if key in pdf.trailer:
            del pdf.trailer[key]
    if "/Metadata" in pdf.Root:
        del pdf.Root.Metadata
    pdf.docinfo["/Title"] = imprint.title
    pdf.docinfo["/Author"] = imprint.author
    pdf.docinfo["/Creator"] = pdf.docinfo["/Producer"] = _MADE_BY
    pdf.Root.Lang = "zh-CN"
    pdf.Root.PageMode = pikepdf.Name.UseOutlines
    pdf.Root.ViewerPreferences = {"/DisplayDocTitle": True}
