"""The API, as a program sees it."""

import io
import json
import zipfile

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select
from tests.web.programs import checked, hand_in, problem, program
from tests.web.world import CLEAN, FAULTY, World

from duibiao.office import tokens
from duibiao.procedure.roles import Role
from duibiao.reports.as_json import schema
from duibiao.storage.packages import Submission
from duibiao.web.api.access import ASKED
from duibiao.web.api.document import document
from duibiao.web.api.routing import LARGEST
from duibiao.work.dividing import UNPLACED


def test_a_program_hands_in_waits_and_reads_the_report(world: World):
    town = world.settle()
    client = program(world, town, Role.APPLICANT)
    answer = hand_in(world, town, client)
    told = answer.json()
    assert answer.status_code == 201, told
    assert answer.headers["location"] == told["href"] == f"/api/v1/packages/{told['package']}"
    assert (told["version"], told["duplicate"]) == (1, False)
    job = checked(world, client, told)
    assert (job["kind"], job["package"], job["version"]) == ("check", told["package"], 1)
    done = client.get(f"/jobs/{told['job']}").json()
    assert (done["state"], done["state_label"], done["message"]) == ("done", "已完成", "")
    package = client.get(f"/packages/{told['package']}").json()
    assert (package["state"], package["newest"]["verdict"]) == ("draft", "不通过")
    assert [step["key"] for step in package["open_steps"]] == ["apply", "withdraw"]
    at = f"/packages/{told['package']}/versions/1"
    report = client.get(f"{at}/report").json()
    assert report["kind"] == "report"
    findings = client.get(f"{at}/findings", params={"severity": "error", "limit": 3}).json()
    errors = [one for one in report["findings"] if one["severity"] == "error"]
    assert findings["total"] == len(errors) == package["newest"]["errors"]
    assert [one["fingerprint"] for one in findings["items"]] == [
        one["fingerprint"] for one in errors[:3]
    ]
    assert client.get(f"{at}/artefacts/json").json() == report
    original = client.get(f"{at}/artefacts/original")
    assert original.content == FAULTY.read_bytes()
    assert original.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
    html = client.get(f"{at}/artefacts/html")
    assert html.headers["content-type"] == "text/html; charset=utf-8"
    assert report["enterprise"] in html.text


def test_steps_and_remarks_go_the_way_of_the_tables(world: World):
    town = world.settle()
    applicant = program(world, town, Role.APPLICANT)
    county = program(world, town, Role.COUNTY)
    told = hand_in(world, town, applicant).json()
    checked(world, applicant, told)
    at = f"/packages/{told['package']}"
    assert problem(county.get(at))[0] == 404
    assert applicant.post(f"{at}/steps/apply", json={}).json()["state"] == "applied"
    assert county.get(at).json()["state_label"] == "待县（区）初审"
    refused = problem(county.post(f"{at}/steps/county-return", json={}))
    assert refused == (422, "“退回整改”要写明理由或意见")
    finding = county.get(f"{at}/versions/1/findings").json()["items"][0]
    asked = {"fingerprint": finding["fingerprint"], "disposition": "correct", "text": "请改正"}
    said = county.post(f"{at}/versions/1/remarks", json=asked).json()
    assert (said["code"], said["disposition_label"]) == (finding["code"], "要求改正")
    assert applicant.get(f"{at}/remarks").json() == {"items": [said]}
    returned = county.post(f"{at}/steps/county-return", json={"note": "见意见"}).json()
    assert returned["state"] == "returned"
    assert [(s["key"], s["note"]) for s in returned["steps"]] == [
        ("apply", ""),
        ("county-return", "见意见"),
    ]
    newer = applicant.post(
        f"{at}/versions", params={"file": "改.docx"}, content=CLEAN.read_bytes()
    ).json()
    assert (newer["package"], newer["version"]) == (told["package"], 2)


def test_who_comes_without_a_token_that_holds_is_turned_away(world: World):
    town = world.settle()
    actor = town.actors[Role.APPLICANT]
    token, secret = tokens.issue(world.office, actor, "x", ["read"], 1)
    client = TestClient(world.app, raise_server_exceptions=False)
    for header in ({}, {"Authorization": "Basic eDp5"}, {"Authorization": "Bearer nonsense"}):
        answer = client.get("/api/v1/packages", headers=header)
        assert problem(answer)[0] == 401
        assert answer.headers["www-authenticate"].startswith('Bearer realm="duibiao"')
    mine = {"Authorization": f"Bearer {secret}"}
    assert client.get("/api/v1/packages", headers=mine).status_code == 200
    tokens.revoke(world.office, actor, token.id)
    assert problem(client.get("/api/v1/packages", headers=mine)) == (
        401,
        "接口令牌无效、已到期或已撤销；请建立新的令牌",
    )


