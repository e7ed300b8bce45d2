"""rar archives through rarfile, which calls unrar, unar, 7z or bsdtar for what is compressed.

Used only by the unpacker's process.
"""

from __future__ import annotations

from pathlib import Path

import rarfile  # type: ignore[import-untyped]

from duibiao.intake.taking import PasswordError, Take

_CHUNK = 1 << 18
_ENDS = (b"\x1dwVQ\x03\x05\x04", b"\xc4=\x7b")
_TAIL = 4096
_COPIES = (rarfile.RAR5_XREDIR_HARD_LINK, rarfile.RAR5_XREDIR_FILE_COPY)


class _Tools(rarfile.ToolSetup):  # type: ignore[misc]
    """The programs, with bsdtar called as it wants to be: rarfile 4.5 puts “--” where the archive belongs."""

    def open_cmdline(self, pwd: str | None, rarfn: str, filefn: str | None = None) -> list[str]:
        """Return the command that writes one file to standard output."""
        if self.setup is not rarfile.BSDTAR_CONFIG:
            return list(super().open_cmdline(pwd, rarfn, filefn))
        member = ["--", filefn] if filefn else []
        return [rarfile.BSDTAR_TOOL, "-x", "--to-stdout", "-f", rarfn, *member]


def extract(path: str, take: Take) -> bool:
    """Take the files out of an archive.

    Args:
        path: The archive.
        take: Is told everything that the directory says, and then asked for a place for every file.

    Returns:
        Whether the closing block is there, which only very old programs left out.

    Raises:
        PasswordError: It is encrypted.
        rarfile.Error: It is damaged, or needs a program that is not installed.
    """
    rarfile.TRY_ENCODINGS = ("utf-8",)
    rarfile.ToolSetup = _Tools
    with rarfile.RarFile(path, charset="gb18030", errors="strict") as archive:
        entries = archive.infolist()
        if archive.needs_password():
            raise PasswordError
        take.entries(len(entries))
        files = []
        for entry in entries:
            copied = entry.file_redir and entry.file_redir[0] in _COPIES
            if entry.is_symlink() or (entry.file_redir and not copied):
                take.link(entry.filename)
            elif not entry.is_dir():
                take.announce(entry.filename, entry.file_size)
                files.append(entry)
        for entry in files:
            place, count = take.open(entry.filename)
            with archive.open(entry) as source, place.open("xb") as target:
                while chunk := source.read(_CHUNK):
                    count(len(chunk))
                    target.write(chunk)
    return _has_end(Path(path))


def _has_end(path: Path) -> bool:
    with path.open("rb") as stream:
        stream.seek(max(0, stream.seek(0, 2) - _TAIL))
        tail = stream.read()
    return any(end in tail for end in _ENDS)
