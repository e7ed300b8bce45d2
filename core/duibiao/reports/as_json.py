"""The report for machines.

One object a package. Fields are only ever added while `schema_version` stays the same. Dates are ISO 8601 (a date
known to the month only is ``2021-09``), decimals are strings, what is unknown is ``null``, what is empty ``""`` or ``[]``.

========================  ==========================================================================================
``schema_version``        1
``kind``                  ``report``
``file`` ``sha256``       the file that was checked
``enterprise`` ``industry`` ``declared``   as the package says
``applicant``             city, county, address, credit_code, responsible, phone, names (place → name): as the package says
``verdict``               ``pass`` ``fail`` ``review`` ``incomplete``; ``verdict_label`` in Chinese
``reasons``               why it is not a pass, gravest first
``counts``                number of findings by severity
``judge``                 engine, common_sha256, plugin, distribution, version, law_sha256, branch, national_no,
                          edition, day, day_origin, pages
``findings``              code, title, severity (``error`` ``warning`` ``review`` ``info``), chapter, at, also, message,
                          todo, articles (source, title, number, place, text), grounds
``outcomes``              every rule considered: code, title, severity, status (``passed`` ``found`` ``skipped``
                          ``not_applicable`` ``crashed``), reason, findings (how many), unjudged (how many)
``unjudged``              code, title, at, reason
``ladder``                grades, declared, supported, ceiling, rungs (indicator, item, value, at, reached, reach (to the
                          declared grade: ``meets`` ``short`` ``open`` ``rated``), requirement, next_grade,
                          next_requirement, grounds, verified, reason)
``holes``                 what is not known of the law of the branch: id, topic, what, look_in
``unread``                at, what, why
``warnings``              sentences
``left_out``              plugins that are not in use: name, distribution, reason
========================  ==========================================================================================

A place (``at``) has file, section, heading, page, paragraph, table, row, column, sheet, quote and the same in words
(``text``). Grounds have id, standing (``official`` ``secondary`` ``recalled``), may_fail, confidence, start, end, note,
cites (source, title, number, place).

The table of many packages has ``kind`` ``summary``, ``tally`` (files by conclusion), ``skipped`` (files that were not
looked at, by suffix) and ``files`` (file, problem, report, enterprise, industry, declared, verdict, verdict_label,
counts). Without a folder to write into, many packages are printed one object a line, with ``kind`` ``unreadable``
(file, problem) for those that could not be checked.
"""

from __future__ import annotations

import json
from typing import Any

from duibiao.law.provenance import Citation, Provenance
from duibiao.model.dates import PartialDate
from duibiao.model.location import Location
from duibiao.reports.model import CheckReport, chapter_of, reach
from duibiao.reports.summary import Summary
from duibiao.rules.definition import Severity
from duibiao.rules.engine import Finding
from duibiao.rules.verdict import Verdict

SCHEMA_VERSION = 1

Json = dict[str, Any]


def render(report: CheckReport) -> str:
    """Return the report of one check as an indented JSON document."""
    return json.dumps(as_object(report), ensure_ascii=False, indent=2) + "\n"


def render_line(report: CheckReport) -> str:
    """Return the report of one check on one line."""
    return json.dumps(as_object(report), ensure_ascii=False) + "\n"


def render_problem(file: str, problem: str) -> str:
    """Return the line of a file that could not be checked."""
    return (
        json.dumps(_head("unreadable") | {"file": file, "problem": problem}, ensure_ascii=False)
        + "\n"
    )


