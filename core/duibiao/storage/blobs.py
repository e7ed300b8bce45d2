"""The store of files (文件库): content by its SHA-256, in a folder or an S3-compatible bucket."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, from_url

from duibiao.model.errors import DuibiaoError, UsageError
from duibiao.storage.base import now

_log = logging.getLogger(__name__)

CHUNK = 1 << 20
STRAY = timedelta(days=1)
"""How old a file must be that nothing names, before it is taken for left over: a younger one may be on its way in."""
FRESH = STRAY / 2
PROBE = "probe"
"""A file of no content, written to learn whether the store takes files."""
"""Up to which age a file that comes again is not written again."""
_SHA = re.compile(r"[0-9a-f]{64}")


class StoreError(DuibiaoError):
    """The store of files cannot be reached, or a file is not there."""


class Blobs:
    """文件库: files are known by the SHA-256 of their content and never change."""

    def __init__(self, url: str) -> None:
        """Open a store.

        Args:
            url: A folder, or ``s3://bucket/prefix``; keys and endpoint come from the environment (AWS_ACCESS_KEY_ID,
                AWS_SECRET_ACCESS_KEY, AWS_ENDPOINT, AWS_REGION, AWS_ALLOW_HTTP).

        Raises:
            UsageError: If it cannot be opened.
        """
        self.url = url
        try:
            if "://" in url:
                self._store: ObjectStore = from_url(url)
            else:
                self._store = LocalStore(Path(url).absolute(), mkdir=True)
        except (BaseError, OSError, ValueError) as error:
            raise UsageError(f"打不开文件库 {url}：{error}") from None

    def put(self, source: BinaryIO) -> str:
        """Keep a file and return its SHA-256; a file that was written lately is not written again.

        Args:
            source: An open file, at its beginning, that can be read twice.

        Raises:
            StoreError: If it cannot be written.
        """
        digest = digest_of(source)
        try:
            if not self._is_fresh(digest):
                self._store.put(_place(digest), source)
        except (BaseError, OSError) as error:
            raise _unwritten(error) from None
        return digest

    def probe(self) -> None:
        """Write a file of no content.

        Raises:
            StoreError: If the store takes no files.
        """
        try:
            self._store.put(PROBE, b"")
        except (BaseError, OSError) as error:
            raise _unwritten(error) from None

    def has(self, digest: str) -> bool:
        """Whether a file is there.

        Raises:
            StoreError: If the store does not answer.
        """
        with _answering():
            try:
                self._store.head(_place(digest))
            except FileNotFoundError:
                return False
            return True

    def _is_fresh(self, digest: str) -> bool:
        """Whether a file is there and so young that nobody takes it for left over."""
        try:
            written: datetime = self._store.head(_place(digest))["last_modified"]
        except FileNotFoundError:
            return False
        return now() - written < FRESH

    def get(self, digest: str) -> bytes:
        """Return a whole file.

        Raises:
            StoreError: If it is not there or cannot be read.
        """
        return b"".join(self.stream(digest))

    def stream(self, digest: str) -> Iterator[bytes]:
        """Give a file in pieces.

        Raises:
            StoreError: If it is not there or cannot be read.
        """
        try:
            for piece in self._store.get(_place(digest)).stream(min_chunk_size=CHUNK):
                yield bytes(piece)
        except (FileNotFoundError, BaseError, OSError) as error:
            _log.error("the file store does not give %s: %s", digest, error)
            raise StoreError(
                f"文件库里读不到 {digest[:12]}；请稍后再试，或告诉系统管理员"
            ) from None

    def fetch(self, digest: str, into: Path) -> None:
        """Write a file to a path of this machine.

        Raises:
            StoreError: If it is not there or cannot be read.
        """
        with into.open("wb") as file:
            for piece in self.stream(digest):
                file.write(piece)

    def delete(self, digest: str) -> None:
        """Remove a file; one that is not there is no error.

        Raises:
            StoreError: If the store does not answer.
        """
        with _answering(), contextlib.suppress(FileNotFoundError):
            self._store.delete(_place(digest))

    def older_than(self, moment: datetime) -> Iterator[str]:
        """Give the SHA-256 of every file that was written before `moment`.

        Raises:
            StoreError: If the store does not answer.
        """
        with _answering():
            for found in self._store.list():
                for entry in found:
                    name = entry["path"].rsplit("/", 1)[-1]
                    if _SHA.fullmatch(name) and entry["last_modified"] < moment:
                        yield name


@contextlib.contextmanager
def _answering() -> Iterator[None]:
    """Let what the store does wrong be a StoreError."""
    try:
        yield
    except (BaseError, OSError) as error:
        _log.error("the file store does not answer: %s", error)
        raise StoreError("文件库没有应答；请稍后再试，或告诉系统管理员检查文件库和网络") from None


def _unwritten(error: Exception) -> StoreError:
    _log.error("the file store takes no files: %s", error)
    return StoreError(
        "文件写不进文件库，没有保存；请稍后再试，或告诉系统管理员检查磁盘空间、权限和网络"
    )


def digest_of(source: BinaryIO) -> str:
    """Return the SHA-256 of an open file, and put it back to its beginning."""
    digest = hashlib.sha256()
    source.seek(0)
    while piece := source.read(CHUNK):
        digest.update(piece)
    source.seek(0)
    return digest.hexdigest()


def _place(digest: str) -> str:
    if not _SHA.fullmatch(digest):
        raise StoreError(f"{digest[:80]!r} 不是文件的 SHA-256")
    return f"{digest[:2]}/{digest}"
