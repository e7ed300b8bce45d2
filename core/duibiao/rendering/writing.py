"""Files that come into being at once or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from duibiao.model.errors import BuildError, reason


@contextmanager
def written(path: Path) -> Iterator[BinaryIO]:
    """Give a stream beside `path` that becomes `path` when the block ends well, and is removed when it does not.

    Raises:
        BuildError: The file cannot be written.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with part.open("xb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            part.replace(path)
        finally:
            with suppress(FileNotFoundError):
                part.unlink()
    except OSError as error:
        raise BuildError(
            f"无法写入 {path}（{reason(error)}）；请检查磁盘空间和权限，或换一个文件夹"
        ) from error
