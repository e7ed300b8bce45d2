"""The commands of `duibiao guide`."""

from __future__ import annotations

from pathlib import Path

import click

from duibiao.cli.ending import finish
from duibiao.cli.help import ChineseGroup


@click.group(cls=ChineseGroup, no_args_is_help=False, help="把官方技术指南的指标表导入行业插件。")
def guide() -> None:
    """Hold the commands."""


@guide.command(
    "import",
    help="读技术指南（Word）中的绩效分级指标表，写成插件的法规数据，依据状态为官方文本。\n\n"
    "退出码：0 已写入或没有改动；1 与已有的文件不同，没有写入；2 命令有误或文件读不了；3 程序出错。",
)
@click.argument("file", type=Path, metavar="指南", help="技术指南的 Word 文件")
@click.option("--industry", required=True, metavar="行业", help="行业或分支的名称，或插件名")
@click.option("--edition", required=True, metavar="版本", help="版本编号，即 [[edition]] 的 id")
@click.option(
    "--branch", default="", metavar="分支", help="只导入一个分支：键或名称；不写时全部导入"
)
@click.option("--out", type=Path, metavar="文件夹", help="插件的 law 文件夹；不写时只显示，不写入")
@click.option("--apply", is_flag=True, help="与已有的文件不同也写入；不写时只列出不同之处")
def import_guide(
    file: Path, industry: str, edition: str, branch: str, out: Path | None, apply: bool
) -> None:
    """Import a guide."""
    from duibiao.cli.guide import carry_out
    from duibiao.guide import Wanted

    finish(lambda: carry_out(Wanted(file, industry, edition, branch, out, apply)))
