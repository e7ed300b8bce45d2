"""Where a row of the law comes from, how well it is vouched for, and to what it applies."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from duibiao.model.classes import dataclass
from duibiao.model.dates import PartialDate


class Standing(StrEnum):
    """依据状态: how well a figure is vouched for, best first."""

    OFFICIAL = "official"
    SECONDARY = "secondary"
    RECALLED = "recalled"

    @property
    def label(self) -> str:
        """The standing in Chinese."""
        return {"official": "官方文本", "secondary": "转载报道", "recalled": "凭记忆，未核实"}[
            self.value
        ]

    def weaker(self, other: Standing) -> Standing:
        """Return the weaker of two standings: a chain is as good as its weakest link."""
        order = list(Standing)
        return max(self, other, key=order.index)


class SourceKind(StrEnum):
    """来源类别: what kind of text a source is."""

    OFFICIAL = "official"
    REPORT = "report"
    THIRD_PARTY = "third_party"


class Regime(StrEnum):
    """指标体系: under which scheme a limit or requirement stands."""

    GRADE = "grade"
    ULTRA_LOW = "ultra_low"
    STANDARD = "standard"
    LOCAL = "local"

    @property
    def label(self) -> str:
        """The regime in Chinese."""
        return {
            "grade": "绩效分级指标",
            "ultra_low": "超低排放要求",
            "standard": "排放标准",
            "local": "地方要求",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Source:
    """文件来源: a document that rows cite.

    Attributes:
        id: Short key.
        title: Title, in Chinese.
        kind: Kind of text.
        read: Whether its text was read; figures remembered from it are recalled.
        number: 文号, or "".
        issuer: Issuing body, or "".
        where: Where it was read, or "".
        start: In force or published since, as far as known.
        end: In force until, or None.
        note: Remark, or "".
    """

    id: str
    title: str
    kind: SourceKind
    read: bool
    number: str = ""
    issuer: str = ""
    where: str = ""
    start: PartialDate | None = None
    end: PartialDate | None = None
    note: str = ""

    @property
    def label(self) -> str:
        """Title and number as one would cite them."""
        title = self.title if self.title.startswith("《") else f"《{self.title}》"
        return f"{title}（{self.number}）" if self.number else title


@dataclass(frozen=True, slots=True)
class Citation:
    """引用: a source and the place in it."""

    source: Source
    place: str = ""

    def __str__(self) -> str:
        """Return the citation as one would write it."""
        return f"{self.source.label}{self.place}"


@dataclass(frozen=True, slots=True)
class Provenance:
    """依据: where a row of the law comes from and when it holds.

    Attributes:
        id: The row's id, unique in its plugin.
        standing: How well it is vouched for.
        cites: What it cites, at least one.
        confidence: For a recalled row: firm, moderate or low; else "".
        start: Holds from, or None where only the sources' dates are known.
        end: Holds until, or None.
        note: Remark, or "".
    """

    id: str
    standing: Standing
    cites: tuple[Citation, ...]
    confidence: str = ""
    start: PartialDate | None = None
    end: PartialDate | None = None
    note: str = ""

    @property
    def may_fail(self) -> bool:
        """Whether the row may make a package fail.

        A recalled figure may not, and neither may one that was seen in third-party digests alone.
        """
        if self.standing is Standing.RECALLED:
            return False
        return any(
            cite.source.read and cite.source.kind is not SourceKind.THIRD_PARTY
            for cite in self.cites
        )

    def __str__(self) -> str:
        """Return the citations and the standing in one line."""
        return f"{'；'.join(map(str, self.cites))}［{self.standing.label}］"


@dataclass(frozen=True, slots=True)
class Figure:
    """数值要求: an operator, a value and a unit.

    Attributes:
        op: One of ``<= < >= > = within``.
        value: The bound; the upper one for ``within``.
        unit: The unit, such as ``mg/m3``.
        low: The lower bound for ``within``, else None.
    """

    op: str
    value: Decimal
    unit: str
    low: Decimal | None = None

    def holds(self, amount: Decimal) -> bool:
        """Return whether `amount` (in the same unit) meets the requirement."""
        match self.op:
            case "<=" | "within":
                return amount <= self.value
            case "<":
                return amount < self.value
            case ">=":
                return amount >= self.value
            case ">":
                return amount > self.value
        return amount == self.value

    def __str__(self) -> str:
        """Return the requirement in one phrase, such as ``≤10 mg/m³``."""
        unit = self.unit.replace("m3", "m³")
        unit = unit if unit == "%" else f" {unit}"
        if self.op == "within":
            return f"{self.low}~{self.value}{unit}"
        return f"{ {'<=': '≤', '>=': '≥'}.get(self.op, self.op) }{self.value}{unit}".replace(
            " ≤", "≤"
        )


@dataclass(frozen=True, slots=True)
class Scope:
    """适用范围: to what a row applies.

    Attributes:
        branches: Keys of branches; empty for all.
        edition: Edition, or "" for all.
        region: Region, or "" for the whole country.
    """

    branches: tuple[str, ...] = ()
    edition: str = ""
    region: str = ""
