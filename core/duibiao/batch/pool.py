"""The pool: packages go to child processes, results come back as they are ready."""

from __future__ import annotations

import multiprocessing
import queue
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from pebble import ProcessExpired, ProcessPool

from duibiao.batch.judging import Asked, Judged, UnwritableError, judge, prepare
from duibiao.batch.sources import Item, at_hand, key_of
from duibiao.model.errors import IntakeError

AHEAD = 3
"""Packages in hand per process: one that it works on, the others so that it never waits."""
TASKS = 2000
"""Packages after which a process makes room for a fresh one."""


@dataclass(frozen=True, slots=True)
class Limits:
    """上限 of one package.

    Attributes:
        seconds: Time.
        memory: Address space in bytes; 0 for no limit.
    """

    seconds: int = 60
    memory: int = 4 << 30

    @property
    def words(self) -> str:
        """The limits, for comparing with an earlier run."""
        return f"{self.seconds} {self.memory}"


@dataclass(frozen=True, slots=True)
class Came:
    """回来的一份.

    Attributes:
        item: The package.
        digest: Its key (`key_of`); "" where it could not be fetched.
        judged: What came of it.
        seconds: How long it was in hand.
    """

    item: Item
    digest: str
    judged: Judged
    seconds: float


def judged(
    items: Iterator[Item],
    asked: Asked,
    place: Callable[[Item], str],
    count: int,
    limits: Limits,
    wanted: Callable[[Item, str], bool],
    begun: Callable[[Item], None],
) -> Iterator[Came]:
    """Judge packages in child processes, and give them in the order in which they are ready.

    Args:
        items: The packages.
        asked: What is asked.
        place: Where the page of a package goes; "" for nowhere.
        count: Processes.
        limits: Limits of each package.
        wanted: Whether a package with this key (`key_of`) is to be judged at all.
        begun: Is told of every package that is handed out.

    Raises:
        UnwritableError: If a page cannot be written.
    """
    ready: queue.SimpleQueue[tuple[Item, str, ExitStack, float, Future[Judged]]] = (
        queue.SimpleQueue()
    )
    pool = ProcessPool(
        max_workers=count,
        max_tasks=TASKS,
        initializer=prepare,
        initargs=(limits.memory,),
        context=multiprocessing.get_context("spawn"),
    )
    in_hand = 0

    def hand_out(item: Item) -> Came | bool:
        stack = ExitStack()
        try:
            path = stack.enter_context(at_hand(item))
            digest = key_of(path)
        except (OSError, IntakeError) as error:
            stack.close()
            return Came(item, "", Judged(problem=f"{item.name} 读不到：{error}"), 0.0)
        if not wanted(item, digest):
            stack.close()
            return False
        begun(item)
        start = time.monotonic()
        future = pool.schedule(
            judge, args=(str(path), item.name, asked, place(item)), timeout=limits.seconds
        )
        future.add_done_callback(lambda future: ready.put((item, digest, stack, start, future)))
        return True

    try:
        exhausted = False
        while not exhausted or in_hand:
            while not exhausted and in_hand < count * AHEAD:
                item = next(items, None)
                if item is None:
                    exhausted = True
                    break
                handed = hand_out(item)
                if isinstance(handed, Came):
                    yield handed
                elif handed:
                    in_hand += 1
            if in_hand:
                item, digest, stack, start, future = ready.get()
                in_hand -= 1
                stack.close()
                yield Came(item, digest, _result(item, future, limits), time.monotonic() - start)
    finally:
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


def _result(item: Item, future: Future[Judged], limits: Limits) -> Judged:
    name = Path(item.name).name
    try:
        return future.result()
    except FutureTimeoutError:
        return Judged(
            problem=f"{name} 审查超过 {limits.seconds} 秒，已停止；请检查文件是否损坏或过大"
        )
    except ProcessExpired:
        return Judged(problem=f"{name} 使审查进程意外结束；文件可能损坏，请用 Word 另存后再审查")
    except UnwritableError:
        raise
    except Exception as error:  # noqa: BLE001 - one package's crash is no other's
        said = " ".join(f"{type(error).__name__}: {error}".split())
        return Judged(problem=f"审查 {name} 时程序出错（{said}）；请把这一行报告给维护者")
