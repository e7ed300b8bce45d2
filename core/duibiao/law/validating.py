"""Law files → rows that keep to the schema. Errors name file, table and line and say what to write."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, ClassVar

from cerberus import TypeDefinition, Validator

from duibiao.law.rows import Row, table_lines
from duibiao.law.schema import TABLES
from duibiao.model.errors import LawError


def valid_rows(contents: Mapping[str, bytes]) -> list[Row]:
    """Return the rows of law files.

    Args:
        contents: What the files hold, by name.

    Raises:
        LawError: If a file is malformed; the message lists every error.
    """
    errors: list[str] = []
    rows = [row for file, content in contents.items() for row in _rows(file, content, errors)]
    if errors:
        raise LawError("\n".join(errors))
    return rows


def _rows(file: str, content: bytes, errors: list[str]) -> Iterator[Row]:
    try:
        text = content.decode("utf-8-sig")
        data = tomllib.loads(text, parse_float=Decimal)
    except UnicodeDecodeError as error:
        errors.append(f"{file}：不是 UTF-8 文本（{error.reason}）；请用 UTF-8 编码保存")
        return
    except tomllib.TOMLDecodeError as error:
        errors.append(f"{file}：不是合格的 TOML：{error}；请改正该处语法")
        return
    lines = table_lines(text)
    for kind, tables in data.items():
        if kind not in TABLES:
            errors.append(f"{file}：不认识的表 [[{kind}]]；可用的表：{'、'.join(TABLES)}")
            continue
        listed = tables if isinstance(tables, list) else [tables]
        for number, values in enumerate(listed):
            places = lines.get(kind, [])
            line, fields = places[number] if number < len(places) else (1, {})
            row = Row(kind, values if isinstance(values, dict) else {}, file, line, fields)
            wrong = errors_of(kind, row.values)
            errors += [row.error(name, message) for name, message in wrong]
            if not wrong:
                yield row


class LawValidator(Validator):  # type: ignore[misc]  # cerberus ships no types
    """Cerberus with an exact decimal type and messages in Chinese."""

    types_mapping: ClassVar = {
        **Validator.types_mapping,
        "decimal": TypeDefinition("decimal", (Decimal, int), (bool,)),
        "date": TypeDefinition("date", (date,), ()),
    }

    def _check_with_finite(self, field: str, value: object) -> None:
        if isinstance(value, Decimal) and not value.is_finite():
            self._error(field, "不是有限的数；请写具体数值")


def errors_of(kind: str, row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what is wrong with a row.

    Args:
        kind: Kind of table, a key of `TABLES`.
        row: The row as parsed.

    Returns:
        Pairs of field and message (what is wrong and what to write); empty if the row is right.
    """
    validator = _validator(kind)
    if validator.validate(dict(row), normalize=False):
        return []
    messages = []
    for error in sorted(validator._errors, key=lambda e: str(e.document_path)):
        field = str(error.document_path[0]) if error.document_path else ""
        messages.append((field, _message(error, TABLES[kind].get(field, {}), row.get(field))))
    return messages


@cache
def _validator(kind: str) -> LawValidator:
    """Return the validator of a kind, made once: checking its schema costs more than checking a row."""
    return LawValidator(TABLES[kind])


def _message(error: Any, schema: Mapping[str, Any], value: object) -> str:
    rule = error.rule
    allowed = _allowed(schema)
    if rule == "required":
        return f"缺少必填项；请补写{_example(schema)}"
    if rule == "check_with" or error.code == 0:
        return str(error.info[0])
    if rule is None or rule == "unknown":
        return "不认识的字段；请检查拼写，或删去该项"
    if rule == "type" and schema.get("type") == "decimal":
        return f"应为数值，现为 {value!r}；请直接写数字（如 10 或 0.5），不要加引号"
    if allowed and rule in ("allowed", "schema"):
        return f"取值 {value!r} 不在允许范围；请从 {'、'.join(allowed)} 中选取"
    if rule in ("anyof", "date"):
        return f'日期 {value!r} 不合格式；请写 2024-07-01（不加引号），或 "2024-07"、"2024"'
    if rule == "empty":
        return "不能为空；请填写内容，或删去该项"
    if rule == "minlength":
        return "至少要有一项"
    if rule == "regex":
        return f"{value!r} 不合格式 {schema.get('regex', '')}"
    if rule in ("min", "max"):
        return f"{value!r} 超出允许范围（{schema.get('min')} 至 {schema.get('max')}）"
    return f"{value!r} 类型不对；应为{_example(schema)}"


def _allowed(schema: Mapping[str, Any]) -> list[str]:
    inner = schema.get("schema", {})
    return list(schema.get("allowed", ())) or list(inner.get("allowed", ()))


def _example(schema: Mapping[str, Any]) -> str:
    if allowed := _allowed(schema):
        return f"（可选：{'、'.join(allowed)}）"
    examples = {
        "string": "文字（加引号）",
        "list": '列表（如 ["甲", "乙"]）',
        "decimal": "数值（不加引号）",
        "boolean": "true 或 false",
        "integer": "整数",
    }
    return examples.get(str(schema.get("type", "")), "该项")
