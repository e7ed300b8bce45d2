"""Why the system refused is told in Chinese."""

import errno
import os

import pytest

from duibiao.model.errors import reason


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.EACCES, "没有权限"),
        (errno.EPERM, "没有权限"),
        (errno.ENOENT, "文件不存在"),
        (errno.EEXIST, "路径中有同名的文件"),
        (errno.ENOTDIR, "路径中有同名的文件"),
        (errno.EISDIR, "那里是文件夹"),
        (errno.ENOSPC, "磁盘已满"),
        (errno.EROFS, "那里是只读的"),
        (errno.EADDRINUSE, "端口已被占用"),
        (errno.EPIPE, os.strerror(errno.EPIPE)),
    ],
)
def test_reason(number: int, said: str) -> None:
    assert reason(OSError(number, os.strerror(number))) == said


def test_an_error_without_a_number_is_called_by_its_name() -> None:
    assert reason(TimeoutError()) == "TimeoutError"
