"""What treats an outlet (治理设施): told by its pollutant, and by the words of its treatment."""

from __future__ import annotations

import re

from duibiao.law.in_force import LawInForce
from duibiao.model.emissions import FacilityKind, OutletEmission
from duibiao.rules.support import KIND_OF_POLLUTANT, plain

_UNTREATED = re.compile(r"直接排放|直排|^[/—-]?$|^无$|(?:清洁燃料|清洁能源|天然气|煤气)$")
"""What is written where no facility treats the gas."""

_TREATMENTS = {
    FacilityKind.DUST: r"除尘|袋|滤|静电|旋风|喷淋|水幕|湿式|洗涤",
    FacilityKind.DESULFURISATION: r"脱硫|石灰|石膏|碱|氨法|活性[炭焦]|SDS|半干法|多污染物|协同",
    FacilityKind.DENITRATION: r"脱硝|低氮|SCR|SNCR|分级燃烧|还原|活性[炭焦]|多污染物|协同",
    FacilityKind.VOCS: r"活性炭|燃烧|RTO|RCO|转轮|吸附|光氧|等离子|喷淋|冷凝|生物",
}
"""Words by which a process tells its kind."""


def kind_treating(outlet: OutletEmission, law: LawInForce) -> FacilityKind | None:
    """Return the kind of facility that treats the pollutant of an outlet, or None where none is known."""
    pollutant = law.common.pollutant(outlet.pollutant.value) if outlet.pollutant else None
    return KIND_OF_POLLUTANT.get(pollutant.key) if pollutant else None


def is_treated(outlet: OutletEmission, kind: FacilityKind) -> bool:
    """Return whether a facility of this kind treats an outlet; of several named together, one of the kind's words."""
    treatment = plain(outlet.treatment.value) if outlet.treatment else ""
    steps = re.split(r"[+、；;，,]", treatment)
    treated = [step for step in steps if not _UNTREATED.search(step)]
    if len(steps) == 1 or not treated:
        return bool(treated)
    named = {one for one, words in _TREATMENTS.items() if re.search(words, treatment)}
    return kind in named or not named
