"""Users and organisations: who manages them, what ends when, one-time passwords."""

import re

import pytest
from sqlalchemy import select
from tests.web.shelf import shelve
from tests.web.world import PASSWORD

from duibiao.office import blacklist, organisations, tokens, users
from duibiao.office.errors import InvalidError
from duibiao.office.organisations import Place
from duibiao.procedure.roles import Role
from duibiao.procedure.states import State
from duibiao.storage.people import Organisation, User
from duibiao.storage.records import Entry


def secret_of(text: str) -> str:
    found = re.search(r'class="secret">([^<]+)<', text)
    assert found, text
    return found[1]


def user_of(world, login: str) -> User:
    with world.office.database.reading() as session:
        return session.scalars(select(User).where(User.login == login)).one()


def test_only_administrators_manage_users_and_only_the_system_s_organisations(world):
    town = world.settle()
    answers = {role: world.client(town.logins[role]).get("/users").status_code for role in Role}
    admins = (Role.BUREAU_ADMIN, Role.ADMIN)
    assert answers == {role: 200 if role in admins else 403 for role in Role}


def test_the_administrator_of_a_bureau_manages_its_own_reviewers_and_nothing_else(world):
    town, other = world.settle(), world.settle()
    mine = town.actors[Role.BUREAU_ADMIN]
    client, login = world.client(town.logins[Role.BUREAU_ADMIN]), f"own-{town.city}"
    form = {"login": login, "name": "本局新人", "role": "city", "organisation": mine.organisation}
    added = client.post("/users", data=form)
    assert added.status_code == 200, added.text
    person = user_of(world, login)
    assert (person.organisation_id, person.role) == (mine.organisation, "city")
    assert (
        world.client()
        .post("/sign-in", data={"login": login, "password": secret_of(added.text)})
        .status_code
        == 303
    )
    # what is seen: the own reviewers, no other account, no organisation to change
    page = client.get("/users").text
    shown = set(re.findall(r'href="/users/([^"]+)"', page))
    assert (shown, "添加单位" in page, "本单位的账号" in page) == ({person.id}, False, True)
    assert re.findall(r'<option value="([a-z_]+)"', page) == ["city"]
    # what is refused
    for role in Role:
        answer = client.post("/users", data=form | {"login": f"x{login}", "role": role.value})
        assert answer.status_code == {Role.COUNTY: 422, Role.CITY: 200}.get(role, 403), role
        elsewhere = form | {
            "login": f"y{login}",
            "role": role.value,
            "organisation": other.actors[Role.CITY].organisation,
        }
        assert client.post("/users", data=elsewhere).status_code == 404
    moves = (
        {"role": "admin"},
        {"role": "county"},
        {"organisation": other.actors[Role.CITY].organisation},
    )
    for move in moves:
        assert (
            client.post(f"/users/{person.id}", data={"name": "改名"} | form | move).status_code
            == 403
        )
    for stranger in (
        town.actors[Role.ADMIN],
        mine,
        other.actors[Role.CITY],
        town.actors[Role.COMPLAINTS],
    ):
        for path in ("", "/password", "/close", "/open"):
            assert client.post(f"/users/{stranger.user}{path}", data=form).status_code == 404
    assert client.post("/organisations", data={"name": "新单位"}).status_code == 403
    # what may be done
    assert client.post(f"/users/{person.id}", data=form | {"name": "改名"}).status_code == 303
    assert client.post(f"/users/{person.id}/close").status_code == 303
    assert (user_of(world, login).name, user_of(world, login).active) == ("改名", False)
    assert client.post(f"/users/{person.id}/open").status_code == 303
    assert "一次性密码" in client.post(f"/users/{person.id}/password").text
    with world.office.database.reading() as session:
        done = session.scalars(
            select(Entry.action).where(Entry.actor == mine.user, Entry.subject == person.id)
        )
        assert sorted(done) == ["user.add", "user.change", "user.close", "user.open", "user.reset"]


def test_an_added_user_signs_in_with_a_one_time_password_and_changes_it(world):
    town = world.settle()
    admin, login = world.client(town.logins[Role.ADMIN]), f"new-{town.city}"
    told = {"name": f"新分局-{town.city}", "city": town.city, "county": town.county}
    assert admin.post("/organisations", data=told).status_code == 303
    with world.office.database.reading() as session:
        place = session.scalars(select(Organisation).where(Organisation.name == told["name"])).one()
    form = {"login": login, "name": "新人", "role": "county", "organisation": place.id}
    added = admin.post("/users", data=form)
    assert added.status_code == 200, added.text
    password = secret_of(added.text)
    assert password not in admin.get("/users").text
    assert admin.post("/users", data=form).status_code == 409
    client = world.client()
    entered = client.post("/sign-in", data={"login": login, "password": password})
    assert (entered.status_code, entered.headers["location"]) == (303, "/password")
    assert client.get("/packages").headers["location"] == "/password"
    token = re.search(r'data-csrf="([^"]+)"', client.get("/password").text)
    assert token
    changed = client.post(
        "/password",
        data={"csrf": token[1], "old": password, "new": PASSWORD, "again": PASSWORD},
    )
    assert changed.status_code == 303
    assert client.get("/packages").status_code == 200


