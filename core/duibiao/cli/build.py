"""`duibiao build`: from a project folder to the package."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from duibiao.cli.guard import Exit, say
from duibiao.cli.terminal import messages, output
from duibiao.model.classes import dataclass
from duibiao.model.errors import UsageError
from duibiao.project.names import is_project
from duibiao.rules.definition import Severity


@dataclass(frozen=True, slots=True)
class Order:
    """编制命令: what was typed.

    Attributes:
        project: The project folder.
        force: Build a draft in spite of errors.
        template: Folder with the user's own templates, or None.
        day: Reference date, or None for that of the package.
    """

    project: Path
    force: bool
    template: Path | None
    day: date | None


def carry_out(order: Order) -> int:
    """Check the project, build its package and return the exit code.

    Raises:
        UsageError: It is no project folder.
    """
    if not is_project(order.project):
        raise UsageError(
            f"“{order.project}”不是项目文件夹（其中应有 申报数据.xlsx 和 证据/）；"
            "请用 duibiao new 企业简称 --industry 行业 新建"
        )
    from duibiao.reports.text import clean, report_view
    from duibiao.service import Request, Service

    service, request, console = Service(), Request(day=order.day), output()
    project = service.open_project(order.project, request)
    report = service.judge_project(project)
    errors = report.count(Severity.ERROR)
    if errors and not order.force:
        console.print(report_view(report))
        say(
            f"有 {errors} 处不符合，没有编制，成果文件夹没有改动。请按上面的意见改正后重新运行；"
            "要先看样子，可加 --force 编制带“草稿”水印的材料。"
        )
        return Exit.FINDINGS
    with messages().status("正在编制：写 Word 文件、排页码、合成 PDF ……"):
        made = service.build(project, report, order.template)
    console.print(clean(f"已编制{'草稿' if made.is_draft else ''}：{made.folder}"), soft_wrap=True)
    for name in made.files:
        console.print(clean(f"  {name}"), soft_wrap=True)
    for note in made.notes:
        console.print(clean(f"注意：{note}"), soft_wrap=True)
    if made.is_draft:
        console.print(clean(f"草稿有 {errors} 处不符合，见 检查报告.html"), soft_wrap=True)
    return Exit.FINDINGS if made.is_draft else Exit.CLEAN
