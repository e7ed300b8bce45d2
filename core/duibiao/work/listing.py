"""The job that makes the lists of a bureau, however many packages there are: entries lie on the disk meanwhile."""

from __future__ import annotations

from pathlib import Path

from dbos import DBOS

from duibiao.office import listings
from duibiao.office.errors import OfficeError
from duibiao.office.jobs import LISTS
from duibiao.office.people import actor_of, user_of
from duibiao.procedure.rights import Actor
from duibiao.reports.lists import LISTS as WORKBOOKS
from duibiao.reports.lists.workbook import render_to
from duibiao.storage import audit
from duibiao.storage.packages import Job, ListFile
from duibiao.work.children import FailedError
from duibiao.work.shop import Workshop
from duibiao.work.tasks import carry_out, end, not_done, say


@DBOS.workflow(name=LISTS)
def make_lists(job_id: str) -> str:
    """Make the lists that were ordered. Returns the state in which the job ended."""

    def work(shop: Workshop, folder: Path) -> None:
        with shop.office.database.reading() as session:
            actor = actor_of(user_of(session, session.get_one(Job, job_id).user_id))
            county = session.get_one(ListFile, (job_id, next(iter(listings.KINDS)))).county
        try:
            blobs = _written(shop, job_id, actor, county, folder)
        except OfficeError as error:  # the right was taken away meanwhile
            raise FailedError(str(error)) from None
        with shop.office.database.writing() as session:
            job = not_done(session, job_id)
            if job is None:
                return
            end(job)
            for kind, blob in blobs.items():
                session.get_one(ListFile, (job_id, kind)).blob = blob
            audit.append(session, "system", "lists.made", job_id)

    return carry_out(job_id, work)


def _written(
    shop: Workshop, job_id: str, actor: Actor, county: str, folder: Path
) -> dict[str, str]:
    """Write the workbooks and put them into the store; returns the SHA-256 of each by its kind."""

    def stage(words: str) -> None:
        say(shop, job_id, words)

    blobs = {}
    with listings.listing(shop.office, actor, county, folder=folder, say=stage) as made:
        for kind, file in listings.KINDS.items():
            stage(f"写{file.removesuffix('.xlsx')}：{made.total} 份")
            render_to(WORKBOOKS[file](made), folder / file, folder)
            with (folder / file).open("rb") as stream:
                blobs[kind] = shop.office.blobs.put(stream)
            (folder / file).unlink()
    return blobs
