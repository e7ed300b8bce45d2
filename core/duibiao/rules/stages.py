"""排放阶段: reading what a text requires of the emission stages of vehicles and machines, and holding stages against it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from duibiao.law.common import Code
from duibiao.model.classes import dataclass
from duibiao.rules.support import plain

NUMERALS = "零一二三四五六"
_STAGES = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6} | {
    sign: number for number in range(1, 7) for sign in (str(number), NUMERALS[number])
}
AT_LEAST_STAGE = re.compile(
    r"国(?:(?P<stage>[三四五六3-6]|III|IV|VI|V)(?:\(含\))?(?:排放)?(?:标准|阶段)?(?:\(含\))?(?:及以上|以上|或以上)"
    r"|(?P<best>六|6|VI)(?!.{0,6}以下))"
)
"""国六 without 及以上 means the same: there is no better stage."""
SHARE = re.compile(r"(?:不低于|不少于|≥|>=|大于等于|达到)(\d+(?:\.\d+)?)%")
_REST = re.compile(r"其余(?:车辆|机械)?(?:为|达到)国(?P<stage>[一二三四五六1-6])(?:及以上)?")
_TANKERS = re.compile(r"\([^()]*罐式[^()]*除外\)")
_TANKER = re.compile("罐")


@dataclass(frozen=True, slots=True)
class StageRequirement:
    """排放阶段要求: what a text requires of vehicles or machines.

    Attributes:
        stage: The stage that counts as good enough: 5 for 国五及以上.
        rest: The stage that all others need, or None where the text leaves them free.
        spares_tankers: Tank trucks are left out (罐式货车除外).
    """

    stage: int
    rest: int | None = None
    spares_tankers: bool = False

    def spares(self, kind: str) -> bool:
        """Return whether a vehicle of that kind (车辆类型) is left out."""
        return self.spares_tankers and _TANKER.search(kind) is not None


def read_requirement(text: str) -> StageRequirement | None:
    """Return what a requirement in words demands, or None where it names a stage that is not understood.

    A text that names a further stage, such as one for gas-driven trucks alone, is not understood.
    """
    written = plain(text)
    spared = _TANKERS.search(written) is not None
    rest = _REST.search(written)
    remaining = _REST.sub("", written)
    found = AT_LEAST_STAGE.search(remaining)
    if found is None or "国" in remaining[: found.start()] + remaining[found.end() :]:
        return None
    return StageRequirement(stage_in(found), _STAGES[rest["stage"]] if rest else None, spared)


def stage_in(match: re.Match[str]) -> int:
    """Return the stage that a match of `AT_LEAST_STAGE` names."""
    return _STAGES[match["stage"] or match["best"]]


def older(code: Code, minimum: int) -> bool:
    """Whether a stage is below 国`minimum`; electric and other new-energy vehicles never are."""
    return code.code == "X" or (code.code.isdecimal() and int(code.code) < minimum)


def share_at_least(minimum: int, codes: Sequence[Code]) -> Decimal:
    """Return the share, in %, of stages that are 国`minimum` or better; there must be one."""
    return Decimal(100 * sum(not older(code, minimum) for code in codes)) / len(codes)
