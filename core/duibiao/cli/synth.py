"""`duibiao synth`: what it does."""

from __future__ import annotations

from pathlib import Path

import click

from duibiao.cli.guard import Exit
from duibiao.cli.terminal import messages
from duibiao.model.classes import dataclass


@dataclass(frozen=True, slots=True)
class Order:
    """合成命令: what was typed.

    Attributes:
        count: How many packages.
        out: Folder to write into.
        seed: Another one gives other packages.
        industries: Names of samples; none for all.
        clean: Share without a fault.
        defects: Faults in each of the others.
        hostile: Hostile files besides.
    """

    count: int
    out: Path
    seed: int
    industries: tuple[str, ...]
    clean: float
    defects: int
    hostile: int


def carry_out(order: Order) -> int:
    """Write the packages and return the exit code.

    Raises:
        BuildError: If a file cannot be written.
        UsageError: If an option is impossible, or the folder holds something else.
    """
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    from duibiao.testing.synth.settings import Settings
    from duibiao.testing.synth.writing import TRUTH, Told, write_packages

    settings = Settings(
        order.count, order.seed, order.industries, order.clean, order.defects, order.hostile
    )
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = messages()
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as progress:
        task = progress.add_task("", total=settings.count + settings.hostile)

        def tell(told: Told) -> None:
            progress.update(task, completed=told.written + told.kept)

        told = write_packages(settings, order.out, tell)
    click.echo(
        f"共 {settings.count} 份材料、{settings.hostile} 个有害文件"
        f"（本次写出 {told.written} 个，沿用 {told.kept} 个）；"
        f"各份有哪些缺陷、应由哪些规则查出，见 {order.out / TRUTH}"
    )
    return Exit.CLEAN
