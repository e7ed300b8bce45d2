"""Law files as checked rows. Errors name file, table and line and say what to write."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from datetime import date
from importlib.resources.abc import Traversable
from itertools import chain
from typing import TypeVar

from duibiao.law.keeping import keep_rows, kept_rows
from duibiao.law.provenance import Citation, Provenance, Source, SourceKind, Standing
from duibiao.law.rows import Row
from duibiao.law.schema import TABLES
from duibiao.model.classes import dataclass
from duibiao.model.dates import PartialDate
from duibiao.model.errors import LawError

R = TypeVar("R")


@dataclass(slots=True)
class LawFiles:
    """All rows of a set of law files, checked against the schema.

    Attributes:
        rows: Rows by kind, in the order read.
        sha256: Hash over names and contents, in hexadecimal.
    """

    rows: dict[str, list[Row]]
    sha256: str
    sources: dict[str, Source] = field(default_factory=dict)

    def of(self, kind: str) -> list[Row]:
        """Return the rows of one kind."""
        return self.rows.get(kind, [])

    def build(self, kind: str, make: Callable[[Row, LawFiles], R]) -> tuple[R, ...]:
        """Make a record of every row of one kind."""
        return tuple(make(row, self) for row in self.of(kind))

    def provenance(self, row: Row) -> Provenance:
        """Return where a row comes from, its citations resolved."""
        values = row.values
        return Provenance(
            id=str(values["id"]),
            standing=Standing(values["standing"]),
            cites=self.citations(values["cites"]),
            confidence=str(values.get("confidence", "")),
            start=partial_date(values.get("from")),
            end=partial_date(values.get("until")),
            note=str(values.get("note", "")),
        )

    def citations(self, cites: Iterable[str]) -> tuple[Citation, ...]:
        """Resolve ``SOURCE`` or ``SOURCE:place``."""
        pairs = (cite.partition(":") for cite in cites)
        return tuple(Citation(self.sources[source], place) for source, _, place in pairs)


def read_files(
    home: Traversable, parts: Iterable[str], check: Callable[[str, LawFiles], None] | None = None
) -> LawFiles:
    """Read and check law files; those that were found valid at an earlier start are taken as they were kept.

    Args:
        home: Folder of the files.
        parts: Names below it; folders are read whole.
        check: Checks the whole further, given the folder's name; raises LawError.

    Returns:
        The checked rows, sources resolved.

    Raises:
        LawError: If a file is missing or malformed.
    """
    contents = {
        name: file.read_bytes()
        for part in parts
        for name, file in _toml_files(home.joinpath(part), part)
    }
    digest = hashlib.sha256()
    for name, content in contents.items():
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    sha256 = digest.hexdigest()
    checked_by = f"{home.name} {check.__name__}" if check else home.name
    kept = kept_rows(checked_by, sha256)
    if kept is not None:
        return _gathered(kept, sha256)
    from duibiao.law.validating import valid_rows  # cerberus takes long to import

    rows = valid_rows({f"{home.name}/{name}": content for name, content in contents.items()})
    files = _gathered(rows, sha256)
    errors = [*_unique(files), *chain(*(_citation_errors(row, files.sources) for row in rows))]
    if errors:
        raise LawError("\n".join(errors))
    if check:
        check(home.name, files)
    keep_rows(checked_by, sha256, rows)
    return files


def partial_date(value: date | str | None) -> PartialDate | None:
    """Return a TOML date or a string such as ``2020-07`` as a partial date."""
    if value is None:
        return None
    if isinstance(value, date):
        return PartialDate(value.year, value.month, value.day)
    year, _, month = value.partition("-")
    return PartialDate(int(year), int(month) if month else None)


def _toml_files(place: Traversable, name: str) -> Iterator[tuple[str, Traversable]]:
    if place.is_dir():
        for entry in sorted(place.iterdir(), key=lambda item: item.name):
            if entry.is_dir() or entry.name.endswith(".toml"):
                yield from _toml_files(entry, f"{name}/{entry.name}")
    elif place.is_file():
        yield name, place
    else:
        raise LawError(f"缺少法规数据文件 {name}；请在插件包内建立该文件（或文件夹）")


def _gathered(rows: Iterable[Row], sha256: str) -> LawFiles:
    files = LawFiles({}, sha256)
    for row in rows:
        files.rows.setdefault(row.kind, []).append(row)
    files.sources.update((source.id, source) for source in map(_source, files.of("source")))
    return files


def _unique(files: LawFiles) -> Iterator[str]:
    """Yield an error for every id (sources apart) and for every key of a kind that is used twice."""
    everything = tuple(kind for kind in TABLES if kind != "source")
    keyed = [(("source",), "id"), (everything, "id"), *(((kind,), "key") for kind in everything)]
    for kinds, field_name in keyed:
        seen: dict[str, Row] = {}
        for row in (row for kind in kinds for row in files.of(kind)):
            key = row.values.get(field_name)
            if key is not None and (first := seen.setdefault(key, row)) is not row:
                yield row.error(field_name, f"与 {first.file} 第{first.line}行重复；请换一个编号")


def _citation_errors(row: Row, sources: Mapping[str, Source]) -> Iterator[str]:
    cited = []
    for cite in row.values.get("cites", ()):
        source = sources.get(cite.partition(":")[0])
        if source is None:
            yield row.error(
                "cites", f"{cite!r} 指向的来源不存在；请在 sources.toml 中登记，或改为已登记的编号"
            )
        else:
            cited.append(source)
    read = [source for source in cited if source.read]
    match row.values.get("standing"):
        case "official" if not any(source.kind is SourceKind.OFFICIAL for source in read):
            yield row.error(
                "standing",
                "official 须引用一份已读到的官方文本；请改引用，或改为 secondary/recalled",
            )
        case "secondary" if not read:
            yield row.error(
                "standing", "secondary 须引用一份已读到的来源；请改引用，或改为 recalled"
            )
    start, end = (partial_date(row.values.get(name)) for name in ("from", "until"))
    if start and end and end.latest() < start.earliest():
        yield row.error("until", f"终止日期 {end} 早于起始日期 {start}；请核对两者")


def _source(row: Row) -> Source:
    values = row.values
    return Source(
        id=values["id"],
        title=values["title"],
        kind=SourceKind(values["kind"]),
        read=values["read"],
        number=values.get("number", ""),
        issuer=values.get("issuer", ""),
        where=values.get("where", ""),
        start=partial_date(values.get("from")),
        end=partial_date(values.get("until")),
        note=values.get("note", ""),
    )
