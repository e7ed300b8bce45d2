"""Commands of duibiao in processes of their own, and files to give them."""

import contextlib
import io
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator

from tests.web.world import CLEAN, FAULTY


@contextlib.contextmanager
def process(settings: dict[str, str], *args: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command of duibiao in a process of its own; whatever is left of it is killed at the end."""
    running = subprocess.Popen(
        [sys.executable, "-m", "duibiao", *args],
        env={**os.environ, **settings},
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield running
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
        running.wait()


def wait_for(what, seconds: float = 90):
    """Return what `what` gives as soon as that is something."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := what():
            return found
        time.sleep(0.2)
    raise AssertionError("it did not come about in time")


def package(number: int) -> bytes:
    """Return one of the demo packages, made another file by a remark in the archive."""
    stream = io.BytesIO((CLEAN, FAULTY)[number % 2].read_bytes())
    with zipfile.ZipFile(stream, "a") as archive:
        archive.comment = f"number {number}".encode()
    return stream.getvalue()
