"""The pool: packages go to child processes, results come back as they are ready."""

from __future__ import annotations

import gc
import multiprocessing
import os
import queue
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pebble import ProcessExpired, ProcessPool

from duibiao.batch.sources import Item, at_hand, key_of
from duibiao.model.errors import IntakeError, reason
from duibiao.service import Service
from duibiao.work.judging import (
    Asked,
    Judged,
    UnwritableError,
    died,
    failed,
    judge,
    too_slow,
)
from duibiao.work.limits import Limits

AHEAD = 3
"""Packages in hand per process: one that it works on, the others so that it never waits."""
TASKS = 2000
"""Packages after which a process makes room for a fresh one."""
GARBAGE = 50_000
"""Objects after which a process looks for cyclic garbage: a small package makes fewer at a time, and hardly any garbage."""

_service: Service | None = None


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


def not_read(item: Item, error: OSError | IntakeError) -> Came:
    """Return what comes of a package that cannot be fetched."""
    why = reason(error) if isinstance(error, OSError) else error
    return Came(item, "", Judged(problem=f"{item.name} 读不到：{why}"), 0.0)


def judged(
    items: Iterable[Item],
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
        initializer=_prepare,
        initargs=(limits.memory,),
        context=multiprocessing.get_context("spawn"),
    )
    coming = iter(items)
    in_hand = 0

    def hand_out(item: Item) -> Came | bool:
        stack = ExitStack()
        try:
            path = stack.enter_context(at_hand(item))
            digest = key_of(path)
        except (OSError, IntakeError) as error:
            stack.close()
            return not_read(item, error)
        if not wanted(item, digest):
            stack.close()
            return False
        begun(item)
        start = time.monotonic()
        future = pool.schedule(_judge, args=(str(path), asked, place(item)), timeout=limits.seconds)
        future.add_done_callback(lambda future: ready.put((item, digest, stack, start, future)))
        return True

    try:
        exhausted = False
        while not exhausted or in_hand:
            while not exhausted and in_hand < count * AHEAD:
                item = next(coming, None)
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


def _prepare(memory: int) -> None:
    """Load the law in a new process, and set its limits."""
    global _service  # noqa: PLW0603 - one a process
    os.nice(5)
    _service = Service().ready()
    gc.freeze()  # the law stays
    gc.set_threshold(GARBAGE)
    if memory:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _judge(path: str, asked: Asked, out: str) -> Judged:
    assert _service is not None, "_prepare() was not called"
    return judge(_service, Path(path), asked, Path(out) if out else None)


def _result(item: Item, future: Future[Judged], limits: Limits) -> Judged:
    file = PurePosixPath(item.name).name
    try:
        return future.result()
    except FutureTimeoutError:
        return Judged(problem=too_slow(file, limits.seconds))
    except ProcessExpired:
        return Judged(problem=died(file))
    except UnwritableError:
        raise
    except Exception as error:  # noqa: BLE001 - one package's crash is no other's
        return Judged(problem=failed(file, error))
