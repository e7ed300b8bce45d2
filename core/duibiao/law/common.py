"""The law that is common to all industries: outline, indicators, articles, alert levels, codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from typing import TypeVar

from duibiao.law.files import LawFiles, read_files
from duibiao.law.loading import fact, figure, hole
from duibiao.law.provenance import Citation, Figure, Provenance, Source, Standing
from duibiao.law.records import Fact, Hole
from duibiao.law.rows import Row
from duibiao.model.classes import dataclass
from duibiao.model.plan import AlertLevel
from duibiao.model.quantities import halfwidth

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Heading:
    """提纲条目: one heading of the outline of 附件4, or of 附件2 (keys that begin with 附).

    Attributes:
        key: Place in the outline, such as ``五.2.13.1``.
        number: Number as printed.
        title: Title as printed.
        aliases: Usual rewordings.
        if_applicable: It is marked 如涉及.
        holds: What must stand there.
        cites: Where the outline says so.
    """

    key: str
    number: str
    title: str
    aliases: tuple[str, ...]
    if_applicable: bool
    holds: tuple[str, ...]
    cites: tuple[Citation, ...]

    @property
    def label(self) -> str:
        """Number and title in one."""
        space = "" if self.number.endswith("、") or not self.number else " "
        return f"{self.number}{space}{self.title}"


@dataclass(frozen=True, slots=True)
class Indicator:
    """差异化指标: one row of 对标总表, and the section that holds its evidence."""

    name: str
    section: str
    if_applicable: bool
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NationalIndustry:
    """国家重点行业: one of the 39, with what is known of its ladder."""

    provenance: Provenance
    no: int
    name: str
    ladder: str
    ladder_standing: Standing | None


@dataclass(frozen=True, slots=True)
class Alert:
    """预警启动条件与减排比例: one variant of one level.

    Attributes:
        provenance: Where it comes from and when it held.
        level: Alert level.
        text: In words.
        cut: City-wide cut in %, or None.
    """

    provenance: Provenance
    level: AlertLevel
    text: str
    cut: Decimal | None


@dataclass(frozen=True, slots=True)
class Pollutant:
    """污染物: key, names and code."""

    provenance: Provenance
    key: str
    name: str
    aliases: tuple[str, ...]
    code: str
    unit: str


@dataclass(frozen=True, slots=True)
class Code:
    """代码表条目: one entry of a code list, such as an emission stage."""

    provenance: Provenance
    list: str
    code: str
    name: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Deadline:
    """时间节点: who must do what until when, every year or every month."""

    provenance: Provenance
    what: str
    who: str
    month: int | None
    day: int | None
    month_end: bool


@dataclass(frozen=True, slots=True)
class Target:
    """提升目标: the share of A and B that a county must reach."""

    provenance: Provenance
    county: str
    tier: str
    kind: str
    figure: Figure


@dataclass(frozen=True)  # without slots: rows are looked up by name in tables that are made once
class CommonLaw:
    """通用法规数据: everything in core's own law files.

    Attributes:
        sources: Sources by id.
        outline: Headings in prescribed order.
        indicators: The nineteen indicators in prescribed order.
        articles: Text by (source, place).
        industries: The 39 national industries.
        class_codes: GB/T 4754 names by code (or range of codes).
        alerts: Alert starts and city-wide cuts.
        pollutants: Pollutants.
        codes: Code lists.
        deadlines: Deadlines.
        targets: Kaifeng's targets.
        facts: Everything else that is known.
        holes: What is not known.
        sha256: Hash over all files, in hexadecimal.
    """

    sources: Mapping[str, Source]
    outline: tuple[Heading, ...]
    indicators: tuple[Indicator, ...]
    articles: Mapping[tuple[str, str], str]
    industries: tuple[NationalIndustry, ...]
    class_codes: Mapping[str, str]
    alerts: tuple[Alert, ...]
    pollutants: tuple[Pollutant, ...]
    codes: tuple[Code, ...]
    deadlines: tuple[Deadline, ...]
    targets: tuple[Target, ...]
    facts: tuple[Fact, ...]
    holes: tuple[Hole, ...]
    sha256: str

    def heading(self, key: str) -> Heading:
        """Return the heading at `key` of the outline."""
        return next(heading for heading in self.outline if heading.key == key)

    def cite(self, text: str) -> Citation:
        """Resolve ``SOURCE:place``.

        Raises:
            KeyError: If there is no such source.
        """
        source, _, place = text.partition(":")
        return Citation(self.sources[source], place)

    def article(self, citation: Citation) -> str:
        """Return the text of the cited article, or "" where it is not on file."""
        return self.articles.get((citation.source.id, citation.place), "")

    def pollutant(self, text: str) -> Pollutant | None:
        """Return the pollutant that `text` names, or None.

        Args:
            text: A name as written, such as ``SO₂`` or ``颗粒物``.
        """
        return self._pollutants.get(_name(text))

    def stage(self, text: str) -> Code | None:
        """Return the emission stage (排放阶段) that `text` names, or None."""
        return self._stages.get(_name(text))

    def indicator(self, text: str) -> Indicator | None:
        """Return the indicator (差异化指标) that `text` names, or None."""
        return self._indicators.get(_spaceless(text))

    @cached_property
    def _pollutants(self) -> Mapping[str, Pollutant]:
        return _first_by(
            (_name(name), row)
            for row in self.pollutants
            for name in (row.key, row.name, *row.aliases)
        )

    @cached_property
    def _stages(self) -> Mapping[str, Code]:
        return _first_by(
            (_name(name), row)
            for row in self.codes
            if row.list == "emission_stage"
            for name in (row.name, *row.aliases)
        )

    @cached_property
    def _indicators(self) -> Mapping[str, Indicator]:
        return _first_by(
            (_spaceless(name), row) for row in self.indicators for name in (row.name, *row.aliases)
        )


@cache
def load_common() -> CommonLaw:
    """Return core's own law, read once.

    Raises:
        LawError: If a file is malformed.
    """
    rows = read_files(files("duibiao.law"), ("data",))
    return CommonLaw(
        sources=rows.sources,
        outline=rows.build("heading", _heading),
        indicators=tuple(map(_indicator, rows.of("indicator"))),
        articles={
            (row.values["source"], row.values["place"]): row.values["text"]
            for row in rows.of("article")
        },
        industries=rows.build("national_industry", _industry),
        class_codes={row.values["code"]: row.values["name"] for row in rows.of("class_code")},
        alerts=rows.build("alert", _alert),
        pollutants=rows.build("pollutant", _pollutant),
        codes=rows.build("code_list", _code),
        deadlines=rows.build("deadline", _deadline),
        targets=rows.build("target", _target),
        facts=rows.build("fact", fact),
        holes=tuple(map(hole, rows.of("hole"))),
        sha256=rows.sha256,
    )


def _first_by(pairs: Iterable[tuple[str, R]]) -> dict[str, R]:
    """Return rows by name; where several have a name, the first one keeps it."""
    found: dict[str, R] = {}
    for name, row in pairs:
        found.setdefault(name, row)
    return found


@lru_cache(maxsize=4096)  # row after row names the same pollutants
def _spaceless(text: str) -> str:
    return "".join(halfwidth(text).split())


def _name(text: str) -> str:
    return _spaceless(text).casefold()


def _texts(row: Row, name: str) -> tuple[str, ...]:
    return tuple(row.values.get(name, ()))


def _heading(row: Row, rows: LawFiles) -> Heading:
    values = row.values
    return Heading(
        key=values["key"],
        number=values["number"],
        title=values["title"],
        aliases=_texts(row, "aliases"),
        if_applicable=values.get("if_applicable", False),
        holds=_texts(row, "holds"),
        cites=rows.citations(values["cites"]),
    )


def _indicator(row: Row) -> Indicator:
    values = row.values
    return Indicator(
        values["name"], values["section"], values["if_applicable"], _texts(row, "aliases")
    )


def _industry(row: Row, rows: LawFiles) -> NationalIndustry:
    values = row.values
    standing = values["ladder_standing"]
    return NationalIndustry(
        provenance=rows.provenance(row),
        no=values["no"],
        name=values["name"],
        ladder=values.get("ladder", ""),
        ladder_standing=None if standing == "missing" else Standing(standing),
    )


def _alert(row: Row, rows: LawFiles) -> Alert:
    values = row.values
    cut = values.get("cut")
    return Alert(
        provenance=rows.provenance(row),
        level=AlertLevel(values["level"]),
        text=values["text"],
        cut=None if cut is None else Decimal(cut),
    )


def _pollutant(row: Row, rows: LawFiles) -> Pollutant:
    values = row.values
    return Pollutant(
        provenance=rows.provenance(row),
        key=values["key"],
        name=values["name"],
        aliases=_texts(row, "aliases"),
        code=values.get("code", ""),
        unit=values.get("unit", ""),
    )


def _code(row: Row, rows: LawFiles) -> Code:
    values = row.values
    return Code(
        provenance=rows.provenance(row),
        list=values["list"],
        code=values["code"],
        name=values["name"],
        aliases=_texts(row, "aliases"),
    )


def _deadline(row: Row, rows: LawFiles) -> Deadline:
    values = row.values
    return Deadline(
        provenance=rows.provenance(row),
        what=values["what"],
        who=values["who"],
        month=values.get("month"),
        day=values.get("day"),
        month_end=values.get("month_end", False),
    )


def _target(row: Row, rows: LawFiles) -> Target:
    values = row.values
    bound = figure(row)
    assert bound is not None
    return Target(rows.provenance(row), values["county"], values["tier"], values["kind"], bound)
