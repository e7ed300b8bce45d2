"""Lists made of stored reports equal those made of the reports themselves."""

import json
from pathlib import Path

import pytest

from duibiao.reports import as_json
from duibiao.reports.lists import LISTS, upgrade
from duibiao.reports.lists.data import make_listing
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
    """What a report says as it is made, and as it is read back from the store."""
    common = service.common
    whole, read = (
        make_listing(
            common,
            [read_entry(report.file, tell(report), common) for report in reports],
            {"坏.docx": "读不出"},
        )
        for tell in (as_json.as_object, lambda report: json.loads(as_json.render(report)))
    )
    for pages in LISTS.values():
        assert pages(read) == pages(whole)
    assert len(list(upgrade.upgrades(read))) > 10


def test_what_is_no_report_is_an_error(service):
    with pytest.raises(KeyError):
        read_entry("x", {"kind": "summary"}, service.common)
