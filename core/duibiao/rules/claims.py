"""文字与表格: what 对标总表 says in words against the tables behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from duibiao.law.common import CommonLaw
from duibiao.law.in_force import LawInForce
from duibiao.model.dossier import Dossier
from duibiao.model.emissions import FacilityKind, LimitComparison
from duibiao.rules.definition import CannotJudge, NotApplicable, Problem, Severity, Yield, rule
from duibiao.rules.stages import NUMERALS, older
from duibiao.rules.support import clean_transport_share, indicator_row, plain

_NO_ROW = "对标总表没有“{}”的企业对标情况"
_CLAUSES = re.compile("[；;。]")
_BELOW = (
    r"(?:低于|小于|不超过|不高于|不大于|≤|<=|<|最大(?:值)?(?:为|:)?|最高(?:值)?(?:为|:)?|控制在)约?"
)
_FIGURE = r"(\d+(?:\.\d+)?)"
_EFFICIENCY = re.compile(
    rf"(?<!热)(?<!集)(?<!集气)(?<!工作)(?<!传输)效率(?:均|都|可|能)*(?:达到?了?|为|在|:|≥|>=|不低于|大于|高于|超过)*约?{_FIGURE}%"
)
_KINDS = {
    FacilityKind.DUST: "除尘|颗粒物",
    FacilityKind.DESULFURISATION: "脱硫|二氧化硫|SO2",
    FacilityKind.DENITRATION: "脱硝|氮氧化物|NOx",
    FacilityKind.VOCS: "VOCs|有机废气|非甲烷总烃|NMHC",
}
_LIMIT = re.compile(rf"(?:≤|<=|不超过|不高于|不大于|限值:?){_FIGURE}")
_CLEAN_CLAIM = re.compile(
    r"清洁(?:方式)?运输(?:比例|占比)(?:已|均|为|是|:|约|达到?了?)*"
    rf"(?P<least>不低于|超过|大于|高于|≥|>=|不少于)?约?{_FIGURE}%(?P<above>以上)?"
)


@rule(
    "DB-316",
    severity=Severity.ERROR,
    cites=("SMX2022:附件4 五、1", "SMX2022:附件4 五、2.14"),
)
def status_concentration_contradicted(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """对标总表所称的最高浓度低于排放限值对标表的监测浓度。

    为什么：对标情况是对2.14的概括，说得比监测数据好，即与证明材料矛盾。

    通过：写“颗粒物浓度均低于10mg/m³”，2.14各排放口都不超过10。

    不通过：写“颗粒物浓度均低于5mg/m³”，2.14有排放口为2.7~6.5。
    """
    row = indicator_row(dossier, "排放限值", law.common)
    if row is None or row.status is None:
        yield NotApplicable(_NO_ROW.format("排放限值"))
        return
    for clause in _CLAUSES.split(plain(row.status.value)):
        above: dict[str, tuple[Decimal, Decimal, LimitComparison]] = {}
        for entry in _about(clause, dossier.evidence.limits):
            measured = entry.concentration.value.high if entry.concentration else None
            most = _bound(clause, entry, law.common)
            if most is None or measured is None or measured <= most:
                continue
            name = _pollutant(entry)
            above[name] = max(
                above.get(name, (most, most, entry)), (measured, most, entry), key=_first
            )
        for name, (_, most, entry) in above.items():
            assert entry.concentration is not None
            yield Problem(
                row.status.at,
                f"企业对标情况称{name}不超过{most}，2.14中{_name(entry)}为{entry.concentration.value}",
                "按监测报告改正其中有误的一处",
                also=(entry.concentration.at,),
            )


@rule(
    "DB-317",
    severity=Severity.ERROR,
    cites=("SMX2022:附件4 五、1", "SMX2022:附件4 五、2.13.1（1）"),
)
def status_efficiency_contradicted(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """对标总表所称的去除效率高于治理设施一览表。

    为什么：对标情况是对2.13的概括，所称效率不得高于设施表中效率最低的一套。

    通过：写“除尘效率99.9%以上”，各套除尘设施都不低于99.9%。

    不通过：写“除尘效率不低于99.9%”，有一套为97%。
    """
    row = indicator_row(dossier, "污染治理技术", law.common)
    if row is None or row.status is None:
        yield NotApplicable(_NO_ROW.format("污染治理技术"))
        return
    words = plain(row.status.value)
    for match in _EFFICIENCY.finditer(words):
        kinds = _kinds_before(words[: match.start()])
        known = [
            (facility.efficiency.value.high, table.kind, facility)
            for table in dossier.evidence.facilities
            if not kinds or table.kind in kinds
            for facility in table.rows
            if facility.efficiency and facility.efficiency.value.high is not None
        ]
        lowest, kind, facility = min(known, key=lambda entry: entry[0], default=(None, None, None))
        if lowest is not None and kind and facility and lowest < Decimal(match[1]):
            assert facility.efficiency is not None
            step = facility.step.value if facility.step else f"第{facility.number}套"
            yield Problem(
                row.status.at,
                f"企业对标情况称{kind.value}效率{match[1]}%，设施表中{step}为{facility.efficiency.value}",
                "按监测报告改正其中有误的一处",
                also=(facility.efficiency.at,),
            )


@rule(
    "DB-410",
    severity=Severity.ERROR,
    cites=("SMX2022:附件4 五、1", "SMX2022:附件4 五、2.14"),
)
def limit_differs_from_indicator_table(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """2.14所列的限值与对标总表的绩效指标要求不同。

    为什么：两处都应抄自技术指南中所申报等级的限值，不同必有一处抄错。

    通过：对标总表写“窑尾：颗粒物≤10”，2.14窑尾颗粒物的限值为10。

    不通过：对标总表写“窑尾：颗粒物≤10”，2.14窑尾颗粒物的限值为20。
    """
    row = indicator_row(dossier, "排放限值", law.common)
    if row is None or row.requirement is None:
        yield NotApplicable("对标总表没有“排放限值”的绩效指标要求")
        return
    demands = list(_demands(plain(row.requirement.value)))
    for entry in dossier.evidence.limits:
        wanted = _wanted(demands, entry, law.common)
        stated = entry.limit
        if wanted and stated and stated.value.high is not None and stated.value.high not in wanted:
            yield Problem(
                stated.at,
                f"{_name(entry)}{_pollutant(entry)}的限值：对标总表为{'、'.join(map(str, wanted))}，"
                f"2.14为{stated.value}",
                "按技术指南中所申报等级的限值，两处改为相同",
                also=(row.requirement.at,),
            )


@rule("DB-612", severity=Severity.ERROR, cites=("SMX2022:附件4 五、1", "SMX2022:附件4 五、2.17"))
def stage_claim_contradicted(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """所称“全部”达到的排放阶段与车辆、机械台账不符。

    为什么：对标情况写“全部使用国六车辆”，台账中就不能有国五车辆。台账低于指标要求的，见DB-602、DB-606。

    通过：写“全部使用国六或新能源车辆”，台账都是国六和新能源。

    不通过：指标要求国五及以上，写“全部使用国六车辆”，台账有国五车辆。
    """
    row = indicator_row(dossier, "运输方式", law.common)
    if row is None or row.status is None:
        yield NotApplicable(_NO_ROW.format("运输方式"))
        return
    required = plain(row.requirement.value) if row.requirement else ""
    transport = dossier.evidence.transport
    listed = {
        False: [(v.plate, v.stage) for v in transport.vehicles],
        True: [(m.name, m.stage) for m in transport.machines],
    }
    for is_machinery, claimed, words in _stage_claims(plain(row.status.value)):
        needed = _stage_required(required, is_machinery=is_machinery)
        for name, stage in listed[is_machinery]:
            code = law.common.stage(stage.value) if stage else None
            if stage is None or code is None or not older(code, claimed) or older(code, needed):
                continue
            yield Problem(
                stage.at,
                f"企业对标情况称“{words}”，台账中{name.value if name else '有一辆（台）'}为{stage.value}",
                "核对台账，按实际的排放阶段改写对标情况",
                also=(row.status.at,),
            )


@rule("DB-613", severity=Severity.ERROR, cites=("SMX2022:附件4 四、3.4", "SMX2022:附件4 五、1"))
def clean_claim_contradicted(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """对标总表或“一厂一策”所称的清洁运输比例与运输情况表算出的不符。

    为什么：清洁运输比例由运输量算出，各处应当一致。第四部分和2.17的文字见DB-310。

    通过：写“超过80%”，按表计算为89.0%；写“89.0%”，相差不超过0.5个百分点。

    不通过：写“超过80%”，按表计算为44.9%。
    """
    row = indicator_row(dossier, "运输方式", law.common)
    texts = [
        *([row.status] if row and row.status else ()),
        *(dossier.plan.profile if dossier.plan else ()),
    ]
    claims = [(text, match) for text in texts for match in _CLEAN_CLAIM.finditer(plain(text.value))]
    if not claims:
        yield NotApplicable("对标总表和“一厂一策”没有写清洁运输比例")
        return
    computed = clean_transport_share(dossier)
    if computed is None:
        yield CannotJudge(dossier.at, "运输情况表缺少运输量或“是否清洁运输”，无法计算比例")
        return
    for text, match in claims:
        share = Decimal(match[2])
        at_least = match["least"] or match["above"]
        if computed < share - _ROUNDING if at_least else abs(computed - share) > _ROUNDING:
            yield Problem(
                text.at,
                f"所称“{match.group()}”，按运输情况表计算为{computed:.1f}%",
                "核对运输量和运输方式，改正有误的一处",
                also=(dossier.production.transports[0].at,),
            )


_ROUNDING = Decimal("0.5")
"""Percentage points by which a share in words may differ from the computed one."""


# -- Reading clauses on concentrations and limits


def _first(entry: tuple[Decimal, Decimal, LimitComparison]) -> Decimal:
    return entry[0]


def _about(clause: str, limits: tuple[LimitComparison, ...]) -> list[LimitComparison]:
    """The rows of 2.14 that a clause speaks of: those whose outlet or step it names, else all of them."""
    named = [
        entry
        for entry in limits
        if any(text and plain(text.value) in clause for text in (entry.outlet, entry.step))
    ]
    return named or list(limits)


def _bound(clause: str, entry: LimitComparison, common: CommonLaw) -> Decimal | None:
    """The highest concentration of a row's pollutant that a clause claims, or None."""
    for name in _names(entry, common):
        found = re.search(
            rf"{re.escape(name)}(?:的?(?:监测|排放|实测|折算)?浓度)?(?:均|都|为|可|能|:|范围|在)*"
            rf"(?:{_BELOW}{_FIGURE}|{_FIGURE}[~-]{_FIGURE})(?:mg|毫克)",
            clause,
        )
        if found:
            return Decimal(found[1] or found[3])
    return None


