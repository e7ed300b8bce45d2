"""方案与材料对照: what the plan says of the plant against parts four and five (附件2 1 to 3)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from duibiao.law.in_force import LawInForce
from duibiao.model.dossier import Dossier
from duibiao.model.emissions import LimitComparison, OutletEmission
from duibiao.model.enterprise import ProductLine, ProductTable
from duibiao.model.location import Text
from duibiao.model.quantities import Measure, parse_quantity
from duibiao.rules.definition import CannotJudge, NotApplicable, Problem, Severity, Yield, rule
from duibiao.rules.support import common_scales, outlet_name, plain
from duibiao.rules.totals import ROUNDING

_NO_PLAN = "没有“一厂一策”方案可查"
_OUTLETS = re.compile(
    r"(?:有组织)?(?:废气)?排放口(?:共|共计|数量|总数|为|有|:)*(\d+)个|(\d+)个(?:有组织)?(?:废气)?排放口"
)
_CODE = re.compile(r"D[A-Z]\d{3,4}")
_REACH = re.compile(r"D[A-Z](\d{3,4})[~～至—–-]+(?:D[A-Z])?(\d{3,4})")
_QUANTITY = r"(\d+(?:,\d{3})*(?:\.\d+)?\s*(?:万?[^\d\s,，。;；、()（）]{0,4}))"
_LINE = re.compile(r"(\d+#)([\u4e00-\u9fff]{1,10}?)(?:生产)?线")


@rule(
    "DB-319",
    severity=Severity.WARNING,
    cites=("SMX2022:附件2 3", "SMX2022:附件4 四、4"),
)
def outlet_count_differs(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """文字所写的排放口数量与产排污环节表不符。

    为什么：方案和基本信息所写的排放口数量，应与第四部分4所列的排放口一致，否则必有漏列或抄错。

    通过：方案写有组织废气排放口9个，第四部分列9个（或与2.14合计9个）。

    不通过：方案写11个，第四部分列9个。
    """
    if not dossier.outlets:
        yield CannotJudge(dossier.at, "没有第四部分的产排污环节表，无法对照")
        return
    treated, compared = _named(dossier.outlets), _named(dossier.evidence.limits)
    plan = dossier.plan
    texts = (
        *(dossier.profile.text if dossier.profile else ()),
        *((*plan.profile, *plan.process, *plan.emissions) if plan else ()),
    )
    for text in texts:
        for match in _OUTLETS.finditer(plain(text.value)):
            number = int(match[1] or match[2])
            counts = [sum(one.values()) for one in (treated, compared, treated | compared)]
            if number not in counts:
                yield Problem(
                    text.at,
                    f"文中写排放口{number}个，第四部分列有{counts[0]}个",
                    "核对排污许可证，补列漏掉的排放口，或改正文中的数量",
                    also=(dossier.outlets[0].at,),
                )


def _named(rows: Sequence[OutletEmission | LimitComparison]) -> dict[str, int]:
    """Return the outlets of some rows, and how many each name stands for: DA008~DA010 are three."""
    named: dict[str, int] = {}
    for row in rows:
        if row.outlet or row.step:
            name = str(outlet_name(row.outlet, row.step))
            named[name] = max(named.get(name, 1), _how_many(row.outlet))
    return named


def _how_many(outlet: Text | None) -> int:
    written = plain(outlet.at.quote).upper() if outlet else ""
    if reach := _REACH.search(written):
        return int(reach[2]) - int(reach[1]) + 1
    return len(set(_CODE.findall(written)))


@rule(
    "DB-320",
    severity=Severity.ERROR,
    cites=("SMX2022:附件2 1", "SMX2022:附件4 四、3.1"),
)
def product_differs_in_words(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """文字所写的产能、产量与产能及产量表不符。

    为什么：年产量和产能是限产比例的基数，方案、基本信息和3.1应当一致。

    通过：方案写“水泥设计产能120万吨/年，2025年产量83.4万吨”，与3.1的合计相同。

    不通过：方案写产量93.4万吨，3.1合计83.4万吨。
    """
    texts = (
        *(dossier.profile.text if dossier.profile else ()),
        *(dossier.plan.profile if dossier.plan else ()),
    )
    products = _products(dossier.production.products)
    if not texts or not products:
        yield NotApplicable("没有产品表，或没有说明产能、产量的文字")
        return
    for text in texts:
        for product, what, stated in _told(plain(text.value), tuple(products)):
            held = [
                (row, measure)
                for row in products[product]
                if (measure := row.capacity if what == "产能" else row.output) is not None
                and measure.value.is_number
            ]
            if held and not _agrees(stated, held):
                total = next((measure for row, measure in held if row.is_total), held[-1][1])
                yield Problem(
                    text.at,
                    f"文中写{product}{what}{stated}，3.1为{total.value}",
                    "核对数据，改正有误的一处",
                    also=(total.at,),
                )


@rule(
    "DB-321",
    severity=Severity.ERROR,
    cites=("SMX2022:附件2 3", "SMX2022:附件4 四、1"),
)
def plan_emission_differs(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """“一厂一策”所写的年排放量与企业基本信息不符。

    为什么：方案的减排量以年排放量为基数，应与第四部分1的大气污染物排放信息一致。

    通过：两处颗粒物都是55.20t。

    不通过：方案写颗粒物55.20t，第四部分写75.20t。
    """
    totals = dossier.profile.totals if dossier.profile else ()
    if dossier.plan is None or not totals:
        yield NotApplicable("没有“一厂一策”方案，或没有大气污染物排放信息表")
        return
    for text in dossier.plan.emissions:
        for total in totals:
            known = law.common.pollutant(total.pollutant.value)
            names = {plain(total.pollutant.value)} | ({plain(known.name)} if known else set())
            words = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
            held = [
                measure
                for measure in (total.actual, total.permitted)
                if measure and measure.value.high is not None
            ]
            for match in re.finditer(
                rf"(?:{words})(?:年?排放量)?(?:为|约|:)*(\d+(?:\.\d+)?(?:万?吨|万?t))",
                plain(text.value),
            ):
                if held and not any(_same(match[1], measure) for measure in held):
                    yield Problem(
                        text.at,
                        f"方案写{total.pollutant.value}{match[1]}，"
                        f"第四部分实际排放量为{held[0].value}",
                        "核对排放量，改正有误的一处",
                        also=(held[0].at,),
                    )


@rule("DB-711", severity=Severity.ERROR, cites=("SMX2022:附件2 2", "SMX2022:附件4 四、3.1"))
def unknown_line_named(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """减排措施提到的生产线在产能及产量表中没有。

    为什么：措施须落到实有的生产线；提到没有的生产线，多是抄自别的企业，停限产就无法核查。

    通过：措施写“2#水泥磨线停产”，3.1列有2#水泥磨线。

    不通过：措施写“3#水泥磨线停产”，3.1只有1#、2#水泥磨线。
    """
    if dossier.plan is None:
        yield CannotJudge(dossier.at, _NO_PLAN)
        return
    rows = [row for table in dossier.production.products for row in table.rows if not row.is_total]
    lines = [_line(row.line.value) for row in rows if row.line and plain(row.line.value)]
    if not lines:
        yield NotApplicable("3.1没有写生产线名称")
        return
    equipment = " ".join(_line(row.equipment.value) for row in rows if row.equipment)
    for entry in dossier.plan.levels:
        for text in entry.measures:
            for match in _LINE.finditer(_line(text.value)):
                named = re.compile(rf"(?<!\d){re.escape(match[1] + match[2])}")
                if not any(map(named.search, (*lines, equipment))):
                    yield Problem(
                        text.at,
                        f"{entry.level}预警的措施提到“{match.group()}”，3.1没有这条生产线",
                        "改为3.1所列的生产线，或在3.1补列",
                        also=(rows[0].at,),
                    )


def _line(text: str) -> str:
    """A text with the number of a line always written ``1#``."""
    return re.sub(r"(\d+)(?:号|#)", r"\1#", plain(text))


