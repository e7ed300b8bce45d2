"""What the pages of a project show: fields as a browser wants them, sheets with their state, findings beside their fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from duibiao.model.grades import Grade
from duibiao.model.sheets import Choices, Field, FieldKind, Sheet
from duibiao.office.project_form import Content, Spot, in_words, misfits_in, spot_of
from duibiao.project.blank.hints import citation, how
from duibiao.project.catalogue import Catalogue
from duibiao.work.project_work import Hint

_CELL_BREAK = "（Alt+Enter）"
"""How a workbook breaks lines in a cell; a browser does it with the plain key."""
_SLIM = (FieldKind.QUANTITY, FieldKind.DATE)


@dataclass(frozen=True, slots=True)
class Entry:
    """填写框: one field of the catalogue, as a browser shows it.

    Attributes:
        field: The field.
        how: How it is written, in one line.
        article: The article that asks for it, in words.
        choices: What may be chosen, or is suggested.
        is_held: Only what is to choose from may be chosen.
        is_long: It takes paragraphs.
        is_slim: It takes a figure or a date.
    """

    field: Field
    how: str
    article: str
    choices: tuple[str, ...]
    is_held: bool
    is_long: bool
    is_slim: bool


def entries_of(catalogue: Catalogue, sheet: Sheet, content: Content) -> tuple[Entry, ...]:
    """Return the fields of a sheet."""
    return tuple(_entry(catalogue, sheet, field, content) for field in sheet.fields)


def _entry(catalogue: Catalogue, sheet: Sheet, field: Field, content: Content) -> Entry:
    offer = catalogue.offer(field.choices)
    choices = offer.values if offer else ()
    if field.choices is Choices.LINE:
        lines = (row.get("line", "") for row in content.get("products", ()))
        choices = tuple(dict.fromkeys(filter(None, lines)))
    return Entry(
        field=field,
        how=how(field).replace(_CELL_BREAK, ""),
        article=_article(catalogue, sheet, field),
        choices=choices,
        is_held=field.kind is FieldKind.CHOICE and bool(choices),
        is_long=field.kind is FieldKind.LONG,
        is_slim=field.kind in _SLIM,
    )


def _article(catalogue: Catalogue, sheet: Sheet, field: Field) -> str:
    """Return the article of a field; its document is left out where the whole sheet is of the same one."""
    source, _, place = field.cites.partition(":")
    same = source == sheet.cites.partition(":")[0]
    return place if same else citation(field.cites, catalogue.law)


def rows_of(sheet: Sheet, content: Content) -> Sequence[Mapping[str, str]]:
    """Return what is filled in in a sheet, row by row; a form has one row, and an empty list a blank one."""
    if not sheet.is_list:
        return [content.get(sheet.key, {})]
    return content.get(sheet.key) or [{}]


def grounds_of(catalogue: Catalogue, sheet: Sheet, rows: Sequence[Mapping[str, str]]) -> list[str]:
    """Return for each row of the indicator table where its requirement comes from, in words; "" for other sheets."""
    grade = catalogue.law.grade
    if sheet.key != "indicators" or grade is None:
        return ["" for _ in rows]
    return [_grounds(catalogue, row.get("indicator", ""), grade) for row in rows]


def _grounds(catalogue: Catalogue, indicator: str, grade: Grade) -> str:
    if not indicator:
        return ""
    found = catalogue.law.requirements_of(indicator, grade)
    said = "；".join(dict.fromkeys(str(row.provenance) for row in found))
    if not said:
        return f"没有查到{grade.label}的要求（缺），请对照技术指南填写"
    return f"依据：{said}。请对照技术指南核对"


@dataclass(frozen=True, slots=True)
class Said:
    """一条提示 in a list.

    Attributes:
        spot: Where in the form; None where it is another place.
        place: Where, in words.
        what: What is wrong.
        todo: What to do.
        severity: ``blank`` for what is not filled in yet, ``misfit`` for what the field does not admit, else the severity of the
            finding.
        code: Code of the rule, or "".
        articles: Articles in words.
        section: Number of the evidence section, or "".
    """

    spot: Spot | None
    place: str
    what: str
    todo: str
    severity: str = "misfit"
    code: str = ""
    articles: tuple[str, ...] = ()
    section: str = ""


def misfits_of(catalogue: Catalogue, content: Content, sheet: str = "") -> list[Said]:
    """Return what the fields of a project, or of one sheet, do not admit."""
    found = []
    looked_at = [one for one in catalogue.sheets if sheet in ("", one.key)]
    for misfit in misfits_in(catalogue, content, looked_at):
        spot = spot_of(catalogue, misfit.at.sheet, misfit.at.row, misfit.at.column)
        if spot:
            todo = misfit.remedy if spot.field else "点“添加一行”填写"
            severity = "misfit" if _value(content, spot) else "blank"
            found.append(Said(spot, in_words(catalogue, spot), misfit.what, todo, severity))
    return found


def _value(content: Content, spot: Spot) -> str:
    rows = content.get(spot.sheet, {})
    row = rows if spot.row is None else rows[spot.row]
    return row.get(spot.field, "") if isinstance(row, dict) else ""


def said_of(hints: Iterable[Hint], misfits: Sequence[Said]) -> list[Said]:
    """Return findings for a list; those that the fields say already are left out."""
    told = {(one.spot, one.what) for one in misfits}
    return [
        Said(
            hint.spot, hint.place, hint.message, hint.todo, hint.severity, hint.code, hint.articles,
            hint.section,
        )
        for hint in hints
        if (hint.spot, hint.message) not in told
    ]  # fmt: skip


def neighbours(sheets: Sequence[Any], key: str) -> tuple[Sheet | None, Sheet | None]:
    """Return the sheets before and after one."""
    number = next(number for number, sheet in enumerate(sheets) if sheet.key == key)
    before = sheets[number - 1] if number else None
    return before, sheets[number + 1] if number + 1 < len(sheets) else None