def _demands(requirement: str) -> Iterator[tuple[str, str]]:
    """The steps that a requirement names, each with what it demands there: ``窑头、窑尾：颗粒物≤10``."""
    for clause in _CLAUSES.split(requirement):
        steps, _, demanded = clause.partition(":")
        for step in {steps, *re.split("[、,及和]", steps)}:
            if step and not re.match("其他|其余|各", step):
                yield step, demanded


def _wanted(
    demands: list[tuple[str, str]], entry: LimitComparison, common: CommonLaw
) -> list[Decimal]:
    """The limits that the requirement gives for a row; several where a condition decides. The longest step wins."""
    own = plain(entry.step.value) if entry.step else ""
    found: dict[int, list[Decimal]] = {}
    for step, demanded in demands:
        for name in _names(entry, common) if step in own else ():
            limits = re.findall(rf"{re.escape(name)}{_LIMIT.pattern}", demanded)
            found.setdefault(len(step), []).extend(map(Decimal, limits))
    return next((sorted(set(found[n])) for n in sorted(found, reverse=True) if found[n]), [])


def _names(entry: LimitComparison, common: CommonLaw) -> list[str]:
    """How a row's pollutant may be written, longest first."""
    if entry.pollutant is None:
        return []
    known = common.pollutant(entry.pollutant.value)
    names = (known.key, known.name, *known.aliases) if known else (entry.pollutant.value,)
    return sorted({plain(name) for name in names}, key=lambda name: (-len(name), name))