def test_a_session_of_a_browser_opens_no_endpoint(world: World):
    client = world.client(world.settle().logins[Role.APPLICANT])
    assert problem(client.get("/api/v1/packages"))[0] == 401


def test_a_token_does_no_more_than_its_scopes(world: World):
    town = world.settle()
    reader = program(world, town, Role.APPLICANT, ["read"])
    uploader = program(world, town, Role.APPLICANT, ["upload"])
    assert problem(hand_in(world, town, reader)) == (
        403,
        "这个令牌没有“上传：申报材料”的范围；请建立有这个范围的令牌",
    )
    told = hand_in(world, town, uploader, CLEAN)
    assert told.status_code == 201
    assert problem(uploader.get(f"/packages/{told.json()['package']}"))[0] == 403
    again = uploader.post(
        f"/packages/{told.json()['package']}/versions",
        params={"file": "二.docx"},
        content=FAULTY.read_bytes(),
    )
    assert (again.status_code, again.json()["version"]) == (201, 2)


def test_nobody_is_asked_for_a_body_before_a_token(world: World):
    client = TestClient(world.app, raise_server_exceptions=False)
    answer = client.post("/api/v1/webhooks", content=b"{{{")
    assert answer.status_code == 401


def test_lists_come_in_pages(world: World):
    town = world.settle()
    client = program(world, town, Role.APPLICANT)
    for number in range(3):
        data = CLEAN.read_bytes() + bytes([number])
        assert hand_in(world, town, client, data=data).status_code == 201
    first = client.get("/packages", params={"limit": 2})
    assert (first.json()["total"], len(first.json()["items"])) == (3, 2)
    assert first.links.keys() == {"next"}
    second = client.get(first.links["next"]["url"])
    assert second.links.keys() == {"prev"}
    ids = [one["id"] for page in (first, second) for one in page.json()["items"]]
    assert len(set(ids)) == 3


@pytest.mark.parametrize(
    ("method", "path", "options", "expected"),
    [
        ("GET", "/nowhere", {}, (404, "没有这个地址；请检查，或从首页进入")),
        ("PUT", "/packages", {}, (405, "这个地址不支持这种请求方法")),
        ("GET", "/packages/%00", {}, (422, "地址里有不能用的字符（NUL）")),
        (
            "GET",
            "/packages?limit=900",
            {},
            (422, "请求里有不合要求的内容：limit：太大"),
        ),
        ("GET", "/jobs/nothing", {}, (404, "没有这个任务，或者不归您办理")),
        ("GET", "/rules/DB-999", {}, (404, "没有规则 DB-999；GET /api/v1/rules 列出全部规则")),
        (
            "POST",
            "/webhooks",
            {"json": {"link": "x"}},
            (422, "请求里有不合要求的内容：url：没有写；link：没有这一项"),
        ),
        (
            "POST",
            "/webhooks",
            {"content": b"\xff", "headers": {"Content-Type": "application/json"}},
            (400, "请求的正文读不懂；应为 UTF-8 的 JSON"),
        ),
        (
            "POST",
            "/webhooks",
            {"json": {"url": "x" * LARGEST}},
            (413, "请求的正文超过 8 MB；请分开发送"),
        ),
        (
            "POST",
            "/packages?file=a.docx&city=x&county=y",
            {"content": b""},
            (422, "“a.docx”是空文件；请检查后重新上传"),
        ),
    ],
)
def test_refusals_say_in_chinese_what_is_wrong(world: World, method, path, options, expected):
    client = program(world, world.settle(), Role.APPLICANT)
    assert problem(client.request(method, path, **options)) == expected


def test_rules_and_plugins_are_listed_and_explained(world: World):
    client = program(world, world.settle(), Role.EXPERT)
    rules = client.get("/rules", params={"limit": 1}).json()
    assert (rules["total"], rules["items"][0]["code"]) == (
        len(world.office.service.rules()),
        "DB-101",
    )
    rule = client.get("/rules/db-101").json()
    assert list(rule["parts"]) == ["为什么", "通过", "不通过"]
    assert rule["articles"][0]["number"] == "汴环攻坚办〔2021〕91号"
    plugins = client.get("/plugins").json()
    assert [one["name"] for one in plugins["items"]] == [
        plugin.name for plugin in world.office.service.registry.plugins
    ]


