"""One way into every format: a file of an upload becomes a document."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from duibiao.document.model import Document
from duibiao.intake.kinds import FileKind


def read_document(source: Path | bytes, kind: FileKind, name: str) -> Document:
    """Read a document of any kind that `FileKind.is_document` allows.

    Args:
        source: Its path, or its bytes.
        kind: What it is by its content.
        name: File name as the user knows it, for messages.

    Returns:
        The document; one that LibreOffice has converted says so in its warnings and keeps its own hash and size.

    Raises:
        IntakeError: It cannot be read, or needs LibreOffice and that is not installed.
    """
    if kind is FileKind.WORD:
        from duibiao.document.word import read_word  # lxml, which a PDF file does not need

        return read_word(source, name)
    if kind is FileKind.PDF:
        from duibiao.document.pdf import read_pdf  # heavy, and most packages are Word files

        return read_pdf(source, name)
    return read_converted(source, kind, name)[0]


def read_converted(source: Path | bytes, kind: FileKind, name: str) -> tuple[Document, bytes]:
    """Read a document of an old format, and return the Word file that LibreOffice made of it, too.

    Raises:
        IntakeError: It cannot be read, or LibreOffice is not installed.
    """
    import hashlib

    from duibiao.document.office import convert_to_docx
    from duibiao.document.word import read_word

    content = source if isinstance(source, bytes) else source.read_bytes()
    word = convert_to_docx(content, kind, name)
    document = read_word(word, name)
    note = f"{kind.value}由 LibreOffice 转换后读取，个别格式可能有出入"
    told = (*(w for w in document.warnings if not w.startswith("文件扩展名")), note)
    digest = hashlib.sha256(content).hexdigest()
    return replace(document, sha256=digest, size=len(content), warnings=told), word
