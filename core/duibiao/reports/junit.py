"""The report as JUnit XML, for servers that show tests: a test case a rule, and one for the verdict.

A rule with a finding of severity 不符合 fails; one that crashed is an error; one that could not judge, asks for a
person, or whose findings are all waived is skipped. What else there is to say stands in ``system-out``. The last case
is the verdict, so that no file is green of which something was not checked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from lxml import etree

from duibiao.reports.model import CheckReport
from duibiao.rules.definition import Severity
from duibiao.rules.engine import Finding, Outcome, Status
from duibiao.rules.verdict import Verdict

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]+")

_VERDICTS = {Verdict.FAIL: "failure", Verdict.REVIEW: "skipped", Verdict.INCOMPLETE: "error"}


def render(report: CheckReport) -> str:
    """Return the report of one check as a JUnit document."""
    cases = [*(_rule(outcome) for outcome in report.outcomes), _verdict(report)]
    kinds = Counter(child.tag for case in cases for child in case)
    counts = {
        "tests": str(len(cases)),
        "failures": str(kinds["failure"]),
        "errors": str(kinds["error"]),
        "skipped": str(kinds["skipped"]),
        "time": "0",
    }
    root = etree.Element("testsuites", name="duibiao")
    suite = etree.SubElement(root, "testsuite", name=_clean(report.file))
    for element in (root, suite):
        for name, value in counts.items():
            element.set(name, value)
    properties = etree.SubElement(suite, "properties")
    for name, value in _facts(report):
        etree.SubElement(properties, "property", {"name": name, "value": _clean(value)})
    suite.extend(cases)
    text: str = etree.tostring(root, encoding="unicode", pretty_print=True)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'


def _facts(report: CheckReport) -> Iterable[tuple[str, str]]:
    judge = report.judge
    return (
        ("enterprise", report.enterprise),
        ("industry", report.industry),
        ("declared", report.declared),
        ("verdict", report.verdict.value),
        ("sha256", report.sha256),
        ("engine", judge.engine),
        ("plugin", f"{judge.distribution} {judge.version}".strip()),
        ("edition", judge.edition),
        ("day", judge.day.isoformat()),
        *(
            (
                f"waived.{number}",
                f"{entry.finding.code} {entry.finding.at.quoted()}：{entry.waiver}",
            )
            for number, entry in enumerate(report.waived, 1)
        ),
        *([("comparison", str(report.comparison))] if report.comparison else []),
    )


def _rule(outcome: Outcome) -> etree._Element:
    rule = outcome.rule
    case = _case(rule.topic, f"{rule.code} {rule.title}")
    errors = [found for found in outcome.findings if found.severity is Severity.ERROR]
    doubts = [found for found in outcome.findings if found.severity is Severity.REVIEW]
    others = [found for found in outcome.findings if found not in (*errors, *doubts)]
    unjudged = [f"{entry.at.quoted()}：{entry.reason}" for entry in outcome.unjudged]
    if outcome.status is Status.CRASHED:
        _child(case, "error", outcome.reason, [outcome.reason], outcome.status.label)
    elif errors:
        _child(case, "failure", _heading(errors), _lines(errors), errors[0].severity.label)
    elif unjudged or doubts or (outcome.reason and outcome.status is not Status.NOT_APPLICABLE):
        said = unjudged[0] if unjudged else _heading(doubts) if doubts else outcome.reason
        _child(case, "skipped", said, [*_lines(doubts), *unjudged])
    rest = [*_lines(others), *(_lines(doubts) + unjudged if errors else ())]
    if outcome.reason and outcome.status is not Status.CRASHED:
        rest.append(f"{outcome.status.label}：{outcome.reason}")
    if rest:
        etree.SubElement(case, "system-out").text = _clean("\n".join(rest))
    return case


def _verdict(report: CheckReport) -> etree._Element:
    case = _case("verdict", f"审查结论 {report.verdict.value}")
    if kind := _VERDICTS.get(report.verdict):
        _child(case, kind, report.verdict.value, list(report.reasons), report.verdict.value)
    return case


def _case(group: str, name: str) -> etree._Element:
    return etree.Element("testcase", {"classname": f"duibiao.{group}", "name": name, "time": "0"})


def _child(case: etree._Element, tag: str, message: str, lines: list[str], kind: str = "") -> None:
    attributes = {"message": _clean(message)}
    if kind and tag != "skipped":
        attributes["type"] = kind
    etree.SubElement(case, tag, attributes).text = _clean("\n".join(lines))


def _heading(findings: list[Finding]) -> str:
    more = f"（共 {len(findings)} 条）" if len(findings) > 1 else ""
    return f"{findings[0].message}{more}"


def _lines(findings: list[Finding]) -> list[str]:
    return [
        f"[{found.severity.label}] {found.at.quoted()}：{found.message}。{found.todo}"
        f"（{'；'.join(map(str, found.cites))}）"
        for found in findings
    ]


def _clean(text: str) -> str:
    return _UNPRINTABLE.sub("?", text)
