"""The forms in which a command prints what is no report of a check."""

from __future__ import annotations

from enum import StrEnum


class Form(StrEnum):
    """输出格式."""

    TEXT = "text"
    JSON = "json"
