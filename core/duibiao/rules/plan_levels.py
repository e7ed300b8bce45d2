"""分级措施: the plan's measures level against level, and against their own ratio (附件2 4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from duibiao.law.common import Alert
from duibiao.law.in_force import LawInForce, holds_on
from duibiao.model.dossier import Dossier
from duibiao.model.grades import SELF_CHOSEN
from duibiao.model.plan import AlertLevel, AlertMeasures
from duibiao.rules.definition import CannotJudge, NotApplicable, Problem, Severity, Yield, rule
from duibiao.rules.plan import LEVEL_ARTICLES, STANDSTILL, banned_stage
from duibiao.rules.support import plain

_NO_PLAN = "没有“一厂一策”方案可查"
_WHOLE = Decimal(100)
_CUT = re.compile(r"(?:限产|压减|减产|减少产量|降低)[^\d%。；;，,]{0,12}(\d+(?:\.\d+)?)%")
_STOP = re.compile(r"(?<!不)(?<!不得)(?:停产|停止生产|停运|全部停|关停)")
_STOP_ALL = re.compile(
    r"(?:全厂|企业|公司|全部|所有|各)[^，,。；;]{0,8}停(?:产|止生产)|^停产|全面停产"
)
_GOES_ON = re.compile(
    r"不停产|(?:维持|继续|正常|保持)(?:最低)?(?:生产|运行)|(?:限产|压减|降低)[^。；;]{0,12}?\d+(?:\.\d+)?%|部分(?:生产线)?停产"
)
_EMPTY_WORDS = re.compile(
    r"企业|公司|我单位|本单位|自主|自行|采取|实施|落实|执行|制定|应急|减排|措施|预警|期间|相应|相关|有关|按照?|根据|情况|要求|[的地等]|[^\u4e00-\u9fff]"
)


@rule("DB-709", severity=Severity.ERROR, cites=LEVEL_ARTICLES)
def vehicle_ban_not_graded(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """较轻级别有车辆管控，较重级别反而没有或更宽。

    为什么：预警级别越高，管控应越严；黄色停用的车辆，橙色、红色也应停用。

    通过：三个级别都停用国四及以下车辆；或黄色停用国三及以下，红色停用国四及以下。

    不通过：黄色停用国四及以下车辆，红色没有写车辆管控。
    """
    if dossier.plan is None:
        yield CannotJudge(dossier.at, _NO_PLAN)
        return
    for milder, graver in _levels(dossier):
        less, more = _ban(milder), _ban(graver)
        if less > more:
            yield Problem(
                graver.at,
                f"{milder.level}预警{_ban_in_words(less)}，{graver.level}预警{_ban_in_words(more)}",
                f"在{graver.level}预警的措施中写明不低于{milder.level}预警的车辆管控",
                also=(milder.at,),
            )


@rule("DB-710", severity=Severity.ERROR, cites=LEVEL_ARTICLES)
def line_cut_not_graded(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """同一生产线在较重级别的停限产反而较轻。

    为什么：预警级别越高，减排应越多；某条生产线橙色停产，红色也应停产。

    通过：2#水泥磨线黄色限产20%、橙色限产50%、红色停产。

    不通过：2#水泥磨线橙色停产，红色只限产50%，或没有提到。
    """
    if dossier.plan is None:
        yield CannotJudge(dossier.at, _NO_PLAN)
        return
    rows = [row for table in dossier.production.products for row in table.rows if not row.is_total]
    lines = list(dict.fromkeys(_named(row.line.value) for row in rows if row.line))
    lines = [line for line in lines if line]
    if not lines:
        yield NotApplicable("3.1没有写生产线名称")
        return
    for milder, graver in _levels(dossier):
        for line in lines:
            less, more = _cut(milder, line), _cut(graver, line)
            if less is None or (more is None and _cut_of_all(graver) >= less):
                continue
            if more is None or more < less:
                yield Problem(
                    graver.at,
                    f"{line}在{milder.level}预警下{_cut_in_words(less)}，"
                    f"{graver.level}预警下{_cut_in_words(more)}",
                    "调整措施，使较重级别不轻于较轻级别",
                    also=(milder.at,),
                )


@rule("DB-712", severity=Severity.REVIEW, cites=LEVEL_ARTICLES)
def ratio_below_city_cut(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """减排比例低于该级别全社会的减排比例。

    为什么：全市按级别有各项污染物的总减排比例；差异化管控的企业低于总比例的，须由其他企业补足，请主管部门核实。

    通过：B级企业橙色预警减排30%（全社会不低于20%）。

    不通过：C级企业橙色预警减排10%。
    """
    if dossier.plan is None:
        yield CannotJudge(dossier.at, _NO_PLAN)
        return
    if law.grade is None or law.grade in SELF_CHOSEN:
        yield NotApplicable("自主采取减排措施的等级，或不知道申报等级")
        return
    for entry in dossier.plan.levels:
        ratio = entry.ratio.value.low if entry.ratio else None
        alert = _city_cut(entry.level, law)
        if entry.ratio and ratio is not None and alert and alert.cut and ratio < alert.cut:
            yield Problem(
                entry.ratio.at,
                f"{entry.level}预警减排比例为{entry.ratio.value}，全社会减排比例不低于{alert.cut}%",
                "对照技术指南核对该等级的减排比例；指南另有规定的，写明依据",
                grounds=alert.provenance,
            )


@rule("DB-713", severity=Severity.WARNING, cites=("SMX2022:第五条（二）", *LEVEL_ARTICLES))
def self_chosen_without_measures(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """只写“自主减排”，没有具体措施。

    为什么：可自主采取减排措施的企业也要说明采取什么措施，否则预警时无法落实和核查。

    通过：写“企业自主采取减排措施，加强治污设施运行管理，压减喷涂线负荷”。

    不通过：只写“企业自主采取减排措施”。
    """
    if dossier.plan is None:
        yield CannotJudge(dossier.at, _NO_PLAN)
        return
    if law.grade is None or law.grade not in SELF_CHOSEN:
        yield NotApplicable("不是可自主采取减排措施的等级")
        return
    for entry in dossier.plan.levels:
        words = plain("".join(text.value for text in entry.measures))
        if "自主" in words and not _EMPTY_WORDS.sub("", words):
            yield Problem(
                entry.at,
                f"{entry.level}预警只写“{'；'.join(text.value for text in entry.measures)}”",
                "写明自主采取的具体措施，如压减哪条生产线的负荷、停用哪些车辆",
            )


@rule("DB-714", severity=Severity.ERROR, cites=LEVEL_ARTICLES)
def whole_ratio_though_lines_go_on(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """减排比例写100%，措施却仍在生产。

    为什么：减排100%即全部停产；措施是限产或部分停产的，比例与措施矛盾。

    通过：比例100%，措施为生产线停产。

    不通过：比例100%，措施为“限产50%”。
    """
    if dossier.plan is None:
        yield CannotJudge(dossier.at, _NO_PLAN)
        return
    for entry in dossier.plan.levels:
        ratio = entry.ratio.value.low if entry.ratio else None
        if ratio is None or ratio < _WHOLE:
            continue
        found = next(
            (
                (text, match)
                for text in entry.measures
                for match in _GOES_ON.finditer(plain(text.value))
                if not re.search(r"100(?:\.0+)?%", match.group())
            ),
            None,
        )
        if found:
            text, match = found
            yield Problem(
                text.at,
                f"{entry.level}预警减排比例为{ratio}%，措施却写“{match.group()}”",
                "按措施重新计算减排比例，或改为全部停产",
                also=(entry.at,),
            )


def _levels(dossier: Dossier) -> Iterator[tuple[AlertMeasures, AlertMeasures]]:
    """Each level that has measures with the next graver one that has."""
    found = [entry for level in AlertLevel if (entry := dossier.measures(level)) and entry.measures]
    return pairwise(found)


# -- Vehicles

_ALL_VEHICLES = 7
"""A ban that leaves no vehicle: road transport stops."""


def _ban(entry: AlertMeasures) -> int:
    """The best emission stage that a level bans; 0 where it bans none."""
    words = [plain(text.value) for text in entry.measures]
    if any(STANDSTILL.search(text) for text in words):
        return _ALL_VEHICLES
    clauses = [
        part for text in words for part in re.split("[，,；;。]", text) if "机械" not in part
    ]
    return max((banned_stage(clause) or 0 for clause in clauses), default=0)


def _ban_in_words(stage: int) -> str:
    if stage == _ALL_VEHICLES:
        return "停止公路运输"
    return f"停用国{'零一二三四五六'[stage]}及以下车辆" if stage else "没有车辆管控"


# -- Lines


def _named(text: str) -> str:
    return re.sub(r"(\d+)(?:号|#)", r"\1#", plain(text))


def _cut(entry: AlertMeasures, line: str) -> Decimal | None:
    """By how much, in %, a level cuts a line that it names; None where it does not name it or gives no figure."""
    cuts: list[Decimal] = []
    for text in entry.measures:
        for clause in re.split("[，,；;。]", _named(text.value)):
            if not re.search(rf"(?<!\d){re.escape(line)}", clause):  # 12#水泥磨线 is no 2#水泥磨线
                continue
            if _STOP.search(clause):
                cuts.append(_WHOLE)
            cuts += [Decimal(found) for found in _CUT.findall(clause)]
    return max(cuts, default=None)


def _cut_of_all(entry: AlertMeasures) -> Decimal:
    """By how much a level cuts the lines that it does not name; 100 where it stops without naming a line."""
    clauses = [
        clause
        for text in entry.measures
        for clause in re.split("[，,；;。]", re.sub(r"^[(（]?\d+[)）、.]", "", plain(text.value)))
    ]
    if any(_STOP_ALL.search(clause) for clause in clauses):
        return _WHOLE
    cuts = [
        Decimal(found)
        for clause in clauses
        if not re.search(r"\d+(?:号|#)", clause)
        for found in _CUT.findall(clause)
    ]
    return max(cuts, default=Decimal(0))


def _cut_in_words(cut: Decimal | None) -> str:
    if cut is None:
        return "没有停限产"
    return "停产" if cut >= _WHOLE else f"限产{cut}%"


# -- The city


def _city_cut(level: AlertLevel, law: LawInForce) -> Alert | None:
    """The city-wide cut of a level that holds on the reference date, the best vouched for."""
    found = [
        alert
        for alert in law.common.alerts
        if alert.level is level and alert.cut is not None and holds_on(alert.provenance, law.day)
    ]
    return max(found, key=lambda alert: alert.provenance.may_fail, default=None)
