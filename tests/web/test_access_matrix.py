"""Every route × every role × one's own thing and somebody else's: who comes through is what the tables say, and nothing else.

`ENTRIES` names the right that a page asks for; the API has that table itself (`ASKED`). A route without an entry fails.
"""

import io
from dataclasses import dataclass, field
from typing import Any

import pytest
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient
from sqlalchemy import update
from tests.web.programs import program
from tests.web.world import FAULTY, World

from duibiao.office import (
    complaints,
    experts,
    long_lists,
    project_evidence,
    projects,
    reports,
    stepping,
    tokens,
    watchers,
)
from duibiao.procedure.rights import RIGHTS, SCOPES, Right, scopes_for
from duibiao.procedure.roles import Role
from duibiao.storage.base import now
from duibiao.storage.packages import Job, Package
from duibiao.web.api import PREFIX
from duibiao.web.api.access import ASKED
from duibiao.web.app import make_app
from duibiao.web.settings import Settings

PUBLIC, ANYBODY, MACHINE = "public", "anybody who is signed in", "this machine only"


@dataclass(frozen=True)
class Entry:
    """What a route asks for.

    Attributes:
        right: The right, PUBLIC, ANYBODY or MACHINE.
        foreign: Whether it is about one thing, so that somebody else's is not there.
        form: What a form sends; enough that the question of the right is reached.
        json: What a program sends.
        query: The query.
        content: The body where it is a file.
        headers: Headers.
        ids: What stands in the path instead of what the scene has there.
        also: A further right that it asks for, or None.
        reviewers: Whether it is for those who review only, not for the applicant.
        everywhere: Roles to whom nothing is foreign.
    """

    right: Right | str
    foreign: bool = False
    form: dict[str, Any] = field(default_factory=dict)
    json: Any = None
    query: dict[str, Any] = field(default_factory=dict)
    content: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    also: Right | None = None
    reviewers: bool = False
    everywhere: frozenset[Role] = frozenset()

    def admits(self, role: Role) -> bool:
        """Whether the tables let a role through."""
        if self.right in (PUBLIC, ANYBODY):
            return True
        if self.right == MACHINE or (self.reviewers and role is Role.APPLICANT):
            return False
        return all(role in RIGHTS[right] for right in (self.right, self.also) if right)


def of(right: Right | str, **more: Any) -> Entry:
    """What a route asks for that is about no one thing."""
    return Entry(right, **more)


def one(right: Right, **more: Any) -> Entry:
    """What a route asks for that is about one thing."""
    return Entry(right, foreign=True, **more)


def account(**more: Any) -> Entry:
    """What a route asks for that is about an account: the system's administrator manages all, a bureau's own its reviewers."""
    return one(Right.MANAGE_USERS, everywhere=frozenset({Role.ADMIN}), **more)


