"""What one package costs, and from it what a province and the country need.

Measured are CPU time by step (`reading.Steps`: one small and one medium package, nothing remembered of earlier ones), what
pool and results add (`batching.Batched`), the bytes that a batch leaves, and the database's share (`cluster.Load`). The rest
is arithmetic, for N packages on C cores:

* core-hours = N × (whole + pool + results),
* hours = N × max((whole + pool) / C, driver) + N × results: judging is shared, but one process hands out and takes in
  (`driver`, measured with ``--cluster``), and afterwards the same process alone writes the tables, lists and pages,
* store = N × bytes of the file; results = N × (page + journal + tables),
* memory of the driver = N × what it grows by with each package, beside what it needs anyway,
* database = N / 50 × what a chunk costs; what waiting workers ask goes with the workers, not with N.

The store of files keeps what was sent to it, so with several machines the input is there twice.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import cluster
from batches import batch, left_behind
from batching import Batched
from cluster import Load
from dossiers import sample
from given import MADE, MEDIUM
from reading import Steps

from duibiao.batch.cluster import MOST

REGIONS = {"省 6 万份": 60_000, "全国 100 万份": 1_000_000}
CORES = (2, 16, 64)
MEDIUMS = 6
"""Medium packages of which the bytes are measured."""
CLUSTERED = 100
"""Packages that go through the database."""


@dataclass(frozen=True, slots=True)
class Unit:
    """一份的用量: CPU ms by step, bytes, of one size.

    Attributes:
        steps: What is done with the package itself.
        left: Bytes of pages, journal and tables, and rows of the tables (`batches.left_behind`), for a package.
        pool: CPU ms of handing out, journal and hashes.
        results: CPU ms of tables, lists and pages over all.
        driver: CPU ms of the driver with several machines, results not among them; None where not measured.
        memory: Bytes by which the driver grows.
    """

    steps: Steps
    left: Mapping[str, float]
    pool: float
    results: float
    driver: float | None
    memory: float

    @property
    def cpu(self) -> float:
        """CPU ms of everything."""
        return self.steps.whole + self.pool + self.results

    def hours(self, count: int, cores: int) -> float:
        """Hours of a batch: judging is shared, what the driver does is not."""
        judging = max((self.steps.whole + self.pool) / cores, self.driver or 0)
        return count * (judging + self.results) / 3.6e6


def told(steps: Mapping[str, Steps], batched: Batched, home: Path) -> list[str]:
    """Measure what is left to measure; return the tables of unit costs and of needs."""
    load = cluster.measure(batched.packages, min(CLUSTERED, batched.count), home)
    left = {MADE: _each(batched.out, batched.count)}
    if MEDIUM in steps:
        left[MEDIUM] = _each(_mediums(home), MEDIUMS)
    units = {
        size: Unit(
            steps[size], kept, batched.pool, batched.results,
            max(0.0, 1000 * load.driver - batched.results) if load else None, batched.memory,
        )
        for size, kept in left.items()
    }  # fmt: skip
    missing = [] if load else ["", "没有安装 PostgreSQL，数据库的用量没有测。"]
    return [*_units(units, load), "", *_needs(units, load), *missing]


def _mediums(home: Path) -> Path:
    """Judge the medium package some times, each time another file by a remark in the archive; return the results."""
    source, out = home / "mediums", home / "out-mediums"
    source.mkdir()
    data = sample(MEDIUM, home).path.read_bytes()
    for number in range(MEDIUMS):
        stream = io.BytesIO(data)
        with zipfile.ZipFile(stream, "a") as archive:
            archive.comment = f"number {number}".encode()
        (source / f"{number}.docx").write_bytes(stream.getvalue())
    batch(source, out)
    return out


def _each(out: Path, count: int) -> dict[str, float]:
    return {what: value / count for what, value in left_behind(out).items()}


# ---------------------------------------------------------------------------------------- tables


def _units(units: Mapping[str, Unit], load: Load | None) -> list[str]:
    """One line a cost, one column a size."""
    lines: dict[str, Callable[[Unit], str]] = {
        "读成申报材料": lambda unit: _ms(unit.steps.reading),
        "看照片": lambda unit: _ms(unit.steps.photos),
        "规则和阶梯": lambda unit: _ms(unit.steps.judging),
        "网页报告、JSON、清单条目": lambda unit: _ms(unit.steps.report),
        "分发、流水": lambda unit: _ms(unit.pool),
        "表、清单和汇总": lambda unit: _ms(unit.results),
        "合计": lambda unit: _ms(unit.cpu),
        "多台机器时调度进程": lambda unit: "没有测" if unit.driver is None else _ms(unit.driver),
        "材料文件": lambda unit: _size(unit.steps.size),
        "网页报告": lambda unit: _size(unit.left["pages"]),
        "流水（JSON 报告在内，已压缩）": lambda unit: _size(unit.left["journal"]),
        "三个 Parquet 表": lambda unit: f"{_size(unit.left['tables'])}，{unit.left['rows']:.0f} 行",
        "调度进程的内存": lambda unit: _size(unit.memory),
    }
    if load:
        lines |= {
            f"数据库语句（{MOST} 份一批）": lambda _: f"{load.statements / MOST:.2f} 条",
            "每个工作进程不停地询问，每秒": lambda _: f"{load.waiting:.0f} 条",
            "数据库写、改、删": lambda _: f"{load.rows / MOST:.2f} 行",
            "数据库增大": lambda _: _size(load.size / MOST),
        }
    return _table(
        ["每份", *units],
        [[name, *(tell(unit) for unit in units.values())] for name, tell in lines.items()],
    )


def _needs(units: Mapping[str, Unit], load: Load | None) -> list[str]:
    """One line a need, one column a region and size."""
    columns = [(unit, count) for count in REGIONS.values() for unit in units.values()]
    lines: dict[str, Callable[[Unit, int], str]] = {
        "核·小时": lambda unit, count: f"{count * unit.cpu / 3.6e6:,.1f}",
        **{f"{cores} 核，小时": partial(_hours, cores=cores) for cores in CORES},
        "其中只能由一个进程做的，小时": lambda unit, count: f"{count * unit.results / 3.6e6:,.1f}",
        "材料文件": lambda unit, count: _size(count * unit.steps.size),
        "结果（网页、流水、表）": lambda unit, count: _size(
            count * sum(unit.left[what] for what in ("pages", "journal", "tables"))
        ),
        "调度进程的内存": lambda unit, count: _size(count * unit.memory),
    }
    if load:
        lines |= {
            "数据库语句，万条": lambda _, count: f"{count / MOST * load.statements / 1e4:,.1f}",
            "数据库写、改、删，万行": lambda _, count: f"{count / MOST * load.rows / 1e4:,.1f}",
            "数据库增大": lambda _, count: _size(count / MOST * load.size),
            f"{CORES[-1]} 核时每秒语句，不算询问": lambda unit, count: (
                f"{count / MOST * load.statements / unit.hours(count, CORES[-1]) / 3600:,.1f}"
            ),
        }
    head = [f"{region}，{size}" for region in REGIONS for size in units]
    return _table(
        ["一共", *head],
        [[name, *(tell(unit, count) for unit, count in columns)] for name, tell in lines.items()],
    )


def _hours(unit: Unit, count: int, cores: int) -> str:
    return f"{unit.hours(count, cores):,.1f}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    return [f"| {' | '.join(row)} |" for row in (head, ["---", *["---:"] * (len(head) - 1)], *rows)]


def _ms(value: float) -> str:
    return f"{value:.1f} ms"


def _size(value: float) -> str:
    for unit, size in (("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("KB", 1e3)):
        if abs(value) >= size:
            return f"{value / size:,.1f} {unit}"
    return f"{value:.0f} 字节" if value else "没有增长"
