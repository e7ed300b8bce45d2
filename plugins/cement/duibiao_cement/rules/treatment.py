"""污染治理技术: what a cement kiln needs beyond what every industry needs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from duibiao.law import LawInForce
from duibiao.model.dossier import Dossier
from duibiao.model.emissions import OutletEmission
from duibiao.rules import CannotJudge, NotApplicable, Problem, Severity, Yield, rule
from duibiao.rules.support import plain

_AMMONIA_BASED = re.compile(r"SNCR|SCR|氨|尿素", re.IGNORECASE)
_DENITRATION = re.compile(r"SNCR|SCR", re.IGNORECASE)
_LOW_NOX = re.compile(r"低氮|低NOx|分级燃烧|分解炉还原", re.IGNORECASE)
_DUST = re.compile(r"覆膜|袋式|布袋|电袋|滤筒|湿式电除尘|湿电")


@rule("CEM-101", severity=Severity.ERROR, cites="O3:附件4")
def kiln_without_denitration(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """水泥窑窑尾没有SNCR、SCR等脱硝设施。

    为什么：熟料窑应采用低氮燃烧、分级燃烧，窑尾配套SNCR或SCR等脱硝设施。

    通过：窑尾氮氧化物的治理工艺写明SNCR或SCR。

    不通过：窑尾只写“低氮燃烧”，或没有列氮氧化物。
    """
    outlets = _at(dossier, law, "kiln_tail")
    if not outlets:
        yield NotApplicable("没有水泥窑窑尾排放口")
        return
    treated = [row for row in outlets if _pollutant(row, law) == "NOx"]
    if not treated:
        yield Problem(
            outlets[0].at, "窑尾没有列氮氧化物的治理措施", "补充窑尾脱硝设施、效率和排放浓度"
        )
    for row in treated:
        if row.treatment is None or not row.treatment.value:
            yield CannotJudge(row.at, "窑尾氮氧化物没有写治理工艺")
        elif not _DENITRATION.search(plain(row.treatment.value)):
            yield Problem(
                row.treatment.at,
                f"窑尾脱硝工艺为“{row.treatment.value}”，没有SNCR或SCR",
                "核对实际工艺并补充；确实没有的，改造后再申报",
            )


@rule("CEM-102", severity=Severity.WARNING, cites="O3:附件4")
def kiln_dust_removal_not_efficient(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """窑头、窑尾没有采用覆膜袋式等高效除尘。

    为什么：窑头、窑尾应采用覆膜袋式除尘器或同等高效的除尘设施。

    通过：治理工艺写明覆膜滤料袋式、电袋复合等。

    不通过：窑头只写“静电除尘器”。
    """
    outlets = [
        row
        for process in ("kiln_tail", "kiln_head")
        for row in _at(dossier, law, process)
        if _pollutant(row, law) == "PM"
    ]
    if not outlets:
        yield NotApplicable("没有水泥窑窑头、窑尾的颗粒物排放口")
    for row in outlets:
        if row.treatment is None or not row.treatment.value:
            yield CannotJudge(row.at, "没有写除尘工艺")
        elif not _DUST.search(row.treatment.value):
            yield Problem(
                row.treatment.at,
                f"{row.step.value if row.step else '该排放口'}除尘工艺为“{row.treatment.value}”",
                "核对实际工艺；不是覆膜袋式的，说明除尘效率不低于覆膜袋式",
            )


@rule("CEM-103", severity=Severity.ERROR, cites="O2")
def ammonia_not_compared(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """用氨或尿素脱硝的水泥窑没有对标氨。

    为什么：以氨水、尿素为还原剂脱硝会有氨逃逸，水泥窑设有氨的排放限值。

    通过：2.14列有窑尾氨的监测浓度和限值。

    不通过：窑尾用SNCR脱硝，2.14没有氨。
    """
    injecting = [
        row
        for row in _at(dossier, law, "kiln_tail")
        if row.treatment is not None and _AMMONIA_BASED.search(plain(row.treatment.value))
    ]
    if not injecting:
        yield NotApplicable("没有用氨或尿素脱硝的水泥窑")
        return
    if not dossier.evidence.limits:
        yield CannotJudge(dossier.at, "没有2.14的限值对标表可查")
        return
    compared = {
        found.key
        for row in dossier.evidence.limits
        if row.pollutant is not None and (found := law.common.pollutant(row.pollutant.value))
    }
    if "NH3" not in compared:
        yield Problem(
            dossier.evidence.limits[0].at,
            "窑尾用氨或尿素脱硝，排放限值对标表没有氨",
            "补充窑尾氨的监测浓度和限值",
            also=(injecting[0].at,),
        )


@rule("CEM-104", severity=Severity.REVIEW, cites="N23")
def staggered_production_not_mentioned(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """熟料企业没有说明错峰生产。

    为什么：所有水泥熟料生产线都要参加错峰生产，河南为每年11月15日至次年3月15日；方案应说明与应急减排如何衔接。

    通过：材料中提到错峰生产。

    不通过：通篇没有提到错峰生产。
    """
    if law.branch is None or law.branch.key != "clinker":
        yield NotApplicable("不是水泥熟料企业")
    elif not any("错峰" in re.sub(r"\s", "", text.value) for text in dossier.paragraphs):
        at = dossier.plan.at if dossier.plan else dossier.at
        yield Problem(at, "材料没有提到错峰生产", "说明错峰生产执行情况及与应急减排措施的衔接")


@rule("CEM-105", severity=Severity.WARNING, cites="O3:附件4")
def kiln_without_low_nox_combustion(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """水泥窑没有采用低氮燃烧、分级燃烧。

    为什么：熟料窑应先采用低氮燃烧器、分级燃烧等源头控制，再配套末端脱硝。

    通过：窑尾氮氧化物的治理工艺写明低氮燃烧或分级燃烧。

    不通过：窑尾只写“SNCR”。
    """
    outlets = [row for row in _at(dossier, law, "kiln_tail") if _pollutant(row, law) == "NOx"]
    if not outlets:
        yield NotApplicable("没有水泥窑窑尾的氮氧化物排放口")
    for row in outlets:
        if row.treatment is None or not row.treatment.value:
            yield CannotJudge(row.at, "窑尾氮氧化物没有写治理工艺")
        elif not _LOW_NOX.search(plain(row.treatment.value)):
            yield Problem(
                row.treatment.at,
                f"窑尾氮氧化物治理工艺为“{row.treatment.value}”，没有低氮燃烧、分级燃烧",
                "核对实际工艺并补充；确实没有的，说明理由",
            )


def _at(dossier: Dossier, law: LawInForce, process: str) -> list[OutletEmission]:
    found = []
    for row in dossier.outlets:
        named = law.process_named(row.step.value) if row.step else None
        if named is not None and named.key == process:
            found.append(row)
    return found


def _pollutant(row: OutletEmission, law: LawInForce) -> str:
    found = law.common.pollutant(row.pollutant.value) if row.pollutant else None
    return found.key if found else ""