def test_the_description_names_every_endpoint_its_scope_and_its_refusals(world: World):
    told = TestClient(world.app).get("/api/v1/openapi.json").json()
    assert told == json.loads(json.dumps(document(world.app)))
    operations = [one for methods in told["paths"].values() for one in methods.values()]
    assert {one["operationId"] for one in operations} == set(ASKED)
    for one in operations:
        assert {"401", "403", "422"} <= set(one["responses"])
        for code, answer in one["responses"].items():
            if int(code) >= 400:
                assert list(answer["content"]) == ["application/problem+json"]
    published = schema()["$defs"]["report"]["required"]
    assert told["components"]["schemas"]["Report"]["required"] == published


def test_the_page_of_the_description_needs_no_script_and_names_everything(world: World):
    page = TestClient(world.app).get("/api/v1/docs")
    assert page.status_code == 200
    for name in ASKED:
        assert f'id="{name}"' in page.text
    assert "style=" not in page.text
    assert "where a package stands" not in page.text


def test_an_upload_is_counted_once_however_often_it_is_sent(world: World):
    town = world.settle()
    client = program(world, town, Role.APPLICANT)
    first = hand_in(world, town, client, CLEAN).json()
    again = hand_in(world, town, client, CLEAN).json()
    assert again == first | {"duplicate": True}
    with world.office.database.reading() as session:
        mine = Submission.package_id == first["package"]
        assert session.scalar(select(func.count()).where(mine)) == 1


@pytest.mark.parametrize(("stream", "status"), [("WordDocument", 201), ("PowerPoint", 422)])
def test_an_old_office_file_is_known_by_what_stands_far_behind(world: World, stream, status):
    town = world.settle()
    client = program(world, town, Role.APPLICANT)
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100_000) + stream.encode("utf-16-le")
    answer = client.post("/packages", params={"file": "材料.doc"}, content=old)
    assert answer.status_code == status, answer.text


def test_a_batch_is_an_archive_or_an_id_and_is_followed_as_one(world: World):
    town = world.settle()
    client = program(world, town, Role.APPLICANT)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as opened:
        opened.write(CLEAN, "甲/材料.docx")
        opened.write(FAULTY, "乙/材料.docx")
        opened.writestr("丙.gif", b"GIF89a")
    answer = client.post("/batches", content=archive.getvalue())
    told = answer.json()
    assert (answer.status_code, answer.headers["location"]) == (201, told["href"]), told
    assert [(one["file"], bool(one["received"])) for one in told["items"]] == [
        ("甲/材料.docx", True),
        ("乙/材料.docx", True),
        ("丙.gif", False),
    ]
    assert told["items"][2]["problem"] == UNPLACED
    for one in told["items"][:2]:
        checked(world, client, one["received"])
    batch = client.get(f"/batches/{told['id']}").json()
    assert (batch["states"], sum(batch["verdicts"].values())) == ({"done": 2}, 2)
    assert {job["id"] for job in batch["jobs"]} == {
        one["received"]["job"] for one in told["items"][:2]
    }
    other = program(world, world.settle(), Role.APPLICANT)
    assert problem(other.get(f"/batches/{told['id']}")) == (404, "没有这个批次")
    assert hand_in(world, town, client, data=CLEAN.read_bytes() + b"1", name="a.docx", batch="mine-1").status_code == 201  # fmt: skip
    assert client.get("/batches/mine-1").json()["id"] == "mine-1"
    assert problem(client.post("/batches", content=b"%PDF-1.4"))[0] == 422


def test_a_bureau_gets_its_lists_as_json_and_as_a_workbook(world: World):
    town = world.settle()
    applicant, county = program(world, town, Role.APPLICANT), program(world, town, Role.COUNTY)
    told = hand_in(world, town, applicant).json()
    checked(world, applicant, told)
    assert applicant.post(f"/packages/{told['package']}/steps/apply", json={}).status_code == 200
    enterprise = applicant.get(f"/packages/{told['package']}").json()["enterprise"]
    listed = county.get("/lists/annex3").json()
    assert listed["kind"] == "annex3"
    assert any(enterprise in row for sheet in listed["sheets"] for row in sheet["rows"])
    workbook = county.get("/lists/annex3/xlsx")
    assert workbook.content[:2] == b"PK"
    assert problem(applicant.get("/lists/annex3"))[0] == 403
    assert problem(county.get("/lists/nothing"))[0] == 422
