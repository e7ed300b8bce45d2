"""Signing in."""

import pytest
from tests.web.world import PASSWORD

from duibiao.procedure.roles import Role


def test_who_is_not_signed_in_is_asked_to(world):
    answer = world.client().get("/packages")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?to=/packages")


def test_a_wrong_password_is_refused_and_five_of_them_close_the_name_for_a_while(world):
    login = world.settle().logins[Role.COUNTY]
    client = world.client()
    answers = [
        client.post("/sign-in", data={"login": login, "password": "wrong"}).status_code
        for _ in range(6)
    ]
    assert answers == [422] * 5 + [429]
    closed = client.post("/sign-in", data={"login": login, "password": PASSWORD})
    assert closed.status_code == 429
    assert "登录失败次数太多；请 15 分钟后再试" in closed.text


@pytest.mark.parametrize("to", ["//evil.example/", "https://evil.example/", "/\\evil.example"])
def test_signing_in_never_leads_to_another_site(world, to):
    login = world.settle().logins[Role.COUNTY]
    answer = world.client().post("/sign-in", data={"login": login, "password": PASSWORD, "to": to})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_a_form_without_its_token_changes_nothing(world):
    client = world.client(world.settle().logins[Role.COUNTY])
    del client.headers["X-CSRF-Token"]
    assert client.post("/sign-out").status_code == 403
    assert client.get("/packages").status_code == 200


def test_a_request_from_another_site_is_refused(world):
    answer = world.client().post(
        "/sign-in", data={"login": "x", "password": "y"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert (answer.status_code, answer.text) == (
        403,
        "请求来自别的网站，已拒绝；请从本系统的页面操作",
    )
