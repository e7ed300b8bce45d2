"""The commands of the service: what they do."""

from __future__ import annotations

import contextlib
import logging
import signal
import socket
import sys
import threading
from pathlib import Path
from types import FrameType

import click

from duibiao.cli.guard import Exit, say
from duibiao.model.errors import UsageError, reason
from duibiao.web.settings import Settings


def serve(settings: Settings, host: str, port: int) -> int:
    """Serve until the process is told to stop.

    Raises:
        UsageError: If the port is taken, or database or file store cannot be opened.
    """
    import uvicorn

    _log_lines()
    from duibiao.office.first import LOGIN, first_administrator
    from duibiao.web.app import make_app
    from duibiao.web.running import running

    for number in _STOPS:
        signal.signal(number, _stop)
    with contextlib.suppress(_StoppedError), running(settings, jobs=settings.jobs) as shop:
        listening = _listen(host, port)
        if password := first_administrator(shop.office):
            say(
                f"第一次启动：已建立系统管理员 {LOGIN}，初始密码 {password}（只显示这一次，登录后须修改）"
            )
        server = uvicorn.Server(
            uvicorn.Config(
                make_app(shop, settings),
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=bool(settings.proxies),
                forwarded_allow_ips=settings.proxies or None,
                timeout_graceful_shutdown=30,
            )
        )
        try:
            say(f"对标已启动：http://{host}:{listening.getsockname()[1]}/（按 Ctrl+C 停止）")
            server.run(sockets=[listening])
        finally:
            say("正在停止：做完手上的审查，没有做完的下次启动时接着做")
    return Exit.CLEAN


class _StoppedError(BaseException):
    """The process was told to stop; nothing but `serve` catches it."""


def _stop(_signal: int, _frame: FrameType | None) -> None:
    """Stop: uvicorn answers what is under way before it lets the signal through to here."""
    raise _StoppedError


_STOPS = (signal.SIGTERM, signal.SIGINT)
"""Signals that end a server or a worker in an orderly way."""


def _log_lines() -> None:
    """Log one JSON object a line on standard error."""
    from pythonjsonlogger.json import JsonFormatter

    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        JsonFormatter(
            "%(levelname)s %(name)s %(message)s",
            timestamp=True,
            rename_fields={"levelname": "level"},
            json_ensure_ascii=False,
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.WARNING)
    logging.getLogger("duibiao").setLevel(logging.INFO)


def _listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port))
    except OSError as error:
        raise UsageError(
            f"不能在 {host}:{port} 上提供服务：{reason(error)}；请换一个 --port"
        ) from None


def work(settings: Settings) -> int:
    """Take jobs from the queue until the process is told to stop.

    Raises:
        UsageError: If database or file store cannot be opened, or there is nothing to share with a server.
    """
    from duibiao.web.running import running

    _log_lines()
    stopping = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopping.set()

    for number in _STOPS:
        signal.signal(number, stop)
    with running(settings, jobs=max(settings.jobs, 1)):
        say(f"工作进程已启动，同时处理 {max(settings.jobs, 1)} 份（按 Ctrl+C 停止）")
        stopping.wait()
        say("正在停止：做完手上的，其余留给别的工作进程")
    return Exit.CLEAN


def verify_audit(settings: Settings) -> int:
    """Follow the hash chain of the audit log, and say where it breaks.

    Raises:
        UsageError: If the database cannot be opened.
    """
    from duibiao.storage.audit import verify
    from duibiao.storage.database import Database

    database = Database(settings.database_url)
    database.migrate()
    with database.reading() as session:
        good, broken = verify(session)
    database.close()
    if broken is None:
        click.echo(f"审计记录完整：{good} 条，首尾相连，没有改动")
        return Exit.CLEAN
    say(
        f"审计记录有问题：第 {broken.number} 条{broken.why}；此前 {good} 条完整。请保留现场并查明原因"
    )
    return Exit.FINDINGS


def save(settings: Settings, out: Path) -> int:
    """Write a backup.

    Raises:
        BackupError: If it cannot be written.
        UsageError: If database or file store cannot be opened.
    """
    from duibiao.storage import backup
    from duibiao.web.running import opened

    with opened(settings) as office:
        counts = backup.save(office.database, office.blobs, out)
    click.echo(f"已备份到 {out}：{_said(counts)}")
    return Exit.CLEAN


def restore(settings: Settings, source: Path) -> int:
    """Restore a backup into an empty database, and put unfinished jobs on the queue again.

    Raises:
        BackupError: If it is damaged, or the database is not empty.
        UsageError: If database or file store cannot be opened.
    """
    from duibiao.office.restoring import requeue
    from duibiao.storage import backup
    from duibiao.web.running import opened

    with opened(settings) as office:
        counts = backup.restore(office.database, office.blobs, source)
        again = requeue(office)
    click.echo(f"已从 {source} 恢复：{_said(counts)}；{again} 项没有做完的任务重新排队")
    return Exit.CLEAN


def _said(counts: dict[str, int]) -> str:
    return f"申报 {counts['package']} 份、送审稿 {counts['submission']} 份、用户 {counts['user']} 个、审计记录 {counts['audit']} 条、文件 {counts['files']} 个"
