"""The errors that duibiao raises on purpose.

Every message says what is wrong, where, why it matters and what to do about it. Anything else that escapes
is a fault of ours and is reported as such.
"""


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
