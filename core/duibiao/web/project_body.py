"""Taking the body of a request that is a file of a project: its data, or evidence."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import AsyncIterator
from typing import BinaryIO, cast

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from duibiao.office.errors import InvalidError
from duibiao.web.receiving import IN_MEMORY


@contextlib.asynccontextmanager
async def taken(request: Request, file: str, largest: int) -> AsyncIterator[BinaryIO]:
    """Give the body of a request as an open file that is gone afterwards.

    Args:
        request: The request; its body is the file itself.
        file: File name, for messages.
        largest: Greatest size in bytes.

    Raises:
        InvalidError: If the body is larger, as soon as that is seen, or did not come whole.
    """
    announced = request.headers.get("content-length", "")
    size = int(announced) if announced.isdigit() else 0
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as body:
        came = 0
        if size <= largest:
            async for piece in request.stream():
                came += len(piece)
                if came > largest:
                    break
                await run_in_threadpool(body.write, piece)
        if max(size, came) > largest:
            raise InvalidError(f"“{file}”超过 {largest >> 20} MB；图片请缩小，文件请压缩或拆分")
        if size and came != size:
            raise InvalidError(f"“{file}”没有传完；请重新上传")
        body.seek(0)
        yield cast("BinaryIO", body)
