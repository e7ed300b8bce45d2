"""The page of findings: what it says, the place in the document, filters."""

import html
import re

import pytest
from tests.web.programs import program
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


def marked(text):
    """Text of what is marked on the right side of a page."""
    return re.findall(r'class="mark-here"[^>]*>([^<]*)<', text)


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


def test_further_places_are_a_link_away(world, town, faulty):
    client = world.client(town.logins[Role.APPLICANT])
    page = client.get(f"/packages/{faulty.id}/findings?rule=DB-103").text
    number = re.findall(r"/findings/(\d+)\?number=1&amp;also=1", page)[0]
    first = client.get(f"/packages/{faulty.id}/findings/{number}").text
    second = client.get(f"/packages/{faulty.id}/findings/{number}?also=1").text
    assert re.findall(r'class="mark-here"[^>]*>([^<]*)<', first) == ["91410225MA9XG2HJ6R"]
    assert re.findall(r'class="mark-here"[^>]*>([^<]*)<', second) == ["91410252MA9XG2HJ6R"]


def test_without_scripts_every_link_leads_to_a_page_with_both_sides(world, town, faulty):
    client = world.client(town.logins[Role.APPLICANT])
    start = client.get(f"/packages/{faulty.id}/findings?rule=DB-103").text
    assert 'class="mark-here"' not in start
    (first,) = re.findall(r'<noscript>.*?href="([^"]+)#sheet"', start)
    page = client.get(html.unescape(first)).text
    assert shown(page) == ["DB-103"]
    assert marked(page) == ["91410225MA9XG2HJ6R"]
    assert "<noscript>" not in page
    further = [
        html.unescape(href) for href in re.findall(r'<a href="([^"]+also=1[^"]*)#sheet"', page)
    ]
    assert len(further) == 2
    for href in further:
        assert marked(client.get(href).text) == ["91410252MA9XG2HJ6R"]
    for href in re.findall(r'class="finding-open"[^>]*href="([^"#]+)', client.get(f"/packages/{faulty.id}/findings").text):  # fmt: skip
        other = client.get(html.unescape(href))
        assert (other.status_code, 'class="sheet-head"' in other.text) == (200, True)
    every = client.get(f"/packages/{faulty.id}/findings?at=0").text
    mark = re.findall(r'name="fingerprint" value="([^"]+)"', every)[-1]
    by_mark = client.get(f"/packages/{faulty.id}/findings?finding={mark}").text
    assert by_mark.count('aria-current="true"') == 1
    assert 'class="sheet-head"' in by_mark


def test_a_lost_report_is_told_with_what_to_do(world, town):
    package = world.hand_in(town.actors[Role.APPLICANT], CLEAN.read_bytes() + b"lost")
    (version,) = package.submissions
    client = world.client(town.logins[Role.APPLICANT])
    world.office.blobs.delete(version.report)
    for path in ("findings", "files/json", "files/html"):
        answer = client.get(f"/packages/{package.id}/{path}?number=1")
        assert answer.status_code == 409
        assert "第 1 稿保存的审查报告读不到" in answer.text
        assert f'action="/packages/{package.id}/check?number=1"' in answer.text
    answer = client.get(f"/packages/{package.id}/findings/0")
    assert (answer.status_code, "请重新审查这一稿" in answer.text) == (409, True)
    told = program(world, town, Role.APPLICANT).get(f"/packages/{package.id}/versions/1/findings")
    assert (told.status_code, "读不到" in told.json()["detail"]) == (409, True)
    assert client.post(f"/packages/{package.id}/check?number=1").status_code == 303
    world.wait(version.id)
    assert client.get(f"/packages/{package.id}/findings").status_code == 200


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
