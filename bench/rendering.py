"""Rendering documents of three sizes, against the floor and against others.

One template in docxtpl's tags, and values and photos for it: CPU time (user and system) of whole processes that take turns,

* floor: docxtpl's template compiled by jinja beforehand, written as a zip stream with photos stored, nothing more,
* ours: load the template (compiled before), render, check nothing left out,
* docxtpl as its manual says: open, render, save,
* python-docx: the same document built by hand, call by call,
* docx-mailmerge: texts and tables only, it has no pictures.

What was rendered is read again by a reader that is not ours, and compared: text by text, cell by cell, picture by
picture.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from given import LARGE, MEDIUM, SMALL, Given
from orders import SIZES, order
from rendered import content, differences
from results import Against, Results, Row
from turns import Runner, take_turns

FLOOR, OURS, BY_MANUAL, BY_HAND, MERGED = (
    "floor", "duibiao", "docxtpl", "python-docx", "docx-mailmerge",
)  # fmt: skip
PEERS = {
    SMALL: (BY_MANUAL, BY_HAND, MERGED),
    MEDIUM: (BY_MANUAL, BY_HAND, MERGED),
    LARGE: (BY_MANUAL,),
}
LEAST = {SMALL: 20.0, MEDIUM: 25.0, LARGE: 65.0}
MOST_MEMORY = 64.0
SECONDS_OF_A_PEER = 240.0
_SCRIPT = Path(__file__).with_name("renderers.py")


def measure(given: Given, results: Results, folder: Path) -> None:
    """Measure each size."""
    for size in SIZES:
        if size not in given.sizes:
            continue
        home = order(SIZES[size], folder / size)
        took = _turns(size, home, given)
        results.note(took.values())
        told, wrong = _compared(took, home)
        results.sizes[f"编制，{size}"] = told
        results.problems += [f"编制，{size}：{problem}" for problem in wrong]
        results.rows.append(_row(size, took))
        if size == LARGE:
            results.rows.append(_memory(size, took))


def _turns(size: str, home: Path, given: Given) -> dict[str, Runner]:
    names = [FLOOR, OURS, *(PEERS[size] if given.peers else ())]
    runners = [Runner.start(name, _SCRIPT, elsewhere=name == MERGED) for name in names]
    limits = dict.fromkeys(names[2:], SECONDS_OF_A_PEER)
    take_turns(runners, home, given.rounds, given.seconds, limits)
    for runner in runners:
        runner.stop()
    return {runner.name: runner for runner in runners}


def _compared(took: Mapping[str, Runner], home: Path) -> tuple[str, list[str]]:
    """Return what the document holds, and how ours differs from docxtpl's, or from the floor's where that did not run."""
    found = {
        name: content(home / f"{name}.docx") for name, runner in took.items() if not runner.problem
    }
    if OURS not in found:
        return "", [took[OURS].problem]
    wanted = found.get(BY_MANUAL) or found[FLOOR]
    size = (home / f"{OURS}.docx").stat().st_size
    return f"{wanted.told()}，文件 {size / 1e6:.2f} MB", differences(wanted, found[OURS])


def _row(size: str, took: Mapping[str, Runner]) -> Row:
    peers = tuple(
        Against(f"{name} 无照片" if name == MERGED else name, took[name].median)
        for name in PEERS[size]
        if name in took
    )
    return Row(
        "编制 Word", size, took[OURS].median, floor=Against("jinja2 和 zip 流", took[FLOOR].median),
        peers=peers, most=1.5, least=LEAST[size],
    )  # fmt: skip


def _memory(size: str, took: Mapping[str, Runner]) -> Row:
    """The peak of the whole process."""
    peaks = {name: max(runner.peaks) / 1e6 for name, runner in took.items() if runner.peaks}
    ours = peaks.get(OURS)
    peers = (Against(BY_MANUAL, peaks[BY_MANUAL]),) if BY_MANUAL in peaks else ()
    aim = (f"≤ {MOST_MEMORY:.0f} MB", ours is not None and ours <= MOST_MEMORY)
    return Row(
        "编制 Word，整个进程的内存", size, ours, "MB", Against("jinja2 和 zip 流", peaks.get(FLOOR)), peers,
        aim=aim,
    )  # fmt: skip
