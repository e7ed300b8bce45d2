"""The samples of a folder: faults that are known, told by ``truth.json``, against what is found."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

from duibiao.rules.definition import Severity
from duibiao.service import Request, Service
from duibiao.testing.defects import CATALOGUE
from duibiao.testing.hand_office import is_installed


def judged_samples(folder: Path) -> tuple[list[str], bool]:
    """Check the samples; return a table, and whether every known fault was found.

    A fault counts as found where a rule that finds its class in the catalogue has a finding. The files are laid out,
    where LibreOffice is installed: without pages nobody can tell whether a page is the right one.
    """
    request = Request(paginate=is_installed())
    rules: dict[str, set[str]] = defaultdict(set)
    for defect in CATALOGUE.values():
        rules[defect.kind] |= set(defect.codes)
    service = Service()
    lines = ["\n## Samples\n\n| File | Found | Missed | Other errors |\n|---|---|---|---|"]
    whole = True
    for truth in json.loads((folder / "truth.json").read_text(encoding="utf-8")):
        report = service.check(folder / truth["file"], request)
        codes = {found.code for found in report.findings}
        errors = {found.code for found in report.findings if found.severity is Severity.ERROR}
        kinds = [defect["class"] for defect in truth["defects"]]
        known = {code for kind in kinds for code in rules[kind]}
        missed = [kind for kind in kinds if not rules[kind] & codes]
        whole = whole and not missed
        lines.append(
            f"| {truth['file']} | {len(kinds) - len(missed)} / {len(kinds)} | {', '.join(missed)}"
            f" | {', '.join(sorted(errors - known))} |"
        )
    return lines, whole
