"""The form of a project: what its industry asks for, what does not fit, and which field a place of the workbook is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from duibiao.model.dossier import Misfit
from duibiao.model.location import Location
from duibiao.model.sheets import Sheet
from duibiao.project.blank import layout
from duibiao.project.catalogue import Catalogue, catalogue_of
from duibiao.project.data import ProjectData
from duibiao.project.draft import Draft
from duibiao.project.names import WORKBOOK
from duibiao.project.places import Path
from duibiao.project.schema import check
from duibiao.service import Service
from duibiao.service.request import AS_DECLARED
from duibiao.service.terms import declared_in, terms_of

Content = Mapping[str, Any]
"""What is filled in, as a JSON file has it: sheet → its values, or a list of them; blank values are left out."""


@dataclass(frozen=True, slots=True)
class Spot:
    """填写处: a place in the form.

    Attributes:
        sheet: Key of the sheet.
        row: Row of a list, from 0; None for a form, or the whole of a list.
        field: Key of the field; "" for a whole row or sheet.
    """

    sheet: str
    row: int | None = None
    field: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """填写进度 of one sheet.

    Attributes:
        sheet: The sheet.
        rows: Rows that are filled in; for a form, fields.
        missing: What is required and blank.
        wrong: Values that do not fit.
    """

    sheet: Sheet
    rows: int
    missing: int
    wrong: int


def catalogue_for(service: Service, form: Mapping[str, str]) -> Catalogue:
    """Return what a project is asked for, by its application form (申请表) as far as it is filled in."""
    terms = terms_of(declared_in(form), AS_DECLARED, service.registry, service.common)
    return catalogue_of(service.registry, terms.law)


def catalogue_of_content(service: Service, content: Content) -> Catalogue:
    """Return what a project with this content is asked for."""
    return catalogue_for(service, content.get("form", {}))


def as_data(catalogue: Catalogue, content: Content) -> ProjectData:
    """Return a project's content with the places that it has in the workbook; nothing is held against the schema."""
    draft = _draft(catalogue, content)
    records = {sheet: draft.records(sheet) for sheet in catalogue.sheets}
    return ProjectData(
        WORKBOOK,
        "",
        0,
        {sheet.key: rows[0] for sheet, rows in records.items() if rows and not sheet.is_list},
        {sheet.key: rows for sheet, rows in records.items() if rows and sheet.is_list},
    )


def misfits_in(
    catalogue: Catalogue, content: Content, sheets: Sequence[Sheet] = ()
) -> tuple[Misfit, ...]:
    """Hold a project's content against the schema, as the workbook with the same content would be held.

    Args:
        catalogue: What the project is asked for.
        content: What is filled in.
        sheets: The sheets to look at; () for all.
    """
    looked_at = replace(catalogue, sheets=tuple(sheets) or catalogue.sheets)
    return check(_draft(looked_at, content), looked_at).misfits


def _draft(catalogue: Catalogue, content: Content) -> Draft:
    sheets = {sheet.key: sheet for sheet in catalogue.sheets}
    known = {key: content.get(key, [] if sheet.is_list else {}) for key, sheet in sheets.items()}
    return Draft(WORKBOOK, "", 0, known, lambda path: place_of(sheets[str(path[0])], path))


def content_of(data: ProjectData) -> dict[str, Any]:
    """Return what was filled in as the content of a project; blank rows and sheets are left out."""
    forms = {key: record.texts() for key, record in data.forms.items()}
    lists = {key: [row.texts() for row in rows if row.values] for key, rows in data.lists.items()}
    return {key: value for key, value in {**forms, **lists}.items() if value}


def place_of(sheet: Sheet, path: Path) -> Location:
    """Return where a value stands in the workbook that is written of a project."""
    row = column = None
    numbers = {field.key: number for number, field in enumerate(sheet.fields)}
    key = path[-1] if len(path) > 1 else None
    if sheet.is_list:
        row = layout.FIRST_ROW + int(path[1]) + 1 if len(path) > 1 else None
        column = numbers[key] + 2 if isinstance(key, str) and key in numbers else None
    elif isinstance(key, str) and key in numbers:
        row, column = layout.FIRST_LINE + numbers[key] + 1, layout.VALUE_COLUMN + 1
    return Location(WORKBOOK, sheet=sheet.title, row=row, column=column)


def spot_of(
    catalogue: Catalogue, title: str | None, row: int | None, column: int | None
) -> Spot | None:
    """Return which place of the form a place of the workbook is, or None where it is none.

    Args:
        catalogue: What the project is asked for.
        title: Title of the sheet.
        row: Row, counted from 1.
        column: Column, counted from 1.
    """
    sheet = next((one for one in catalogue.sheets if one.title == title), None)
    if sheet is None:
        return None
    if not sheet.is_list:
        number = row - layout.FIRST_LINE - 1 if row is not None else -1
        return Spot(sheet.key, None, _key(sheet, number))
    if row is None or row <= layout.FIRST_ROW:
        return Spot(sheet.key)
    return Spot(sheet.key, row - layout.FIRST_ROW - 1, _key(sheet, (column or 0) - 2))


def _key(sheet: Sheet, number: int) -> str:
    return sheet.fields[number].key if 0 <= number < len(sheet.fields) else ""


def in_words(catalogue: Catalogue, spot: Spot) -> str:
    """Return a place of the form as its author sees it."""
    sheet = next(one for one in catalogue.sheets if one.key == spot.sheet)
    row = f"第{spot.row + 1}行" if spot.row is not None else ""
    field = sheet.field(spot.field).title if spot.field else ""
    return "，".join(filter(None, (sheet.title, row, field)))


def progress_of(catalogue: Catalogue, content: Content) -> tuple[Progress, ...]:
    """Return how far each sheet is filled in."""
    misfits = misfits_in(catalogue, content)
    return tuple(_progress(sheet, content.get(sheet.key), misfits) for sheet in catalogue.sheets)


def _progress(sheet: Sheet, content: Any, misfits: tuple[Misfit, ...]) -> Progress:
    rows = content or [] if sheet.is_list else [content or {}]
    blank = [
        (sheet.title, at.row, at.column)
        for number, row in enumerate(rows)
        for field in sheet.fields
        if field.required and not row.get(field.key)
        for at in (place_of(sheet, (sheet.key, *([number] if sheet.is_list else []), field.key)),)
    ]
    wrong = [
        misfit
        for misfit in misfits
        if misfit.at.sheet == sheet.title
        and misfit.at.row is not None
        and (sheet.title, misfit.at.row, misfit.at.column) not in blank
    ]
    empty = sheet.required and sheet.is_list and not rows
    filled = len(rows) if sheet.is_list else len(rows[0])
    return Progress(sheet, filled, len(blank) + int(empty), len(wrong))
