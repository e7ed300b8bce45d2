"""The workshop (作业处): the office and the child processes of this process."""

from __future__ import annotations

from dataclasses import dataclass

from duibiao.office.desk import Office
from duibiao.work.children import Children


@dataclass(frozen=True, slots=True)
class Workshop:
    """作业处.

    Attributes:
        office: The office.
        children: Its child processes.
    """

    office: Office
    children: Children


_current: Workshop | None = None


def use(shop: Workshop | None) -> None:
    """Say which workshop the jobs of this process run in; DBOS calls them without telling."""
    global _current  # noqa: PLW0603 - DBOS is one a process, too
    _current = shop


def current() -> Workshop:
    """Return the workshop of this process."""
    assert _current is not None, "no workshop is in use"
    return _current
