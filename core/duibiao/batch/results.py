"""The results of a batch in its folder: tables, pages, lists."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from duibiao.batch import summary, tables
from duibiao.batch.journal import Done, Journal
from duibiao.batch.running import REPORTS, page_of
from duibiao.batch.sharing import Shared
from duibiao.batch.sources import Sources
from duibiao.batch.tables import Report
from duibiao.law.common import CommonLaw
from duibiao.model.errors import BuildError
from duibiao.reports.lists import build, stored
from duibiao.reports.lists.data import Entry, make_listing
from duibiao.reports.writing import encode, reason

BESIDE = ".fresh"
"""Folder in which results are written before they take the place of the earlier ones."""
TIMES = "用时.json"
"""How long each package took: the only file that is another one every time."""


def write(
    journal: Journal, sources: Sources, folder: Path, common: CommonLaw, day: date | None
) -> summary.Tally:
    """Write the results, beside first and then file by file by renaming.

    Args:
        journal: The journal, complete.
        sources: The packages, for what is said of files that were not looked at.
        folder: Folder of the results.
        common: The common law.
        day: Reference date that the caller fixed.

    Returns:
        What was counted.

    Raises:
        BuildError: If they cannot be written.
    """
    tally = summary.Tally()
    entries: list[Entry] = []
    shared = Shared()
    problems = dict(sources.problems)
    times: dict[str, float] = {}

    def pairs() -> Iterator[tuple[Done, Report | None]]:
        for done in journal.every():
            report = tables.report_of(done)
            tally.add(done, report)
            times[done.name] = round(done.seconds, 3)
            if done.entry:
                entries.append(shared.entry(stored.load(gzip.decompress(done.entry))))
            else:
                problems[done.name] = done.problem
            yield done, report

    try:
        with _beside(folder) as fresh:
            (fresh / summary.PAGES).mkdir()
            tables.write(pairs(), fresh)
            listing = make_listing(
                common, entries, problems, day=day, skipped="；".join(_notes(sources))
            )
            for file, data in build(listing).items():
                (fresh / file).write_bytes(data)
            for file, page in summary.render(tally, listing, _notes(sources)).items():
                (fresh / file).write_bytes(encode(page))
            slowest = dict(sorted(times.items(), key=lambda pair: (-pair[1], pair[0])))
            (fresh / TIMES).write_bytes(
                encode(json.dumps(slowest, ensure_ascii=False, indent=1) + "\n")
            )
            _publish(fresh, folder)
    except OSError as error:
        raise BuildError(
            f"结果写不到 {folder}（{reason(error)}）；审查过的都记在其中，腾出空间或改好权限后再运行一次即可"
        ) from None
    _remove_strays(journal, folder)
    return tally


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    """Give an empty folder in that of the results; what a killed run has left there goes first, and all of it afterwards."""
    fresh = folder / BESIDE
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    try:
        yield fresh
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _publish(fresh: Path, folder: Path) -> None:
    (folder / summary.PAGES).mkdir(exist_ok=True)
    made = {path.relative_to(fresh) for path in fresh.rglob("*") if path.is_file()}
    for path in sorted(made):
        (fresh / path).replace(folder / path)
    for page in (folder / summary.PAGES).glob("*.html"):
        if page.relative_to(folder) not in made:
            page.unlink()


def _remove_strays(journal: Journal, folder: Path) -> None:
    """Remove the pages of packages that are not in the batch any more, and halves that a killed process has left."""
    kept = {page_of(name) for name, done in journal.known().items() if done.report}
    for page in (folder / REPORTS).glob("*/*"):
        if page.relative_to(folder).as_posix() not in kept:
            page.unlink()


def _notes(sources: Sources) -> tuple[str, ...]:
    notes = []
    if sources.skipped:
        said = "、".join(
            f"{suffix or '无后缀'} {count} 个" for suffix, count in sources.skipped.items()
        )
        notes.append(f"没有查看的其他文件：{said}")
    if sources.own:
        notes.append(f"本程序写出的文件 {sources.own} 个，没有审查")
    return tuple(notes)
