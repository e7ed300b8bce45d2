"""A service to test, and people who use it."""

import contextlib
import io
import itertools
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fastapi.testclient import TestClient

from duibiao.office import packages, seeing
from duibiao.office.people import actor_of, hashed
from duibiao.procedure.rights import Actor
from duibiao.procedure.roles import Role, Track
from duibiao.storage.database import Database
from duibiao.storage.packages import Job, Package
from duibiao.storage.people import Organisation, User
from duibiao.web.app import make_app
from duibiao.web.running import running
from duibiao.web.settings import Settings
from duibiao.work.shop import Workshop

ROOT = Path(__file__).parents[2]
CLEAN, FAULTY = ROOT / "demo/clean-cement.docx", ROOT / "demo/faulty-furniture.docx"
PASSWORD = "correct horse battery"  # noqa: S105 - of invented people
_HASH = hashed(PASSWORD, "nobody")
_numbers = itertools.count(1)


@dataclass
class Town:
    """An invented city with one county and somebody in every role; nobody else's business.

    Attributes:
        city: 省辖市.
        county: 县（市、区）.
        logins: Name to sign in with by role; the password is `PASSWORD`.
        actors: Who they are.
    """

    city: str
    county: str
    logins: dict[Role, str]
    actors: dict[Role, Actor]


class World:
    """The service under test."""

    def __init__(self, shop: Workshop, settings: Settings) -> None:
        """Make its application."""
        self.shop = shop
        self.office = shop.office
        self.settings = settings
        self.app = make_app(shop, settings)

    def settle(self) -> Town:
        """Make a town with people."""
        number = next(_numbers)
        town = Town(f"虚构市{number}", "青石县", {}, {})
        for role in Role:
            self.add(town, role, f"{role.value}{number}")
        return town

    def add(self, town: Town, role: Role, login: str, *, county: str | None = None) -> Actor:
        """Add somebody with an organisation of their own, and return who it is."""
        place = town.county if county is None else county
        local = role in (Role.COUNTY, Role.APPLICANT)
        actor = add_user(self.office.database, login, role, town.city, place if local else "")
        town.logins.setdefault(role, login)
        town.actors.setdefault(role, actor)
        return actor

    def join(self, actor: Actor, role: Role, login: str) -> Actor:
        """Add somebody to the organisation of another one."""
        with self.office.database.writing() as session:
            user = User(
                organisation_id=actor.organisation, login=login, name=login, role=role.value, password=_HASH, must_change=False
            )  # fmt: skip
            session.add(user)
            session.flush()
            session.refresh(user)
            return actor_of(user)

    def client(self, login: str = "") -> TestClient:
        """Return a browser without scripts, signed in unless `login` is ""; its forms carry the token."""
        client = TestClient(self.app, follow_redirects=False, raise_server_exceptions=False)
        if login:
            answer = client.post("/sign-in", data={"login": login, "password": PASSWORD})
            assert answer.status_code == 303, answer.text
            home = client.get("/password")
            token = re.search(r'data-csrf="([^"]+)"', home.text)
            assert token, home.text
            client.headers["X-CSRF-Token"] = token[1]
        return client

    def hand_in(
        self, actor: Actor, file: Path | bytes, *, name: str = "", city: str = "", county: str = "",
        track: Track = Track.GRADE, package_id: str = "",
    ) -> Package:  # fmt: skip
        """Hand a file in and wait for its check."""
        data = file if isinstance(file, bytes) else file.read_bytes()
        done = packages.receive(
            self.office, actor, name or (file.name if isinstance(file, Path) else "材料.docx"), io.BytesIO(data),
            city=city or actor.city, county=county or actor.county or "青石县", track=track, package_id=package_id,
        )  # fmt: skip
        self.wait(done.submission.id)
        return seeing.open_package(self.office, actor, done.package.id)

    def wait(self, submission_id: str, seconds: float = 60) -> None:
        """Wait until the jobs of a version have ended."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with self.office.database.reading() as session:
                jobs = session.query(Job).where(Job.submission_id == submission_id).all()
                if jobs and all(job.state in ("done", "failed") for job in jobs):
                    return
            time.sleep(0.1)
        raise AssertionError("the jobs did not end in time")


def add_user(database: Database, login: str, role: Role, city: str, county: str) -> Actor:
    """Add a user with an organisation of its own; the password is `PASSWORD`."""
    with database.writing() as session:
        organisation = Organisation(name=f"{login}的单位", city=city, county=county)
        session.add(organisation)
        session.flush()
        user = User(
            organisation_id=organisation.id,
            login=login,
            name=login,
            role=role.value,
            password=_HASH,
            must_change=False,
        )
        session.add(user)
        session.flush()
        session.refresh(user)
        return actor_of(user)


@contextlib.contextmanager
def opened(home: Path, database: str) -> Iterator[World]:
    """Open a service over a database, with one job at a time."""
    settings = Settings(home=home, database=database, jobs=1, seconds=60)
    with running(settings, jobs=1) as shop:
        yield World(shop, settings)


@contextlib.contextmanager
def opened_database(home: Path) -> Iterator[Database]:
    """Open a database of its own in a folder."""
    database = Database(f"sqlite:///{home}/own.db")
    database.migrate()
    yield database
    database.close()
