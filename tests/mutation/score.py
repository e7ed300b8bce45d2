"""Write the table of scores: what became of every mutant, module by module, as mutmut recorded it."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

KILLED, SURVIVED, TIMED_OUT, UNTESTED = "killed", "survived", "timed out", "no test"
UNTRIED = "not tried"

KINDS = {0: SURVIVED, 1: KILLED, 3: KILLED, 33: UNTESTED}
"""By exit code of the tests; any other was ended for taking too long."""


def score(place: Path) -> str:
    """Return the table, in Markdown.

    Args:
        place: The stage that mutmut ran on.
    """
    rows = {}
    for file in sorted(place.joinpath("mutants").rglob("*.py.meta")):
        codes = json.loads(file.read_text(encoding="utf-8"))["exit_code_by_key"].values()
        counts = Counter(UNTRIED if code is None else KINDS.get(code, TIMED_OUT) for code in codes)
        if counts.total() > counts[UNTRIED]:
            module = file.relative_to(place / "mutants").as_posix().removesuffix(".py.meta")
            rows[module.replace("/", ".")] = counts
    lines = ["| Module | Mutants | Tried | Killed | Timed out | Survived | No test | Score |"]
    lines.append("|---|--:|--:|--:|--:|--:|--:|--:|")
    lines += [_line(f"`{module}`", counts) for module, counts in rows.items()]
    lines.append(_line("**All**", sum(rows.values(), Counter())))
    return "\n".join(lines)


def _line(name: str, counts: Counter[str]) -> str:
    kinds = [counts[kind] for kind in (KILLED, TIMED_OUT, SURVIVED, UNTESTED)]
    caught = (counts[KILLED] + counts[TIMED_OUT]) / sum(kinds)
    cells = [name, str(counts.total()), *map(str, (sum(kinds), *kinds)), f"{caught:.1%}"]
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    print(score(Path(sys.argv[1])))  # noqa: T201 - what it is for
