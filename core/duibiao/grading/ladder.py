"""The ladder (分级阶梯): per outlet, pollutant and indicator, the grade that the evidence supports and what is next.

The enterprise's grade is the worst over all items, processes and industries (第五条（三）, 短板), and never better than
what it may apply for (第十八条). An item that nobody can judge from the package alone, or whose requirement is not
verified, keeps the grade open: it is said, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable

from duibiao.grading.eligibility import Eligibility, eligibility_of
from duibiao.grading.indicators import indicator_rungs
from duibiao.grading.limits import limit_rungs
from duibiao.grading.order import rank
from duibiao.grading.rungs import Rung
from duibiao.law.in_force import LawInForce
from duibiao.model.classes import dataclass
from duibiao.model.dossier import Dossier
from duibiao.model.grades import Grade

__all__ = ["Ladder", "Rung", "climb"]


@dataclass(frozen=True, slots=True)
class Ladder:
    """分级阶梯: every item, and the grade of the whole.

    Attributes:
        grades: Grades of the branch, best first; empty where not established.
        declared: Grade applied for, or None.
        rungs: Items.
        supported: Worst grade over all items, no better than may be applied for; None where any of this cannot be told.
        ceiling: Best grade that the judged items and the eligibility still allow, or None where there is none.
        industry: Industry branch, or "".
        eligibility: What may be applied for.
        others: Ladders of further industries that the package names, each on its own.
        ungraded: Industries that the package names and no plugin knows.
    """

    grades: tuple[Grade, ...]
    declared: Grade | None
    rungs: tuple[Rung, ...]
    supported: Grade | None
    ceiling: Grade | None
    industry: str = ""
    eligibility: Eligibility = Eligibility()
    others: tuple[Ladder, ...] = ()
    ungraded: tuple[str, ...] = ()

    @property
    def every(self) -> tuple[Ladder, ...]:
        """This ladder and those of further industries."""
        return (self, *self.others)

    @property
    def lowest(self) -> Grade | None:
        """The grade of who takes no part (第十二条), or None without a ladder."""
        return self.grades[-1] if self.grades else None

    @property
    def overall(self) -> Grade | None:
        """总体绩效: the worst supported grade over all industries, or None where one cannot be told."""
        if self.ungraded or any(one.supported is None for one in self.every):
            return None
        return max((one.supported for one in self.every), key=rank)

    def by_place(self) -> dict[str, tuple[Rung, ...]]:
        """Return the rungs by production line and process, in the order found; what concerns all is under 全厂."""
        grouped: dict[str, list[Rung]] = {}
        for rung in self.rungs:
            grouped.setdefault(rung.place, []).append(rung)
        return {place: tuple(rungs) for place, rungs in grouped.items()}

    def reached(self, rungs: Iterable[Rung]) -> Grade | None:
        """Return the worst grade over some items, or None where one cannot be told; for 分工序评定."""
        grades = [rung.reached for rung in rungs]
        known = [grade for grade in grades if grade is not None]
        return max(known, key=self.grades.index) if known and len(known) == len(grades) else None


def climb(dossier: Dossier, law: LawInForce) -> Ladder:
    """Place every item of a dossier on the ladder of its industry.

    Args:
        dossier: The dossier.
        law: The law in force on the reference date, which knows the grade to judge by.

    Returns:
        The ladder; without an established ladder its items are listed but not judged.
    """
    rungs = (*limit_rungs(dossier, law), *indicator_rungs(dossier, law))
    eligibility = eligibility_of(dossier, law)
    known = [rung.reached for rung in rungs if rung.reached is not None]
    worst = max(known, key=law.ladder.index, default=law.ladder[0] if law.ladder else None)
    ceiling = _capped(worst, law.ladder, eligibility)
    sure = worst is not None and eligibility.is_sure(worst)
    return Ladder(
        grades=law.ladder,
        declared=law.grade,
        rungs=rungs,
        supported=ceiling if rungs and len(known) == len(rungs) and sure else None,
        ceiling=ceiling,
        industry=law.branch.name if law.branch else "",
        eligibility=eligibility,
    )


def _capped(
    worst: Grade | None, ladder: tuple[Grade, ...], eligibility: Eligibility
) -> Grade | None:
    """Return the best grade that is no better than `worst` and may be applied for, or None where there is none."""
    if worst is None:
        return None
    open_to = ladder[ladder.index(worst) :]
    return next((grade for grade in open_to if eligibility.allows(grade)), None)
