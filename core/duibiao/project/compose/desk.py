"""What all composers share: values with the place of their cell and the section where they will be printed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cached_property

from duibiao.document.model import Paragraph
from duibiao.law.common import Heading
from duibiao.law.in_force import LawInForce
from duibiao.model.dates import Day, PartialDate, date_in_cell
from duibiao.model.dossier import Misfit
from duibiao.model.grades import Grade, parse_grade
from duibiao.model.location import Located, Location, Text, shorten
from duibiao.model.quantities import Measure, Quantity, halfwidth, parse_quantity, unit_in_header
from duibiao.project.compose.wording import COVER, trade_of
from duibiao.project.data import ProjectData, Record
from duibiao.recognition.cells import one_line
from duibiao.recognition.outline import numbered
from duibiao.recognition.titles import Outline

_CAPTION = re.compile(r"续?表\s*\d")

TENTH = Decimal("0.1")
"""Shares are told to one decimal place."""


@dataclass
class Desk:
    """A project on the desk, with the law it is composed under and what was found not to fit.

    Attributes:
        data: What was filled in.
        law: The law in force.
        misfits: What composing cannot place, filled on the way.
    """

    data: ProjectData
    law: LawInForce
    misfits: list[Misfit] = field(default_factory=list)

    # -- places

    @cached_property
    def headings(self) -> dict[str, Heading]:
        """Headings of the outline by key."""
        return {heading.key: heading for heading in self.law.common.outline}

    def placed(self, at: Location, section: str) -> Location:
        """Return a place of the project, in the section where what stands there is printed."""
        label = self.headings[section].label if section in self.headings else section
        return replace(at, section=section, heading=label)

    def home(self, sheet: str, section: str) -> Location:
        """Return the place of a whole sheet, for what is computed from it or missing in it."""
        records = self.data.rows(sheet) or (self.data.form(sheet),)
        at = replace(records[0].at, row=None, column=None, paragraph=None, quote="")
        return self.placed(at, section)

    def whole(self, section: str) -> Location:
        """Return the place of a section that no sheet fills."""
        return self.placed(Location(self.data.file), section)

    def misfit(self, at: Location, what: str, remedy: str) -> None:
        """Note what cannot be placed; what was found out about the same cell before is enough."""
        self.misfits.append(Misfit(at, what, remedy))

    # -- values

    def cell(self, record: Record, key: str, section: str) -> Text:
        """Return the text of a field on one line, with an empty value where it is blank."""
        typed = record.get(key)
        if typed is None:
            return Located("", self.placed(record.at, section))
        return Located(one_line(typed.value), self.placed(typed.at, section))

    def code(self, record: Record, key: str, section: str) -> Text:
        """Return a code or number, in which blanks say nothing."""
        text = self.cell(record, key, section)
        return Located("".join(text.value.split()), text.at)

    def lines(self, record: Record, key: str, section: str) -> tuple[Text, ...]:
        """Return the paragraphs of a long text."""
        typed = record.get(key)
        if typed is None:
            return ()
        at = self.placed(typed.at, section)
        found = [line for line in map(one_line, typed.value.splitlines()) if line]
        for line in found:
            if _CAPTION.match(line) or self._is_heading(line, section):
                self.misfit(
                    at,
                    f"“{shorten(line)}”像标题或表名，会被当作标题",
                    "删去这一行；标题、表名和编号由程序编排",
                )
        return tuple(Located(line, replace(at, quote=shorten(line))) for line in found)

    def measure(self, record: Record, key: str, section: str, unit: str = "") -> Measure:
        """Return a quantity.

        Args:
            record: The record.
            key: The field.
            section: Where it is printed.
            unit: Unit of its column, as it is written in brackets in the printed header.
        """
        text = self.cell(record, key, section)
        return Located(parse_quantity(text.value, unit_in_header(f"({unit})")), text.at)

    def day(self, record: Record, key: str, section: str) -> Day | None:
        """Return a date, or None where there is none that can be read."""
        text = self.cell(record, key, section)
        found = date_in_cell(text.value)
        return Located(found, text.at) if found else None

    def say(self, section: str, sheet: str, value: str) -> Text:
        """Return a sentence that is made from a sheet."""
        return Located(value, replace(self.home(sheet, section), quote=shorten(value)))

    def _is_heading(self, line: str, section: str) -> bool:
        """Return whether a line that stands alone would open a section of the outline."""
        number, title = numbered(Paragraph(0, line))
        if not number or number.startswith("("):
            return False
        outline = Outline(self.law.common.outline)
        outline.part = section.partition(".")[0]
        return bool(outline.find(number, title, parts=not number[0].isdigit()))

    # -- who and when

    @property
    def form(self) -> Record:
        """The application form."""
        return self.data.form("form")

    @property
    def enterprise(self) -> str:
        """Name of the enterprise."""
        return self.cell(self.form, "enterprise", COVER).value

    @property
    def date(self) -> PartialDate | None:
        """Day of the application."""
        day = self.day(self.form, "date", COVER)
        return day.value if day else None

    @property
    def last_year(self) -> str:
        """The year before the application, of which output and use are told."""
        return f"{self.date.year - 1}年" if self.date else "上年"

    @property
    def grade(self) -> Grade | None:
        """The grade applied for."""
        return parse_grade(self.cell(self.form, "grade", "一").value)

    @property
    def grade_label(self) -> str:
        """The grade applied for, as documents write it."""
        written = self.cell(self.form, "grade", "一").value
        return self.grade.label if self.grade else halfwidth(written)

    @property
    def trade(self) -> str:
        """The industry as it stands before 行业."""
        written = self.cell(self.form, "industry", "一").value
        return trade_of(self.law.branch.name if self.law.branch else written)

    @cached_property
    def production_lines(self) -> tuple[str, ...]:
        """Names of the production lines, in order."""
        named = (self.cell(row, "line", "四.3.1").value for row in self.data.rows("products"))
        return tuple(dict.fromkeys(name for name in named if name))

    def line_named(self, name: str) -> str:
        """Return the production line that a cell names, "" where there is none of that name."""
        return next((line for line in self.production_lines if _same(line, name)), "")


def exact(quantity: Quantity) -> Decimal | None:
    """Return the one number that a quantity stands for, or None where it is a range, a bound or none."""
    plain = quantity.low == quantity.high and not quantity.comparator and not quantity.not_detected
    return quantity.low if plain else None


def blank(text: str) -> bool:
    """Return whether a cell says that there is nothing: empty, ``/``, ``—``, 无."""
    return Quantity(text).is_blank


def share(part: Decimal, whole: Decimal) -> Decimal:
    """Return a share in % with one decimal; `whole` is not zero."""
    return (part / whole * 100).quantize(TENTH, ROUND_HALF_EVEN)


def written(number: Decimal) -> str:
    """Return a number without an exponent."""
    return f"{number:f}"


def with_unit(text: str, unit: str) -> str:
    """Return a quantity as written, followed by `unit` unless it names its own or is no number."""
    found = parse_quantity(text)
    return f"{text}{unit}" if found.is_number and not found.unit else text


def joined(texts: Iterable[str], sign: str = "、") -> str:
    """Return the different ones of some texts, in order, with `sign` between them."""
    return sign.join(dict.fromkeys(text for text in texts if text))


def _same(one: str, other: str) -> bool:
    """Return whether two names are the same but for their width and blanks."""
    return "".join(halfwidth(one).split()) == "".join(halfwidth(other).split())
