"""Starting up: nothing heavy is imported before it is needed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from duibiao.cli.guard import Exit
from duibiao.testing import enterprises
from duibiao.testing.dossiers import build_dossier
from duibiao.testing.word import write_word

HEAVY = (
    "PIL",
    "cerberus",
    "cn2an",
    "docx",
    "docxtpl",
    "fastapi",
    "jinja2",
    "lxml",
    "pikepdf",
    "pluggy",
    "psycopg",
    "py7zr",
    "pypdfium2",
    "rapidfuzz",
    "rarfile",
    "sqlalchemy",
    "tomllib",
    "xlsxwriter",
)
"""What some command needs and others do not."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder for all that is kept from one start to the next."""
    return tmp_path / "home"


def imported(home: Path, *arguments: str, ends: int) -> set[str]:
    """Run the command line and return which of `HEAVY` it imported."""
    program = (
        "import sys\n"
        "from duibiao.__main__ import main\n"
        "code = main()\n"
        f"print(code, *(name for name in {HEAVY} if name in sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env={
            **os.environ,
            "HOME": str(home),
            "XDG_CACHE_HOME": str(home),
            "LOCALAPPDATA": str(home),
        },
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    code, *names = done.stderr.splitlines()[-1].split()
    assert code == str(ends), done.stderr
    return set(names)


def test_help_needs_none_of_them(home: Path):
    assert imported(home, "--help", ends=0) == set()


def test_a_check_needs_few_of_them_once_the_law_is_kept(home: Path, tmp_path: Path):
    package = tmp_path / "材料.docx"
    write_word(build_dossier(enterprises.load("boiler_kiln")), package)

    first = imported(home, "check", str(package), ends=Exit.FINDINGS)
    second = imported(home, "check", str(package), ends=Exit.FINDINGS)

    assert second == {"PIL", "lxml", "pluggy", "rapidfuzz"}
    assert first == second | {"cerberus", "tomllib"}


def test_what_is_no_package_is_refused_before_any_is_imported(home: Path, tmp_path: Path):
    broken = tmp_path / "材料.docx"
    broken.write_bytes(b"no package")

    imported(home, "check", str(broken), ends=Exit.USAGE)  # the law is kept
    assert imported(home, "check", str(broken), ends=Exit.USAGE) == set()
