"""The pictures of a document, looked at when asked: reading never inflates them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from duibiao.document.model import Document, Paragraph, Picture
from duibiao.intake.files import open_upload
from duibiao.intake.kinds import FileKind
from duibiao.model.errors import IntakeError
from duibiao.model.looks import Look


def view(
    source: Path | bytes, kind: FileKind, document: Document, wanted: Collection[str]
) -> dict[str, Look]:
    """Look at pictures of a document that was read.

    Args:
        source: Its path, or its bytes.
        kind: What it is by its content: Word or PDF; of an old format hand over the Word file that was made of it.
        document: What was read of it.
        wanted: Keys of the pictures.

    Returns:
        What is seen, by key; what cannot be looked at is left out.
    """
    parts = {picture.key: picture.part for picture in _pictures(document) if picture.key in wanted}
    if not parts:
        return {}
    from duibiao.intake.looking import look_at_all  # imports Pillow

    if kind is FileKind.WORD:
        return look_at_all(_in_word(source, document.name, parts))
    from duibiao.document.pdf.viewing import pictures_in_pdf

    return look_at_all(pictures_in_pdf(source, document.name, parts))


def picture(source: Path | bytes, name: str, key: str) -> bytes:
    """Return a picture of a Word file as it is stored.

    Args:
        source: The file's path, or its bytes.
        name: File name as the user knows it.
        key: Key of the picture.

    Raises:
        IntakeError: If there is no such picture, or it cannot be read.
    """
    with open_upload(source, name) as upload:
        for part in upload.archive.names():
            if upload.archive.fingerprint(part) == key:
                return upload.archive.read(part)
    raise IntakeError(f"《{name}》中没有这张图片；请刷新页面")


def _pictures(document: Document) -> Iterator[Picture]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield from block.pictures
        else:
            for cell in block.cells():
                yield from cell.pictures


def _in_word(source: Path | bytes, name: str, parts: dict[str, str]) -> Iterator[tuple[str, bytes]]:
    """Yield keys and bytes; a part that is damaged, or costs too much, is left out."""
    with open_upload(source, name) as upload:
        for key, part in parts.items():
            try:
                content = upload.archive.read(part)
            except IntakeError:
                continue
            yield key, content
