"""Experts: assigning, opinions, the blacklist."""

from sqlalchemy import select
from tests.web.shelf import shelve

from duibiao.office import experts
from duibiao.office.blacklist import REASONS
from duibiao.procedure.roles import Role
from duibiao.procedure.states import State
from duibiao.storage.packages import Assignment
from duibiao.storage.people import User
from duibiao.storage.records import Entry

OPINION = {"recommends": "B级", "text": "除尘设施符合B级要求"}


def logged(world, subject: str) -> list[str]:
    with world.office.database.reading() as session:
        query = select(Entry.action).where(Entry.subject == subject).order_by(Entry.number)
        return list(session.scalars(query))


def test_an_expert_is_assigned_sees_the_package_and_gives_one_opinion(world):
    town = world.settle()
    package, expert = shelve(world, town, state=State.ON_SITE), town.actors[Role.EXPERT]
    city, client = world.client(town.logins[Role.CITY]), world.client(town.logins[Role.EXPERT])
    assert client.get(f"/packages/{package}").status_code == 404
    assert (
        city.post(f"/packages/{package}/experts", data={"expert": expert.user}).status_code == 303
    )
    assert (
        city.post(f"/packages/{package}/experts", data={"expert": expert.user}).status_code == 409
    )
    assert "虚构建材有限公司" in client.get("/assignments").text
    assert "提交意见" in client.get(f"/packages/{package}/experts").text
    assert client.post(f"/packages/{package}/opinion", data=OPINION).status_code == 303
    again = client.post(f"/packages/{package}/opinion", data=OPINION)
    assert (again.status_code, "意见已经提交，不能改动" in again.text) == (409, True)
    seen = experts.opinions(world.office, town.actors[Role.COUNTY], package)
    assert [(one.recommends, one.opinion, user.id) for one, user in seen.given] == [
        ("B级", "除尘设施符合B级要求", expert.user)
    ]
    assert seen.free == ()
    assert logged(world, package) == ["expert.assign", "expert.opinion"]


def test_opinions_are_for_reviewers_and_each_expert_sees_the_own_one(world):
    town, stranger = world.settle(), world.settle()
    package = shelve(world, town, state=State.ON_SITE)
    second = world.add(town, Role.EXPERT, f"second-{town.city}")
    for expert in (town.actors[Role.EXPERT], second):
        experts.assign(world.office, town.actors[Role.CITY], package, expert.user)
    experts.opine(world.office, second, package, "C", "达不到")
    own = experts.opinions(world.office, town.actors[Role.EXPERT], package)
    assert [user.id for _, user in own.given] == [town.actors[Role.EXPERT].user]
    answers = {
        role: world.client(town.logins[role]).get(f"/packages/{package}/experts").status_code
        for role in Role
    }
    assert answers == {
        Role.APPLICANT: 404, Role.COUNTY: 200, Role.CITY: 200, Role.EXPERT: 200, Role.COMPLAINTS: 404,
        Role.BUREAU_ADMIN: 404, Role.ADMIN: 404,
    }  # fmt: skip
    for role in Role:
        foreign = world.client(stranger.logins[role]).get(f"/packages/{package}/experts")
        assert foreign.status_code == 404


def test_an_expert_of_another_city_cannot_be_assigned(world):
    town, other = world.settle(), world.settle()
    package = shelve(world, town, state=State.ON_SITE)
    city = world.client(town.logins[Role.CITY])
    answer = city.post(
        f"/packages/{package}/experts", data={"expert": other.actors[Role.EXPERT].user}
    )
    assert (answer.status_code, "没有这位专家，或者不属于本市" in answer.text) == (404, True)


def test_an_assignment_without_an_opinion_is_taken_back(world):
    town = world.settle()
    package, expert = shelve(world, town, state=State.ON_SITE), town.actors[Role.EXPERT]
    city = town.actors[Role.CITY]
    experts.assign(world.office, city, package, expert.user)
    client = world.client(town.logins[Role.CITY])
    where = f"/packages/{package}/experts/{expert.user}/release"
    assert client.post(where).status_code == 303
    assert client.post(where).status_code == 404
    experts.assign(world.office, city, package, expert.user)
    experts.opine(world.office, expert, package, "C", "同意")
    assert client.post(where).status_code == 409


def test_who_is_on_the_blacklist_is_out(world):
    town = world.settle()
    expert, city = town.actors[Role.EXPERT], world.client(town.logins[Role.CITY])
    waiting, given = (shelve(world, town, state=State.ON_SITE) for _ in range(2))
    for package in (waiting, given):
        experts.assign(world.office, town.actors[Role.CITY], package, expert.user)
    experts.opine(world.office, expert, given, "C", "同意")
    client = world.client(town.logins[Role.EXPERT])
    told = {"reason": "2", "detail": "与监测报告不符"}
    assert city.post(f"/experts/{expert.user}/blacklist", data=told).status_code == 303
    assert city.post(f"/experts/{expert.user}/blacklist", data=told).status_code == 409
    assert client.get("/assignments").status_code == 303
    refused = city.post(f"/packages/{waiting}/experts", data={"expert": expert.user})
    assert (refused.status_code, "在黑名单上" in refused.text) == (409, True)
    with world.office.database.reading() as session:
        user = session.get_one(User, expert.user)
        assert (user.blacklisted, user.active) == (f"{REASONS[2]}：与监测报告不符", False)
        kept = session.scalars(select(Assignment).where(Assignment.user_id == expert.user)).all()
        assert [one.package_id for one in kept] == [given]
    assert (
        city.post(f"/experts/{expert.user}/pardon", data={"detail": "查明不实"}).status_code == 303
    )
    assert (
        city.post(f"/packages/{waiting}/experts", data={"expert": expert.user}).status_code == 303
    )
    assert logged(world, expert.user)[-2:] == ["expert.blacklist", "expert.pardon"]


def test_only_the_reasons_of_the_measures_count(world):
    town = world.settle()
    city = world.client(town.logins[Role.CITY])
    where = f"/experts/{town.actors[Role.EXPERT].user}/blacklist"
    for told in (
        {"reason": "5", "detail": "x"},
        {"reason": "-1", "detail": "x"},
        {"reason": "0", "detail": " "},
    ):
        assert city.post(where, data=told).status_code == 422
    assert "（五）其他应当依法依规追究责任的情形" in city.get("/experts").text


def test_the_list_is_for_the_city(world):
    town = world.settle()
    answers = {role: world.client(town.logins[role]).get("/experts").status_code for role in Role}
    assert answers == {role: 200 if role is Role.CITY else 403 for role in Role}


def test_no_opinion_on_what_is_finished(world):
    town = world.settle()
    package, expert = shelve(world, town, state=State.ON_SITE), town.actors[Role.EXPERT]
    experts.assign(world.office, town.actors[Role.CITY], package, expert.user)
    published = shelve(world, town, state=State.PUBLISHED, final="C级")
    client = world.client(town.logins[Role.CITY])
    assert (
        client.post(f"/packages/{published}/experts", data={"expert": expert.user}).status_code
        == 409
    )
    mine = world.client(town.logins[Role.EXPERT])
    for told in ({"recommends": "优", "text": "好"}, {"recommends": "C级", "text": " "}):
        assert mine.post(f"/packages/{package}/opinion", data=told).status_code == 422
