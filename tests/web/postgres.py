"""A real PostgreSQL server of the tests' own, on a socket in a folder of theirs."""

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ACCOUNT = "postgres"


def programs() -> Path | None:
    """Return the folder of the server's programs, or None where it is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    path = shutil.which("initdb")
    return Path(path).parent if path else None


@contextlib.contextmanager
def postgres(*settings: str) -> Iterator[str]:
    """Start a server and give the URL of an empty database; skips the test where there is no server program.

    Args:
        settings: Of the server, each as ``name=value``.
    """
    bin_ = programs()
    if bin_ is None:
        pytest.skip("没有安装 PostgreSQL（make system 可以安装）")
    with tempfile.TemporaryDirectory(prefix="duibiao-", ignore_cleanup_errors=True) as folder:
        yield from _served(bin_, Path(folder), settings)


def _served(bin_: Path, data: Path, settings: tuple[str, ...]) -> Iterator[str]:
    account: list[str] = []
    if os.geteuid() == 0:  # the server refuses to run as root
        if shutil.which("runuser") is None:
            pytest.skip("以 root 运行时需要 runuser 来启动 PostgreSQL")
        shutil.chown(data, ACCOUNT)
        account = ["runuser", "-u", ACCOUNT, "--"]
    port = _free_port()
    always = ("listen_addresses=127.0.0.1", "fsync=off", "max_connections=100")
    options = " ".join(
        (f"-p {port} -k {data}", *(f"-c {setting}" for setting in (*always, *settings)))
    )

    def run(program: str, *args: str) -> None:
        subprocess.run(
            [*account, str(bin_ / program), *args], check=True, capture_output=True, cwd="/"
        )

    run("initdb", "-D", f"{data}/data", "-A", "trust", "-U", ACCOUNT, "--no-sync", "-E", "UTF8")
    run("pg_ctl", "-D", f"{data}/data", "-w", "-l", f"{data}/log", "-o", options, "start")
    try:
        run("createdb", "-h", "127.0.0.1", "-p", str(port), "-U", ACCOUNT, "duibiao")
        yield f"postgresql://{ACCOUNT}@127.0.0.1:{port}/duibiao"
    finally:
        run("pg_ctl", "-D", f"{data}/data", "-w", "-m", "immediate", "stop")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port
