"""Waivers that lapse after the check: a stored report as it stands on a later day, without reading the package again."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from duibiao.reports.json_parts import Json
from duibiao.reports.waivers import doubt_of
from duibiao.rules.definition import Severity
from duibiao.rules.verdict import Verdict, errors_said


def as_of(told: Json, day: date) -> Json:
    """Return a report as it stands on a day: findings whose waiver has lapsed are among the others again, and the verdict with them.

    Each of them has that waiver as ``expired``, and a cause of its own. The verdict can only become worse by it: a requirement that is
    not met fails the package, anything else asks for a person, as with `duibiao.rules.verdict.conclude`.

    Args:
        told: The report as `as_json.as_object` gives it; it is returned itself where nothing has lapsed.
        day: The day.
    """
    late = [one for one in told["waived"] if one["waiver"]["until"] < day.isoformat()]
    if not late:
        return told
    causes = itertools.count(1 + max((one["cause"] for one in told["findings"]), default=0))
    back = [
        {**{name: value for name, value in one.items() if name != "waiver"}, "cause": next(causes), "expired": one["waiver"]}
        for one in late
    ]  # fmt: skip
    kept = [one for one in told["waived"] if one not in late]
    more = Counter(one["severity"] for one in late)
    after = {
        **told,
        "findings": [*told["findings"], *back],
        "waived": kept,
        "counts": _added(told["counts"], more),
        "cause_counts": _added(told["cause_counts"], more),
    }
    return after | _verdict(told, after, len(late))


def lapses(told: Mapping[str, Any]) -> str:
    """Return the last day (年-月-日) on which a report stands as it is, or "" where it stands for ever."""
    return min((one["waiver"]["until"] for one in told["waived"]), default="")


def _verdict(told: Json, after: Json, lapsed: int) -> Json:
    """Return verdict and reasons of a report some of whose waivers have lapsed."""
    own = (errors_said(told["counts"][Severity.ERROR]), *doubt_of(_severities(told)))
    others = [reason for reason in told["reasons"] if reason not in own]
    errors = after["counts"][Severity.ERROR]
    verdict = Verdict[told["verdict"].upper()]
    if errors:
        verdict = Verdict.FAIL
    elif verdict is Verdict.PASS:
        verdict = Verdict.REVIEW
    reasons = [
        *([errors_said(errors)] if errors else []),
        *others,
        *doubt_of(_severities(after)),
        f"{lapsed} 条豁免已到期，意见重新计入",
    ]
    return {"verdict": verdict.name.lower(), "verdict_label": verdict.value, "reasons": reasons}


def _severities(told: Json) -> list[Severity]:
    return [Severity(one["severity"]) for one in told["waived"]]


def _added(counts: Mapping[str, int], more: Mapping[str, int]) -> dict[str, int]:
    return {name: counts.get(name, 0) + more.get(name, 0) for name in {**counts, **more}}
