"""Remarks on findings: who may say what, what it does to the report, what comes of it when a package is returned."""

import io
import re
import zipfile
from datetime import datetime, time, timedelta
from time import monotonic, sleep

import pytest
from sqlalchemy import select
from tests.web import programs
from tests.web.world import FAULTY

from duibiao.office import remarks, reports, statistics
from duibiao.office.lapsing import refresh
from duibiao.office.reports import report_of
from duibiao.office.seeing import open_package
from duibiao.procedure.roles import Role
from duibiao.service.terms import CHINA
from duibiao.storage.packages import Submission
from duibiao.storage.records import Entry


class Case:
    """A faulty package that was applied with, and those who see it."""

    def __init__(self, world):
        self.world = world
        self.town = world.settle()
        package = world.hand_in(self.town.actors[Role.APPLICANT], FAULTY)
        self.id, self.base = package.id, f"/packages/{package.id}"
        self.applicant = world.client(self.town.logins[Role.APPLICANT])
        self.county = world.client(self.town.logins[Role.COUNTY])
        assert self.applicant.post(f"{self.base}/steps/apply").status_code == 303

    def package(self):
        return open_package(self.world.office, self.town.actors[Role.APPLICANT], self.id)

    def report(self, number=1):
        return report_of(self.world.office, self.package().submissions[number - 1])

    def mark(self, code, number=1):
        """Fingerprint of the finding of a rule."""
        every = reports.every_finding(self.report(number))
        return next(f["fingerprint"] for f in every if f["code"] == code)

    def say(self, client, code, disposition, headers=None, **fields):
        data = {"number": 1, "fingerprint": self.mark(code), "disposition": disposition, **fields}
        return client.post(f"{self.base}/remarks", data=data, headers=headers or {})

    def settle(self):
        for submission in self.package().submissions:
            self.world.wait(submission.id)

    def dispositions(self):
        """Dispositions by code of the rule, in order."""
        said = remarks.remarks_on(self.world.office, self.town.actors[Role.APPLICANT], self.id)
        found = {}
        for each in said.values():
            for one in each.remarks:
                found.setdefault(one.code, []).append(one.disposition)
        return found


@pytest.fixture
def case(world):
    return Case(world)


def later(world, days=30):
    return (world.office.today + timedelta(days)).isoformat()


def test_the_table_of_rights_says_who_says_what(world, case):
    for role in (Role.APPLICANT, Role.COUNTY, Role.CITY):
        client, actor = world.client(case.town.logins[role]), case.town.actors[role]
        for disposition in remarks.Disposition:
            answer = case.say(client, "DB-601", disposition.value)
            refused = answer.status_code == 403
            assert refused is not actor.may(disposition.right), (role, disposition, answer.text)


def test_a_waiver_takes_effect_by_a_new_check_and_is_withdrawn_by_another(world, case):
    assert case.report()["counts"]["error"] == 9
    day = later(world)
    answer = case.say(case.county, "DB-601", "waive", text="车辆已报废", until=day)
    assert (answer.status_code, "#chosen" in answer.headers["location"]) == (303, True)
    case.settle()
    report = case.report()
    (waived,) = report["waived"]
    assert (report["counts"]["error"], waived["code"], waived["waiver"]["until"]) == (
        8,
        "DB-601",
        day,
    )
    assert (waived["waiver"]["reason"], "县（市、区）分局" in waived["waiver"]["by"]) == (
        "车辆已报废",
        True,
    )
    assert "已豁免" in case.applicant.get(f"{case.base}/findings").text
    assert case.say(case.county, "DB-601", "withdraw").status_code == 303
    case.settle()
    assert (case.report()["counts"]["error"], case.report()["waived"]) == (9, [])
    assert case.dispositions() == {"DB-601": ["waive", "withdraw"]}


def test_a_waiver_past_its_last_day_counts_no_more_on_the_very_day(world, case, monkeypatch):
    last = world.office.today + timedelta(30)
    case.say(case.county, "DB-601", "waive", text="车辆已报废", until=last.isoformat())
    case.settle()
    program = programs.program(world, case.town, Role.APPLICANT)

    def seen(days):
        """What pages and API say so many days after the waiver's last one."""
        noon = datetime.combine(last, time(12), CHINA) + timedelta(days)
        monkeypatch.setattr(world.office, "clock", lambda: noon)
        page = case.applicant.get(f"{case.base}/findings?rule=DB-601").text
        items = program.get(f"{case.base}/versions/1/findings?code=DB-601").json()["items"]
        return (
            re.findall(r'class="tag[^"]*">([^<]*豁免[^<]*)<', page),
            "1 条豁免已到期，意见重新计入" in page,
            re.findall(r"已处理 (\d+) / 10 条", page),
            "1 条豁免已到期，意见重新计入" in (whole := case.applicant.get(case.base).text),
            re.findall(r"不符合 (\d+) 条", whole),
            [one["waived"] for one in items],
        )

    assert seen(0) == (["已豁免"], False, ["1"], False, ["8"], [True])
    assert seen(1) == (["豁免已到期"], True, ["0"], True, ["9"], [False])
    assert "车辆已报废" in case.applicant.get(f"{case.base}/findings?rule=DB-601&handled=open").text
    withdrawn = case.say(case.county, "DB-601", "withdraw")
    assert withdrawn.status_code == 303
    case.settle()
    assert seen(1) == ([], False, ["0"], False, ["9"], [False])


