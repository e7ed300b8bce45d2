"""kill -9 in the middle of `duibiao build`: 成果 is the old package or the new one, whole, and nothing stays behind."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from duibiao.rendering.manifest import NAME, files_made, mark
from duibiao.testing import enterprises
from duibiao.testing.projects import FILE, write_project

KILLS = 12
MOST_TRIES = 60

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")


def build(folder: Path) -> None:
    """Run the command as a user would, silently and without LibreOffice."""
    from click.testing import CliRunner

    from duibiao.cli.app import app

    result = CliRunner().invoke(app, ["build", str(folder)], env={"PATH": ""})
    os._exit(result.exit_code)


def started(folder: Path) -> multiprocessing.process.BaseProcess:
    process = multiprocessing.get_context("fork").Process(target=build, args=(folder,))
    process.start()
    return process


def state(folder: Path) -> str:
    """Return the hash of the data of which 成果 is made, "" where there is none yet; it is whole in any case."""
    package = folder / "成果"
    if not package.exists():
        return ""
    made = files_made(package)
    assert made is not None
    files = {path.name for path in package.iterdir()}
    assert files == {*made, NAME}
    assert {name: mark(package / name) for name in made} == made
    told = json.loads((package / NAME).read_text(encoding="utf-8"))
    return str(told["输入"][FILE]["sha256"])


def versions(data: Path) -> Iterator[str]:
    """Change the data a little, again and again, and give its hash."""
    whole = data.read_text(encoding="utf-8")
    for number in range(MOST_TRIES + 2):
        changed = whole.replace('output_value = "38600"', f'output_value = "{38600 + number}"')
        data.write_text(changed, encoding="utf-8")
        yield mark(data).sha256


def test_killed_builds_leave_the_old_package_or_the_new_one(tmp_path: Path) -> None:
    import duibiao.service.building  # noqa: F401  the child has it at once

    folder = write_project(enterprises.load("cement"), tmp_path)
    newer = versions(folder / FILE)
    chance = random.Random(4)  # noqa: S311  moments, not secrets
    next(newer)
    begun = time.monotonic()
    whole = started(folder)
    whole.join()
    takes = time.monotonic() - begun
    assert (whole.exitcode, bool(state(folder))) == (0, True)
    killed = 0
    for new in newer:
        old = state(folder)
        process = started(folder)
        process.join(chance.uniform(0.02, 1) * takes)
        process.kill()
        process.join()
        killed += process.exitcode == -signal.SIGKILL
        assert state(folder) in ((old, new) if process.exitcode else (new,))
        if killed == KILLS:
            break
    assert killed == KILLS
    last = started(folder)
    last.join()
    assert (last.exitcode, state(folder)) == (0, mark(folder / FILE).sha256)
    assert {path.name for path in folder.iterdir()} == {FILE, "证据", "成果"}


def test_a_first_build_that_is_killed_leaves_nothing_that_looks_like_a_package(
    tmp_path: Path,
) -> None:
    folder = write_project(enterprises.load("cement"), tmp_path)
    data = mark(folder / FILE).sha256
    for delay in (0.1, 0.3, 0.5, 0.7):
        process = started(folder)
        process.join(delay)
        process.kill()
        process.join()
        assert state(folder) in ("", data)
    last = started(folder)
    last.join()
    assert (last.exitcode, state(folder)) == (0, data)
    assert {path.name for path in folder.iterdir()} == {FILE, "证据", "成果"}
