"""运输方式: emission stages and clean transport against what is required (2.17)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from duibiao.law.common import Code, CommonLaw
from duibiao.law.in_force import LawInForce
from duibiao.law.records import Requirement
from duibiao.model.dossier import Dossier
from duibiao.model.evidence import Vehicle
from duibiao.model.grades import Grade
from duibiao.model.location import Text
from duibiao.rules.definition import CannotJudge, NotApplicable, Problem, Severity, Yield, rule
from duibiao.rules.stages import (
    AT_LEAST_STAGE,
    NUMERALS,
    SHARE,
    StageRequirement,
    older,
    read_requirement,
    share_at_least,
    stage_in,
)
from duibiao.rules.support import (
    clean_transport_share,
    form_at,
    indicator_row,
    plain,
)

_NO_LEDGER = "没有运输车辆电子台账可查"
_BY_SHARE = "要求按比例计算，不是每辆（台）都须达到，请对照台账核对"
_CLEAN_REQUIRED = re.compile(rf"清洁[^%]*?{SHARE.pattern}")
_CLEAN_CLAIMED = re.compile(
    r"清洁.*?(?:合计|共计?|总计)\D{0,4}(?P<sum>\d+(?:\.\d+)?)%|清洁[^%]*?(?P<first>\d+(?:\.\d+)?)%"
)

_WANTED = re.compile(r"不低于|不少于|不小于|[≥＞>]|要求|应|须|达到")
"""Words of a share that is asked for, not of one that is claimed."""


@rule("DB-602", severity=Severity.ERROR, cites=("SMX2022:第五条（三）", "SMX2022:附件4 五、2.17"))
def vehicle_below_required_stage(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """车辆排放阶段低于对标总表所列的要求。

    为什么：运输方式是绩效分级指标之一，台账中有一辆车不满足，该项就不满足。

    通过：台账中每辆车都达到要求的排放阶段，或为新能源车辆。

    不通过：要求国六及以上，台账中有国三车辆。
    """
    transport = dossier.evidence.transport
    required = _required_stage(dossier, law, machinery=False)
    if not transport.vehicles or required is None:
        reason = _NO_LEDGER if not transport.vehicles else "对标总表没有写明车辆的排放阶段要求"
        yield CannotJudge(dossier.at, reason)
        return
    text, minimum = required
    if minimum is None:
        yield CannotJudge(text.at, _BY_SHARE)
        return
    for vehicle in transport.vehicles:
        yield from _below(vehicle.stage, _plate(vehicle), text, minimum, law.common)


@rule("DB-605", severity=Severity.ERROR, cites=("SMX2022:第五条（三）", "SMX2022:附件4 五、1"))
def clean_share_below_requirement(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """清洁运输比例低于对标总表所列的要求。

    为什么：有一项未满足即降级评定。

    通过：企业对标情况所写的比例不低于指标要求；那里没有写的，按2.17的文字。

    不通过：要求不低于80%，企业为44.9%。
    """
    row = indicator_row(dossier, "运输方式", law.common)
    if row is None or row.requirement is None or row.status is None:
        yield CannotJudge(dossier.at, "对标总表没有“运输方式”的要求或对标情况")
        return
    required = next(
        (
            match
            for part in _clauses(row.requirement.value)
            if (match := _CLEAN_REQUIRED.search(part))
        ),
        None,
    )
    if required is None:
        return
    claimed = _claimed_share(dossier, row.status)
    if claimed is None:
        yield CannotJudge(row.status.at, "企业对标情况和2.17都没有写清洁运输比例")
        return
    match, text = claimed
    if Decimal(stated := match["sum"] or match["first"]) < Decimal(required[1]):
        evidence = dossier.section("五.2.17")
        places = [row.status.at, *([evidence.at] if evidence else [])]
        yield Problem(
            text.at,
            f"清洁运输比例为{stated}%，要求不低于{required[1]}%",
            "提高铁路、管道、新能源等清洁运输比例后再申报，或按能达到的等级申报",
            also=tuple(place for place in places if place != text.at),
        )


@rule("DB-606", severity=Severity.ERROR, cites=("SMX2022:第五条（三）", "SMX2022:附件4 五、2.17"))
def machine_below_required_stage(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """非道路移动机械排放阶段低于对标总表所列的要求。

    为什么：厂内非道路移动机械也在运输方式指标之内。

    通过：每台机械都达到要求的排放阶段，或为新能源机械。

    不通过：要求国三及以上，有国二叉车。
    """
    machines = dossier.evidence.transport.machines
    required = _required_stage(dossier, law, machinery=True)
    if not machines or required is None:
        reason = (
            "没有非道路移动机械表可查"
            if not machines
            else "对标总表没有写明非道路移动机械的排放阶段要求"
        )
        yield CannotJudge(dossier.at, reason)
        return
    text, minimum = required
    if minimum is None:
        yield CannotJudge(text.at, _BY_SHARE)
        return
    for machine in machines:
        name = machine.name.value if machine.name else "该机械"
        yield from _below(machine.stage, name, text, minimum, law.common)


@rule(
    "DB-610",
    severity=Severity.ERROR,
    cites=("SMX2022:第五条（三）", "SMX2022:附件4 五、2.17"),
    by_industry=True,
)
def stage_share_below_guide(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """达到排放阶段要求的车辆、机械比例低于技术指南对申报等级的要求。

    为什么：各等级对公路运输车辆和非道路移动机械的排放阶段比例有不同要求。

    通过：按台账计算的比例不低于指南要求。

    不通过：B级要求国五及以上或新能源不低于80%，台账中只有60%。
    """
    if law.grade is None or law.branch is None:
        yield CannotJudge(
            form_at(dossier.form, dossier), "不知道申报等级，或没有该行业的插件，不知道车辆要求"
        )
        return
    transport = dossier.evidence.transport
    listed: dict[str, tuple[str, list[tuple[Text | None, str]]]] = {
        "road_stage_share": (
            "运输车辆",
            [(car.stage, car.kind.value if car.kind else "") for car in transport.vehicles],
        ),
        "nonroad_stage_share": ("非道路移动机械", [(one.stage, "") for one in transport.machines]),
    }
    wanted = [
        row
        for row in law.requirements_of("运输方式", law.grade)
        if row.subject in listed and row.figure is not None
    ]
    if not wanted:
        yield NotApplicable(f"没有查到{law.grade.label}的排放阶段比例要求")
        return
    for row in wanted:
        required = read_requirement(row.text)
        if required is None or row.condition:
            yield CannotJudge(dossier.at, f"{law.grade.label}要求“{row.text}”，请人工判断")
            continue
        name, held = listed[row.subject]
        stages = [stage for stage, kind in held if not required.spares(kind)]
        codes = [law.common.stage(stage.value) if stage else None for stage in stages]
        known = [(stage, code) for stage, code in zip(stages, codes, strict=True) if stage and code]
        if not known or len(known) < len(stages):
            yield CannotJudge(dossier.at, f"{name}没有台账，或有无法识别的排放阶段，无法计算比例")
            continue
        missed = list(_stages_missed(name, known, row, required, law.grade))
        yield from missed
        if not missed and not row.provenance.may_fail:
            yield CannotJudge(dossier.at, _unverified(row))


@rule(
    "DB-611",
    severity=Severity.ERROR,
    cites=("SMX2022:第五条（三）", "SMX2022:附件4 五、2.17"),
    by_industry=True,
)
def clean_share_below_guide(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """清洁运输比例低于技术指南对申报等级的要求。

    为什么：大宗物料和产品的清洁运输比例是运输方式的核心指标。

    通过：按运输情况表计算的比例不低于指南要求。

    不通过：要求不低于80%，计算为44.9%。
    """
    if law.grade is None or law.branch is None:
        yield CannotJudge(
            form_at(dossier.form, dossier), "不知道申报等级，或没有该行业的插件，不知道清洁运输要求"
        )
        return
    wanted = [
        row
        for row in law.requirements_of("运输方式", law.grade)
        if row.subject == "clean_transport_share" and row.figure is not None and not row.condition
    ]
    if not wanted:
        yield NotApplicable(f"没有查到{law.grade.label}的清洁运输比例要求")
        return
    share = clean_transport_share(dossier)
    if share is None:
        yield CannotJudge(dossier.at, "运输情况表缺少运输量或“是否清洁运输”，无法计算比例")
        return
    for row in wanted:
        if row.figure is not None and not row.figure.holds(share):
            yield Problem(
                dossier.production.transports[0].at,
                f"清洁运输比例按表计算为{share:.1f}%，{law.grade.label}要求{row.figure}",
                "提高清洁运输比例，或按能达到的等级申报",
                grounds=row.provenance,
            )
        elif not row.provenance.may_fail:
            yield CannotJudge(dossier.at, _unverified(row))


def _stages_missed(
    name: str,
    stages: list[tuple[Text, Code]],
    row: Requirement,
    required: StageRequirement,
    grade: Grade,
) -> Iterator[Problem]:
    """Hold the vehicles (machines) that count against the share required, and against what all others need."""
    todo = "更新车辆（机械），或按能达到的等级申报"
    share = share_at_least(required.stage, [code for _, code in stages])
    if row.figure is not None and not row.figure.holds(share):
        yield Problem(
            stages[0][0].at,
            f"{name}中，国{NUMERALS[required.stage]}及以上或新能源占{share:.1f}%，{grade.label}要求{row.figure}",
            todo,
            grounds=row.provenance,
        )
    rest = required.rest
    old = [text.at for text, code in stages if rest is not None and older(code, rest)]
    if old:
        yield Problem(
            old[0],
            f"{name}中有{len(old)}辆（台）低于国{NUMERALS[rest or 0]}，{grade.label}要求“{row.text}”",
            todo,
            also=tuple(old[1:]),
            grounds=row.provenance,
        )


def _unverified(row: Requirement) -> str:
    return f"按表计算达到“{row.text}”，但该要求{row.provenance.standing.label}，请对照技术指南核对"


def _required_stage(
    dossier: Dossier, law: LawInForce, *, machinery: bool
) -> tuple[Text, int | None] | None:
    """The lowest emission stage that the package's own 运输方式 requirement allows to every vehicle (machine).

    The stage is None where it is required of a share of the vehicles only.
    """
    row = indicator_row(dossier, "运输方式", law.common)
    if row is None or row.requirement is None:
        return None
    for clause in _clauses(row.requirement.value):
        of_machinery = False
        for part in clause.split(","):
            of_machinery = "非道路" in part or (of_machinery and not re.search(r"车|公路", part))
            match = AT_LEAST_STAGE.search(part)
            if match is None or of_machinery is not machinery:
                continue
            rest = clause[clause.index(part) + match.end() :]
            share = SHARE.search(rest)
            if share and share[1] != "100" and "清洁" not in rest[: share.start()]:
                return row.requirement, None
            return row.requirement, stage_in(match)
    return None


def _below(
    stage: Text | None, name: str, requirement: Text, minimum: int, common: CommonLaw
) -> Iterator[Yield]:
    code = common.stage(stage.value) if stage else None
    if stage is None or code is None:
        yield CannotJudge(stage.at if stage else requirement.at, f"{name}没有可识别的排放阶段")
    elif older(code, minimum):
        yield Problem(
            stage.at,
            f"{name}的排放阶段为{stage.value}，要求国{NUMERALS[minimum]}及以上",
            "更换车辆（机械），或不再使用并从台账中删去",
            also=(requirement.at,),
        )


def _claimed_share(dossier: Dossier, status: Text) -> tuple[re.Match[str], Text] | None:
    """Return the share of clean transport that 对标总表 states, or else 2.17 in words, with where it stands."""
    for part in _clauses(status.value):
        if match := _CLEAN_CLAIMED.search(part):
            return match, status
    for text in dossier.paragraphs:
        if text.at.section == "五.2.17" and text.at.table is None:
            for part in _clauses(text.value):
                match = _CLEAN_CLAIMED.search(part)
                if match and not _WANTED.search(match.group()):
                    return match, text
    return None


def _clauses(text: str) -> list[str]:
    return re.split(r"[；;。]", plain(text))


def _plate(vehicle: Vehicle) -> str:
    return vehicle.plate.value if vehicle.plate else "该车"
