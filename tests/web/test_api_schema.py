"""The whole API is called with whatever its description allows, and more: no fault of ours, no answer that is not described.

``EXAMPLES`` in the environment says how many calls each endpoint gets in each mode (12 if it is not set).
"""

import os

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.generation.modes import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from tests.web.programs import program
from tests.web.test_api import checked, hand_in
from tests.web.world import CLEAN, World

from duibiao.office import projects, watchers
from duibiao.procedure.roles import Role
from duibiao.web.api.access import ASKED

EXAMPLES = int(os.environ.get("EXAMPLES", "12"))
CHECKS = [
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
ROLES = {
    name: Role.EXPERT if right == "give_opinion" else Role.CITY if right == "see_statistics" else Role.APPLICANT
    for name, right in ASKED.items()
}  # fmt: skip
"""Endpoint → somebody who gets through to it."""


@pytest.fixture(scope="module")
def place(world: World):
    """Somebody with a package that is checked, a project and an address, so that ids lead somewhere."""
    town = world.settle()
    client = program(world, town, Role.APPLICANT)
    told = hand_in(world, town, client, CLEAN).json()
    checked(world, client, told)
    actor = town.actors[Role.APPLICANT]
    webhook = watchers.add_webhook(world.office, actor, "https://localhost:9/")
    project = projects.create(world.office, actor, "试验", "cement")
    ids = {
        "package_id": told["package"], "job_id": told["job"], "webhook_id": webhook.id, "project_id": project.id,
        "code": "DB-101", "number": 1, "key": "apply", "batch_id": told["package"], "kind": "annex3",
    }  # fmt: skip
    tokens = {role: dict(program(world, town, role).headers) for role in set(ROLES.values())}
    return tokens, ids


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("name", list(ASKED))
@pytest.mark.parametrize("world", ["sqlite"], indirect=True)
def test_every_answer_is_one_that_the_description_names(world: World, place, name, mode):
    tokens, ids = place
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", world.app)
    operation = schema.find_operation_by_id(name)

    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, derandomize="EXAMPLES" not in os.environ,
        suppress_health_check=list(HealthCheck), phases=[Phase.generate],
    )  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=mode), real=st.booleans())
    def call(case, real):
        if real and not name.startswith("remove"):
            given_ids = case.path_parameters or {}
            case.path_parameters = {
                **given_ids,
                **{key: ids[key] for key in given_ids if key in ids},
            }
        case.validate_response(case.call(headers=tokens[ROLES[name]]), checks=CHECKS)

    call()
