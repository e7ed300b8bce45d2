"""2.1 to 2.18: running text, lists, photos and documents that are evidence."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from duibiao.model.annex import Exhibit, ProofTable
from duibiao.model.emissions import Photo
from duibiao.model.location import Located, Location, Text, shorten
from duibiao.model.sheets import Sheet
from duibiao.project.compose.desk import Desk
from duibiao.project.compose.wording import OPTIONAL_SECTIONS
from duibiao.project.data import Record
from duibiao.project.evidence import EvidenceFile
from duibiao.project.names import FOLDER
from duibiao.project.sheets.evidence import SHEETS
from duibiao.recognition.cells import one_line
from duibiao.recognition.photos import caption_number

ARCHIVE, LEDGER = "五.2.16.1", "五.2.16.2"
FLOW_CHART = "四.3.2"
COPY = "~"
"""Stands in a key before the number of the place, from the second on, where one document is shown again."""

_ITEMIZED = (ARCHIVE, LEDGER)
_ITEMS = next(sheet for sheet in SHEETS if sheet.key == "items")


@dataclass(slots=True)
class Shown:
    """附图: what of the evidence folder is printed.

    Attributes:
        photos: Photos and pages of documents by section, in printed order.
        exhibits: `Photo.picture` → the file behind it.
        ledgers: Pictures and pages by kind of ledger.
    """

    photos: dict[str, list[Photo]] = field(default_factory=dict)
    exhibits: dict[str, Exhibit] = field(default_factory=dict)
    ledgers: dict[int, int] = field(default_factory=dict)


def is_page(key: str) -> bool:
    """Return whether the key of an exhibit is that of a page of a PDF: CRC-32, size and page."""
    return key.count("-") > 1


def section_key(desk: Desk, written: str) -> str:
    """Return the key of the evidence section that a cell names, such as ``2.4``, ``2.4 原辅材料``; "" if none."""
    number = written.split(maxsplit=1)[0].removeprefix("五.") if written.split() else ""
    key = f"五.{number}"
    return key if key in desk.headings and key.startswith("五.2.") else ""


def proof_texts(desk: Desk) -> dict[str, tuple[Text, ...]]:
    """Compose the running text of the evidence sections."""
    found: dict[str, tuple[Text, ...]] = {}
    for row in desk.data.rows("proofs"):
        named = desk.cell(row, "section", "五.2")
        if key := section_key(desk, named.value):
            found[key] = (*found.get(key, ()), *desk.lines(row, "text", key))
        else:
            _nowhere(desk, named, "写 2.1 至 2.18 中的章节号")
    return found


def proof_tables(desk: Desk) -> tuple[ProofTable, ...]:
    """Compose the tables that are evidence only: 证明材料清单 by section, then the plugin's own sheets."""
    items: dict[str, list[Record]] = {}
    for row in desk.data.rows("items"):
        named = desk.cell(row, "section", "五.2")
        key = section_key(desk, named.value)
        if key in OPTIONAL_SECTIONS:
            items.setdefault(key, []).append(row)
        else:
            _nowhere(desk, named, "证明材料清单只用于 2.1 至 2.12；其他章节有各自的表")
    tables = [
        _table(desk, _ITEMS, key, f"{desk.headings[key].title}证明材料清单", rows)
        for key, rows in items.items()
    ]
    for sheet in desk.law.sheets:
        if rows := desk.data.rows(sheet.key):
            tables.append(_table(desk, sheet, sheet.section, sheet.title, rows))
    order = list(desk.headings)
    return tuple(sorted(tables, key=lambda table: order.index(table.section)))


def left_out(
    desk: Desk,
    printed: Collection[str],
    texts: Mapping[str, Sequence[Text]],
    tables: Sequence[ProofTable],
) -> None:
    """Note what is said or listed in sections that are not printed."""
    places = [text.at for said in texts.values() for text in said]
    places += [next(cell.at for row in table.rows for cell in row if cell) for table in tables]
    for at in places:
        if at.section not in printed:
            desk.misfit(at, *_not_listed(at.section))


def show(desk: Desk, files: Iterable[EvidenceFile], printed: Collection[str]) -> Shown:
    """Compose photos and pages of documents, in printed order: 2.16.1 and 2.16.2 item by item."""
    shown = Shown()
    ordered = sorted(
        files,
        key=lambda file: (
            list(desk.headings).index(file.section),
            file.group if file.section in _ITEMIZED else 0,
        ),
    )
    for file in ordered:
        at = desk.placed(Location(f"{FOLDER}/{file.name}"), file.section)
        if why := _unplaced(file, printed):
            desk.misfit(at, *why)
            continue
        photos = shown.photos.setdefault(file.section, [])
        for page, (size, caption) in enumerate(zip(file.pages, file.captions, strict=True), 1):
            exhibit = _exhibit(file, page, size, shown.exhibits)
            photos.append(_photo(at, exhibit.key, caption, exhibit.page))
            shown.exhibits.setdefault(exhibit.key, exhibit)
        if file.section == LEDGER:
            shown.ledgers[file.group] = shown.ledgers.get(file.group, 0) + len(file.pages)
    return shown


def _unplaced(file: EvidenceFile, printed: Collection[str]) -> tuple[str, str] | None:
    """Return why a file cannot be printed and what to do, or None."""
    if file.section not in printed:
        return _not_listed(file.section)
    return None


def _not_listed(section: str) -> tuple[str, str]:
    number = section.partition(".")[2]
    return (
        f"没有列入{number}的治理设施，{number}不编入材料，这里的内容没有地方放",
        "在“有组织排放”写明该类治理设施，或把内容移到别的章节",
    )


def _photo(at: Location, key: str, caption: str, page: int | None) -> Photo:
    said = one_line(caption)
    place = replace(at, page=page, quote=shorten(said))
    return Photo(place, Located(said, place), caption_number(said), key)


def _exhibit(
    file: EvidenceFile, page: int, size: tuple[int, int], others: Mapping[str, Exhibit]
) -> Exhibit:
    """The file behind a page. A document may be shown at several places, as an exhibit of its own at each."""
    key = f"{file.key}-{page}" if file.is_pdf else file.key
    exhibit = Exhibit(
        key,
        file.path,
        page if file.is_pdf else None,
        *size,
        full_page=file.is_document,
        group=file.group,
    )
    copy = 2
    while file.is_document and exhibit.key in others:
        exhibit, copy = replace(exhibit, key=f"{key}{COPY}{copy}"), copy + 1
    return exhibit


def _table(
    desk: Desk, sheet: Sheet, section: str, title: str, rows: Sequence[Record]
) -> ProofTable:
    """A table of the fields of a sheet that are filled in at least once, without the section."""
    fields = [
        entry
        for entry in sheet.fields
        if (sheet is not _ITEMS or entry.key != "section")
        and any(row.get(entry.key) for row in rows)
    ]
    cells = tuple(
        tuple(
            desk.cell(row, entry.key, section) if row.get(entry.key) else None for entry in fields
        )
        for row in rows
    )
    return ProofTable(section, title, tuple(entry.header for entry in fields), cells)


def _nowhere(desk: Desk, named: Text, remedy: str) -> None:
    if named.value:
        desk.misfit(named.at, f"“{named.value}”不是可以写在这里的章节", remedy)
