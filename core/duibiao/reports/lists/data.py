"""What the lists are made of: one entry a package, and whatever could not be listed.

Entries lie in a database of their own on the disk while lists are made of them: there may be a million.
"""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from duibiao.law.common import CommonLaw
from duibiao.reports.lists.entry import Entry
from duibiao.reports.lists.kinds import PROVINCIAL_LIST, Kind, Tier
from duibiao.rules.support import plain
from duibiao.rules.verdict import Verdict

NAMED = 5
"""Most packages of an enterprise that are named beside another one of it."""
_FAMILIES = 4096


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
class Family:
    """一家企业的材料: what an entry has to know of the others of its enterprise.

    Attributes:
        files: By industry, how many packages there are, and the first few of them.
        branches: Branches by which they were graded.
    """

    files: Mapping[Kind, tuple[int, tuple[str, ...]]]
    branches: frozenset[str]


class Listing:
    """清单数据: everything that goes into the three workbooks; made by `make_listing`.

    Attributes:
        common: The common law.
        city: City of the lists, or "" where the packages do not agree on one.
        day: Reference date that the caller fixed, or None.
        absent: Packages in no list.
        remarks: What is to be said of the lists as a whole.
        total: Number of packages in the lists.
    """

    def __init__(self, common: CommonLaw, day: date | None, folder: Path | None) -> None:
        """Begin an empty one; its database is in `folder`, or else where the system keeps what is temporary."""
        self.common, self.day = common, day
        self.city = ""
        self.absent: tuple[Absent, ...] = ()
        self.remarks: tuple[str, ...] = ()
        self.total = 0
        self.family = lru_cache(_FAMILIES)(self._family)
        self._database = sqlite3.connect(folder / "entries.db" if folder else "")
        self._database.execute("PRAGMA journal_mode=OFF")
        self._database.execute("PRAGMA synchronous=OFF")
        self._database.execute(
            "CREATE TABLE entry (place BLOB, county BLOB, identity BLOB, entry BLOB)"
        )

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def put(self, entries: Iterable[Entry]) -> None:
        """Take the entries, once."""
        rows = ((e.order, _key(e.county), _key(e.identity), pickle.dumps(e)) for e in entries)
        self._database.executemany("INSERT INTO entry VALUES (?, ?, ?, ?)", rows)
        (self.total,) = self._database.execute("SELECT count(*) FROM entry").fetchone()
        for columns in ("place", "county, place", "identity, place"):
            name = columns.partition(",")[0]
            self._database.execute(f"CREATE INDEX by_{name} ON entry ({columns})")

    def entries(self, county: str | None = None) -> Iterator[Entry]:
        """Give the entries by industry and grade; those of a county where one is named."""
        if county is None:
            return self._found("ORDER BY place")
        return self._found("WHERE county = ? ORDER BY place", _key(county))

    def enterprises(self) -> Iterator[tuple[Entry, ...]]:
        """Give the entries of each enterprise."""
        for _, own in groupby(self._found("ORDER BY identity, place"), lambda e: e.identity):
            yield tuple(own)

    def counties(self) -> tuple[str, ...]:
        """Return the counties of the entries: those with a target first, the unknown one ("") last."""
        known = dict.fromkeys(target.county for target in self.common.targets)
        rows = self._database.execute("SELECT DISTINCT county FROM entry")
        found = {str(row[0], "utf-8", "surrogatepass") for row in rows}
        others = sorted(found - set(known) - {""})
        return (*(c for c in known if c in found), *others, *({""} & found))

    def _family(self, identity: str) -> Family:
        """Return what is known of the packages of an enterprise."""
        files: dict[Kind, tuple[int, tuple[str, ...]]] = {}
        branches = set()
        for entry in self._found("WHERE identity = ? ORDER BY place", _key(identity)):
            count, named = files.get(entry.kind, (0, ()))
            files[entry.kind] = count + 1, (*named, entry.file)[: NAMED + 1]
            branches.add(entry.branch)
        return Family(files, frozenset(branches - {""}))

    def _found(self, clauses: str, *values: bytes) -> Iterator[Entry]:
        query = f"SELECT entry FROM entry {clauses}"  # noqa: S608 - clauses are our own
        for (row,) in self._database.execute(query, values):
            entry: Entry = pickle.loads(row)  # noqa: S301 - written by this very process
            yield entry


def _key(text: str) -> bytes:
    """Return a text to compare: a file name need not be one that a database takes."""
    return text.encode("utf-8", "surrogatepass")


def make_listing(
    common: CommonLaw,
    entries: Iterable[Entry],
    problems: Mapping[str, str],
    *,
    city: str = "",
    day: date | None = None,
    skipped: str = "",
    folder: Path | None = None,
) -> Listing:
    """Return the listing of checked packages.

    Args:
        common: The common law.
        entries: What was checked; gone through once, and not kept.
        problems: Why a package could not be checked, by its name; looked at after the entries.
        city: Only packages of this city, or "" for all.
        day: Reference date that the caller fixed.
        skipped: What was not looked at, in one sentence, or "".
        folder: Where the entries lie meanwhile; None for where the system keeps what is temporary.
    """
    listing = Listing(common, day, folder)
    absent: list[Absent] = []
    cities: set[str] = set()
    tiers: set[Tier] = set()

    def listed() -> Iterator[Entry]:
        for entry in entries:
            if reason := _why_absent(entry, city):
                absent.append(Absent(entry.file, entry.enterprise, entry.verdict, reason))
                continue
            cities.add(plain(entry.applicant.city))
            tiers.add(entry.kind.tier)
            yield entry

    listing.put(listed())
    absent += [Absent(file, "", None, reason) for file, reason in problems.items()]
    listing.absent = tuple(sorted(absent, key=lambda one: one.file))
    named = sorted(cities - {""})
    listing.city = named[0] if len(named) == 1 else city
    listing.remarks = _remarks(listing, named, tiers, skipped)
    return listing


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
    listing: Listing, cities: list[str], tiers: set[Tier], skipped: str
) -> tuple[str, ...]:
    remarks = []
    if not listing.city and cities:
        remarks.append(
            f"材料属于不同的省辖市（{'、'.join(cities)}）；要某一市的清单，请用 --city 指定"
        )
    if {Tier.PROVINCIAL, Tier.UNKNOWN} & tiers:
        hole = next(hole for hole in listing.common.holes if hole.id == PROVINCIAL_LIST)
        remarks.append(
            f"{hole.what}的名单没有查到（缺），省级重点行业须人工核对；请查{hole.look_in}"
        )
    return (*remarks, *([skipped] if skipped else []))
