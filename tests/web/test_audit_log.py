"""The audit log: who reads it, filters, the chain, the download, what its actions are called."""

import ast
import csv
import html
import io
import re
from pathlib import Path
from urllib.parse import parse_qsl

from sqlalchemy import text
from tests.web.shelf import TO_NOTICE, shelve, walk

import duibiao
from duibiao.office import audit_log, complaints
from duibiao.office.audit_log import Wanted
from duibiao.office.audit_words import details, words
from duibiao.office.jobs import BUILD, CHECK
from duibiao.office.remarks import Disposition
from duibiao.procedure.roles import Role
from duibiao.procedure.steps import STEPS
from duibiao.storage.records import Entry


def test_only_administrators_read_it(world):
    town = world.settle()
    for role in Role:
        client = world.client(town.logins[role])
        wanted = 200 if role is Role.ADMIN else 403
        answers = {client.get(path).status_code for path in ("/audit", "/audit/download")}
        answers.add(client.post("/audit/verify").status_code)
        assert answers == {wanted}


def test_it_is_filtered_by_who_what_and_when(world):
    town = world.settle()
    package, admin = shelve(world, town), town.actors[Role.ADMIN]
    walk(world, town, package, *TO_NOTICE)
    county, today = town.logins[Role.COUNTY], world.office.today.isoformat()

    def actions(wanted: Wanted) -> list[str]:
        found, count, logins = audit_log.entries(world.office, admin, wanted)
        assert count == len(found)
        assert all(logins[entry.actor] for entry in found)
        return [entry.action for entry in found]

    assert actions(Wanted(subject=package)) == [
        "package.city-rate", "package.on-site", "package.county-pass", "package.apply",
    ]  # fmt: skip
    assert actions(Wanted(who=county)) == ["package.county-pass"]
    assert actions(Wanted(subject=package, action="package.c")) == [
        "package.city-rate",
        "package.county-pass",
    ]
    assert actions(Wanted(subject=package, since=today, until=today))[0] == "package.city-rate"
    assert actions(Wanted(subject=package, until="2020-01-01")) == []
    client = world.client(town.logins[Role.ADMIN])
    assert client.get("/audit", params={"since": "昨天"}).status_code == 422
    asked = {"who": county, "subject": package}
    page = client.get("/audit", params=asked).text
    assert county in page
    (href,) = re.findall(r'href="(/audit/download\?[^"]*)"', page)
    assert dict(parse_qsl(html.unescape(href).partition("?")[2])) == asked


def test_the_chain_is_followed_and_a_change_is_found(world):
    town = world.settle()
    client = world.client(town.logins[Role.ADMIN])
    assert "链条完好" in client.post("/audit/verify").text
    with world.office.database.reading() as session:
        last = session.query(Entry).order_by(Entry.number.desc()).first()
        assert last is not None
        number, before = last.number, last.action
    meddle(world, number, "audit.verify2")
    try:
        assert f"第 {number} 条内容改动过" in client.post("/audit/verify").text
    finally:
        meddle(world, number, before)
    assert "链条完好" in client.post("/audit/verify").text


def meddle(world, number: int, action: str) -> None:
    """Change an entry as somebody would who owns the database: past the triggers that forbid it."""
    engine = world.office.database.engine
    with engine.begin() as connection:
        if world.office.database.is_sqlite:
            names = connection.execute(
                text(
                    "SELECT name, sql FROM sqlite_master WHERE type='trigger' AND tbl_name='audit'"
                )
            ).all()
            for name, _ in names:
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            names = []
            connection.execute(text("ALTER TABLE audit DISABLE TRIGGER ALL"))
        connection.execute(
            text("UPDATE audit SET action = :action WHERE number = :number"),
            {"action": action, "number": number},
        )
        for _, sql in names:
            connection.execute(text(sql))
        if not world.office.database.is_sqlite:
            connection.execute(text("ALTER TABLE audit ENABLE TRIGGER ALL"))


def test_the_download_holds_everything_and_no_formula(world):
    town = world.settle()
    client = world.client(town.logins[Role.ADMIN])
    package = shelve(world, town)
    walk(world, town, package, "apply")
    answer = client.get("/audit/download", params={"subject": package})
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == list(audit_log.HEADER)
    assert [row[3:6] for row in rows[1:]] == [
        ["package.apply", package if package[0] not in "-=+@" else f"'{package}",
         '{"source": "draft", "target": "applied"}'],
    ]  # fmt: skip
    assert answer.headers["content-disposition"] == 'attachment; filename="audit.csv"'


def written_actions() -> set[str]:
    """Return every action that the code writes down in so many words."""
    found = set()
    for file in Path(duibiao.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "audit.append":
                action = node.args[2]
                if isinstance(action, ast.Constant):
                    found.add(str(action.value))
    return found


def test_every_action_has_words():
    known = written_actions()
    assert {"sign-in", "package.upload", "expert.assign"} <= known
    known |= {f"package.{step.key}" for step in STEPS}
    known |= {f"complaint.{state}" for state in complaints.STATES if state != complaints.OPEN}
    known |= {f"{kind}.failed" for kind in (CHECK, BUILD)}
    known |= {f"remark.{said.value}" for said in Disposition}
    assert {action for action in known if words(action) == action} == set()
    assert words("something.else") == "something.else"


def test_details_are_told_in_chinese(world):
    town = world.settle()
    walk(world, town, shelve(world, town), "apply")
    page = world.client(town.logins[Role.ADMIN]).get("/audit?action=package.apply").text
    assert "从：自评" in page
    assert "到：待县（区）初审" in page
    assert (
        details({"role": "city", "face": "notice", "active": False, "grade": ""})
        == "在用：否；报告格式：notice；角色：市生态环境局"
    )
