"""Starts a program that handles bytes from strangers: limits first, then the program in the same process.

Run by path with `python -I -S`, so that it costs little and imports nothing of ours:
launcher.py MEMORY FILE_SIZE CPU_SECONDS PROGRAM ARGUMENT…
"""

import ctypes
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

_NEW_USER = 0x10000000
_NEW_NETWORK = 0x40000000
_DIE_WITH_PARENT = 1


def limit(memory: int, file_size: int, seconds: int) -> None:
    """Limit memory, size of any file written and processor time, where the system can."""
    try:
        import resource
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, file_size),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


def leave_the_network() -> None:
    """Move to a network that holds nothing, where the system lets us; and die when the caller does."""
    if not sys.platform.startswith("linux"):
        return
    libc = ctypes.CDLL(None)
    libc.prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
    user, group = os.getuid(), os.getgid()
    if libc.unshare(_NEW_NETWORK) == 0 or libc.unshare(_NEW_USER | _NEW_NETWORK) != 0:
        return
    with suppress(OSError):
        Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1", encoding="ascii")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="ascii")


if __name__ == "__main__":
    leave_the_network()
    limit(*map(int, sys.argv[1:4]))
    os.execvp(sys.argv[4], sys.argv[4:])  # noqa: S606 - no shell is what is wanted