def _name(entry: LimitComparison) -> str:
    return " ".join(text.value for text in (entry.outlet, entry.step) if text) or "该行"


def _pollutant(entry: LimitComparison) -> str:
    return entry.pollutant.value if entry.pollutant else "该污染物"


def _kinds_before(words: str) -> list[FacilityKind]:
    """The kind of facility that is named last before an efficiency; none where none is named."""
    last = [
        (max(match.end() for match in found), kind)
        for kind, pattern in _KINDS.items()
        if (found := list(re.finditer(pattern, words, re.IGNORECASE)))
    ]
    return [max(last)[1]] if last else []


# -- Reading claims on emission stages


_ALL = re.compile("全部|均|都|100%")
_ALL_NEW_ENERGY = re.compile("(?:全部|均|都)(?:使用|采用|为|是)?(?:新能源|纯电)")
_PARTLY = re.compile("除外|厂内.*车|场内.*车|清洁")
_STAGE = re.compile("国([三四五六3-6])")
_NUMBERS = {sign: n for n in range(3, 7) for sign in (str(n), NUMERALS[n])}
_SOME = re.compile(r"(?<!100)(?<!\d)\d{1,2}(?:\.\d+)?%")
_NEW_ENERGY_ONLY = 7
"""A stage that only electric and other new-energy vehicles reach."""


def _stage_claims(status: str) -> Iterator[tuple[bool, int, str]]:
    """What a text claims of all vehicles (machines): whether of machines, the lowest stage, and the words."""
    for is_machinery, words in _parts(status):
        stages = [_NUMBERS[sign] for sign in _STAGE.findall(words)]
        if _PARTLY.search(words) and not is_machinery:
            continue
        if stages and _ALL.search(words):
            yield is_machinery, min(stages), words
        elif _ALL_NEW_ENERGY.search(words):
            yield is_machinery, _NEW_ENERGY_ONLY, words


def _stage_required(requirement: str, *, is_machinery: bool) -> int:
    """The lowest stage that a text requires of every vehicle (machine), or 0; a share of them is not every one."""
    for machinery, words in _parts(requirement):
        stages = [_NUMBERS[sign] for sign in _STAGE.findall(words)]
        if machinery is is_machinery and stages and not _SOME.search(words):
            return min(stages)
    return 0


def _parts(text: str) -> Iterator[tuple[bool, str]]:
    """The parts of a text, each with whether it speaks of machinery; a part without a subject goes on with the last."""
    for clause in _CLAUSES.split(text):
        of_machinery = False
        for part in clause.split(","):
            of_machinery = "机械" in part or (of_machinery and not re.search("车|公路", part))
            yield of_machinery, part
