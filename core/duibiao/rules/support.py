"""What several rules need: comparing names, finding the outlet of a row, reading what the package itself requires."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

from duibiao.law.common import CommonLaw
from duibiao.model.application import ApplicationForm
from duibiao.model.classes import dataclass
from duibiao.model.dossier import Dossier
from duibiao.model.emissions import FacilityKind
from duibiao.model.evidence import IndicatorRow
from duibiao.model.grades import parse_grade
from duibiao.model.location import Located, Location, Text
from duibiao.model.quantities import Quantity, halfwidth

_PLAN_GRADE = re.compile(
    r"(?P<before>[^，,。；;]{0,30})绩效(?:分级)?(?:等级|级别)"
    r"(?:[为是：:]\s*(?P<grade>[^，,。；;、（(]{1,10})|(?P<bare>(?:绩效)?(?:[A-DＡ-Ｄ][+＋-]?级|非?引领性|先进性)))"
)
_EARLIER = re.compile(r"现有|现状|目前|原|曾|此前|以前|上年|上一|\d年")
KIND_OF_POLLUTANT = {
    "PM": FacilityKind.DUST,
    "SO2": FacilityKind.DESULFURISATION,
    "NOx": FacilityKind.DENITRATION,
    "NMHC": FacilityKind.VOCS,
    "TVOC": FacilityKind.VOCS,
}
"""Pollutant → the kind of facility that treats it."""


@lru_cache(maxsize=8192)  # rule after rule reads the same texts
def plain(text: str) -> str:
    """Return `text` in normal width without spaces, for comparison."""
    return "".join(halfwidth(text).split())


def filled(text: Text | None) -> bool:
    """Return whether a field is there and not blank."""
    return text is not None and bool(plain(text.value))


def place(text: Text | None, fallback: Location) -> Location:
    """Return the place of a field, or `fallback` where the field is missing."""
    return text.at if text is not None else fallback


def form_at(form: ApplicationForm | None, dossier: Dossier) -> Location:
    """Return the place of the application form, or the whole package where there is none."""
    return form.at if form is not None else dossier.at


def named_fields(pairs: Iterable[tuple[str, Text | None]]) -> list[tuple[str, Text]]:
    """Return the named fields that are there and not blank."""
    return [(name, text) for name, text in pairs if text is not None and plain(text.value)]


def by_value(fields: Iterable[tuple[str, Text]]) -> dict[str, list[tuple[str, Text]]]:
    """Group named fields by what they say, so that one wrong value is one finding."""
    grouped: dict[str, list[tuple[str, Text]]] = {}
    for where, text in fields:
        grouped.setdefault(plain(text.value), []).append((where, text))
    return grouped


def reference_name(dossier: Dossier) -> Text | None:
    """Return the enterprise name as the package gives it: that of the form, else of the cover."""
    form = dossier.form.enterprise if dossier.form else None
    cover = dossier.cover.enterprise if dossier.cover else None
    return form if filled(form) else cover if filled(cover) else None


def application_day(dossier: Dossier) -> date | None:
    """Return the application date on the cover, or None."""
    written = dossier.cover.date if dossier.cover else None
    return written.value.latest() if written else None


@dataclass(frozen=True, slots=True)
class OutletName:
    """By what an outlet is told from others: its code (DA001) and its emitting step.

    Two names mean one outlet where both give a code and the codes are equal, or where one gives no code and the
    steps are equal.
    """

    code: str
    step: str

    def means(self, other: OutletName) -> bool:
        """Return whether both may mean one outlet."""
        if self.code and other.code:
            return self.code == other.code
        return bool(self.step) and self.step == other.step

    def __str__(self) -> str:
        """Return code and step in one."""
        return f"{self.code} {self.step}".strip() or "该排放口"


def outlet_name(outlet: Text | None, step: Text | None) -> OutletName:
    """Return the name of an outlet; brackets in the step, which hold its code, are left out."""
    return _outlet_name(outlet.value if outlet else "", step.value if step else "")


@lru_cache(maxsize=4096)  # table after table names the same outlets
def _outlet_name(outlet: str, step: str) -> OutletName:
    return OutletName(plain(outlet).upper(), plain(re.sub(r"[(（].*?[)）]", "", step)))


def indicator_row(dossier: Dossier, name: str, common: CommonLaw) -> IndicatorRow | None:
    """Return the row of an indicator in 对标总表, by any of its usual names.

    Where an indicator has several rows, they are one, with what all of them say at the place of the first.
    """
    rows = [
        row
        for row in (dossier.indicators.rows if dossier.indicators else ())
        if indicator_name(row, common) == name
    ]
    if len(rows) < 2:
        return rows[0] if rows else None
    return replace(
        rows[0],
        requirement=_together([row.requirement for row in rows]),
        status=_together([row.status for row in rows]),
    )


def _together(texts: Sequence[Text | None]) -> Text | None:
    """Return what texts say, one after the other, at the place of the first; None where there is none."""
    said = [text for text in texts if text is not None and text.value]
    if not said:
        return next((text for text in texts if text is not None), None)
    return Located("；".join(dict.fromkeys(text.value for text in said)), said[0].at)


def indicator_name(row: IndicatorRow, common: CommonLaw) -> str | None:
    """Return the official name of a row's indicator, or None where it is none of the nineteen."""
    found = common.indicator(_IF_APPLICABLE.sub("", row.indicator.value))
    return found.name if found else None


