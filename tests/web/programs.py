"""Programs that call the API."""

from collections.abc import Iterable

from fastapi.testclient import TestClient
from sqlalchemy import select
from tests.web.world import FAULTY, Town, World

from duibiao.office import tokens
from duibiao.procedure.rights import scopes_for
from duibiao.procedure.roles import Role
from duibiao.storage.packages import Submission


def program(
    world: World, town: Town, role: Role, scopes: Iterable[str] | None = None
) -> TestClient:
    """Return a program with a token of somebody in a role; it has all scopes of use unless told otherwise."""
    actor = town.actors[role]
    asked = [scope.value for scope in scopes_for(role)] if scopes is None else scopes
    _, secret = tokens.issue(world.office, actor, "试验", asked, 10)
    return TestClient(
        world.app,
        base_url="http://testserver/api/v1",
        headers={"Authorization": f"Bearer {secret}"},
        raise_server_exceptions=False,
    )


def problem(answer):
    """Status and words of a refusal."""
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == answer.status_code
    assert set(told) == {"type", "title", "status", "detail"}
    return answer.status_code, told["detail"]


def hand_in(world, town, client, file=FAULTY, *, name="材料.docx", data=None, batch=""):
    """Hand a file in."""
    return client.post(
        "/packages",
        params={"file": name, "city": town.city, "county": town.county, "batch": batch},
        content=file.read_bytes() if data is None else data,
    )


def checked(world, client, received):
    """Wait for the check of what was handed in, and return its job as it was before."""
    job = client.get(f"/jobs/{received['job']}").json()
    package = client.get(f"/packages/{received['package']}").json()
    with world.office.database.reading() as session:
        (submission,) = session.scalars(
            select(Submission.id).where(
                Submission.package_id == package["id"], Submission.number == received["version"]
            )
        )
    world.wait(submission)
    return job
