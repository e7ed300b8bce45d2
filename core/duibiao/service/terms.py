"""By which law a package is judged: industry, grade, city and day, as it declares them or as the caller fixes them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone

from duibiao.law.common import CommonLaw
from duibiao.law.in_force import Law, LawInForce
from duibiao.model.classes import dataclass
from duibiao.model.dates import PartialDate, parse_date
from duibiao.model.errors import UsageError
from duibiao.model.grades import parse_grade
from duibiao.plugins import Plugin, Registry
from duibiao.service.request import TODAY, Request

CHINA = timezone(timedelta(hours=8))
"""The time of the country: what is today there decides."""

_BETWEEN = re.compile(r"[、；;，,+＋\n](?![^(（]*[)）])")
"""Between two industries of an 行业类型 cell; not within brackets."""


@dataclass(frozen=True, slots=True)
class Declared:
    """申报内容: what a package says of itself, as far as the law depends on it.

    Attributes:
        industry: Industry in words, or "".
        grade: Grade in words, or "".
        city: City, or "".
        day: Date of the application, or None.
    """

    industry: str = ""
    grade: str = ""
    city: str = ""
    day: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """审查依据: the law that counts for a package, and how it was chosen.

    Attributes:
        industry: Industry in words, or "".
        grade: Grade in words, or "".
        plugin: The plugin that knows the industry, or None.
        law: The law in force.
        origin: Where the reference date comes from, in words.
    """

    industry: str
    grade: str
    plugin: Plugin | None
    law: LawInForce
    origin: str

    @property
    def day(self) -> date:
        """The reference date."""
        return self.law.day


def names_in(industry: str) -> tuple[str, ...]:
    """Return the industries that an 行业类型 cell names, in order; the first that a plugin knows is the main one."""
    return tuple(part.strip() for part in _BETWEEN.split(industry) if part.strip())


def declared_in(form: Mapping[str, str]) -> Declared:
    """Return what the application form (申请表) of a project says, by the keys of its fields."""
    return Declared(
        industry=form.get("industry", "").strip(),
        grade=form.get("grade", "").strip(),
        city=form.get("city", "").strip(),
        day=parse_date(form.get("date", "").strip()),
    )


def terms_of(declared: Declared, request: Request, registry: Registry, common: CommonLaw) -> Terms:
    """Choose the law for a package.

    Raises:
        UsageError: If the request names an unknown grade or industry.
    """
    industry = request.industry or declared.industry
    written = request.grade or declared.grade
    grade = parse_grade(written)
    if request.grade and grade is None:
        raise UsageError(f"不认识的等级“{request.grade}”；请写 A、B、B-、C、D、引领性等")
    found = next(filter(None, map(registry.find, names_in(industry))), None)
    if request.industry and found is None:
        raise UsageError(f"没有插件认识行业“{request.industry}”；可用行业见 duibiao plugins")
    plugin, branch = found or (None, None)
    day, origin = _reference_day(declared, request)
    law = Law(common, plugin.book if plugin else None, branch, declared.city, grade).on(day)
    return Terms(industry, written, plugin, law, origin)


def _reference_day(declared: Declared, request: Request) -> tuple[date, str]:
    if request.day is not None:
        return request.day, "命令指定"
    if declared.day is not None:
        return declared.day.latest(), "封面日期"
    return datetime.now(CHINA).date(), TODAY
