"""A package as it was handed in → its dossier."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from duibiao.document.model import Document, Paragraph
from duibiao.document.reading import read_converted, read_document
from duibiao.intake.kinds import FileKind
from duibiao.intake.package import open_package
from duibiao.intake.parcel import Package
from duibiao.model.classes import dataclass
from duibiao.project.names import DOSSIER, MANIFEST, PLAN
from duibiao.rendering.manifest import LARGEST, Mark, files_made, mark, marks_in
from duibiao.service.request import NO_PAGES

if TYPE_CHECKING:
    from duibiao.law.common import CommonLaw
    from duibiao.model.dossier import Dossier

_WORD = f"{DOSSIER}.docx"
_KINDS = {_WORD: FileKind.WORD, f"{PLAN}.docx": FileKind.WORD, f"{DOSSIER}.pdf": FileKind.PDF}
"""The files of a built package that are read, and what they are."""

_LAID_OUT = "由 LibreOffice 排版得出，与 Word 可能相差一两页"
_SAVED = "按文件中保存的分页估计"
_ESTIMATES = frozenset({_LAID_OUT, _SAVED})


@dataclass(frozen=True, slots=True)
class Read:
    """读到的材料: a dossier and how it was read.

    Attributes:
        dossier: The dossier.
        warnings: What is out of the ordinary about the files; each asks for a person.
        pages: Where the page numbers come from, in words.
    """

    dossier: Dossier
    warnings: tuple[str, ...] = ()
    pages: str = NO_PAGES


@dataclass(frozen=True, slots=True)
class _File:
    """A file of a built package: its name as the user knows it, where its bytes are, and its mark."""

    name: str
    source: Path | bytes
    mark: Mark


def read_package(
    source: Path | bytes, name: str, common: CommonLaw, *, paginate: bool, photos: bool = False
) -> Read:
    """Read a package: one document, or an archive of documents and evidence.

    An archive of a built package, with its 编制记录.json, is read as its folder would be; but whoever sends an archive may have written
    that file, so the PDF in it is said not to have been compared.

    Args:
        source: Its path, or its bytes.
        name: File name as the user knows it.
        common: The common law.
        paginate: Have LibreOffice lay out a Word file for its page numbers.
        photos: Look at the photos.

    Raises:
        IntakeError: If it cannot be read.
    """
    with open_package(source, name) as package:
        if (made := _made(package)) is not None:
            read = _read_files(*made, common, photos=photos)
            told = _each_once(package.warnings, _uncompared(package), read.warnings)
            return replace(read, warnings=told)
        document, read_from, kind = _read_main(package)
        document, pages = _paged(document, package, paginate)
        dossier = _recognised(document, common)
        estimated = pages in _ESTIMATES
        dossier = replace(dossier, source=replace(dossier.source, pages_are_estimated=estimated))
        if photos:
            dossier = _looked_at(dossier, document, read_from, kind)
        warnings = [*package.warnings, *_uncompared(package), *document.warnings]
        if package.plan is not None and dossier.plan is None:
            plan = package.plan
            written = read_document(plan.source, plan.kind, plan.name)
            dossier = with_plan(dossier, _recognised(written, common))
            warnings += written.warnings
    return Read(dossier, _each_once(warnings), pages)


def read_built(folder: Path, common: CommonLaw, *, photos: bool = False) -> Read:
    """Read the folder of a built package, with the pages of its PDF where both are as they were built.

    Args:
        folder: The folder.
        common: The common law.
        photos: Look at the photos.

    Raises:
        IntakeError: If its Word file cannot be read.
    """
    paths = (folder / name for name in _KINDS)
    files = {path.name: _File(path.name, path, mark(path)) for path in paths if path.is_file()}
    return _read_files(files, files_made(folder) or {}, common, photos=photos)


def _made(package: Package) -> tuple[dict[str, _File], dict[str, Mark]] | None:
    """Return the files of a built package in an archive, and the marks that 编制记录.json gives them; None where it is no such archive."""
    folder = PurePosixPath(package.main.name).parent
    members = {
        path.name: item.member
        for item in package.items
        if (path := PurePosixPath(item.member.name)).parent == folder
    }
    record = members.get(MANIFEST)
    if record is None or record.size > LARGEST or members.get(_WORD) is not package.main:
        return None
    found = {name: members[name] for name in _KINDS if name in members}
    made = marks_in(record.read())
    if made is None or any(one.kind is not _KINDS[name] for name, one in found.items()):
        return None
    files = {
        name: _File(one.name, one.source, Mark(one.sha256, one.size)) for name, one in found.items()
    }
    return files, made


def _read_files(
    files: Mapping[str, _File], made: Mapping[str, Mark], common: CommonLaw, *, photos: bool
) -> Read:
    """Read the files of a built package, known by the names that they were built with."""
    changed = [one.name for name, one in files.items() if made.get(name) != one.mark]
    warnings = [f"{name}在编制之后改动过" for name in changed]
    word, plan, pdf = (files.get(name) for name in _KINDS)
    assert word is not None, "a built package has its Word file"
    document = read_document(word.source, FileKind.WORD, word.name)
    pages = NO_PAGES
    if pdf is not None and not changed:
        from duibiao.document.pagination import with_pages

        document, pages = with_pages(document, pdf.source, pdf.name), "编制时排定的页序"
    dossier = _recognised(document, common)
    if photos:
        dossier = _looked_at(dossier, document, word.source, FileKind.WORD)
    if plan is not None and dossier.plan is None:
        written = read_document(plan.source, FileKind.WORD, plan.name)
        dossier = with_plan(dossier, _recognised(written, common))
        warnings += written.warnings
    return Read(dossier, (*warnings, *document.warnings), pages)


def _recognised(document: Document, common: CommonLaw) -> Dossier:
    from duibiao.recognition import recognise  # only once there is a document

    return recognise(document, common)


def with_plan(dossier: Dossier, written: Dossier) -> Dossier:
    """Return a dossier with the 一厂一策 of a file of its own."""
    return replace(
        dossier,
        plan=written.plan,
        sections=(*dossier.sections, *(s for s in written.sections if s.key.startswith("附"))),
        paragraphs=(*dossier.paragraphs, *written.paragraphs),
        unread=(*dossier.unread, *written.unread),
    )


def _uncompared(package: Package) -> tuple[str, ...]:
    rendition = package.rendition
    return (f"正文另有 PDF 版，没有与 Word 逐字比对：{rendition.name}",) if rendition else ()


def _each_once(*warnings: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(chain(*warnings)))


def _looked_at(
    dossier: Dossier, document: Document, source: Path | bytes, kind: FileKind
) -> Dossier:
    from duibiao.document.viewing import view
    from duibiao.service.looking import keys_to_look_at, with_looks

    return with_looks(dossier, view(source, kind, document, keys_to_look_at(dossier)))


def _read_main(package: Package) -> tuple[Document, Path | bytes, FileKind]:
    """Read the main document; return what it was read from, too: its Word or PDF file, or what LibreOffice made of it."""
    main = package.main
    if main.kind.is_converted:
        return *read_converted(main.source, main.kind, main.name), FileKind.WORD
    return read_document(main.source, main.kind, main.name), main.source, main.kind


def _paged(document: Document, package: Package, paginate: bool) -> tuple[Document, str]:
    """Return the main document with its pages, and where their numbers come from."""
    from duibiao.document.pagination import with_pages

    main = package.main
    if main.kind is FileKind.PDF:
        return document, "PDF 的页序"
    if package.rendition is not None:
        rendition = package.rendition
        return with_pages(document, rendition.source, rendition.name), "随附 PDF 的页序"
    if paginate and main.kind is FileKind.WORD:
        from duibiao.document.office import paginate as lay_out

        pdf = lay_out(main.read(), main.name)
        return with_pages(document, pdf, main.name), _LAID_OUT
    known = any(isinstance(block, Paragraph) and block.page for block in document.blocks)
    return document, _SAVED if known else NO_PAGES
