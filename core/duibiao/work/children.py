"""Child processes: each piece of work on an uploaded file runs in one, with limits of time and memory."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import TimeoutError as FutureTimeoutError
from pathlib import Path

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from duibiao.model.errors import DuibiaoError
from duibiao.work import child
from duibiao.work.limits import Limits

TASKS = 200
"""Pieces of work after which a child makes room for a fresh one."""
POLL = 0.2


class FailedError(DuibiaoError):
    """A piece of work ended without result: refused, out of time, out of memory, or its process died."""


class OutOfTimeError(FailedError):
    """It took longer than it may."""


class DiedError(FailedError):
    """Its process ended."""


class Children:
    """子进程: a pool that outlives whatever happens in it."""

    def __init__(self, count: int, limits: Limits) -> None:
        """Start the pool; its processes begin with the first work.

        Args:
            count: How many at once.
            limits: Limits of each piece of work.
        """
        self.limits = limits
        self._pool = ProcessPool(
            max_workers=count,
            max_tasks=TASKS,
            initializer=child.prepare,
            initargs=(limits.memory,),
            context=multiprocessing.get_context("spawn"),
        )

    def run(
        self,
        function: Callable[..., bool],
        folder: Path,
        *args: str,
        watch: Callable[[str], None] | None = None,
        seconds: int = 0,
    ) -> None:
        """Run a function of `duibiao.work.child` over a folder.

        Args:
            function: The function.
            folder: The folder.
            args: Further arguments.
            watch: Is told the stage, now and then.
            seconds: Limit of time, where it is not that of `limits`.

        Raises:
            FailedError: If there is no result; the message is for users.
        """
        seconds = seconds or self.limits.seconds
        future = self._pool.schedule(function, args=(str(folder), *args), timeout=seconds)
        if not self._await(future, folder, watch, seconds):
            raise FailedError(_read(folder / child.REFUSED) or "没有结果")

    def _await(
        self,
        future: ProcessFuture[bool],
        folder: Path,
        watch: Callable[[str], None] | None,
        seconds: int,
    ) -> bool:
        stage = ""
        while True:
            try:
                return future.result(timeout=POLL)
            except FutureTimeoutError:
                if future.done():
                    raise OutOfTimeError(
                        f"处理超过 {seconds} 秒，已停止；请检查文件是否损坏或过大"
                    ) from None
            except ProcessExpired as error:
                raise DiedError(
                    f"读取文件的进程意外结束（{error.exitcode}）；文件可能损坏，请用 Word 另存后再上传"
                ) from None
            now = _read(folder / child.STAGE)
            if watch and now != stage:
                stage = now
                watch(stage)

    def close(self) -> None:
        """Stop every child at once; what they did is done again by whoever takes over."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()


@contextlib.contextmanager
def workplace() -> Iterator[Path]:
    """Give a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="duibiao-", ignore_cleanup_errors=True) as folder:
        os.chmod(folder, 0o700)  # noqa: PTH101
        yield Path(folder)


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        return ""
