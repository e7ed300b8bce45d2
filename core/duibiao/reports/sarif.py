"""The report as SARIF 2.1.0, for editors and code hosts that show findings.

One run a package. What a rule could not judge is a result of kind ``open``; a waived finding is a suppressed result; a
comparison with an earlier submission gives each result its ``baselineState``. Severities beyond SARIF's levels are in
``properties.severity``.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from duibiao.model.location import Location
from duibiao.reports.comparison import Seen
from duibiao.reports.fingerprints import fingerprint
from duibiao.reports.model import CheckReport, Further, Judge, chapter_of
from duibiao.rules.definition import Rule, Severity
from duibiao.rules.engine import Finding, Status
from duibiao.rules.verdict import Verdict

Json = dict[str, Any]

VERSION = "2.1.0"
SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
PRINT = "duibiao/v1"
"""Name of our fingerprints; its number changes when they are made in another way."""

LEVELS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.REVIEW: "warning",
    Severity.INFO: "note",
}


def render(report: CheckReport) -> str:
    """Return the report of one check as a SARIF log."""
    log = {"$schema": SCHEMA, "version": VERSION, "runs": [_run(report)]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _run(report: CheckReport) -> Json:
    judge = report.judge
    rules = [outcome.rule for outcome in report.outcomes]
    results = _Results(report, [rule.code for rule in rules])
    driver: Json = {
        "name": "duibiao",
        "fullName": "duibiao（对标）",
        "version": judge.engine,
        "language": "zh-CN",
        "rules": [_rule(rule) for rule in rules],
    }
    tool: Json = {"driver": driver}
    used: tuple[Judge | Further, ...] = (judge, *judge.others)
    plugins = {one.plugin: _extension(one) for one in reversed(used) if one.plugin}
    if plugins:
        tool["extensions"] = [*reversed(plugins.values())]
    return {
        "tool": tool,
        "language": "zh-CN",
        "columnKind": "utf16CodeUnits",
        "artifacts": [
            {
                "location": {"uri": _uri(report.file)},
                "roles": ["analysisTarget"],
                "hashes": {"sha-256": report.sha256},
            }
        ],
        "invocations": [_invocation(report)],
        "results": [*results.found(), *results.unjudged(), *results.gone()],
        "properties": {
            "verdict": report.verdict.name.lower(),
            "verdict_label": report.verdict.value,
            "reasons": list(report.reasons),
            "enterprise": report.enterprise,
            "industry": report.industry,
            "declared": report.declared,
            "edition": judge.edition,
            "day": judge.day.isoformat(),
            "common_sha256": judge.common_sha256,
        },
    }


def _extension(plugin: Judge | Further) -> Json:
    return {
        "name": plugin.distribution or plugin.plugin,
        "version": plugin.version,
        "properties": {"plugin": plugin.plugin, "law_sha256": plugin.law_sha256},
    }


def _rule(rule: Rule) -> Json:
    text = "\n\n".join(f"{name}：{said}" for name, said in rule.parts)
    marked = "\n\n".join(f"**{name}** {said}" for name, said in rule.parts)
    cited = "；".join(rule.cites)
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.slug.split("_")),
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": f"{rule.title}。{dict(rule.parts)['为什么']}"},
        "help": {"text": f"{text}\n\n条款：{cited}", "markdown": f"{marked}\n\n**条款** {cited}"},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {
            "severity": rule.severity.value,
            "tags": [rule.topic],
            "cites": list(rule.cites),
        },
    }


def _invocation(report: CheckReport) -> Json:
    crashed = [
        {
            "level": "error",
            "message": {"text": f"规则 {outcome.rule.code} 检查出错：{outcome.reason}"},
            "associatedRule": {"id": outcome.rule.code},
        }
        for outcome in report.with_status(Status.CRASHED)
    ]
    warned = [
        *report.warnings,
        *(f"没有读懂 {entry.at.quoted()}：{entry.what}，{entry.why}" for entry in report.unread),
        *(f"插件 {entry.name} 停用：{entry.reason}" for entry in report.left_out),
    ]
    return {
        "executionSuccessful": report.verdict is not Verdict.INCOMPLETE and not crashed,
        "toolExecutionNotifications": [
            *crashed,
            *({"level": "warning", "message": {"text": text}} for text in warned),
        ],
    }


class _Results:
    """The results of a run."""

    def __init__(self, report: CheckReport, codes: Iterable[str]) -> None:
        self.report = report
        self.index = {code: number for number, code in enumerate(codes)}
        self.seen: Counter[str] = Counter()

    def found(self) -> Iterator[Json]:
        """Yield what was found, waived or not."""
        comparison = self.report.comparison
        new = {id(finding) for finding in comparison.new} if comparison else set()
        waivers = {id(entry.finding): entry.waiver for entry in self.report.waived}
        for finding in (*self.report.findings, *(entry.finding for entry in self.report.waived)):
            result = self._finding(finding)
            if waiver := waivers.get(id(finding)):
                result["suppressions"] = [
                    {"kind": "external", "status": "accepted", "justification": str(waiver)}
                ]
            if comparison:
                result["baselineState"] = "new" if id(finding) in new else "unchanged"
            yield result

    def unjudged(self) -> Iterator[Json]:
        """Yield what a rule should have judged and could not."""
        for rule, entry in self.report.unjudged:
            result = self._result(rule.code, "none", entry.reason, "", entry.at)
            yield result | {"kind": "open"}

    def gone(self) -> Iterator[Json]:
        """Yield what an earlier submission had and this one has not."""
        comparison = self.report.comparison
        for seen in comparison.fixed if comparison else ():
            yield self._seen(seen)

    def _finding(self, finding: Finding) -> Json:
        result = self._result(
            finding.code, LEVELS[finding.severity], finding.message, finding.todo, finding.at
        )
        if finding.also:
            result["relatedLocations"] = [
                _location(at, self.report.file) | {"id": number}
                for number, at in enumerate(finding.also, 1)
            ]
        result["properties"] = {
            "severity": finding.severity.value,
            "severity_label": finding.severity.label,
            "todo": finding.todo,
            "articles": [str(cite) for cite in finding.cites],
            "quote": finding.at.quote,
        }
        return result

    def _result(self, code: str, level: str, message: str, todo: str, at: Location) -> Json:
        return {
            "ruleId": code,
            **({"ruleIndex": self.index[code]} if code in self.index else {}),
            "level": level,
            "message": {"text": f"{message}。{todo}" if todo else message},
            "locations": [_location(at, self.report.file)],
            "partialFingerprints": {PRINT: self._print(code, at.section, message)},
        }

    def _seen(self, seen: Seen) -> Json:
        place = {"name": seen.place, "kind": "element"}
        physical = {"artifactLocation": {"uri": _uri(self.report.file)}}
        return {
            "ruleId": seen.code,
            **({"ruleIndex": self.index[seen.code]} if seen.code in self.index else {}),
            "level": LEVELS[seen.severity],
            "message": {"text": seen.message},
            "locations": [{"physicalLocation": physical, "logicalLocations": [place]}],
            "partialFingerprints": {PRINT: self._print(seen.code, seen.section, seen.message)},
            "baselineState": "absent",
        }

    def _print(self, code: str, section: str, message: str) -> str:
        """Return a fingerprint; of equal ones, the second ends in ``:2`` and so on."""
        made = fingerprint(code, section, message)
        self.seen[made] += 1
        return made if self.seen[made] == 1 else f"{made}:{self.seen[made]}"


def _location(at: Location, file: str) -> Json:
    name = at.file or file
    artifact: Json = {"uri": _uri(name)}
    if name == file:
        artifact["index"] = 0
    path = "/".join(part for part in (chapter_of(at), at.section, str(at)) if part)
    logical = {"name": str(at), "fullyQualifiedName": path, "kind": "element"}
    return {
        "physicalLocation": {"artifactLocation": artifact},
        "logicalLocations": [logical],
        "message": {"text": at.quoted()},
    }


def _uri(file: str) -> str:
    """Return a file name as a relative reference."""
    return quote(file.encode("utf-8", "replace"), safe="") or "unknown"
