"""7z archives through py7zr, into files of our own naming; used only by the unpacker's process."""

from __future__ import annotations

from collections.abc import Callable
from typing import IO

import py7zr

from duibiao.intake.taking import PasswordError, Take


class _File(py7zr.Py7zIO):
    """One file of the archive while it is written; a link is written nowhere."""

    def __init__(self, target: IO[bytes] | None, count: Callable[[int], None]) -> None:
        self._target, self._count = target, count
        self._size = 0

    def write(self, s: bytes | bytearray) -> int:
        """Count and write a piece."""
        self._count(len(s))
        self._size += len(s)
        return self._target.write(s) if self._target else len(s)

    def read(self, size: int | None = None) -> bytes:  # noqa: ARG002 - py7zr's interface
        """Return nothing: it is only written."""
        return b""

    def seek(self, offset: int, whence: int = 0) -> int:  # noqa: ARG002 - py7zr's interface
        """Stay where it is."""
        return self._size

    def flush(self) -> None:
        """Do nothing yet."""

    def size(self) -> int:
        """Return the bytes written."""
        return self._size

    def close(self) -> None:
        """Finish the file."""
        if self._target:
            self._target.close()


class _Files(py7zr.WriterFactory):
    """Makes the files; their names here are numbers, given before."""

    def __init__(self, make: Callable[[int], py7zr.Py7zIO]) -> None:
        self._make = make

    def create(self, filename: str) -> py7zr.Py7zIO:
        """Return the file with a number."""
        return self._make(int(filename))


def extract(path: str, take: Take) -> None:
    """Take the files out of an archive.

    Args:
        path: The archive.
        take: Is told everything that the directory says, and then asked for a place for every file.

    Raises:
        PasswordError: It is encrypted.
        Exception: It is damaged; py7zr raises whatever it happens upon.
    """
    with py7zr.SevenZipFile(path) as archive:
        if archive.needs_password():
            raise PasswordError
        entries = list(archive.files)
        take.entries(len(entries))
        names = {}
        for number, entry in enumerate(entries):
            names[number] = entry.filename
            take.announce(entry.filename, entry.uncompressed or 0)
            archive.files.files_list[number]["filename"] = str(number)

        def make(number: int) -> py7zr.Py7zIO:
            if entries[number].is_symlink or entries[number].is_junction:
                take.link(names[number])
                return _File(None, lambda _: None)
            path, count = take.open(names[number])
            return _File(path.open("xb"), count)

        archive.extractall(factory=_Files(make))
