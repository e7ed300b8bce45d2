"""The commands of the service: serve, worker, backup, restore, audit."""

from __future__ import annotations

from pathlib import Path

import click

from duibiao.cli.ending import finish
from duibiao.cli.help import ChineseCommand, ChineseGroup

ENVIRONMENT = "其余设置由 DUIBIAO_ 开头的环境变量给出，见 README“运行服务”。"


@click.command(cls=ChineseCommand, help=f"启动网页和接口服务。\n\n{ENVIRONMENT}")
@click.option("--host", default="127.0.0.1", metavar="地址", help="在哪个地址上提供服务")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, metavar="端口", help="端口")
def serve(host: str, port: int) -> None:
    """Serve pages and API."""

    def run() -> int:
        from duibiao.cli.server import serve as carry_out
        from duibiao.web.settings import from_environment

        return carry_out(from_environment(), host, port)

    finish(run)


@click.command(
    cls=ChineseCommand, help=f"启动一个工作进程，与服务分担审查和编制。\n\n{ENVIRONMENT}"
)
def worker() -> None:
    """Take jobs from the queue."""

    def run() -> int:
        from duibiao.cli.server import work
        from duibiao.web.settings import from_environment

        return work(from_environment())

    finish(run)


@click.command(
    cls=ChineseCommand,
    help=f"把服务的数据库和全部文件备份成一个 tar 文件；服务不用停。\n\n{ENVIRONMENT}",
)
@click.argument("out", type=Path, metavar="文件", help="写到哪里，如 备份.tar")
def backup(out: Path) -> None:
    """Write a backup."""

    def run() -> int:
        from duibiao.cli.server import save
        from duibiao.web.settings import from_environment

        return save(from_environment(), out)

    finish(run)


@click.command(
    cls=ChineseCommand,
    help=f"从备份恢复到一个空的数据库（SQLite 或 PostgreSQL 都可以）。\n\n{ENVIRONMENT}",
)
@click.argument("source", type=Path, metavar="备份", help="备份文件")
def restore(source: Path) -> None:
    """Restore a backup."""

    def run() -> int:
        from duibiao.cli.server import restore as carry_out
        from duibiao.web.settings import from_environment

        return carry_out(from_environment(), source)

    finish(run)


@click.group(cls=ChineseGroup, no_args_is_help=False, help="服务的审计记录。")
def audit() -> None:
    """Hold the commands."""


@audit.command(
    help="核对审计记录的哈希链，找出改动、缺失的地方。\n\n退出码：0 完整；1 有问题；2 命令有误。"
)
def verify() -> None:
    """Verify the audit log."""

    def run() -> int:
        from duibiao.cli.server import verify_audit
        from duibiao.web.settings import from_environment

        return verify_audit(from_environment())

    finish(run)


COMMANDS = (serve, worker, backup, restore)
"""All but `audit`, which is a group."""
