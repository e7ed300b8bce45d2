"""What the workbook says of a field: how to write it and which article asks for it."""

from __future__ import annotations

from duibiao.law.in_force import LawInForce
from duibiao.model.sheets import Field, FieldKind, Sheet

_KINDS = {
    FieldKind.LONG: "写一段或几段文字，段与段之间换行（Alt+Enter）",
    FieldKind.QUANTITY: "写数值或范围，如 12.5、25.3-41.6；没有的写“/”，未检出的写“未检出”",
    FieldKind.DATE: "写到年月日或年月，如 2026年9月10日、2026年9月",
    FieldKind.CHOICE: "从下拉列表中选",
}


def how(field: Field) -> str:
    """Return how a field is written, in one line."""
    parts = [_KINDS.get(field.kind, ""), field.note]
    if field.choices and field.kind is not FieldKind.CHOICE:
        parts.insert(0, "可从下拉列表中选，也可另写")
    return "；".join(part for part in parts if part)


def comment(field: Field, law: LawInForce) -> str:
    """Return the note on a field's header: required or not, how to write it, an example, the article."""
    lines = ["必填" if field.required else "选填", how(field)]
    if field.unit:
        lines.append(f"单位：{field.unit}")
    if field.example:
        lines.append(f"例：{field.example}")
    if article := citation(field.cites, law):
        lines.append(f"依据：{article}")
    return "\n".join(line for line in lines if line)


def purpose(sheet: Sheet, law: LawInForce) -> str:
    """Return what a sheet is for, with its article."""
    article = citation(sheet.cites, law)
    parts = [sheet.note, f"依据：{article}" if article else ""]
    return "。".join(part for part in parts if part)


def citation(cites: str, law: LawInForce) -> str:
    """Return an article as one would write it, or "" where none is named."""
    return str(law.cite(cites)) if cites else ""
