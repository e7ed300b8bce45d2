"""TOML and JSON in place of the workbook: keys of sheets and fields as in the catalogue."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from duibiao.model.dossier import Misfit
from duibiao.model.errors import ProjectError
from duibiao.model.location import Location, shorten
from duibiao.model.sheets import Sheet
from duibiao.project import texts
from duibiao.project.data import ProjectData
from duibiao.project.draft import Draft
from duibiao.project.places import Path, Places, find_places
from duibiao.project.values import ILLEGAL, text_of

LARGEST = 8 << 20
"""Bytes that a TOML or JSON file may have."""

_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)$")


@dataclass(frozen=True, slots=True)
class NotationSource:
    """A TOML or JSON file.

    Attributes:
        file: Its name.
        sha256: Hash of its bytes, in hexadecimal.
        size: Its size in bytes.
        content: What it says, values as text.
        places: Its lines.
    """

    file: str
    sha256: str
    size: int
    content: Mapping[str, Any]
    places: Places

    def draft(self, sheets: Sequence[Sheet]) -> Draft:
        """Return what stands in the given sheets, and what stands in none of them."""
        titles = {sheet.key: sheet.title for sheet in sheets}

        def locate(path: Path) -> Location:
            value: Any = self.content
            for key in path:
                value = _step(value, key)
            key = str(path[0])
            return Location(
                self.file,
                heading=titles.get(key, key),
                row=self.places.line(path) if path[:1] in self.places.lines else None,
                quote=shorten(ILLEGAL.sub("", value)) if isinstance(value, str) else "",
            )

        twice = tuple(
            Misfit(locate(path), *texts.written_twice(".".join(map(str, path))))
            for path, _ in self.places.twice
        )
        return Draft(
            self.file, self.sha256, self.size, self.content, locate, keyed=True, misfits=twice
        )


def read_notation(data: bytes, name: str, sha256: str, *, is_json: bool) -> NotationSource:
    """Read a TOML or JSON file.

    Args:
        data: Its bytes.
        name: Its name, for messages.
        sha256: Hash of its bytes, in hexadecimal.
        is_json: It is JSON.

    Raises:
        ProjectError: It is too large, no UTF-8 text or not well-formed; the message names line and column.
    """
    if len(data) > LARGEST:
        raise ProjectError(
            f"《{name}》超过{LARGEST >> 20}MB，没有读取；请改用 申报数据.xlsx，或删去多余的内容"
        )
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ProjectError(f"《{name}》第{line}行不是 UTF-8 文字；请用 UTF-8 编码另存") from error
    try:
        places = find_places(text, json=is_json)
        content = _json(text) if is_json else tomllib.loads(text, parse_float=str)
    except ProjectError as error:
        raise ProjectError(f"《{name}》{error}") from error
    except (ValueError, RecursionError) as error:
        raise ProjectError(_malformed(name, error, is_json)) from error
    if not isinstance(content, dict):
        raise ProjectError(f'《{name}》的最外层应是对象；请写成 {{"form": {{…}}, …}}')
    return NotationSource(name, sha256, len(data), _as_text(content), places)


def dump_toml(data: ProjectData) -> str:
    """Return the data as a TOML file; reading it gives equal data."""
    blocks = [_block(f"[{key}]", record.values) for key, record in data.forms.items()]
    blocks += [
        _block(f"[[{key}]]", record.values) for key, rows in data.lists.items() for record in rows
    ]
    return "\n".join(blocks)


def _block(header: str, values: Mapping[str, Any]) -> str:
    return "".join(
        f"{line}\n"
        for line in (header, *(f"{key} = {_quoted(str(text))}" for key, text in values.items()))
    )


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _json(text: str) -> Any:
    return json.loads(text, parse_float=str, parse_int=str, parse_constant=str)


def _as_text(content: Any) -> Any:
    """Return content with values as text and without blank ones."""
    if isinstance(content, dict):
        found = ((key, _as_text(value)) for key, value in content.items())
        return {key: value for key, value in found if value != ""}
    if isinstance(content, list):
        return [_as_text(item) for item in content]
    return text_of(content)


def _step(value: Any, key: str | int) -> Any:
    if isinstance(value, dict):
        return value.get(key)
    if isinstance(value, list) and isinstance(key, int) and key < len(value):
        return value[key]
    return None


def _malformed(name: str, error: ValueError | RecursionError, is_json: bool) -> str:
    language = "JSON" if is_json else "TOML"
    where = ""
    if isinstance(error, json.JSONDecodeError):
        where = f"第{error.lineno}行第{error.colno}列"
    elif found := _PLACE.search(str(error)):
        where = f"第{found[1]}行第{found[2]}列"
    elif isinstance(error, tomllib.TOMLDecodeError):
        where = "末尾"
    signs = "引号、冒号、逗号、括号" if is_json else "引号、等号、方括号"
    return f"《{name}》{where}不是合格的 {language}；请检查该处的{signs}是否齐全、成对，同一个键是否写了两次"
