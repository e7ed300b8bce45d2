"""Programs that handle bytes from strangers run here: limited, without network, and really ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from duibiao.intake.refusal import refusal
from duibiao.model.classes import dataclass
from duibiao.model.errors import reason

_MIB = 1 << 20
_PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "PYTHONPATH", "SYSTEMROOT")


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a program may cost.

    Attributes:
        seconds: Time until it and all that it started are killed.
        memory: Bytes of address space of each process.
        file_size: Bytes of the largest file that it may write.
    """

    seconds: float = 120
    memory: int = 3072 * _MIB
    file_size: int = 1024 * _MIB


def run(command: Sequence[str], folder: Path, allowance: Allowance) -> bool:
    """Run a program in a folder of its own.

    Args:
        command: Program and arguments.
        folder: Working folder, home and place for temporary files.
        allowance: What it may cost.

    Returns:
        Whether it ended by itself and in time; what it did is told by the files that it left.
    """
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    environment |= {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"}
    environment |= dict.fromkeys(("HOME", "TMPDIR", "TMP", "TEMP"), str(folder))
    limits = (allowance.memory, allowance.file_size, int(allowance.seconds) + 1)
    from duibiao.intake import launcher  # imports ctypes

    process = subprocess.Popen(  # noqa: S603 - the arguments are ours, no shell
        [sys.executable, "-I", "-S", launcher.__file__, *map(str, limits), *command],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(allowance.seconds)
    except subprocess.TimeoutExpired:
        return False
    finally:
        _end(process)
    return True


@contextmanager
def scratch(name: str) -> Iterator[Path]:
    """Make a folder that is gone afterwards, whatever happens.

    Args:
        name: File for which it is needed, for the message.

    Raises:
        IntakeError: There is no place for it.
    """
    try:
        folder = TemporaryDirectory(prefix="duibiao-", ignore_cleanup_errors=True)
    except OSError as error:
        raise refusal(
            name,
            f"无法建立临时文件夹（{reason(error)}）",
            "请清理磁盘，或用环境变量 TMPDIR 指定别的位置",
        ) from error
    with folder as place:
        yield Path(place)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill the program and everything that it started and did not take to a session of its own."""
    with suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()
