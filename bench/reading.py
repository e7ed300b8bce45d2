"""How fast packages are read, against the floor and against others. ``make bench``, or ``python bench/reading.py``.

For dossiers of three sizes that it builds itself: median CPU time (user and system), ratios, peak memory of

* floor: inflate document.xml and parse it with lxml, nothing more,
* ours: from the file to the document model, and on to the dossier,
* python-docx: open the file and visit the text of every paragraph and cell; and once more in order, with the style
  and the boldness that one needs to find headings,
* docx2python, mammoth and markitdown with their default settings (not on the large one).

Before anything is measured, the dossier that we read is compared with what was written.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from checking import faults
from container import Written, write
from packages import SIZES, Package, package
from reporting import Report, options, told
from turns import Runner, take_turns

from duibiao.document.word import read_word
from duibiao.law import load_common
from duibiao.recognition import recognise
from duibiao.testing.blocks import Album, Sheet

OURS = ("floor", "model", "dossier", "python-docx", "python-docx-styled")
PEERS = ("docx2python", "mammoth", "markitdown")
PEERS_READ = ("small", "medium")
SECONDS_OF_A_PEER = 60.0
_SHOWN = {
    "floor": "floor (inflate + lxml {})",
    "model": "**duibiao, document model**",
    "dossier": "**duibiao, dossier**",
    "python-docx": "python-docx {}, text of every paragraph and cell",
    "python-docx-styled": "python-docx {}, the same in order, with styles and boldness",
}
_MEGA = 1e6


def main() -> int:
    """Build, check, measure, print; return 1 where something written was not read."""
    given = options(__doc__, SIZES, 18)
    report = Report(given.out)
    report.begin(
        "Reading",
        "CPU time (user + system) of the whole process, medians; readers take turns, the first run of each is dropped;"
        " each pays for freeing what it read. Memory: peak beyond what the imports need.",
    )
    whole = True
    with tempfile.TemporaryDirectory() as folder:
        for size in given.sizes:
            made = package(SIZES[size])
            written = write(made, (given.keep or Path(folder)) / f"{size}.docx")
            report.say("", f"## {size}", "", _told(made, written), "")
            wrong = _faults(made, written)
            whole = whole and not wrong
            report.say(_checked(made, wrong), "")
            runners = _measured(size, written.path, given)
            report.say(*_table(runners, written))
            if size not in PEERS_READ:
                report.say(*(f"| {name} | not run on this size | | | | | | |" for name in PEERS))
            report.say("", *_aims(runners, written), "")
            report.after()
    report.close()
    return 0 if whole else 1


def _measured(size: str, path: Path, given: argparse.Namespace) -> list[Runner]:
    here = Path(sys.executable)
    theirs = given.peers_python if given.peers_python.exists() else here
    runners = [Runner.start(name, here) for name in OURS]
    if size in PEERS_READ and not given.no_peers:
        runners += [Runner.start(name, theirs) for name in PEERS]
    take_turns(runners, path, given.rounds, given.seconds, dict.fromkeys(PEERS, SECONDS_OF_A_PEER))
    for runner in runners:
        runner.stop()
    return runners


# ---------------------------------------------------------------------------------------- checks


def _faults(made: Package, written: Written) -> list[str]:
    document = read_word(written.path, f"{made.dossier.source.name}")
    return faults(made, written, recognise(document, load_common()))


def _checked(made: Package, wrong: Sequence[str]) -> str:
    if wrong:
        lines = [f"**NOT READ COMPLETELY, so the figures are worth nothing ({len(wrong)}):**"]
        return "\n* ".join([*lines, *wrong[:10]])
    evidence = made.dossier.evidence
    rows = sum(len(table.rows) for table in evidence.facilities)
    return (
        "Checked: every text of the file is in the dossier, in order and once; every photo; every row of its tables"
        f" ({rows} facilities, {len(made.dossier.outlets)} outlets, {len(evidence.limits)} limits) with every value;"
        " no table unread."
    )


# ---------------------------------------------------------------------------------------- tables


def _told(made: Package, written: Written) -> str:
    sheets = [block for block in made.blocks if isinstance(block, Sheet)]
    albums = sum(isinstance(block, Album) for block in made.blocks)
    cells = sum(len(row) for sheet in sheets for row in sheet.rows)
    return (
        f"{written.pages} pages, {len(sheets) + albums} tables ({albums} of photos), {cells} cells, {written.pictures}"
        f" pictures; document.xml {written.xml_bytes / _MEGA:.1f} MB, file {written.path.stat().st_size / _MEGA:.1f} MB"
    )


def _table(runners: Sequence[Runner], written: Written) -> list[str]:
    found = {runner.name: runner.median for runner in runners}
    lines = [
        "| reader | CPU ms | min–max | n | / floor | / python-docx | peak MB | / document.xml |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for runner in runners:
        name = _SHOWN.get(runner.name, f"{runner.name} {{}}").format(runner.version).rstrip()
        median, memory = runner.median, runner.memory
        if runner.problem or median is None or memory is None:
            lines.append(f"| {name} | {runner.problem or 'no run'} | | | | | | |")
            continue
        low, high = 1000 * min(runner.cpu), 1000 * max(runner.cpu)
        lines.append(
            f"| {name} | {median:.1f} | {low:.1f}–{high:.1f} | {len(runner.cpu)} | {_ratio(median, found['floor'])}"
            f" | {_ratio(median, found['python-docx'], 3)} | {memory / _MEGA:.1f} | {memory / written.xml_bytes:.2f} |"
        )
    return lines


def _ratio(value: float, by: float | None, digits: int = 2) -> str:
    return f"{value / by:.{digits}f}" if by else "?"


def _aims(runners: Sequence[Runner], written: Written) -> list[str]:
    """The aims of the work order, and whether they are met."""
    by_name = {runner.name: runner for runner in runners}
    floor, model, dossier, docx, styled = (by_name[name].median for name in OURS)
    if not (floor and model and dossier and docx and styled):
        return ["Aims: not measured."]
    extra = {
        name: (by_name[name].memory or 0) - (by_name["floor"].memory or 0)
        for name in ("model", "dossier")
    }
    aims = [
        ("model ≤ 1.5 × floor (stretch 0.75)", f"{model / floor:.2f}", model <= 1.5 * floor),
        ("dossier ≤ 2 × floor", f"{dossier / floor:.2f}", dossier <= 2 * floor),
        ("python-docx ≥ 6 × model (stretch 15)", f"{docx / model:.1f}", docx >= 6 * model),
        ("the same with styles", f"{styled / model:.1f}", styled >= 6 * model),
        *(
            (
                f"memory of the {name} ≤ floor + 2 × document.xml",
                f"{more / written.xml_bytes:+.2f}",
                more <= 2 * written.xml_bytes,
            )
            for name, more in extra.items()
        ),
    ]
    return told(aims)


if __name__ == "__main__":
    sys.exit(main())
