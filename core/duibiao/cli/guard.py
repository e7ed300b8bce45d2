"""The outermost net: whatever happens, the user gets one line in Chinese and the right exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from enum import IntEnum
from pathlib import Path

from duibiao.model.errors import DuibiaoError, LawError


class Exit(IntEnum):
    """退出码: a graver one is greater, up to FAULT."""

    CLEAN = 0
    FINDINGS = 1
    USAGE = 2
    FAULT = 3
    INTERRUPTED = 130
    BROKEN_PIPE = 141


def guarded(work: Callable[[], int]) -> int:
    """Do `work` and return its exit code, or the one of what went wrong, which is said on standard error."""
    try:
        code = work()
        sys.stdout.flush()
    except KeyboardInterrupt:
        say("已中断；没有写完的已丢弃，做完的都在，再运行一次即可。")
        return Exit.INTERRUPTED
    except BrokenPipeError:
        os.dup2(
            os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno()
        )  # nothing more to flush at exit
        return Exit.BROKEN_PIPE
    except LawError as error:
        return fault(error, "读取自带的法规数据")
    except DuibiaoError as error:
        say(str(error))
        return Exit.USAGE
    except Exception as error:  # noqa: BLE001 - the user must never meet a traceback
        return fault(error)
    return code


def fault(error: Exception, doing: str = "") -> Exit:
    """Say that the program itself failed, and what to report.

    Args:
        error: What was raised.
        doing: At what it failed, in words.
    """
    import traceback  # imports much, and is seldom needed

    frames = traceback.extract_tb(error.__traceback__)
    place = f"，{Path(frames[-1].filename).name} 第{frames[-1].lineno}行" if frames else ""
    said = " ".join(str(error).split())
    say(
        f"程序出错{f'（{doing}）' if doing else ''}：{type(error).__name__}: {said}{place}。"
        "这是程序的问题，不是材料的问题；请把这一行报告给维护者（设 DUIBIAO_DEBUG=1 再运行可得到详情）。"
    )
    if os.environ.get("DUIBIAO_DEBUG") == "1":
        traceback.print_exception(error)
    return Exit.FAULT


def say(message: str) -> None:
    """Print a message on standard error."""
    printable = "".join(c if c.isprintable() or c == "\n" else "?" for c in message)
    sys.stderr.write(f"{printable}\n")
