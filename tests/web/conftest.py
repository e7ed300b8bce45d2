"""A running service on each database, made once a session, and people to use it."""

from collections.abc import Iterator

import pytest
from tests.web.postgres import postgres
from tests.web.world import World, opened


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def world(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """Give a service with a worker in this process; tests settle people of their own in it."""
    home = tmp_path_factory.mktemp(request.param)
    if request.param == "sqlite":
        with opened(home, f"sqlite:///{home}/duibiao.db") as made:
            yield made
        return
    with postgres() as url, opened(home, url) as made:
        yield made
