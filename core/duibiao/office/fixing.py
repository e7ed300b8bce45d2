"""Fixing a grade (核定等级): which grade a step may fix, by the measures."""

from __future__ import annotations

from collections.abc import Iterator

from duibiao.grading.eligibility import GOOD_FOR_ASSURED
from duibiao.grading.order import GRADES, rank
from duibiao.model.grades import Grade, parse_grade
from duibiao.office.errors import InvalidError
from duibiao.procedure.roles import Role, Track
from duibiao.procedure.steps import Fixes, Step, goes_to_province
from duibiao.reports.lists.kinds import Kind, Tier, kind_of
from duibiao.service import Service
from duibiao.service.terms import names_in
from duibiao.storage.packages import Package

_LOWEST = (Grade.D, Grade.NOT_LEADING)
_BY_LEADING = (Grade.LEADING, Grade.NOT_LEADING)


def fixed(service: Service, package: Package, step: Step, written: str) -> str:
    """Return the grade that a step fixes, as documents write it; "" for a step that fixes none.

    Args:
        service: Knows the ladders.
        package: The package as it stands before the step.
        step: The step.
        written: The grade as the actor wrote it.

    Raises:
        InvalidError: If it is no grade, or not one that this step may fix.
    """
    if not step.graded:
        return ""
    grade = parse_grade(written)
    if grade is None:
        known = "、".join(each.label for each in Grade)
        raise InvalidError(f"“{step.label}”要写明核定的等级；可以写：{known}")
    for why in _refusals(service, package, step, grade):
        raise InvalidError(why)
    return grade.label


def choices(service: Service, package: Package, step: Step) -> tuple[str, ...]:
    """Return the grades to choose from in a step, best first, as documents write them; none for a step that fixes none.

    Who applies for 引领性 is graded by it alone, who applies for a letter by letters.
    """
    if not step.graded:
        return ()
    asked = parse_grade(package.declared)
    known = [g for g in GRADES if asked is None or (g in _BY_LEADING) is (asked in _BY_LEADING)]
    return tuple(g.label for g in known if not any(_refusals(service, package, step, g)))


def _refusals(service: Service, package: Package, step: Step, grade: Grade) -> Iterator[str]:
    if step.to_province is not None and goes_to_province(grade.value) is not step.to_province:
        yield (
            f"{grade.label}由市局评定，不上报省厅；请用“评定，进入公示”（第十条（3））"
            if step.to_province
            else f"{grade.label}须由省生态环境厅核验评定，市局不能直接评定；请上报省厅（第十条（3））"
        )
    match step.fixes:
        case Fixes.DECLARED if (asked := parse_grade(package.declared)) and rank(grade) < rank(
            asked
        ):
            yield f"企业申报的是{asked.label}，不能核定为更高的{grade.label}；请退回企业重新申报"
        case Fixes.LOWER if rank(grade) <= rank(parse_grade(package.final_grade)):
            yield f"现在的等级是{package.final_grade}，降级须低于它（第十四条、第十五条）"
        case Fixes.LOWEST if grade not in (lowest := _lowest(service, package)):
            yield f"这里只能评定为最低等级：{'、'.join(each.label for each in lowest)}（第十九条）"


def _lowest(service: Service, package: Package) -> tuple[Grade, ...]:
    """Return the lowest grade of a package's industry; both that there are where its ladder is not known."""
    found = service.registry.find(package.industry) if package.industry else None
    return (found[1].ladder[-1:] if found else ()) or _LOWEST


def assured(service: Service, package: Package, step: Step, grade: str) -> str:
    """Look whether a package may go on as 保障类: in a key industry it needs B or better, or 引领性 (第十三条).

    Args:
        service: Knows the industries.
        package: The package as it stands before the step.
        step: The step.
        grade: The grade that the step fixes, or "".

    Returns:
        What a person has to verify, or "".

    Raises:
        InvalidError: If it may not: the industry is a national key industry, and the grade is too low.
    """
    if (
        Track(package.track) is not Track.GUARANTEE
        or not step.target.is_open
        or step.role is Role.APPLICANT
    ):
        return ""
    if step.key not in ("county-pass", "guarantee-to-province", "province-confirm"):
        return ""
    held = parse_grade(grade or package.final_grade or package.declared)
    if held in GOOD_FOR_ASSURED:
        return ""
    named = held.label if held else "没有写明等级"
    kinds = _kinds(service, package)
    if any(kind.tier is Tier.NATIONAL for kind in kinds):
        raise InvalidError(
            f"重点行业的保障类企业须达到B级及以上或引领性，这份申报的等级是“{named}”，不能“{step.label}”；请退回整改（第十三条）"
        )
    if kinds and all(kind.tier is Tier.GENERAL for kind in kinds):
        return ""
    return f"请核实：等级是“{named}”，不能确定“{package.industry or '（没有写行业）'}”是否重点行业；是重点行业的，须达到B级及以上或引领性（第十三条）"


def _kinds(service: Service, package: Package) -> list[Kind]:
    kinds = []
    for name in names_in(package.industry):
        found = service.registry.find(name)
        branch = found[1] if found else None
        kinds.append(
            kind_of(
                name,
                branch.name if branch else "",
                branch.national_no if branch else None,
                service.common,
            )
        )
    return kinds