def test_the_verdict_everywhere_is_worse_from_the_day_after_a_waiver(world, case, monkeypatch):
    """Everything that fails the package is waived: it is 需人工核实 until the last day, and 不通过 everywhere on the next."""
    last = world.office.today + timedelta(45)
    actor = case.town.actors[Role.COUNTY]
    errors = {f["fingerprint"] for f in case.report()["findings"] if f["severity"] == "error"}
    for mark in errors:
        remarks.remark(
            world.office, actor, case.id, 1, mark, remarks.Disposition.WAIVE, text="理由", until=last.isoformat()
        )  # fmt: skip
    case.settle()
    program = programs.program(world, case.town, Role.COUNTY)
    first = case.county.get(f"{case.base}/files/json").json()

    def stored():
        return case.package().submissions[0].verdict

    def seen(days):
        """What is said so many days after the last one, once a worker has seen the day begin."""
        noon = datetime.combine(last, time(12), CHINA) + timedelta(days)
        monkeypatch.setattr(world.office, "clock", lambda: noon)
        wait_until(lambda: stored() == ("需人工核实" if days <= 0 else "不通过"))
        version = program.get(f"{case.base}").json()["versions"][0]
        tag = r'class="tag verdict-\w+">(\w+)<'
        downloaded = case.county.get(f"{case.base}/files/json").json()
        return {
            "list": re.findall(tag, case.county.get("/packages").text),
            "found": case.id in case.county.get("/packages?verdict=不通过").text,
            "package": re.findall(tag, case.county.get(case.base).text)[0],
            "findings": re.findall(tag, case.county.get(f"{case.base}/findings").text)[0],
            "statistics": statistics.overview(world.office, actor).counts["verdict"],
            "version": (version["verdict"], version["errors"]),
            "list of the API": program.get("/packages?verdict=不通过").json()["total"],
            "findings of the API": program.get(f"{case.base}/versions/1/findings").json()["verdict"],
            "report": program.get(f"{case.base}/versions/1/report").json() == downloaded,
            "download": (downloaded["verdict_label"], downloaded["counts"]["error"], len(downloaded["waived"])),
            "notice": case.county.get(f"{case.base}/files/notice").status_code,
        }  # fmt: skip

    def said(verdict, errors):
        bad = verdict == "不通过"
        return {
            "list": [verdict], "found": bad, "package": verdict, "findings": verdict,
            "statistics": ((verdict, 1),), "version": (verdict, errors), "list of the API": int(bad),
            "findings of the API": verdict, "report": True,
            "download": (verdict, errors, 0 if bad else len(first["waived"])), "notice": 409 if bad else 200,
        }  # fmt: skip

    assert seen(0) == said("需人工核实", 0)
    assert seen(1) == said("不通过", len(first["waived"]))
    refused = case.county.get(f"{case.base}/files/notice").text
    assert "第 1 稿有豁免已经到期" in refused
    assert "重新审查第 1 稿" in refused
    with world.office.database.reading() as session:
        entry = session.scalars(
            select(Entry).where(Entry.action == "package.lapsed", Entry.subject == case.id)
        ).one()
    assert (entry.detail["before"], entry.detail["verdict"]) == ("需人工核实", "不通过")


def test_a_verdict_of_which_nobody_knows_how_long_it_holds_is_looked_at(world, case):
    """So a version of before the term was written down, and one out of an older backup."""
    with world.office.database.writing() as session:
        submission = session.get_one(Submission, case.package().submissions[0].id)
        submission.lapses, submission.verdict = None, "通过"
    assert refresh(world.office) == 1
    assert (case.package().submissions[0].verdict, case.package().submissions[0].lapses) == (
        "不通过",
        "",
    )
    assert refresh(world.office) == 0


def wait_until(there, seconds=60):
    end = monotonic() + seconds
    while not there():
        assert monotonic() < end, "it did not come in time"
        sleep(0.1)


def test_accepting_changes_no_decision(world, case):
    case.say(case.county, "DB-601", "waive", text="车辆已报废", until=later(world))
    case.settle()
    case.say(case.applicant, "DB-601", "accept")
    assert case.say(case.county, "DB-301", "correct", text="改成一致").status_code == 303
    case.say(case.applicant, "DB-301", "accept")
    said = remarks.remarks_on(world.office, case.town.actors[Role.COUNTY], case.id)
    found = {s.remarks[0].code: s.disposition for s in said.values()}
    assert found == {"DB-601": "waive", "DB-301": "correct"}
    reports.check_again(world.office, case.town.actors[Role.COUNTY], case.id, 1)
    case.settle()
    assert [f["code"] for f in case.report()["waived"]] == ["DB-601"]


