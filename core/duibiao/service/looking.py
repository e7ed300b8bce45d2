"""Photos of a dossier with what looking at them says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from duibiao.intake.looking import look_at_all
from duibiao.model.annex import Exhibit
from duibiao.model.dossier import Dossier
from duibiao.model.emissions import Photo
from duibiao.model.looks import Look
from duibiao.rules.photos import site_photos


def keys_to_look_at(dossier: Dossier) -> frozenset[str]:
    """Return the keys of the pictures that rules ask about: copies of documents are not looked at."""
    return frozenset(photo.picture for photo in site_photos(dossier) if photo.picture)


def with_looks(dossier: Dossier, looks: Mapping[str, Look]) -> Dossier:
    """Return a dossier whose photos carry what was seen, by key."""
    if not looks:
        return dossier

    def seen(photos: tuple[Photo, ...]) -> tuple[Photo, ...]:
        return tuple(replace(photo, look=looks.get(photo.picture or "")) for photo in photos)

    evidence = dossier.evidence
    tables = tuple(replace(table, photos=seen(table.photos)) for table in evidence.facilities)
    return replace(
        dossier, evidence=replace(evidence, facilities=tables, photos=seen(evidence.photos))
    )


def look_at_exhibits(dossier: Dossier, exhibits: Mapping[str, Exhibit]) -> Dossier:
    """Return the dossier of a project whose photos carry what was seen in the files behind them."""
    wanted = sorted(keys_to_look_at(dossier) & exhibits.keys())
    return with_looks(dossier, look_at_all(_contents(map(exhibits.__getitem__, wanted))))


def _contents(exhibits: Iterator[Exhibit]) -> Iterator[tuple[str, bytes]]:
    """Yield keys and bytes of pictures; pages of PDF files are documents, and what has gone meanwhile is left out."""
    from duibiao.project.evidence.contents import MOST_BYTES

    for exhibit in exhibits:
        if exhibit.page is None:
            try:
                with exhibit.path.open("rb") as stream:
                    content = stream.read(MOST_BYTES)
            except OSError:
                continue
            yield exhibit.key, content
