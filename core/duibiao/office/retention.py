"""Retention (保存期限): files of finished packages go after their term; what is left over goes as well.

Reports, steps and the audit log stay; only the files as handed in, and what was made of them, are removed.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from duibiao.office import long_lists
from duibiao.office.desk import Office
from duibiao.office.people import LONGEST, WINDOW
from duibiao.procedure.states import State
from duibiao.storage import audit
from duibiao.storage.base import now
from duibiao.storage.blobs import STRAY
from duibiao.storage.packages import Artefact, ListFile, Package, Submission
from duibiao.storage.people import Failure, SignIn
from duibiao.storage.projects import Exhibit, Project
from duibiao.storage.records import Answered, Chunk

FINISHED = tuple(state.value for state in State if not state.is_open)
ANSWERS = timedelta(days=7)
"""How long the answer to an Idempotency-Key is remembered."""
CHUNKS = timedelta(days=30)
"""How long chunks wait for a batch that does not come back."""


def sweep(office: Office) -> int:
    """Remove what is past its term.

    Returns:
        The number of files that were removed.
    """
    with office.database.writing() as session:
        if office.retention:
            _purge(session, office.retention)
        session.execute(delete(SignIn).where(SignIn.created < now() - LONGEST))
        session.execute(delete(Failure).where(Failure.created < now() - WINDOW))
        session.execute(delete(Answered).where(Answered.created < now() - ANSWERS))
        long_lists.forget(session)
        session.execute(delete(Chunk).where(Chunk.created < now() - CHUNKS))
    return _remove_strays(office)


def _purge(session: Session, days: int) -> None:
    past = (
        select(Submission)
        .join(Package)
        .where(
            Package.state.in_(FINISHED),
            Package.since < now() - timedelta(days=days),
            Submission.purged.is_(None),
        )
    )
    for submission in session.scalars(past):
        submission.purged = now()
        session.execute(delete(Artefact).where(Artefact.submission_id == submission.id))
        audit.append(
            session, "system", "submission.purged", submission.package_id,
            submission=submission.id, sha256=submission.blob,
        )  # fmt: skip


def _remove_strays(office: Office) -> int:
    old = list(office.blobs.older_than(now() - STRAY))
    with office.database.reading() as session:
        kept = named(session)
    strays = [digest for digest in old if digest not in kept]
    for digest in strays:
        office.blobs.delete(digest)
    return len(strays)


def named(session: Session) -> set[str]:
    """Return the SHA-256 of every file that something names."""
    queries = (
        select(Submission.blob).where(Submission.purged.is_(None)),
        select(Submission.report),
        select(Artefact.blob),
        select(Exhibit.blob),
        select(Project.package),
        select(Chunk.results),
        select(ListFile.blob),
    )
    sent = {
        each[name]
        for packages in session.scalars(select(Chunk.packages))
        for each in packages
        for name in ("blob", "waivers")
    }
    return sent.union(*(session.scalars(query) for query in queries))