@pytest.mark.parametrize(
    ("code", "fields", "said"),
    [
        ("DB-601", {"text": "理由", "until": "2020-01-01"}, "已经过去"),
        ("DB-601", {"text": "理由", "until": "明年"}, "最后一天"),
        ("DB-601", {"text": " ", "until": "2099-01-01"}, "要写明理由"),
        ("DB-601", {"text": "长" * 2001, "until": "2099-01-01"}, "最多 2000 字"),
    ],
)
def test_a_waiver_needs_a_reason_and_a_day_to_come(case, code, fields, said):
    answer = case.say(case.county, code, "waive", **fields)
    assert (answer.status_code, said in answer.text) == (422, True)
    assert case.dispositions() == {}


def test_a_finding_that_is_not_there_is_refused(case):
    data = {"number": 1, "fingerprint": "0" * 32, "disposition": "accept"}
    assert case.county.post(f"{case.base}/remarks", data=data).status_code == 404


def test_without_the_token_nothing_is_said(case):
    del case.county.headers["X-CSRF-Token"]
    assert case.say(case.county, "DB-601", "accept").status_code == 403
    assert case.dispositions() == {}


def test_a_script_gets_the_card_again_or_the_problem(case):
    headers = {"HX-Request": "true"}
    card = case.say(case.county, "DB-206", "note", headers, text="<b>已电话联系</b>", at="2").text
    assert "&lt;b&gt;已电话联系&lt;/b&gt;" in card
    assert re.findall(r'id="finding-(\d+)"', card) == ["2"]
    assert "已处理 0 / 10 条" in card
    accepted = case.say(case.county, "DB-206", "accept", headers, at="2").text
    assert "已处理 1 / 10 条" in accepted
    refused = case.say(case.county, "DB-206", "correct", headers, at="2")
    assert (refused.status_code, "要写明理由或内容" in refused.text) == (200, True)


def test_a_script_is_sent_to_the_page_that_follows_the_check(world, case):
    headers = {"HX-Request": "true"}
    answer = case.say(
        case.county, "DB-601", "waive", headers, text="车辆已报废", until=later(world)
    )
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"].startswith(f"{case.base}/findings?number=1&finding=")
    case.settle()


def corrected():
    """The faulty package with one thing put right."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(FAULTY) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b"199%", b"90%"))
    return out.getvalue()


def test_what_is_to_be_corrected_goes_into_the_return_and_is_known_in_the_next_version(world, case):
    case.say(case.county, "DB-315", "correct", text="核对去除效率")
    case.say(case.county, "DB-601", "correct", text="核对车辆识别代号")
    page = case.county.get(case.base).text
    note = re.findall(r"<textarea[^>]*>(请改正[^<]*)</textarea>", page)[0]
    assert [line.partition("：")[0] for line in note.splitlines()] == [
        "请改正下列问题后重新上传", "1. 2.13.4 VOCs 治理设施，“表13 VOCs治理设施一览表”，“调漆间、危废间（DA005）”一行，“去除效率”一列",
        "2. 2.18 运输监控要求，“表30 运输车辆电子台账”，“豫B6K118”一行，“车辆识别代号（VIN）”一列",
    ]  # fmt: skip
    assert note.endswith("（DB-601）。核对车辆识别代号")
    assert f'href="{case.base}/files/notice?number=1"' in page
    returned = case.county.post(f"{case.base}/steps/county-return", data={"note": note})
    assert returned.status_code == 303
    case.world.hand_in(case.town.actors[Role.APPLICANT], corrected(), package_id=case.id)
    compared = case.applicant.get(f"{case.base}/compare?old=1&new=2").text
    assert re.findall(r"<b>(\d+)</b> 条", compared) == ["2", "8", "0", "0"]
    assert "要求改正 1 条" in case.applicant.get(case.base).text
    assert case.mark("DB-601", 2) == case.mark("DB-601", 1)
    entry = case.applicant.get(f"{case.base}/findings?number=2&rule=DB-601").text
    assert "核对车辆识别代号" in entry


def test_everything_said_is_in_the_audit_log_without_names(world, case):
    case.say(case.county, "DB-601", "note", text="秘密的话")
    from sqlalchemy import select

    from duibiao.storage.records import Entry

    with world.office.database.reading() as session:
        (entry,) = session.scalars(
            select(Entry).where(Entry.subject == case.id, Entry.action == "remark.note")
        )
    assert entry.actor == case.town.actors[Role.COUNTY].user
    assert sorted(entry.detail) == ["code", "fingerprint", "submission", "until"]
