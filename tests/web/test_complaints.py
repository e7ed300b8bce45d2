"""举报: what is public, reporting, handling, and who may see the reporter."""

import re

import pytest
from sqlalchemy import delete, select
from tests.web.shelf import shelve

from duibiao.office import complaints
from duibiao.procedure.roles import Role
from duibiao.procedure.states import State
from duibiao.storage.packages import Complaint, Package
from duibiao.storage.people import Failure
from duibiao.storage.records import Entry

NAME, CONTACT, TEXT = "王虚构", "13800000000", "夜间没有开除尘设施"


@pytest.fixture(autouse=True)
def _fresh(world):
    with world.office.database.writing() as session:
        session.execute(delete(Failure))


def published(world, town, **more) -> str:
    return shelve(world, town, state=State.PUBLISHED, final="C级", **more)


def report(world, package: str, **more: str) -> str:
    answer = world.client().post(f"/published/{package}/report", data={"text": TEXT, **more})
    assert answer.status_code == 200, answer.text
    found = re.search(r"[2-9A-Z]{4}(-[2-9A-Z]{4}){3}", answer.text)
    assert found, answer.text
    return found[0]


def complaint_of(world, package: str) -> str:
    with world.office.database.reading() as session:
        return session.scalars(select(Complaint.id).where(Complaint.package_id == package)).one()


def test_the_list_shows_what_is_public_and_nothing_confidential(world):
    town = world.settle()
    shelve(world, town, enterprise="公布甲", state=State.PUBLISHED, final="C级")
    shelve(world, town, enterprise="公示乙", state=State.NOTICE, final="D级")
    shelve(world, town, enterprise="涉密丙", state=State.PUBLISHED, final="B级", confidential=True)
    shelve(world, town, enterprise="在办丁", state=State.ON_SITE, final="B级")
    anew = shelve(world, town, enterprise="重报戊", state=State.APPLIED, final="A级")
    gone = shelve(world, town, enterprise="移出己", state=State.REMOVED)
    with world.office.database.writing() as session:
        session.get_one(Package, anew).published = "B级"
        session.get_one(Package, gone).published = "B级"
    text = world.client().get("/published", params={"city": town.city}).text
    rows = re.findall(
        r"<tr>\s*<td>(\S+?)</td>.*?<td>([A-Z+-]+级)</td>\s*<td><span[^>]*>(\S+?)</span>",
        text,
        re.DOTALL,
    )
    assert rows == [
        ("公布甲", "C级", "已公布"),
        ("公示乙", "D级", "公示"),
        ("重报戊", "B级", "已公布"),
    ]


def test_the_list_can_be_searched(world):
    town = world.settle()
    published(world, town, enterprise="百分%水泥")
    published(world, town, enterprise="别的公司")
    client = world.client()
    for query, count in (
        ({"text": "%"}, 1), ({"text": "别的"}, 1), ({"grade": "C级"}, 2), ({"grade": "A级"}, 0), ({"county": "青石县"}, 2),
    ):  # fmt: skip
        text = client.get("/published", params={"city": town.city, **query}).text
        assert f"共 {count} 家" in text


def test_a_complaint_is_answered_and_found_by_its_receipt(world):
    town = world.settle()
    package = published(world, town)
    receipt = report(world, package)
    client = world.client()
    assert "待核实" in client.post("/published/receipt", data={"receipt": receipt}).text
    desk = world.client(town.logins[Role.COMPLAINTS])
    where = f"/complaints/{complaint_of(world, package)}"
    assert TEXT in desk.get("/complaints").text
    assert desk.post(where, data={"outcome": "verifying"}).status_code == 303
    assert desk.post(where, data={"outcome": "upheld", "answer": " "}).status_code == 422
    assert desk.post(where, data={"outcome": "open"}).status_code == 422
    told = {"outcome": "upheld", "answer": "查证属实，已经处理"}
    assert desk.post(where, data=told).status_code == 303
    assert desk.post(where, data=told).status_code == 409
    shown = client.post("/published/receipt", data={"receipt": receipt.lower().replace("-", " ")})
    assert (shown.status_code, "查证属实，已经处理" in shown.text) == (200, True)
    wrong = client.post("/published/receipt", data={"receipt": "2222-2222-2222-2222"})
    assert (wrong.status_code, "没有这个回执号" in wrong.text) == (404, True)


