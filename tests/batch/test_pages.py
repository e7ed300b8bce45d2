"""The summary of many packages: pages of bounded size, every package behind its county and its industry, few kept in memory."""

import gc
import gzip
import json
import re
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from tests.batch.runs import contents, query

from duibiao.batch import pages, results, summary
from duibiao.batch.journal import Done, Journal
from duibiao.batch.sources import Sources
from duibiao.reports import as_json
from duibiao.service import Service

DEMO = Path(__file__).parents[2] / "demo"
COUNT = 403
COUNTIES = 7
PAGE = 100


@pytest.fixture(scope="module")
def service() -> Service:
    return Service()


@pytest.fixture(scope="module")
def told(service: Service) -> list[dict[str, Any]]:
    """Give two reports."""
    names = ("clean-cement.docx", "faulty-furniture.docx")
    return [json.loads(as_json.render(service.check(DEMO / name))) for name in names]


def made_up(told: list[dict[str, Any]], count: int) -> Iterator[Done]:
    """Give as many packages, of which every hundredth has no report, the names not in order."""
    for number in reversed(range(count)):
        report = told[number % 2]
        report["applicant"]["county"] = f"某{number % COUNTIES}县" if number % COUNTIES else ""
        report["enterprise"] = f"企业{number}"
        report["applicant"]["credit_code"] = str(number)
        packed = gzip.compress(json.dumps(report).encode(), 1) if number % 100 else b""
        problem = "" if packed else "读不了"
        yield Done(f"{number:05}.docx", "", "", "", "", True, problem, number / 1000, packed)


Write = Callable[[int, Path], Path]


@pytest.fixture(scope="module")
def write(told: list[dict[str, Any]], service: Service) -> Iterator[Write]:
    """Give what writes the results of a batch of as many packages."""

    def run(count: int, out: Path) -> Path:
        journal = Journal(out)
        for done in made_up(told, count):
            journal.add(done)
        results.write(journal, Sources(), out, service.common, None)
        journal.close()
        return out

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(summary, "PAGE", PAGE)
        patch.setattr(pages, "PAGE", PAGE)
        yield run


@pytest.fixture(scope="module")
def out(write: Write, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the results of a large batch."""
    return write(COUNT, tmp_path_factory.mktemp("results") / "out")


def links(page: Path) -> list[str]:
    """Return the links to other pages of the summary."""
    found = re.findall(r'href="([^"#]+\.html)"', page.read_text("utf-8"))
    return [unquote(link) for link in found if "reports/" not in link]


def packages(page: Path) -> list[str]:
    """Return the packages that a page lists."""
    return re.findall(r">(\d{5}\.docx)<", page.read_text("utf-8"))


def reached(out: Path, kind: str) -> Counter[str]:
    """Return how often each package stands on the pages of a kind."""
    found = (out / pages.PAGES).glob(f"{kind}-*.html")
    return Counter(name for page in found for name in packages(page))


def test_a_small_batch_is_one_page(write, tmp_path):
    out = write(pages.ALONE, tmp_path / "out")
    assert not (out / pages.PAGES).exists()
    assert links(out / pages.INDEX) == ["./用时.html"]
    whole = (out / pages.INDEX).read_text("utf-8").partition('id="all"')[2]
    assert sorted(re.findall(r">(\d{5}\.docx)<", whole)) == [f"{n:05}.docx" for n in range(100)]


def test_every_package_of_a_large_batch_is_behind_its_county_and_its_industry(out):
    assert packages(out / pages.INDEX) == []
    every = Counter({f"{n:05}.docx": 1 for n in range(COUNT) if n % 100})
    assert reached(out, "county") == reached(out, "industry") == every
    failed = packages(out / pages.PAGES / "failed.html")
    assert failed == [f"{n:05}.docx" for n in range(0, COUNT, 100)]
    listed = list((out / pages.PAGES).iterdir())
    assert max(len(packages(page)) for page in listed) == PAGE
    leads = {(page.parent / link).resolve() for page in listed for link in links(page)}
    leads |= {(out / link).resolve() for link in links(out / pages.INDEX)}
    assert leads == {page.resolve() for page in (*listed, out / pages.INDEX, out / pages.TIMES)}


def test_of_a_rule_the_first_packages_are_listed_and_the_others_named(out):
    rules = list((out / pages.PAGES).glob("rule-*.html"))
    cut = [page for page in rules if f"只列前 {PAGE} 份" in page.read_text("utf-8")]
    assert {len(packages(page)) for page in cut} == {PAGE}
    assert all(packages(page) == sorted(packages(page)) for page in rules)


def test_reports_that_were_not_written_are_not_linked(out):
    made = [out / pages.INDEX, out / pages.TIMES, *(out / pages.PAGES).iterdir()]
    assert not any("reports/" in page.read_text("utf-8") for page in made)
    assert query(out, "SELECT DISTINCT report FROM 'packages.parquet'") == [("",)]


def test_the_worst_come_first(out):
    county = (out / pages.PAGES / "county-1.html").read_text("utf-8")
    verdicts = re.findall(r'<td><span class="tag \S+">(\S+)</span>', county)
    assert verdicts == sorted(verdicts, key=["不通过", "需人工核实"].index)
    assert len(set(verdicts)) == 2


def test_too_many_counties_are_one_in_the_end(write, monkeypatch, tmp_path):
    monkeypatch.setattr(summary, "MOST_GROUPS", 3)
    out = write(101, tmp_path / "out")
    assert "其余 4 个" in (out / pages.INDEX).read_text("utf-8")
    assert len(reached(out, "county")) == 99


def test_a_batch_that_has_shrunk_leaves_no_pages_behind(write, service, tmp_path):
    out = write(120, tmp_path / "out")
    journal = Journal(out)
    journal.keep(f"{n:05}.docx" for n in range(5))
    results.write(journal, Sources(), out, service.common, None)
    journal.close()
    assert contents(out) == contents(write(5, tmp_path / "anew"))


def peak(run: Callable[[], object]) -> int:
    """Return the bytes that a call held at most, whatever ran in this process before it."""
    gc.collect()
    gc.freeze()
    tracemalloc.start()
    try:
        run()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
        gc.unfreeze()


def test_memory_does_not_grow_with_the_batch(write, monkeypatch, tmp_path):
    monkeypatch.setattr("duibiao.batch.tables.GROUP", 20)
    write(5, tmp_path / "first")
    small, large = (peak(lambda n=n: write(n, tmp_path / str(n))) for n in (100, 400))
    assert large < 2 * small, "300 reports kept would be some seventy megabytes more"
