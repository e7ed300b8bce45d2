"""Lists made of stored reports equal those made of the reports themselves."""

import json
from pathlib import Path

import pytest

from duibiao.reports import as_json
from duibiao.reports.lists import annex3, targets, upgrade
from duibiao.reports.lists.data import entry_of, make_listing
from duibiao.reports.lists.reading import read_entry
from duibiao.reports.model import CheckReport
from duibiao.service import Service

DEMO = Path(__file__).parents[2] / "demo"


@pytest.fixture(scope="module")
def service() -> Service:
    return Service()


@pytest.fixture(scope="module")
def reports(service: Service) -> list[CheckReport]:
    return [service.check(DEMO / name) for name in ("clean-cement.docx", "faulty-furniture.docx")]


def test_lists_of_stored_reports_are_those_of_the_reports(service, reports):
    common = service.common
    stored = [json.loads(as_json.render(report)) for report in reports]
    whole, read = (
        make_listing(common, entries, {"坏.docx": "读不出"}, city="")
        for entries in (
            [entry_of(report.file, report, common) for report in reports],
            [read_entry(report.file, told, common) for report, told in zip(reports, stored, strict=True)],
        )
    )  # fmt: skip
    for made in (annex3, upgrade, targets):
        assert made.pages(read) == made.pages(whole)
    assert len(upgrade.upgrades(read)) > 10
    assert any(row.entry.ladder.rungs for row in upgrade.upgrades(read))


def test_what_is_no_report_is_an_error(service):
    with pytest.raises(KeyError):
        read_entry("x", {"kind": "summary"}, service.common)
