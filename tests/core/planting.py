"""What the tests of planted defects share: a sample's project with one thing changed, and what is found because of it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from duibiao.project.notation import dump_toml
from duibiao.reports.model import CheckReport
from duibiao.rules.definition import Severity
from duibiao.rules.engine import Status
from duibiao.service import Service
from duibiao.testing import enterprises
from duibiao.testing.filing import evidence_of, write_evidence
from duibiao.testing.projects import FILE, project_data, project_of
from duibiao.testing.reading_back import read_back


@dataclass
class Planted:
    """A project to be changed: what is filled in by sheet, and the evidence by name below 证据/."""

    content: dict[str, Any]
    files: dict[str, bytes] = field(repr=False)

    def row(self, sheet: str, **known: str) -> dict[str, str]:
        """Return the one row of a list with these values."""
        (found,) = (
            row for row in self.content[sheet] if all(row[key] == known[key] for key in known)
        )
        return found

    def drop(self, sheet: str, **known: str) -> None:
        """Take the one row with these values out of a list."""
        self.content[sheet].remove(self.row(sheet, **known))

    def rewrite(self, old: str, new: str) -> None:
        """Write `new` wherever `old` stands."""
        for sheet in self.content.values():
            for row in sheet if isinstance(sheet, list) else [sheet]:
                row.update((key, value.replace(old, new)) for key, value in row.items())

    def file(self, part: str) -> str:
        """Return the name of the one file whose name holds `part`."""
        (name,) = (name for name in self.files if part in name)
        return name

    def remove(self, part: str) -> None:
        """Take away the one file whose name holds `part`."""
        del self.files[self.file(part)]


Plant = Callable[[Planted], object]


@cache
def service() -> Service:
    return Service()


@cache
def _clean(sample: str) -> Planted:
    enterprise = enterprises.load(sample)
    content = project_of(enterprise)
    return Planted(content, evidence_of(enterprise, project_data(content), notes=False))


def write_planted(plant: Plant, folder: Path, sample: str = "cement") -> Path:
    """Write the project of a sample with something changed, and return its folder."""
    planted = deepcopy(_clean(sample))
    plant(planted)
    project = folder / "项目"
    project.mkdir()
    (project / FILE).write_text(dump_toml(project_data(planted.content)), encoding="utf-8")
    write_evidence(planted.files, project)
    return project


Found = set[tuple[str, str]]


def found_with(plant: Plant, sample: str = "cement") -> tuple[Found, Found]:
    """Return what is found in a changed project, and in the Word files of its draft."""
    with tempfile.TemporaryDirectory() as folder:
        project = service().open_project(write_planted(plant, Path(folder), sample))
        read = read_back(project, draft=True)
    return (
        told(service().judge_project(project)),
        told(service().judge(read.dossier, warnings=read.warnings)),
    )


@cache
def found_when_clean(sample: str) -> tuple[Found, Found]:
    """Return what is found in the project as it is, and in its Word files."""
    return found_with(lambda _: None, sample)


def told(report: CheckReport) -> Found:
    """Codes and messages of all findings but mere information; what broke is one, too."""
    broken = {(o.rule.code, o.reason) for o in report.outcomes if o.status is Status.CRASHED}
    serious = (found for found in report.findings if found.severity is not Severity.INFO)
    return {(finding.code, finding.message) for finding in serious} | broken