SEE, PROJECT = Right.SEE_PACKAGES, Right.PROJECT
PACKAGE, FORM = "/packages/{package_id}", "/projects/{project_id}"
ENTRIES: dict[tuple[str, str], Entry] = {
    ("GET", "/healthz"): of(PUBLIC),
    ("GET", "/readyz"): of(PUBLIC),
    ("GET", "/sign-in"): of(PUBLIC),
    ("POST", "/sign-in"): of(PUBLIC, form={"login": "x", "password": "y"}),
    ("GET", "/published"): of(PUBLIC),
    ("GET", "/published/receipt"): of(PUBLIC),
    ("POST", "/published/receipt"): of(PUBLIC, form={"receipt": "RECEIPT"}),
    ("GET", "/published/{package_id}/report"): of(PUBLIC),
    ("POST", "/published/{package_id}/report"): of(PUBLIC),
    ("GET", f"{PREFIX}/openapi.json"): of(PUBLIC),
    ("GET", f"{PREFIX}/docs"): of(PUBLIC),
    ("GET", "/metrics"): of(MACHINE),
    ("POST", "/sign-out"): of(PUBLIC),
    ("GET", "/"): of(ANYBODY),
    ("GET", "/password"): of(ANYBODY),
    ("POST", "/password"): of(ANYBODY, form={"old": "x", "new": "y", "again": "z"}),
    ("GET", "/account"): of(ANYBODY),
    ("POST", "/account/sessions/end"): of(ANYBODY),
    ("POST", "/account/tokens"): of(Right.OWN_TOKENS, form={"name": "", "days": "1"}),
    ("POST", "/account/tokens/{token_id}/revoke"): one(Right.OWN_TOKENS),
    ("POST", "/account/webhooks"): of(Right.WEBHOOKS, form={"url": "x"}),
    ("POST", "/account/webhooks/{webhook_id}/switch"): one(Right.WEBHOOKS, form={"active": "true"}),
    ("POST", "/account/webhooks/{webhook_id}/remove"): one(Right.WEBHOOKS),
    ("GET", "/packages"): of(SEE),
    ("GET", PACKAGE): one(SEE),
    ("POST", f"{PACKAGE}/steps/{{key}}"): one(Right.TAKE_STEPS, ids={"key": "apply"}),
    ("GET", f"{PACKAGE}/progress"): one(SEE),
    ("GET", "/upload"): of(Right.UPLOAD),
    ("POST", "/upload"): of(
        Right.UPLOAD, query={"file": "a.docx", "city": "x", "county": "y"}, content=b""
    ),
    ("GET", f"{PACKAGE}/findings"): one(SEE),
    ("GET", f"{PACKAGE}/findings/{{finding}}"): one(SEE),
    ("POST", f"{PACKAGE}/remarks"): one(
        Right.REMARK,
        form={"fingerprint": "FINGERPRINT", "disposition": "note", "number": "1", "text": "x"},
    ),
    ("GET", f"{PACKAGE}/files/{{face}}"): one(SEE),
    ("POST", f"{PACKAGE}/check"): one(Right.REMARK),
    ("GET", f"{PACKAGE}/pages/{{document}}/{{sheet}}"): one(SEE),
    ("GET", f"{PACKAGE}/pictures/{{document}}/{{key}}"): one(SEE),
    ("GET", f"{PACKAGE}/compare"): one(SEE, query={"old": "1", "new": "1"}),
    ("GET", f"{PACKAGE}/experts"): one(SEE, reviewers=True),
    ("POST", f"{PACKAGE}/experts"): one(Right.ASSIGN_EXPERT, form={"expert": "EXPERT"}),
    ("POST", f"{PACKAGE}/experts/{{user_id}}/release"): one(Right.ASSIGN_EXPERT),
    ("POST", f"{PACKAGE}/opinion"): one(
        Right.GIVE_OPINION, form={"recommends": "B级", "text": "y"}
    ),
    ("GET", "/assignments"): of(Right.GIVE_OPINION),
    ("GET", "/experts"): of(Right.ASSIGN_EXPERT),
    ("POST", "/experts/{user_id}/blacklist"): one(
        Right.BLACKLIST, form={"reason": "1", "detail": "x"}, ids={"user_id": "OTHER"}
    ),
    ("POST", "/experts/{user_id}/pardon"): one(
        Right.BLACKLIST, form={"detail": "x"}, ids={"user_id": "OTHER"}
    ),
    ("GET", "/complaints"): of(Right.HANDLE_COMPLAINT),
    ("GET", "/complaints/{complaint_id}"): one(Right.HANDLE_COMPLAINT),
    ("POST", "/complaints/{complaint_id}/reporter"): one(Right.SEE_REPORTER),
    ("POST", "/complaints/{complaint_id}"): one(
        Right.HANDLE_COMPLAINT, form={"outcome": "verifying", "answer": ""}
    ),
    ("POST", "/complaints/{complaint_id}/second-review"): one(
        Right.HANDLE_COMPLAINT, also=Right.TAKE_STEPS, form={"note": "x"}
    ),
    ("GET", "/projects"): of(PROJECT),
    ("GET", "/projects/new"): of(PROJECT),
    ("GET", "/projects/new/grades"): of(PROJECT, query={"industry": "cement"}),
    ("POST", "/projects"): of(PROJECT, form={"name": "/", "industry": "x", "grade": ""}),
    ("GET", FORM): one(PROJECT),
    ("POST", f"{FORM}/remove"): one(PROJECT),
    ("GET", f"{FORM}/data.xlsx"): one(PROJECT),
    ("GET", f"{FORM}/data.json"): one(PROJECT),
    ("POST", f"{FORM}/import"): one(
        PROJECT, query={"file": "a.json", "version": "1"}, content=b"x"
    ),
    ("GET", f"{FORM}/sheets/{{key}}"): one(PROJECT, ids={"key": "form"}),
    ("POST", f"{FORM}/sheets/{{key}}"): one(
        PROJECT, form={"content": "{}", "seen": "x"}, ids={"key": "form"}
    ),
    ("GET", f"{FORM}/findings"): one(PROJECT),
    ("GET", f"{FORM}/evidence"): one(PROJECT),
    ("GET", f"{FORM}/evidence/folder"): one(PROJECT, query={"name": "FOLDER"}),
    ("POST", f"{FORM}/evidence"): one(
        PROJECT, query={"folder": "FOLDER", "file": "a.jpg"}, content=b"x"
    ),
    ("POST", f"{FORM}/files/{{file_id}}/remove"): one(PROJECT),
    ("POST", f"{FORM}/evidence/move"): one(PROJECT, form={"source": "FOLDER", "target": "FOLDER"}),
    ("GET", f"{FORM}/files/{{file_id}}"): one(PROJECT),
    ("GET", f"{FORM}/build"): one(PROJECT),
    ("POST", f"{FORM}/build"): one(PROJECT),
    ("GET", f"{FORM}/build/progress"): one(PROJECT),
    ("GET", f"{FORM}/package.zip"): one(PROJECT),
    ("POST", f"{FORM}/hand-in"): one(PROJECT),
    ("GET", "/users"): of(Right.MANAGE_USERS),
    ("POST", "/users"): of(
        Right.MANAGE_USERS, form={"login": "x", "name": "x", "role": "x", "organisation": "x"}
    ),
    ("POST", "/organisations"): of(Right.MANAGE_ORGANISATIONS, form={"name": " "}),
    ("POST", "/organisations/{organisation_id}"): of(
        Right.MANAGE_ORGANISATIONS, form={"name": " "}
    ),
    ("GET", "/users/{user_id}"): account(),
    ("POST", "/users/{user_id}"): account(form={"name": "x", "role": "x", "organisation": "x"}),
    ("POST", "/users/{user_id}/password"): account(),
    ("POST", "/users/{user_id}/close"): account(),
    ("POST", "/users/{user_id}/open"): account(),
    ("GET", "/audit"): of(Right.READ_AUDIT),
    ("POST", "/audit/verify"): of(Right.READ_AUDIT),
    ("GET", "/audit/download"): of(Right.READ_AUDIT),
    ("GET", "/statistics"): of(Right.SEE_STATISTICS),
    ("GET", "/statistics/lists/{kind}"): of(Right.SEE_STATISTICS),
    ("GET", "/statistics/lists/{kind}/xlsx"): of(Right.SEE_STATISTICS),
    ("POST", "/statistics/made"): of(Right.SEE_STATISTICS),
    ("GET", "/statistics/made/{job_id}"): one(Right.SEE_STATISTICS),
    ("GET", "/statistics/made/{job_id}/progress"): one(Right.SEE_STATISTICS),
    ("GET", "/statistics/made/{job_id}/{kind}"): one(Right.SEE_STATISTICS),
    ("GET", "/rules"): of(Right.SEE_LAW),
    ("GET", "/rules/{code}"): of(Right.SEE_LAW),
    ("GET", "/plugins"): of(Right.SEE_LAW),
    ("GET", "/plugins/{name}"): of(Right.SEE_LAW, ids={"name": "cement"}),
}

