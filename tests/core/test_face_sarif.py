"""The SARIF log has the structure of the standard, and everything that was found."""

import json
from dataclasses import replace
from typing import Any

import pytest

from duibiao.reports import sarif
from duibiao.reports.comparing import compare, earlier_of
from duibiao.reports.fingerprints import fingerprint
from duibiao.reports.waivers import Waived
from duibiao.rules.definition import Severity
from duibiao.rules.engine import Outcome, Status
from duibiao.rules.verdict import Verdict

from .sample_reports import FORM, LIMIT, NAMES, OUTLET, PHONE, PLAN, a_report, finding
from .test_waivers import waiver

KNOWN = {
    "log": ({"version", "runs"}, {"$schema"}),
    "run": (
        {"tool", "results"},
        {"invocations", "artifacts", "language", "columnKind", "properties"},
    ),
    "tool": ({"driver"}, {"extensions"}),
    "component": ({"name"}, {"fullName", "version", "language", "rules", "properties"}),
    "rule": (
        {"id"},
        {"name", "shortDescription", "fullDescription", "help", "defaultConfiguration", "properties"},
    ),
    "artifact": (set(), {"location", "roles", "hashes"}),
    "invocation": ({"executionSuccessful"}, {"toolExecutionNotifications"}),
    "notification": ({"message"}, {"level", "associatedRule"}),
    "result": (
        {"message"},
        {
            "ruleId", "ruleIndex", "kind", "level", "locations", "relatedLocations",
            "partialFingerprints", "suppressions", "baselineState", "properties",
        },
    ),
    "location": (set(), {"id", "physicalLocation", "logicalLocations", "message"}),
    "logical": (set(), {"name", "fullyQualifiedName", "kind"}),
    "suppression": ({"kind"}, {"status", "justification"}),
}  # fmt: skip
"""Object of SARIF 2.1.0 → what it must have, and what of the standard we give besides."""


def shaped(kind: str, value: dict[str, Any]) -> dict[str, Any]:
    must, may = KNOWN[kind]
    assert must <= value.keys() <= must | may, (kind, value.keys())
    return value


def made(**changes: Any) -> dict[str, Any]:
    log = json.loads(sarif.render(a_report(**changes)))
    (run,) = shaped("log", log)["runs"]
    assert (log["version"], "sarif-schema-2.1.0" in log["$schema"]) == ("2.1.0", True)
    return shaped("run", run)


def test_the_log_has_the_structure_of_the_standard() -> None:
    run = made(waived=(Waived(finding(NAMES, OUTLET), waiver()),))
    tool = shaped("tool", run["tool"])
    rules = [shaped("rule", rule) for rule in shaped("component", tool["driver"])["rules"]]

    for extension in tool["extensions"]:
        shaped("component", extension)
    for rule in rules:
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
        assert rule["help"]["text"]
        assert rule["help"]["markdown"]
        assert rule["shortDescription"]["text"]
    (artifact,) = run["artifacts"]
    assert shaped("artifact", artifact)["hashes"] == {"sha-256": "ab" * 32}
    (invocation,) = run["invocations"]
    for note in shaped("invocation", invocation)["toolExecutionNotifications"]:
        assert shaped("notification", note)["level"] in ("error", "warning")
    for result in run["results"]:
        shaped("result", result)
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert (result["level"] == "none") is (result.get("kind", "fail") != "fail")
        for place in (*result["locations"], *result.get("relatedLocations", ())):
            uri = shaped("location", place)["physicalLocation"]["artifactLocation"]["uri"]
            assert uri.isascii()
            for logical in place["logicalLocations"]:
                assert shaped("logical", logical)["kind"] == "element"
        for suppression in result.get("suppressions", ()):
            assert shaped("suppression", suppression)["status"] == "accepted"
    prints = [result["partialFingerprints"][sarif.PRINT] for result in run["results"]]
    assert len(set(prints)) == len(prints)


def test_results_have_rule_level_message_and_place() -> None:
    run = made()

    assert [
        (result["ruleId"], result["level"], result.get("kind"), result["properties"]["severity"])
        for result in run["results"][:-1]
    ] == [
        ("DB-101", "error", None, "error"),
        ("DB-104", "warning", None, "warning"),
        ("DB-201", "error", None, "error"),
        ("DB-203", "warning", None, "review"),
    ]
    assert (run["results"][-1]["ruleId"], run["results"][-1]["kind"]) == ("DB-201", "open")
    over = run["results"][2]
    assert over["message"]["text"] == "颗粒物 12.5 mg/m³，超过 10 mg/m³。核对监测报告，或改报 B级"
    assert over["locations"][0]["logicalLocations"][0] == {
        "name": str(OUTLET),
        "fullyQualifiedName": f"四、企业基本情况/四.4/{OUTLET}",
        "kind": "element",
    }
    assert over["partialFingerprints"] == {
        sarif.PRINT: fingerprint("DB-201", "四.4", "颗粒物 12.5 mg/m³，超过 10 mg/m³")
    }
    assert run["properties"]["verdict"] == "fail"


@pytest.mark.parametrize(
    ("changes", "done"),
    [
        ({"outcomes": (Outcome(PLAN, Status.PASSED),)}, True),
        ({}, False),
        ({"outcomes": (), "verdict": Verdict.INCOMPLETE}, False),
    ],
)
def test_a_run_that_is_not_complete_is_no_success(changes: dict[str, Any], done: bool) -> None:
    assert made(**changes)["invocations"][0]["executionSuccessful"] is done


def test_fingerprints_are_the_same_in_every_run_and_in_every_order() -> None:
    alike = tuple(finding(PHONE, FORM, message="没有单位") for _ in range(2))
    outcomes = (
        Outcome(PHONE, Status.FOUND, alike),
        Outcome(LIMIT, Status.FOUND, (finding(LIMIT, OUTLET),)),
    )
    prints = [
        {result["partialFingerprints"][sarif.PRINT] for result in made(outcomes=given)["results"]}
        for given in (outcomes, outcomes[::-1])
    ]

    assert prints[0] == prints[1]
    assert len(prints[0]) == 3
    assert sarif.render(a_report()) == sarif.render(a_report())


def test_waived_and_earlier_findings_have_their_states() -> None:
    over, names = finding(LIMIT, OUTLET), finding(NAMES, FORM)
    report = a_report(
        outcomes=(Outcome(NAMES, Status.FOUND, (names,)), Outcome(PHONE, Status.PASSED)),
        waived=(Waived(over, waiver()),),
    )
    old = a_report(
        outcomes=(Outcome(LIMIT, Status.FOUND, (over,)),
                  Outcome(PHONE, Status.FOUND, (finding(PHONE, FORM, severity=Severity.INFO),)))
    )  # fmt: skip
    log = json.loads(sarif.render(replace(report, comparison=compare(report, earlier_of(old)))))
    results = {result["ruleId"]: result for result in log["runs"][0]["results"]}

    assert {code: result["baselineState"] for code, result in results.items()} == {
        "DB-101": "new", "DB-201": "unchanged", "DB-104": "absent",
    }  # fmt: skip
    assert results["DB-201"]["suppressions"] == [
        {
            "kind": "external",
            "status": "accepted",
            "justification": "某科长同意豁免，有效期至2026-12-31，理由：正在改造",
        }
    ]
