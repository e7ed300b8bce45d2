"""Varied enterprises (变化的企业): strategies of hypothesis for projects that differ in everything but their being clean.

For the tests of a plugin whose sample enterprise is `ENTERPRISE`::

    @given(variations(ENTERPRISE))
    def test_no_variation_has_a_finding(variation):
        project = variation.write(folder)
        ...

Whatever is drawn is complete and correct; only what a plugin's own rules say may narrow it, by `dataclasses.replace`
on what is drawn. Texts hold signs that XML, Word templates and folders could stumble over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from duibiao.law import Law, LawInForce, load_common
from duibiao.model.dates import PartialDate, parse_date
from duibiao.model.sheets import Sheet
from duibiao.project.catalogue import catalogue_of
from duibiao.project.notation import dump_toml
from duibiao.project.sheets import SHEETS
from duibiao.testing.filing import evidence_of, write_evidence
from duibiao.testing.projects import FILE, project_data, project_of, registry
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
from duibiao.testing.varied_evidence import varied_files

Draw = Callable[[st.SearchStrategy[Any]], Any]

MANY = 12
"""Rows of a table that has many: with six photos a page, two pages and one over."""

_TOKENS = (
    "设施", "稳定", "运行", "封闭", "车间", "清扫", "厂区", "绿化", "Ａ区", "１号", "“甲”", "（东）", "B&C", "<乙>", "a<b>c",
    "\"引\"", "'撇'", "]]>", "&amp;", "{%", "{{", "#}", "％", "㎡", "·", "—", "、", "，", "；", "：", " ", "\u3000", "\u00a0", "𠮷", "é",
)  # fmt: skip
_PLAIN = ("东", "西", "南", "北", "山", "河", "云", "松", "A", "Ｂ", "3", "&", "（新）", "·", "-")
_CODE = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_UNITS = (("万吨/年", "万吨"), ("t/a", "t"), ("万t/a", "万t"), ("万件/年", "万件"), ("套/年", "套"))
_SEEDS = len(_TOKENS) ** 6
_COUNTS = st.sampled_from((0, 0, 0, 1, 1, 2, 3, MANY))
_SHARE = Decimal("0.85")
_CLEAN = ("铁路", "管道", "公路（新能源车辆）", "封闭皮带廊道")
_DIRTY = ("公路（国六车辆）", "公路（国六燃气车辆）")


@dataclass(frozen=True, slots=True)
class Variation:
    """一个变化: a project that can be written.

    Attributes:
        enterprise: Whose it is.
        content: What is filled in: sheet key → values of a form, or of the rows of a list.
        files: The evidence, by name below 证据/.
        sheets: The sheets that are filled in.
    """

    enterprise: Enterprise
    content: Mapping[str, Any]
    files: Mapping[str, bytes] = field(repr=False)
    sheets: Sequence[Sheet] = field(repr=False)

    def write(self, folder: Path) -> Path:
        """Write the project and return its folder, which is made in `folder`.

        Args:
            folder: An empty folder.
        """
        project = folder / "项目"
        project.mkdir(parents=True)
        data = project_data(self.content, sheets=self.sheets)
        (project / FILE).write_text(dump_toml(data), encoding="utf-8")
        write_evidence(self.files, project)
        return project


@st.composite
def variations(draw: Draw, sample: Enterprise) -> Variation:
    """Draw a project of an enterprise like a sample, with the sheets and sections of the plugin for its industry.

    Args:
        draw: Given by hypothesis.
        sample: The sample enterprise; a plugin for its industry is installed.
    """
    law = law_of(sample)
    enterprise = draw(varied_enterprises(sample, law))
    content = _content(draw, enterprise)
    sheets = catalogue_of(registry(), law).sheets
    for sheet in sheets[len(SHEETS) :]:
        content[sheet.key] = _examples(draw, sheet)
    files = evidence_of(enterprise, project_data(content), notes=False)
    return Variation(enterprise, content, draw(varied_files(files)), sheets)


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
        output_value=str(draw(_amounts())),
        standard=f"{sample.standard}{draw(texts())}",
        totals=tuple(
            (name, str(permitted), str(_part(draw, permitted)))
            for name, _, _ in sample.totals
            for permitted in (draw(_amounts()),)
        ),
        processes=tuple(text + draw(long_texts()) for text in sample.processes),
        **_production(draw, sample),
        **_moved(draw, sample),
        outlets=_outlets(draw, sample),
        fugitives=tuple(_fugitive(draw, entry) for entry in _several(draw, sample.fugitives)),
        **_proven(draw, sample, law),
        trucks=_trucks(draw, sample, day),
        machines=tuple(_several(draw, sample.machines, least=0)),
        alerts={
            level: Alert((*alert.measures, *draw(st.lists(texts(), max_size=2))), alert.ratio)
            for level, alert in sample.alerts.items()
        },
        report_ages=(sum(ages), ages[0] + ages[1], ages[0]),
    )


def texts() -> st.SearchStrategy[str]:
    """Return texts of one line with every sign that may give trouble; they say nothing that rules look for."""
    return st.integers(0, _SEEDS).map(_text)


def long_texts() -> st.SearchStrategy[str]:
    """Return texts of several lines, blank ones among them."""
    return st.integers(0, _SEEDS).map(
        lambda seed: "".join(f"\n{_text(seed // number)}" for number in range(1, seed % 4 + 1))
    )


def spelt(day: PartialDate) -> st.SearchStrategy[str]:
    """Return ways to write a date."""
    if day.day is None:
        return st.sampled_from(
            (str(day), f"{day.year}-{day.month:02}", f"{day.year} 年 {day.month} 月")
        )
    return st.sampled_from(
        (
            str(day),
            f"{day.year}-{day.month:02}-{day.day:02}",
            f"{day.year}.{day.month}.{day.day}",
            f"{day.year}/{day.month}/{day.day}",
            f"{day.year}年{day.month:02}月{day.day:02}日",
            f"{day.year} 年 {day.month} 月 {day.day} 日",
        )
    )


def law_of(enterprise: Enterprise) -> LawInForce:
    """Return the law that an enterprise is judged by.

    Raises:
        LookupError: No plugin knows its industry.
    """
    found = registry().find(enterprise.industry)
    if found is None:
        raise LookupError(enterprise.industry)
    plugin, branch = found
    law = Law(load_common(), plugin.book, branch, enterprise.city, enterprise.grade)
    return law.on(enterprise.day)


# ---------------------------------------------------------------------------- the enterprise


def _production(draw: Draw, sample: Enterprise) -> dict[str, Any]:
    lines: list[Line] = []
    units: dict[str, tuple[str, str]] = {}
    for product in sample.units:
        units[product] = draw(st.sampled_from(_UNITS))
        first = next(line for line in sample.lines if line.product == product)
        for number in range(1 + draw(_COUNTS)):
            capacity = draw(_amounts())
            name = first.name if not number else f"{number + 1}#{product}{draw(texts())}线{number}"
            equipment = first.equipment + draw(texts())
            lines.append(Line(name, equipment, product, str(capacity), str(_part(draw, capacity))))

    def stock(entry: Stock, number: int) -> Stock:
        name = f"{entry.name}{number}{draw(texts())}" if number else entry.name
        storage = entry.storage and entry.storage + draw(texts())
        return replace(entry, name=name, used=str(draw(_amounts())), storage=storage)

    return {
        "lines": tuple(lines),
        "units": units,
        "materials": tuple(stock(m, n) for n, m in enumerate(_several(draw, sample.materials))),
        "energies": tuple(stock(e, n) for n, e in enumerate(_several(draw, sample.energies))),
    }


def _moved(draw: Draw, sample: Enterprise) -> dict[str, Any]:
    """Hauls, clean as far as the enterprise has to be."""
    must_be_clean = "清洁" in sample.claims["运输方式"].requirement
    kinds = st.sampled_from((True,) if must_be_clean else (True, False))
    hauls = []
    for number in range(1 + draw(_COUNTS)):
        clean = draw(kinds)
        hauls.append(
            Haul(
                f"货物{number}{draw(texts())}",
                draw(st.sampled_from(("进厂", "出厂"))),
                draw(st.sampled_from(_CLEAN if clean else _DIRTY)),
                str(draw(_amounts())),
                clean,
            )
        )
    if must_be_clean and draw(st.booleans()):
        clean_amount = sum(Decimal(haul.amount) for haul in hauls)
        rest = (clean_amount * (1 - _SHARE)).quantize(Decimal("0.01"), ROUND_DOWN)
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
    more = _several(draw, sample.outlets, least=0)
    found = []
    for number, outlet in enumerate((*first, *more), 1):
        plain = re.sub(r"^\d+#", "", outlet.step)
        step = outlet.step if number <= len(first) else f"{number}#{plain}{draw(texts())}"
        commissioned, retrofitted = sorted(
            (draw(st.integers(2012, 2024)), draw(st.integers(1, 12))) for _ in range(2)
        )
        found.append(
            replace(
                outlet,
                code=f"DA{number:03}",
                step=step,
                flow=str(draw(st.integers(1_000, 2_000_000))),
                commissioned="{}年{}月".format(*commissioned),
                retrofitted="{}年{}月".format(*retrofitted),
                emissions=tuple(_emission(draw, emission) for emission in outlet.emissions),
            )
        )
    return tuple(found)


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
            more = (f"补充照片{order}（东）" for order in range(draw(_COUNTS)))
            text = proof.text + draw(long_texts())
            proofs[number] = replace(proof, text=text, photos=(*proof.photos, *more))
        claim = sample.claims.get(name, Claim("满足要求。", "满足要求。"))
        if name != "运输方式":  # rules read what is required there
            claim = Claim(claim.requirement + draw(long_texts()), claim.status + draw(long_texts()))
        claims[name] = claim
    return {"proofs": proofs, "claims": claims}


def _trucks(draw: Draw, sample: Enterprise, day: date) -> tuple[Truck, ...]:
    found = []
    for number, truck in enumerate(_several(draw, sample.trucks)):
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


# ------------------------------------------------------------------------ what is filled in


def _content(draw: Draw, enterprise: Enterprise) -> dict[str, Any]:
    """What is filled in for an enterprise, as people write it."""
    content = project_of(enterprise)
    for sheet in SHEETS:
        rows = content[sheet.key] if sheet.is_list else [content[sheet.key]]
        for row in rows:
            for entry in sheet.fields:
                day = parse_date(row.get(entry.key, "")) if entry.kind.name == "DATE" else None
                if day is not None and not sheet.key.startswith("ledger"):
                    row[entry.key] = draw(spelt(day))
    form, plan = content["profile"], content["plan"]
    if draw(st.booleans()):
        form["introduction"] = f"公司简介。{draw(long_texts())}"
    for key in ("profile", "process", "emissions"):
        if draw(st.booleans()):
            plan[key] = f"公司情况。{draw(long_texts())}"
    for key in ("claim", "monitoring"):
        content["transport"][key] += draw(long_texts())
    lines = [row["line"] for row in content["products"]]
    for row in content["outlets"]:
        row["line"] = draw(st.sampled_from(("", *lines)))
    for row in content["indicators"]:
        row["remark"] = draw(st.one_of(st.just(""), texts()))
    return content


def _examples(draw: Draw, sheet: Sheet) -> list[dict[str, str]]:
    """Rows of a plugin's own sheet, made from the examples of its fields."""
    row = {entry.key: entry.example for entry in sheet.fields}
    return [row] * draw(st.integers(0, 3))


# ------------------------------------------------------------------------------- small things


def _several(draw: Draw, found: Sequence[Any], least: int = 1) -> list[Any]:
    """Draw some of a sequence, in any order, some of them more often."""
    return [draw(st.sampled_from(found)) for _ in range(least + draw(_COUNTS))]


def _text(seed: int) -> str:
    """A text of no more than six signs or words: one number to draw instead of six."""
    found = []
    while seed:
        seed, token = divmod(seed, len(_TOKENS))
        found.append(_TOKENS[token])
    return f"另{''.join(found)}备"


def _amounts() -> st.SearchStrategy[Decimal]:
    return st.decimals(Decimal("0.01"), Decimal(99_999), places=2)


def _part(draw: Draw, whole: Decimal) -> Decimal:
    """Draw an amount up to a whole one."""
    part: Decimal = draw(st.decimals(Decimal("0.01"), whole, places=2))
    return part
