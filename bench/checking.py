"""Whether a dossier that was read holds all that was written: speed is not to be bought with missing data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from container import Written
from packages import LEDGERS, Package

from duibiao.model.dossier import Dossier
from duibiao.model.emissions import Photo
from duibiao.model.evidence import Section
from duibiao.testing.blocks import Album, Block, Line, Sheet
from duibiao.testing.comparison import same_content


def faults(package: Package, written: Written, dossier: Dossier) -> list[str]:
    """Return how a dossier differs from what was written; empty where nothing is missing."""
    found = [f"unread: {item.what}" for item in dossier.unread]
    wanted, got = _wanted(package, written), _got(dossier)
    found += [
        f"{name}: {got[name]} instead of {count}"
        for name, count in wanted.items()
        if got[name] != count
    ]
    texts = [text.value for text in dossier.paragraphs]
    found += _differences(list(_texts(package.blocks)), texts, "text")
    found += _differences(
        _captions(package),
        [photo.caption.value for photo in _photos(dossier) if photo.caption],
        "photo",
    )
    found += same_content(_plain(package.dossier), _plain(dossier))
    return found


def _wanted(package: Package, written: Written) -> dict[str, int]:
    """Count what was written, from the blocks of the file."""
    rows: Counter[str] = Counter()
    ledgers = ledger_rows = 0
    key = ""
    for block in package.blocks:
        if isinstance(block, Section):
            key = block.key
        elif isinstance(block, Sheet):
            rows[key] += len(block.rows) - 1
            if key == LEDGERS:
                ledgers += 1
                ledger_rows += len(block.rows) - 1
    return {
        "sections": sum(isinstance(block, Section) for block in package.blocks),
        "emissions": rows["四.4"],
        "facilities": sum(count for name, count in rows.items() if name.startswith("五.2.13.")),
        "limits": rows["五.2.14"],
        "controls": rows["五.2.15"],
        "indicators": rows["五.1"],
        "ledger tables": ledgers,
        "ledger rows": ledger_rows,
        "photos": len(_captions(package)),
        "different photos": len(_captions(package)),
        "pages": written.pages,
        "revisions": written.revisions,
        "comments": written.comments,
    }


def _got(dossier: Dossier) -> dict[str, int]:
    evidence = dossier.evidence
    photos = _photos(dossier)
    return {
        "sections": len(dossier.sections),
        "emissions": len(dossier.outlets) + len(dossier.fugitives),
        "facilities": sum(len(table.rows) for table in evidence.facilities),
        "limits": len(evidence.limits),
        "controls": len(evidence.controls),
        "indicators": len(dossier.indicators.rows) if dossier.indicators else 0,
        "ledger tables": sum(bool(ledger.rows) for ledger in evidence.ledgers),
        "ledger rows": sum(len(ledger.rows) for ledger in evidence.ledgers),
        "photos": len(photos),
        "different photos": len({photo.picture for photo in photos if photo.picture}),
        "pages": max((text.at.page or 0 for text in dossier.paragraphs), default=0),
        "revisions": dossier.source.revisions,
        "comments": dossier.source.comments,
    }


def _texts(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield all text in order, as a dossier gives it."""
    for block in blocks:
        if isinstance(block, Section):
            space = "" if block.number.endswith("、") or not block.number else " "
            yield f"{block.number}{space}{block.title}"
        elif isinstance(block, Line):
            yield from filter(
                None, (block.text if block.page is None else f"{block.text} {block.page}",)
            )
        elif isinstance(block, Album):
            yield from (photo.caption.value for photo in block.photos if photo.caption)
        else:
            yield from _cells(block)


def _cells(sheet: Sheet) -> Iterator[str]:
    before = ""
    for number, row in enumerate(sheet.rows):
        merged = number > 1 and "日" in row[0] and row[0] == before
        before = row[0]
        yield from filter(None, (text.replace("\n", "") for text in row[merged:]))


def _captions(package: Package) -> list[str]:
    albums = (block for block in package.blocks if isinstance(block, Album))
    return [photo.caption.value for album in albums for photo in album.photos if photo.caption]


def _photos(dossier: Dossier) -> list[Photo]:
    facilities = [photo for table in dossier.evidence.facilities for photo in table.photos]
    photos = dict.fromkeys((*facilities, *dossier.evidence.photos))
    return sorted(
        photos, key=lambda photo: (photo.at.table or 0, photo.at.row or 0, photo.at.column or 0)
    )


def _plain(dossier: Dossier) -> Dossier:
    """Leave out what the blocks were grown by; the rest must be equal value by value."""
    evidence = dossier.evidence
    tables = tuple(replace(table, photos=()) for table in evidence.facilities)
    return replace(
        dossier, paragraphs=(), evidence=replace(evidence, facilities=tables, photos=(), ledgers=())
    )


def _differences(wanted: list[str], got: list[str], what: str) -> list[str]:
    if wanted == got:
        return []
    first = next(
        (n for n, (a, b) in enumerate(zip(wanted, got, strict=False)) if a != b),
        min(len(wanted), len(got)),
    )
    return [
        f"{what} {first}: {got[first : first + 2]} instead of {wanted[first : first + 2]} ({len(got)}, {len(wanted)})"
    ]