@pytest.mark.parametrize(
    ("role", "city", "county", "message"),
    [
        (
            "county",
            "甲市",
            "",
            "县（市、区）分局的单位要写省辖市和县（市、区），它决定能看哪些申报",
        ),
        ("city", "", "", "“市生态环境局”的单位要写省辖市，它决定办理哪个市的事项"),
        ("city", "甲市", "乙县", "市生态环境局的单位不写县（市、区）"),
        ("expert", "", "", "“专家”的单位要写省辖市，它决定办理哪个市的事项"),
        ("complaints", "", "", "“举报受理”的单位要写省辖市，它决定办理哪个市的事项"),
        ("king", "甲市", "", "没有角色“king”；请从列表中选择"),
    ],
)
def test_a_role_needs_an_organisation_that_fits(world, role, city, county, message):
    town = world.settle()
    admin = town.actors[Role.ADMIN]
    place = organisations.add(
        world.office, admin, Place(f"{role}{city}{county}-{town.city}", city, county)
    )
    with pytest.raises(InvalidError) as caught:
        users.add_user(world.office, admin, "somebody", "某人", role, place.id)
    assert str(caught.value) == message


def test_a_new_role_ends_sessions_and_tokens(world):
    town = world.settle()
    admin, moved = world.client(town.logins[Role.ADMIN]), town.actors[Role.EXPERT]
    client = world.client(town.logins[Role.EXPERT])
    _, secret = tokens.issue(world.office, moved, "程序", ["read"], 1)
    assert tokens.authenticate(world.office, secret) is not None
    form = {"name": "改名", "role": "complaints", "organisation": moved.organisation}
    assert admin.post(f"/users/{moved.user}", data=form).status_code == 303
    assert client.get("/assignments").status_code == 303
    assert tokens.authenticate(world.office, secret) is None
    changed = user_of(world, town.logins[Role.EXPERT])
    assert (changed.name, changed.role) == ("改名", "complaints")


def test_closing_an_account_ends_it_and_opening_brings_it_back(world):
    town = world.settle()
    admin, county = world.client(town.logins[Role.ADMIN]), town.actors[Role.COUNTY]
    client = world.client(town.logins[Role.COUNTY])
    _, secret = tokens.issue(world.office, county, "程序", ["read"], 1)
    assert admin.post(f"/users/{county.user}/close").status_code == 303
    assert client.get("/packages").status_code == 303
    assert tokens.authenticate(world.office, secret) is None
    told = {"login": town.logins[Role.COUNTY], "password": PASSWORD}
    assert world.client().post("/sign-in", data=told).status_code == 422
    assert admin.post(f"/users/{county.user}/open").status_code == 303
    assert world.client().post("/sign-in", data=told).status_code == 303
    with world.office.database.reading() as session:
        query = select(Entry.action).where(Entry.subject == county.user).order_by(Entry.number)
        logged = list(session.scalars(query))
    assert logged == ["sign-in", "user.close", "sign-in.failed", "user.open", "sign-in"]


def test_a_reset_password_is_shown_once_and_the_old_one_is_over(world):
    town = world.settle()
    admin, county = world.client(town.logins[Role.ADMIN]), town.actors[Role.COUNTY]
    client = world.client(town.logins[Role.COUNTY])
    answer = admin.post(f"/users/{county.user}/password")
    assert answer.status_code == 200
    assert client.get("/packages").status_code == 303
    login = town.logins[Role.COUNTY]
    old = world.client().post("/sign-in", data={"login": login, "password": PASSWORD})
    new = world.client().post("/sign-in", data={"login": login, "password": secret_of(answer.text)})
    assert (old.status_code, new.status_code, new.headers["location"]) == (422, 303, "/password")


def test_administrators_cannot_lock_themselves_out(world):
    town = world.settle()
    admin, self_ = world.client(town.logins[Role.ADMIN]), town.actors[Role.ADMIN]
    assert admin.post(f"/users/{self_.user}/close").status_code == 409
    form = {"name": "我", "role": "city", "organisation": town.actors[Role.CITY].organisation}
    assert admin.post(f"/users/{self_.user}", data=form).status_code == 409


def test_the_blacklist_is_not_undone_by_opening_the_account(world):
    town = world.settle()
    expert = town.actors[Role.EXPERT]
    blacklist.put(world.office, town.actors[Role.CITY], expert.user, 0, "事由")
    admin = world.client(town.logins[Role.ADMIN])
    answer = admin.post(f"/users/{expert.user}/open")
    assert (answer.status_code, "在黑名单上，不能启用" in answer.text) == (409, True)


def test_a_bureau_that_has_people_keeps_its_place(world):
    town = world.settle()
    admin, place = world.client(town.logins[Role.ADMIN]), town.actors[Role.CITY].organisation
    refused = admin.post(f"/organisations/{place}", data={"name": "市局", "city": ""})
    assert refused.status_code == 422
    renamed = admin.post(
        f"/organisations/{place}", data={"name": f"市局-{town.city}", "city": town.city}
    )
    assert renamed.status_code == 303


def test_administrators_see_no_packages(world):
    town = world.settle()
    package = shelve(world, town, state=State.APPLIED, enterprise="只给审核人员看的企业")
    admin = world.client(town.logins[Role.ADMIN])
    answers = {
        path: admin.get(path).status_code
        for path in (
            "/packages", f"/packages/{package}", f"/packages/{package}/experts", "/statistics", "/complaints",
        )
    }  # fmt: skip
    assert set(answers.values()) <= {403, 404}
    for path in ("/users", "/audit", "/account"):
        assert "只给审核人员看的企业" not in admin.get(path).text
