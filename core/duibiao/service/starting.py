"""A new project for an enterprise of a known industry."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from duibiao.law.common import CommonLaw
from duibiao.law.in_force import Law, LawInForce
from duibiao.law.records import Branch
from duibiao.model.errors import UsageError
from duibiao.model.grades import Grade, parse_grade
from duibiao.plugins import Plugin, Registry
from duibiao.project.catalogue import catalogue_of
from duibiao.project.data import ProjectData
from duibiao.project.starting import prefilled, start


def start_project(
    where: Path,
    name: str,
    industry: str,
    grade: str,
    day: date,
    registry: Registry,
    common: CommonLaw,
) -> Path:
    """Make the folder of a new project.

    Args:
        where: Folder in which it is made.
        name: Its name.
        industry: Name of a plugin, or of an industry in words.
        grade: The grade that is aimed at, in words; "" if it is open.
        day: The day by whose law it is asked.
        registry: The plugins.
        common: The common law.

    Returns:
        The folder.

    Raises:
        UsageError: The industry or the grade is not known, or the name cannot be that of a folder.
        ProjectError: The folder is there and not empty, or cannot be written.
    """
    law, aimed = _law(industry, grade, day, registry, common)
    return start(where, name, catalogue_of(registry, law), aimed)


def prefill(
    name: str, industry: str, grade: str, day: date, registry: Registry, common: CommonLaw
) -> ProjectData:
    """Return what `start_project` fills in, without making a folder.

    Raises:
        UsageError: The industry or the grade is not known, or the name cannot be that of a folder.
    """
    return prefilled(name, *_law(industry, grade, day, registry, common))


def _law(
    industry: str, grade: str, day: date, registry: Registry, common: CommonLaw
) -> tuple[LawInForce, Grade | None]:
    """Return the law by which a new project is asked, and the grade that it aims at."""
    plugin, branch = _branch(industry, registry)
    aimed = parse_grade(grade)
    if grade and (aimed is None or (branch.ladder and aimed not in branch.ladder)):
        known = "、".join(one.label for one in branch.ladder) or "A、B、B-、C、D、引领性等"
        raise UsageError(f"{branch.name}没有等级“{grade}”；请写 {known}")
    return Law(common, plugin.book, branch, grade=aimed).on(day), aimed


def _branch(industry: str, registry: Registry) -> tuple[Plugin, Branch]:
    """Return the branch that is meant; a plugin's own name means its first one, to be changed in the workbook."""
    named = next((plugin for plugin in registry.plugins if plugin.name == industry), None)
    if named is not None:
        return named, named.book.industry.branches[0]
    found = registry.find(industry)
    if found is None:
        names = "、".join(plugin.name for plugin in registry.plugins)
        raise UsageError(
            f"没有插件认识行业“{industry}”；请写行业名称，或插件名之一：{names}（见 duibiao plugins）"
        )
    return found
