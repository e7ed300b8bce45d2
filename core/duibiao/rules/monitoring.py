"""监测监控与台账: how long video and data are kept, whether a gate is due, whether ledgers are recent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from duibiao.law.in_force import LawInForce
from duibiao.law.provenance import Figure, Provenance, Regime
from duibiao.model.classes import dataclass
from duibiao.model.dates import PartialDate, date_in_cell
from duibiao.model.dossier import Dossier
from duibiao.model.evidence import Ledger
from duibiao.model.location import Location, Text
from duibiao.rules.dates import a_year_before
from duibiao.rules.definition import CannotJudge, NotApplicable, Problem, Severity, Yield, rule
from duibiao.rules.readings import MONTHS_A_YEAR, clauses_on_keeping, known_fact, months_kept
from duibiao.rules.support import application_day, common_scales, filled, indicator_row, plain

GATES, LEDGERS = "五.2.18", "五.2.16.2"
"""Sections that hold gates and ledgers."""

VIDEO_KEPT = "CC-5.05"
"""Fact with the months that video of the gates is to be kept."""

GATE_TONNES, GATE_PASSES = "CC-5.13-A", "CC-5.13-B"
"""Facts with the daily transport from which on a gate system is due."""

DAYS_A_YEAR = 365
"""Days over which a year's transport is spread for a daily mean: the mildest reading."""

_ENDLESS = re.compile(r"长期|永久")
_PASSES = re.compile(r"日均?[^，。；,;]{0,14}?(\d+)\s*(?:辆次|车次|辆/[天日]|辆)")
_DATE_HEADER = re.compile(r"(?:记录|填写|使用|更换|进厂|出厂)?(?:日期|月份|时间|年月)")


@dataclass(frozen=True, slots=True)
class Kept:
    """保存时间: for how long something is kept, as a place says; None where its words cannot be read."""

    at: Location
    words: str
    months: Decimal | None


