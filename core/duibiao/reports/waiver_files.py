"""豁免.toml: one ``[[waiver]]`` a waiver. Errors name file, line and field and say what to write."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from duibiao.model.errors import WaiverError, reason

if TYPE_CHECKING:
    from duibiao.reports.waivers import Waiver

NAME = "豁免.toml"
"""Name of the file that is looked for beside a package."""

LARGEST = 1 << 20
"""Most bytes of such a file."""

_TABLE = "waiver"
_NEEDED = ("code", "reason", "by", "until")
_KNOWN = {
    "code": '规则编号，如 "DB-405"',
    "reason": "豁免的理由",
    "by": "同意豁免的人",
    "until": "有效期的最后一天，不加引号，如 2026-12-31",
    "enterprise": "企业名称",
    "file": "材料的文件名",
    "place": '位置，如 "五.2.14"',
}
_CODE = re.compile(r"[A-Z]{2,4}-\d{3}")


def read_waivers(path: Path) -> tuple[Waiver, ...]:
    """Return the waivers of a file.

    Raises:
        WaiverError: If it cannot be read or is malformed; all errors are told at once, with their lines.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        raise WaiverError(f"豁免文件 {path} 打不开（{reason(error)}）；请检查路径") from error
    if len(data) > LARGEST:
        raise WaiverError(f"豁免文件 {path} 超过 1 MiB；请检查是不是写错了文件名")
    return parse_waivers(data, path.name)


def parse_waivers(data: bytes, name: str) -> tuple[Waiver, ...]:
    """Return the waivers that a file says; see `read_waivers`.

    Args:
        data: Its content.
        name: Its name, for messages and findings.

    Raises:
        WaiverError: If it is malformed.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise WaiverError(f"{name} 第{line}行：不是 UTF-8 文本；请用 UTF-8 编码保存") from error
    import tomllib  # most packages have no waivers

    from duibiao.law.rows import table_lines
    from duibiao.reports.waivers import Waiver

    try:
        found = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise WaiverError(f"{name} {_where(str(error), text)}：不是合格的 TOML；{_HINT}") from error
    tables = found.pop(_TABLE, [])
    errors = [f"{name}：不认识“{key}”；{_HINT}" for key in found]
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        errors.append(f"{name}：每条豁免的第一行应写 [[waiver]]，用两层方括号")
        tables = []
    lines = table_lines(text).get(_TABLE, [])
    waivers = []
    for number, table in enumerate(tables):
        line, fields = lines[number] if number < len(lines) else (1, {})
        wrong = list(_errors(table))
        errors += [
            f"{name} 第{fields.get(field, line)}行：{field}：{said}" for field, said in wrong
        ]
        if not wrong:
            said = {key: value.strip() for key, value in table.items() if key != "until"}
            waivers.append(Waiver(**said, until=table["until"], source=name, line=line))
    if errors:
        raise WaiverError("\n".join(errors))
    return tuple(waivers)


_HINT = "每条豁免写作 [[waiver]]，下面各行写 code、enterprise 或 file、reason、by、until，文字加英文引号"


def _where(message: str, text: str) -> str:
    line = re.search(r"at line (\d+)", message)
    return f"第{line.group(1) if line else len(text.splitlines())}行"


def _errors(table: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a waiver: field and message."""
    for key in table:
        if key not in _KNOWN:
            yield key, f"没有这一项；可以写的有 {'、'.join(_KNOWN)}"
    for key, meaning in _KNOWN.items():
        value = table.get(key)
        if value is None:
            if key in _NEEDED:
                yield key, f"没有写；请写{meaning}"
        elif key == "until":
            if not isinstance(value, date) or isinstance(value, datetime):
                yield key, f"应是日期；请写{meaning}"
        elif not isinstance(value, str) or not value.strip():
            yield key, f"应是文字，且不能为空；请写{meaning}，加英文引号"
        elif key == "code" and not _CODE.fullmatch(value.strip()):
            yield key, f'“{value}”不是规则编号；请照报告中的编号书写，如 "DB-405"'
    if not table.get("enterprise") and not table.get("file"):
        yield (
            "enterprise",
            "enterprise（企业名称）和 file（文件名）至少写一个，豁免只对这一份材料有效",
        )
