"""The one-plant-one-plan of 附件2."""

from __future__ import annotations

from duibiao.model.dates import PartialDate
from duibiao.model.location import Located, Location, Text
from duibiao.model.plan import AlertLevel, AlertMeasures, EmergencyPlan
from duibiao.model.quantities import parse_quantity
from duibiao.testing import forms
from duibiao.testing.basics import sums_of
from duibiao.testing.scribe import Scribe
from duibiao.testing.spec import Enterprise

LEVELS = {
    "附.4.1": AlertLevel.RED,
    "附.4.2": AlertLevel.ORANGE,
    "附.4.3": AlertLevel.YELLOW,
}


def write_title(scribe: Scribe, enterprise: Enterprise, at: Location) -> EmergencyPlan:
    """Write the title page of the plan."""
    name = scribe.line(enterprise.name)
    scribe.lines(forms.PLAN_TITLE)
    scribe.line(forms.PLAN_SEAL.format(name=enterprise.name))
    month = PartialDate(enterprise.day.year, enterprise.day.month)
    return EmergencyPlan(at, name, Located(month, scribe.line(str(month)).at))


def write_profile(scribe: Scribe, enterprise: Enterprise) -> tuple[Text, ...]:
    """Write section 1."""
    products = []
    for product, (capacity, output) in enterprise.units.items():
        able, made = sums_of(enterprise, product)
        products.append(
            f"{product}设计产能{able}{capacity}、{enterprise.last_year}年产量{made}{output}"
        )
    return scribe.lines(
        [
            f"{enterprise.name}属于{enterprise.trade}行业，申报绩效等级为{enterprise.grade.label}，"
            f"{'，'.join(products)}。主要原辅材料为{'、'.join(stock.name for stock in enterprise.materials)}，"
            f"使用能源为{'、'.join(stock.name for stock in enterprise.energies)}。"
            f"{enterprise.last_year}年清洁方式运输比例{enterprise.clean_share}%。"
        ]
    )


def write_process(scribe: Scribe, enterprise: Enterprise) -> tuple[Text, ...]:
    """Write section 2."""
    return scribe.lines([f"公司现有生产线{len(enterprise.lines)}条。{enterprise.processes[0]}"])


def write_emissions(scribe: Scribe, enterprise: Enterprise) -> tuple[Text, ...]:
    """Write section 3."""
    totals = "，".join(f"{pollutant}{actual}t" for pollutant, _, actual in enterprise.totals)
    return scribe.lines(
        [
            f"公司设有组织废气排放口{len(enterprise.outlets)}个，{enterprise.last_year}年主要污染物排放量：{totals}。"
            "各排放口治理设施及浓度见企业基本情况第4部分。"
        ]
    )


def write_level(
    scribe: Scribe, enterprise: Enterprise, at: Location, level: AlertLevel
) -> AlertMeasures:
    """Write one of the sections 4.1 to 4.3."""
    alert = enterprise.alerts[level]
    last = len(alert.measures)
    measures = scribe.lines(
        [
            f"（{number}）{measure}{'。' if number == last else '；'}"
            for number, measure in enumerate(alert.measures, 1)
        ]
    )
    line = scribe.line(
        f"减排比例：{alert.ratio}。措施落实责任人：{enterprise.responsible}，联系方式：{enterprise.phone}。"
    )
    return AlertMeasures(
        level,
        at,
        measures,
        Located(parse_quantity(alert.ratio, "%"), line.at),
        Located(enterprise.responsible, line.at),
        Located(enterprise.phone, line.at),
    )
