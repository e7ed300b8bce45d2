"""Reading and checking packages of each size, against the floor and against others.

CPU time (user and system) of whole processes that take turns on the same file:

* floor: inflate document.xml and parse it with lxml, nothing more,
* ours: to the document model; to the dossier; with the photos looked at; every rule and the ladder; and all that a batch
  does with a package, reports included,
* python-docx: open the file and visit the text of every paragraph and cell; and once more in order, with the style and
  the boldness that one needs to find headings,
* pdfmuse and kreuzberg, written in Rust: text and tables, no comments, no revisions, no numbers of headings,
* docx2python, mammoth and markitdown with their default settings (not on the large one).

No other program checks packages: what python-docx needs for nothing but the text is the least that one could need.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dossiers import Sample, sample
from given import LARGE, MADE, SMALL, Given
from results import Against, Results, Row
from turns import Runner, take_turns

FLOOR, TEXT, STYLED = "floor", "python-docx", "python-docx-styled"
OURS = ("model", "dossier", "photos", "judging", "whole")
FAST, SLOW = ("pdfmuse", "kreuzberg"), ("docx2python", "mammoth", "markitdown")
PEERS = (*FAST, *SLOW)
SECONDS_OF_A_PEER = 60.0
_HERE = Path(__file__).parent
_SMALL_MS = 40.0
"""CPU ms a small package may take through everything: 25 a second and core."""


@dataclass(frozen=True, slots=True)
class Steps:
    """What a package of one size costs, in CPU ms.

    Attributes:
        size: Bytes of its file.
        reading: From the file to the dossier.
        photos: Looking at its pictures.
        judging: Rules and ladder.
        whole: Everything, with the reports.
    """

    size: int
    reading: float
    photos: float
    judging: float
    whole: float

    @property
    def report(self) -> float:
        """What is left of `whole`: page, JSON, entry of the lists, hashes."""
        return self.whole - self.reading - self.photos - self.judging


def measure(given: Given, results: Results, folder: Path) -> dict[str, Steps]:
    """Measure each size; return what its steps cost."""
    found = {}
    for size in given.sizes:
        read = sample(size, folder)
        results.sizes[f"读取、审查，{size}"] = str(read)
        results.problems += [f"{size}：{problem}" for problem in read.problems]
        took = _turns(size, read.path, given)
        results.note(took.values())
        results.rows += _rows(size, took)
        if size == LARGE:
            results.rows.append(_memory(size, took, read))
        model, dossier, photos, judging, whole = (took[name].median for name in OURS)
        if model and dossier and photos and judging and whole:
            bytes_ = read.path.stat().st_size
            found[size] = Steps(bytes_, dossier, photos - dossier, judging, whole)
    return found


def _turns(size: str, path: Path, given: Given) -> dict[str, Runner]:
    readers, ours = _HERE / "readers.py", _HERE / "ours.py"
    runners = [Runner.start(FLOOR, readers), *(Runner.start(name, ours) for name in OURS)]
    if given.peers:
        runners += [Runner.start(name, readers) for name in (TEXT, STYLED)]
        names = FAST if size == LARGE else PEERS
        runners += [Runner.start(name, readers, elsewhere=True) for name in names]
    limits = dict.fromkeys(PEERS, SECONDS_OF_A_PEER)
    take_turns(runners, path, given.rounds, given.seconds, limits)
    for runner in runners:
        runner.stop()
    return {runner.name: runner for runner in runners}


def _rows(size: str, took: Mapping[str, Runner]) -> list[Row]:
    cpu = {name: runner.median for name, runner in took.items()}
    floor = Against("lxml 只解析", cpu[FLOOR])
    texts, styled = (
        tuple(Against(said, cpu[name]) for name, said in peers.items() if name in cpu)
        for peers in (
            {TEXT: "python-docx 只取文字", **{name: name for name in PEERS}},
            {STYLED: "python-docx 带样式"},
        )
    )
    whole = cpu["whole"]
    aim = (
        (f"≤ {_SMALL_MS:.0f} ms", (whole or 0) <= _SMALL_MS)
        if size in (MADE, SMALL) and whole
        else None
    )
    return [
        Row("读成文档模型", size, cpu["model"], floor=floor, peers=texts, most=1.5, least=6),
        Row("读成申报材料", size, cpu["dossier"], floor=floor, peers=styled, most=2),
        Row(
            "规则和阶梯",
            size,
            cpu["judging"],
            floor=Against("读成申报材料", cpu["dossier"]),
            most=0.5,
        ),
        Row("审查一份，连照片和报告", size, whole, floor=floor, peers=texts[:1], aim=aim),
    ]


def _memory(size: str, took: Mapping[str, Runner], read: Sample) -> Row:
    ours, floor = took["dossier"].memory, took[FLOOR].memory
    peers = (Against("python-docx", took[TEXT].memory),) if TEXT in took else ()
    met = ours is not None and floor is not None and ours - floor <= 2 * read.xml / 1e6
    return Row(
        "读成申报材料，内存", size, ours, "MB", Against("lxml 只解析", floor), peers,
        aim=("≤ 下限 + 2 × document.xml", met),
    )  # fmt: skip
