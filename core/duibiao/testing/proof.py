"""Part 五, section 1 and 2.1 to 2.15: the indicator table, facilities, limits and fugitive control."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from duibiao.law.common import CommonLaw
from duibiao.model.emissions import (
    Facility,
    FacilityKind,
    FacilityTable,
    FugitiveControl,
    LimitComparison,
    Photo,
)
from duibiao.model.evidence import IndicatorRow, IndicatorTable
from duibiao.model.location import Located, Text
from duibiao.testing import forms
from duibiao.testing.scribe import Row, Scribe
from duibiao.testing.spec import Enterprise

FACILITY_KINDS = {
    "五.2.13.1": FacilityKind.DUST,
    "五.2.13.2": FacilityKind.DESULFURISATION,
    "五.2.13.3": FacilityKind.DENITRATION,
    "五.2.13.4": FacilityKind.VOCS,
}


def applies(enterprise: Enterprise, number: str) -> bool:
    """Return whether a section 2.1 to 2.18 applies to the enterprise."""
    chapter = int(number.split(".")[1])
    return chapter > 12 or number in enterprise.proofs


def write_indicators(
    scribe: Scribe, enterprise: Enterprise, common: CommonLaw, pages: Mapping[str, Sequence[int]]
) -> IndicatorTable:
    """Write the indicator table: the rows that apply, in the prescribed order."""
    scribe.caption("绩效分级指标对标总表")
    header = [
        name.format(industry=enterprise.trade, grade=enterprise.grade.label)
        for name in forms.INDICATORS
    ]
    rows = [
        (
            indicator.name,
            enterprise.claims[indicator.name].requirement,
            enterprise.claims[indicator.name].status,
            _span(pages.get(f"五.{indicator.section}", (0, 0))),
            f"见{indicator.section}",
        )
        for indicator in common.indicators
        if applies(enterprise, indicator.section)
    ]
    grid = scribe.table(header, rows)
    found = tuple(IndicatorRow(row.at, *row.cells) for row in grid.rows)
    return IndicatorTable(grid.at, grid.header[1], found)


def write_proof(scribe: Scribe, enterprise: Enterprise, number: str) -> tuple[Photo, ...]:
    """Write one of the sections 2.1 to 2.12."""
    proof = enterprise.proofs.get(number)
    if proof is None:
        scribe.line(forms.NOT_APPLICABLE)
        return ()
    scribe.line(proof.text)
    if proof.rows:
        scribe.caption(proof.caption)
        scribe.table(proof.header, proof.rows)
    return scribe.photos(proof.photos)


def write_treatment(scribe: Scribe, enterprise: Enterprise) -> None:
    """Write the introduction of 2.13."""
    counts = {kind: len(enterprise.facilities(kind)) for kind in FacilityKind}
    told = "；".join(f"{kind}设施共{count}套" for kind, count in counts.items() if count)
    scribe.line(
        f"公司污染治理设施按除尘、脱硫、脱硝、VOCs治理分类列表说明，并附现场彩色照片。{told}。"
    )


def write_facilities(
    scribe: Scribe, enterprise: Enterprise, kind: FacilityKind
) -> FacilityTable | None:
    """Write one of the sections 2.13.1 to 2.13.4; None where there are no such facilities."""
    facilities = enterprise.facilities(kind)
    if not facilities:
        scribe.line(forms.NOT_APPLICABLE)
        return None
    scribe.line(f"（1）{kind}设施情况一览表")
    scribe.caption(f"{kind}设施一览表")
    grid = scribe.table(
        [name.format(kind=kind) for name in forms.FACILITIES],
        [
            (
                str(number),
                f"{outlet.step}（{outlet.code}）",
                emission.treatment,
                outlet.commissioned,
                "正常运行",
                emission.efficiency,
                f"{emission.concentration}mg/m³",
                f"{outlet.flow}m³/h",
            )
            for number, (outlet, emission) in enumerate(facilities, 1)
        ],
    )
    rows = tuple(
        _facility(row, outlet.code) for row, (outlet, _) in zip(grid.rows, facilities, strict=True)
    )
    scribe.line(f"（2）{kind}设施现场照片")
    photos = scribe.photos(
        [
            f"{number}# {outlet.step}（{outlet.code}）{kind}设施照片"
            for number, (outlet, _) in enumerate(facilities, 1)
        ]
    )
    scribe.line(f"（3）{kind}设施采购（工程安装）合同和竣工监测报告")
    papers = scribe.photos([f"{kind}设施采购安装合同", f"{kind}设施竣工监测报告"])
    return FacilityTable(kind, grid.at, rows, photos + papers)


def write_limits(
    scribe: Scribe, enterprise: Enterprise
) -> tuple[tuple[LimitComparison, ...], tuple[Photo, ...]]:
    """Write 2.14."""
    number = enterprise.reports[-1][0]
    scribe.line("根据国家、地方排放标准和绩效指标要求，结合公司监测数据，有组织排放对标情况如下。")
    scribe.caption("有组织排放限值对标表")
    grid = scribe.table(
        forms.LIMITS,
        [
            (
                outlet.code,
                outlet.step,
                emission.pollutant,
                emission.limit,
                emission.concentration,
                outlet.oxygen if gaseous else "/",
                outlet.baseline_oxygen if gaseous else "/",
                number,
                "达标",
            )
            for outlet in enterprise.outlets
            for emission in outlet.emissions
            for gaseous in (bool(outlet.baseline_oxygen),)
        ],
    )
    photos = scribe.photos([f"检测报告（{number}）首页", f"检测报告（{number}）结果页"])
    return tuple(_limit(row) for row in grid.rows), photos


def write_controls(
    scribe: Scribe, enterprise: Enterprise
) -> tuple[tuple[FugitiveControl, ...], tuple[Photo, ...]]:
    """Write 2.15."""
    scribe.line("公司对照技术指南无组织管控要求，逐条落实“五到位、一密闭”措施，情况见下表。")
    scribe.caption("无组织排放管控措施落实情况表")
    grid = scribe.table(
        forms.CONTROLS,
        [
            (str(number), source.step, source.requirement, source.measure, "符合", f"图{number}")
            for number, source in enumerate(enterprise.fugitives, 1)
        ],
    )
    photos = scribe.photos(
        [
            f"图{number} {source.step}无组织管控现场照片"
            for number, source in enumerate(enterprise.fugitives, 1)
        ]
    )
    return tuple(FugitiveControl(row.at, *row.cells[1:]) for row in grid.rows), photos


def _span(pages: Sequence[int]) -> str:
    first, last = pages[0], pages[-1]
    return str(first) if first == last else f"{first}-{last}"


def _facility(row: Row, code: str) -> Facility:
    outlet: Text = Located(code, row[2].at)
    return Facility(
        row.at,
        int(row[1].value),
        row[2],
        outlet,
        row[3],
        row.day(4),
        row[5],
        row.measure(6),
        row.measure(7),
        row.measure(8),
    )


def _limit(row: Row) -> LimitComparison:
    return LimitComparison(
        row.at,
        row[1],
        row[2],
        row[3],
        row.measure(4),
        row.measure(5),
        row.measure(6),
        row.measure(7),
        row[8],
        row[9],
    )
