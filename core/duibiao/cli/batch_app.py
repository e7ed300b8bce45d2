"""The commands over thousands of packages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from duibiao.cli.ending import finish
from duibiao.cli.help import ChineseCommand


def add_commands(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command(
        cls=ChineseCommand,
        help="批量审查：成千上万份材料，逐份在单独的进程里审查，结果写成 Parquet 表、网页汇总和清单；"
        "中断后再运行一次，只做没有做完的。\n\n"
        "退出码：0 全部通过；1 有审查意见；2 有材料没有结果，或命令有误；3 程序出错。",
    )(batch)
    app.command(
        cls=ChineseCommand,
        help="规则变更影响：同一批材料按两天（或两个指标版本、两次批量审查的结果）审查，结论、等级、意见有什么变化，"
        "写成网页和 Parquet 表。\n\n退出码：0 没有变化；1 有变化；2 命令有误；3 程序出错。",
    )(impact)
    app.command(
        cls=ChineseCommand,
        help="合成材料：随意多份虚构企业的 Word 材料（各行业、各种写法，一部分带有已知的缺陷），用于试验、压力测试和编写插件；"
        "每份有哪些缺陷、应由哪些规则查出，写在 truth.jsonl；中断后再运行一次，接着做。\n\n"
        "退出码：0 已写出；2 命令有误或写不出；3 程序出错。",
    )(synth)


def batch(
    source: Annotated[
        str,
        typer.Argument(
            metavar="来源",
            help="文件夹、每行一个路径的 .txt 清单、装着许多份材料的 zip，或 s3://桶/前缀",
            show_default=False,
        ),
    ],
    out: Annotated[Path, typer.Option(metavar="文件夹", help="结果写到哪里", show_default=False)],
    as_of: Annotated[
        str, typer.Option(metavar="年-月-日", help="按哪一天的规定审查；不写时用各份的申请日期")
    ] = "",
    workers: Annotated[
        int, typer.Option(metavar="个数", help="同时审查几份；0 为与处理器核数相同", min=0, max=512)
    ] = 0,
    seconds: Annotated[int, typer.Option(metavar="秒", help="一份最多用多久", min=1)] = 60,
    memory: Annotated[
        int, typer.Option(metavar="MB", help="一份最多用多少内存；0 为不限", min=0)
    ] = 4096,
    cluster: Annotated[
        str,
        typer.Option(
            metavar="数据库",
            help="由连着这个数据库（postgresql://…）的各台机器的 duibiao worker 审查；"
            "文件经 DUIBIAO_FILES 所指的文件库传送",
        ),
    ] = "",
    progress: Annotated[
        str,
        typer.Option(
            metavar="bar|json|quiet", help="进度：bar 进度条、json 每秒一行 JSON、quiet 不显示"
        ),
    ] = "bar",
    no_photos: Annotated[
        bool, typer.Option("--no-photos", help="不看照片（快得多），看照片的规则列为未能判断")
    ] = False,
    no_reports: Annotated[
        bool, typer.Option("--no-reports", help="不写每份自己的网页报告")
    ] = False,
    recheck_changed_rules: Annotated[
        bool,
        typer.Option(
            "--recheck-changed-rules",
            help="规定或插件有变化时，只重新审查受影响的行业；不写时全部重新审查",
        ),
    ] = False,
) -> None:
    """Check a batch."""

    def run() -> int:
        from duibiao.cli.batch import Order, carry_out

        return carry_out(
            Order(
                source, out, as_of, workers, seconds, memory, _one_of(progress), not no_photos,
                not no_reports, recheck_changed_rules, cluster,
            )
        )  # fmt: skip

    finish(run)


def impact(
    before: Annotated[
        str,
        typer.Argument(
            metavar="甲",
            help="日期（年-月-日）、指标版本的编号，或 duibiao batch 的结果文件夹（比较插件版本时用）",
            show_default=False,
        ),
    ],
    after: Annotated[
        str, typer.Argument(metavar="乙", help="另一个日期、版本或结果文件夹", show_default=False)
    ],
    over: Annotated[
        str,
        typer.Option(metavar="来源", help="材料在哪里，写法同 batch；两边都是结果文件夹时不用写"),
    ] = "",
    out: Annotated[Path, typer.Option(metavar="文件夹", help="写到哪里")] = Path("影响"),
    workers: Annotated[
        int, typer.Option(metavar="个数", help="同时审查几份；0 为与处理器核数相同", min=0, max=512)
    ] = 0,
    progress: Annotated[
        str, typer.Option(metavar="bar|json|quiet", help="进度，写法同 batch")
    ] = "bar",
) -> None:
    """Tell what a change does to a batch."""

    def run() -> int:
        from duibiao.cli.impact import Order, carry_out

        return carry_out(Order(before, after, over, out, workers, _one_of(progress)))

    finish(run)


def synth(
    count: Annotated[int, typer.Argument(metavar="份数", help="合成多少份", show_default=False)],
    out: Annotated[Path, typer.Option(metavar="文件夹", help="写到哪里", show_default=False)],
    seed: Annotated[int, typer.Option(metavar="整数", help="种子；种子相同，文件逐字节相同")] = 0,
    industry: Annotated[
        list[str] | None,
        typer.Option(metavar="示例", help="只要这个示例的行业，可写多次；不写时各行业轮流"),
    ] = None,
    clean: Annotated[float, typer.Option(metavar="份额", help="没有缺陷的份额，0 至 1")] = 0.5,
    defects: Annotated[
        int, typer.Option(metavar="个数", help="其余每份有几个缺陷（放不下时少于此数）")
    ] = 1,
    hostile: Annotated[
        int,
        typer.Option(metavar="个数", help="另加几个有害文件：截断、压缩炸弹、乱码、图片改名"),
    ] = 0,
) -> None:
    """Write invented packages."""

    def run() -> int:
        from duibiao.cli.synth import Order, carry_out

        return carry_out(Order(count, out, seed, tuple(industry or ()), clean, defects, hostile))

    finish(run)


def _one_of(progress: str) -> str:
    from duibiao.model.errors import UsageError

    if progress not in ("bar", "json", "quiet"):
        raise UsageError(f"--progress 应为 bar、json 或 quiet，现在是“{progress}”")
    return progress
