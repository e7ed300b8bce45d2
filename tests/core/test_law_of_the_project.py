"""The law of the project: whatever it says, the package built of it says the same, and nothing is found in either.

EXAMPLES=500 in the environment looks at more projects than the usual number.
"""

import json
import os
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from duibiao.model.dossier import Dossier
from duibiao.project.blank import write_workbook
from duibiao.project.catalogue import catalogue_of
from duibiao.project.names import DATA_NAMES
from duibiao.reports.model import CheckReport
from duibiao.rules.definition import Severity
from duibiao.rules.engine import Status
from duibiao.service import Service
from duibiao.service.project import Project
from duibiao.testing import enterprises
from duibiao.testing.comparison import same_content, same_facts
from duibiao.testing.projects import FILE, project_data, write_project
from duibiao.testing.reading_back import read_back
from duibiao.testing.variations import Variation, variations

EXAMPLES = int(os.environ.get("EXAMPLES", "8"))
"""How many projects of each industry are looked at."""

SEAL, SIGNATURE = "签章/公章.png", "签章/签字.png"

law = settings(
    max_examples=EXAMPLES,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a project is too large to be shrunk
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    print_blob=True,
)


@cache
def service() -> Service:
    return Service()


def told(report: CheckReport) -> list[tuple[str, str, str, str]]:
    """What a report finds, but for mere information, and what broke on the way."""
    crashed = [o for o in report.outcomes if o.status is Status.CRASHED]
    return [
        *((f.code, f.at.heading, f.message, f.todo) for f in report.findings if is_serious(f)),
        *((o.rule.code, "", "检查出错", o.reason) for o in crashed),
    ]


def is_serious(finding: Any) -> bool:
    return finding.severity is not Severity.INFO


def every_industry(test: Any) -> Any:
    return pytest.mark.parametrize("industry", enterprises.names())(test)


@every_industry
@law
@given(data=st.data())
def test_a_faultless_project_is_read_back_as_it_was_and_nothing_is_found(
    industry: str, data: st.DataObject
) -> None:
    variation = data.draw(variations(enterprises.load(industry)))
    with tempfile.TemporaryDirectory() as folder:
        project = service().open_project(variation.write(Path(folder)))
        assert told(service().judge_project(project)) == []
        read = read_back(project)
    assert same_facts(project.composition.dossier, read.dossier) == []
    assert (read.dossier.unread, read.warnings) == ((), ())
    report = service().judge(read.dossier, warnings=read.warnings)
    left_to_pen = {"DB-210": SEAL, "DB-206": SIGNATURE}
    assert {code for code, *_ in told(report)} == {
        code for code, picture in left_to_pen.items() if picture not in variation.files
    }


@given(data=st.data())
@settings(law, max_examples=2)
@every_industry
def test_workbook_toml_and_json_make_the_same_dossier(industry: str, data: st.DataObject) -> None:
    variation = data.draw(variations(enterprises.load(industry)))
    with tempfile.TemporaryDirectory() as folder:
        written = variation.write(Path(folder))
        as_toml = service().open_project(written)
        (written / FILE).unlink()
        others = [service().open_project(path) for path in other_forms(written, variation, as_toml)]
    dossier, *same = (project.composition.dossier for project in (as_toml, *others))
    for other in same:
        assert same_content(bare(dossier), bare(other)) == []
        assert said(dossier) == said(other)
    assert [told(service().judge_project(other)) for other in others] == [[], []]


def bare(dossier: Dossier) -> Dossier:
    return replace(dossier, paragraphs=())


def said(dossier: Dossier) -> set[tuple[str, str]]:
    """Every text with its section; what is said twice at one place is told once, and places differ."""
    return {(text.at.section, text.value) for text in dossier.paragraphs}


def other_forms(folder: Path, variation: Variation, project: Project) -> Iterator[Path]:
    """Write the data of a project as a workbook and as JSON, one after the other."""
    workbook, _, as_json = (folder / name for name in DATA_NAMES)
    data = project_data(variation.content, sheets=variation.sheets)
    write_workbook(workbook, catalogue_of(service().registry, project.terms.law), data)
    yield workbook
    workbook.unlink()
    as_json.write_text(json.dumps(variation.content, ensure_ascii=False), encoding="utf-8")
    yield as_json


@every_industry
def test_a_project_without_seal_and_signature_asks_for_both_in_word(
    industry: str, tmp_path: Path
) -> None:
    """The one difference that the law allows, told in full."""
    enterprise = enterprises.load(industry)
    folder = write_project(enterprise, tmp_path)
    for name in (SEAL, SIGNATURE):
        (folder / "证据" / name).unlink()
    project = service().open_project(folder)
    assert told(service().judge_project(project)) == []
    report = service().judge(read_back(project).dossier)
    assert [(code, place) for code, place, *_ in told(report)] == [
        ("DB-206", "二、资料真实性承诺书"),
        ("DB-206", "三、落实重污染天气应急减排承诺书"),
        ("DB-210", "封面"),
        ("DB-210", f"一、{enterprise.name}绩效分级申请表"),
        ("DB-210", "二、资料真实性承诺书"),
        ("DB-210", "三、落实重污染天气应急减排承诺书"),
    ]
