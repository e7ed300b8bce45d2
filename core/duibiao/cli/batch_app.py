"""The commands over thousands of packages."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from duibiao.cli.ending import finish
from duibiao.cli.help import ChineseCommand
from duibiao.cli.options import on_day, with_progress, with_workers


@click.command(
    cls=ChineseCommand,
    help="批量审查：成千上万份材料，逐份在单独的进程里审查，结果写成 Parquet 表、网页汇总和清单；"
    "中断后再运行一次，只做没有做完的。\n\n"
    "退出码：0 全部通过；1 有审查意见；2 有材料没有结果，或命令有误；3 程序出错。",
)
@click.argument(
    "source",
    metavar="来源",
    help="文件夹、每行一个路径的 .txt 清单、装着许多份材料的 zip，或 s3://桶/前缀",
)
@click.option("--out", type=Path, required=True, metavar="文件夹", help="结果写到哪里")
@on_day("按哪一天的规定审查；不写时用各份的申报日期")
@with_workers
@click.option("--seconds", type=click.IntRange(1), default=60, metavar="秒", help="一份最多用多久")
@click.option(
    "--memory",
    type=click.IntRange(0),
    default=4096,
    metavar="MB",
    help="一份最多用多少内存；0 为不限",
)
@click.option(
    "--cluster",
    default="",
    metavar="数据库",
    help="由连着这个数据库（postgresql://…）的各台机器的 duibiao worker 审查；"
    "文件经 DUIBIAO_FILES 所指的文件库传送",
)
@with_progress
@click.option("--no-photos", is_flag=True, help="不看照片（快得多），看照片的规则列为未能判断")
@click.option("--no-reports", is_flag=True, help="不写每份自己的网页报告")
@click.option(
    "--recheck-changed-rules",
    is_flag=True,
    help="规定或插件有变化时，只重新审查受影响的行业；不写时全部重新审查",
)
def batch(
    source: str,
    out: Path,
    day: date | None,
    workers: int,
    seconds: int,
    memory: int,
    cluster: str,
    progress: str,
    no_photos: bool,
    no_reports: bool,
    recheck_changed_rules: bool,
) -> None:
    """Check a batch."""

    def run() -> int:
        from duibiao.cli.batch import Order, carry_out

        return carry_out(
            Order(
                source, out, day, workers, seconds, memory, progress, not no_photos,
                not no_reports, recheck_changed_rules, cluster,
            )
        )  # fmt: skip

    finish(run)


@click.command(
    cls=ChineseCommand,
    help="规则变更影响：同一批材料按两天（或两个指标版本、两次批量审查的结果）审查，结论、等级、意见有什么变化，"
    "写成网页和 Parquet 表。\n\n退出码：0 没有变化；1 有变化；2 命令有误；3 程序出错。",
)
@click.argument(
    "before",
    metavar="甲",
    help="日期（年-月-日）、指标版本的编号，或 duibiao batch 的结果文件夹（比较插件版本时用）",
)
@click.argument("after", metavar="乙", help="另一个日期、版本或结果文件夹")
@click.option(
    "--over",
    default="",
    metavar="来源",
    help="材料在哪里，写法同 batch；两边都是结果文件夹时不用写",
)
@click.option("--out", type=Path, default=Path("影响"), metavar="文件夹", help="写到哪里")
@with_workers
@with_progress
def impact(before: str, after: str, over: str, out: Path, workers: int, progress: str) -> None:
    """Tell what a change does to a batch."""

    def run() -> int:
        from duibiao.cli.impact import Order, carry_out

        return carry_out(Order(before, after, over, out, workers, progress))

    finish(run)


@click.command(
    cls=ChineseCommand,
    help="合成材料：随意多份虚构企业的 Word 材料（各行业、各种写法，一部分带有已知的缺陷），用于试验、压力测试和编写插件；"
    "每份有哪些缺陷、应由哪些规则查出，写在 truth.jsonl；中断后再运行一次，接着做。\n\n"
    "退出码：0 已写出；2 命令有误或写不出；3 程序出错。",
)
@click.argument("count", type=int, metavar="份数", help="合成多少份")
@click.option("--out", type=Path, required=True, metavar="文件夹", help="写到哪里")
@click.option("--seed", type=int, default=0, metavar="整数", help="种子；种子相同，文件逐字节相同")
@click.option(
    "--industry",
    multiple=True,
    metavar="示例",
    help="只要这个示例的行业，可写多次；不写时各行业轮流",
)
@click.option("--clean", type=float, default=0.5, metavar="份额", help="没有缺陷的份额，0 至 1")
@click.option(
    "--defects",
    type=int,
    default=1,
    metavar="个数",
    help="其余每份有几个缺陷（放不下时少于此数）",
)
@click.option(
    "--hostile",
    type=int,
    default=0,
    metavar="个数",
    help="另加几个有害文件：截断、压缩炸弹、乱码、图片改名",
)
def synth(
    count: int,
    out: Path,
    seed: int,
    industry: tuple[str, ...],
    clean: float,
    defects: int,
    hostile: int,
) -> None:
    """Write invented packages."""

    def run() -> int:
        from duibiao.cli.synth import Order, carry_out

        return carry_out(Order(count, out, seed, industry, clean, defects, hostile))

    finish(run)


COMMANDS = (batch, impact, synth)
