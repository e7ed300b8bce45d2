"""Running a batch: what is missing is judged, everything is written down, the results come at the end."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from duibiao.batch.journal import Done, Journal
from duibiao.batch.pool import Came, judged
from duibiao.batch.sources import Item, Sources, printable
from duibiao.rules.verdict import Verdict
from duibiao.service import Service
from duibiao.service.terms import CHINA
from duibiao.work.judging import Asked
from duibiao.work.limits import Limits
from duibiao.work.marks import Marks, marks_of

REPORTS = "reports"
"""Folder of the packages' own reports."""


@dataclass(frozen=True, slots=True)
class Plan:
    """批量审查的安排.

    Attributes:
        out: Folder of the results.
        asked: What is asked of every package.
        workers: Processes.
        limits: Limits of each package.
        only_changed: Judge again only what the changed part of the law has judged.
    """

    out: Path
    asked: Asked = Asked()
    workers: int = field(default_factory=lambda: os.cpu_count() or 1)
    limits: Limits = Limits()
    only_changed: bool = False

    def place(self, item: Item) -> str:
        """Return where the page of a package goes; "" for nowhere."""
        return str(self.out / page_of(item.name)) if self.asked.html else ""


@dataclass(slots=True)
class Told:
    """进展, for whoever shows it.

    Attributes:
        total: Packages of the batch.
        kept: Packages whose earlier result still holds.
        done: Packages judged in this run.
        verdicts: Number of packages by verdict: of those judged in this run, of all when the results are written.
        in_hand: Packages that are being judged, with the moment (of `time.monotonic`) when they were begun.
    """

    total: int = 0
    kept: int = 0
    done: int = 0
    verdicts: dict[str, int] = field(default_factory=dict)
    in_hand: dict[str, float] = field(default_factory=dict)


Judges = Callable[
    [Plan, Marks, list[Item], Callable[[Item, str], bool], Callable[[Item], None]], Iterator[Came]
]
"""Judges packages: how, by which law, which, whether one with this key is to be judged at all, and who is told of its beginning."""


def here(
    plan: Plan,
    _marks: Marks,
    items: list[Item],
    wanted: Callable[[Item, str], bool],
    begun: Callable[[Item], None],
) -> Iterator[Came]:
    """Judge packages on this machine."""
    return judged(items, plan.asked, plan.place, plan.workers, plan.limits, wanted, begun)


def run(
    service: Service,
    sources: Sources,
    plan: Plan,
    journal: Journal,
    watch: Callable[[Told], None],
    judges: Judges = here,
) -> Told:
    """Judge what is missing in the journal.

    Args:
        service: The service, for what is in force.
        sources: The packages.
        plan: How.
        journal: The journal; when this returns, it holds every package of the batch and no other.
        watch: Is told how it goes.
        judges: Who judges.

    Raises:
        BuildError: If the journal or a page cannot be written; what is done stays done.
    """
    marks = marks_of(
        service, plan.asked.words, datetime.now(CHINA).date().isoformat(), plan.limits.words
    )
    journal.keep(item.name for item in sources.items)
    told = Told(total=len(sources.items))
    watch(told)

    def wanted(item: Item, digest: str) -> bool:
        before = journal.find(item.name)
        if before is None or not _holds(plan, marks, before, digest):
            return True
        whole = marks.whole(before.dated, not before.report)
        if before.whole != whole:
            journal.renew(item.name, whole)
        told.kept += 1
        watch(told)
        return False

    def begun(item: Item) -> None:
        told.in_hand[item.name] = time.monotonic()
        watch(told)

    for came in judges(plan, marks, sources.items, wanted, begun):
        journal.add(_done(came, marks))
        told.in_hand.pop(came.item.name, None)
        told.done += 1
        verdict = came.judged.verdict or Verdict.INCOMPLETE.value
        told.verdicts[verdict] = told.verdicts.get(verdict, 0) + 1
        watch(told)
    journal.flush()
    return told


def page_of(name: str) -> str:
    """Return where the own report of a package is, in the folder of the results."""
    mark = hashlib.sha256(name.encode()).hexdigest()
    return f"{REPORTS}/{mark[:2]}/{mark[2:18]}.html"


def _holds(plan: Plan, marks: Marks, before: Done, digest: str) -> bool:
    """Whether an earlier result still holds."""
    if before.digest != digest:
        return False
    if plan.asked.html and before.report and not (plan.out / page_of(before.name)).is_file():
        return False
    if before.whole == marks.whole(before.dated, not before.report):
        return True
    if not before.report:
        return False
    plugins = before.plugins.split(",") if before.plugins else []
    return plan.only_changed and before.own == marks.own(plugins, before.dated)


def _done(came: Came, marks: Marks) -> Done:
    judged = came.judged
    return Done(
        name=came.item.name,
        digest=came.digest,
        whole=marks.whole(judged.dated, not judged.report),
        own=marks.own(judged.plugins, judged.dated),
        plugins=",".join(judged.plugins),
        dated=judged.dated,
        problem=printable(judged.problem),
        seconds=came.seconds,
        report=judged.report,
    )
