"""选项: what packages are wanted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from duibiao import __version__
from duibiao.model.errors import UsageError
from duibiao.testing import enterprises

MOST = 9_999_999
"""Most packages of one run; names have seven figures."""

MOST_DEFECTS = 5


@dataclass(frozen=True, slots=True)
class Settings:
    """合成选项: what packages are wanted.

    Attributes:
        count: How many, hostile files not among them.
        seed: Another seed gives other packages.
        industries: Names of samples (`duibiao.testing.enterprises.names()`) in turn; () for all of them.
        clean: Share of packages without a fault, 0 to 1.
        defects: Faults in each of the others; fewer where so many do not fit side by side.
        hostile: How many hostile files besides.

    Raises:
        UsageError: One of them is impossible.
    """

    count: int
    seed: int = 0
    industries: tuple[str, ...] = ()
    clean: float = 0.5
    defects: int = 1
    hostile: int = 0

    def __post_init__(self) -> None:
        """Refuse what is impossible."""
        if not 1 <= self.count <= MOST:
            raise UsageError(f"份数应在 1 至 {MOST} 之间，现在是 {self.count}")
        if not 0 <= self.clean <= 1:
            raise UsageError(f"--clean 是没有缺陷的份额，应在 0 至 1 之间，现在是 {self.clean}")
        if not 1 <= self.defects <= MOST_DEFECTS:
            raise UsageError(
                f"--defects 应在 1 至 {MOST_DEFECTS} 之间，现在是 {self.defects}；不要缺陷请写 --clean 1"
            )
        if not 0 <= self.hostile <= MOST:
            raise UsageError(f"--hostile 应在 0 至 {MOST} 之间，现在是 {self.hostile}")
        for name in self.industries:
            if name not in enterprises.names():
                known = "、".join(enterprises.names())
                raise UsageError(f"--industry 没有“{name}”；可用的有 {known}")

    @property
    def kinds(self) -> tuple[str, ...]:
        """The samples that are taken in turn."""
        return tuple(dict.fromkeys(self.industries)) or enterprises.names()

    def told(self) -> Mapping[str, Any]:
        """Return all that the bytes follow from."""
        return {
            **asdict(self),
            "industries": list(self.kinds),
            "version": __version__,
        }
