"""`duibiao guide import`: an official guide becomes a law file, or a list of what it would change."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from duibiao.document.model import Document
from duibiao.guide.choosing import Choice, choose
from duibiao.guide.differing import Change, changes
from duibiao.guide.home import open_home, rows_of
from duibiao.guide.opening import open_guide
from duibiao.guide.processes import Processes
from duibiao.guide.rows import Harvest, Unread
from duibiao.guide.toml import dump
from duibiao.law.provenance import Regime, Standing
from duibiao.law.records import Branch, Edition, Industry, Limit
from duibiao.model.errors import LawError, UsageError
from duibiao.plugins import load_plugins
from duibiao.reports.writing import write

_HEAD = (
    "由 duibiao guide import 从官方指南导入。再次导入会重写本文件，自己的补充请写在别的文件里。",
    "依据状态 official：请确认所导入的文件确是官方文本。",
)

LARGEST = 5_000
"""Most rows that the indicator tables of one industry may give."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """导入要求: what is to be imported where.

    Attributes:
        guide: The guide, a Word file.
        industry: Industry or branch in words, or key of the plugin.
        edition: Id of the edition.
        branch: Key or name of the one branch to import, or "" for all.
        out: Folder ``law`` of a plugin; None shows what would be imported.
        apply: Write although the file is there and differs.
    """

    guide: Path
    industry: str
    edition: str
    branch: str = ""
    out: Path | None = None
    apply: bool = False


@dataclass(frozen=True, slots=True)
class Imported:
    """导入结果: what an import found and did.

    Attributes:
        target: The law file, or None where nothing was to be written.
        existed: It was there before.
        written: It was written.
        taken: Label of every table imported, and its branch.
        passed: Indicator tables that were not imported, and why.
        counts: Kind of row → number of rows.
        unread: What a person has to look at.
        new: Processes that the plugin did not know.
        outranked: Weaker rows that official ones set aside, in words.
        changes: What differs from the file that was there.
        warnings: What could not be read in the file at all.
    """

    target: Path | None
    existed: bool
    written: bool
    taken: tuple[tuple[str, str], ...]
    passed: tuple[tuple[str, str], ...]
    counts: dict[str, int]
    unread: tuple[Unread, ...]
    new: tuple[str, ...]
    outranked: tuple[str, ...]
    changes: tuple[Change, ...]
    warnings: tuple[str, ...]


def import_guide(wanted: Wanted) -> Imported:
    """Read a guide and write the law file of its industry, whole or not at all.

    Returns:
        What was found. Nothing is written without `Wanted.out`, nor over a file that differs without `Wanted.apply`.

    Raises:
        IntakeError: If the guide is no Word file or cannot be read.
        UsageError: If industry, edition, branch, table or folder is not to be found, or the loader refuses the rows.
    """
    home = open_home(wanted.out) if wanted.out else None
    known = home.law if home else None
    industry, limits = (known.industry, known.limits) if known else _installed(wanted.industry)
    edition = _edition(industry, wanted.edition)
    branches = _branches(industry, wanted)
    name = _name(wanted.edition, wanted.branch and branches[0].key)
    target = home.folder / name if home else None
    before = rows_of(target) if target else []
    document = open_guide(wanted.guide)
    choice = choose(document, industry, branches)
    own = {row.get("id") for _, row in before}
    harvests = list(_harvests(choice, industry, wanted.edition, name, own))
    rows = list(_rows(document, edition, name, harvests))
    if len(rows) > LARGEST:
        raise UsageError(
            f"《{document.name}》中“{industry.name}”的要求有 {len(rows)} 条，超过 {LARGEST} 条，"
            "不像绩效分级指标表，没有导入；请核对文件"
        )
    text = dump((*_HEAD, f"指南：{document.name}"), rows)
    differing = changes(before, rows)
    if home:
        _check(home.check, name, text)
    written = bool(target) and bool(differing) and (not before or wanted.apply)
    if target and written:
        write(target, text, [wanted.guide])
    counts: dict[str, int] = {}
    for kind, _ in rows:
        counts[kind] = counts.get(kind, 0) + 1
    return Imported(
        target=target,
        existed=bool(before),
        written=written,
        taken=tuple((table.label, branch.name) for table, branch in choice.taken),
        passed=choice.passed,
        counts=counts,
        unread=tuple(entry for harvest in harvests for entry in harvest.unread),
        new=tuple(phrase for harvest in harvests for phrase in harvest.processes.new),
        outranked=tuple(_outranked(rows, limits, own, wanted.edition)),
        changes=tuple(differing) if before else (),
        warnings=(*document.warnings, *_revisions(document)),
    )


def _revisions(document: Document) -> Iterator[str]:
    if document.revisions:
        yield f"文件有 {document.revisions} 处没有接受的修订，按接受后的文字读取；请确认是定稿"


def _installed(industry: str) -> tuple[Industry, tuple[Limit, ...]]:
    for plugin in load_plugins().plugins:
        if _is_called(plugin.book.industry, industry) or plugin.book.branch_named(industry):
            tables = (volume.table for _, volume in plugin.book.volumes)
            limits = {row.provenance.id: row for table in tables for row in table.limits}
            return plugin.book.industry, tuple(limits.values())
    raise UsageError(
        f"没有插件认识行业“{industry}”；请用 --out 指定新插件的 law 文件夹，可用行业见 duibiao plugins"
    )


def _is_called(industry: Industry, text: str) -> bool:
    return text.strip() in (industry.key, industry.name)


def _edition(industry: Industry, wanted: str) -> Edition:
    for edition in industry.editions:
        if edition.provenance.id == wanted:
            return edition
    there = "、".join(edition.provenance.id for edition in industry.editions) or "无"
    raise UsageError(
        f"插件“{industry.name}”没有版本“{wanted}”；现有版本：{there}。新版本请先在 industry.toml 写 [[edition]]"
    )


def _branches(industry: Industry, wanted: Wanted) -> tuple[Branch, ...]:
    """Return the branches to import: the one asked for, the one that the industry's words name, or all."""
    if text := wanted.branch.strip():
        found = [branch for branch in industry.branches if text in (branch.key, branch.name)]
        if not found:
            there = "、".join(f"{branch.key}（{branch.name}）" for branch in industry.branches)
            raise UsageError(f"插件“{industry.name}”没有分支“{text}”；现有分支：{there}")
        return tuple(found)
    if _is_called(industry, wanted.industry):
        return industry.branches
    text = wanted.industry.strip()
    named = [
        branch for branch in industry.branches if text in (branch.key, branch.name, *branch.aliases)
    ]
    if not named:
        names = dict.fromkeys((industry.name, *(branch.name for branch in industry.branches)))
        there = "、".join(names)
        raise UsageError(f"插件“{industry.name}”不认识行业“{text}”；可以写：{there}")
    return tuple(named)


