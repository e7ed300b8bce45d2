"""申报材料.pdf: the settled layout, with photos and evidence in the place of its blanks."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf

from duibiao.model.errors import BuildError
from duibiao.rendering.pdf.bag import Bag
from duibiao.rendering.pdf.evidence import Evidence
from duibiao.rendering.pdf.frames import Frame, frames
from duibiao.rendering.writing import written

_MADE_BY = "duibiao"
_DAMAGED = (
    pikepdf.PdfError,
    pikepdf.PasswordError,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    OverflowError,
)
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
        pdf = stack.enter_context(pikepdf.open(io.BytesIO(layout)))
        evidence = Evidence(pdf)
        stack.callback(evidence.close)
        bag = Bag(folder / "pictures.pdf")
        stack.callback(bag.close)
        found = {(frame.key, frame.name): frame for frame in frames(pdf, fillings)}
        _all_there(found.values(), fillings)
        notes = _fill(pdf, found.values(), fillings, evidence, bag, stack)
        evidence.keep_layers()
        _imprint(pdf, imprint)
        compressed = pikepdf.ObjectStreamMode.generate
        pdf.save(stream, deterministic_id=True, object_stream_mode=compressed)
    return notes


def _fill(
    pdf: pikepdf.Pdf,
    found: Iterable[Frame],
    fillings: Mapping[str, Filling],
    evidence: Evidence,
    bag: Bag,
    stack: ExitStack,
) -> tuple[str, ...]:
    """Put drawings at once and pictures from the bag when it is full."""
    pictures: dict[str, int] = {}
    waiting, notes = [], []
    for frame in found:
        filling = fillings[frame.key]
        if filling.pdf is not None:
            try:
                frame.pictures[frame.name] = evidence.form(
                    filling.pdf, filling.page, frame.width, frame.height
                )
                continue
            except OSError as error:
                raise BuildError(
                    f"{filling.name}打不开（{error.strerror or error}），PDF 没有编成。请核对证据文件后重新编制。"
                ) from error
            except _DAMAGED:
                notes.append(
                    f"{filling.name}的 PDF 内容有损坏，已作为图片放入（PDF 第 {frame.sheet} 张）；请核对该页是否完整"
                )
        if frame.key not in pictures:
            pictures[frame.key] = bag.add(filling.picture(), filling.name)
        waiting.append(frame)
    if waiting:
        source = stack.enter_context(bag.open())
        for frame in waiting:
            picture = source.get_object(pictures[frame.key], 0)
            frame.pictures[frame.name] = pdf.copy_foreign(picture)
    return tuple(dict.fromkeys(notes))


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
