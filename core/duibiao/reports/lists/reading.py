"""Entries of the lists from reports as JSON (`duibiao.reports.as_json`): the one way, so that lists are made without checking again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from duibiao.grading.ladder import Ladder, Rung
from duibiao.law.common import CommonLaw
from duibiao.law.provenance import Citation, Provenance, Source, SourceKind, Standing
from duibiao.law.records import Hole
from duibiao.model.dates import PartialDate
from duibiao.model.grades import Grade
from duibiao.model.location import Location
from duibiao.reports.json_parts import Json
from duibiao.reports.lists.aims import aim_of
from duibiao.reports.lists.entry import Entry, Graded
from duibiao.reports.lists.gaps import gaps_of
from duibiao.reports.lists.kinds import kind_of
from duibiao.reports.model import Applicant
from duibiao.rules.verdict import Verdict


def read_entry(file: str, told: Mapping[str, Any], common: CommonLaw) -> Entry:
    """Return the entry of a report.

    Args:
        file: The package as the lists name it.
        told: The report, as `as_json.as_object` gives it.
        common: The common law.

    Raises:
        KeyError: If it is no report of this version.
    """
    judge, applicant = told["judge"], told["applicant"]
    graded = Graded(
        industry=told["industry"],
        declared=told["declared"],
        kind=kind_of(told["industry"], judge["branch"], judge["national_no"], common),
        branch=judge["branch"],
        edition=judge["edition"],
        ladder=_ladder(told["ladder"]),
        holes=tuple(
            Hole(id=hole["id"], branches=(), topic=hole["topic"], what=hole["what"], look_in=hole["look_in"])
            for hole in told["holes"]
        ),
    )  # fmt: skip
    aim = aim_of(graded, common)
    return Entry(
        file=file,
        enterprise=told["enterprise"],
        industry=graded.industry,
        declared=graded.declared,
        applicant=Applicant(**{**applicant, "names": tuple(applicant["names"].items())}),
        verdict=Verdict[told["verdict"].upper()],
        kind=graded.kind,
        branch=graded.branch,
        grade=graded.ladder.declared,
        supported=graded.ladder.supported,
        aim=aim,
        gaps=tuple(gaps_of(graded, aim, common)),
    )


def _ladder(told: Json) -> Ladder:
    """Return a ladder without what the lists do not ask for: eligibility, further industries, the steps of each item."""
    return Ladder(
        grades=tuple(map(Grade, told["grades"])),
        declared=_grade(told["declared"]),
        rungs=tuple(map(_rung, told["rungs"])),
        supported=_grade(told["supported"]),
        ceiling=_grade(told["ceiling"]),
        industry=told["industry"],
    )


def _rung(told: Json) -> Rung:
    return Rung(
        indicator=told["indicator"],
        item=told["item"],
        value=told["value"],
        at=Location(heading=told["at"]["text"]),
        reached=_grade(told["reached"]),
        requirement=told["requirement"],
        next_grade=_grade(told["next_grade"]),
        next_requirement=told["next_requirement"],
        grounds=_provenance(told["grounds"]) if told["grounds"] else None,
        verified=told["verified"],
        reason=told["reason"],
        line=told["line"],
        process=told["process"],
    )


def _grade(told: str | None) -> Grade | None:
    return Grade(told) if told else None


def _provenance(told: Json) -> Provenance:
    return Provenance(
        id=told["id"],
        standing=Standing(told["standing"]),
        cites=_citations(told["cites"]),
        confidence=told["confidence"],
        start=_day(told["start"]),
        end=_day(told["end"]),
        note=told["note"],
    )


def _citations(told: Sequence[Json]) -> tuple[Citation, ...]:
    """Return citations; of a source a report tells what it is called, so it is taken for the weakest kind, unread."""
    return tuple(
        Citation(
            Source(
                id=one["source"], title=one["title"], number=one["number"],
                kind=SourceKind.THIRD_PARTY, read=False,
            ),
            one["place"],
        )
        for one in told
    )  # fmt: skip


def _day(told: str | None) -> PartialDate | None:
    return PartialDate(*map(int, told.split("-"))) if told else None