def test_who_reported_is_seen_by_one_role_and_every_look_is_logged(world):
    town, other = world.settle(), world.settle()
    package = published(world, town)
    report(world, package, name=NAME, contact=CONTACT)
    id_ = complaint_of(world, package)
    for role in Role:
        client = world.client(town.logins[role])
        for page in (f"/complaints/{id_}", "/complaints", f"/packages/{package}", "/audit"):
            assert NAME not in client.get(page).text
        shown = client.post(f"/complaints/{id_}/reporter")
        right = role is Role.COMPLAINTS
        assert (shown.status_code, NAME in shown.text, CONTACT in shown.text) == (
            200 if right else 403, right, right,
        )  # fmt: skip
    foreign = world.client(other.logins[Role.COMPLAINTS]).post(f"/complaints/{id_}/reporter")
    assert foreign.status_code == 404
    with world.office.database.reading() as session:
        log = session.scalars(
            select(Entry).where(Entry.subject == id_).order_by(Entry.number)
        ).all()
        assert [(entry.action, entry.actor) for entry in log] == [
            ("complaint.report", ""),
            ("complaint.reporter-seen", town.actors[Role.COMPLAINTS].user),
        ]
        everything = [str(entry.detail) for entry in session.scalars(select(Entry))]
    assert not any(NAME in text or CONTACT in text for text in everything)


def test_an_anonymous_complaint_has_no_reporter(world):
    town = world.settle()
    package = published(world, town)
    report(world, package)
    desk = world.client(town.logins[Role.COMPLAINTS])
    where = f"/complaints/{complaint_of(world, package)}"
    assert "匿名" in desk.get(where).text
    assert desk.post(f"{where}/reporter").status_code == 404


def test_complaints_are_their_citys(world):
    town, other = world.settle(), world.settle()
    package = published(world, town)
    report(world, package)
    where = f"/complaints/{complaint_of(world, package)}"
    answers = {
        role: (world.client(town.logins[role]).get(where).status_code, world.client(other.logins[role]).get(where).status_code)
        for role in Role
    }  # fmt: skip
    assert answers == {
        role: (200, 404) if role in (Role.CITY, Role.COMPLAINTS) else (403, 403) for role in Role
    }
    assert TEXT not in world.client(other.logins[Role.CITY]).get("/complaints").text


@pytest.mark.parametrize(
    ("state", "step"), [(State.PUBLISHED, "second-review"), (State.NOTICE, "notice-return")]
)
def test_the_city_brings_a_complaint_to_the_second_review(world, state, step):
    town = world.settle()
    package = shelve(world, town, state=state, final="C级")
    report(world, package)
    where = f"/complaints/{complaint_of(world, package)}/second-review"
    desk = world.client(town.logins[Role.COMPLAINTS])
    assert desk.post(where, data={"note": "举报"}).status_code == 403
    city = world.client(town.logins[Role.CITY])
    assert city.post(where, data={"note": "举报反映夜间停运"}).status_code == 303
    assert city.post(where, data={"note": "再来一次"}).status_code == 409
    with world.office.database.reading() as session:
        found = session.get_one(Package, package)
        assert (found.state, found.steps[-1].key) == ("second_review", step)
        assert (
            session.scalars(select(Complaint.state).where(Complaint.package_id == package)).one()
            == "verifying"
        )


def test_what_is_not_public_cannot_be_reported(world):
    town = world.settle()
    for package in (
        shelve(world, town, state=State.APPLIED),
        shelve(world, town, state=State.PUBLISHED, final="B级", confidential=True),
        "nothing",
    ):
        client = world.client()
        assert client.get(f"/published/{package}/report").status_code == 404
        assert client.post(f"/published/{package}/report", data={"text": TEXT}).status_code == 404


def test_reporting_is_throttled_by_address(world):
    package = published(world, world.settle())
    client = world.client()
    answers = [
        client.post(f"/published/{package}/report", data={"text": TEXT}).status_code
        for _ in range(complaints.MOST_PER_ADDRESS + 1)
    ]
    assert answers == [200] * complaints.MOST_PER_ADDRESS + [429]


def test_an_empty_complaint_is_refused_and_a_long_one_keeps_its_text(world):
    package = published(world, world.settle())
    client = world.client()
    assert client.post(f"/published/{package}/report", data={"text": " "}).status_code == 422
    long = client.post(f"/published/{package}/report", data={"text": "长" * 5001})
    assert (long.status_code, "长" * 5001 in long.text) == (422, True)
