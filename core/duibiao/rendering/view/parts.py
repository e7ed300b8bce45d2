"""Part 五, section 2: what stands in each of the sections 2.1 to 2.18 that apply."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from duibiao.law.common import CommonLaw, Heading
from duibiao.model.annex import Annex
from duibiao.model.dossier import Dossier
from duibiao.model.emissions import Photo
from duibiao.recognition.emissions import FACILITY_SECTIONS
from duibiao.rendering.bookmarks import end_of, start_of
from duibiao.rendering.view.markup import grid
from duibiao.rendering.view.pictures import FEW_LINES, Pictures
from duibiao.rendering.view.running import by_label, lines, running
from duibiao.rendering.view.sheets import NAMES, Sheets, archive_sheet, sheets
from duibiao.rendering.view.tables import text_of

SECTION = "五.2"
ARCHIVE, LEDGERS = "五.2.16.1", "五.2.16.2"

Group = dict[str, Any]
Listed = tuple[str, Sequence[str], Sequence[Sequence[str]]]
"""A table whose columns are not known beforehand: title, header and rows."""

_NOTE = re.compile(r"[:：].*|附.*|[(（].*?[)）]")
_CONTENT = (*NAMES, "texts", "tables", "album", "documents")
_LAST = 99
_WIDE = str.maketrans(
    "()", "（）"
)  # as the annex prints them; titles that were read are in normal width


def applying(dossier: Dossier, annex: Annex, common: CommonLaw) -> tuple[Heading, ...]:
    """Return the headings below 五、2 that are printed.

    Those that the dossier has, unless it says that they do not apply; those for which there is anything to print; and
    those above them.
    """
    keys = {section.key for section in dossier.sections if not section.not_applicable}
    keys |= {photo.at.section for photo in _photos(dossier)}
    keys |= {table.section for table in annex.tables}
    keys |= {key for key, texts in annex.texts.items() if texts}
    return tuple(
        heading
        for heading in common.outline
        if heading.key.startswith(f"{SECTION}.")
        and any(key == heading.key or key.startswith(f"{heading.key}.") for key in keys)
    )


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sections of one dossier.

    Attributes:
        dossier: The dossier.
        annex: Its annex.
        pictures: Draws its exhibits.
        numbers: Numbers of tables, to be taken in printed order.
        headings: Headings that are printed, in order.
    """

    dossier: Dossier
    annex: Annex
    pictures: Pictures
    numbers: Iterator[int]
    headings: Sequence[Heading]

    def parts(self) -> Iterator[dict[str, object]]:
        """Yield the sections in order.

        Each begins on a page of its own, but for the first one below the heading of 五、2, 2.13 or 2.16.
        """
        before = SECTION
        for number, heading in enumerate(self.headings, 1):
            after = self.headings[number].key if number < len(self.headings) else ""
            is_fresh = not heading.key.startswith(f"{before}.")
            groups = [
                group
                for group in self._groups(heading, is_fresh=is_fresh)
                if any(group[name] for name in _CONTENT)
            ]
            groups = groups or [self._group("whole")]
            for group, previous in zip(groups, (None, *groups), strict=False):
                group["continues"] = bool(group["is_bare"] and previous and previous["documents"])
            groups[-1]["ends"] = _ends(heading.key, after)
            yield {
                "number": heading.number,
                "title": heading.title,
                "level": heading.key.count(".") + 1,
                "start": start_of(heading.key),
                "new_page": is_fresh,
                "facility": str(FACILITY_SECTIONS.get(heading.key, "")),
                "groups": groups,
            }
            before = heading.key

    def _groups(self, heading: Heading, *, is_fresh: bool) -> Iterator[Group]:
        key = heading.key
        if key in FACILITY_SECTIONS:
            yield from self._facility_groups(key)
        elif key == ARCHIVE:
            yield from self._archive_groups(heading)
        elif key == LEDGERS:
            yield from self._ledger_groups(heading)
        else:
            yield self._group(
                "whole",
                texts=running(self.dossier, self.annex, key),
                drawn=sheets(self.dossier, key, self.numbers),
                tables=self._proofs(key),
                photos=self._at(key),
                is_fresh=is_fresh,
            )

    def _facility_groups(self, key: str) -> Iterator[Group]:
        """The table of the facilities, their photos, and the contracts and reports."""
        photos = self._at(key)
        shown = [photo for photo in photos if self._shows_facility(photo)]
        yield self._group(
            "facilities",
            1,
            texts=running(self.dossier, self.annex, key),
            drawn=sheets(self.dossier, key, self.numbers),
            tables=self._proofs(key),
        )
        yield self._group("photos", 2, photos=shown)
        yield self._group("papers", 3, photos=[photo for photo in photos if photo not in shown])

    def _archive_groups(self, heading: Heading) -> Iterator[Group]:
        """Items (1) to (5) of 2.16.1."""
        archive = self.dossier.evidence.archive
        texts = by_label((*self.annex.texts.get(ARCHIVE, ()), *archive.text))
        yield self._group(
            "whole",
            texts=texts.get(0, ()),
            tables=self._proofs(ARCHIVE),
            photos=self._at(ARCHIVE, 0),
        )
        for number, title in enumerate(_titles(heading), 1):
            yield self._group(
                "listed",
                number,
                title,
                texts=texts.get(number, ()),
                drawn=archive_sheet(archive, number, self.numbers),
                photos=self._at(ARCHIVE, number),
            )

    def _ledger_groups(self, heading: Heading) -> Iterator[Group]:
        """The ledgers of 2.16.2 by their number; those whose kind is not known come last, by their title."""
        ledgers = self.dossier.evidence.ledgers
        titles = dict(enumerate(_titles(heading), 1))
        yield self._group(
            "whole",
            texts=running(self.dossier, self.annex, LEDGERS),
            tables=self._proofs(LEDGERS),
            photos=self._at(LEDGERS, 0),
        )
        for number in sorted(
            {*titles, *(ledger.kind for ledger in ledgers)}, key=lambda n: n or _LAST
        ):
            mine = [ledger for ledger in ledgers if ledger.kind == number]
            yield self._group(
                "listed" if number else "whole",
                number,
                next((ledger.title for ledger in mine if ledger.title), titles.get(number, "")).translate(_WIDE),
                tables=[
                    (ledger.title.translate(_WIDE), ledger.header, [[cell.value for cell in cells] for cells in ledger.rows])
                    for ledger in mine
                    if ledger.rows
                ],
                photos=self._at(LEDGERS, number) if number else (),
            )  # fmt: skip

    def _group(
        self,
        kind: str,
        number: int = 0,
        title: str = "",
        *,
        texts: Sequence[str] = (),
        drawn: Sheets | None = None,
        tables: Sequence[Listed] = (),
        photos: Sequence[Photo] = (),
        is_fresh: bool = False,
    ) -> Group:
        """Return a group.

        Its photos begin a new page, and take its label along where nothing else stands below it; they follow on the
        same page where no more than a heading and `FEW_LINES` lines stand on it. A label with nothing but documents
        stands on the first page of these.
        """
        sheets_here = drawn or {}
        listed = [
            {"number": next(self.numbers), "title": name, "grid": grid(header, rows)}
            for name, header, rows in tables
        ]
        has_tables = bool(listed or any(sheets_here.values()))
        says = bool(texts or has_tables)
        has_room = is_fresh and not has_tables and lines(texts) <= FEW_LINES
        album = [photo for photo in photos if not self.pictures.full_page(photo)]
        papers = [photo for photo in photos if self.pictures.full_page(photo)]
        return {
            **dict.fromkeys(NAMES),
            **sheets_here,
            "kind": kind,
            "number": number,
            "title": title,
            "new_page": bool(number > 1 and album and not says),
            "texts": list(texts),
            "tables": listed,
            "album": self.pictures.album(album, new_page=says and not has_room),
            "documents": self.pictures.documents(papers),
            "is_bare": bool(number and papers and not says and not album),
            "continues": False,
            "ends": [],
        }

    def _proofs(self, key: str) -> list[Listed]:
        """Return the tables that are evidence only, with their rows counted."""
        return [
            (
                proof.title,
                ("序号", *proof.header),
                [(str(number), *map(text_of, cells)) for number, cells in enumerate(proof.rows, 1)],
            )
            for proof in self.annex.tables
            if proof.section == key
        ]

    def _at(self, key: str, group: int | None = None) -> list[Photo]:
        return [
            photo
            for photo in _photos(self.dossier)
            if photo.at.section == key and group in (None, self.pictures.group(photo))
        ]

    def _shows_facility(self, photo: Photo) -> bool:
        """Whether a photo shows a facility; one without its picture is still to come and has its frame."""
        return not photo.picture or (
            not self.pictures.full_page(photo) and self.pictures.group(photo) > 0
        )


def _photos(dossier: Dossier) -> tuple[Photo, ...]:
    evidence = dossier.evidence
    return (*(photo for item in evidence.facilities for photo in item.photos), *evidence.photos)


def _titles(heading: Heading) -> list[str]:
    """Return the titles of the items of 2.16.1 or 2.16.2 as the outline lists them, without its notes."""
    return [_NOTE.sub("", item) for item in heading.holds]


def _ends(key: str, after: str) -> list[str]:
    """Return the bookmarks that end with the section at `key`: its own and those of the sections that it closes."""
    ends = []
    while key != SECTION and not after.startswith(f"{key}."):
        ends.append(end_of(key))
        key = key.rpartition(".")[0]
    return ends
