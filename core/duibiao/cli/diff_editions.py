"""`duibiao diff-editions`: what two editions of the law make of one package."""

from __future__ import annotations

from pathlib import Path

from duibiao.cli.delivery import put
from duibiao.cli.guard import Exit
from duibiao.cli.options import Form
from duibiao.cli.terminal import output
from duibiao.model.classes import dataclass


@dataclass(frozen=True, slots=True)
class Order:
    """比较命令: what was typed.

    Attributes:
        first: A day, or the id of an edition.
        second: Another one.
        package: The package: a file or a folder.
        industry: Industry as typed, or "".
        form: Form of the output.
    """

    first: str
    second: str
    package: Path
    industry: str
    form: Form


def carry_out(order: Order) -> int:
    """Check under both editions, print what changes, and return the exit code.

    Raises:
        UsageError: If an edition is neither a day nor an edition of the package's industry.
    """
    from duibiao.reports.edition_changes import changes_between
    from duibiao.reports.edition_faces import changes_view, render_json
    from duibiao.service import Request, Service

    marks = (order.first, order.second)
    before, after = Service().check_under(order.package, marks, Request(industry=order.industry))
    changes = changes_between(before, after)
    if order.form is Form.JSON:
        put(render_json(changes))
    else:
        output().print(changes_view(changes))
    return Exit.CLEAN if changes.is_same else Exit.FINDINGS
