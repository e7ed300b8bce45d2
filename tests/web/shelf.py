"""Packages as the procedure knows them, put into the tables without a file."""

from tests.web.world import Town, World

from duibiao.office import stepping
from duibiao.procedure.rights import Actor
from duibiao.procedure.roles import Role, Track
from duibiao.procedure.states import State
from duibiao.storage.base import now
from duibiao.storage.packages import Package, Submission

DIGEST = "0" * 64


def shelve(
    world: World, town: Town, *, enterprise: str = "虚构建材有限公司", industry: str = "水泥", declared: str = "C级",
    track: Track = Track.GRADE, state: State = State.DRAFT, confidential: bool = False, county: str = "",
    verdict: str = "通过", final: str = "",
) -> str:  # fmt: skip
    """Put a checked package of the town's applicant into the tables and return its id."""
    applicant = town.actors[Role.APPLICANT]
    with world.office.database.writing() as session:
        package = Package(
            organisation_id=applicant.organisation,
            track=track.value,
            state=state.value,
            since=now(),
            filed=None if state is State.DRAFT else now(),
            confidential=confidential,
            city=town.city,
            county=county or town.county,
            enterprise=enterprise,
            industry=industry,
            declared=declared,
            final_grade=final,
            published=final if state is State.PUBLISHED else "",
        )
        session.add(package)
        session.flush()
        session.add(
            Submission(
                package_id=package.id, number=1, user_id=applicant.user, file="材料.docx", size=1, blob=DIGEST,
                report=DIGEST, verdict=verdict,
            )
        )  # fmt: skip
        return package.id


def walk(world: World, town: Town, package: str, *keys: str) -> Package:
    """Take steps, each written as ``key`` or ``key:grade``, by whoever may, and return the package."""
    done: Package | None = None
    for written in keys:
        key, _, grade = written.partition(":")
        done = stepping.take(
            world.office, who(town, key), package, key, note=f"{key}的理由", grade=grade
        )
    assert done is not None
    return done


def who(town: Town, key: str) -> Actor:
    """Return who takes a step."""
    step = stepping.step_named(key)
    assert step is not None
    return town.actors[step.role]


TO_NOTICE = ("apply", "county-pass", "on-site", "city-rate:C级")
"""Steps by which a package of grade C comes to its notice."""
