"""Opening a guide: Word files, and what LibreOffice turns into them; never a PDF, whose tables are inferred."""

from __future__ import annotations

from pathlib import Path

from duibiao.document.model import Document
from duibiao.document.reading import read_document
from duibiao.document.word import read_word
from duibiao.intake.files import open_source, size_of
from duibiao.intake.kinds import FileKind, look
from duibiao.intake.refusal import refusal

_TOLD_BY_READER = (FileKind.WORD, FileKind.ZIP, FileKind.ENCRYPTED)


def open_guide(path: Path) -> Document:
    """Read a guide.

    Raises:
        IntakeError: It is missing, empty, damaged, encrypted or no Word file.
    """
    with open_source(path, path.name) as stream:
        size_of(stream, path.name)
        found = look(stream)
    if found.kind.is_converted:
        return read_document(path, found.kind, path.name)
    if found.kind not in _TOLD_BY_READER:
        raise refusal(
            path.name,
            f"内容是{found.what}，不是 Word 文件，不能作官方依据导入",
            "请提供指南的 Word 文件（.docx、.doc、.wps）",
        )
    return read_word(path, path.name)
