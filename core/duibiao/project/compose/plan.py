"""The one-plant-one-plan of 附件2."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from duibiao.model.dates import PartialDate
from duibiao.model.enterprise import ProductTable
from duibiao.model.grades import SELF_CHOSEN
from duibiao.model.location import Located, Text
from duibiao.model.plan import AlertLevel, AlertMeasures, EmergencyPlan
from duibiao.model.quantities import Measure, Quantity, halfwidth, parse_quantity
from duibiao.project.compose.desk import Desk, joined, with_unit
from duibiao.project.compose.enterprise import output_of, product_of
from duibiao.project.compose.measures import LevelMeasures, measures_at
from duibiao.project.compose.transport import Haulage
from duibiao.project.compose.wording import UNDERTAKING
from duibiao.project.data import Record
from duibiao.project.reduction import BASIS, Discharge, annual_tonnes, reduction_ratio, upper
from duibiao.recognition.plan import LEVEL_SECTIONS

SELF_CHOSEN_RATIO = "自主减排"
HOURS_OF_A_YEAR = Decimal(8784)
"""Hours of a leap year."""


def plan(desk: Desk, tables: Sequence[ProductTable], moved: Haulage | None) -> EmergencyPlan:
    """Compose the plan: its title page, sections 1 to 3 and the measures of each level."""
    form = desk.data.form("plan")
    date = desk.day(desk.form, "date", "附")
    month = Located(PartialDate(date.value.year, date.value.month), date.at) if date else None
    stocks = _Stocks(desk)
    levels = tuple(_level(desk, level, key, stocks) for key, level in LEVEL_SECTIONS.items())
    return EmergencyPlan(
        desk.home("plan", "附"),
        desk.cell(desk.form, "enterprise", "附"),
        month,
        profile=desk.lines(form, "profile", "附.1") or _profile(desk, tables, moved),
        process=desk.lines(form, "process", "附.2") or _process(desk),
        emissions=(
            *(desk.lines(form, "emissions", "附.3") or _emissions(desk)),
            *([stocks.basis()] if stocks.used else []),
        ),
        levels=levels,
        undertaking=Located(UNDERTAKING, desk.whole("附.4.3")),
    )


class _Stocks:
    """What every outlet emits in a year, computed once and only where a level needs it.

    Attributes:
        used: A ratio was computed from it.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._discharges: tuple[Discharge, ...] | None = None
        self._asked = False
        self.used = False

    def basis(self) -> Text:
        """The sentence that says on which basis the ratios were computed."""
        return self._desk.say("附.3", "outlets", f"各级预警的减排比例{BASIS}。")

    def ratio(self, measures: LevelMeasures) -> Decimal | None:
        """Return the ratio of a level's measures, or None where something is missing, which is noted."""
        if not self._asked:
            self._asked, self._discharges = True, self._all()
        if self._discharges is None or measures.cuts is None:
            return None
        found = reduction_ratio(self._discharges, measures.cuts)
        self.used = self.used or found is not None
        return found

    def _all(self) -> tuple[Discharge, ...] | None:
        desk, rows = self._desk, self._desk.data.rows("outlets")
        found = [self._discharge(row, rows) for row in rows]
        known = tuple(entry for entry in found if entry)
        if len(known) < len(found):
            return None
        if not any(entry.tonnes for entry in known):
            desk.misfit(
                desk.home("outlets", "附.4"),
                "各排放口都没有排放量，算不出减排比例",
                "核对排放浓度、排放风量和年运行时间；减排比例也可以写在“预警减排比例”",
            )
            return None
        return known

    def _discharge(self, row: Record, rows: Sequence[Record]) -> Discharge | None:
        desk = self._desk
        concentration = desk.measure(row, "concentration", "四.4", "mg/m³").value
        flow = self._of_outlet(row, rows, "flow", "m³/h")
        hours = self._of_outlet(row, rows, "hours", "h")
        tonnes = annual_tonnes(concentration, flow, hours)
        too_long = (upper(hours) or 0) > HOURS_OF_A_YEAR
        if tonnes is not None and not too_long:
            return Discharge(desk.line_named(desk.cell(row, "line", "四.4").value), tonnes)
        told = (
            ("排放浓度（mg/m³，有上限的数值）", annual_tonnes(concentration, _ONE, _ONE) is None),
            ("排放风量（m³/h）", annual_tonnes(_ONE, flow, _ONE) is None),
            ("年运行时间（h，不超过8784）", too_long or annual_tonnes(_ONE, _ONE, hours) is None),
        )
        lacking = "、".join(what for what, is_lacking in told if is_lacking)
        names = (desk.cell(row, key, "四.4").value for key in ("outlet", "step", "pollutant"))
        desk.misfit(
            desk.placed(row.at, "四.4"),
            f"{' '.join(name for name in names if name)}缺少{lacking}，算不出减排比例",
            "补上这一项；或把各级别的减排比例写在“预警减排比例”",
        )
        return None

    def _of_outlet(self, row: Record, rows: Sequence[Record], key: str, unit: str) -> Quantity:
        """Flow or hours, which all rows of an outlet share: the row's own, else the first that another one gives."""
        desk = self._desk
        own = desk.measure(row, key, "四.4", unit).value
        if own.text:
            return own
        outlet = desk.cell(row, "outlet", "四.4").value
        others = (
            desk.measure(other, key, "四.4", unit).value
            for other in rows
            if outlet and desk.cell(other, "outlet", "四.4").value == outlet
        )
        return next((quantity for quantity in others if quantity.text), own)


