"""How much time and memory one piece of work may take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """上限 of one piece of work.

    Attributes:
        seconds: Time.
        memory: Address space in bytes; 0 for no limit.
    """

    seconds: int = 60
    memory: int = 4 << 30

    @property
    def words(self) -> str:
        """The limits, for comparing with an earlier run."""
        return f"{self.seconds} {self.memory}"
