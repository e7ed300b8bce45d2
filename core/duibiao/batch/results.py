"""The results of a batch in its folder: tables, pages, lists."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import islice
from pathlib import Path

from duibiao.batch import pages, tables
from duibiao.batch.journal import Journal
from duibiao.batch.running import REPORTS, page_of
from duibiao.batch.sources import Sources
from duibiao.batch.summary import Tally
from duibiao.law.common import CommonLaw
from duibiao.model.errors import BuildError, reason
from duibiao.reports.lists import LISTS
from duibiao.reports.lists.data import make_listing
from duibiao.reports.lists.entry import Entry
from duibiao.reports.lists.reading import read_entry
from duibiao.reports.lists.workbook import render_to
from duibiao.reports.summary import old_note
from duibiao.reports.writing import encode

BESIDE = ".fresh"
"""Folder in which results are written before they take the place of the earlier ones."""
MOST_PROBLEMS = 20
"""Most sources without a package that the summary names; the lists name them all."""
TIMES = "用时.json"
"""How long each package took: with the page of the slowest the only file that is another one every time."""


def write(
    journal: Journal, sources: Sources, folder: Path, common: CommonLaw, day: date | None
) -> Tally:
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

    def page(name: str) -> str:
        where = page_of(name)
        return where if (folder / where).is_file() else ""

    problems = dict(sources.problems)
    said = _notes(sources)
    try:
        with _beside(folder) as fresh, tempfile.TemporaryDirectory(dir=fresh) as name:
            (fresh / pages.PAGES).mkdir()
            meanwhile = Path(name)
            tally = Tally(meanwhile, page)

            def entries() -> Iterator[Entry]:
                """Go through everything that is done, once."""
                each = ((done, tables.report_of(done)) for done in journal.every())
                for done, report in tables.write(each, fresh, page):
                    tally.add(done, report)
                    if report is None:
                        problems[done.name] = done.problem
                    else:
                        yield read_entry(done.name, report, common)

            listing = make_listing(
                common, entries(), problems, day=day, skipped="；".join(said), folder=meanwhile
            )
            for file, sheets in LISTS.items():
                render_to(sheets(listing), fresh / file, meanwhile)
            for file, text in pages.render(tally, listing, (*_problems(sources), *said)):
                (fresh / file).write_bytes(encode(text))
            tally.close()
            listing.close()
            slowest = pages.slowest(journal.times(), tally.whole.total, page)
            (fresh / pages.TIMES).write_bytes(encode(slowest))
            _write_times(journal, fresh / TIMES)
            _publish(fresh, folder)
    except OSError as error:
        raise BuildError(
            f"结果写不到 {folder}（{reason(error)}）；审查过的都记在其中，腾出空间或改好权限后再运行一次即可"
        ) from None
    _remove_strays(journal, folder)
    return tally


def _write_times(journal: Journal, path: Path) -> None:
    with path.open("wb") as file:
        before = b"{\n "
        for name, seconds in journal.times():
            file.write(before + encode(f"{json.dumps(name, ensure_ascii=False)}: {seconds}"))
            before = b",\n "
        file.write(b"\n}\n")


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
    """Put what was made in its place, and remove the pages that are made no more."""
    made = {page.name for page in (fresh / pages.PAGES).iterdir()}
    if made:
        (folder / pages.PAGES).mkdir(exist_ok=True)
    for path in (*fresh.iterdir(), *(fresh / pages.PAGES).iterdir()):
        if path.is_file():
            path.replace(folder / path.relative_to(fresh))
    for page in (folder / pages.PAGES).glob("*.html"):
        if page.name not in made:
            page.unlink()
    if (folder / pages.PAGES).is_dir() and not any((folder / pages.PAGES).iterdir()):
        (folder / pages.PAGES).rmdir()


def _remove_strays(journal: Journal, folder: Path) -> None:
    """Remove the pages of packages that are not in the batch any more, and halves that a killed process has left."""
    kept = {page_of(name).rpartition("/")[2] for name in journal.reported()}
    for page in (folder / REPORTS).glob("*/*"):
        if page.name not in kept:
            page.unlink()


def _problems(sources: Sources) -> Iterator[str]:
    problems = sources.problems
    if problems:
        shown = "；".join(f"{name}：{why}" for name, why in islice(problems.items(), MOST_PROBLEMS))
        more = f"；等，全部见 {next(iter(LISTS))} 的“说明”" if len(problems) > MOST_PROBLEMS else ""
        yield f"没有审查的 {len(problems)} 个：{shown}{more}"


def _notes(sources: Sources) -> tuple[str, ...]:
    notes = []
    if sources.skipped:
        said = "、".join(
            f"{suffix or '无后缀'} {count} 个" for suffix, count in sources.skipped.items()
        )
        notes.append(f"没有查看的其他文件：{said}")
    if sources.own:
        notes.append(f"本程序写出的文件 {sources.own} 个，没有审查")
    if sources.old:
        notes.append(old_note(sources.old))
    return tuple(notes)