def _products(tables: Sequence[ProductTable]) -> dict[str, list[ProductLine]]:
    """Rows of 3.1 by product; a total without a product belongs to the rows before it."""
    found: dict[str, list[ProductLine]] = {}
    last = ""
    for table in tables:
        for row in table.rows:
            name = plain(row.product.value) if row.product else ""
            last = name or last
            if last:
                found.setdefault(last, []).append(row)
    return found


def _told(text: str, products: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Product, 产能 or 产量, and the quantity as a text gives them; a quantity of output follows its capacity."""
    for product in products:
        others = [name for name in products if name != product and name.endswith(product)]
        for match in re.finditer(
            rf"{re.escape(product)}(?:的)?(?:(?:年|设计)*(?:产能|生产能力)(?:为|约|:)*{_QUANTITY})?"
            rf"(?:[,、;]?(?:\d{{4}}年|上年度?)*(?:实际)?(?:产量)(?:为|约|:)*{_QUANTITY})?",
            text,
        ):
            before = text[: match.start()] + product
            if any(before.endswith(name) for name in others):
                continue
            for what, stated in (("产能", match[1]), ("产量", match[2])):
                if stated:
                    yield product, what, stated
    yield from _listed(text, products)


def _listed(text: str, products: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """The same of several products one after another: 产量为烧结矿171.3万吨、铁水112.6万吨."""
    names = "|".join(map(re.escape, sorted(products, key=len, reverse=True)))
    entry = rf"({names})(?:为|约|:)*{_QUANTITY}"
    several = re.compile(rf"(产能|生产能力|产量)(?:分别)?(?:为|约|:)+((?:{entry}[、,;和及]?)+)")
    for match in several.finditer(text):
        what = "产量" if match[1] == "产量" else "产能"
        for product, stated in re.findall(entry, match[2]):
            yield product, what, stated


def _agrees(stated: str, held: Sequence[tuple[ProductLine, Measure]]) -> bool:
    """Whether a quantity in words is the total, the sum of the lines, or one of them."""
    if any(_same(stated, measure) for _, measure in held):
        return True
    single = [measure for row, measure in held if not row.is_total]
    scales = common_scales([measure.value for measure in single])
    if scales is None or len(single) < 2:
        return False
    total = sum((_high(m) * s for m, s in zip(single, scales, strict=True)), Decimal(0))
    unit = single[0].value.unit.removeprefix("万") if scales[0] != 1 else single[0].value.unit
    return _close(stated, total, unit)


def _same(stated: str, measure: Measure) -> bool:
    return _close(stated, _high(measure), measure.value.unit)


def _close(stated: str, number: Decimal, unit: str) -> bool:
    """Whether a quantity in words is a number of a unit, but for rounding; a unit that is not known is not compared."""
    told = parse_quantity(stated)
    if told.high is None:
        return True
    told_unit, own_unit = (re.sub("/.*|每年", "", each) for each in (told.unit, unit))
    comparable = {told_unit.removeprefix("万"), own_unit.removeprefix("万")} == {"t"}
    scale = Decimal(1)
    if comparable:
        scale = Decimal(10_000 if told_unit.startswith("万") else 1) / (
            10_000 if own_unit.startswith("万") else 1
        )
    return abs(told.high * scale - number) <= abs(number) * ROUNDING


def _high(measure: Measure) -> Decimal:
    assert measure.value.high is not None
    return measure.value.high
