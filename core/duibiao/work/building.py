"""The job of building a project's package, as DBOS runs it, and laying a project out as a folder."""

from __future__ import annotations

import json
from pathlib import Path

from dbos import DBOS

from duibiao.office.desk import Office
from duibiao.office.jobs import BUILD
from duibiao.office.project_form import as_data, catalogue_of_content
from duibiao.project.blank import write_workbook
from duibiao.project.names import FOLDER, WORKBOOK
from duibiao.storage import audit
from duibiao.storage.packages import Job
from duibiao.storage.projects import Project
from duibiao.work import project_child
from duibiao.work.child import Asked
from duibiao.work.shop import Workshop
from duibiao.work.tasks import carry_out, end, not_done, say


@DBOS.workflow(name=BUILD)
def build(job_id: str) -> str:
    """Build the package of a project. Returns the state in which the job ended."""

    def work(shop: Workshop, folder: Path) -> None:
        with shop.office.database.reading() as session:
            job = session.get_one(Job, job_id)
            project = session.get_one(Project, job.project_id)
            lay_out(shop.office, project, folder)
        shop.children.run(
            project_child.build,
            folder,
            "forced" if job.forced else "",
            watch=lambda stage: say(shop, job_id, stage),
        )
        _keep(shop, job_id, project.version, folder)

    return carry_out(job_id, work)


def lay_out(office: Office, project: Project, folder: Path) -> None:
    """Write a project as a project folder into the folder of the work, with what is asked of it.

    The data are written as the workbook, so that every place in a report is one that its reader can look up.

    Raises:
        StoreError: If an evidence file is not in the store any more.
    """
    home = folder / project_child.HOME
    (home / FOLDER).mkdir(parents=True)
    catalogue = catalogue_of_content(office.service, project.data)
    write_workbook(home / WORKBOOK, catalogue, as_data(catalogue, project.data))
    for file in project.files:
        place = home / FOLDER / file.folder
        place.mkdir(parents=True, exist_ok=True)
        office.blobs.fetch(file.blob, place / file.name)
    Asked(project_child.HOME).write(folder)


def _keep(shop: Workshop, job_id: str, version: int, folder: Path) -> None:
    """Write down what was built, once: a job that is done already stays as it is."""
    with (folder / project_child.PACKAGE).open("rb") as stream:
        package = shop.office.blobs.put(stream)
    told = project_child.Built(**json.loads((folder / project_child.SUMMARY).read_text("utf-8")))
    with shop.office.database.writing() as session:
        job = not_done(session, job_id)
        if job is None:
            return
        project = session.get_one(Project, job.project_id)
        project.package, project.built, project.draft = package, version, told.draft
        end(job, "\n".join(told.notes))
        audit.append(
            session, "system", "project.built", project.id,
            version=version, sha256=package, draft=told.draft, errors=told.errors,
        )  # fmt: skip