def render_summary(summary: Summary) -> str:
    """Return the table of a run over many packages as an indented JSON document."""
    files = [
        {
            "file": line.file,
            "problem": line.problem,
            "report": line.report or None,
            "enterprise": line.enterprise,
            "industry": line.industry,
            "declared": line.declared,
            **_verdict(line.verdict),
            "counts": {severity.value: line.counts.get(severity, 0) for severity in Severity},
        }
        for line in summary.lines
    ]
    whole = _head("summary") | {
        "tally": summary.tally(),
        "skipped": dict(summary.skipped),
        "files": files,
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def as_object(report: CheckReport) -> Json:
    """Return the report of one check as the object that the module describes."""
    judge, applicant = report.judge, report.applicant
    return _head("report") | {
        "file": report.file,
        "sha256": report.sha256,
        "enterprise": report.enterprise,
        "industry": report.industry,
        "declared": report.declared,
        "applicant": {
            "city": applicant.city,
            "county": applicant.county,
            "address": applicant.address,
            "credit_code": applicant.credit_code,
            "responsible": applicant.responsible,
            "phone": applicant.phone,
            "names": dict(applicant.names),
        },
        **_verdict(report.verdict),
        "reasons": list(report.reasons),
        "counts": {severity.value: report.count(severity) for severity in Severity},
        "judge": {
            "engine": judge.engine,
            "common_sha256": judge.common_sha256,
            "plugin": judge.plugin,
            "distribution": judge.distribution,
            "version": judge.version,
            "law_sha256": judge.law_sha256,
            "branch": judge.branch,
            "national_no": judge.national_no,
            "edition": judge.edition,
            "pages": judge.pages,
            "day": judge.day.isoformat(),
            "day_origin": judge.day_origin,
        },
        "findings": [_finding(finding, report) for finding in report.findings],
        "outcomes": [
            {
                "code": outcome.rule.code,
                "title": outcome.rule.title,
                "severity": outcome.rule.severity.value,
                "status": outcome.status.value,
                "reason": outcome.reason,
                "findings": len(outcome.findings),
                "unjudged": len(outcome.unjudged),
            }
            for outcome in report.outcomes
        ],
        "unjudged": [
            {"code": rule.code, "title": rule.title, "at": _place(entry.at), "reason": entry.reason}
            for rule, entry in report.unjudged
        ],
        "ladder": _ladder(report),
        "holes": [
            {"id": hole.id, "topic": hole.topic, "what": hole.what, "look_in": hole.look_in}
            for hole in report.holes
        ],
        "unread": [
            {"at": _place(entry.at), "what": entry.what, "why": entry.why}
            for entry in report.unread
        ],
        "warnings": list(report.warnings),
        "left_out": [
            {"name": entry.name, "distribution": entry.distribution, "reason": entry.reason}
            for entry in report.left_out
        ],
    }


def _head(kind: str) -> Json:
    return {"schema_version": SCHEMA_VERSION, "kind": kind}


def _verdict(verdict: Verdict | None) -> Json:
    return {
        "verdict": verdict.name.lower() if verdict else None,
        "verdict_label": verdict.value if verdict else "",
    }


def _finding(finding: Finding, report: CheckReport) -> Json:
    return {
        "code": finding.code,
        "title": finding.title,
        "severity": finding.severity.value,
        "chapter": chapter_of(finding.at),
        "at": _place(finding.at),
        "also": [_place(at) for at in finding.also],
        "message": finding.message,
        "todo": finding.todo,
        "articles": [
            _citation(cite) | {"text": report.articles.get(cite, "")} for cite in finding.cites
        ],
        "grounds": _grounds(finding.grounds),
    }


def _ladder(report: CheckReport) -> Json:
    ladder = report.ladder
    return {
        "grades": [grade.value for grade in ladder.grades],
        "declared": ladder.declared,
        "supported": ladder.supported,
        "ceiling": ladder.ceiling,
        "rungs": [
            {
                "indicator": rung.indicator,
                "item": rung.item,
                "value": rung.value,
                "at": _place(rung.at),
                "reached": rung.reached,
                "reach": reach(ladder, rung).value,
                "requirement": rung.requirement,
                "next_grade": rung.next_grade,
                "next_requirement": rung.next_requirement,
                "grounds": _grounds(rung.grounds),
                "verified": rung.verified,
                "reason": rung.reason,
            }
            for rung in ladder.rungs
        ],
    }


def _place(at: Location) -> Json:
    return {
        "text": str(at),
        "file": at.file,
        "section": at.section,
        "heading": at.heading,
        "page": at.page,
        "paragraph": at.paragraph,
        "table": at.table,
        "row": at.row,
        "column": at.column,
        "sheet": at.sheet,
        "quote": at.quote,
    }


def _citation(cite: Citation) -> Json:
    source = cite.source
    return {
        "source": source.id,
        "title": source.title,
        "number": source.number,
        "place": cite.place,
    }


def _grounds(grounds: Provenance | None) -> Json | None:
    if grounds is None:
        return None
    return {
        "id": grounds.id,
        "standing": grounds.standing.value,
        "may_fail": grounds.may_fail,
        "confidence": grounds.confidence,
        "start": _day(grounds.start),
        "end": _day(grounds.end),
        "note": grounds.note,
        "cites": [_citation(cite) for cite in grounds.cites],
    }


def _day(day: PartialDate | None) -> str | None:
    if day is None:
        return None
    parts = (f"{day.year:04}", *(f"{part:02}" for part in (day.month, day.day) if part is not None))
    return "-".join(parts)
