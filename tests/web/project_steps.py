"""What tests of projects do in a browser."""

import json
import re
import time
from pathlib import Path

from fastapi.testclient import TestClient
from httpx import Response
from tests.web.world import ROOT, World

from duibiao.office import project_building, projects
from duibiao.procedure.rights import Actor
from duibiao.project.names import FOLDER, WORKBOOK
from duibiao.storage.packages import Job
from duibiao.storage.projects import Project

DEMO = ROOT / "demo/projects/青石岭水泥"


def start(
    world: World,
    actor: Actor,
    name: str = "豫东水泥",
    industry: str = "水泥熟料",
    grade: str = "B级",
) -> str:
    """Make a project, and return its address."""
    return f"/projects/{projects.create(world.office, actor, name, industry, grade).id}"


def seen(client: TestClient, project: str, sheet: str) -> str:
    """Return the mark of a sheet as its page shows it."""
    found = re.search(
        r'id="seen" value="([0-9a-f]+)"', client.get(f"{project}/sheets/{sheet}").text
    )
    assert found
    return found[1]


def save(
    client: TestClient, project: str, sheet: str, content: object, *, mark: str = ""
) -> Response:
    """Save a sheet as the page does."""
    data = {"content": json.dumps(content), "seen": mark or seen(client, project, sheet)}
    return client.post(f"{project}/sheets/{sheet}", data=data)


def stored(client: TestClient, project: str) -> dict[str, object]:
    """Return all that is filled in."""
    return client.get(f"{project}/data.json").json()


def bring_in(
    client: TestClient, project: str, file: Path | bytes, *, name: str = WORKBOOK
) -> Response:
    """Import data."""
    found = re.search(r'data-version="(\d+)"', client.get(project).text)
    assert found
    content = file if isinstance(file, bytes) else file.read_bytes()
    return client.post(
        f"{project}/import", params={"file": name, "version": found[1]}, content=content
    )


def attach(
    client: TestClient, project: str, folder: str, name: str, content: bytes, **query: object
) -> Response:
    """Add an evidence file."""
    params = {"folder": folder, "file": name, **query}
    return client.post(f"{project}/evidence", params=params, content=content)


def demo(world: World, actor: Actor, client: TestClient) -> str:
    """Make the demo project with all its evidence."""
    project = start(world, actor)
    assert bring_in(client, project, DEMO / WORKBOOK).json() == {"lost": []}
    for file in sorted((DEMO / FOLDER).rglob("*")):
        if file.is_file() and file.suffix != ".txt":
            folder = file.parent.relative_to(DEMO / FOLDER).as_posix()
            answer = attach(client, project, folder, file.name, file.read_bytes())
            assert answer.status_code == 200, answer.text
    return project


def ended(world: World, actor: Actor, project: str, seconds: float = 120) -> Job:
    """Wait until the newest build of a project has ended."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        job = project_building.newest_build(world.office, actor, project.rpartition("/")[2])
        if job and job.state in ("done", "failed"):
            return job
        time.sleep(0.1)
    raise AssertionError("the build did not end in time")


def opened(world: World, actor: Actor, project: str) -> Project:
    """Return a project."""
    return projects.open_project(world.office, actor, project.rpartition("/")[2])