def _name(edition: str, branch: str) -> str:
    slug = re.sub(r"[^A-Za-z0-9.-]+", "", edition)
    if slug != edition:
        slug = f"{slug}{hashlib.sha256(edition.encode()).hexdigest()[:8]}"
    return "-".join(filter(None, ("guide", slug, branch.replace("_", "-")))) + ".toml"


def _harvests(
    choice: Choice, industry: Industry, edition: str, name: str, own: set[Any]
) -> Iterator[Harvest]:
    source = name.removesuffix(".toml").upper()
    known = [process for process in industry.processes if process.provenance.id not in own]
    for branch in dict.fromkeys(branch for _, branch in choice.taken):
        mine = tuple(p for p in known if not p.branches or branch.key in p.branches)
        harvest = Harvest(branch, edition, source, Processes(branch.key, mine))
        for table, belongs in choice.taken:
            if belongs == branch:
                harvest.take(table)
        yield harvest


def _rows(
    document: Document, edition: Edition, name: str, harvests: Iterable[Harvest]
) -> Iterator[tuple[str, dict[str, Any]]]:
    row: dict[str, Any] = {
        "id": name.removesuffix(".toml").upper(),
        "title": edition.name,
        "kind": "official",
        "read": True,
        "where": document.name,
        "sha256": document.sha256,
    }
    yield "source", row | {"from": _start(edition)}
    for harvest in harvests:
        yield from harvest.rows()


def _start(edition: Edition) -> date | str:
    """Return the start of an edition as law files write it."""
    start = edition.start
    if start.day is not None:
        return start.earliest()
    return f"{start.year}" if start.month is None else f"{start.year}-{start.month:02d}"


def _check(check: Any, name: str, text: str) -> None:
    try:
        check(name, text)
    except LawError as error:
        raise UsageError(f"导入的内容与插件中已有的法规数据冲突，没有写入：\n{error}") from error


def _outranked(
    rows: Iterable[tuple[str, dict[str, Any]]],
    limits: Iterable[Limit],
    own: set[Any],
    edition: str,
) -> Iterator[str]:
    """Yield the weaker limits of the plugin for what the import has an official one."""
    weaker = [
        limit
        for limit in limits
        if limit.regime is Regime.GRADE
        and limit.provenance.standing is not Standing.OFFICIAL
        and limit.provenance.id not in own
        and limit.scope.edition in ("", edition)
    ]
    for row in (row for kind, row in rows if kind == "limit"):
        for limit in weaker:
            if (
                (limit.process, limit.pollutant) == (row["process"], row["pollutant"])
                and set(map(str, limit.grades)) & set(row["grades"])
                and (not limit.scope.branches or row["branch"][0] in limit.scope.branches)
                and not limit.condition
            ):
                agrees = limit.figure.value == Decimal(row["value"])
                said = "与指南一致" if agrees else f"，指南为 {row['value']}"
                yield f"{limit.provenance.id}（{limit.provenance.standing.label}，{limit.figure}）{said}"
