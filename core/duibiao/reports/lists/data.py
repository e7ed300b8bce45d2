"""What the lists are made of: one entry a package, and whatever could not be listed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from duibiao.grading.ladder import Ladder
from duibiao.grading.order import rank
from duibiao.law.common import CommonLaw
from duibiao.law.records import Hole
from duibiao.model.grades import Grade
from duibiao.reports.lists.kinds import PROVINCIAL_LIST, Kind, Tier, kind_of
from duibiao.reports.model import Applicant, CheckReport
from duibiao.rules.support import plain
from duibiao.rules.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Entry:
    """清单的一项: what the lists need of one package and its check.

    Attributes:
        file: The package.
        enterprise: Enterprise name; never "".
        industry: Industry as declared, or "".
        declared: Grade as declared, or "".
        applicant: Who applies.
        verdict: The verdict.
        kind: Industry as the technical guides name it.
        branch: Branch by which it was graded, or "".
        edition: Edition by which it was graded, or "".
        ladder: The ladder; its declared grade is the grade applied for.
        holes: What is not known of the law of its branch.
    """

    file: str
    enterprise: str
    industry: str
    declared: str
    applicant: Applicant
    verdict: Verdict
    kind: Kind
    branch: str
    edition: str
    ladder: Ladder
    holes: tuple[Hole, ...]

    @property
    def grade(self) -> Grade | None:
        """The grade applied for, or None."""
        return self.ladder.declared

    @property
    def county(self) -> str:
        """所属县（市、区）, or ""."""
        return plain(self.applicant.county)

    @property
    def identity(self) -> str:
        """By what packages of one enterprise are told to be so."""
        return plain(self.applicant.credit_code).upper() or plain(self.enterprise)

    @property
    def order(self) -> tuple[object, ...]:
        """Place among entries: by industry of the guides, then by grade (附件3)."""
        return (*self.kind.order, rank(self.grade), self.enterprise, self.file)


def entry_of(file: str, report: CheckReport, common: CommonLaw) -> Entry:
    """Return the entry of a checked package.

    Args:
        file: The package as the lists name it.
        report: Its report.
        common: The common law.
    """
    judge = report.judge
    return Entry(
        file=file,
        enterprise=report.enterprise,
        industry=report.industry,
        declared=report.declared,
        applicant=report.applicant,
        verdict=report.verdict,
        kind=kind_of(report.industry, judge.branch, judge.national_no, common),
        branch=judge.branch,
        edition=judge.edition,
        ladder=report.ladder,
        holes=report.holes,
    )


@dataclass(frozen=True, slots=True)
class Absent:
    """未列入的材料: a package that is in no list, and why.

    Attributes:
        file: The package.
        enterprise: Enterprise name, or "".
        verdict: The verdict, or None where it could not be read.
        reason: Why it is in no list.
    """

    file: str
    enterprise: str
    verdict: Verdict | None
    reason: str


@dataclass(frozen=True, slots=True)
class Listing:
    """清单数据: everything that goes into the three workbooks.

    Attributes:
        common: The common law.
        city: City of the lists, or "" where the packages do not agree on one.
        day: Reference date that the caller fixed, or None.
        entries: Packages in the lists, by industry and grade.
        absent: Packages in no list.
        remarks: What is to be said of the lists as a whole.
    """

    common: CommonLaw
    city: str
    day: date | None
    entries: tuple[Entry, ...]
    absent: tuple[Absent, ...]
    remarks: tuple[str, ...]

    def counties(self) -> tuple[str, ...]:
        """Return the counties of the entries: those with a target first, the unknown one ("") last."""
        known = dict.fromkeys(target.county for target in self.common.targets)
        found = {entry.county for entry in self.entries}
        others = sorted(found - set(known) - {""})
        return (*(c for c in known if c in found), *others, *({""} & found))

    def by_enterprise(self) -> dict[str, tuple[Entry, ...]]:
        """Return the entries by enterprise."""
        grouped: dict[str, list[Entry]] = {}
        for entry in self.entries:
            grouped.setdefault(entry.identity, []).append(entry)
        return {identity: tuple(entries) for identity, entries in grouped.items()}


def make_listing(
    common: CommonLaw,
    entries: Iterable[Entry],
    problems: Mapping[str, str],
    *,
    city: str = "",
    day: date | None = None,
    skipped: str = "",
) -> Listing:
    """Return the listing of checked packages.

    Args:
        common: The common law.
        entries: What was checked.
        problems: Why a package could not be checked, by its name.
        city: Only packages of this city, or "" for all.
        day: Reference date that the caller fixed.
        skipped: What was not looked at, in one sentence, or "".
    """
    absent = [Absent(file, "", None, reason) for file, reason in problems.items()]
    listed = []
    for entry in entries:
        if reason := _why_absent(entry, city):
            absent.append(Absent(entry.file, entry.enterprise, entry.verdict, reason))
        else:
            listed.append(entry)
    cities = sorted({plain(e.applicant.city) for e in listed} - {""})
    only = cities[0] if len(cities) == 1 else city
    return Listing(
        common=common,
        city=only,
        day=day,
        entries=tuple(sorted(listed, key=lambda entry: entry.order)),
        absent=tuple(sorted(absent, key=lambda one: one.file)),
        remarks=_remarks(common, listed, cities, only, skipped),
    )


def _why_absent(entry: Entry, city: str) -> str:
    if not plain(entry.enterprise):
        return "申请表和封面都没有企业名称，不能列入清单"
    own = plain(entry.applicant.city)
    if city and own and _bare(own) != _bare(city):
        return f"所属省辖市为{own}，不在{city}的清单内"
    return ""


def _bare(city: str) -> str:
    return plain(city).removesuffix("市")


def _remarks(
    common: CommonLaw, entries: Sequence[Entry], cities: Sequence[str], city: str, skipped: str
) -> tuple[str, ...]:
    remarks = []
    if not city and cities:
        remarks.append(
            f"材料属于不同的省辖市（{'、'.join(cities)}）；要某一市的清单，请用 --city 指定"
        )
    if {Tier.PROVINCIAL, Tier.UNKNOWN} & {entry.kind.tier for entry in entries}:
        hole = next(hole for hole in common.holes if hole.id == PROVINCIAL_LIST)
        remarks.append(
            f"{hole.what}的名单没有查到（缺），省级重点行业须人工核对；请查{hole.look_in}"
        )
    return (*remarks, *([skipped] if skipped else []))
