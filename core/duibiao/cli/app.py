"""The commands and their options; what they do is in the modules beside."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from duibiao import __version__
from duibiao.cli import batch_app, server_app
from duibiao.cli.ending import finish
from duibiao.cli.guard import Exit, say
from duibiao.cli.guide_app import guide
from duibiao.cli.help import ChineseGroup
from duibiao.cli.messages import in_chinese
from duibiao.cli.options import (
    Form,
    OneOf,
    as_grade,
    of_industry,
    on_day,
    one_package,
    text_or_json,
)
from duibiao.reports.faces import Face

EXIT_CODES = "退出码：0 通过；1 有审查意见；2 命令有误或文件读不了；3 程序出错。"


def run(args: Sequence[str]) -> int:
    """Run a command line and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a console that lacks ³ must not stop us
    try:
        result = app.main(list(args), prog_name="duibiao", standalone_mode=False)
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        command = context.command_path if context else "duibiao"
        say(f"{in_chinese(error.format_message())}\n运行 {command} --help 可以看到用法。")
        return Exit.USAGE
    return int(result or 0)


@click.group(
    cls=ChineseGroup,
    invoke_without_command=True,
    help="对标：编制和审查重污染天气重点行业绩效分级的申报材料。",
)
@click.version_option(__version__, message="duibiao %(version)s", help="显示版本")
@click.pass_context
def app(context: click.Context) -> None:
    """Show the help where no command is given."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help(), err=True)
        context.exit(Exit.USAGE)


@app.command(help=f"审查申报材料，给出结论、审查意见和分级阶梯。\n\n{EXIT_CODES}")
@click.argument(
    "paths",
    type=Path,
    nargs=-1,
    required=True,
    metavar="文件或文件夹…",
    help="Word、PDF、.doc、.wps、.rtf、.odt 文件或 zip、7z、rar 压缩包；"
    "也可以是文件夹（审查其中及下级文件夹中的这些文件，PDF 除外）",
)
@click.option(
    "--format",
    "face",
    type=OneOf(Face),
    default=Face.TEXT,
    metavar="|".join(Face),
    help="报告格式：text 屏幕文字（不写时用它）、json 供程序读取、html 网页、sarif 和 junit 供代码平台和持续集成读取、"
    "xlsx 表格、review 审核意见表（Word）、notice 整改通知（Word）",
)
@click.option(
    "--out",
    type=Path,
    metavar="路径",
    help="报告写到哪里：审查一个文件时是文件，审查多个文件时是文件夹",
)
@on_day("按哪一天的规定审查，如 2022-10-01；不写时用申报日期")
@of_industry
@as_grade
@click.option(
    "--paginate", is_flag=True, help="用 LibreOffice 排版 Word 文件，得出准确页码（较慢）"
)
@click.option(
    "--no-photos",
    is_flag=True,
    help="不看照片的画面（快一倍以上）；照片是否重复、改动、模糊就没有检查",
)
@click.option(
    "--waivers",
    type=Path,
    metavar="文件",
    help="豁免文件（TOML）；材料旁边的 豁免.toml 不用写也会读取。豁免了的意见照样列出，结论最好是需人工核实",
)
@click.option(
    "--compare",
    type=Path,
    metavar="文件",
    help="与上次申报比较：上次的申报材料，或上次的 JSON 报告；列出已改正、仍存在、新出现的意见",
)
@click.option(
    "--server",
    default="",
    metavar="地址",
    help="交给这个地址的服务审查，如 https://duibiao.example；接口令牌由环境变量 DUIBIAO_TOKEN 给出",
)
def check(
    paths: tuple[Path, ...],
    face: Face,
    out: Path | None,
    day: date | None,
    industry: str,
    grade: str,
    paginate: bool,
    no_photos: bool,
    waivers: Path | None,
    compare: Path | None,
    server: str,
) -> None:
    """Check packages."""
    from duibiao.cli.check import Order, carry_out

    order = Order(
        paths,
        face,
        out,
        day,
        industry,
        grade,
        paginate,
        photos=not no_photos,
        waivers=waivers,
        compare=compare,
    )
    if server:
        from duibiao.cli import remote

        finish(lambda: remote.carry_out(order, server))
    finish(lambda: carry_out(order))


@app.command(
    help="审查一份材料，把每条意见作为批注写在它所指的段落、单元格或表格行上，另存为一个文件；原文件不改动。"
    f"\n\n{EXIT_CODES}"
)
@click.argument(
    "file",
    type=Path,
    metavar="文件",
    help="Word、PDF、.doc、.wps、.rtf、.odt 文件，或装有申报材料的 zip、7z、rar 压缩包",
)
@click.option(
    "--out",
    type=Path,
    metavar="路径",
    help="批注件写到哪里；不写时写在材料旁边，名称是 原名（批注）",
)
@on_day("按哪一天的规定审查；不写时用申报日期")
@of_industry
@as_grade
@click.option("--waivers", type=Path, metavar="文件", help="豁免文件（TOML），用法同 check")
def annotate(
    file: Path, out: Path | None, day: date | None, industry: str, grade: str, waivers: Path | None
) -> None:
    """Write the annotated copy of a package."""
    from duibiao.cli.annotate import Order, carry_out

    finish(lambda: carry_out(Order(file, out, day, industry, grade, waivers)))


@app.command(help="新建项目文件夹：要填写的 申报数据.xlsx，和放照片、证明文件的 证据 文件夹。")
@click.argument("name", type=Path, metavar="名称", help="企业简称，也是文件夹名")
@click.option(
    "--industry",
    default="",
    metavar="行业",
    help="行业名称，或插件名（见 duibiao plugins）；新建时必须写",
)
@click.option(
    "--grade",
    default="",
    metavar="等级",
    help="拟申报的等级，如 B；写了就把该等级的指标要求填进对标总表",
)
def new(name: Path, industry: str, grade: str) -> None:
    """Make a project folder."""
    from duibiao.cli.new import Order, carry_out

    finish(lambda: carry_out(Order(name, industry, grade)))


@app.command(
    help="把项目文件夹编成申报材料、一厂一策实施方案和审核意见表，写到其中的 成果 文件夹。\n\n"
    "有不符合之处时不编制，列出意见。退出码：0 已编制；1 有不符合之处（没有编制，或编成草稿）；"
    "2 命令有误或文件读不了；3 程序出错。"
)
@click.argument("project", type=Path, metavar="项目文件夹", help="duibiao new 建立的文件夹")
@click.option("--force", is_flag=True, help="有不符合之处也编制，每页带“草稿”水印，附检查报告")
@click.option(
    "--template",
    type=Path,
    metavar="文件夹",
    help="自己的 Word 模板（dossier.docx、plan.docx、review.docx，有几个用几个）",
)
@on_day("按哪一天的规定检查和编制；不写时用申报日期")
def build(project: Path, force: bool, template: Path | None, day: date | None) -> None:
    """Build the package of a project."""
    from duibiao.cli.build import Order, carry_out

    finish(lambda: carry_out(Order(project, force, template, day)))


@app.command(
    help="按分级阶梯评级，列出达到目标等级最少要改变什么、还有什么须由人核定。\n\n"
    "退出码：0 按核实过的依据达到目标；1 达不到或不能确定；2 命令有误或文件读不了；3 程序出错。"
)
@one_package
@click.option("--target", default="", metavar="等级", help="目标等级，如 A；不写时用申报的等级")
@on_day("按哪一天的规定评级；不写时用申报日期")
@of_industry
@text_or_json
def grade(package: Path, target: str, day: date | None, industry: str, form: Form) -> None:
    """Rate a package, and tell what a grade still needs."""
    from duibiao.cli.grade import Order, carry_out

    finish(lambda: carry_out(Order(package, target, day, industry, form)))


@app.command(
    help="比较同一份材料按两天（或两个指标版本）的规定审查，有什么变化。\n\n"
    "退出码：0 没有变化；1 有变化；2 命令有误或文件读不了；3 程序出错。"
)
@click.argument(
    "first",
    metavar="甲",
    help="日期（年-月-日）或指标版本的编号，如 340；写错时会列出可用的编号",
)
@click.argument("second", metavar="乙", help="另一个日期或指标版本")
@one_package
@of_industry
@text_or_json
def diff_editions(first: str, second: str, package: Path, industry: str, form: Form) -> None:
    """Compare what two editions make of a package."""
    from duibiao.cli.diff_editions import Order, carry_out

    finish(lambda: carry_out(Order(first, second, package, industry, form)))


@app.command(
    help="审查一个文件夹中的全部材料，汇总成绩效分级申报清单、提升企业清单和提升目标表（Excel）。"
    f"\n\n{EXIT_CODES}"
)
@click.argument("folder", type=Path, metavar="文件夹", help="放申报材料的文件夹，下级文件夹也算")
@click.option(
    "--out", type=Path, metavar="文件夹", help="清单写到哪个文件夹；不写时写在材料文件夹里"
)
@on_day("按哪一天的规定审查，也填作清单日期；不写时按各份材料的申报日期")
@click.option(
    "--city",
    default="",
    metavar="市",
    help="只列这个省辖市的企业，如 三门峡市；不写时全部列入",
)
def lists(folder: Path, out: Path | None, day: date | None, city: str) -> None:
    """Make the lists over many packages."""
    from duibiao.cli.lists import Order, carry_out

    finish(lambda: carry_out(Order(folder, out, day, city)))


@app.command(help="列出全部规则；写上规则编号则显示那条规则的说明和条款。")
@click.argument("code", default="", metavar="[编号]", help="规则编号，如 DB-101")
@click.option("--out", type=Path, metavar="文件夹", help="把全部规则写成网页，每条一页")
def rules(code: str, out: Path | None) -> None:
    """Show the catalogue of rules, or one rule's page."""
    from duibiao.cli.rules import show

    finish(lambda: show(code, out))


@app.command(help="列出在用和停用的行业插件；写上插件名则显示其中还缺什么。")
@click.argument("name", default="", metavar="[插件]", help="插件名")
def plugins(name: str) -> None:
    """Show the plugins in use and those left out, or one plugin's holes."""
    from duibiao.cli.plugins import show

    finish(lambda: show(name))


for _command in (*server_app.COMMANDS, *batch_app.COMMANDS, guide, server_app.audit):
    app.add_command(_command)
