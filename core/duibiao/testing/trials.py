"""试验: a fault planted in a dossier, written by a hand, read back from the Word bytes, and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from duibiao.model.dossier import Dossier
from duibiao.reports.model import CheckReport
from duibiao.rules.definition import Severity
from duibiao.rules.engine import Status
from duibiao.service import Service
from duibiao.service.package import Read, read_package, with_plan
from duibiao.testing.defects import HAND_MADE, Defect
from duibiao.testing.defects.model import without_sections
from duibiao.testing.dossiers import clean_dossier
from duibiao.testing.hands import HANDS, written
from duibiao.testing.word import word_bytes

PLAIN = ""
"""The hand of `write_word` itself."""

PLAN_APART = "only_plan"
"""The hand that writes the plan only: what it leaves out is a file of its own, written plainly."""

NAME = "申报材料.docx"


@dataclass(frozen=True, slots=True)
class Trial:
    """一次试验: what was found because of a fault.

    Attributes:
        missed: Rules that should have found it and have not.
        false: Rules of severity 不符合 that found something else: no consequence of the fault that is known.
    """

    missed: tuple[str, ...]
    false: tuple[str, ...]


Found = Mapping[str, frozenset[str]]
"""Rule → its messages."""


def trial(defect: Defect, hand: str, industry: str) -> Trial:
    """Plant a fault in a sample dossier and check the file.

    Args:
        defect: The fault.
        hand: One of `HANDS`, or `PLAIN`.
        industry: One of `duibiao.testing.enterprises.names()`.

    Raises:
        CannotPlant: The dossier of that industry cannot have the fault.
    """
    faulty = _faulty(defect, industry)
    found, errors = checked(faulty, hand, photos=_asks_for_photos(defect))
    before, _ = clean_check(industry, hand, photos=_asks_for_photos(defect))
    new = {code for code, told in found.items() if told - before.get(code, frozenset())}
    known = {*defect.codes, *defect.also}
    return Trial(
        tuple(code for code in defect.codes if code not in new),
        tuple(sorted((errors & new) - known)),
    )


@cache
def clean_check(industry: str, hand: str, *, photos: bool = False) -> tuple[Found, frozenset[str]]:
    """Return what is found in a dossier without a fault, and which of the rules found an error or broke."""
    return checked(clean_dossier(industry), hand, photos=photos)


def false_alarms(industry: str, hand: str, *, photos: bool = False) -> tuple[str, ...]:
    """Return the rules of severity 不符合 that find something in a dossier without a fault.

    What the hand itself provokes (`HAND_MADE`) is no false alarm.
    """
    _, errors = clean_check(industry, hand, photos=photos)
    return tuple(sorted(code for code in errors if HAND_MADE.get(code) != hand))


def checked(dossier: Dossier, hand: str, *, photos: bool) -> tuple[Found, frozenset[str]]:
    """Write a dossier, read it back and check it.

    Args:
        dossier: The dossier.
        hand: One of `HANDS`, or `PLAIN`.
        photos: Look at the photos.

    Returns:
        What is found, and which of the rules found an error or broke.
    """
    read = read_back(dossier, hand, photos=photos)
    report = _service().judge(read.dossier, warnings=read.warnings)
    return _found(report), _errors(report)


def read_back(dossier: Dossier, hand: str, *, photos: bool = False) -> Read:
    """Return what is read from the Word file of a dossier; with the plan apart, from its two files."""
    if hand == PLAN_APART and dossier.plan is not None:
        main = _read(word_bytes(replace(without_sections("附")(dossier), plan=None)), photos)
        plan = _read(written(dossier, hand), photos)
        return Read(with_plan(main.dossier, plan.dossier), (*main.warnings, *plan.warnings))
    names = [hand] if hand in HANDS and hand != PLAN_APART else []
    return _read(written(dossier, *names), photos)


def _read(data: bytes, photos: bool) -> Read:
    return read_package(data, NAME, _service().common, paginate=False, photos=photos)


_last: dict[tuple[str, str], Dossier] = {}


def _faulty(defect: Defect, industry: str) -> Dossier:
    """The last dossier is kept, so that its file is written only once for all hands."""
    key = (defect.name, industry)
    if key not in _last:
        planted = defect.plant(clean_dossier(industry))
        _last.clear()
        _last[key] = planted
    return _last[key]


def _asks_for_photos(defect: Defect) -> bool:
    return any(code.startswith("DB-8") for code in defect.codes)


@cache
def _service() -> Service:
    return Service()


def _found(report: CheckReport) -> Found:
    told: dict[str, set[str]] = {}
    for finding in report.findings:
        told.setdefault(finding.code, set()).add(finding.message)
    return {code: frozenset(messages) for code, messages in told.items()}


def _errors(report: CheckReport) -> frozenset[str]:
    broken = {o.rule.code for o in report.outcomes if o.status is Status.CRASHED}
    grave = {found.code for found in report.findings if found.severity is Severity.ERROR}
    return frozenset(broken | grave)
