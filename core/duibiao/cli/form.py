"""The forms in which a command prints what is no report of a check."""

from __future__ import annotations

from enum import StrEnum

import click


class Form(StrEnum):
    """输出格式."""

    TEXT = "text"
    JSON = "json"


class OneOf(click.Choice[StrEnum]):
    """A member of an enumeration, written as its value."""

    def normalize_choice(self, choice: object, ctx: click.Context | None) -> str:  # noqa: ARG002 - click's signature
        """Return how a member is written."""
        return str(choice)
