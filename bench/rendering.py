"""How fast documents are rendered, against the floor and against others. ``python bench/rendering.py``.

One template in docxtpl's tags and values of three sizes, which it makes itself: median CPU time (user and system),
ratios, peak memory of

* floor: docxtpl's template compiled by jinja beforehand, written as a zip stream with photos stored, nothing more,
* ours: load the template (compiled before), render, check nothing left out,
* docxtpl as its manual says: open, render, save,
* python-docx: the same document built by hand, call by call,
* docx-mailmerge: texts and tables only, it has no pictures.

What was rendered is read again by a reader that is not ours, and compared: text by text, cell by cell, picture by
picture.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from orders import SIZES, order
from rendered import Content, content, differences
from reporting import Report, options, told
from turns import Runner, take_turns

NAMES = ("floor", "duibiao", "docxtpl", "python-docx", "docx-mailmerge")
ELSEWHERE = frozenset({"docx-mailmerge"})
LEFT_OUT = {"large": ("python-docx", "docx-mailmerge")}
AIMS = {"small": 20.0, "medium": 25.0, "large": 65.0}
MOST_MEMORY = 64.0
MOST_OF_FLOOR = 1.5
SECONDS_OF_A_PEER = 240.0
_SCRIPT = Path(__file__).with_name("renderers.py")
_SHOWN = {
    "floor": "floor (jinja2 {}, compiled before, and a zip stream)",
    "duibiao": "**duibiao**",
    "python-docx": "python-docx {}, by hand",
    "docx-mailmerge": "docx-mailmerge {}, without photos",
}
_MEGA = 1e6


def main() -> int:
    """Make, measure, check, print; return 1 where a document of ours lacks something."""
    given = options(__doc__, SIZES, 20)
    report = Report(given.out)
    report.begin(
        "Rendering",
        "CPU time (user + system) of the whole process, medians; renderers take turns, the first run of each is"
        " dropped. Values are loaded before; photos are read from files. Memory: peak of the whole process, and what"
        " it has after its imports.",
    )
    whole = True
    with tempfile.TemporaryDirectory() as temporary:
        for size in given.sizes:
            folder = order(SIZES[size], (given.keep or Path(temporary)) / size)
            runners = _measured(size, folder, given)
            found = _contents(runners, folder)
            wrong = _faults(found)
            whole = whole and "duibiao" in found and "duibiao" not in wrong
            report.say("", f"## {size}", "", _told(folder, found), "")
            report.say(*_table(runners, wrong), "", *_aims(size, runners), "")
            report.after()
    report.close()
    return 0 if whole else 1


def _measured(size: str, folder: Path, given: argparse.Namespace) -> list[Runner]:
    here = Path(sys.executable)
    theirs = given.peers_python if given.peers_python.exists() else here
    names = [name for name in NAMES if name not in LEFT_OUT.get(size, ())]
    if given.no_peers:
        names = names[:2]
    runners = [Runner.start(name, theirs if name in ELSEWHERE else here, _SCRIPT) for name in names]
    limits = dict.fromkeys(names[2:], SECONDS_OF_A_PEER)
    take_turns(runners, folder, given.rounds, given.seconds, limits)
    for runner in runners:
        runner.stop()
    return runners


# ---------------------------------------------------------------------------------------- checks


def _contents(runners: Sequence[Runner], folder: Path) -> dict[str, Content]:
    return {
        runner.name: content(folder / f"{runner.name}.docx")
        for runner in runners
        if not runner.problem
    }


def _faults(found: dict[str, Content]) -> dict[str, list[str]]:
    """Return how documents differ from docxtpl's, or from the floor's where docxtpl did not run."""
    wanted = found.get("docxtpl") or found["floor"]
    compared = {
        name: differences(wanted, got, pictures=name != "docx-mailmerge")
        for name, got in found.items()
    }
    return {name: faults for name, faults in compared.items() if faults}


# ---------------------------------------------------------------------------------------- tables


def _told(folder: Path, found: dict[str, Content]) -> str:
    photos = [path.stat().st_size for path in (folder / "photos").iterdir()]
    mean = sum(photos) / len(photos) / 1000
    return f"{found['floor'].told()}; photos of {mean:.0f} KB"


def _table(runners: Sequence[Runner], wrong: dict[str, list[str]]) -> list[str]:
    medians = {runner.name: runner.median for runner in runners}
    lines = [
        "| renderer | CPU ms | min–max | n | / floor | docxtpl / it | peak MB (imports) | same content |",
        "|---|---:|---:|---:|---:|---:|---:|---|",
    ]
    for runner in runners:
        name = _SHOWN.get(runner.name, f"{runner.name} {{}}").format(runner.version).rstrip()
        if runner.problem or runner.median is None:
            lines.append(f"| {name} | {runner.problem or 'no run'} | | | | | | |")
            continue
        low, high = 1000 * min(runner.cpu), 1000 * max(runner.cpu)
        same = "; ".join(wrong.get(runner.name, ())) or "yes"
        docxtpl = medians.get("docxtpl")
        times = f"{docxtpl / runner.median:.1f}" if docxtpl else "?"
        of_floor = f"{runner.median / (medians['floor'] or 1):.2f}"
        lines.append(
            f"| {name} | {runner.median:.1f} | {low:.1f}–{high:.1f} | {len(runner.cpu)} | {of_floor} | {times}"
            f" | {max(runner.peaks) / _MEGA:.0f} ({runner.base / _MEGA:.0f}) | {same} |"
        )
    return lines


def _aims(size: str, runners: Sequence[Runner]) -> list[str]:
    """The aims of the work order, and whether they are met."""
    by_name = {runner.name: runner for runner in runners}
    ours, floor = by_name["duibiao"].median, by_name["floor"].median
    if not (ours and floor):
        return ["Aims: not measured."]
    peak = max(by_name["duibiao"].peaks) / _MEGA
    aims = [
        (f"ours ≤ {MOST_OF_FLOOR} × floor", f"{ours / floor:.2f}", ours <= MOST_OF_FLOOR * floor),
        (f"peak memory ≤ {MOST_MEMORY:.0f} MB", f"{peak:.0f}", peak <= MOST_MEMORY),
    ]
    if "docxtpl" in by_name and (docxtpl := by_name["docxtpl"].median):
        aim = AIMS[size]
        aims.insert(
            0, (f"docxtpl ≥ {aim:.0f} × ours", f"{docxtpl / ours:.1f}", docxtpl >= aim * ours)
        )
    return told(aims)


if __name__ == "__main__":
    sys.exit(main())
