"""The commands of `duibiao guide`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from duibiao.cli.ending import finish
from duibiao.cli.help import ChineseCommand, ChineseGroup

guide = typer.Typer(cls=ChineseGroup, help="把官方技术指南的指标表导入行业插件。")


@guide.command(
    "import",
    cls=ChineseCommand,
    help="读技术指南（Word）中的绩效分级指标表，写成插件的法规数据，依据状态为官方文本。\n\n"
    "退出码：0 已写入或没有改动；1 与已有的文件不同，没有写入；2 命令有误或文件读不了；3 程序出错。",
)
def import_guide(
    file: Annotated[
        Path, typer.Argument(metavar="指南", help="技术指南的 Word 文件", show_default=False)
    ],
    industry: Annotated[
        str, typer.Option(metavar="行业", help="行业或分支的名称，或插件名", show_default=False)
    ],
    edition: Annotated[
        str,
        typer.Option(metavar="版本", help="版本编号，即 [[edition]] 的 id", show_default=False),
    ],
    branch: Annotated[
        str, typer.Option(metavar="分支", help="只导入一个分支：键或名称；不写时全部导入")
    ] = "",
    out: Annotated[
        Path | None,
        typer.Option(metavar="文件夹", help="插件的 law 文件夹；不写时只显示，不写入"),
    ] = None,
    apply: Annotated[
        bool, typer.Option("--apply", help="与已有的文件不同也写入；不写时只列出不同之处")
    ] = False,
) -> None:
    """Import a guide."""
    from duibiao.cli.guide import carry_out
    from duibiao.guide import Wanted

    finish(lambda: carry_out(Wanted(file, industry, edition, branch, out, apply)))