REMARK = {"fingerprint": "FINGERPRINT", "disposition": "note", "text": "x"}
FILE: dict[str, Any] = {"query": {"file": "a.docx"}, "content": b"PK\x03\x04"}
SENT: dict[str, dict[str, Any]] = {
    "hand_in": FILE,
    "hand_in_version": FILE,
    "hand_in_batch": {"content": b"GIF89a"},
    "take_step": {"json": {}, "ids": {"key": "apply"}},
    "add_remark": {"json": REMARK},
    "create_project": {"json": {"name": "/", "industry": "x"}},
    "put_data": {"json": {}, "headers": {"If-Match": '"9"'}},
    "add_evidence": {"query": {"folder": "FOLDER", "file": "a.jpg"}, "content": b""},
    "build_project": {"json": {}},
    "hand_in_project": {"json": {}},
    "add_webhook": {"json": {"url": "x"}},
    "change_webhook": {"json": {}},
}
"""Endpoint → what a program sends there."""


def routes() -> dict[tuple[str, str], str]:
    """Return method and path of every route, and the name of its function."""
    app = make_app(None, Settings())  # type: ignore[arg-type]  # nothing is asked of it
    return {
        (method, route.path): route.name
        for route in iter_route_contexts(app.routes)
        for method in sorted((route.methods or set()) - {"HEAD"})
    }


