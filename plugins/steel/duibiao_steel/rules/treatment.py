"""污染治理技术: what sintering and pelletizing need beyond what every industry needs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from duibiao.law import LawInForce
from duibiao.model.dossier import Dossier
from duibiao.model.emissions import OutletEmission
from duibiao.rules import CannotJudge, NotApplicable, Problem, Severity, Yield, rule
from duibiao.rules.support import plain

SINTERING = ("sintering_head", "pelletizing_shaft", "pelletizing_grate_kiln", "pelletizing")
"""Processes whose flue gas needs desulphurisation and denitration."""

_DENITRATION = re.compile(r"SCR|活性[炭焦碳]|臭氧|氧化脱硝|COA", re.IGNORECASE)
_LOW_NOX = re.compile(r"低氮|低NOx|分级燃烧|无焰燃烧|SCR", re.IGNORECASE)
_FURNACES = ("blast_furnace_stove", "rolling_heat_treatment")
_COKE_OVEN_GAS = re.compile("焦炉煤气")
_DESULFURISED = re.compile("(?:精脱硫|煤气[^，。；]{0,6}脱硫)")
_BYPASS = re.compile(r"(?:烟气|脱硫)旁路|旁路(?:烟道|挡板|排放)")
_REMOVED = re.compile(
    r"(?:取消|拆除|封堵|封闭|未设|没有|不设|不存在|严禁|禁止|不得)[^，。；]{0,8}旁路"
    r"|无(?:烟气|脱硫)?旁路|旁路[^，。；]{0,24}(?:取消|拆除|封堵|封闭)"
)
_PLANNED = re.compile(r"计划|拟|将|预计")
"""A clause that plans has removed nothing yet."""


@rule("STL-101", severity=Severity.WARNING, cites="O5:第5项")
def denitration_not_advanced(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """烧结、球团焙烧烟气的脱硝没有采用活性炭（焦）或SCR等技术。

    为什么：烧结、球团烟气脱硝应采用活性炭（焦）、选择性催化还原（SCR）等高效脱硝技术，其他工艺难以稳定达到超低排放。

    通过：治理工艺写明SCR、活性炭（焦）等。

    不通过：烧结机机头只写“低氮燃烧”。
    """
    outlets = [row for row in _sintering(dossier, law) if _is(row, law, "NOx")]
    if not outlets:
        yield NotApplicable("没有烧结、球团焙烧的氮氧化物排放口")
    for outlet in outlets:
        treatment = outlet.treatment
        if treatment is None or not treatment.value:
            yield CannotJudge(outlet.at, "没有写治理工艺")
        elif not _DENITRATION.search(plain(treatment.value)):
            yield Problem(
                treatment.at,
                f"{outlet.step.value if outlet.step else '该排放口'}脱硝工艺为“{treatment.value}”",
                "核对实际工艺；未采用SCR、活性炭（焦）等技术的，说明能否稳定达标",
            )


@rule("STL-102", severity=Severity.ERROR, cites="O5:第5项")
def desulfurisation_bypass_left(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """烟气旁路没有取消。

    为什么：脱硫设施应取消烟气旁路，有旁路就可能不经治理直接排放。

    通过：没有旁路，或写明旁路已取消、封堵。

    不通过：写“保留烟气旁路作应急使用”。
    """
    for text in dossier.paragraphs:
        if "旁路" not in text.value:
            continue
        clauses = [part for part in re.split(r"[，,。；;]", text.value) if _BYPASS.search(part)]
        if any(_PLANNED.search(part) or not _REMOVED.search(part) for part in clauses):
            yield Problem(
                text.at,
                f"提到烟气旁路：“{text.at.quote}”",
                "取消或封堵旁路，并写明完成时间和证明材料",
            )


@rule("STL-103", severity=Severity.ERROR, cites="O5:第5项")
def sintering_gas_untreated(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """烧结、球团焙烧烟气缺少二氧化硫或氮氧化物的治理。

    为什么：烧结、球团焙烧是二氧化硫和氮氧化物的主要来源，都须治理并列明。

    通过：每个烧结、球团焙烧排放口都列有颗粒物、二氧化硫、氮氧化物三项。

    不通过：烧结机机头只列颗粒物和二氧化硫。
    """
    present: dict[str, tuple[OutletEmission, set[str]]] = {}
    for row in _sintering(dossier, law):
        found = law.common.pollutant(row.pollutant.value) if row.pollutant else None
        key = row.outlet.value if row.outlet else row.step.value if row.step else ""
        present.setdefault(key, (row, set()))[1].add(found.key if found else "")
    if not present:
        yield NotApplicable("没有烧结、球团焙烧排放口")
    for row, held in present.values():
        for pollutant, name in (("PM", "颗粒物"), ("SO2", "二氧化硫"), ("NOx", "氮氧化物")):
            if pollutant not in held:
                step = row.step.value if row.step else "该排放口"
                yield Problem(
                    row.at,
                    f"{step}没有列{name}的治理措施",
                    f"在第四部分补充{name}的治理设施、效率和浓度",
                )


@rule("STL-104", severity=Severity.REVIEW, cites="O5:第22项")
def coking_on_site(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """厂内有焦化工序，须按焦化行业另行评级。

    为什么：焦化是单独的重点行业；跨行业的企业分行业评定，总体绩效以较差的为准（第五条（三））。

    通过：没有焦炉。

    不通过：产污环节中有焦炉烟囱。
    """
    for outlet in dossier.outlets:
        if outlet.step is not None and re.search(r"焦炉|干熄焦|装煤|推焦", outlet.step.value):
            yield Problem(
                outlet.step.at,
                f"产污环节“{outlet.step.value}”属焦化工序",
                "焦化工序按焦化行业指标另行对标，总体等级取两者中较差的",
            )
            return


@rule("STL-105", severity=Severity.WARNING, cites="O5:第5项")
def low_nox_combustion_missing(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """高炉热风炉、轧钢热处理炉没有采用低氮燃烧。

    为什么：高炉热风炉、轧钢热处理炉应从源头采用低氮燃烧技术，控制氮氧化物产生。

    通过：氮氧化物的治理工艺写明低氮燃烧（或SCR等末端脱硝）。

    不通过：高炉热风炉氮氧化物只写“直接排放”。
    """
    outlets = [row for row in _at(dossier, law, _FURNACES) if _is(row, law, "NOx")]
    if not outlets:
        yield NotApplicable("没有高炉热风炉、轧钢热处理炉的氮氧化物排放口")
    for outlet in outlets:
        treatment = outlet.treatment
        if treatment is None or not treatment.value:
            yield CannotJudge(outlet.at, "没有写治理工艺")
        elif not _LOW_NOX.search(plain(treatment.value)):
            yield Problem(
                treatment.at,
                f"{outlet.step.value if outlet.step else '该排放口'}氮氧化物治理工艺为“{treatment.value}”，没有低氮燃烧",
                "核对实际工艺并补充；确实没有的，改造为低氮燃烧",
            )


@rule("STL-106", severity=Severity.WARNING, cites="O5:第5项")
def coke_oven_gas_not_desulfurised(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """使用焦炉煤气而没有写精脱硫。

    为什么：焦炉煤气应实施精脱硫，从源头控制二氧化硫。

    通过：不使用焦炉煤气；或写明焦炉煤气经精脱硫后使用。

    不通过：能源表列有焦炉煤气，通篇没有提到煤气脱硫。
    """
    used = [
        material
        for material in (*dossier.production.materials, *dossier.production.energies)
        if _COKE_OVEN_GAS.search(material.name.value)
    ]
    if not used:
        yield NotApplicable("没有使用焦炉煤气")
        return
    texts = (
        *(text.value for text in dossier.paragraphs),
        *(row.treatment.value for row in dossier.outlets if row.treatment),
    )
    if not any(_DESULFURISED.search(text) for text in texts):
        yield Problem(
            used[0].at,
            f"使用{used[0].name.value}，材料没有写煤气精脱硫",
            "写明焦炉煤气精脱硫工艺和硫化氢含量，并附证明材料",
        )


def _sintering(dossier: Dossier, law: LawInForce) -> list[OutletEmission]:
    return _at(dossier, law, SINTERING)


def _at(dossier: Dossier, law: LawInForce, processes: tuple[str, ...]) -> list[OutletEmission]:
    found = []
    for row in dossier.outlets:
        process = law.process_named(row.step.value) if row.step else None
        if process is not None and process.key in processes:
            found.append(row)
    return found


def _is(row: OutletEmission, law: LawInForce, pollutant: str) -> bool:
    found = law.common.pollutant(row.pollutant.value) if row.pollutant else None
    return found is not None and found.key == pollutant
