"""Programs that call the API."""

from collections.abc import Iterable

from fastapi.testclient import TestClient
from tests.web.world import Town, World

from duibiao.office import tokens
from duibiao.procedure.rights import scopes_for
from duibiao.procedure.roles import Role


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