ROUTES = routes()


def entry_of(method: str, path: str) -> Entry:
    """Return what a route asks for; an endpoint of the API says so itself."""
    name = ROUTES[method, path]
    if path.startswith(PREFIX) and name in ASKED:
        return Entry(ASKED[name], "_id}" in path, **SENT.get(name, {}))
    return ENTRIES[method, path]


class Scene:
    """A town where everybody who may have something has it."""

    def __init__(self, world: World) -> None:
        self.world, self.town = world, world.settle()
        actors = self.town.actors
        self.package = world.hand_in(actors[Role.APPLICANT], FAULTY)
        stepping.take(world.office, actors[Role.APPLICANT], self.package.id, "apply")
        self.spare = world.add(self.town, Role.EXPERT, f"{self.town.city}-spare")
        self.other = world.add(self.town, Role.EXPERT, f"{self.town.city}-other")
        self.colleague = world.join(
            actors[Role.BUREAU_ADMIN], Role.CITY, f"{self.town.city}-colleague"
        )
        for expert in (actors[Role.EXPERT], self.spare):
            experts.assign(world.office, actors[Role.CITY], self.package.id, expert.user)
        with world.office.database.writing() as session:
            published = {"state": "published", "published": "B", "final_grade": "B", "since": now()}
            session.execute(
                update(Package).where(Package.id == self.package.id).values(**published)
            )
        self.receipt = complaints.report(
            world.office, self.town.city, self.package.id, "不实", name="某人"
        )
        (case,) = complaints.cases(world.office, actors[Role.COMPLAINTS])
        self.complaint = case.complaint.id
        report = reports.report_of(world.office, self.package.submissions[-1])
        self.fingerprint = reports.every_finding(report)[0]["fingerprint"]
        self.job = self.package.submissions[-1].jobs[-1].id
        with world.office.database.writing() as session:
            session.execute(update(Job).where(Job.id == self.job).values(batch=self.package.id))
        self.standing = self.project()
        self.browsers = {role: world.client(self.town.logins[role]) for role in Role}
        self.programs = {role: program(world, self.town, role) for role in Role}
        for client in self.programs.values():
            client.base_url = "http://testserver"  # type: ignore[assignment]

    def things(self, role: Role, path: str, *, used_up: bool = False) -> dict[str, str]:
        """Return the ids of what somebody has; a project of its own where the call uses it up."""
        office, actor = self.world.office, self.town.actors[role]
        found = {
            "package_id": self.package.id, "complaint_id": self.complaint, "user_id": self.spare.user,
            "organisation_id": self.spare.organisation, "job_id": self.job, "batch_id": self.package.id, "number": "1", "finding": "0",
            "document": "0", "sheet": "1", "key": "00000000-1", "face": "json", "kind": "annex3", "code": "DB-101", "name": "json",
            "FINGERPRINT": self.fingerprint, "EXPERT": self.spare.user, "RECEIPT": self.receipt, "OTHER": self.other.user,
        }  # fmt: skip
        if role is Role.BUREAU_ADMIN and path.startswith("/users/"):
            found["user_id"] = self.colleague.user
        if "{webhook_id}" in path and role in RIGHTS[Right.WEBHOOKS]:
            for old in watchers.webhooks_of(office, actor):
                watchers.remove_webhook(office, actor, old.id)
            found["webhook_id"] = watchers.add_webhook(office, actor, "https://localhost:9/").id
        if "/made/" in path and role in RIGHTS[Right.SEE_STATISTICS]:
            found["job_id"] = long_lists.order(office, actor).id
        if "{token_id}" in path:
            found["token_id"] = tokens.issue(office, actor, "x", [scopes_for(role)[0]], 1)[0].id
        if "{project_id}" in path:
            found |= self.project() if used_up else self.standing
        return found

    def project(self) -> dict[str, str]:
        """Return the ids of a new project with a file."""
        office, owner = self.world.office, self.town.actors[Role.APPLICANT]
        project = projects.open_project(office, owner, projects.create(office, owner, "试验", "cement").id)  # fmt: skip
        folder = project_evidence.folders_of(office, project)[0].name
        file = project_evidence.add_file(
            office, owner, project.id, folder, "一.png", io.BytesIO(PICTURE)
        )
        return {"project_id": project.id, "FOLDER": folder, "file_id": file.id}


