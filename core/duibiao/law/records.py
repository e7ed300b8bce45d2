"""The records that law files become: frozen, typed, each with its standing and citations."""

from __future__ import annotations

from decimal import Decimal

from duibiao.law.provenance import Figure, Provenance, Regime, Scope, Source
from duibiao.model.classes import dataclass
from duibiao.model.dates import PartialDate
from duibiao.model.grades import Grade
from duibiao.model.plan import AlertLevel


@dataclass(frozen=True, slots=True)
class Limit:
    """排放限值: one limit for one pollutant at one process.

    Attributes:
        provenance: Where it comes from.
        scope: To what it applies.
        regime: Under which scheme it stands.
        grades: Grades that it belongs to (regime grade only).
        process: Key of the process, or ``*``.
        pollutant: Key of the pollutant.
        figure: The limit.
        oxygen: Baseline oxygen in %, or None where the measured value counts.
        basis: hourly_mean, as_measured, single_value, one_year or "".
        condition: Further condition in words, or "".
    """

    provenance: Provenance
    scope: Scope
    regime: Regime
    grades: tuple[Grade, ...]
    process: str
    pollutant: str
    figure: Figure
    oxygen: Decimal | None = None
    basis: str = ""
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Requirement:
    """指标要求: one requirement of an indicator other than a concentration limit.

    Attributes:
        provenance: Where it comes from.
        scope: To what it applies.
        regime: Under which scheme it stands.
        grades: Grades that it belongs to.
        indicator: One of the nineteen rows.
        text: The requirement in words.
        process: Process in words or key, or "".
        subject: Name of the figure for programs, or "".
        figure: The figure, or None.
        condition: Further condition in words, or "".
    """

    provenance: Provenance
    scope: Scope
    regime: Regime
    grades: tuple[Grade, ...]
    indicator: str
    text: str
    process: str = ""
    subject: str = ""
    figure: Figure | None = None
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Basis:
    """级别依据: a grade uses the limits of another regime."""

    provenance: Provenance
    branches: tuple[str, ...]
    grade: Grade
    regime: Regime


@dataclass(frozen=True, slots=True)
class Edition:
    """版本: a document whose indicator tables grade an industry."""

    provenance: Provenance
    name: str
    start: PartialDate


@dataclass(frozen=True, slots=True)
class Process:
    """工序: a process, and the words by which it is recognised."""

    provenance: Provenance
    key: str
    name: str
    keywords: tuple[str, ...]
    branches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Branch:
    """行业分支: one graded industry of a plugin.

    Attributes:
        provenance: Where its ladder comes from.
        key: Key.
        name: Name as in the list of graded industries.
        aliases: Other names that a form may use.
        national_no: Number among the 39 national industries, or None.
        ladder: Grades, best first; empty where not established.
        codes: GB/T 4754 classes.
    """

    provenance: Provenance
    key: str
    name: str
    aliases: tuple[str, ...]
    national_no: int | None
    ladder: tuple[Grade, ...]
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Industry:
    """行业: what a plugin knows of itself; what `duibiao_industry` gives.

    Attributes:
        key: Key of the plugin, such as ``steel``.
        name: Name in Chinese.
        prefix: Prefix of the plugin's rule codes, three capitals.
        branches: Graded industries.
        processes: Processes.
        editions: Editions, oldest first.
        sources: Documents that the plugin's rows and rules may cite.
        sha256: Hash over the law files, in hexadecimal; "" where there are none.
    """

    key: str
    name: str
    prefix: str
    branches: tuple[Branch, ...]
    processes: tuple[Process, ...]
    editions: tuple[Edition, ...]
    sources: tuple[Source, ...] = ()
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """证明材料要求: whether a section applies and what it must hold.

    Attributes:
        provenance: Where it comes from.
        branches: Keys of branches; empty for all.
        number: Section, such as ``2.6``.
        applies: yes, when or no.
        when: The condition in words, or "".
        holds: What the section must hold beyond the outline's own words.
    """

    provenance: Provenance
    branches: tuple[str, ...]
    number: str
    applies: str
    when: str = ""
    holds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReductionMeasure:
    """应急减排措施: what stops or is limited at an alert level.

    Attributes:
        provenance: Where it comes from.
        scope: To what it applies.
        grades: Grades; empty for all.
        levels: Alert levels.
        kind: self_chosen, limit, stop, vehicles, machinery or other.
        text: The measure in words.
        process: Process in words or key, or "".
        ratio: Ratio in %, or None.
        basis: On which basis the ratio counts, or "".
        precedent: A local precedent, not the guide itself.
    """

    provenance: Provenance
    scope: Scope
    grades: tuple[Grade, ...]
    levels: tuple[AlertLevel, ...]
    kind: str
    text: str
    process: str = ""
    ratio: Decimal | None = None
    basis: str = ""
    precedent: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """背景事实: something known that is neither limit, requirement nor measure."""

    provenance: Provenance
    scope: Scope
    topic: str
    text: str
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class Hole:
    """缺: something that is not known, and the document to look in."""

    id: str
    branches: tuple[str, ...]
    topic: str
    what: str
    look_in: str


@dataclass(frozen=True, slots=True)
class IndicatorTable:
    """绩效分级指标表: what `duibiao_indicator_table` gives for an edition.

    Attributes:
        edition: The edition asked for.
        limits: Limits, in the standard's order.
        requirements: Requirements of the other indicators, in the standard's order.
        bases: Grades that use the limits of another regime.
        holes: What is missing (缺).
    """

    edition: str
    limits: tuple[Limit, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    bases: tuple[Basis, ...] = ()
    holes: tuple[Hole, ...] = ()


@dataclass(frozen=True, slots=True)
class EvidenceChecklist:
    """证明材料清单: what `duibiao_evidence_checklist` gives for an edition."""

    edition: str
    items: tuple[EvidenceItem, ...] = ()
