"""A view of the document (原文): its text in order as JSON, its pages as pictures; runs in a child process."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from duibiao.document.model import Block, Cell, Document, Paragraph, Table
from duibiao.document.reading import read_converted, read_document
from duibiao.intake.kinds import FileKind
from duibiao.intake.package import open_package
from duibiao.intake.parcel import Member, Package
from duibiao.model.errors import DuibiaoError

SCALE = 1.6
"""Pixels of a drawn page per point."""
LONGEST = 1600
"""Longest side of a drawn page in pixels."""
LONGEST_PICTURE = 1024
"""Longest side of a picture that is shown, in pixels."""

Json = dict[str, Any]


def view_of(source: Path) -> Json:
    """Return the documents of a package as an object for JSON.

    ``documents`` holds the main document, and 一厂一策 where it is a file of its own; each with its ``name`` as locations give it,
    ``pages`` (width and height in points; none unless it is a PDF file), and ``blocks`` in order: a paragraph has ``paragraph``, its
    number, a table ``table``, its number, and ``cells``, each once. ``pictures`` are their keys, "" for one that is not in the file. Boxes
    are in points from the upper left corner.

    Args:
        source: The package.

    Raises:
        IntakeError: If it cannot be read.
    """
    with open_package(source, source.name) as package:
        return {"documents": [_document(member) for member in _members(package)]}


def draw(source: Path, document: int, page: int, target: Path) -> None:
    """Draw a page as PNG.

    Args:
        source: The package.
        document: Place of the document in `view_of`, from 0.
        page: Page, from 1.
        target: The file to write.

    Raises:
        IntakeError: If it cannot be read.
        DuibiaoError: If there is no such page.
    """
    import pypdfium2  # type: ignore[import-untyped]

    from duibiao.document.pdf.file import open_pdf

    with open_package(source, source.name) as package:
        members = _members(package)
        if not 0 <= document < len(members) or members[document].kind is not FileKind.PDF:
            raise DuibiaoError("这份文件没有可以显示的页面")
        member = members[document]
        with open_pdf(member.source, member.name) as upload:
            if not 1 <= page <= len(upload.handle):
                raise DuibiaoError(f"文件只有 {len(upload.handle)} 页，没有第 {page} 页")
            try:
                sheet = upload.handle[page - 1]
                scale = min(SCALE, LONGEST / max(1.0, *sheet.get_size()))
                sheet.render(scale=scale).to_pil().save(target, "PNG")
            except pypdfium2.PdfiumError as error:
                raise DuibiaoError(f"第 {page} 页画不出来；请下载原件查看") from error


def show(source: Path, document: int, key: str, target: Path) -> None:
    """Write a picture of a document as JPEG, small enough for a screen.

    Args:
        source: The package.
        document: Place of the document in `view_of`, from 0.
        key: Key of the picture.
        target: The file to write.

    Raises:
        IntakeError: If the package or the picture cannot be read.
        DuibiaoError: If there is no such document, or the picture cannot be shown.
    """
    from duibiao.document.viewing import picture
    from duibiao.intake.looking import shown

    with open_package(source, source.name) as package:
        members = _members(package)
        if not 0 <= document < len(members) or members[document].kind is FileKind.PDF:
            raise DuibiaoError("这份文件没有单独的图片")
        member = members[document]
        made: Path | bytes = member.source
        if member.kind.is_converted:
            made = read_converted(member.source, member.kind, member.name)[1]
        small = shown(picture(made, member.name, key), LONGEST_PICTURE)
    if small is None:
        raise DuibiaoError("这张图片显示不出来；请下载原件查看")
    target.write_bytes(small)


def _members(package: Package) -> list[Member]:
    return [member for member in (package.main, package.plan) if member is not None]


def _document(member: Member) -> Json:
    read: Document = read_document(member.source, member.kind, member.name)
    return {
        "name": read.name,
        "pages": _sizes(member) if member.kind is FileKind.PDF else [],
        "blocks": [_block(block) for block in read.blocks],
    }


def _sizes(member: Member) -> list[list[float]]:
    from duibiao.document.pdf.file import open_pdf

    with open_pdf(member.source, member.name) as upload:
        sizes = (upload.handle.get_page_size(number) for number in range(len(upload.handle)))
        return [[round(width, 1), round(height, 1)] for width, height in sizes]


def _block(block: Block) -> Json:
    if isinstance(block, Paragraph):
        return _paragraph(block)
    return _table(block)


def _paragraph(paragraph: Paragraph) -> Json:
    return {
        "paragraph": paragraph.index,
        "number": paragraph.number,
        "level": paragraph.level,
        "text": paragraph.text,
        "pictures": [picture.key for picture in paragraph.pictures],
        "centred": paragraph.centred,
        "contents": paragraph.contents,
        "page": paragraph.page,
        "box": paragraph.box,
    }


def _table(table: Table) -> Json:
    return {
        "table": table.index,
        "header_rows": table.header_rows,
        "rows": len(table.grid),
        "columns": max(map(len, table.grid), default=0),
        "cells": [_cell(cell) for cell in table.cells()],
    }


def _cell(cell: Cell) -> Json:
    return {
        "row": cell.row,
        "column": cell.column,
        "rowspan": cell.rowspan,
        "colspan": cell.colspan,
        "text": cell.text,
        "pictures": [picture.key for picture in cell.pictures],
        "page": cell.page,
        "box": cell.box,
    }
