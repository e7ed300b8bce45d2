"""What a change of the law or of plugins does to a batch (规则变更影响): two folders of results, package by package."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from duibiao.batch.tables import Row
from duibiao.model.errors import UsageError
from duibiao.rules.definition import Severity

TABLE = "impact.parquet"
APPEARS, VANISHES, CHANGES = "appears", "vanishes", "changes"
PACKAGE, VERDICT, SUPPORTED, DECLARED, FINDING = (
    "package", "verdict", "supported", "declared", "finding",
)  # fmt: skip
_TEXT = pa.string()
SCHEMA = pa.schema(
    [
        (name, _TEXT)
        for name in (
            "name", "enterprise", "county", "industry", "kind", "change", "code", "title", "severity",
            "before", "after", "fingerprint",
        )
    ]
)  # fmt: skip
_ROWS = 5000
Who = tuple[str, str, str, str]
"""Name, enterprise, county and industry of a package."""


@dataclass(frozen=True, slots=True)
class Change:
    """变化: one thing that is another one afterwards.

    Attributes:
        name: The package.
        enterprise: Its enterprise, or "".
        county: Its county, or "".
        industry: Its industry, or "".
        kind: One of package, verdict, supported, declared, finding.
        change: One of appears, vanishes, changes.
        code: Code of the rule, of a finding.
        title: Title of the rule, of a finding.
        severity: Severity of a finding, afterwards where it is still there.
        before: What was said before, or "".
        after: What is said afterwards, or "".
        fingerprint: By what a finding is known.
    """

    name: str
    enterprise: str
    county: str
    industry: str
    kind: str
    change: str
    before: str
    after: str
    code: str = ""
    title: str = ""
    severity: str = ""
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """一份材料 before and afterwards: its rows in the table of packages, and what changes.

    Attributes:
        before: Its row, or None where it was not in the batch.
        after: The same afterwards.
        changes: What changes.
    """

    before: Row | None
    after: Row | None
    changes: tuple[Change, ...]

    @property
    def row(self) -> Row:
        """The row that says what the package is: the one afterwards, where that has a result."""
        return _known_as(self.before, self.after)


def pairs(before: Path, after: Path) -> Iterator[Pair]:
    """Compare two folders of results, package by package in the order of names.

    Args:
        before: Folder of `duibiao batch`.
        after: Another one.

    Raises:
        UsageError: If one of them is no such folder.
    """
    old, new = _packages(before), _packages(after)
    first, second = next(old, None), next(new, None)
    while first or second:
        name = min(each[0]["name"] for each in (first, second) if each)
        one = first if first and first[0]["name"] == name else None
        other = second if second and second[0]["name"] == name else None
        yield _pair(one, other)
        if one:
            first = next(old, None)
        if other:
            second = next(new, None)


def write(every: Iterable[Pair], path: Path) -> Iterator[Pair]:
    """Write the changes as a table, and hand the packages on."""
    rows: list[Row] = []
    with pq.ParquetWriter(path, SCHEMA, compression="zstd") as writer:
        for pair in every:
            rows += map(asdict, pair.changes)
            if len(rows) >= _ROWS:
                writer.write_table(pa.Table.from_pylist(rows, SCHEMA))
                rows.clear()
            yield pair
        if rows:
            writer.write_table(pa.Table.from_pylist(rows, SCHEMA))


def _packages(folder: Path) -> Iterator[tuple[Row, list[Row]]]:
    """Give every package with its findings; both tables stand in the order of names."""
    findings = groupby(_rows(folder / "findings.parquet"), lambda row: row["name"])
    name, found = next(findings, (None, iter(())))
    for row in _rows(folder / "packages.parquet"):
        own = []
        if name == row["name"]:
            own = list(found)
            name, found = next(findings, (None, iter(())))
        yield row, own


def _rows(path: Path) -> Iterator[Row]:
    try:
        file = pq.ParquetFile(path)
    except (OSError, pa.ArrowInvalid):
        raise UsageError(
            f"{path.parent} 不是批量审查的结果文件夹（{path.name} 没有或读不了）；请先运行 duibiao batch"
        ) from None
    with file:
        for batch in file.iter_batches(_ROWS):
            yield from batch.to_pylist()


def _pair(one: tuple[Row, list[Row]] | None, other: tuple[Row, list[Row]] | None) -> Pair:
    before, after = one[0] if one else None, other[0] if other else None
    row = _known_as(before, after)
    who = (row["name"], row["enterprise"] or "", row["county"] or "", row["industry"] or "")
    if one is None or other is None:
        change = VANISHES if other is None else APPEARS
        was, now = (each["verdict"] if each else "" for each in (before, after))
        return Pair(before, after, (Change(*who, PACKAGE, change, was, now),))
    has_results = not one[0]["problem"] and not other[0]["problem"]
    changes = [
        Change(*who, kind, _change(was, now), was, now)
        for kind in ((VERDICT, SUPPORTED, DECLARED) if has_results else (VERDICT,))
        if (was := one[0][kind] or "") != (now := other[0][kind] or "")
    ]
    if has_results:
        changes += _findings(who, one[1], other[1])
    return Pair(before, after, tuple(changes))


def _known_as(before: Row | None, after: Row | None) -> Row:
    rows = [row for row in (after, before) if row is not None]
    return next((row for row in rows if not row["problem"]), rows[0])


def _findings(who: Who, old: list[Row], new: list[Row]) -> Iterator[Change]:
    """Give the findings that are not the same, each known by rule and fingerprint, and of equal ones by their order."""
    first, second = _known(old), _known(new)
    for key in dict.fromkeys((*first, *second)):
        one, other = first.get(key), second.get(key)
        was, now = (_said(row) if row else "" for row in (one, other))
        row = other or one
        assert row is not None
        if was != now:
            rule = row["code"], row["title"], row["severity"], row["fingerprint"]
            yield Change(*who, FINDING, _change(was, now), was, now, *rule)


def _known(rows: list[Row]) -> dict[tuple[str, str, int], Row]:
    seen: Counter[tuple[str, str]] = Counter()
    known = {}
    for row in rows:
        key = row["code"], row["fingerprint"]
        known[*key, seen[key]] = row
        seen[key] += 1
    return known


def _said(row: Row) -> str:
    waived = "（已豁免）" if row["waived"] else ""
    return f"{Severity(row['severity']).label}{waived}：{row['message']}"


def _change(was: str, now: str) -> str:
    if was and now:
        return CHANGES
    return APPEARS if now else VANISHES
