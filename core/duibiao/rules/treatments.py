"""What treats an outlet (治理设施): told by its pollutant, and by the words of its treatment."""

from __future__ import annotations

import re

from duibiao.law.in_force import LawInForce
from duibiao.model.emissions import FacilityKind, OutletEmission
from duibiao.rules.support import KIND_OF_POLLUTANT, plain

_UNTREATED = re.compile(r"直接排放|直排|^[/—-]*$|^无$|(?:清洁燃料|清洁能源|天然气|煤气)$")
"""What is written where no facility treats the gas."""

_NONE_BECAUSE = re.compile(r"(?:[/—-]+|无)[(（][^()（）]*[)）]")
"""The same with the reason: —（燃用净化煤气）."""

_TREATMENTS = {
    FacilityKind.DUST: r"除尘|袋|滤|静电|旋风|喷淋|水幕|湿式|洗涤",
    FacilityKind.DESULFURISATION: r"脱硫|石灰|石膏|碱|氨法|活性[炭焦]|SDS|半干法|多污染物|协同",
    FacilityKind.DENITRATION: r"脱硝|低氮|SCR|SNCR|分级燃烧|还原|活性[炭焦]|多污染物|协同",
    FacilityKind.VOCS: r"活性炭|燃烧|RTO|RCO|转轮|吸附|光氧|等离子|喷淋|冷凝|生物",
}
"""Words by which a process tells its kind."""


_TECHNIQUES = tuple(
    map(
        re.compile,
        (
            r"袋|滤筒|滤料|覆膜|布袋", r"静电|电除尘|湿电|电袋", r"旋风|多管", r"水膜|喷淋|洗涤|湿式除尘|水浴|文丘里",
            r"石灰石|石膏|湿法", r"半干法|循环流化床|CFB|SDA", r"SDS|小苏打|(?<!半)干法", r"氨法", r"双碱",
            r"(?<!N)SCR", r"SNCR", r"低氮|分级燃烧",
            r"RTO|蓄热", r"RCO|催化", r"转轮", r"活性炭", r"光氧|UV", r"等离子", r"冷凝", r"生物",
        ),
    )
)  # fmt: skip
"""Words of techniques that a facility is one of; what treats gas in the same way stands together."""


def techniques(treatment: str) -> frozenset[int]:
    """Return which techniques a text names; none where it only says what is treated, such as 高效除尘器."""
    written = plain(treatment)
    return frozenset(n for n, words in enumerate(_TECHNIQUES) if words.search(written))


def kind_treating(outlet: OutletEmission, law: LawInForce) -> FacilityKind | None:
    """Return the kind of facility that treats the pollutant of an outlet, or None where none is known."""
    pollutant = law.common.pollutant(outlet.pollutant.value) if outlet.pollutant else None
    return KIND_OF_POLLUTANT.get(pollutant.key) if pollutant else None


def is_treated(outlet: OutletEmission, kind: FacilityKind) -> bool:
    """Return whether a facility of this kind treats an outlet; of several named together, one of the kind's words."""
    treatment = plain(outlet.treatment.value) if outlet.treatment else ""
    if _NONE_BECAUSE.fullmatch(treatment):
        return False
    steps = re.split(r"[+、；;，,]", treatment)
    treated = [step for step in steps if not _UNTREATED.search(step)]
    if len(steps) == 1 or not treated:
        return bool(treated)
    named = {one for one, words in _TREATMENTS.items() if re.search(words, treatment)}
    return kind in named or not named
