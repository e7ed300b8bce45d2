"""Artefacts (产出): faces of a report, views of the document; made when first asked for, in a child process, and kept."""

from __future__ import annotations

import contextlib
import io
import json
import mimetypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.exc import IntegrityError

from duibiao.office.errors import ConflictError, NotFoundError
from duibiao.office.reports import LostError, checked_by, open_version, report_of
from duibiao.procedure.rights import Actor
from duibiao.procedure.states import State
from duibiao.reports import as_json
from duibiao.reports.faces import Face
from duibiao.reports.lapsing import as_of
from duibiao.storage import audit
from duibiao.storage.packages import Artefact, Submission
from duibiao.work import child
from duibiao.work.children import FailedError, workplace
from duibiao.work.folders import lay_out
from duibiao.work.shop import Workshop

FACES = {
    Face.NOTICE.value: "整改通知", Face.REVIEW.value: "审核意见表", child.ANNOTATED: "批注原件",
    "original": "原件", Face.HTML.value: "网页报告", Face.XLSX.value: "Excel 报告", Face.JSON.value: "JSON 报告",
    Face.SARIF.value: "SARIF 报告", Face.JUNIT.value: "JUnit 报告",
}  # fmt: skip
"""What can be downloaded of a version → how it is called, in the order in which it is offered."""

_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".docm": "application/vnd.ms-word.document.macroEnabled.12",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".html": "text/html; charset=utf-8", ".json": "application/json", ".sarif": "application/sarif+json",
    ".xml": "application/xml", ".pdf": "application/pdf", ".png": "image/png", ".jpg": "image/jpeg", ".zip": "application/zip",
}  # fmt: skip
_OUT = "out"

Make = Callable[[Path], None]


@dataclass(frozen=True, slots=True)
class Ready:
    """A file that may be sent.

    Attributes:
        file: File name as the user gets it.
        blob: SHA-256 under which the file store has it.
    """

    file: str
    blob: str

    @property
    def content_type(self) -> str:
        """Its content type, by its suffix."""
        suffix = Path(self.file).suffix.lower()
        return (
            _TYPES.get(suffix) or mimetypes.guess_type(self.file)[0] or "application/octet-stream"
        )


def face(shop: Workshop, actor: Actor, package_id: str, number: int, name: str) -> Ready:
    """Return a face of the report of a version, the annotated copy, or the file as it was handed in.

    Args:
        shop: The workshop.
        actor: Who asks.
        package_id: The package.
        number: 稿次; 0 for the newest.
        name: One of FACES.

    Raises:
        ForbiddenError: If the role sees no packages.
        NotFoundError: If there is no such face or version, or the actor may not know of it.
        ConflictError: If the version is not checked, its files are gone, or it has to be checked again first.
        FailedError: If it cannot be made.
        StoreError: If the file store cannot be reached.
    """
    submission = open_version(shop.office, actor, package_id, number)
    if name not in FACES:
        raise NotFoundError(f"没有“{name}”这种报告；可以下载：{'、'.join(FACES)}")
    ready = _face(shop, submission, name)
    with shop.office.database.writing() as session:
        audit.append(
            session, actor.user, "package.download", package_id,
            submission=submission.id, face=name, sha256=ready.blob,
        )  # fmt: skip
    return ready


def _face(shop: Workshop, submission: Submission, name: str) -> Ready:
    if name == "original":
        _demand_files(submission)
        return Ready(submission.file, submission.blob)
    _demand_checked(submission)
    if not shop.office.blobs.has(submission.report):
        raise LostError(submission)
    stored = report_of(shop.office, submission)
    standing = as_of(stored, shop.office.today)
    if name == Face.JSON:
        written = io.BytesIO(as_json.render_object(standing).encode())
        blob = submission.report if standing is stored else shop.office.blobs.put(written)
        return Ready(f"{Path(submission.file).stem}-审查报告.json", blob)
    if standing is not stored:
        raise ConflictError(_lapsed(submission))

    def make(folder: Path) -> None:
        (folder / child.REPORT).write_bytes(shop.office.blobs.get(submission.report))
        shop.children.run(child.make, folder, name, _OUT)

    return _kept(shop, submission, name, make)


def _lapsed(submission: Submission) -> str:
    """Return why no face is made of a report whose waivers have lapsed: all but the JSON one come of a check of the file."""
    todo = (
        "请先重新审查，再下载"
        if State(submission.package.state).is_open
        else "这份申报不再重新审查，请下载 JSON 报告"
    )
    return f"第 {submission.number} 稿有豁免已经到期，审查时的报告不再是现在的结论；{todo}"


