"""The results as tables (Parquet): one row a package, a finding, an outcome of a rule.

Rows stand in the order of the packages' names, times are left out, and every row group has the same number of packages: the same
packages and the same law give the same bytes.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from duibiao.batch.journal import Done
from duibiao.rules.definition import Severity
from duibiao.rules.verdict import Verdict

GROUP = 1000
"""Packages in a row group."""

_TEXT, _COUNT, _FLAG = pa.string(), pa.int32(), pa.bool_()

PACKAGES = pa.schema(
    [
        ("name", _TEXT), ("sha256", _TEXT), ("problem", _TEXT), ("report", _TEXT),
        ("enterprise", _TEXT), ("credit_code", _TEXT), ("city", _TEXT), ("county", _TEXT),
        ("industry", _TEXT), ("branch", _TEXT), ("national_no", _COUNT), ("edition", _TEXT),
        ("declared", _TEXT), ("supported", _TEXT), ("verdict", _TEXT),
        ("errors", _COUNT), ("warnings", _COUNT), ("reviews", _COUNT), ("infos", _COUNT),
        ("unjudged", _COUNT), ("waived", _COUNT), ("day", _TEXT),
        ("plugin", _TEXT), ("plugin_version", _TEXT), ("law_sha256", _TEXT), ("common_sha256", _TEXT),
        ("engine", _TEXT),
    ]
)  # fmt: skip
FINDINGS = pa.schema(
    [
        ("name", _TEXT), ("code", _TEXT), ("title", _TEXT), ("severity", _TEXT), ("waived", _FLAG),
        ("chapter", _TEXT), ("section", _TEXT), ("place", _TEXT), ("page", _COUNT),
        ("message", _TEXT), ("todo", _TEXT), ("cites", _TEXT), ("standing", _TEXT), ("cause", _COUNT),
        ("fingerprint", _TEXT),
    ]
)  # fmt: skip
OUTCOMES = pa.schema(
    [
        ("name", _TEXT), ("code", _TEXT), ("status", _TEXT), ("findings", _COUNT),
        ("unjudged", _COUNT), ("reason", _TEXT),
    ]
)  # fmt: skip
TABLES = {"packages": PACKAGES, "findings": FINDINGS, "outcomes": OUTCOMES}
"""Name of a table → its columns; the file is ``<name>.parquet``."""

Row = dict[str, Any]
Report = Mapping[str, Any]


def report_of(done: Done) -> Report | None:
    """Return the report of a package as JSON, or None where there is none."""
    if not done.report:
        return None
    read: Report = json.loads(gzip.decompress(done.report))
    return read


def write(
    every: Iterable[tuple[Done, Report | None]], folder: Path, page: Callable[[str], str]
) -> Iterator[tuple[Done, Report | None]]:
    """Write the tables into a folder, and hand the packages on.

    Args:
        every: Every package with its report, by name.
        folder: The folder.
        page: Gives the place of the own report of a package by its name; "" where there is none.
    """
    with ExitStack() as stack:
        writers = {
            name: stack.enter_context(
                pq.ParquetWriter(folder / f"{name}.parquet", schema, compression="zstd")
            )
            for name, schema in TABLES.items()
        }
        rows: dict[str, list[Row]] = {name: [] for name in TABLES}
        for number, (done, report) in enumerate(every, 1):
            rows["packages"].append(package_row(done, report, page(done.name)))
            if report is not None:
                rows["findings"] += finding_rows(done.name, report)
                rows["outcomes"] += outcome_rows(done.name, report)
            if number % GROUP == 0:
                _pour(writers, rows)
            yield done, report
        _pour(writers, rows)


def _pour(writers: Mapping[str, pq.ParquetWriter], rows: Mapping[str, list[Row]]) -> None:
    for name, found in rows.items():
        if found:
            writers[name].write_table(pa.Table.from_pylist(found, TABLES[name]))
            found.clear()


def package_row(done: Done, report: Report | None, page: str) -> Row:
    """Return the row of a package; one that could not be checked has 未完成检查 as its verdict, and the reason."""
    row: Row = {
        "name": done.name, "sha256": done.digest.partition("+")[0], "problem": done.problem, "report": "",
        "verdict": Verdict.INCOMPLETE.value,
    }  # fmt: skip
    if report is None:
        return row
    applicant, judge, ladder, counts = (
        report["applicant"], report["judge"], report["ladder"], report["counts"],
    )  # fmt: skip
    return row | {
        "report": page,
        "enterprise": report["enterprise"],
        "credit_code": applicant["credit_code"],
        "city": applicant["city"],
        "county": applicant["county"],
        "industry": report["industry"],
        "branch": judge["branch"],
        "national_no": judge["national_no"],
        "edition": judge["edition"],
        "declared": report["declared"],
        "supported": ladder["supported"] or "",
        "verdict": report["verdict_label"],
        "errors": counts[Severity.ERROR.value],
        "warnings": counts[Severity.WARNING.value],
        "reviews": counts[Severity.REVIEW.value],
        "infos": counts[Severity.INFO.value],
        "unjudged": len(report["unjudged"]),
        "waived": len(report["waived"]),
        "day": judge["day"],
        "plugin": judge["plugin"],
        "plugin_version": judge["version"],
        "law_sha256": judge["law_sha256"],
        "common_sha256": judge["common_sha256"],
        "engine": judge["engine"],
    }


def finding_rows(name: str, report: Report) -> Iterator[Row]:
    """Give the rows of the findings of a package, waived ones last."""
    for waived in (False, True):
        for finding in report["waived" if waived else "findings"]:
            at, grounds = finding["at"], finding["grounds"]
            yield {
                "name": name,
                "code": finding["code"],
                "title": finding["title"],
                "severity": finding["severity"],
                "waived": waived,
                "chapter": finding["chapter"],
                "section": at["section"],
                "place": at["text"],
                "page": at["page"],
                "message": finding["message"],
                "todo": finding["todo"],
                "cites": "；".join(map(_cited, finding["articles"])),
                "standing": grounds["standing"] if grounds else "",
                "cause": finding.get("cause"),
                "fingerprint": finding["fingerprint"],
            }


def outcome_rows(name: str, report: Report) -> Iterator[Row]:
    """Give the rows of the outcomes of a package, one a rule."""
    for outcome in report["outcomes"]:
        yield {
            "name": name,
            "code": outcome["code"],
            "status": outcome["status"],
            "findings": outcome["findings"],
            "unjudged": outcome["unjudged"],
            "reason": outcome["reason"],
        }


def _cited(article: Mapping[str, Any]) -> str:
    return f"{article['number'] or article['title']} {article['place']}"