PICTURE = b"\x89PNG\r\n\x1a\n" + b"\0" * 64
"""What is taken for a picture by those who do not look into it."""


@pytest.fixture(scope="module")
def scenes(world: World) -> tuple[Scene, Scene]:
    """One's own town, and another one."""
    return Scene(world), Scene(world)


def call(client: TestClient, method: str, path: str, entry: Entry, things: dict[str, str]) -> int:
    """Send what an entry says and return the status; a way to the page for signing in is 401."""
    ids = {**things, **{name: things.get(value, value) for name, value in entry.ids.items()}}
    for name, value in ids.items():
        path = path.replace(f"{{{name}}}", value)
    assert "{" not in path, path

    def filled(sent: dict[str, Any]) -> dict[str, Any]:
        return {key: ids.get(value, value) for key, value in sent.items()}

    options: dict[str, Any] = {"params": filled(entry.query), "headers": entry.headers}
    if entry.json is not None:
        options["json"] = filled(entry.json)
    elif entry.content is not None:
        options["content"] = entry.content
    elif entry.form:
        options["data"] = filled(entry.form)
    answer = client.request(method, path, **options)
    to = answer.headers.get("location", "")
    asked = answer.status_code == 303 and to.startswith("/sign-in") and path != "/sign-out"
    return 401 if asked else answer.status_code


def verdict(status: int) -> str:
    """Say what a status means for whoever asked."""
    return {401: "who?", 403: "kept out", 404: "kept out"}.get(status, "in" if status < 500 else "fault")  # fmt: skip


@pytest.mark.parametrize(("method", "path"), list(ROUTES), ids=lambda value: value)
def test_who_comes_through_is_what_the_tables_say(world: World, scenes, method, path):
    entry = entry_of(method, path)
    mine, theirs = scenes
    api = path.startswith(PREFIX)
    found, expected = {}, {}
    strangers = TestClient(world.app, follow_redirects=False, raise_server_exceptions=False)
    things = mine.things(Role.APPLICANT, path)
    found["nobody"] = verdict(call(strangers, method, path, entry, things))
    expected["nobody"] = {PUBLIC: "in", MACHINE: "kept out"}.get(entry.right, "who?")
    for role in Role:
        client = mine.programs[role] if api else mine.browsers[role]
        if path == "/sign-out":
            client = world.client(mine.town.logins[role])
        may = entry.admits(role)
        owner = role if may else Role.APPLICANT
        if entry.foreign and role not in entry.everywhere:
            status = call(client, method, path, entry, theirs.things(owner, path))
            found[role, "foreign"] = verdict(status)
            expected[role, "foreign"] = "kept out"
            if may:
                assert status == 404
        gone = may and (method == "DELETE" or path.endswith("/remove"))
        things = mine.things(owner, path, used_up=gone)
        found[role] = verdict(call(client, method, path, entry, things))
        expected[role] = "in" if may else "kept out"
    assert found == expected


def test_every_page_has_an_entry_and_every_entry_a_page():
    pages = {key for key, name in ROUTES.items() if not (key[1].startswith(PREFIX) and name in ASKED)}  # fmt: skip
    assert pages == set(ENTRIES)


@pytest.mark.parametrize("name", list(ASKED))
def test_a_token_without_the_scope_is_turned_away(world: World, scenes, name):
    ((method, path),) = [key for key, found in ROUTES.items() if found == name and key[1].startswith(PREFIX)]  # fmt: skip
    right = ASKED[name]
    role = next(role for role in Role if role in RIGHTS[right])
    others = [
        scope.value
        for scope in scopes_for(role)
        if right not in SCOPES[scope]
    ]  # fmt: skip
    mine, _ = scenes
    actor = mine.town.actors[role]
    token, secret = tokens.issue(world.office, actor, "x", others, 1)
    client = TestClient(world.app, headers={"Authorization": f"Bearer {secret}"})
    status = call(client, method, path, entry_of(method, path), mine.things(role, path))
    tokens.revoke(world.office, actor, token.id)
    assert status == 403
