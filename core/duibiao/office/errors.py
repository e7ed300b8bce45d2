"""What an office refuses; each message says what is wrong and what to do, in Chinese."""

from __future__ import annotations

from duibiao.model.errors import DuibiaoError


class OfficeError(DuibiaoError):
    """Base of every refusal."""


class InvalidError(OfficeError):
    """What was sent does not fit."""


class ForbiddenError(OfficeError):
    """The actor's role may not do this."""


class NotFoundError(OfficeError):
    """There is no such thing, or the actor may not know of it; which of the two is not said."""


class ConflictError(OfficeError):
    """It no longer fits how things stand; somebody else was faster, or it was done already."""


class TooManyError(OfficeError):
    """Too many tries; it goes on after a while."""

    def __init__(self, message: str, seconds: int) -> None:
        """Say how long to wait.

        Args:
            message: What is wrong and what to do.
            seconds: How long to wait.
        """
        super().__init__(message)
        self.seconds = seconds
