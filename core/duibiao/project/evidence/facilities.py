"""Which facility (治理设施) or which item of 2.16.1 and 2.16.2 a name means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from duibiao.intake.sorting import SIMILARITY
from duibiao.law.common import Heading
from duibiao.model.quantities import halfwidth
from duibiao.project.evidence.sections import plain

_ORDER = re.compile(
    r"(?:第\s*(?P<th>\d{1,3})\s*号(?:设施)?|\(\s*(?P<bracketed>\d{1,3})\s*\)"
    r"|(?P<bare>\d{1,3})(?!\d)\s*(?:#|号(?:设施)?|[、.)_\s–—-]|$))[、.)_\s–—-]*(?P<rest>.*)",
    re.DOTALL,
)
_ROW = re.compile(r"\(?\s*(\d{1,3})\s*(?:[、)_\s–—-]|\.(?!\d)|(?<!\s)$)")
_CODE = re.compile(r"[A-Z]{2}\d{3,4}", re.IGNORECASE)
_PHOTO = re.compile(r"(?:现场)?(?:照片|图片)\d*$")
_NOTE = re.compile(r"[:：].*|附.*|[(（].*?[)）]")
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a name means none, in words."""

    what: str


def leading_order(name: str, *, bracketed: bool = False) -> tuple[int, str] | None:
    """Return the number that a name begins with and the rest, or None.

    Args:
        name: Name of a folder, or of a file without its ending.
        bracketed: Only a number in brackets counts.
    """
    found = _ORDER.match(halfwidth(name))
    if found is None or (bracketed and not found["bracketed"]):
        return None
    return int(found["th"] or found["bracketed"] or found["bare"]), found["rest"]


def row_number(name: str) -> int | None:
    """Return the number of a row that a name begins with; 1# and 1号 are parts of names."""
    found = _ROW.match(halfwidth(name))
    return int(found[1]) if found else None


@dataclass(frozen=True, slots=True)
class Facilities:
    """The facilities of one section of 2.13.

    Attributes:
        names: In the order of the table, such as ``DA001 1#窑窑尾``.
        suffix: What kind they are, such as ``除尘设施``.
    """

    names: tuple[str, ...]
    suffix: str

    def find(self, name: str, order: int | None = None) -> int | Trouble | None:
        """Return the number of the facility that a name means, counted from 1; None where it means none.

        Args:
            name: The name, without the number of the section.
            order: The number that stood behind that of the section.
        """
        if order is None:
            if exact := self._exact(name):
                return exact
            if (found := leading_order(name)) is None:
                return self._alike(name)
            order, name = found
        meant = self._exact(name)
        if meant and meant != order:
            return Trouble(f"序号是{order}，名称却是第{meant}号设施“{self.names[meant - 1]}”的")
        if not 1 <= order <= len(self.names):
            return Trouble(f"第{order}号设施在数据中没有（数据中有{len(self.names)}个）")
        return order

    def caption(self, number: int) -> str:
        """Return the caption of a photo of a facility."""
        name = self.names[number - 1].removesuffix(self.suffix)
        return f"{number}# {name}{self.suffix}照片"

    def _exact(self, name: str) -> int | None:
        """Return the only facility that is called exactly so, or whose outlet is named."""
        wanted = self._plain(name)
        codes = {code.casefold() for code in _CODE.findall(halfwidth(name))}
        return _only(
            number
            for number, facility in enumerate(self.names, 1)
            if (wanted and wanted in (self._plain(facility), self._plain(_CODE.sub("", facility))))
            or codes & {code.casefold() for code in _CODE.findall(halfwidth(facility))}
        )

    def _alike(self, name: str) -> int | None:
        """Return the only facility that is called nearly so, with the same figures."""
        wanted = self._plain(name)
        figures = re.findall(r"\d+", wanted)
        return _only(
            number
            for number, facility in enumerate(self.names, 1)
            for called in {self._plain(facility), self._plain(_CODE.sub("", facility))}
            if re.findall(r"\d+", called) == figures and fuzz.ratio(called, wanted) >= SIMILARITY
        )

    def _plain(self, name: str) -> str:
        return plain(_PHOTO.sub("", halfwidth(name))).removesuffix(plain(self.suffix))


@dataclass(frozen=True, slots=True)
class Items:
    """The items (1) … of 2.16.1 or 2.16.2.

    Attributes:
        names: Their titles in order.
    """

    names: tuple[str, ...]

    def find(
        self, name: str, order: int | None = None, *, bracketed: bool = False
    ) -> int | Trouble | None:
        """Return the number of the item that a name means, counted from 1; None where it means none.

        Args:
            name: The name, without the number of the section.
            order: The number that stood behind that of the section.
            bracketed: Numbers count only in brackets: others only put files in order.
        """
        if order is None and (found := leading_order(name, bracketed=bracketed)):
            order, name = found
        elif order is None and (found := leading_order(name)):
            name = found[1]
        meant = self._titled(name)
        if order is None:
            return meant
        if meant and meant != order:
            return Trouble(f"序号是（{order}），名称却是（{meant}）“{self.names[meant - 1]}”的")
        if not 1 <= order <= len(self.names):
            return Trouble(f"提纲此处只有（1）至（{len(self.names)}）项")
        return order

    def _titled(self, name: str) -> int | None:
        wanted = plain(name)
        titles = [plain(title) for title in self.names]
        if len(wanted) < _SHORTEST:
            return None
        return _only(
            number
            for number, title in enumerate(titles, 1)
            if fuzz.ratio(title, wanted) >= SIMILARITY
        ) or _only(
            number for number, title in enumerate(titles, 1) if title in wanted or wanted in title
        )


def item_names(heading: Heading) -> tuple[str, ...]:
    """Return the titles of the items of 2.16.1 or 2.16.2, as the outline lists them, without its notes."""
    return tuple(_NOTE.sub("", item) for item in heading.holds)


def _only(numbers: Iterable[int]) -> int | None:
    """Return the only number, or None where there is none or there are several."""
    found = set(numbers)
    return found.pop() if len(found) == 1 else None
