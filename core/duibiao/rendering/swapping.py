"""One folder takes the place of another at once, and only one process at a time may try."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from duibiao.model.errors import BuildError

_HERE = -100
_EXCHANGE = 2
_CANNOT = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP})
_TRIES = 20
_POSIX = os.name == "posix"


def swap(new: Path, target: Path, old: Path) -> None:
    """Put a folder into the place of another.

    Where the system can exchange two names (Linux, macOS), there is no moment without `target`, and `new` then holds
    what was there before. Elsewhere `target` goes to `old` first: who is killed just then leaves `old`, from which
    `recover` restores it.

    Args:
        new: The folder that comes.
        target: The place, which may be free.
        old: Where the other may go meanwhile, on the same file system.

    Raises:
        OSError: The system refuses; `target` is as it was.
    """
    if not target.exists():
        new.rename(target)
    elif not _exchanged(new, target):
        target.rename(old)
        try:
            new.rename(target)
        except OSError:
            old.rename(target)
            raise


def recover(target: Path, old: Path) -> None:
    """Restore what a killed `swap` left in `old`."""
    if old.exists() and not target.exists():
        old.rename(target)


@contextmanager
def alone(lock: Path, busy: Callable[[str], str]) -> Iterator[None]:
    """Hold a lock file, which the system gives back when the process ends, however it ends.

    Args:
        lock: The file; it is made with its folder, and both are gone afterwards where nothing else is in it.
        busy: What the user is told where another process holds it, by its number.

    Raises:
        BuildError: Another process holds it.
        OSError: It cannot be made.
    """
    handle = _held(lock, busy)
    try:
        yield
    finally:
        if _POSIX:  # while it is held: who waits for it then finds that it is another file
            lock.unlink(missing_ok=True)
        os.close(handle)
        with suppress(OSError):  # another process may be there by now
            if not _POSIX:  # Windows does not remove what is open
                lock.unlink(missing_ok=True)
            lock.parent.rmdir()


def _held(lock: Path, busy: Callable[[str], str]) -> int:
    for _ in range(_TRIES):
        try:
            lock.parent.mkdir(exist_ok=True)
            handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o644)
        except FileNotFoundError:  # its last holder has just removed the folder
            continue
        try:
            _take(handle)
            if not _POSIX or _same(handle, lock):
                os.ftruncate(handle, 0)
                os.write(handle, str(os.getpid()).encode())
                return handle
        except OSError as error:
            os.close(handle)
            if error.errno not in (errno.EAGAIN, errno.EACCES, errno.EDEADLK):
                raise
            raise BuildError(busy(_holder(lock))) from error
        os.close(handle)
    raise BuildError(busy("未知"))


def _same(handle: int, lock: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), lock.stat())
    except FileNotFoundError:
        return False


def _holder(lock: Path) -> str:
    try:
        return lock.read_text(encoding="ascii") or "未知"
    except (OSError, ValueError):
        return "未知"


if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        os.lseek(handle, 1 << 20, os.SEEK_SET)  # beyond the number, so that others can read it
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        os.lseek(handle, 0, os.SEEK_SET)

else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two names at once; return whether the system can."""
    libc: Any = ctypes.CDLL(None, use_errno=True) if _POSIX else None
    first, second = os.fsencode(one), os.fsencode(other)
    if hasattr(libc, "renameat2"):
        failed = libc.renameat2(_HERE, first, _HERE, second, _EXCHANGE)
    elif hasattr(libc, "renamex_np"):
        failed = libc.renamex_np(first, second, _EXCHANGE)
    else:
        return False
    if failed and (number := ctypes.get_errno()) not in _CANNOT:
        raise OSError(number, os.strerror(number), str(other))
    return not failed
