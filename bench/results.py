"""What was measured, as rows of one table, and the texts that stand between marks in `FILE` and in README.md."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from turns import Runner

ROOT = Path(__file__).parents[1]
FILE, README = ROOT / "bench/results.md", ROOT / "README.md"


@dataclass(frozen=True, slots=True)
class Against:
    """What is compared: a name, and what it took, in the unit of the row; None where it did not run."""

    name: str
    took: float | None


@dataclass(frozen=True, slots=True)
class Row:
    """一行: one thing that was measured.

    Attributes:
        what: What it is.
        size: Of what size, a key of `Results.sizes`.
        ours: What we took; None where it did not run.
        unit: ``ms`` of CPU time a run or package, ``MB`` of memory, or ``份/秒``, where more is better.
        floor: What nobody can undercut, or what it is held against.
        peers: Other programs.
        most: How many times the floor is allowed.
        least: How many times the first of the peers has to take.
        aim: An aim of its own and whether it is met.
        quiet: Whether the machine was quiet meanwhile.
    """

    what: str
    size: str
    ours: float | None
    unit: str = "ms"
    floor: Against | None = None
    peers: tuple[Against, ...] = ()
    most: float | None = None
    least: float | None = None
    aim: tuple[str, bool] | None = None
    quiet: bool = True

    @property
    def of_floor(self) -> float | None:
        """Ours divided by the floor."""
        return self.ours / self.floor.took if self.ours and self.floor and self.floor.took else None

    @property
    def ran(self) -> list[Against]:
        """Peers that ran, the best first."""
        ran = [peer for peer in self.peers if peer.took is not None]
        return sorted(ran, key=lambda peer: peer.took or 0, reverse=self._more_is_better)

    def times(self, peer: Against) -> float | None:
        """How many times better we are than a peer."""
        if not self.ours or not peer.took:
            return None
        return self.ours / peer.took if self._more_is_better else peer.took / self.ours

    @property
    def aims(self) -> list[tuple[str, bool | None]]:
        """Each aim with whether it is met; None where what it needs was not measured."""
        found: list[tuple[str, bool | None]] = []
        if self.most is not None:
            of = self.of_floor
            found.append((f"≤ {self.most:g} × 下限", None if of is None else of <= self.most))
        if self.least is not None:
            times = self.times(self.peers[0]) if self.peers else None
            met = None if times is None else times >= self.least
            name = self.peers[0].name if self.peers else "同类"
            found.append((f"{name} ≥ {self.least:g} 倍", met))
        return [*found, self.aim] if self.aim else found

    def line(self) -> str:
        """Return it as a line of the table."""
        best = self.ran[0] if self.ran else None
        verdicts = [met for _, met in self.aims]
        met = (
            ""
            if not verdicts
            else "否"
            if False in verdicts
            else "没有测"
            if None in verdicts
            else "是"
        )
        cells = (
            self.what,
            self.size,
            self._told(self.ours),
            f"{self.floor.name} {self._told(self.floor.took)}" if self.floor else "",
            _factor(self.of_floor),
            f"{best.name} {self._told(best.took)}" if best else "",
            _factor(self.times(best)) if best else "",
            "；".join(aim for aim, _ in self.aims),
            met + ("？" if met and not self.quiet else ""),
        )
        return f"| {' | '.join(cells)} |"

    @property
    def _more_is_better(self) -> bool:
        return self.unit == "份/秒"

    def _told(self, value: float | None) -> str:
        return "没有结果" if value is None else f"{value:,.1f} {self.unit}"


@dataclass(slots=True)
class Results:
    """All that was measured.

    Attributes:
        rows: The rows.
        sizes: What each size is, by what it is a size of.
        problems: What makes figures worthless: something was not read, not found, not the same.
        missing: Programs that did not run, and why.
        versions: Versions of the programs compared.
    """

    rows: list[Row] = field(default_factory=list)
    sizes: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    missing: dict[str, str] = field(default_factory=dict)
    versions: set[str] = field(default_factory=set)

    def note(self, runners: Iterable[Runner]) -> None:
        """Note versions, and what did not run."""
        for runner in runners:
            if runner.problem:
                self.missing[runner.name] = runner.problem
            else:
                self.versions.add(runner.version)

    def table(self) -> list[str]:
        """Return the table and what belongs to it."""
        lines = ["| 项目 | 大小 | 本程序 | 下限 | 倍数 | 同类 | 倍数 | 目标 | 达到 |"]
        lines += [
            "|---|---|---:|---:|---:|---:|---:|---|---|",
            *(row.line() for row in self.rows),
            "",
        ]
        lines.append(
            "前一个倍数是本程序除以下限，后一个是最快的同类除以本程序（每秒份数相反）；时间都是处理器时间的中位数。"
        )
        if any(not row.quiet for row in self.rows):
            lines.append("带“？”的，测的时候机器不空闲，须重测。")
        lines += ["", *(f"- {of}：{said}" for of, said in self.sizes.items())]
        for row in self.rows:
            slower = [f"{peer.name} {_factor(row.times(peer))} 倍" for peer in row.ran[1:]]
            if slower:
                lines.append(f"- 其余同类，{row.what}，{row.size}：{'、'.join(slower)}")
        lines += [f"- 没有测 {name}：{why}" for name, why in self.missing.items()]
        return lines


def marked(name: str, lines: Sequence[str]) -> str:
    """Return lines between the marks of a name."""
    return f"<!-- {name} -->\n" + "\n".join(lines).strip("\n") + f"\n<!-- {name}完 -->"


def publish(parts: Mapping[str, Sequence[str]]) -> None:
    """Write parts to `FILE`, and to the places in README.md that have their marks."""
    texts = {name: marked(name, lines) for name, lines in parts.items()}
    FILE.write_text("# 测速\n\n" + "\n\n".join(texts.values()) + "\n", "utf-8")
    readme = README.read_text("utf-8")
    for name, text in texts.items():
        place = re.compile(rf"<!-- {name} -->\n.*?<!-- {name}完 -->", re.DOTALL)
        before, *found, after = place.split(readme)
        if found:
            raise ValueError(f"README.md has several places for {name}")
        readme = before + text + after
    README.write_text(readme, "utf-8")


def _factor(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.2f}" if value < 10 else f"{value:.0f}"