_IF_APPLICABLE = re.compile(r"[(（]如涉及[)）]")
_CLEAN = re.compile(r"是|清洁|[√✓✔]")


def common_scales(quantities: Sequence[Quantity]) -> list[int] | None:
    """Return what each number is to be multiplied with to be in one unit, or None where the units have none in common.

    A unit that is not written is taken for the others'; one for a year (``t/a``) is that of what is made in it.
    """
    units = [re.sub(r"/(?:a|年)$", "", quantity.unit) for quantity in quantities]
    written = {unit for unit in units if unit}
    if len(written) <= 1:
        return [1] * len(units)
    if "" in units or len({unit.removeprefix("万") for unit in written}) > 1:
        return None
    return [10_000 if unit.startswith("万") else 1 for unit in units]


def clean_transport_share(dossier: Dossier) -> Decimal | None:
    """Return the share of clean transport that the table of 四、3.4 gives, in %, or None where it cannot be computed."""
    amounts: list[tuple[Decimal, bool]] = []
    quantities: list[Quantity] = []
    for row in dossier.production.transports:
        if row.is_total:
            continue
        if row.amount is None or row.amount.value.high is None or row.clean is None:
            return None
        quantities.append(row.amount.value)
        amounts.append((row.amount.value.high, _CLEAN.match(plain(row.clean.value)) is not None))
    scales = common_scales(quantities)
    if scales is None:
        return None
    amounts = [
        (amount * scale, is_clean)
        for (amount, is_clean), scale in zip(amounts, scales, strict=True)
    ]
    total = sum((amount for amount, _ in amounts), Decimal(0))
    clean = sum((amount for amount, is_clean in amounts if is_clean), Decimal(0))
    return 100 * clean / total if total else None


def name_fields(dossier: Dossier) -> list[tuple[str, Text]]:
    """Return the places that name the enterprise, with what they say."""
    return named_fields(
        [
            ("封面", dossier.cover.enterprise if dossier.cover else None),
            ("申请表", dossier.form.enterprise if dossier.form else None),
            *((letter.kind.value, letter.enterprise) for letter in dossier.letters),
            ("企业基本信息", dossier.profile.enterprise if dossier.profile else None),
            ("“一厂一策”方案", dossier.plan.enterprise if dossier.plan else None),
        ]
    )


def grade_fields(dossier: Dossier) -> list[tuple[str, Text]]:
    """Return the places that name the grade applied for, with what they say."""
    return named_fields(
        [
            ("申请表", dossier.form.grade if dossier.form else None),
            *((letter.kind.value, letter.grade) for letter in dossier.letters),
            ("企业基本信息", dossier.profile.grade if dossier.profile else None),
            ("对标总表表头", dossier.indicators.heading if dossier.indicators else None),
            ("“一厂一策”", _grade_in_plan(dossier)),
        ]
    )


def _grade_in_plan(dossier: Dossier) -> Text | None:
    """Return the grade that the plan's first section gives the enterprise; one that it had before does not count."""
    for text in dossier.plan.profile if dossier.plan else ():
        for match in _PLAN_GRADE.finditer(text.value):
            if not _EARLIER.search(match["before"]):
                return Located(match["grade"] or match["bare"], text.at)
    return None


def industry_fields(dossier: Dossier) -> list[tuple[str, Text]]:
    """Return the places that name the industry, with what they say."""
    return named_fields(
        [
            ("申请表", dossier.form.industry if dossier.form else None),
            *((letter.kind.value, letter.industry) for letter in dossier.letters),
        ]
    )


def declared_grade(dossier: Dossier) -> Text | None:
    """Return the grade applied for: what most places say, the form where they are even."""
    fields = [text for _, text in grade_fields(dossier) if parse_grade(text.value)]
    return _usual(fields, lambda one, other: parse_grade(one) is parse_grade(other))


def declared_industry(dossier: Dossier) -> Text | None:
    """Return the industry that most places agree on, in the most detailed of their wordings."""
    fields = [text for _, text in industry_fields(dossier)]

    def same(one: str, other: str) -> bool:
        return same_industry(industry_key(one), industry_key(other))

    usual = _usual(fields, same)
    agreeing = [text for text in fields if usual is not None and same(text.value, usual.value)]
    return max(agreeing, key=lambda text: len(industry_key(text.value)), default=None)


@lru_cache(maxsize=1024)  # each name is held against every other
def industry_key(text: str) -> str:
    """Return an industry's name without the words that may come and go, for comparison."""
    name = re.sub(r"[()]|行业|企业|类型", "", plain(text)).casefold()
    return f"通用{name}" if name.startswith("涉") else name


def same_industry(one: str, other: str) -> bool:
    """Return whether two keys of `industry_key` may mean one industry: one may be more detailed."""
    return one in other or other in one


def _usual(fields: list[Text], same: Callable[[str, str], bool]) -> Text | None:
    """Return the first field that agrees with most of them."""

    def agreeing(text: Text) -> int:
        return sum(same(text.value, other.value) for other in fields)

    return max(fields, key=agreeing, default=None)
