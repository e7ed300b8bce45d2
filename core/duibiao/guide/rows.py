"""From the cells of indicator tables to the rows of a law file."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from duibiao.guide.finding import GuideTable
from duibiao.guide.layout import Piece, Rows
from duibiao.guide.limits import Reading, ReadLimit, read_limits
from duibiao.guide.processes import OTHERS, Processes, UnclearError
from duibiao.guide.words import LIMITS, indicator_of, plain
from duibiao.law.records import Branch
from duibiao.law.schema import INDICATORS
from duibiao.model.grades import Grade
from duibiao.model.quantities import MG_PER_M3

_SAME = re.compile(
    r"[同与](A\+|A|B-|B|C|引领性)级?(?:企业)?(?:指标|要求|标准|限值|相同|一致)*[。;]?"
)
_TELLING = re.compile(r"含氧|氧含量|折算|限值|浓度|均值|mg|≤")


@dataclass(frozen=True, slots=True)
class Unread:
    """待人核对: what could not be read.

    Attributes:
        place: Where it stands.
        text: Its words.
        why: Why it could not be read.
    """

    place: str
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class _Found:
    """A limit with the grades and the place of its cell."""

    limit: ReadLimit
    grades: tuple[Grade, ...]
    keys: tuple[str, ...]
    place: str


@dataclass(slots=True)
class Harvest:
    """One branch: takes its tables, then gives the rows of the law file.

    Attributes:
        branch: The branch.
        edition: Id of the edition.
        source: Id of the source.
        processes: Its processes.
        unread: What could not be read, in order.
    """

    branch: Branch
    edition: str
    source: str
    processes: Processes
    unread: list[Unread] = field(default_factory=list)
    _texts: list[tuple[str, Piece, str]] = field(default_factory=list)
    _limits: list[_Found] = field(default_factory=list)
    _used: dict[str, int] = field(default_factory=dict)

    def take(self, table: GuideTable) -> None:
        """Read a table of the branch."""
        pieces, notes = _pieces(table)
        notes = [*notes, *table.notes]
        for note in notes:
            self.unread.append(Unread(table.label, note, "表注没有导入，请核对它是否改变表中要求"))
        doubtful = any(_TELLING.search(plain(note)) for note in notes)
        self._check_ladder(table, pieces)
        rows: dict[int, list[Piece]] = {}
        for piece, _ in pieces:
            rows.setdefault(piece.row, []).append(piece)
        for piece, place in pieces:
            name = indicator_of(piece.indicator)
            self._texts.append((name, piece, place))
            if not name:
                why = f"指标“{piece.indicator}”不在附件4的十九项中，记为“缺”"
                self.unread.append(Unread(place, piece.text, why))
            elif name == LIMITS:
                reading = _reading(piece, rows[piece.row])
                if doubtful and reading.limits:
                    why = "表注可能改变限值"
                    reading = Reading(unread=((piece.text, why),))
                self._keep(piece, place, reading)

    def rows(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield kind and content of every row, in the order of the law's own files."""
        limits = list(self._limit_rows())
        for phrase, key in self.processes.new.items():
            yield "process", self._process_row(phrase, key)
        yield from (("limit", row) for row in limits)
        order = {name: number for number, name in enumerate(INDICATORS)}
        for name, piece, place in sorted(
            self._texts, key=lambda entry: order.get(entry[0], len(order))
        ):
            yield self._text_row(name, piece, place)

    # ------------------------------------------------------------------------------ reading

    def _check_ladder(self, table: GuideTable, pieces: list[tuple[Piece, str]]) -> None:
        grades = dict.fromkeys(grade for piece, _ in pieces for grade in piece.grades)
        strange = [grade.label for grade in grades if grade not in self.branch.ladder]
        if strange:
            why = f"分支“{self.branch.name}”的 ladder 中没有这些等级，请在 [[branch]] 中核对"
            self.unread.append(Unread(table.label, "、".join(strange), why))

    def _keep(self, piece: Piece, place: str, reading: Reading) -> None:
        unread = list(reading.unread)
        found = []
        try:
            for limit in reading.limits:
                found.append(_Found(limit, piece.grades, self.processes.keys(limit.process), place))
        except UnclearError as error:
            unread.append((piece.text, str(error)))
            found = []
        self._limits += found
        self.unread += [Unread(place, text, f"{why}；数值没有导入") for text, why in unread]

    def _limit_rows(self) -> Iterator[dict[str, Any]]:
        doubtful = {**dict(self._conflicts()), **dict(self._loose_others())}
        for entry in (entry for entry in self._limits if id(entry) in doubtful):
            self.unread.append(Unread(entry.place, entry.limit.sentence, doubtful[id(entry)]))
        seen: set[tuple[Any, ...]] = set()
        for entry in (entry for entry in self._limits if id(entry) not in doubtful):
            for key in entry.keys:
                mark = (key, entry.limit.pollutant, entry.grades)
                if mark not in seen:
                    seen.add(mark)
                    yield self._limit_row(entry, key)

    def _conflicts(self) -> Iterator[tuple[int, str]]:
        """Yield the limits that say different things of the same grade, process and pollutant."""
        told: dict[tuple[Any, ...], list[_Found]] = {}
        for entry in self._limits:
            for grade in entry.grades:
                for key in entry.keys:
                    told.setdefault((grade, key, entry.limit.pollutant), []).append(entry)
        for entries in told.values():
            figures = {(x.limit.op, x.limit.value, x.limit.oxygen) for x in entries}
            if len(figures) > 1:
                for entry in entries:
                    yield id(entry), "同一等级、工序、污染物有几个不同的限值，数值没有导入"

    def _loose_others(self) -> Iterator[tuple[int, str]]:
        """Yield limits of other outlets for a pollutant of which a process named for that grade has none."""
        named: dict[Grade, dict[str, set[str]]] = {}
        for entry in self._limits:
            for grade in entry.grades if entry.limit.process not in ("", OTHERS) else ():
                told = named.setdefault(grade, {}).setdefault(entry.limit.process, set())
                told.add(entry.limit.pollutant)
        for entry in self._limits:
            for grade in entry.grades if entry.limit.process == OTHERS else ():
                others = named.get(grade, {})
                lacking = next((n for n, t in others.items() if entry.limit.pollutant not in t), "")
                if lacking or not others:
                    what = f"“{lacking}”没有这种污染物的限值" if lacking else "没有列出别的工序"
                    yield id(entry), f"“其他”指哪些排放口不清楚：{what}，数值没有导入"

    # --------------------------------------------------------------------------------- rows

    def _id(self, *parts: str) -> str:
        """Return an id that depends on nothing but what the row is about."""
        digest = hashlib.sha256("\0".join((self.edition, self.branch.key, *parts)).encode())
        name = f"GD-{digest.hexdigest()[:10].upper()}"
        count = self._used[name] = self._used.get(name, 0) + 1
        return name if count == 1 else f"{name}-{count}"

    def _common(self, place: str) -> dict[str, Any]:
        return {"standing": "official", "cites": [f"{self.source}:{place}"]}

    def _process_row(self, phrase: str, key: str) -> dict[str, Any]:
        return {
            "id": self._id("process", phrase),
            "key": key,
            "name": phrase,
            "branch": [self.branch.key],
            "keywords": [phrase],
            **self._common(LIMITS),
        }

    def _limit_row(self, entry: _Found, key: str) -> dict[str, Any]:
        limit = entry.limit
        row = {
            "id": self._id("limit", *entry.grades, limit.process, key, limit.pollutant),
            "branch": [self.branch.key],
            "edition": self.edition,
            "regime": "grade",
            "grades": list(map(str, entry.grades)),
            "process": key,
            "pollutant": limit.pollutant,
            "op": limit.op,
            "value": limit.value,
            "unit": MG_PER_M3,
        }
        if limit.oxygen is not None:
            row["oxygen"] = limit.oxygen
        if limit.basis:
            row["basis"] = limit.basis
        return row | self._common(entry.place) | {"note": f"据“{limit.sentence}”读出"}

    def _text_row(self, name: str, piece: Piece, place: str) -> tuple[str, dict[str, Any]]:
        grades = "、".join(grade.label for grade in piece.grades)
        key = (name or piece.indicator, *piece.grades, *piece.items)
        if not name:
            return "hole", {
                "id": self._id("hole", *key),
                "branch": [self.branch.key],
                "topic": piece.indicator or "没有名称的指标",
                "what": f"指南中{grades}的这项要求没有归入十九项指标：{piece.text}",
                "look_in": place,
            }
        row = {
            "id": self._id("requirement", *key),
            "branch": [self.branch.key],
            "edition": self.edition,
            "regime": "grade",
            "grades": list(map(str, piece.grades)),
            "indicator": name,
            "text": piece.text,
        }
        if piece.items:
            row["process"] = " ".join(piece.items)
        row |= self._common(place)
        return "requirement", row | ({"note": f"备注：{piece.remark}"} if piece.remark else {})


