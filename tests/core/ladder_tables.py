"""For the ladders worked by hand: a ladder as a table of marks, and the law as if every figure had been verified.

A mark is the grade that an item reaches (``B``); the grade that it would reach by figures that nobody verified
(``B?``); ``缺B`` where nobody knows what B requires; ``人`` where a person has to judge; ``条件A`` where A depends on a
condition; ``无A`` where the package lacks the number that A is about.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from duibiao.grading.ladder import Ladder
from duibiao.law import load_common
from duibiao.law.in_force import LawInForce
from duibiao.law.provenance import Citation, Source, SourceKind, Standing
from duibiao.model.dossier import Dossier
from duibiao.plugins import load_plugins
from duibiao.service.judging import declared_by
from duibiao.service.request import AS_DECLARED, Request
from duibiao.service.terms import terms_of

_READ = Citation(Source("TEST", "测试用文件", SourceKind.OFFICIAL, read=True), "第一条")
_REASONS = (
    (re.compile(r"按未经核实的..(?:可达|只能为)(?:绩效)?(.+?)级?"), r"\1?"),
    (re.compile(r"(?:绩效)?(.+?)级?：没有查到..（缺）"), r"缺\1"),
    (re.compile(r"(?:绩效)?(.+?)级?：取决于.*"), r"条件\1"),
    (re.compile(r"(?:绩效)?(.+?)级?：(?:材料|对标|运输|企业|非道路|没有可).*"), r"无\1"),
    (re.compile(r".*判定"), "人"),
)


def law_of(dossier: Dossier, request: Request = AS_DECLARED) -> LawInForce:
    """Return the real law for a dossier."""
    return terms_of(declared_by(dossier), request, load_plugins(), load_common()).law


def vouched(law: LawInForce) -> LawInForce:
    """Return a law whose every row stands in an official text that was read."""

    def official(row: Any) -> Any:
        cites = (_READ, *row.provenance.cites)
        return replace(
            row, provenance=replace(row.provenance, standing=Standing.OFFICIAL, cites=cites)
        )

    return replace(
        law,
        limits=tuple(map(official, law.limits)),
        requirements=tuple(map(official, law.requirements)),
        bases=tuple(map(official, law.bases)),
    )


def marks(ladder: Ladder) -> dict[str, str]:
    """Return the mark of every item."""
    return {
        rung.item: rung.reached.value if rung.reached else _mark(rung.reason)
        for rung in ladder.rungs
    }


def _mark(reason: str) -> str:
    for pattern, mark in _REASONS:
        if match := pattern.fullmatch(reason):
            return match.expand(mark)
    return reason
