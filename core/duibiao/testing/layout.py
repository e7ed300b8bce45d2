"""A dossier as blocks in the order of a file: what the Word writer draws.

Order and running text follow from the places and the paragraphs of the dossier; values follow from its typed parts,
so that a changed value, a dropped row, letter, alert level or section shows in the file.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from typing import Any

from duibiao.model.application import CommitmentLetter, LetterKind
from duibiao.model.dates import PartialDate, parse_date
from duibiao.model.dossier import Dossier
from duibiao.model.emissions import Facility, Photo
from duibiao.model.evidence import Section
from duibiao.model.location import Located, Location, Text
from duibiao.model.plan import AlertLevel, AlertMeasures
from duibiao.model.quantities import halfwidth
from duibiao.recognition.kinds import kinds_at
from duibiao.testing import forms
from duibiao.testing.blocks import Album, Block, Line, Sheet
from duibiao.testing.plan import LEVELS

LETTERS = {"二": LetterKind.AUTHENTICITY, "三": LetterKind.REDUCTION}
_LAST = 1 << 40
_LONGEST_DATE = 20
_CAPTION = re.compile(r"表\s*\d+")
_LABEL = re.compile(r"\((\d)\)")


def blocks(dossier: Dossier) -> Iterator[Block]:
    """Yield the blocks of a dossier in order."""
    layout = _Layout(dossier)
    yield from layout.cover()
    yield from layout.contents()
    for section in dossier.sections:
        if layout.stands(section):
            yield section
            yield from (
                block for _, block in sorted(layout.items(section), key=lambda item: item[0])
            )


class _Layout:
    """Looks up what stands in each section."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.body: dict[str, list[Text]] = defaultdict(list)
        self.cells: dict[int, dict[tuple[int, int], str]] = defaultdict(dict)
        self.homes: dict[int, Location] = {}
        for text in dossier.paragraphs:
            if text.at.table is None:
                self.body[text.at.section].append(text)
            else:
                self.cells[text.at.table][text.at.row or 0, text.at.column or 0] = text.value
                self.homes.setdefault(text.at.table, text.at)
        self.album_tables = {photo.at.table for photo in self._photos()}

    def cover(self) -> Iterator[Block]:
        """The title page."""
        cover = self.dossier.cover
        if cover is None:
            return
        yield from (Line(text.value, "cover") for text in (cover.enterprise,) if text)
        yield Line(forms.COVER_TITLE, "cover")
        yield Line(forms.COVER_KIND, "cover")
        yield from (
            Line(text.value, "cover", seal=cover.has_seal) for text in (cover.seal_mark,) if text
        )
        yield from (Line(str(day.value), "cover") for day in (cover.date,) if day)

    def contents(self) -> Iterator[Block]:
        """The table of contents."""
        if self.dossier.contents:
            yield Line(forms.CONTENTS_TITLE, "title")
        written = {text.at.paragraph: text.value for text in self.body["封面"]}
        for entry in self.dossier.contents:
            space = "" if not entry.number or entry.number.endswith("、") else " "
            label = f"{entry.number}{space}{entry.title}"
            page = "" if entry.page is None else f" {entry.page}"
            old = written.get(entry.at.paragraph, "")
            if halfwidth(old) == halfwidth(label + page):
                label = old.removesuffix(page)
            yield Line(
                label,
                "contents",
                level=1 + entry.number.rstrip(".").count(".") + entry.number[:1].isdigit(),
                page=entry.page,
            )

    def stands(self, section: Section) -> bool:
        """Whether the part that the section holds is in the dossier."""
        key, dossier = section.key, self.dossier
        if key in LETTERS:
            return dossier.letter(LETTERS[key]) is not None
        if key in LEVELS:
            return dossier.measures(LEVELS[key]) is not None
        if key.startswith("附"):
            return dossier.plan is not None
        return key != "一" or dossier.form is not None

    def items(self, section: Section) -> Iterator[tuple[float, Block]]:
        """Yield what stands under a heading, each with its place in the order."""
        lines = list(self._lines(section))
        photos = [photo for photo in self._photos() if photo.at.section == section.key]
        for index, line in enumerate(lines):
            order: float = line.at.paragraph or _LAST
            if drawn := self._line(section, line):
                yield order, drawn
            if (
                section.pictures
                and not photos
                and line.value.endswith("图")
                and index == len(lines) - 1
            ):
                yield order - 0.5, Line("", picture=line.value)
        if section.key == "一" and self.dossier.form and self.dossier.form.has_seal:
            yield _LAST, Line("", seal=True)
        yield from self._sheets(section)
        albums: dict[int, list[Photo]] = defaultdict(list)
        for photo in photos:
            if photo.at.table is None:
                yield (photo.at.paragraph or _LAST) - 0.5, Line("", picture=photo.picture or "")
            else:
                albums[photo.at.table].append(photo)
        for album in albums.values():
            yield album[0].at.paragraph or _LAST, Album(tuple(album))

    def _line(self, section: Section, text: Text) -> Line | None:
        if section.key in LETTERS:
            letter = self.dossier.letter(LETTERS[section.key])
            assert letter is not None  # the section would not stand
            return _letter_line(letter, text)
        if section.key == "附" or (section.key == "一" and text.value == forms.FORM_TITLE):
            return Line(text.value, "title")
        return Line(text.value, "caption" if _CAPTION.match(text.value) else "body")

    def _lines(self, section: Section) -> Iterable[Text]:
        """The running text of a section: from its typed part where that holds all of it, else as it stood."""
        dossier, key = self.dossier, section.key
        plan, profile, transport = dossier.plan, dossier.profile, dossier.evidence.transport
        if key in LETTERS:
            letter = dossier.letter(LETTERS[key])
            return letter.text if letter else ()
        if key in LEVELS:
            return self._level(LEVELS[key])
        typed: dict[str, tuple[Text, ...]] = {
            "四.1": profile.text if profile else (),
            "四.2": tuple(statement.text for statement in dossier.compliance),
            "四.3.2": dossier.production.processes,
            "四.3.4": dossier.production.transport_text,
            "五.2.16.1": dossier.evidence.archive.text,
            "五.2.17": transport.text,
            "五.2.18": transport.gate_text,
            "附.1": plan.profile if plan else (),
            "附.2": plan.process if plan else (),
            "附.3": plan.emissions if plan else (),
        }
        if key in typed:
            return typed[key]
        texts = [text for text in self.body[key] if text.at.paragraph != section.at.paragraph]
        if key == "附":
            return [
                _overlaid(text, plan.enterprise if plan else None, plan.date if plan else None)
                for text in texts
            ]
        return self._ledger_lines(texts) if key == "五.2.16.2" else texts

    def _level(self, level: AlertLevel) -> Iterator[Text]:
        measures = self.dossier.measures(level)
        assert measures is not None  # the section would not stand
        yield from measures.measures
        if line := _closing(measures):
            yield line
        plan = self.dossier.plan
        if plan and plan.undertaking and plan.levels[-1] is measures:
            yield plan.undertaking

    def _ledger_lines(self, texts: Iterable[Text]) -> Iterator[Text]:
        kinds = {ledger.kind for ledger in self.dossier.evidence.ledgers}
        kept = True
        for text in texts:
            if label := _LABEL.match(halfwidth(text.value)):
                kept = int(label[1]) in kinds
            if kept:
                yield text

    def _sheets(self, section: Section) -> Iterator[tuple[float, Block]]:
        if section.key == "一" and self.dossier.form:
            yield self._form(self.dossier.form)
        if section.key == "四.1" and self.dossier.profile:
            yield self._form(self.dossier.profile)
        if section.key == "五.2.16.2":
            for ledger in self.dossier.evidence.ledgers:
                if ledger.rows:
                    body = tuple(tuple(cell.value for cell in row) for row in ledger.rows)
                    yield ledger.at.paragraph or _LAST, Sheet((ledger.header, *body))
            return
        rows = list(self._rows(section.key))
        for number in dict.fromkeys(_at(row).table or 0 for row in rows):
            mine = [row for row in rows if _at(row).table == number]
            width = max(column for _, column in self.cells[number])
            body = tuple(self._cells(row, width) for row in mine)
            yield _at(mine[0]).paragraph or _LAST, Sheet((self._original(number, 1, width), *body))
        if not kinds_at(section.key):
            yield from self._unread_sheets(section)

    def _unread_sheets(self, section: Section) -> Iterator[tuple[float, Block]]:
        """Tables that are evidence only, as they stood."""
        for number, at in self.homes.items():
            if (
                at.section == section.key
                and number not in self.album_tables
                and section.key != "一"
            ):
                height, width = (
                    max(place[axis] for place in self.cells[number]) for axis in (0, 1)
                )
                rows = tuple(self._original(number, row, width) for row in range(1, height + 1))
                yield at.paragraph or _LAST, Sheet(rows)

    def _rows(self, key: str) -> Iterable[Any]:
        dossier, evidence = self.dossier, self.dossier.evidence
        production, transport = dossier.production, evidence.transport
        found: dict[str, Sequence[Any]] = {
            "四.1": dossier.profile.totals if dossier.profile else (),
            "四.3.1": [row for table in production.products for row in table.rows],
            "四.3.3": (*production.materials, *production.energies),
            "四.3.4": production.transports,
            "四.4": (*dossier.outlets, *dossier.fugitives),
            "五.1": dossier.indicators.rows if dossier.indicators else (),
            "五.2.14": evidence.limits,
            "五.2.15": evidence.controls,
            "五.2.16.1": (
                *evidence.archive.reports,
                *evidence.archive.approvals,
                *evidence.archive.ratings,
            ),
            "五.2.16.3": evidence.staff,
        }
        if key in found:
            return found[key]
        if key.startswith("五.2.13."):
            return [
                row for table in evidence.facilities for row in table.rows if row.at.section == key
            ]
        lists = (
            transport.modes,
            transport.shares,
            transport.machines,
            transport.gates,
            transport.vehicles,
        )
        return [row for rows in lists for row in rows if row.at.section == key]

    def _cells(self, row: Any, width: int) -> tuple[str, ...]:
        """The cells of a typed row: as they stood, but for values that have changed."""
        at = _at(row)
        cells = list(self._original(at.table or 0, at.row or 0, width))
        step = getattr(row, "step", None)
        for name, value in _located(row):
            place = value.at
            if (place.table, place.row) != (at.table, at.row) or place.column is None:
                continue
            if name == "outlet" and step is not None and place.column == step.at.column:
                continue
            cells[place.column - 1] = _shown(value.value, cells[place.column - 1])
        if (
            isinstance(row, Facility)
            and row.number is not None
            and halfwidth(cells[0]) != str(row.number)
        ):
            cells[0] = str(row.number)
        return tuple(cells)

    def _form(self, form: Any) -> tuple[float, Block]:
        """A form of labels and values; rows whose value was taken away are left out."""
        values = {
            value.at.row: str(value.value) for name, value in _located(form) if value.at.column == 2
        }
        values |= {value.at.row: value.value for _, value in form.other}
        table = next(value.at for _, value in _located(form) if value.at.table)
        labels = {label.replace("\n", ""): label for label in forms.FORM_LABELS}
        rows = []
        for number in sorted(row for row in values if row is not None):
            label = self.cells[table.table or 0].get((number, 1), "")
            rows.append((labels.get(label, label), values[number]))
        return table.paragraph or _LAST, Sheet(tuple(rows), is_form=True)

    def _original(self, table: int, row: int, width: int) -> tuple[str, ...]:
        return tuple(self.cells[table].get((row, column), "") for column in range(1, width + 1))

    def _photos(self) -> Iterator[Photo]:
        evidence = self.dossier.evidence
        yield from dict.fromkeys(
            (*(photo for table in evidence.facilities for photo in table.photos), *evidence.photos)
        )


