"""Taking the body of an upload to a file, refusing what can be refused before it has all come."""

from __future__ import annotations

import contextlib
import io
import tempfile
from collections.abc import AsyncIterator
from typing import BinaryIO

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from duibiao.office.desk import Office
from duibiao.office.errors import InvalidError
from duibiao.office.packages import refuse_kind, too_large

HEAD = 1024
TOLD_LATER = (b"PK", b"\xd0\xcf\x11\xe0")
"""How zip archives and old Office files begin; only what follows tells what is in them."""
IN_MEMORY = 4 << 20


@contextlib.asynccontextmanager
async def received(request: Request, office: Office, file: str) -> AsyncIterator[BinaryIO]:
    """Give the body of a request as an open file that is gone afterwards.

    Args:
        request: The request; its body is the file itself.
        office: The office, for its limit.
        file: File name, for messages.

    Raises:
        InvalidError: If the body is larger than the office takes, or of a kind that is never read; as soon as that is seen.
    """
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > office.largest:
        raise too_large(office, file, int(announced))
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as body:
        size, known = 0, False
        async for piece in request.stream():
            size += len(piece)
            if size > office.largest:
                raise too_large(office, file, size)
            await run_in_threadpool(body.write, piece)
            if not known and size >= HEAD:
                known = True
                body.seek(0)
                head = body.read(HEAD)
                body.seek(0, 2)
                if not head.startswith(TOLD_LATER):
                    refuse_kind(file, io.BytesIO(head))
        if announced.isdigit() and size != int(announced):
            raise InvalidError(f"“{file}”没有传完；请重新上传")
        body.seek(0)
        yield body  # type: ignore[misc]  # a spooled file is a binary file in all but name
