"""The impact of a change as a page: what becomes of verdicts and grades, and which rules, industries and counties it touches."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from duibiao.batch.impact import DECLARED, FINDING, SUPPORTED, VERDICT, Pair
from duibiao.batch.summary import UNKNOWN
from duibiao.reports.templates import environment

PAGE = "影响.html"
SHOWN = 500
"""Packages that the page lists; the table has all of them."""
KINDS = {VERDICT: "审查结论", SUPPORTED: "材料能支持的等级", DECLARED: "申报等级"}
"""What goes from one value to another, and its title on the page."""
WORDS = {"appears": "新出现", "vanishes": "消失", "changes": "改变"}


@dataclass(slots=True)
class Share:
    """一组材料: how many there are, and for how many something changes."""

    total: int = 0
    changed: int = 0


@dataclass(frozen=True, slots=True)
class Touched:
    """受影响的一份 in the list of the page: links to its reports are "" where there is none."""

    name: str
    enterprise: str
    said: tuple[str, ...]
    before: str
    after: str


@dataclass(slots=True)
class Impact:
    """影响: everything that the page shows, counted package by package.

    Attributes:
        before: What the first results are called.
        after: What the second are called.
        whole: All packages.
        failed: Packages that have no result on one side at least.
        moves: By kind of `KINDS`, how many packages go from one value to another.
        rules: By rule, how many findings appear, vanish and change.
        industries: Packages by industry.
        counties: Packages by county.
        touched: The first packages for which something changes.
    """

    before: str
    after: str
    whole: Share = field(default_factory=Share)
    failed: int = 0
    moves: dict[str, Counter[tuple[str, str]]] = field(
        default_factory=lambda: {kind: Counter() for kind in KINDS}
    )
    rules: dict[str, Counter[str]] = field(default_factory=dict)
    industries: dict[str, Share] = field(default_factory=dict)
    counties: dict[str, Share] = field(default_factory=dict)
    touched: list[Touched] = field(default_factory=list)

    def add(self, pair: Pair) -> None:
        """Count one package."""
        row = pair.row
        shares = (
            self.whole,
            self.industries.setdefault(row["industry"] or UNKNOWN, Share()),
            self.counties.setdefault(row["county"] or UNKNOWN, Share()),
        )
        for share in shares:
            share.total += 1
            share.changed += bool(pair.changes)
        self.failed += any(
            each is None or bool(each["problem"]) for each in (pair.before, pair.after)
        )
        for change in pair.changes:
            if change.kind in self.moves:
                self.moves[change.kind][
                    change.before or "不能确定", change.after or "不能确定"
                ] += 1
            elif change.kind == FINDING:
                counted = self.rules.setdefault(f"{change.code} {change.title}", Counter())
                counted[change.change] += 1
        if pair.changes and len(self.touched) < SHOWN:
            self.touched.append(_touched(pair))


def render(impact: Impact, before: str, after: str) -> str:
    """Return the page.

    Args:
        impact: What was counted.
        before: Folder of the first results as a link from the page, or "" for none.
        after: The same of the second.
    """
    page: str = (
        environment()
        .get_template("impact.html")
        .render(
            impact=impact, kinds=KINDS, words=WORDS, folders=(before, after), shown=SHOWN,
            rules=sorted(impact.rules.items(), key=lambda pair: (-pair[1].total(), pair[0])),
            groups={
                "按行业": sorted(impact.industries.items(), key=_most),
                "按县（市、区）": sorted(impact.counties.items(), key=_most),
            },
        )
    )  # fmt: skip
    return page


def linked(folder: Path, out: Path) -> str:
    """Return a folder of results as a link from a page in `out`; "" where it is not below that."""
    return folder.relative_to(out).as_posix() if folder.is_relative_to(out) else ""


def _most(pair: tuple[str, Share]) -> tuple[int, str]:
    return -pair[1].changed, pair[0]


def _touched(pair: Pair) -> Touched:
    first = pair.changes[0]
    said = []
    for change in pair.changes:
        if change.kind in KINDS:
            said.append(
                f"{KINDS[change.kind]}：{change.before or '不能确定'} → {change.after or '不能确定'}"
            )
    found = Counter(change.change for change in pair.changes if change.kind == FINDING)
    said += [f"意见{WORDS[kind]} {found[kind]} 条" for kind in WORDS if found[kind]]
    if pair.before is None or pair.after is None:
        said.append("只在变更后的一批里" if pair.before is None else "只在变更前的一批里")
    reports = [each["report"] if each else "" for each in (pair.before, pair.after)]
    return Touched(first.name, first.enterprise, tuple(said), *reports)