def _pieces(table: GuideTable) -> tuple[list[tuple[Piece, str]], list[str]]:
    """Return what the cells of a table say with their places, and its notes; what pages have cut is joined."""
    rows = Rows(table.parts[0].columns, [])
    found: list[tuple[Piece, str]] = []
    for number, part in enumerate(table.parts):
        for piece, continues in rows.pieces(part.grid, part.start, goes_on=number > 0):
            place = _place(table, part.table, piece)
            last = _last(found, piece) if continues else None
            if last is None:
                found.append((piece, place))
            else:
                before, where = found[last]
                found[last] = (_joined(before, piece), f"{where}、{place}")
    return found, rows.notes


def _place(table: GuideTable, number: int, piece: Piece) -> str:
    row, column = piece.cell
    which = f"文中第{number}个表格"
    return f"{f'{table.number}（{which}）' if table.number else which}第{row}行第{column}列"


def _last(found: list[tuple[Piece, str]], piece: Piece) -> int | None:
    for index in range(len(found) - 1, -1, -1):
        if found[index][0].row != piece.row:
            return None
        if found[index][0].grades == piece.grades:
            return index
    return None


def _joined(before: Piece, after: Piece) -> Piece:
    torn = before.text[-1:].isdigit() and after.text[:1].isdigit()  # one number or two
    end = "\n" if torn or before.text.endswith(("。", "；", ";", "：")) else ""
    return Piece(
        before.indicator,
        before.items,
        before.grades,
        f"{before.text}{end}{after.text}",
        before.cell,
        "；".join(filter(None, (before.remark, after.remark))),
        before.row,
    )


def _reading(piece: Piece, row: Iterable[Piece]) -> Reading:
    """Read the limits of a cell; one that only says 同A级 has those of the cell beside it."""
    text = piece.text
    if same := _SAME.fullmatch(plain(text)):
        beside = [
            other.text for other in row if Grade(same[1]) in other.grades and other is not piece
        ]
        if len(beside) != 1 or _SAME.fullmatch(plain(beside[0])):
            return Reading(unread=((text, f"没有找到{same[1]}级的限值"),))
        text = beside[0]
    return read_limits(text, piece.items, piece.indicator)
