"""“一厂一策”: the plan has measures for every alert level, graded, with a person in charge (附件2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from duibiao.law.in_force import LawInForce
from duibiao.law.records import ReductionMeasure
from duibiao.model.dossier import Dossier
from duibiao.model.grades import SELF_CHOSEN, Grade
from duibiao.model.plan import AlertLevel, AlertMeasures
from duibiao.rules.definition import CannotJudge, NotApplicable, Problem, Severity, Yield, rule
from duibiao.rules.support import declared_grade, filled, form_at, plain

_NO_PLAN = "没有“一厂一策”方案可查"
_PARTLY = re.compile(r"部分|一定比例|个别|少数|限产|不停产|不得停产|除外|其中")
_STAGES = {
    sign: n
    for n, signs in enumerate(("一1I", "二2", "三3", "四4", "五5V", "六6"), 1)
    for sign in signs
}
_STAGES |= {"II": 2, "III": 3, "IV": 4, "VI": 6}
_SELF_CHOSEN = re.compile(r"自主(?:采取)?(?:应急)?减排")
_BAN = re.compile(
    r"国([一二三四五六1-6]|III|II|IV|VI|V|I)(?:\(含\))?(?:排放)?(?:标准|阶段)?(?:\(含\))?(?:及其?)?以下"
)
STANDSTILL = re.compile(
    r"停止(?:一切|全部|所有)?(?:公路|物料|车辆|汽车)*运输|公路运输(?:全部|一律)?停止"
)
LEVEL_ARTICLES = (
    "SMX2022:附件2 4.1",
    "SMX2022:附件2 4.2",
    "SMX2022:附件2 4.3",
)


@rule("DB-701", severity=Severity.ERROR, cites=LEVEL_ARTICLES)
def alert_level_without_measures(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """“一厂一策”缺少某一预警级别的减排措施。

    为什么：红色、橙色、黄色三个级别都须制定减排措施。

    通过：三个级别各有措施。

    不通过：没有红色预警下的措施。
    """
    if dossier.plan is None:
        yield CannotJudge(dossier.at, _NO_PLAN)
        return
    for level in reversed(AlertLevel):
        entry = dossier.measures(level)
        if entry is None or not entry.measures:
            yield Problem(
                entry.at if entry else dossier.plan.at,
                f"没有{level}预警下的应急减排措施",
                f"补充{level}预警下的减排措施、减排比例、责任人及联系方式",
            )


@rule("DB-702", severity=Severity.ERROR, cites=LEVEL_ARTICLES)
def person_in_charge_missing(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """预警措施没有写明落实责任人或联系方式。

    为什么：各级别都须说明措施落实责任人及联系方式。

    通过：每个级别都有责任人和手机号。

    不通过：橙色预警没有写责任人。
    """
    if dossier.plan is None or not dossier.plan.levels:
        yield CannotJudge(dossier.at, _NO_PLAN)
        return
    for entry in dossier.plan.levels:
        for name, text in (("落实责任人", entry.responsible), ("联系方式", entry.phone)):
            if not filled(text):
                yield Problem(entry.at, f"{entry.level}预警没有写明{name}", f"写明{name}")


@rule("DB-703", severity=Severity.ERROR, cites=LEVEL_ARTICLES)
def ratio_not_graded(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """较重的预警级别减排比例反而较小。

    为什么：预警级别越高，减排应越多；红色不低于橙色，橙色不低于黄色。

    通过：红色30%、橙色20%、黄色10%。

    不通过：红色10%，橙色20%。
    """
    if dossier.plan is None:
        yield CannotJudge(dossier.at, _NO_PLAN)
        return
    ratios = [
        (entry, entry.ratio.value.low)
        for level in AlertLevel
        if (entry := dossier.measures(level)) and entry.ratio and entry.ratio.value.low is not None
    ]
    for (milder, less), (graver, more) in pairwise(ratios):
        if more < less:
            yield Problem(
                graver.at,
                f"{graver.level}预警减排比例{more}%，小于{milder.level}预警的{less}%",
                "调整减排比例，使较重级别不低于较轻级别",
                also=(milder.at,),
            )


@rule("DB-704", severity=Severity.ERROR, cites="SMX2022:附件2 4.3")
def undertaking_missing(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """“一厂一策”没有结尾的承诺。

    为什么：附件2规定方案以“我单位承诺：以上内容真实有效……”结尾。

    通过：有该承诺。

    不通过：方案到黄色预警措施就结束。
    """
    if dossier.plan is None:
        yield CannotJudge(dossier.at, _NO_PLAN)
    elif dossier.plan.undertaking is None:
        yield Problem(
            dossier.plan.at,
            "方案没有“我单位承诺：以上内容真实有效，确保重污染天气预警期间按以上应急减排措施严格落实。”",
            "在方案末尾补上该承诺",
        )


@rule("DB-705", severity=Severity.ERROR, cites=LEVEL_ARTICLES)
def ratio_missing(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """预警措施没有写明减排比例。

    为什么：各级别都须说明减排措施和减排比例；自主减排的，也须写明“自主减排”。

    通过：写明百分数，或写明自主减排。

    不通过：橙色预警只有措施，没有比例。
    """
    if dossier.plan is None or not dossier.plan.levels:
        yield CannotJudge(dossier.at, _NO_PLAN)
        return
    for entry in dossier.plan.levels:
        if entry.ratio is None or entry.ratio.value.is_blank:
            yield Problem(entry.at, f"{entry.level}预警没有写明减排比例", "写明减排比例")


@rule("DB-706", severity=Severity.ERROR, cites="SMX2022:第五条（二）")
def self_chosen_without_right(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """无权自主减排的等级写成自主采取减排措施。

    为什么：只有A级、引领性和符合先进性指标的企业可自主采取减排措施，B级及以下和非引领性实施差异化管控。

    通过：A级写自主减排；B级写明限产、停产措施。

    不通过：申报B级，申请表的管控类型写“自主采取减排措施”，或预警措施写“自主减排”。
    """
    grade, written = law.grade, declared_grade(dossier)
    if grade is None or dossier.plan is None:
        at = form_at(dossier.form, dossier)
        yield CannotJudge(at, _NO_PLAN if grade else "没有写明可识别的申报等级")
        return
    if grade in SELF_CHOSEN:
        yield NotApplicable(f"{grade.label}可自主采取减排措施")
        return
    also = (written.at,) if written else ()
    control = dossier.form.control_type if dossier.form else None
    if control and _SELF_CHOSEN.search(plain(control.value)):
        yield Problem(
            control.at,
            f"申报{grade.label}，申请管控类型却写“{control.value}”",
            "改为差异化管控，并在“一厂一策”写明各预警级别的措施",
            also=also,
        )
    for entry in dossier.plan.levels:
        if _self_chosen(entry):
            yield Problem(
                entry.at,
                f"申报{grade.label}，{entry.level}预警却写自主减排",
                "按技术指南写明该等级、该预警级别的限产、停产和车辆管控措施",
                also=also,
            )


@rule(
    "DB-707",
    severity=Severity.ERROR,
    cites=("SMX2022:附件2 4.1", "SMX2022:第七条（3）"),
    by_industry=True,
)
def measure_weaker_than_guide(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """减排措施弱于技术指南对该等级的要求。

    为什么：“一厂一策”须落实差异化管控，不得低于技术指南规定的停产、限产比例。

    通过：指南要求停产的，方案写停产；要求限产20%的，比例不低于20%。

    不通过：B级红色预警应停产，方案只写限产20%。
    """
    grade = law.grade
    if grade is None or dossier.plan is None or law.branch is None:
        at = form_at(dossier.form, dossier)
        yield CannotJudge(at, "缺少申报等级、“一厂一策”方案或该行业的插件，无法与指南比较")
        return
    if grade in SELF_CHOSEN:
        yield NotApplicable(f"{grade.label}可自主采取减排措施")
        return
    binding = [m for m in law.measures if m.kind in ("stop", "limit") and _binds(m, grade)]
    for level in AlertLevel:
        entry = dossier.measures(level)
        at = entry.at if entry else dossier.plan.at
        wanted = [measure for measure in binding if level in measure.levels]
        if not wanted:
            yield CannotJudge(
                at, f"没有查到{grade.label}在{level}预警下的停限产要求（缺），请对照技术指南核对"
            )
        if entry is not None and entry.measures:
            for measure in wanted:
                yield from _weaker(measure, entry, grade)


@rule("DB-708", severity=Severity.ERROR, cites=LEVEL_ARTICLES, by_industry=True)
def vehicle_ban_missing(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """减排措施没有写技术指南要求的车辆管控。

    为什么：预警期间对重型载货车辆的管控是技术指南规定的减排措施，须写进方案。

    通过：指南要求禁用国四及以下车辆的级别，方案写明停用国四及以下车辆或停止公路运输。

    不通过：B级水泥熟料企业橙色预警只写限产，没有写车辆管控。
    """
    if law.grade is None or dossier.plan is None or law.branch is None:
        at = form_at(dossier.form, dossier)
        yield CannotJudge(at, "缺少申报等级、“一厂一策”方案或该行业的插件，无法与指南比较")
        return
    for measure in law.measures:
        if measure.kind != "vehicles" or not _binds(measure, law.grade):
            continue
        banned = banned_stage(measure.text)
        for level in measure.levels:
            entry = dossier.measures(level)
            if entry is None:
                continue
            words = [plain(text.value) for text in entry.measures]
            if banned is None and not STANDSTILL.search(plain(measure.text)):
                yield CannotJudge(entry.at, f"{level}预警下应“{measure.text}”，请人工判断")
            elif not any(
                STANDSTILL.search(text) or (banned and (banned_stage(text) or 0) >= banned)
                for text in words
            ):
                yield Problem(
                    entry.at,
                    f"{level}预警没有写“{measure.text}”",
                    "在该级别的减排措施中写明车辆管控",
                    grounds=measure.provenance,
                )


def _binds(measure: ReductionMeasure, grade: Grade) -> bool:
    return not measure.grades or grade in measure.grades


def _weaker(measure: ReductionMeasure, entry: AlertMeasures, grade: Grade) -> Iterator[Yield]:
    """Hold the plan's measures at a level against one that the guide requires."""
    asked = f"{grade.label}在{entry.level}预警下应“{measure.text}”"
    partly = measure.kind == "limit" or _PARTLY.search(measure.text)
    if measure.process or (measure.ratio is None and partly):
        why = "只对部分工序" if measure.process else "没有规定比例"
        yield CannotJudge(entry.at, f"{asked}，{why}，请人工判断")
        return
    needed = Decimal(100) if measure.ratio is None else measure.ratio
    text = plain("".join(measure.value for measure in entry.measures))
    ratio = entry.ratio.value.low if entry.ratio else None
    stops = re.search(r"(?<!不)(?<!不得)停产|停止生产|全部停", text) is not None
    plainly = stops and not partly and not _PARTLY.search(text)
    if ratio >= needed if ratio is not None else plainly:
        return
    if stops and (not partly or ratio is None):
        yield CannotJudge(entry.at, f"{asked}，方案停的是哪些生产线、够不够，请人工判断")
        return
    stated = f"减排比例{entry.ratio.value}" if entry.ratio else "没有写比例"
    yield Problem(
        entry.at,
        f"{asked}，方案{stated}",
        "按技术指南加强该级别的减排措施",
        grounds=measure.provenance,
    )


def banned_stage(text: str) -> int | None:
    """The best emission stage that a text bans together with all below it, or None."""
    found = [_STAGES[match[1]] for match in _BAN.finditer(plain(text))]
    return max(found, default=None)


def _self_chosen(entry: AlertMeasures) -> bool:
    ratio = plain(entry.ratio.value.text) if entry.ratio else ""
    return "自主" in ratio or any(_SELF_CHOSEN.search(plain(text.value)) for text in entry.measures)
