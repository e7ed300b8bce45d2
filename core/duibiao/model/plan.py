"""The one-plant-one-plan (一厂一策实施方案) of 附件2."""

from __future__ import annotations

from enum import StrEnum

from duibiao.model.classes import dataclass
from duibiao.model.dates import Day
from duibiao.model.location import Location, Text
from duibiao.model.quantities import Measure


class AlertLevel(StrEnum):
    """预警级别, from the mildest to the gravest."""

    YELLOW = "黄色"
    ORANGE = "橙色"
    RED = "红色"


@dataclass(frozen=True, slots=True)
class AlertMeasures:
    """应急减排措施 (附件2 4.1 to 4.3): one alert level.

    Attributes:
        level: The alert level.
        at: Its section.
        measures: The measures, one paragraph each.
        ratio: 减排比例, or None where none is given.
        responsible: 措施落实责任人.
        phone: 联系方式.
    """

    level: AlertLevel
    at: Location
    measures: tuple[Text, ...] = ()
    ratio: Measure | None = None
    responsible: Text | None = None
    phone: Text | None = None


@dataclass(frozen=True, slots=True)
class EmergencyPlan:
    """重污染天气应急减排“一厂一策”实施方案 (附件2).

    Attributes:
        at: The plan.
        enterprise: Enterprise name on its title page.
        date: Date on its title page.
        profile: Paragraphs of section 1.
        process: Paragraphs of section 2.
        emissions: Paragraphs of section 3.
        levels: Measures by alert level, those that are there, in order.
        undertaking: The closing 我单位承诺, or None.
    """

    at: Location
    enterprise: Text | None = None
    date: Day | None = None
    profile: tuple[Text, ...] = ()
    process: tuple[Text, ...] = ()
    emissions: tuple[Text, ...] = ()
    levels: tuple[AlertMeasures, ...] = ()
    undertaking: Text | None = None
