"""The JUnit document: a test case a rule and one for the verdict; nothing unchecked is green."""

from typing import Any

import pytest
from lxml import etree

from duibiao.reports import junit
from duibiao.reports.waivers import Waived
from duibiao.rules.definition import CannotJudge, Severity
from duibiao.rules.engine import Outcome, Status
from duibiao.rules.verdict import Verdict

from .sample_reports import BROKEN, CLEAN, LIMIT, OUTLET, a_report, finding
from .test_waivers import waiver


def made(**changes: Any) -> Any:
    return etree.fromstring(junit.render(a_report(**changes)).encode())


def kinds(tree: Any) -> dict[str, list[str]]:
    return {
        case.get("name").split()[0]: [child.tag for child in case] for case in tree.iter("testcase")
    }


def test_every_rule_and_the_verdict_is_a_case() -> None:
    tree = made()

    assert kinds(tree) == {
        "DB-001": [],
        "DB-101": ["failure"],
        "DB-104": ["system-out"],
        "DB-201": ["failure", "system-out"],
        "DB-203": ["skipped"],
        "DB-301": ["system-out"],
        "FND-007": ["error"],
        "审查结论": ["failure"],
    }
    (suite,) = tree
    for element in (tree, suite):
        assert {key: element.get(key) for key in ("tests", "failures", "errors", "skipped")} == {
            "tests": "8", "failures": "3", "errors": "1", "skipped": "1",
        }  # fmt: skip
    failure = tree.find(".//testcase[4]/failure")
    assert failure.get("message") == "颗粒物 12.5 mg/m³，超过 10 mg/m³"
    assert failure.text.startswith(
        f"[不符合] {OUTLET.quoted()}：颗粒物 12.5 mg/m³，超过 10 mg/m³。核对监测报告"
    )
    assert "没有写单位" in tree.find(".//testcase[4]/system-out").text


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (Outcome(LIMIT, Status.PASSED), []),
        (Outcome(LIMIT, Status.NOT_APPLICABLE, reason="不涉及"), ["system-out"]),
        (Outcome(LIMIT, Status.SKIPPED, (), (CannotJudge(OUTLET, "看不清"),), "看不清"), ["skipped", "system-out"]),
        (Outcome(LIMIT, Status.FOUND, reason="1 条意见已豁免"), ["skipped", "system-out"]),
        (Outcome(LIMIT, Status.FOUND, (finding(LIMIT, OUTLET, severity=Severity.INFO),)), ["system-out"]),
        (Outcome(BROKEN, Status.CRASHED, reason="KeyError"), ["error"]),
    ],
)  # fmt: skip
def test_what_became_of_a_rule(outcome: Outcome, expected: list[str]) -> None:
    assert kinds(made(outcomes=(outcome,)))[outcome.rule.code] == expected


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        (Verdict.PASS, []),
        (Verdict.FAIL, ["failure"]),
        (Verdict.REVIEW, ["skipped"]),
        (Verdict.INCOMPLETE, ["error"]),
    ],
)
def test_the_verdict_is_green_only_where_the_package_passed(
    verdict: Verdict, expected: list[str]
) -> None:
    assert kinds(made(**CLEAN | {"verdict": verdict}))["审查结论"] == expected


def test_waivers_are_told() -> None:
    tree = made(waived=(Waived(finding(LIMIT, OUTLET), waiver()),))
    (told,) = tree.xpath("//property[@name='waived.1']/@value")

    assert told.startswith("DB-201")
    assert "某科长同意豁免，有效期至2026-12-31" in told


def test_control_characters_are_no_xml() -> None:
    over = finding(LIMIT, OUTLET, message="a\x00b\x1b\ufffe\ud800c<&")

    assert (
        made(outcomes=(Outcome(LIMIT, Status.FOUND, (over,)),)).find(".//failure").get("message")
        == "a?b?c<&"
    )
