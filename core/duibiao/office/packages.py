"""Packages: handing them in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from duibiao.intake.kinds import FileKind, look
from duibiao.office.desk import Office, require
from duibiao.office.errors import ConflictError, InvalidError
from duibiao.office.jobs import add_check
from duibiao.office.seeing import visible
from duibiao.procedure.rights import Actor, Right
from duibiao.procedure.roles import Track
from duibiao.procedure.states import State
from duibiao.storage import audit
from duibiao.storage.base import now
from duibiao.storage.packages import Package, Submission


@dataclass(frozen=True, slots=True)
class Received:
    """收到的文件: what became of an upload.

    Attributes:
        package: The package.
        submission: The version that was made, or that which holds the same file already.
        duplicate: Whether the same file had been handed in before.
    """

    package: Package
    submission: Submission
    duplicate: bool


@dataclass(frozen=True, slots=True)
class Stored:
    """收存的文件: a file in the store that belongs to no package yet.

    Attributes:
        file: File name as the user knows it.
        size: Size in bytes.
        blob: SHA-256.
    """

    file: str
    size: int
    blob: str


def receive(
    office: Office,
    actor: Actor,
    file: str,
    content: BinaryIO,
    *,
    city: str = "",
    county: str = "",
    track: Track = Track.GRADE,
    package_id: str = "",
    batch: str = "",
) -> Received:
    """Take a file: `enter` what was put into the store.

    Args:
        office: The office.
        actor: Who hands it in.
        file: File name as the user knows it.
        content: The file, open at its beginning.
        city: As `enter` has it, like everything that follows.
        county: Likewise.
        track: Likewise.
        package_id: Likewise.
        batch: Likewise.

    Raises:
        InvalidError: If the file is empty, too large, or of a kind that is never read.
        ForbiddenError: If the role may not upload.
        NotFoundError: If there is no such package.
        ConflictError: If the package takes no new version as it stands.
    """
    stored = store(office, actor, file, content)
    return enter(
        office, actor, stored, city=city, county=county, track=track, package_id=package_id, batch=batch
    )  # fmt: skip


def store(office: Office, actor: Actor, file: str, content: BinaryIO) -> Stored:
    """Put a file into the store.

    Args:
        office: The office.
        actor: Who hands it in.
        file: File name as the user knows it.
        content: The file, open at its beginning.

    Raises:
        InvalidError: If the file is empty, too large, or of a kind that is never read.
        ForbiddenError: If the role may not upload.
    """
    require(actor, Right.UPLOAD)
    size = _measure(office, file, content)
    return Stored(file, size, office.blobs.put(content))


def enter(
    office: Office,
    actor: Actor,
    stored: Stored,
    *,
    city: str = "",
    county: str = "",
    track: Track = Track.GRADE,
    package_id: str = "",
    batch: str = "",
) -> Received:
    """Make of a file in the store a new package, or a new version of one, and put its check on the queue.

    When this returns, the file and the job are durable; before that nothing of it is.

    Args:
        office: The office.
        actor: Who hands it in.
        stored: The file.
        city: 省辖市 of the enterprise; a new version keeps that of its package, as with the next two.
        county: 县（市、区） of the enterprise.
        track: What is applied for.
        package_id: The package of which this is a new version, or "".
        batch: Id under which several uploads belong together, or "".

    Raises:
        InvalidError: If it is not said where the enterprise lies.
        ForbiddenError: If the role may not upload.
        NotFoundError: If there is no such package.
        ConflictError: If the package takes no new version as it stands.
    """
    require(actor, Right.UPLOAD)
    if not package_id and not (city.strip() and county.strip()):
        raise InvalidError("没有写企业所在的省辖市和县（市、区）；请选择后再上传")
    with office.database.writing() as session:
        if package_id:
            package = visible(session, actor, package_id)
            if not State(package.state).takes_files:
                raise ConflictError(
                    f"这份申报现在是“{State(package.state).label}”，不能更换文件；退回整改之后再上传"
                )
        else:
            package = None
        earlier = _same_file(session, actor, stored.blob, package)
        if earlier is not None:
            return Received(earlier.package, earlier, duplicate=True)
        if package is None:
            package = Package(
                organisation_id=actor.organisation,
                track=track.value,
                state=State.DRAFT.value,
                since=now(),
                city=city.strip(),
                county=county.strip(),
            )
            session.add(package)
            session.flush()
        last = session.scalar(
            select(func.max(Submission.number)).where(Submission.package_id == package.id)
        )
        submission = Submission(
            package_id=package.id,
            number=(last or 0) + 1,
            user_id=actor.user,
            file=stored.file,
            size=stored.size,
            blob=stored.blob,
        )
        session.add(submission)
        session.flush()
        add_check(office, session, actor, submission, batch=batch)
        audit.append(
            session, actor.user, "package.upload", package.id,
            submission=submission.id, number=submission.number, sha256=stored.blob,
            size=stored.size,
        )  # fmt: skip
        return Received(package, submission, duplicate=False)


def _measure(office: Office, file: str, content: BinaryIO) -> int:
    size = content.seek(0, 2)
    if not size:
        raise InvalidError(f"“{file}”是空文件；请检查后重新上传")
    if size > office.largest:
        raise too_large(office, file, size)
    refuse_kind(file, content)
    content.seek(0)
    return size


def too_large(office: Office, file: str, size: int) -> InvalidError:
    """Return the refusal of a file that is larger than the office takes; `size` in bytes."""
    return InvalidError(
        f"“{file}”有 {size / 2**20:.0f} MB，超过上限 {office.largest / 2**20:.0f} MB；请压缩图片后再上传"
    )


def refuse_kind(file: str, content: BinaryIO) -> None:
    """Refuse what can be no package.

    Args:
        file: File name as the user knows it.
        content: The file, or the first kilobyte of one that tells there what it is.

    Raises:
        InvalidError: If it is of a kind that is never read.
    """
    found = look(content)
    if not (found.kind.is_document or found.kind.is_archive or found.kind is FileKind.UNKNOWN):
        raise InvalidError(
            f"“{file}”是{found.what}，不是申报材料；只收 Word、PDF、WPS 文件和 zip、7z、rar 压缩包"
        )


def _same_file(
    session: Session, actor: Actor, digest: str, package: Package | None
) -> Submission | None:
    """Return an earlier submission of the same file: in the same package, or else in one of the organisation's own that is open."""
    query = (
        select(Submission)
        .join(Package)
        .where(Submission.blob == digest, Package.organisation_id == actor.organisation)
        .options(selectinload(Submission.package))
        .order_by(Submission.created.desc())
    )
    same = Package.state != State.WITHDRAWN.value
    return session.scalars(query.where(Package.id == package.id if package else same)).first()