@rule("DB-621", severity=Severity.ERROR, cites=("SMX2022:附件4 五、2.18", "SMX2022:第五条（三）"))
def video_kept_too_short(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """门禁、视频数据的保存时间短于对标总表所列的要求。

    为什么：2.18要求数据保存满足申请绩效的要求；有一项未满足即降级评定（第五条（三））。

    通过：对标总表要求保存一年以上，各门禁保存12个月以上。

    不通过：要求保存一年以上，视频只保存6个月。
    """
    row = indicator_row(dossier, "运输监管要求", law.common)
    required = months_kept(row.requirement.value) if row and row.requirement else None
    if row is None or required is None:
        yield NotApplicable("对标总表的运输监管要求没有写保存时间")
        return
    places = [*_gates_kept(dossier), *_clauses([row.status])]
    if not places:
        section = dossier.section(GATES)
        yield CannotJudge(section.at if section else row.at, "没有写明门禁、视频数据的保存时间")
    for kept in places:
        yield from _judged(kept, required, f"对标总表要求的{_term(required)}", also=(row.at,))


@rule("DB-622", severity=Severity.ERROR, cites="SMX2022:附件4 五、2.18", by_industry=True)
def video_shorter_than_guides(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """视频数据的保存时间短于技术规范或指南的要求。

    为什么：门禁视频须按规定保存，供应急期间核对车辆；12个月的要求转引自厂商文章，未见标准原文，因此只提示核实。

    通过：视频保存12个月以上。

    不通过：视频保存3个月。
    """
    fact = known_fact(law.common, VIDEO_KEPT)
    bounds = [*_required(law, "video_retention_months")]
    bounds += [(fact.figure, fact.provenance)] if fact.figure else []
    places = [kept for kept in _gates_kept(dossier) if kept.months is not None]
    if not places:
        section = dossier.section(GATES)
        yield CannotJudge(section.at if section else dossier.at, "没有写明视频数据的保存时间")
    for kept in places:
        yield from _below(kept, bounds)


@rule("DB-623", severity=Severity.ERROR, cites=("SMX2022:附件4 五、1", "SMX2022:第五条（三）"))
def data_kept_too_short(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """自动监控、DCS等数据的保存时间短于对标总表所列的要求。

    为什么：监测监控水平是分级指标之一，企业对标情况须达到同一行所列的要求（第五条（三））。

    通过：要求保存一年以上，企业保存一年以上。

    不通过：要求保存一年以上，企业保存6个月。
    """
    row = indicator_row(dossier, "监测监控水平", law.common)
    required = months_kept(row.requirement.value) if row and row.requirement else None
    if row is None or required is None:
        yield NotApplicable("对标总表的监测监控水平没有写保存时间")
        return
    places = _clauses([row.status])
    if not places:
        yield CannotJudge(row.at, "监测监控水平的企业对标情况没有写明数据保存时间")
    for kept in places:
        yield from _judged(kept, required, f"所列要求{_term(required)}")


@rule(
    "DB-624",
    severity=Severity.ERROR,
    cites=("SMX2022:附件4 五、1", "SMX2022:第五条（三）"),
    by_industry=True,
)
def data_shorter_than_guides(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """自动监控、DCS等数据的保存时间短于技术指南的要求。

    为什么：指南规定自动监控、DCS数据的保存时间，对标总表抄漏或抄低了也要达到。

    通过：指南要求保存一年以上，企业保存一年以上。

    不通过：企业对标情况写保存6个月。
    """
    bounds = list(_required(law, "data_retention_years"))
    row = indicator_row(dossier, "监测监控水平", law.common)
    if not bounds:
        yield NotApplicable("没有查到该行业对数据保存时间的要求")
        return
    places = _clauses([row.status]) if row else []
    if not places:
        yield CannotJudge(
            row.at if row else dossier.at, "监测监控水平的企业对标情况没有写明数据保存时间"
        )
    for kept in places:
        yield from _below(kept, bounds)


@rule("DB-625", severity=Severity.ERROR, cites=("SMX2022:附件4 五、2.18", "G21K"))
def gate_system_due(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """日运输量达到条件而没有门禁视频监控系统。

    为什么：日运输物料150吨或载货车辆10辆次以上的须建门禁系统；这两个数凭记忆收录，因此只提示核实。

    通过：列出了门禁系统，或运输量未达到条件。

    不通过：日均运输200吨，2.18没有列门禁系统。
    """
    if any(row.subject.startswith("gate_trigger") for row in law.requirements):
        yield NotApplicable("该行业另有门禁条件的检查")
        return
    if any(
        filled(gate.position) or filled(gate.equipment) for gate in dossier.evidence.transport.gates
    ):
        return
    section = dossier.section(GATES)
    at = section.at if section else dossier.at
    tonnes, passes = _daily_tonnes(dossier), _daily_passes(dossier)
    found = False
    for fact_id, amount, words in (
        (GATE_TONNES, tonnes, "日均运输物料约{}吨"),
        (GATE_PASSES, passes[1] if passes else None, "日均进出车辆{}辆次"),
    ):
        fact = known_fact(law.common, fact_id)
        if amount is not None and fact.figure is not None and fact.figure.holds(amount):
            found = True
            yield Problem(
                at,
                f"{words.format(f'{amount:.0f}')}，没有列门禁视频监控系统",
                "建设门禁视频监控系统和电子台账，并在2.18列表说明",
                also=(passes[0],) if passes and fact_id == GATE_PASSES else (),
                grounds=fact.provenance,
            )
    if tonnes is None and not found:
        yield CannotJudge(at, "没有列门禁系统，运输量也不是以吨计的数字，无法判断是否达到门禁条件")


@rule("DB-626", severity=Severity.REVIEW, cites="SMX2022:附件4 五、2.16.2")
def ledger_outdated(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """台账都是申报日前一年以前的。

    为什么：台账证明现行管理水平，所附的应是近一年的；提纲没有写明期限，因此由人工核实。

    通过：每份台账最近的日期在申报日前一年内。

    不通过：2026年申报，台账为2023年5月。
    """
    day = application_day(dossier)
    if day is None:
        yield NotApplicable("封面没有申报日期（另由 DB-506 检查）")
        return
    tables = [ledger for ledger in dossier.evidence.ledgers if ledger.rows]
    if not tables:
        yield NotApplicable("没有以表格列出的台账")
    captions = _captions(dossier)
    for ledger in tables:
        dates = list(_dates_of(ledger, captions.get(ledger.at.table)))
        newest = max(dates, key=lambda found: found[0].latest(), default=None)
        if newest is not None and newest[0].latest() < a_year_before(day):
            yield Problem(
                newest[1],
                f"“{ledger.title}”最近的日期为{newest[0]}，早于申报日期{day:%Y-%m-%d}一年以上",
                "换成申报日前一年内的台账",
            )


def _gates_kept(dossier: Dossier) -> list[Kept]:
    """Return how long 2.18 says that video is kept: gate by gate, and in its text."""
    transport = dossier.evidence.transport
    cells = [gate.retention for gate in transport.gates]
    return [
        *(
            Kept(cell.at, cell.value, months_kept(cell.value))
            for cell in cells
            if cell and filled(cell)
        ),
        *_clauses(transport.gate_text),
    ]


def _clauses(texts: Iterable[Text | None]) -> list[Kept]:
    """Return what texts say of keeping, clause by clause."""
    return [
        Kept(text.at, clause, months_kept(clause))
        for text in texts
        if text is not None
        for clause in clauses_on_keeping(text.value)
    ]


def _judged(
    kept: Kept, required: Decimal, bound: str, also: tuple[Location, ...] = ()
) -> Iterator[Yield]:
    if kept.months is None:
        if not _ENDLESS.search(kept.words):
            yield CannotJudge(kept.at, f"保存时间“{kept.words}”看不出是多久")
    elif kept.months < required:
        yield Problem(kept.at, f"“{kept.words}”短于{bound}", "延长保存时间；写错的改正", also=also)


def _below(kept: Kept, bounds: list[tuple[Figure, Provenance]]) -> Iterator[Problem]:
    """Yield a problem where a term is below a bound: the best vouched for, then the longest."""
    missed = [
        (figure, provenance)
        for figure, provenance in bounds
        if kept.months is not None and not figure.holds(_in_unit(kept.months, figure.unit))
    ]
    if missed:
        figure, provenance = max(missed, key=lambda bound: (bound[1].may_fail, bound[0].value))
        months = figure.value * (MONTHS_A_YEAR if figure.unit == "year" else 1)
        yield Problem(
            kept.at,
            f"“{kept.words}”短于{_term(months)}",
            "延长保存时间；写错的改正",
            grounds=provenance,
        )


def _required(law: LawInForce, subject: str) -> Iterator[tuple[Figure, Provenance]]:
    """Yield the figures of a subject that bind the grade, or every enterprise."""
    regimes = {basis.regime for basis in law.bases if basis.grade is law.grade} | {Regime.STANDARD}
    for row in law.requirements:
        binds = law.grade in row.grades if row.regime is Regime.GRADE else row.regime in regimes
        if row.subject == subject and row.figure is not None and binds:
            yield row.figure, row.provenance


def _in_unit(months: Decimal, unit: str) -> Decimal:
    return months / MONTHS_A_YEAR if unit == "year" else months


def _term(months: Decimal) -> str:
    return f"{months.normalize():f}个月"


def _daily_tonnes(dossier: Dossier) -> Decimal | None:
    """Return the daily mean of what is moved in and out in tonnes, or None where it is not known."""
    rows = [row for row in dossier.production.transports if not row.is_total]
    quantities = [row.amount.value for row in rows if row.amount]
    amounts = [quantity.high for quantity in quantities if quantity.high is not None]
    scales = common_scales(quantities)
    units = {quantity.unit.partition("/")[0] for quantity in quantities}
    if not amounts or len(amounts) < len(rows) or scales is None or not units <= {"t", "万t"}:
        return None
    factor = 10_000 if units == {"万t"} else 1
    total = sum(
        (amount * scale * factor for amount, scale in zip(amounts, scales, strict=True)), Decimal(0)
    )
    return total / DAYS_A_YEAR


def _daily_passes(dossier: Dossier) -> tuple[Location, Decimal] | None:
    """Return how many trucks a day the text names, and where; the largest counts."""
    transport = dossier.evidence.transport
    texts = (*dossier.production.transport_text, *transport.text, *transport.gate_text)
    found = [
        (text.at, Decimal(match.group(1)))
        for text in texts
        for match in _PASSES.finditer(plain(text.value))
    ]
    return max(found, key=lambda pair: pair[1], default=None)


def _dates_of(ledger: Ledger, caption: Text | None) -> Iterator[tuple[PartialDate, Location]]:
    """Yield the dates that say when a ledger was kept: in its columns of dates, and in its caption."""
    columns = [
        number for number, name in enumerate(ledger.header) if _DATE_HEADER.fullmatch(plain(name))
    ]
    cells = [row[number] for row in ledger.rows for number in columns if number < len(row)]
    for text in (caption, *cells):
        written = date_in_cell(text.value) if text else None
        if text is not None and written is not None:
            yield written, text.at


def _captions(dossier: Dossier) -> dict[int | None, Text | None]:
    """Return the paragraph just before each table of the ledgers."""
    found: dict[int | None, Text | None] = {}
    before: Text | None = None
    for text in dossier.paragraphs:
        if text.at.section != LEDGERS:
            continue
        if text.at.table is None:
            before = text
        else:
            found.setdefault(text.at.table, before)
    return found
