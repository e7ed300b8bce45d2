"""Killed, continued, changed: only what is missing is done, and the results are the same bytes however they came about."""

import random
import shutil
import time
from pathlib import Path

import pytest
from tests.batch.runs import (
    ROOT,
    Ran,
    batch,
    begun,
    contents,
    fill,
    package,
    pages,
    put,
    troubled,
    verdicts,
)

from duibiao.testing.changing import without
from duibiao.testing.dossiers import clean_dossier
from duibiao.testing.word import write_word

COUNT = 9
SEED = random.randrange(1_000_000)  # noqa: S311


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give packages, of which one cannot be read."""
    folder = fill(tmp_path_factory.mktemp("source"), COUNT - 1)
    put(folder / "broken.docx", b"broken")
    return folder


@pytest.fixture(scope="module")
def whole(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the results of an uninterrupted run with one process."""
    out = tmp_path_factory.mktemp("whole")
    assert batch(source, out).code == 2
    return out


@pytest.fixture
def done(whole: Path, tmp_path: Path) -> Path:
    """Give a copy of these results to go on with."""
    return Path(shutil.copytree(whole, tmp_path / "out"))


def counts(ran: Ran) -> tuple[int, int]:
    """Return how many packages were judged, and how many kept."""
    return ran.last["done"], ran.last["kept"]


def test_killed_three_times_and_with_other_workers_the_same_bytes(source, whole, tmp_path):
    out = tmp_path / "out"
    dice = random.Random(SEED)  # noqa: S311
    for number in range(3):
        with begun(source, out, "--workers", str(1 + number % 2)) as running:
            end = time.monotonic() + 120
            while pages(out) <= 2 * number and running.poll() is None:
                assert time.monotonic() < end
                time.sleep(0.05)
            time.sleep(dice.uniform(0, 1))
            running.kill()
            running.wait()
            while processes_of(running.pid):
                assert time.monotonic() < end, "its processes live on"
                time.sleep(0.1)
    ran = batch(source, out, "--workers", "2")
    assert sum(counts(ran)) == COUNT
    assert ran.last["kept"] > 0
    assert contents(out) == contents(whole), f"seed {SEED}"


def processes_of(session: int) -> list[str]:
    """Return the processes of a session that still run."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _parent, _group, of = stat.read_text().rpartition(")")[2].split()[:4]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(of) == session and state != "Z":
            found.append(stat.parent.name)
    return found


def test_nothing_changed_nothing_done(source, whole, done):
    ran = batch(source, done)
    assert (ran.code, *counts(ran)) == (2, 0, COUNT)
    assert contents(done) == contents(whole)


def test_only_what_was_added_or_changed_is_judged(source, done, tmp_path):
    changed = Path(shutil.copytree(source, tmp_path / "source"))
    for number in (100, 101, 102):
        put(changed / f"new/{number}.docx", package(number))
    put(changed / "0/000.docx", package(1000))
    (changed / "1/001.docx").unlink()
    put(changed / "2/豁免.toml", b"")
    ran = batch(changed, done)
    assert counts(ran) == (6, 5)  # 3 new, 1 changed, 2 with waivers beside them now
    assert batch(changed, tmp_path / "anew").last["done"] == 11
    assert contents(done) == contents(tmp_path / "anew")


def test_a_lost_page_is_made_again(source, whole, done):
    next(done.glob("reports/*/*.html")).unlink()
    assert counts(batch(source, done)) == (1, COUNT - 1)
    assert contents(done) == contents(whole)


def amended(folder: Path) -> dict[str, str]:
    """Return an environment in which the law of cement is another edition of the file."""
    shutil.copytree(ROOT / "plugins/cement/duibiao_cement", folder / "duibiao_cement")
    law = folder / "duibiao_cement/law/holes.toml"
    law.write_text(law.read_text("utf-8") + "\n# amended\n", "utf-8")
    return {"PYTHONPATH": str(folder)}


def test_a_change_of_the_law_does_everything_anew(source, done, tmp_path):
    env = amended(tmp_path / "law")
    assert counts(batch(source, done, env=env)) == (COUNT, 0)
    assert counts(batch(source, done, env=env)) == (0, COUNT)


def test_recheck_changed_rules_does_only_the_industries_of_the_plugin(source, done, tmp_path):
    env = amended(tmp_path / "law")
    cement = COUNT // 2
    ran = batch(source, done, "--recheck-changed-rules", env=env)
    assert counts(ran) == (cement + 1, COUNT - cement - 1)  # with the one that has no result
    assert counts(batch(source, done, env=env)) == (0, COUNT)
    assert batch(source, tmp_path / "anew", env=env).last["done"] == COUNT
    assert verdicts(done) == verdicts(tmp_path / "anew")


def test_another_day_concerns_only_packages_without_a_date(source, tmp_path):
    changed = Path(shutil.copytree(source, tmp_path / "source"))
    write_word(without(clean_dossier(), "cover.date"), changed / "undated.docx")
    out = tmp_path / "out"
    assert counts(batch(changed, out, env=troubled(tmp_path / "trouble"))) == (COUNT + 1, 0)
    ran = batch(changed, out, env=troubled(tmp_path / "trouble", days=1))
    assert counts(ran) == (1, COUNT)
    assert counts(batch(changed, out, "--as-of", "2026-01-05")) == (COUNT + 1, 0)


def test_what_is_asked_counts(source, done):
    assert counts(batch(source, done, "--no-reports"))[0] == 0
    assert counts(batch(source, done, "--as-of", "2026-01-05"))[0] == COUNT
