"""One's own account: sessions, tokens, addresses that are told."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from duibiao.office import stepping, tokens
from duibiao.office.errors import ForbiddenError, InvalidError
from duibiao.procedure.rights import Right
from duibiao.procedure.roles import Role
from duibiao.storage.base import now
from duibiao.storage.people import Token
from duibiao.storage.records import Entry


def test_a_token_stands_for_its_owner_with_its_scopes_only(world):
    town = world.settle()
    owner = town.actors[Role.COUNTY]
    token, secret = tokens.issue(world.office, owner, "夜间报送", ["review", "read"], 30)
    actor = tokens.authenticate(world.office, secret)
    assert actor is not None
    assert (actor.user, actor.county, actor.scopes) == (
        owner.user, owner.county, frozenset({"read", "review"}),
    )  # fmt: skip
    assert {right for right in Right if actor.may(right)} == {
        Right.SEE_PACKAGES, Right.SEE_STATISTICS, Right.SEE_LAW, Right.TAKE_STEPS, Right.REMARK, Right.WAIVE,
        Right.ASK_CORRECTION, Right.MARK_CONFIDENTIAL,
    }  # fmt: skip
    with world.office.database.reading() as session:
        kept = session.get_one(Token, token.id)
        assert kept.used is not None
        assert secret not in str(vars(kept))


@pytest.mark.parametrize("secret", ["", "duibiao_x", "x" * 500, "秘密"])
def test_an_unknown_token_stands_for_nobody(world, secret):
    assert tokens.authenticate(world.office, secret) is None


def test_a_token_that_expired_or_was_revoked_stands_for_nobody(world):
    owner = world.settle().actors[Role.CITY]
    first, one = tokens.issue(world.office, owner, "一", ["read"], 1)
    second, two = tokens.issue(world.office, owner, "二", ["read"], 1)
    with world.office.database.writing() as session:
        session.get_one(Token, first.id).expires = now() - timedelta(seconds=1)
    tokens.revoke(world.office, owner, second.id)
    assert [tokens.authenticate(world.office, secret) for secret in (one, two)] == [None, None]


def test_a_token_that_only_reads_takes_no_step(world):
    town = world.settle()
    _, secret = tokens.issue(world.office, town.actors[Role.COUNTY], "只读", ["read"], 1)
    actor = tokens.authenticate(world.office, secret)
    assert actor is not None
    with pytest.raises(ForbiddenError):
        stepping.take(world.office, actor, "any", "county-pass", note="好")
    with pytest.raises(ForbiddenError):
        tokens.issue(world.office, actor, "更多", ["review"], 1)


@pytest.mark.parametrize(
    ("name", "scopes", "days"),
    [("", ["read"], 1), ("x", [], 1), ("x", ["admin"], 1), ("x", ["all"], 1), ("x", ["read"], 0), ("x", ["read"], 367)],
)  # fmt: skip
def test_a_token_needs_a_name_useful_scopes_and_an_end(world, name, scopes, days):
    owner = world.settle().actors[Role.COUNTY]
    with pytest.raises(InvalidError):
        tokens.issue(world.office, owner, name, scopes, days)
    assert list(tokens.own(world.office, owner)) == []


def test_the_page_shows_a_new_token_once_and_revokes_it(world):
    town = world.settle()
    client = world.client(town.logins[Role.APPLICANT])
    form = {"name": "上传程序", "days": "90", "scopes": ["upload", "read"]}
    answer = client.post("/account/tokens", data=form)
    assert answer.status_code == 200, answer.text
    secret = re.search(r'class="secret">([^<]+)<', answer.text)
    assert secret
    assert tokens.authenticate(world.office, secret[1]) is not None
    shown = client.get("/account").text
    assert ("上传程序" in shown, secret[1] in shown) == (True, False)
    (token,) = tokens.own(world.office, town.actors[Role.APPLICANT])
    stranger = world.client(world.settle().logins[Role.APPLICANT])
    assert stranger.post(f"/account/tokens/{token.id}/revoke").status_code == 404
    assert client.post(f"/account/tokens/{token.id}/revoke").status_code == 303
    assert tokens.authenticate(world.office, secret[1]) is None
    with world.office.database.reading() as session:
        query = select(Entry.action).where(Entry.subject == token.id).order_by(Entry.number)
        assert list(session.scalars(query)) == ["token.issue", "token.revoke"]


def test_other_sessions_can_be_ended(world):
    login = world.settle().logins[Role.EXPERT]
    here, there = world.client(login), world.client(login)
    assert here.get("/account").text.count("其他浏览器") == 1
    assert here.post("/account/sessions/end").status_code == 303
    assert there.get("/account").status_code == 303
    assert here.get("/account").text.count("其他浏览器") == 0


def test_addresses_that_are_told_are_for_those_who_follow_packages(world):
    town = world.settle()
    shown = {
        role: "接收通知的地址" in world.client(town.logins[role]).get("/account").text
        for role in Role
    }
    assert shown == {role: role in (Role.APPLICANT, Role.COUNTY, Role.CITY) for role in Role}
    client = world.client(town.logins[Role.CITY])
    added = client.post("/account/webhooks", data={"url": "https://hook.invalid/x"})
    assert (added.status_code, "签名密钥" in added.text) == (200, True)
    assert client.post("/account/webhooks", data={"url": "ftp://hook.invalid"}).status_code == 422
    where = re.search(r"/account/webhooks/[\w-]+(?=/switch)", client.get("/account").text)
    assert where
    assert client.post(f"{where[0]}/switch", data={"active": "false"}).status_code == 303
    assert "停用</span>" in client.get("/account").text
    assert client.post(f"{where[0]}/remove").status_code == 303
    assert "hook.invalid" not in client.get("/account").text