def document(shop: Workshop, actor: Actor, package_id: str, number: int) -> dict[str, Any]:
    """Return the documents of a version as `duibiao.work.viewing.view_of` gives them.

    Raises:
        ForbiddenError: If the role sees no packages.
        NotFoundError: If there is no such version, or the actor may not know of it.
        ConflictError: If the version is not checked, or its files are gone.
        FailedError: If it cannot be read.
        StoreError: If the file store cannot be reached.
    """
    submission = open_version(shop.office, actor, package_id, number)

    def make(folder: Path) -> None:
        shop.children.run(child.view, folder, f"{_OUT}/document.json")

    ready = _kept(shop, submission, "document", make)
    seen: dict[str, Any] = json.loads(shop.office.blobs.get(ready.blob))
    return seen


def page(
    shop: Workshop, actor: Actor, package_id: str, number: int, document: int, page: int
) -> Ready:
    """Return a page of a PDF file as PNG.

    Args:
        shop: The workshop.
        actor: Who asks.
        package_id: The package.
        number: 稿次; 0 for the newest.
        document: Place of the document in what `document` returns, from 0.
        page: Page, from 1.

    Raises:
        OfficeError: As `document` does.
        FailedError: If there is no such page.
        StoreError: If the file store cannot be reached.
    """
    submission = open_version(shop.office, actor, package_id, number)

    def make(folder: Path) -> None:
        shop.children.run(child.draw, folder, str(document), str(page), f"{_OUT}/{page}.png")

    return _kept(shop, submission, f"page-{document}-{page}", make)


def picture(
    shop: Workshop, actor: Actor, package_id: str, number: int, document: int, key: str
) -> Ready:
    """Return a picture of a Word file as JPEG.

    Args:
        shop: The workshop.
        actor: Who asks.
        package_id: The package.
        number: 稿次; 0 for the newest.
        document: Place of the document in what `document` returns, from 0.
        key: Key of the picture, as there.

    Raises:
        OfficeError: As `document` does.
        FailedError: If there is no such picture, or it cannot be shown.
        StoreError: If the file store cannot be reached.
    """
    submission = open_version(shop.office, actor, package_id, number)

    def make(folder: Path) -> None:
        shop.children.run(child.show, folder, str(document), key, f"{_OUT}/{key}.jpg")

    return _kept(shop, submission, f"photo-{document}-{key}", make)


def pieces(shop: Workshop, ready: Ready) -> Iterator[bytes]:
    """Give the content of a file in pieces.

    Raises:
        StoreError: If it cannot be read.
    """
    return shop.office.blobs.stream(ready.blob)


def _demand_checked(submission: Submission) -> None:
    if not submission.report:
        raise ConflictError(f"第 {submission.number} 稿还没有审查完；请在申报页面查看进度")


def _demand_files(submission: Submission) -> None:
    if submission.purged is not None:
        raise ConflictError("这一稿的文件已过保存期限、已经删除；只有 JSON 报告还在")


def _kept(shop: Workshop, submission: Submission, name: str, make: Make) -> Ready:
    """Return what was made before, or have `make` leave one file in the folder _OUT of a folder laid out for it."""
    office, key = shop.office, (submission.id, submission.report, name)
    _demand_checked(submission)
    _demand_files(submission)
    with office.database.reading() as session:
        found = session.get(Artefact, key)
    if found is not None and office.blobs.has(found.blob):
        return Ready(found.file, found.blob)
    job = checked_by(submission)
    with workplace() as folder:
        with office.database.reading() as session:
            lay_out(office, session, submission.id, folder, before=job.started if job else None)
        (folder / _OUT).mkdir()
        try:
            make(folder)
        except FailedError as error:
            if str(error) == child.CHANGED:
                raise ConflictError(child.CHANGED) from None
            raise
        (made,) = (folder / _OUT).iterdir()
        with made.open("rb") as stream:
            ready = Ready(made.name, office.blobs.put(stream))
    kept = Artefact(
        submission_id=key[0], report=key[1], face=name, file=ready.file, blob=ready.blob
    )
    # Somebody else may have been as fast; what they have is the same.
    with contextlib.suppress(IntegrityError), office.database.writing() as session:
        session.merge(kept)
    return ready
