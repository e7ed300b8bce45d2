"""`duibiao impact`: what it does."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import click

from duibiao.cli.guard import Exit, say
from duibiao.cli.terminal import messages
from duibiao.model.errors import BuildError, UsageError


@dataclass(frozen=True, slots=True)
class Order:
    """影响分析命令: what was typed.

    Attributes:
        before: A day, an edition, or a folder of results.
        after: Another one.
        over: Where the packages are; "" where both sides are folders of results.
        out: Folder of what is written.
        workers: Processes; 0 for as many as there are cores.
        progress: How progress is shown.
    """

    before: str
    after: str
    over: str
    out: Path
    workers: int
    progress: str


def carry_out(order: Order) -> int:
    """Judge the packages by either side where that is to be done, compare, and return the exit code.

    Raises:
        BuildError: If the results cannot be written.
        UsageError: If there is nothing to compare.
    """
    from duibiao.batch import impact, impact_page
    from duibiao.model.errors import reason
    from duibiao.reports.writing import encode

    folders = [
        _results(order, mark, name) for mark, name in ((order.before, "甲"), (order.after, "乙"))
    ]
    counted = impact_page.Impact(order.before, order.after)
    try:
        order.out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".duibiao-", dir=order.out) as name:
            fresh = Path(name)
            for pair in impact.write(impact.pairs(*folders), fresh / impact.TABLE):
                counted.add(pair)
            links = [impact_page.linked(folder, order.out) for folder in folders]
            page = impact_page.render(counted, *links)
            (fresh / impact_page.PAGE).write_bytes(encode(page))
            for path in sorted(fresh.iterdir()):
                path.replace(order.out / path.name)
    except OSError as error:
        raise BuildError(
            f"结果写不到 {order.out}（{reason(error)}）；请换一个 --out 文件夹"
        ) from None
    whole = counted.whole
    if order.progress != "json":
        click.echo(
            f"共 {whole.total} 份，{whole.changed} 份有变化；见 {order.out / impact_page.PAGE}"
        )
    return Exit.FINDINGS if whole.changed else Exit.CLEAN


def _results(order: Order, mark: str, name: str) -> Path:
    """Return the folder with the results of one side, made first where it is a day or an edition."""
    if Path(mark).is_dir():
        return Path(mark)
    if not order.over:
        raise UsageError(
            f"“{mark}”不是批量审查的结果文件夹；按日期或指标版本比较时，请用 --over 写明材料在哪里"
        )
    from duibiao.batch import results
    from duibiao.batch.journal import Journal
    from duibiao.batch.progress import Showing, shown
    from duibiao.batch.running import Plan, run
    from duibiao.batch.sources import sources_of
    from duibiao.service import Service
    from duibiao.work.judging import Asked

    sources = sources_of(order.over)
    if not sources.items:
        raise UsageError("；".join(f"{name}：{why}" for name, why in sources.problems.items()))
    folder, service = order.out / name, Service()
    asked = Asked(photos=False, mark=mark)
    plan = Plan(folder, asked, order.workers) if order.workers else Plan(folder, asked)
    journal = Journal(folder)
    try:
        with shown(Showing(order.progress), messages(), sys.stdout) as watch:
            run(service, sources, plan, journal, watch)
        tally = results.write(journal, sources, folder, service.common, None)
        if tally.failed.total == len(sources.items):
            first = next(journal.every())
            raise UsageError(f"按“{mark}”没有一份材料有结果：{first.problem}")
    finally:
        journal.close()
    for file, problem in sources.problems.items():
        say(f"{file}：{problem}")
    return folder
