"""JSON reports are what their published schema says, and it says everything that is in them."""

import copy
import json
from dataclasses import replace
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from duibiao.reports import as_json
from duibiao.reports.comparing import compare, earlier_of
from duibiao.reports.summary import Line, Summary, line_of
from duibiao.reports.waivers import Waived
from duibiao.service import Service
from duibiao.testing import enterprises
from duibiao.testing.dossiers import build_dossier

from .sample_reports import CLEAN, NAMES, OUTLET, a_report, finding
from .test_waivers import waiver


def strict(schema: Any) -> Any:
    """The schema with nothing allowed that it does not name."""
    if isinstance(schema, dict):
        made = {key: strict(value) for key, value in schema.items()}
        if "properties" in schema and isinstance(schema.get("required"), list):
            made["additionalProperties"] = False
        return made
    return [strict(entry) for entry in schema] if isinstance(schema, list) else schema


VALID = Draft202012Validator(strict(copy.deepcopy(as_json.schema())))


def full() -> Any:
    report = a_report(waived=(Waived(finding(NAMES, OUTLET), waiver()),))
    old = a_report(outcomes=a_report().outcomes[:3])
    return replace(report, comparison=compare(report, earlier_of(old)))


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(as_json.schema())


@pytest.mark.parametrize("report", [a_report(), a_report(**CLEAN), full()])
def test_a_report_is_what_the_schema_says(report: Any) -> None:
    VALID.validate(json.loads(as_json.render(report)))


@pytest.mark.parametrize("name", enterprises.names())
def test_real_reports_are_what_the_schema_says(name: str) -> None:
    report = Service().judge(build_dossier(enterprises.load(name)))

    VALID.validate(json.loads(as_json.render_line(report)))


def test_tables_and_files_that_could_not_be_read_are_what_the_schema_says() -> None:
    lines = (line_of("甲.docx", a_report(), "甲.json"), Line("坏.docx", "不是 Word 文件"))

    VALID.validate(
        json.loads(as_json.render_summary(Summary(lines, {".pdf": 2}, ("甲-整改通知.docx",))))
    )
    VALID.validate(json.loads(as_json.render_problem("坏.docx", "不是 Word 文件")))


@pytest.mark.parametrize(
    "change", [{"verdict": "good"}, {"schema_version": 2}, {"sha256": "x"}, {"findings": None}]
)
def test_the_schema_refuses_what_is_no_report(change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        VALID.validate(json.loads(as_json.render(a_report())) | change)


def test_every_field_is_explained_by_name_or_in_words() -> None:
    for name, part in as_json.schema()["$defs"].items():
        assert "description" in part or name == "counts", name
