"""The table of a run over many packages (汇总表)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from itertools import islice
from pathlib import PurePath

from duibiao.model.classes import dataclass
from duibiao.reports.model import CheckReport
from duibiao.rules.definition import Severity
from duibiao.rules.verdict import Verdict

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Line:
    """汇总表的一行: one file.

    Attributes:
        file: The file as the user named it.
        problem: Why it could not be checked; "" where it was.
        report: Name of its report beside the table, or "".
        enterprise: Enterprise name, or "".
        industry: Industry as declared, or "".
        declared: Grade as declared, or "".
        verdict: The verdict, or None where it could not be checked.
        counts: Number of findings by severity.
    """

    file: str
    problem: str = ""
    report: str = ""
    enterprise: str = ""
    industry: str = ""
    declared: str = ""
    verdict: Verdict | None = None
    counts: Mapping[Severity, int] = field(default_factory=dict)

    @property
    def conclusion(self) -> str:
        """The verdict in words, or that there is none."""
        return self.verdict.value if self.verdict else "无法检查"


@dataclass(frozen=True, slots=True)
class Summary:
    """汇总表.

    Attributes:
        lines: One line a file, in the order checked.
        skipped: Number of files in the folders that are not Word files and were not looked at, by suffix.
        own: Files in the folders that this program itself wrote, and that were therefore not checked.
        old: Files in the folders that are old copies by their names, and were not checked either, each with the present one.
    """

    lines: tuple[Line, ...]
    skipped: Mapping[str, int] = field(default_factory=dict)
    own: tuple[str, ...] = ()
    old: Mapping[str, str] = field(default_factory=dict)

    def tally(self) -> dict[str, int]:
        """Return the number of files by conclusion, in fixed order; conclusions that nobody has are left out."""
        names = [*(verdict.value for verdict in Verdict), "无法检查"]
        counted = {name: sum(line.conclusion == name for line in self.lines) for name in names}
        return {name: count for name, count in counted.items() if count}

    @property
    def skipped_note(self) -> str:
        """What was not looked at, in words; "" where there is nothing."""
        said = []
        if self.skipped:
            kinds = "、".join(
                f"{suffix or '无扩展名'} {n} 个" for suffix, n in self.skipped.items()
            )
            said.append(f"文件夹中还有 {sum(self.skipped.values())} 个其他文件没有检查：{kinds}")
        if self.own:
            names = "、".join(PurePath(name).name for name in self.own[:_SHOWN])
            more = " 等" if len(self.own) > _SHOWN else ""
            said.append(f"本程序写出的文件 {len(self.own)} 个，未审查：{names}{more}")
        if self.old:
            said.append(old_note(self.old))
        return "；".join(said)


def old_note(old: Mapping[str, str]) -> str:
    """Return what is said of old copies, each with the present one."""
    shown = "、".join(
        f"{PurePath(name).name}（现稿是 {PurePath(present).name}）"
        for name, present in islice(old.items(), _SHOWN)
    )
    more = " 等" if len(old) > _SHOWN else ""
    return f"按文件名是旧稿的 {len(old)} 个，未审查：{shown}{more}；不是旧稿的请改名"


def line_of(file: str, report: CheckReport, name: str = "") -> Line:
    """Return the line of a checked file.

    Args:
        file: The file as the user named it.
        report: Its report.
        name: Name of the report beside the table, or "".
    """
    return Line(
        file=file,
        report=name,
        enterprise=report.enterprise,
        industry=report.industry,
        declared=report.declared,
        verdict=report.verdict,
        counts={severity: report.count(severity) for severity in Severity},
    )
