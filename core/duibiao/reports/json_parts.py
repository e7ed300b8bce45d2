"""Parts of the reports for machines: places, citations, rows of the law, the ladder."""

from __future__ import annotations

from typing import Any

from duibiao.grading.eligibility import Bar
from duibiao.grading.ladder import Ladder
from duibiao.grading.rungs import Rung, Step
from duibiao.law.provenance import Citation, Provenance
from duibiao.model.dates import PartialDate
from duibiao.model.location import Location
from duibiao.reports.model import reach

Json = dict[str, Any]


def ladder_object(ladder: Ladder) -> Json:
    """Return a ladder with those of further industries in ``others``."""
    eligibility = ladder.eligibility
    return {
        "industry": ladder.industry,
        "grades": [grade.value for grade in ladder.grades],
        "declared": ladder.declared,
        "supported": ladder.supported,
        "ceiling": ladder.ceiling,
        "lowest": ladder.lowest,
        "overall": ladder.overall,
        "eligibility": {
            "barred": [grade.value for grade in eligibility.barred],
            "because": list(map(bar_object, eligibility.because)),
            "doubts": list(map(bar_object, eligibility.doubts)),
            "assured": bar_object(eligibility.assured) if eligibility.assured else None,
            "assured_needs": [grade.value for grade in eligibility.assured_needs],
        },
        "rungs": [rung_object(ladder, rung) for rung in ladder.rungs],
        "others": list(map(ladder_object, ladder.others)),
        "ungraded": list(ladder.ungraded),
    }


def rung_object(ladder: Ladder, rung: Rung) -> Json:
    """Return an item of a ladder."""
    return {
        "indicator": rung.indicator,
        "item": rung.item,
        "line": rung.line,
        "process": rung.process,
        "value": rung.value,
        "at": place(rung.at),
        "reached": rung.reached,
        "reach": reach(ladder, rung).value,
        "requirement": rung.requirement,
        "next_grade": rung.next_grade,
        "next_requirement": rung.next_requirement,
        "grounds": grounds_of(rung.grounds),
        "verified": rung.verified,
        "reason": rung.reason,
        "steps": list(map(step_object, rung.steps)),
    }


def step_object(step: Step) -> Json:
    """Return how an item stands to one grade."""
    return {
        "grade": step.grade,
        "requirement": step.requirement,
        "held": step.held.value,
        "verified": step.verified,
        "grounds": grounds_of(step.grounds),
        "why": step.why,
    }


def bar_object(bar: Bar) -> Json:
    """Return why a grade may not be applied for."""
    return {"at": place(bar.at), "what": bar.what, "article": citation(bar.cite)}


def place(at: Location) -> Json:
    """Return a place."""
    return {
        "text": str(at),
        "file": at.file,
        "section": at.section,
        "heading": at.heading,
        "page": at.page,
        "paragraph": at.paragraph,
        "table": at.table,
        "row": at.row,
        "column": at.column,
        "sheet": at.sheet,
        "quote": at.quote,
    }


def citation(cite: Citation) -> Json:
    """Return a citation."""
    source = cite.source
    return {
        "source": source.id,
        "title": source.title,
        "number": source.number,
        "place": cite.place,
    }


def grounds_of(grounds: Provenance | None) -> Json | None:
    """Return a row of the law, or None where there is none."""
    if grounds is None:
        return None
    return {
        "id": grounds.id,
        "standing": grounds.standing.value,
        "may_fail": grounds.may_fail,
        "confidence": grounds.confidence,
        "start": _day(grounds.start),
        "end": _day(grounds.end),
        "note": grounds.note,
        "cites": [citation(cite) for cite in grounds.cites],
    }


def _day(day: PartialDate | None) -> str | None:
    if day is None:
        return None
    parts = (f"{day.year:04}", *(f"{part:02}" for part in (day.month, day.day) if part is not None))
    return "-".join(parts)