def _at(row: Any) -> Location:
    at = getattr(row, "at", None) or next(value.at for _, value in _located(row))
    assert isinstance(at, Location)
    return at


def _located(part: Any) -> list[tuple[str, Located[Any]]]:
    found = ((field.name, getattr(part, field.name)) for field in fields(part))
    return [(name, value) for name, value in found if isinstance(value, Located)]


def _shown(value: Any, old: str) -> str:
    if isinstance(value, PartialDate):
        return old if parse_date(old) == value else str(value)
    return str(value)


def _overlaid(text: Text, *values: Located[Any] | None) -> Text:
    """Return a line of the plan's title page with its value, where the line is nothing but that value."""
    for value in values:
        if value is not None and value.at.paragraph == text.at.paragraph:
            return Located(_shown(value.value, text.value), text.at)
    return text


def _letter_line(letter: CommitmentLetter, text: Text) -> Line | None:
    """A line of a letter, with the values that the letter holds now; None where its value was taken away."""
    paragraph, value = text.at.paragraph, text.value
    if value in (forms.AUTHENTICITY_TITLE, forms.REDUCTION_TITLE):
        return Line(value, "title")
    if value.startswith(forms.SIGNATURE):
        if letter.signature is None:
            return None
        picture = "签名" if letter.signature_is_picture else ""
        return Line(forms.SIGNATURE + letter.signature.value, "signed", picture=picture)
    if value == forms.LETTER_SEAL:
        return Line(value, "signed", seal=letter.has_seal) if letter.seal_mark else None
    if parse_date(value) and len(value) < _LONGEST_DATE:
        return Line(_shown(letter.date.value, value), "signed") if letter.date else None
    for whole in (letter.addressee, letter.enterprise, letter.commitment):
        if whole and whole.at.paragraph == paragraph:
            return Line(whole.value)
    named = (letter.industry, letter.grade)
    if all(part and part.at.paragraph == paragraph for part in named):
        return Line(_body(letter, value))
    return Line(value)


def _body(letter: CommitmentLetter, value: str) -> str:
    """The sentence that names year, industry and grade, in the prescribed wording where one of them has changed."""
    parts = {
        name: part.value
        for name in ("year", "industry", "grade")
        if (part := getattr(letter, name)) is not None
    }
    if all(part in value for part in parts.values()):
        return value
    wording = forms.AUTHENTICITY if letter.kind is LetterKind.AUTHENTICITY else forms.REDUCTION
    return wording.format(**{"year": "", **parts})


def _closing(level: AlertMeasures) -> Text | None:
    """The line with reduction, person and phone, where any of them is given."""
    parts = [
        (f"减排比例：{level.ratio.value}。" if level.ratio else ""),
        (f"措施落实责任人：{level.responsible.value}" if level.responsible else ""),
        (f"联系方式：{level.phone.value}" if level.phone else ""),
    ]
    value = next((part for part in (level.ratio, level.responsible, level.phone) if part), None)
    if value is None:
        return None
    persons = "，".join(part for part in parts[1:] if part)
    return Located(parts[0] + (f"{persons}。" if persons else ""), value.at)
