"""`duibiao annotate`: the findings as comments in a copy of the file that was handed in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from duibiao.cli.guard import Exit, say
from duibiao.cli.terminal import messages, output
from duibiao.model.classes import dataclass
from duibiao.rules.engine import Status


@dataclass(frozen=True, slots=True)
class Order:
    """批注命令: what was typed.

    Attributes:
        file: The package.
        out: Where to, or None for beside the package.
        day: Reference date, or None for that of the package.
        industry: Industry as typed, or "".
        grade: Grade as typed, or "".
        waivers: File of waivers, or None.
    """

    file: Path
    out: Path | None
    day: date | None = None
    industry: str = ""
    grade: str = ""
    waivers: Path | None = None


def carry_out(order: Order) -> int:
    """Check the package, write its annotated copy and return the exit code, which is that of `duibiao check`.

    Raises:
        UsageError: If the command asks for something that cannot be.
    """
    from duibiao.reports.text import clean, verdict_view
    from duibiao.reports.waiver_files import read_waivers
    from duibiao.service import Request, Service
    from duibiao.service.annotating import annotate

    waivers = read_waivers(order.waivers) if order.waivers else ()
    request = Request(order.day, order.industry, order.grade, waivers=waivers)
    with messages().status("正在审查并写批注件 ……"):
        made = annotate(Service(), order.file, order.out, request)
    console = output()
    console.print(verdict_view(made.report))
    console.print(clean(f"批注件：{made.path}"), soft_wrap=True)
    apart = f"和没有对应位置的 {made.apart} 条意见" if made.apart else ""
    console.print(f"{made.placed} 条意见批注在所指的位置；结论{apart}写在开头的一条批注里")
    for remark in made.remarks:
        console.print(clean(f"注意：{remark}"), soft_wrap=True)
    crashed = made.report.with_status(Status.CRASHED)
    for outcome in crashed:
        say(
            f"{order.file}：规则 {outcome.rule.code} 检查出错：{outcome.reason}。"
            "这是程序的问题，请把这一行报告给维护者；其余规则不受影响。"
        )
    if crashed:
        return Exit.FAULT
    return Exit.CLEAN if made.report.is_clean else Exit.FINDINGS
