"""The errors that duibiao raises on purpose.

Every message says what is wrong, where, why it matters and what to do about it. Anything else that escapes
is a fault of ours and is reported as such.
"""

from __future__ import annotations

import errno

_REASONS = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "超出了磁盘配额",
    errno.EROFS: "那里是只读的",
    errno.EIO: "磁盘读写出错",
    errno.ENAMETOOLONG: "名称太长",
    errno.EMFILE: "打开的文件太多",
    errno.EADDRINUSE: "端口已被占用",
    errno.EADDRNOTAVAIL: "本机没有这个地址",
}


class DuibiaoError(Exception):
    """Base of every error that a caller may want to catch."""


class IntakeError(DuibiaoError):
    """An uploaded file cannot be read safely; nothing of it was used."""


class LawError(DuibiaoError):
    """A law file is malformed; the message names file, table and line and says what to write."""


class PluginError(DuibiaoError):
    """A plugin is broken, incompatible or clashes with another one; it is left out."""


class UsageError(DuibiaoError):
    """The caller asked for something that does not exist or cannot be combined."""


class ProjectError(DuibiaoError):
    """A project cannot be read at all: no workbook, no such sheet, not a folder."""


class TemplateError(DuibiaoError):
    """A template does not fit; the message names file, paragraph or cell, and variable."""


class BuildError(DuibiaoError):
    """A package cannot be built; nothing was written."""


class WaiverError(DuibiaoError):
    """A file of waivers cannot be read or is malformed; the message names file and line and says what to write."""


def reason(error: OSError) -> str:
    """Return in Chinese why the system refused."""
    match error:
        case PermissionError():
            return "没有权限"
        case FileExistsError() | NotADirectoryError():
            return "路径中有同名的文件"
        case IsADirectoryError():
            return "那里是文件夹"
        case FileNotFoundError():
            return "文件不存在"
    return _REASONS.get(error.errno or 0) or error.strerror or type(error).__name__
