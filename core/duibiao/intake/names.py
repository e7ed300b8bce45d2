"""Names of files in archives: as the user knows them, and never used as paths."""

from __future__ import annotations

import struct
import unicodedata
import zipfile
import zlib

_UTF8 = 0x800
_UNICODE_PATH = 0x7075
_LONGEST = 240
_LOCK = "~$"
_JUNK = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})
_JUNK_FOLDERS = frozenset({"__macosx", ".git", ".svn"})


def zip_name(entry: zipfile.ZipInfo) -> str:
    """Return the name of a zip entry: as UTF-8 where it says so or can be, else as GB18030."""
    if entry.flag_bits & _UTF8:
        return entry.orig_filename
    try:
        raw = entry.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.orig_filename
    return _unicode_path(entry.extra, raw) or decoded(raw)


def decoded(raw: bytes) -> str:
    """Return a name of which nobody says how it is encoded."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("gb18030", errors="replace")


def harmless(name: str) -> tuple[str, bool]:
    """Return a name that cannot lead anywhere or be shown as what it is not.

    Returns:
        The name with single slashes, without dots that climb, drives and control characters; and whether it tried to
        lead out of the archive.
    """
    shown = "".join("\ufffd" if _is_hidden(letter) else letter for letter in name)
    pieces = shown.replace("\\", "/").split("/")
    climbs = ".." in pieces or name.startswith(("/", "\\")) or _is_drive(pieces[0])
    kept = [piece.strip() for piece in pieces if piece.strip() not in ("", ".", "..")]
    if kept and _is_drive(kept[0]):
        kept[:1] = [rest] if (rest := kept[0][2:].strip()) else []
    shown = "/".join(kept) or "未命名"
    if len(shown) > _LONGEST:
        shown = f"{shown[: _LONGEST // 2]}…{shown[-_LONGEST // 2 :]}"
    return shown, climbs


def is_junk(name: str) -> bool:
    """Tell whether a harmless name is that of something which systems leave behind, such as lock files."""
    *folders, last = name.casefold().split("/")
    return last in _JUNK or last.startswith((_LOCK, "._")) or not _JUNK_FOLDERS.isdisjoint(folders)


def _is_hidden(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Zl", "Zp")


def _is_drive(piece: str) -> bool:
    return len(piece) > 1 and piece[1] == ":" and piece[0].isascii() and piece[0].isalpha()


def _unicode_path(extra: bytes, raw: bytes) -> str:
    """Return the UTF-8 name in the Info-ZIP extra field, or "" where there is none or it belongs to another name."""
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        field, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == _UNICODE_PATH and field[:1] == b"\1" and len(field) > 5:
            if struct.unpack_from("<L", field, 1)[0] != zlib.crc32(raw):
                return ""
            try:
                return field[5:].decode("utf-8")
            except UnicodeDecodeError:
                return ""
    return ""
