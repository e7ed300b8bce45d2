"""`duibiao batch`: what it does."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from duibiao.cli.guard import Exit, say
from duibiao.cli.terminal import messages
from duibiao.model.errors import UsageError
from duibiao.rules.verdict import Verdict

if TYPE_CHECKING:
    from duibiao.batch.journal import Journal
    from duibiao.batch.pool import Came
    from duibiao.batch.running import Judges, Plan
    from duibiao.batch.sources import Item
    from duibiao.work.marks import Marks

LEAST = 256
"""MiB below which a process could not even begin."""


@dataclass(frozen=True, slots=True)
class Order:
    """批量审查命令: what was typed.

    Attributes:
        source: Where the packages are.
        out: Folder of the results.
        day: Reference date, or None for that of the package.
        workers: Processes; 0 for as many as there are cores.
        seconds: Longest time of one package.
        memory: Most memory of one package in MiB.
        progress: How progress is shown: bar, json or quiet.
        photos: Look at the photos.
        html: Write each package's own report.
        only_changed: Judge again only what the changed part of the law has judged.
        cluster: Database whose workers judge, or "" for this machine.
    """

    source: str
    out: Path
    day: date | None
    workers: int
    seconds: int
    memory: int
    progress: str
    photos: bool
    html: bool
    only_changed: bool
    cluster: str


def carry_out(order: Order) -> int:
    """Check every package, write the results and return the exit code.

    Raises:
        UsageError: If there is nothing to check, or nowhere to write.
        BuildError: If the results cannot be written.
    """
    from duibiao.batch import results
    from duibiao.batch.journal import Journal
    from duibiao.batch.progress import Showing, shown
    from duibiao.batch.running import Plan, run
    from duibiao.batch.sources import sources_of
    from duibiao.service import Service
    from duibiao.work.judging import Asked
    from duibiao.work.limits import Limits

    if 0 < order.memory < LEAST:
        raise UsageError(f"--memory 至少 {LEAST}（MB），现在是 {order.memory}；0 为不限")
    if order.out.exists() and not order.out.is_dir():
        raise UsageError(f"--out 应是文件夹，“{order.out}”不是；请写一个文件夹名")
    sources = sources_of(order.source)
    if not sources.items:
        raise UsageError("；".join(f"{name}：{why}" for name, why in sources.problems.items()))
    plan = Plan(
        order.out,
        Asked(order.day, order.photos, order.html),
        order.workers or os.cpu_count() or 1,
        Limits(order.seconds, order.memory << 20),
        order.only_changed,
    )
    service = Service()
    journal = Journal(order.out)
    try:
        with shown(Showing(order.progress), messages(), sys.stdout) as watch:
            with _judges(order.cluster, journal) as judges:
                told = run(service, sources, plan, journal, watch, judges)
            tally = results.write(journal, sources, order.out, service.common, order.day)
            told.verdicts = {name: count for name, count in tally.whole.verdicts.items() if count}
            watch(told)
    finally:
        journal.close()
    for name, problem in sources.problems.items():
        say(f"{name}：{problem}")
    verdicts = tally.whole.verdicts
    if order.progress != "json":
        said = "，".join(f"{name} {count}" for name, count in verdicts.items() if count)
        click.echo(f"共 {told.total} 份（本次审查 {told.done} 份，沿用 {told.kept} 份）：{said}")
        click.echo(f"结果在 {order.out}；从 {order.out / '汇总.html'} 看起")
    if tally.failed.total or sources.problems:
        return Exit.USAGE
    return Exit.CLEAN if set(filter(verdicts.get, verdicts)) <= {Verdict.PASS} else Exit.FINDINGS


@contextmanager
def _judges(cluster: str, journal: Journal) -> Iterator[Judges]:
    """Give who judges: this machine, or the workers of a database."""
    from duibiao.batch.running import here

    if not cluster:
        yield here
        return
    from duibiao.batch.cluster import Cluster, Sending
    from duibiao.web.settings import from_environment

    def there(
        plan: Plan,
        marks: Marks,
        items: list[Item],
        wanted: Callable[[Item, str], bool],
        _begun: Callable[[Item], None],
    ) -> Iterator[Came]:
        law = marks.whole(dated=True)
        sending = Sending(journal.id, plan.asked, plan.place, plan.limits, law, journal.flush)
        return machines.judged(items, sending, wanted)

    machines = Cluster(cluster, from_environment().files_url)
    try:
        if not machines.workers():
            say("还没有工作进程；请在各台机器上运行 duibiao worker，这里会等着")
        yield there
    finally:
        machines.close()
