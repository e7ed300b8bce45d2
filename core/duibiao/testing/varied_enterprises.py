"""Enterprises like a sample that differ in everything but their being clean (hypothesis)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import Any

from hypothesis import strategies as st

from duibiao.law import LawInForce
from duibiao.model.quantities import parse_quantity
from duibiao.testing.spec import (
    NEW_ENERGY,
    Alert,
    Claim,
    Emission,
    Enterprise,
    Fugitive,
    Haul,
    Line,
    Outlet,
    Proof,
    Stock,
    Truck,
)
from duibiao.testing.varied_texts import (
    CENT,
    COUNTS,
    Draw,
    amounts,
    long_texts,
    part_of,
    several,
    texts,
)

_PLAIN = ("东", "西", "南", "北", "山", "河", "云", "松", "A", "Ｂ", "3", "&", "（新）", "·", "-")
_CODE = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_UNITS = (("万吨/年", "万吨"), ("t/a", "t"), ("万t/a", "万t"), ("万件/年", "万件"), ("套/年", "套"))
_HOURS = 6_000
_SHARE = Decimal("0.85")
_CLEAN = ("铁路", "管道", "公路（新能源车辆）", "封闭皮带廊道")
_DIRTY = ("公路（国六车辆）", "公路（国六燃气车辆）")


@st.composite
def varied_enterprises(draw: Draw, sample: Enterprise, law: LawInForce) -> Enterprise:
    """Draw an enterprise of the industry and grade of a sample, with as many and as different parts as may be.

    Args:
        draw: Given by hypothesis.
        sample: The sample enterprise.
        law: The law in force for it.
    """
    day = sample.day + timedelta(days=draw(st.integers(-30, 60)))
    name = "".join(draw(st.lists(st.sampled_from(_PLAIN), max_size=4)))
    body = sample.credit_body
    tail = draw(st.text(_CODE, min_size=9, max_size=9))
    outlets = _outlets(draw, sample)
    ages = draw(st.tuples(st.integers(1, 300), st.integers(0, 200), st.integers(0, 200)))
    return replace(
        sample,
        name=f"豫虚构{name}{sample.name.removeprefix('豫虚构')}",
        site=f"{sample.site}{draw(texts())}",
        credit_body=body[:8] + tail,
        day=day,
        park=draw(texts()),
        legal_person=draw(st.sampled_from((sample.legal_person, "欧阳虚", "买买提·虚江", "王 虚"))),
        responsible=draw(st.sampled_from((sample.responsible, "诸葛虚明", "李虚"))),
        phone=f"1{draw(st.integers(30, 99))}{draw(st.integers(0, 99_999_999)):08}",
        output_value=str(draw(amounts())),
        standard=f"{sample.standard}{draw(texts())}",
        totals=_totals(draw, sample, outlets),
        processes=tuple(text + draw(long_texts()) for text in sample.processes),
        **_production(draw, sample),
        **_moved(draw, sample),
        outlets=outlets,
        fugitives=tuple(_fugitive(draw, entry) for entry in several(draw, sample.fugitives)),
        **_proven(draw, sample, law),
        trucks=_trucks(draw, sample, day),
        machines=tuple(several(draw, sample.machines, least=0)),
        alerts={
            level: Alert((*alert.measures, *draw(st.lists(texts(), max_size=2))), alert.ratio)
            for level, alert in sample.alerts.items()
        },
        report_ages=(sum(ages), ages[0] + ages[1], ages[0]),
    )


def _production(draw: Draw, sample: Enterprise) -> dict[str, Any]:
    measures = "".join(text for alert in sample.alerts.values() for text in alert.measures)
    lines: list[Line] = []
    units: dict[str, tuple[str, str]] = {}
    for product in sample.units:
        units[product] = draw(st.sampled_from(_UNITS))
        first, *others = (line for line in sample.lines if line.product == product)
        names = [first.name, *(line.name for line in others if line.name in measures)]
        names += [f"新{number}#{product}{draw(texts())}线" for number in range(draw(COUNTS))]
        for name in names:
            capacity = draw(amounts())
            equipment = first.equipment + draw(texts())
            lines.append(
                Line(name, equipment, product, str(capacity), str(part_of(draw, capacity)))
            )

    def stock(entry: Stock, number: int) -> Stock:
        name = f"{entry.name}{number}{draw(texts())}" if number else entry.name
        storage = entry.storage and entry.storage + draw(texts())
        return replace(entry, name=name, used=str(draw(amounts())), storage=storage)

    return {
        "lines": tuple(lines),
        "units": units,
        "materials": tuple(stock(m, n) for n, m in enumerate(several(draw, sample.materials))),
        "energies": tuple(stock(e, n) for n, e in enumerate(several(draw, sample.energies))),
    }


def _moved(draw: Draw, sample: Enterprise) -> dict[str, Any]:
    """Hauls, clean as far as the enterprise has to be."""
    must_be_clean = "清洁" in sample.claims["运输方式"].requirement
    kinds = st.sampled_from((True,) if must_be_clean else (True, False))
    hauls = []
    for number in range(1 + draw(COUNTS)):
        clean = draw(kinds)
        hauls.append(
            Haul(
                f"货物{number}{draw(texts())}",
                draw(st.sampled_from(("进厂", "出厂"))),
                draw(st.sampled_from(_CLEAN if clean else _DIRTY)),
                str(draw(amounts())),
                clean,
            )
        )
    if must_be_clean and draw(st.booleans()):
        clean_amount = sum(Decimal(haul.amount) for haul in hauls)
        rest = (clean_amount * (1 - _SHARE)).quantize(CENT, ROUND_DOWN)
        if rest:
            hauls.append(Haul("其余货物", "出厂", _DIRTY[0], str(rest), False))
    unit = draw(st.sampled_from(("万吨", "吨")))
    return {"hauls": tuple(hauls), "haul_unit": unit}


def _outlets(draw: Draw, sample: Enterprise) -> tuple[Outlet, ...]:
    """Every kind of outlet of the sample once, some of them more often."""
    kinds = {
        tuple(e.pollutant for e in outlet.emissions): outlet for outlet in sample.outlets[::-1]
    }
    first = sorted(kinds.values(), key=lambda outlet: outlet.code)
    more = several(draw, sample.outlets, least=0)
    found = []
    for number, outlet in enumerate((*first, *more), 1):
        plain = re.sub(r"^\d+#", "", outlet.step)
        step = outlet.step if number <= len(first) else f"{number}#{plain}{draw(texts())}"
        commissioned, retrofitted = sorted(
            (draw(st.integers(2012, 2020)), draw(st.integers(1, 12))) for _ in range(2)
        )
        found.append(
            replace(
                outlet,
                code=f"DA{number:03}",
                step=step,
                flow=str(draw(st.integers(10_000, 2_000_000))),
                commissioned="{}年{}月".format(*commissioned),
                retrofitted="{}年{}月".format(*retrofitted),
                emissions=tuple(_emission(draw, emission) for emission in outlet.emissions),
            )
        )
    return tuple(found)


def _totals(
    draw: Draw, sample: Enterprise, outlets: Sequence[Outlet]
) -> tuple[tuple[str, str, str], ...]:
    """What is emitted in a year, as concentrations and flows give it, and what is permitted."""
    totals = []
    for name, _, _ in sample.totals:
        emitted = (
            (parse_quantity(emission.concentration).high or 0) * Decimal(outlet.flow)
            for outlet in outlets
            for emission in outlet.emissions
            if emission.pollutant == name
        )
        milligrams = sum(emitted, Decimal())
        actual = max(CENT, (milligrams * _HOURS / 10**9).quantize(CENT))
        totals.append((name, str(actual + draw(amounts())), str(actual)))
    return tuple(totals)


def _emission(draw: Draw, emission: Emission) -> Emission:
    limit = Decimal(re.sub(r"\D", "", emission.limit))
    high = draw(st.decimals(Decimal("0.2"), limit * 9 / 10, places=1))
    low = draw(st.decimals(Decimal("0.1"), high, places=1))
    spelling = (
        "{0}-{1}",
        "{0}~{1}",
        "{0}～{1}",
        "{0} — {1}",
        "{1}",
        "<{1}",
        "＜{1}",
        "未检出",
        "≤{1}",
    )
    share = emission.efficiency.removesuffix("%")
    shares = (f"{share}%", share, f"≥{share}%", f"{share}％")
    return replace(
        emission,
        treatment=emission.treatment and emission.treatment + draw(texts()),
        efficiency=draw(st.sampled_from(shares)) if share else "",
        concentration=draw(st.sampled_from(spelling)).format(low, high),
        limit=draw(st.sampled_from((f"≤{limit}", str(limit), f"≤ {limit}"))),
    )


def _fugitive(draw: Draw, fugitive: Fugitive) -> Fugitive:
    return replace(
        fugitive,
        step=fugitive.step + draw(texts()),
        requirement=fugitive.requirement + draw(long_texts()),
        measure=fugitive.measure + draw(long_texts()),
    )


def _proven(draw: Draw, sample: Enterprise, law: LawInForce) -> dict[str, Any]:
    """Sections 2.1 to 2.12 and indicators: those that may be there or not are drawn."""
    needed = {item.number for item in law.checklist if item.applies == "yes"}
    proofs: dict[str, Proof] = {}
    claims: dict[str, Claim] = {}
    for indicator in law.common.indicators:
        number, name = indicator.section, indicator.name
        if law.common.heading(f"五.{number}").if_applicable:
            if number not in needed and not draw(st.booleans()):
                continue
            proof = sample.proofs.get(number, Proof("证明材料如下。", ("证明文件",)))
            more = (f"补充照片{order}（东）" for order in range(draw(COUNTS)))
            text = proof.text + draw(long_texts())
            proofs[number] = replace(proof, text=text, photos=(*proof.photos, *more))
        claim = sample.claims.get(name, Claim("满足要求。", "满足要求。"))
        if name != "运输方式":  # rules read what is required there
            claim = Claim(claim.requirement + draw(long_texts()), claim.status + draw(long_texts()))
        claims[name] = claim
    return {"proofs": proofs, "claims": claims}


def _trucks(draw: Draw, sample: Enterprise, day: date) -> tuple[Truck, ...]:
    found = []
    for number, truck in enumerate(several(draw, sample.trucks)):
        old = draw(st.integers(40, 1_500))
        found.append(
            replace(
                truck,
                plate=f"{number:02}{draw(st.integers(0, 999)):03}D"
                if truck.stage == NEW_ENERGY
                else f"{number:02}{draw(st.sampled_from('ABCK'))}{draw(st.integers(0, 99)):02}",
                kind=truck.kind + draw(texts()),
                registered=day - timedelta(days=old),
            )
        )
    return tuple(found)
