"""The report for machines.

One object a package. ``schema/report.schema.json`` beside this module is its JSON Schema (draft 2020-12) and tells
every field. Fields are only ever added while `schema_version` stays the same. Dates are ISO 8601 (a date known to the
month only is ``2021-09``), decimals are strings, what is unknown is ``null``, what is empty ``""`` or ``[]``.

``findings`` are complete, one a rule and place; those with the same ``cause`` have one cause, and ``cause_counts``
counts causes by their gravest severity. Waived findings are in ``waived`` and nowhere else; see
`duibiao.reports.lapsing` for those whose waiver has lapsed since (``expired``). ``comparison`` is null
where there is nothing to compare with; its numbers are places in ``findings`` followed by ``waived``, from 0.

The table of many packages has ``kind`` ``summary``. Without a folder to write into, many packages are printed one
object a line, with ``kind`` ``unreadable`` for those that could not be checked.
"""

from __future__ import annotations

import json
from importlib.resources import files

from duibiao.reports.causes import counts, group
from duibiao.reports.comparison import Comparison, Seen
from duibiao.reports.fingerprints import fingerprint
from duibiao.reports.json_parts import Json, citation, grounds_of, ladder_object, place
from duibiao.reports.model import CheckReport, chapter_of
from duibiao.reports.summary import Summary
from duibiao.reports.waivers import Waived
from duibiao.rules.definition import Severity
from duibiao.rules.engine import Finding
from duibiao.rules.verdict import Verdict

SCHEMA_VERSION = 1


def schema() -> Json:
    """Return the JSON Schema of everything that this module writes."""
    text = files(__package__).joinpath("schema/report.schema.json").read_text("utf-8")
    read: Json = json.loads(text)
    return read


def render(report: CheckReport) -> str:
    """Return the report of one check as an indented JSON document."""
    return render_object(as_object(report))


def render_object(told: Json) -> str:
    """Return a report that is an object already as an indented JSON document."""
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


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
        "own": list(summary.own),
        "old": [{"file": file, "present": present} for file, present in summary.old.items()],
        "files": files,
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def as_object(report: CheckReport) -> Json:
    """Return the report of one check as the object that the module describes."""
    judge, applicant, causes = report.judge, report.applicant, group(report)
    numbers = {
        id(finding): number for number, cause in enumerate(causes, 1) for finding in cause.findings
    }
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
        "cause_counts": {severity.value: count for severity, count in counts(causes).items()},
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
            "others": [
                {
                    "branch": one.branch,
                    "national_no": one.national_no,
                    "edition": one.edition,
                    "plugin": one.plugin,
                    "distribution": one.distribution,
                    "version": one.version,
                    "law_sha256": one.law_sha256,
                }
                for one in judge.others
            ],
        },
        "findings": [
            _finding(finding, report) | {"cause": numbers[id(finding)]}
            for finding in report.findings
        ],
        "waived": [_waived(entry, report) for entry in report.waived],
        "comparison": _comparison(report.comparison, report) if report.comparison else None,
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
            {"code": rule.code, "title": rule.title, "at": place(entry.at), "reason": entry.reason}
            for rule, entry in report.unjudged
        ],
        "ladder": ladder_object(report.ladder),
        "holes": [
            {"id": hole.id, "topic": hole.topic, "what": hole.what, "look_in": hole.look_in}
            for hole in report.holes
        ],
        "unread": [
            {"at": place(entry.at), "what": entry.what, "why": entry.why} for entry in report.unread
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
        "at": place(finding.at),
        "also": [place(at) for at in finding.also],
        "message": finding.message,
        "todo": finding.todo,
        "fingerprint": fingerprint(finding.code, finding.at.section, finding.message),
        "articles": [
            citation(cite) | {"text": report.articles.get(cite, "")} for cite in finding.cites
        ],
        "grounds": grounds_of(finding.grounds),
    }


def _waived(entry: Waived, report: CheckReport) -> Json:
    waiver = entry.waiver
    return _finding(entry.finding, report) | {
        "waiver": {
            "code": waiver.code,
            "enterprise": waiver.enterprise,
            "file": waiver.file,
            "place": waiver.place,
            "reason": waiver.reason,
            "by": waiver.by,
            "until": waiver.until.isoformat(),
            "source": waiver.source,
            "line": waiver.line,
        }
    }


def _comparison(comparison: Comparison, report: CheckReport) -> Json:
    every = [*report.findings, *(entry.finding for entry in report.waived)]
    numbers = {id(finding): number for number, finding in enumerate(every)}
    earlier = comparison.earlier
    return {
        "earlier": {
            "file": earlier.file,
            "sha256": earlier.sha256,
            "enterprise": earlier.enterprise,
            "verdict_label": earlier.verdict,
            "day": earlier.day,
        },
        "counts": {
            "fixed": len(comparison.fixed),
            "still": len(comparison.still),
            "new": len(comparison.new),
            "unsure": len(comparison.unsure),
        },
        "fixed": list(map(_seen, comparison.fixed)),
        "still": [
            {"before": _seen(seen), "now": numbers[id(finding)]}
            for seen, finding in comparison.still
        ],
        "new": [numbers[id(finding)] for finding in comparison.new],
        "unsure": list(map(_seen, comparison.unsure)),
    }


def _seen(seen: Seen) -> Json:
    return {
        "code": seen.code,
        "title": seen.title,
        "severity": seen.severity.value,
        "section": seen.section,
        "place": seen.place,
        "quote": seen.quote,
        "message": seen.message,
        "fingerprint": fingerprint(seen.code, seen.section, seen.message),
    }
