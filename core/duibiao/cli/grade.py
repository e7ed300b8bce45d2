"""`duibiao grade`: what a package reaches, and the shortest list of what a grade still needs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from duibiao.cli.delivery import put
from duibiao.cli.guard import Exit, say
from duibiao.cli.options import Form
from duibiao.cli.terminal import output
from duibiao.grading.ladder import Ladder
from duibiao.model.classes import dataclass
from duibiao.model.errors import UsageError
from duibiao.model.grades import Grade, parse_grade


@dataclass(frozen=True, slots=True)
class Order:
    """评级命令: what was typed.

    Attributes:
        package: The package: a file or a folder.
        target: Grade aimed at as typed, or "" for the one that the package declares.
        day: Reference date, or None for that of the package.
        industry: Industry as typed, or "".
        form: Form of the output.
    """

    package: Path
    target: str
    day: date | None
    industry: str
    form: Form


def carry_out(order: Order) -> int:
    """Print the ladder and what the target needs, and return the exit code.

    Raises:
        UsageError: If the target is no grade of the package's industries.
    """
    from duibiao.grading.prospect import prospect_of
    from duibiao.reports.prospect import prospect_view, render_json
    from duibiao.service import Request, Service

    asked = parse_grade(order.target)
    if order.target and asked is None:
        raise UsageError(f"不认识的等级“{order.target}”；请写 A、B、B-、C、D、引领性等")
    report = Service().check(order.package, Request(day=order.day, industry=order.industry))
    target = asked or report.ladder.declared
    if target is None:
        raise UsageError("材料没有写可识别的申报等级；请用 --target 写明目标等级，如 --target A")
    _be_known(target, report.ladder)
    prospect = prospect_of(report.ladder, target)
    if order.form is Form.JSON:
        put(render_json(report, prospect))
    else:
        output().print(prospect_view(report, prospect))
    if not report.ladder.grades:
        say(
            "没有这个行业的等级阶梯：没有插件认识该行业，或其等级设置尚未查明（见 duibiao plugins）。"
        )
    return Exit.CLEAN if prospect.is_reached else Exit.FINDINGS


def _be_known(target: Grade, ladder: Ladder) -> None:
    """Raise where industries have ladders and none of them has the grade."""
    known = dict.fromkeys(grade for one in ladder.every for grade in one.grades)
    if known and target not in known:
        names = "、".join(grade.label for grade in known)
        raise UsageError(
            f"{ladder.industry}没有等级“{target.label}”；请用 --target 写 {names} 之一"
        )
