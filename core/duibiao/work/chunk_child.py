"""What a child process does with a package of a chunk: the same as that of a batch on one machine."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from duibiao.work import child
from duibiao.work.judging import Asked, Judged, judge

JUDGED, REPORT, PAGE = "judged.json", "report.gz", "page.html"
"""What is left in the folder: the last two only where there is such a thing."""


def judge_one(folder: str, path: str, asked: str) -> bool:
    """Judge a package; what comes of it is left in a folder, for `read`.

    Args:
        folder: The folder.
        path: The package.
        asked: What is asked, as JSON.

    Returns:
        True: that there is no report is a result, too.
    """
    home, wanted = Path(folder), Asked.load(json.loads(asked))
    out = home / PAGE if wanted.html else None
    judged = judge(child.service(), Path(path), wanted, out)
    (home / REPORT).write_bytes(judged.report)
    write(home, judged)
    return True


def write(home: Path, judged: Judged) -> None:
    """Write down what came of a package, but its report."""
    told = {
        "problem": judged.problem,
        "dated": judged.dated,
        "plugins": judged.plugins,
        "verdict": judged.verdict,
    }
    (home / JUDGED).write_text(json.dumps(told), "utf-8")


def load(told: str, report: bytes) -> Judged:
    """Return what came of a package.

    Args:
        told: What `write` has written.
        report: The report, or nothing.
    """
    judged = Judged(**json.loads(told))
    return replace(judged, plugins=tuple(judged.plugins), report=report)
