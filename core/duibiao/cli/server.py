"""`duibiao serve` and `duibiao worker`: what they do."""

from __future__ import annotations

import logging
import signal
import socket
import sys
import threading
from types import FrameType

from duibiao.cli.guard import Exit, say
from duibiao.model.errors import UsageError
from duibiao.web.settings import Settings


def serve(settings: Settings, host: str, port: int) -> int:
    """Serve until the process is told to stop.

    Raises:
        UsageError: If the port is taken, or database or file store cannot be opened.
    """
    import uvicorn

    from duibiao.office.first import LOGIN, first_administrator
    from duibiao.web.app import make_app
    from duibiao.web.running import running

    with running(settings, jobs=settings.jobs) as shop:
        listening = _listen(host, port)
        if password := first_administrator(shop.office):
            say(
                f"第一次启动：已建立系统管理员 {LOGIN}，初始密码 {password}（只显示这一次，登录后须修改）"
            )
        say(f"对标已启动：http://{host}:{listening.getsockname()[1]}/（按 Ctrl+C 停止）")
        uvicorn.Server(
            uvicorn.Config(
                make_app(shop, settings),
                log_level="warning",
                access_log=False,
                server_header=False,
                proxy_headers=bool(settings.proxies),
                forwarded_allow_ips=settings.proxies or None,
                timeout_graceful_shutdown=30,
            )
        ).run(sockets=[listening])
    return Exit.CLEAN


def _listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port))
    except OSError as error:
        raise UsageError(
            f"不能在 {host}:{port} 上提供服务：{error.strerror}；请换一个 --port"
        ) from None


def work(settings: Settings) -> int:
    """Take jobs from the queue until the process is told to stop.

    Raises:
        UsageError: If database or file store cannot be opened, or there is nothing to share with a server.
    """
    from duibiao.web.running import running

    logging.basicConfig(stream=sys.stderr, level=logging.WARNING)
    stopping = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopping.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    with running(settings, jobs=max(settings.jobs, 1)):
        say(f"工作进程已启动，同时处理 {max(settings.jobs, 1)} 份（按 Ctrl+C 停止）")
        stopping.wait()
        say("正在停止：做完手上的，其余留给别的工作进程")
    return Exit.CLEAN
