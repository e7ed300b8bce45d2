"""The page of findings: what it says, the place in the document, filters."""

import re

import pytest
from tests.web.world import CLEAN, FAULTY

from duibiao.office.reports import report_of
from duibiao.office.seeing import newest
from duibiao.procedure.roles import Role


@pytest.fixture(scope="module")
def town(world):
    return world.settle()


@pytest.fixture(scope="module")
def faulty(world, town):
    return world.hand_in(town.actors[Role.APPLICANT], FAULTY)


def shown(text):
    """Codes of the findings on a page, in order."""
    return re.findall(r"<code>((?:DB|WV)-\d+)</code>\s*\n", text)


def test_a_report_is_listed_by_chapter_and_cause(world, town, faulty):
    page = world.client(town.logins[Role.APPLICANT]).get(f"/packages/{faulty.id}/findings").text
    assert re.findall(r"<h2>(.+?)</h2>", page) == [
        "一、绩效分级申请表", "三、落实重污染天气应急减排承诺书", "五、绩效分级材料", "附、“一厂一策”实施方案",
    ]  # fmt: skip
    assert shown(page) == [
        "DB-102", "DB-103", "DB-206", "DB-301", "DB-305", "DB-315", "DB-601", "DB-502", "DB-701", "DB-901",
    ]  # fmt: skip
    assert page.count("同一处 2 条意见") == 2
    assert "9 项不符合要求" in page
    assert "已处理 0 / 10 条" in page


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("severity=review", ["DB-502"]),
        ("chapter=一、绩效分级申请表", ["DB-102"]),
        ("rule=DB-601", ["DB-601"]),
        ("handled=handled", []),
        ("handled=open&severity=error&rule=DB-206", ["DB-206"]),
    ],
)
def test_findings_are_filtered(world, town, faulty, query, codes):
    client = world.client(town.logins[Role.APPLICANT])
    assert shown(client.get(f"/packages/{faulty.id}/findings?{query}").text) == codes


def test_the_place_of_a_finding_is_marked_in_its_section(world, town, faulty):
    client = world.client(town.logins[Role.APPLICANT])
    page = client.get(f"/packages/{faulty.id}/findings?rule=DB-315").text
    (number,) = re.findall(r"data-current>\n.*?at=(\d+)", page, re.DOTALL)[:1]
    place = client.get(f"/packages/{faulty.id}/findings/{number}").text
    assert re.findall(r'class="mark-here"[^>]*>([^<]*)<', place) == ["199%"]
    assert "2.13.4 VOCs 治理设施" in place
    assert '<p class="of">第 22 个表格</p>' in place


def test_further_places_are_a_link_away(world, town, faulty):
    client = world.client(town.logins[Role.APPLICANT])
    page = client.get(f"/packages/{faulty.id}/findings?rule=DB-103").text
    number = re.findall(r"/findings/(\d+)\?number=1&amp;also=1", page)[0]
    first = client.get(f"/packages/{faulty.id}/findings/{number}").text
    second = client.get(f"/packages/{faulty.id}/findings/{number}?also=1").text
    assert re.findall(r'class="mark-here"[^>]*>([^<]*)<', first) == ["91410225MA9XG2HJ6R"]
    assert re.findall(r'class="mark-here"[^>]*>([^<]*)<', second) == ["91410252MA9XG2HJ6R"]


def test_a_clean_package_says_so(world, town):
    package = world.hand_in(town.actors[Role.APPLICANT], CLEAN)
    page = world.client(town.logins[Role.APPLICANT]).get(f"/packages/{package.id}/findings").text
    assert "没有审查意见。" in page
    report = report_of(world.office, newest(package))
    assert [reason in page for reason in report["reasons"]] == [True]
    assert f"没有检查或不能判断的内容（{len(report['unjudged'])}）" in page


def test_nobody_else_sees_any_of_it(world, faulty):
    stranger = world.settle()
    for role in Role:
        client = world.client(stranger.logins[role])
        for path in ("findings", "findings/0", "pages/0/1", "files/html", "compare?old=1&new=1"):
            assert client.get(f"/packages/{faulty.id}/{path}").status_code in (403, 404)


def test_what_is_not_there_is_told(world, town, faulty):
    client = world.client(town.logins[Role.APPLICANT])
    for path in ("findings?number=7", "findings/99", "compare?old=1&new=7", "files/nothing"):
        answer = client.get(f"/packages/{faulty.id}/{path}")
        assert (answer.status_code, "没有" in answer.text) == (404, True)
