"""One wrong cell is one entry of the report, however many rules meet it; the counts say both."""

import itertools
import json

import pytest
from lxml import html as lxml_html

from duibiao.model.location import Location
from duibiao.reports import as_json, html, text
from duibiao.reports.causes import by_chapter, counts, group, grouped, how_many
from duibiao.reports.fingerprints import fingerprint
from duibiao.rules.definition import Severity
from duibiao.rules.engine import Outcome, Status

from .sample_reports import CALL, FORM, LIMIT, NAMES, OTHER_OUTLET, OUTLET, PHONE, a_report, finding

OVER = finding(LIMIT, OUTLET, message="颗粒物 12.5 mg/m³ 超过限值")
DIFFERS = finding(NAMES, OTHER_OUTLET, message="两处浓度不同", also=(OUTLET,))
WARNED = finding(PHONE, OUTLET, message="没有写单位")
ELSEWHERE = finding(PHONE, CALL)


def codes(*findings: object) -> list[list[str]]:
    return [[found.code for found in cause.findings] for cause in grouped(findings)]  # type: ignore[arg-type]


def test_findings_at_one_cell_and_those_that_name_it_have_one_cause() -> None:
    assert codes(WARNED, ELSEWHERE, OVER, DIFFERS) == [
        ["DB-201", "DB-101", "DB-104"],
        ["DB-104"],
    ]


def test_findings_that_name_one_further_cell_have_one_cause() -> None:
    first, second = (finding(LIMIT, cell, also=(FORM,)) for cell in (OUTLET, OTHER_OUTLET))
    (cause,) = grouped([first, second])

    assert cause.at == FORM
    assert codes(first, second, finding(NAMES, FORM)) == [["DB-201", "DB-201", "DB-101"]]


def test_a_cause_gathers_around_one_cell_and_never_chains() -> None:
    cells = [Location(file="x", table=1, row=row, column=1) for row in range(5)]
    chain = [finding(LIMIT, at, also=(other,)) for at, other in itertools.pairwise(cells)]
    hub = [finding(NAMES, at, also=(cells[4],)) for at in cells[:2]]

    assert [len(cause.findings) for cause in grouped(chain)] == [2, 2]
    assert [[f.at.row for f in cause.findings] for cause in grouped([*chain, *hub])] == [
        [0, 1, 1], [2, 3], [0],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("at", "causes"),
    [
        (Location(file="x", sheet="产排污", row=3, column=2), 1),
        (Location(file="x", table=1, row=3, column=2), 1),
        (Location(file="x", table=1, row=3), 2),
        (Location(file="x", section="三", paragraph=7), 2),
        (Location(), 2),
    ],
)
def test_only_a_cell_is_one_value(at: Location, causes: int) -> None:
    assert len(grouped([finding(LIMIT, at), finding(NAMES, at)])) == causes


def report():
    outcomes = (
        Outcome(LIMIT, Status.FOUND, (OVER,)),
        Outcome(NAMES, Status.FOUND, (DIFFERS,)),
        Outcome(PHONE, Status.FOUND, (ELSEWHERE,)),
    )
    return a_report(outcomes=outcomes)


def test_every_face_counts_causes_and_findings() -> None:
    made = report()
    page = lxml_html.document_fromstring(html.render(made))
    said = json.loads(as_json.render(made))

    assert {title: how_many(found) for title, found in by_chapter(made).items()} == {
        "一、绩效分级申请表": "1 条",
        "四、企业基本情况": "1 处 2 条",
    }
    assert counts(group(made)) == {
        Severity.ERROR: 1, Severity.WARNING: 1, Severity.REVIEW: 0, Severity.INFO: 0,
    }  # fmt: skip
    assert "四、企业基本情况（1 处 2 条）" in text.render(made)
    assert "同一处 2 条意见 4.污染物排放情况，第7页，第3个表格，第4行，第6列" in text.render(made)
    assert "同一处的归并后共 2 处 3 条" in text.render(made)
    (cause,) = page.xpath("//section[@class='cause error']")
    assert cause.xpath(".//header//code/text()") == ["DB-201", "DB-101"]
    assert [one["cause"] for one in said["findings"]] == [1, 1, 2]
    assert (said["counts"]["error"], said["cause_counts"]["error"]) == (2, 1)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("DA001 颗粒物 12.5 超过限值10", "DA001 颗粒物 11 超过限值10", True),
        ("DA001 颗粒物 12.5 超过", "DA002 颗粒物 12.5 超过", False),
        ("2#喷涂 12", "3#喷涂 12", False),
        ("豫B6K118 缺行驶证", "豫B6K119 缺行驶证", False),
        ("共 12 处", "共  3 处", True),
    ],
)
def test_a_fingerprint_knows_outlets_and_plates_but_no_amounts(
    one: str, other: str, same: bool
) -> None:
    made = [fingerprint("DB-201", "五.2.14", message) for message in (one, other)]

    assert (made[0] == made[1]) is same
    assert fingerprint("DB-202", "五.2.14", one) != made[0] != fingerprint("DB-201", "四.4", one)
