"""The evidence files (证据) of a project: which folders it has, what belongs there, adding and removing files."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import select

from duibiao.intake.kinds import look
from duibiao.intake.names import harmless
from duibiao.model.quantities import halfwidth
from duibiao.office.desk import Office
from duibiao.office.errors import ConflictError, InvalidError, NotFoundError
from duibiao.office.project_form import as_data, catalogue_of_content
from duibiao.office.projects import change, own
from duibiao.procedure.rights import Actor
from duibiao.project.evidence import seals_meant
from duibiao.project.evidence.contents import MOST_BYTES
from duibiao.project.evidence.placing import SCANS, SEALS
from duibiao.project.evidence.scanning import NOTE, is_ignored, natural
from duibiao.project.evidence.scanning import stem as stem_of
from duibiao.project.names import FOLDER
from duibiao.project.starting import add_folders
from duibiao.storage import audit
from duibiao.storage.projects import Exhibit, Project

SCANNED = f"{SCANS}件"
"""Name of the folder in a folder for pictures that are scans of documents."""
ENDINGS = {"JPEG 图片": "jpg", "PNG 图片": "png", "PDF": "pdf"}
"""What a file may be, by its content → the ending of its name."""
TYPES = {"jpg": "image/jpeg", "png": "image/png", "pdf": "application/pdf"}
"""Ending → type for a browser."""
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Folder:
    """证据文件夹.

    Attributes:
        name: Its name, with ``/`` for one in another.
        note: What belongs there, as the 说明.txt of a project folder says.
        number: Number of its section, such as ``2.13.1``; "" for 签章.
        files: The files in it, scans of documents last.
        expected: Whether the project has it; files of others, such as of facilities renamed since, are not lost.
    """

    name: str
    note: str
    number: str
    files: tuple[Exhibit, ...]
    expected: bool = True


def folders_of(office: Office, project: Project) -> tuple[Folder, ...]:
    """Return the evidence folders of a project in order: those of ``duibiao new``, then others that hold files."""
    catalogue = catalogue_of_content(office.service, project.data)
    with tempfile.TemporaryDirectory(prefix="duibiao-") as where:
        home = Path(where)
        names = add_folders(home, catalogue.law, as_data(catalogue, project.data))
        notes = {name: (home / FOLDER / name / NOTE).read_text("utf-8") for name in names}
    holding = {name: _in(project.files, name) for name in notes}
    placed = {file.id for files in holding.values() for file in files}
    left = [file.folder for file in project.files if file.id not in placed]
    others = dict.fromkeys(folder.removesuffix(f"/{SCANNED}") for folder in left)
    return (
        *(Folder(name, note, _number(name), holding[name]) for name, note in notes.items()),
        *(Folder(name, "", "", _in(project.files, name), expected=False) for name in others),
    )


def _in(files: Sequence[Exhibit], folder: str) -> tuple[Exhibit, ...]:
    found = [file for file in files if file.folder in (folder, f"{folder}/{SCANNED}")]
    return tuple(sorted(found, key=lambda file: (file.folder != folder, natural(file.name))))


def _number(folder: str) -> str:
    number = halfwidth(folder).split()[0]
    return number if number[0].isdigit() else ""


def left_to_pen(project: Project) -> tuple[str, ...]:
    """Return which of 签字 and 公章 the package of a project is built without, so that they are left to pen and stamp."""
    there = [seals_meant(file.name) for file in project.files if file.folder == SEALS]
    return tuple(kind for kind in ("签字", "公章") if [kind] not in there)


def add_file(
    office: Office,
    actor: Actor,
    project_id: str,
    folder: str,
    name: str,
    content: BinaryIO,
    *,
    scanned: bool = False,
) -> Exhibit:
    """Add a file to a folder.

    Args:
        office: The office.
        actor: Who adds it.
        project_id: The project.
        folder: One of `folders_of`.
        name: File name as the user knows it.
        content: The file, open at its beginning.
        scanned: It is the picture of a document's page, to be printed as such.

    Returns:
        The file; the one that is there already if its name and content are the same.

    Raises:
        ForbiddenError: If the role may not fill in projects.
        NotFoundError: If there is no such project or folder.
        InvalidError: If it is no JPG, PNG or PDF, empty or too large, or its name is of no use.
        ConflictError: If another file of this name is there.
    """
    with office.database.reading() as session:
        project = own(session, actor, project_id)
        known = {one.name for one in folders_of(office, project) if one.expected}
    if folder not in known:
        raise NotFoundError("没有这个证据文件夹；请刷新页面后重试")
    name, size = _accepted(name, content)
    digest = office.blobs.put(content)
    place = f"{folder}/{SCANNED}" if scanned else folder
    with office.database.writing() as session:
        project = own(session, actor, project_id, changing=True)
        same = (Exhibit.project_id == project.id, Exhibit.folder == place, Exhibit.name == name)
        there = session.scalar(select(Exhibit).where(*same))
        if there is not None and there.blob == digest:
            return there
        if there is not None:
            raise ConflictError(f"这里已有另一个“{name}”；请先删除它，或改名后再上传")
        file = Exhibit(project_id=project.id, folder=place, name=name, blob=digest, size=size)
        session.add(file)
        change(session, project)
        audit.append(
            session, actor.user, "project.evidence", project.id, file=file.id, sha256=digest, size=size
        )  # fmt: skip
        return file


def remove_file(office: Office, actor: Actor, project_id: str, file_id: str) -> str:
    """Remove a file, and return the folder where it was.

    Raises:
        ForbiddenError: If the role may not fill in projects.
        NotFoundError: If there is no such project or file.
    """
    with office.database.writing() as session:
        project = own(session, actor, project_id, changing=True)
        file = _file(project, file_id)
        session.delete(file)
        change(session, project)
        audit.append(session, actor.user, "project.evidence-removed", project.id, file=file.id)
        return file.folder.removesuffix(f"/{SCANNED}")


def move_files(office: Office, actor: Actor, project_id: str, source: str, target: str) -> None:
    """Move all files of a folder to another one, as where a facility was renamed.

    Raises:
        ForbiddenError: If the role may not fill in projects.
        NotFoundError: If there is no such project or folder.
        ConflictError: If the other folder has a file of the same name.
    """
    with office.database.writing() as session:
        project = own(session, actor, project_id, changing=True)
        folders = {one.name: one for one in folders_of(office, project)}
        if source not in folders or target not in folders or not folders[target].expected:
            raise NotFoundError("没有这个证据文件夹；请刷新页面后重试")
        taken = {(file.folder, file.name) for file in folders[target].files}
        for file in folders[source].files:
            place = file.folder.replace(source, target, 1)
            if (place, file.name) in taken:
                raise ConflictError(f"“{target}”里已有“{file.name}”；请先改名或删除，再移动")
            file.folder = place
        change(session, project)
        audit.append(session, actor.user, "project.evidence-moved", project.id)


def open_file(office: Office, actor: Actor, project_id: str, file_id: str) -> Exhibit:
    """Return a file.

    Raises:
        ForbiddenError: If the role may not fill in projects.
        NotFoundError: If there is no such project or file.
    """
    with office.database.reading() as session:
        return _file(own(session, actor, project_id), file_id)


def type_of(file: Exhibit) -> str:
    """Return the type of a file for a browser."""
    return TYPES[file.name.rpartition(".")[2]]


def _file(project: Project, file_id: str) -> Exhibit:
    found = next((file for file in project.files if file.id == file_id), None)
    if found is None:
        raise NotFoundError("没有这个证据文件，可能已经删除；请刷新页面")
    return found


def _accepted(name: str, content: BinaryIO) -> tuple[str, int]:
    """Return the name of a file, with the ending that its content has, and its size in bytes."""
    size = content.seek(0, 2)
    if not size:
        raise InvalidError(f"“{name}”是空文件；请检查后重新上传")
    if size > MOST_BYTES:
        raise too_large(name, size)
    found = look(content)
    ending = ENDINGS.get(found.what)
    if ending is None:
        raise InvalidError(f"“{name}”是{found.what}；证据只收 JPG、PNG 图片和 PDF，请另存后再上传")
    content.seek(0)
    plain = harmless(name)[0].rpartition("/")[2]
    stem = stem_of(plain)[:_LONGEST].strip(". ")
    if not stem or is_ignored(stem):
        raise InvalidError(f"“{name}”的文件名不能用；请改成说明内容的名字，如“1#除尘器照片.jpg”")
    return f"{stem}.{ending}", size


def too_large(name: str, size: int) -> InvalidError:
    """Return the refusal of a file that is larger than evidence may be; `size` in bytes."""
    return InvalidError(
        f"“{name}”有 {size / 2**20:.0f} MB，超过 {MOST_BYTES >> 20} MB；图片请缩小，PDF 请压缩或拆分"
    )
