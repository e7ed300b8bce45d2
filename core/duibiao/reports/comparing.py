"""A submission held against an earlier one: what was fixed, what is still there, what is new.

Findings are matched by rule and fingerprint, never by the numbers of paragraphs, tables or pages; one that is left
alone in its section on both sides is taken for the same. A finding that is gone counts as fixed only where its rule
has judged everything this time.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from duibiao.model.classes import dataclass
from duibiao.model.errors import UsageError
from duibiao.reports.comparison import Comparison, Earlier, Seen
from duibiao.reports.fingerprints import fingerprint
from duibiao.reports.model import CheckReport
from duibiao.reports.waivers import WAIVER_RULES
from duibiao.rules.definition import Severity
from duibiao.rules.engine import Finding, Status

_OF_WAIVERS = {rule.code for rule in WAIVER_RULES}
_JUDGED = (Status.PASSED, Status.FOUND)


@dataclass(frozen=True, slots=True)
class Held:
    """对照: two lists of findings held against each other; numbers are places in the lists, from 0.

    Attributes:
        fixed: Places in the earlier list.
        still: Places in the earlier and the present list.
        new: Places in the present list.
        unsure: Places in the earlier list.
    """

    fixed: tuple[int, ...]
    still: tuple[tuple[int, int], ...]
    new: tuple[int, ...]
    unsure: tuple[int, ...]


def compare(report: CheckReport, earlier: Earlier) -> Comparison:
    """Hold a report against an earlier check."""
    now, before = _of_the_package(report), earlier.findings
    judged = {
        outcome.rule.code
        for outcome in report.outcomes
        if outcome.status in _JUDGED and not outcome.unjudged
    }
    held = hold(before, [seen_of(finding) for finding in now], judged)
    return Comparison(
        earlier,
        fixed=tuple(before[old] for old in held.fixed),
        still=tuple((before[old], now[new]) for old, new in held.still),
        new=tuple(now[new] for new in held.new),
        unsure=tuple(before[old] for old in held.unsure),
    )


def hold(before: Sequence[Seen], now: Sequence[Seen], judged: Collection[str]) -> Held:
    """Hold findings against earlier ones.

    Args:
        before: The earlier findings.
        now: The present ones.
        judged: Codes of the rules that have judged everything now.
    """
    old_left, new_left = list(range(len(before))), list(range(len(now)))
    pairs: list[tuple[int, int]] = []
    for key, only in ((_exactly, False), (_fingerprint, False), (_section, True)):
        found = _matched(
            {number: key(before[number]) for number in old_left},
            {number: key(now[number]) for number in new_left},
            only=only,
        )
        pairs += found
        old_left = [number for number in old_left if number not in {old for old, _ in found}]
        new_left = [number for number in new_left if number not in {new for _, new in found}]
    return Held(
        fixed=tuple(number for number in old_left if before[number].code in judged),
        still=tuple(sorted(pairs)),
        new=tuple(new_left),
        unsure=tuple(number for number in old_left if before[number].code not in judged),
    )


def judged_in(said: Mapping[str, Any]) -> frozenset[str]:
    """Return the codes of the rules that have judged everything, as a JSON report says."""
    return frozenset(
        outcome["code"]
        for outcome in said["outcomes"]
        if outcome["status"] in _JUDGED and not outcome["unjudged"]
    )


def earlier_of(report: CheckReport) -> Earlier:
    """Return a report as one to compare with."""
    return Earlier(
        file=report.file,
        sha256=report.sha256,
        enterprise=report.enterprise,
        verdict=report.verdict.value,
        day=report.judge.day.isoformat(),
        findings=tuple(map(seen_of, _of_the_package(report))),
    )


def earlier_in(data: bytes, name: str) -> Earlier:
    """Return what a JSON report says as one to compare with.

    Args:
        data: Its content.
        name: Its name, for messages.

    Raises:
        UsageError: If it is no JSON report of one package.
    """
    try:
        said = json.loads(data)
        if said["kind"] != "report" or said["schema_version"] != 1:
            raise ValueError(said["kind"])
        return Earlier(
            file=str(said["file"]),
            sha256=str(said["sha256"]),
            enterprise=str(said["enterprise"]),
            verdict=str(said["verdict_label"]),
            day=str(said["judge"]["day"]),
            findings=seen_in(said),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UsageError(
            f"{name} 不是一份材料的 JSON 审查报告，不能比较；"
            "请用 --compare 指定上次的申报材料，或 duibiao check --format json 写出的报告"
        ) from error


def seen_in(said: Mapping[str, Any]) -> tuple[Seen, ...]:
    """Return what a JSON report has found in a package, waived or not: all but findings on waivers.

    Raises:
        KeyError: If it is no report of one package.
    """
    found = [*said["findings"], *said.get("waived", ())]
    return tuple(_seen_in(one) for one in found if one["code"] not in _OF_WAIVERS)


def seen_of(finding: Finding) -> Seen:
    """Return a finding as a later report remembers it."""
    at = finding.at
    return Seen(
        finding.code, finding.title, finding.severity, at.section, str(at), at.quote,
        finding.message,
    )  # fmt: skip


def _of_the_package(report: CheckReport) -> list[Finding]:
    """Return what was found in a package, waived or not: all but findings on waivers."""
    every = (*report.findings, *(entry.finding for entry in report.waived))
    return [finding for finding in every if finding.code not in _OF_WAIVERS]


def _seen_in(finding: Mapping[str, Any]) -> Seen:
    at = finding["at"]
    return Seen(
        code=str(finding["code"]),
        title=str(finding["title"]),
        severity=Severity(finding["severity"]),
        section=str(at["section"]),
        place=str(at["text"]),
        quote=str(at["quote"]),
        message=str(finding["message"]),
    )


Key = Callable[[Seen], tuple[str, ...]]


def _exactly(seen: Seen) -> tuple[str, ...]:
    return seen.code, seen.section, seen.message, seen.quote


def _fingerprint(seen: Seen) -> tuple[str, ...]:
    return (fingerprint(seen.code, seen.section, seen.message),)


def _section(seen: Seen) -> tuple[str, ...]:
    return seen.code, seen.section


def _matched(
    old: Mapping[int, tuple[str, ...]], new: Mapping[int, tuple[str, ...]], *, only: bool
) -> list[tuple[int, int]]:
    """Return pairs with equal keys, in order; with `only`, just those whose key is alone on both sides."""
    olds, news = _by_key(old), _by_key(new)
    return [
        pair
        for key, numbers in olds.items()
        if not only or len(numbers) == len(news.get(key, ())) == 1
        for pair in zip(numbers, news.get(key, ()), strict=False)
    ]


def _by_key(keys: Mapping[int, tuple[str, ...]]) -> dict[tuple[str, ...], Sequence[int]]:
    found: dict[tuple[str, ...], list[int]] = {}
    for number, key in keys.items():
        found.setdefault(key, []).append(number)
    return dict(found)
