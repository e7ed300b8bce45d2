"""The commands of the service: serve, worker."""

from __future__ import annotations

from typing import Annotated

import typer

from duibiao.cli.ending import finish
from duibiao.cli.help import ChineseCommand

ENVIRONMENT = "其余设置由 DUIBIAO_ 开头的环境变量给出，见 README“运行服务”。"


def add_commands(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command(cls=ChineseCommand, help=f"启动网页和接口服务。\n\n{ENVIRONMENT}")(serve)
    app.command(
        cls=ChineseCommand, help=f"启动一个工作进程，与服务分担审查和编制。\n\n{ENVIRONMENT}"
    )(worker)


def serve(
    host: Annotated[str, typer.Option(metavar="地址", help="在哪个地址上提供服务")] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="端口", help="端口", min=0, max=65535)] = 8000,
) -> None:
    """Serve pages and API."""

    def run() -> int:
        from duibiao.cli.server import serve as carry_out
        from duibiao.web.settings import from_environment

        return carry_out(from_environment(), host, port)

    finish(run)


def worker() -> None:
    """Take jobs from the queue."""

    def run() -> int:
        from duibiao.cli.server import work
        from duibiao.web.settings import from_environment

        return work(from_environment())

    finish(run)