_ONE = parse_quantity("1")


def _level(desk: Desk, level: AlertLevel, section: str, stocks: _Stocks) -> AlertMeasures:
    measures = measures_at(desk, level, section)
    rows = [
        row
        for row in desk.data.rows("levels")
        if desk.cell(row, "level", section).value == level.value
    ]
    for row in rows[1:]:
        desk.misfit(desk.placed(row.at, section), f"{level}预警写了两行", "只留一行")
    own = rows[0] if rows else Record(desk.whole(section))
    last = len(measures.texts)
    return AlertMeasures(
        level,
        desk.home("measures", section),
        tuple(
            replace(text, value=f"（{number}）{text.value}{'。' if number == last else '；'}")
            for number, text in enumerate(measures.texts, 1)
        ),
        _ratio(desk, own, level, section, measures, stocks),
        _as_read(desk, own, "responsible", section, r"[^，。；,;、\s\d(]*"),
        _as_read(desk, own, "phone", section, r"[\d\-]*"),
    )


def _ratio(
    desk: Desk,
    own: Record,
    level: AlertLevel,
    section: str,
    measures: LevelMeasures,
    stocks: _Stocks,
) -> Measure | None:
    """The ratio as written, else computed, else 自主减排 where the grade may choose."""
    written = desk.cell(own, "ratio", section)
    if written.value:
        return Located(parse_quantity(halfwidth(written.value), "%"), written.at)
    if measures.cuts is not None:
        ratio = stocks.ratio(measures)
        at = desk.home("outlets", section)
        return None if ratio is None else Located(parse_quantity(f"{ratio}%", "%"), at)
    if (desk.law.grade or desk.grade) in SELF_CHOSEN:
        return Located(parse_quantity(SELF_CHOSEN_RATIO, "%"), desk.home("form", section))
    if measures.texts:
        desk.misfit(
            desk.home("measures", section),
            f"{level}预警的措施没有限产比例，算不出减排比例",
            "在“减排措施”写明限产、停产的生产线和比例，或把减排比例写在“预警减排比例”",
        )
    return None


def _as_read(desk: Desk, own: Record, key: str, section: str, read: str) -> Text:
    """Person or phone of a level, else that of the form, as it is read in the sentence where the plan names it."""
    text = desk.code(own, key, section)
    if not text.value:
        text = desk.code(desk.form, key, section)
    match = re.match(read, halfwidth(text.value))
    return replace(text, value=match.group() if match else "")


def _profile(desk: Desk, tables: Sequence[ProductTable], moved: Haulage | None) -> tuple[Text, ...]:
    if not desk.enterprise:
        return ()
    able = [
        f"{product_of(table)}设计产能{told[0]}、{desk.last_year}产量{told[1]}"
        for table in tables
        if (told := output_of(table))
    ]
    opening = f"{desk.enterprise}属于{desk.trade}行业，申报绩效等级为{desk.grade_label}"
    said = [f"{'，'.join([opening, *able])}。"]
    used = [
        f"{what}为{names}"
        for what, key in (("主要原辅材料", "materials"), ("使用能源", "energies"))
        if (names := joined(desk.cell(row, "name", "附.1").value for row in desk.data.rows(key)))
    ]
    said += [f"{'，'.join(used)}。"] if used else []
    said += [f"{desk.last_year}清洁方式运输比例{moved.clean}%。"] if moved else []
    return (desk.say("附.1", "products", "".join(said)),)


def _process(desk: Desk) -> tuple[Text, ...]:
    count, rows = len(desk.production_lines), desk.data.rows("processes")
    texts = desk.lines(rows[0], "text", "附.2") if rows else ()
    if not count:
        return texts
    first = texts[0].value if texts else ""
    return (desk.say("附.2", "processes", f"公司现有生产线{count}条。{first}"), *texts[1:])


def _emissions(desk: Desk) -> tuple[Text, ...]:
    rows = desk.data.rows("outlets")
    if not rows:
        return ()
    count = len({desk.cell(row, "outlet", "附.3").value for row in rows})
    totals = "，".join(
        desk.cell(row, "pollutant", "附.3").value
        + with_unit(desk.cell(row, "actual", "附.3").value, "t")
        for row in desk.data.rows("totals")
    )
    told = f"，{desk.last_year}主要污染物排放量：{totals}" if totals else ""
    said = f"公司设有组织废气排放口{count}个{told}。各排放口治理设施及浓度见企业基本情况第4部分。"
    return (desk.say("附.3", "outlets", said),)
