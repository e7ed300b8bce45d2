"""The one cerberus schema of projects, made from the catalogue of sheets, and what it finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from cerberus import Validator
from cerberus.errors import CUSTOM

from duibiao.model.dates import date_in_cell
from duibiao.model.dossier import Misfit
from duibiao.model.quantities import Quantity, parse_quantity, standard_unit
from duibiao.model.sheets import Field, FieldKind, Sheet
from duibiao.project import texts
from duibiao.project.catalogue import Catalogue
from duibiao.project.data import ProjectData
from duibiao.project.draft import Draft
from duibiao.project.places import Path
from duibiao.project.texts import Saying, Wording
from duibiao.project.values import ILLEGAL, LONGEST

MOST_ALIKE = 20
"""Misfits of one field that are told one by one; the rest is counted."""

Check = Callable[[str, str, Callable[..., None]], None]


def schema_of(catalogue: Catalogue, *, keyed: bool = False) -> dict[str, Any]:
    """Return the schema of a project's content (see `Draft.content`).

    Args:
        catalogue: The sheets and what their lists offer.
        keyed: Its author writes keys and sees no titles.
    """
    wording = Wording(keyed)
    return {sheet.key: _sheet_rule(sheet, catalogue, wording) for sheet in catalogue.sheets}


def check(draft: Draft, catalogue: Catalogue) -> ProjectData:
    """Hold what was read against the schema.

    Returns:
        Everything that could be read, with every fault as a misfit: those of the reading first, then sheet by sheet.
    """
    validator = Validator(schema_of(catalogue, keyed=draft.keyed))
    validator.validate(draft.content, normalize=False)
    sheets = {sheet.key: sheet for sheet in catalogue.sheets}
    order = {key: number for number, key in enumerate(sheets)}
    faults = sorted(
        _leaves(validator._errors),
        key=lambda error: _place_in_order(error.document_path, sheets, order),
    )
    records = {key: draft.records(sheet) for key, sheet in sheets.items()}
    return ProjectData(
        file=draft.file,
        sha256=draft.sha256,
        size=draft.size,
        forms={key: rows[0] for key, rows in records.items() if rows and not sheets[key].is_list},
        lists={key: rows for key, rows in records.items() if rows and sheets[key].is_list},
        misfits=(*draft.misfits, *_misfits(faults, draft, sheets)),
    )


# ------------------------------------------------------------------------------------- the schema


def _sheet_rule(sheet: Sheet, catalogue: Catalogue, wording: Wording) -> dict[str, Any]:
    fields = {field.key: _field_rule(field, catalogue, wording) for field in sheet.fields}
    table = {"type": "dict", "schema": fields}
    if not sheet.is_list:
        return {**table, "required": sheet.required}
    return {
        "type": "list",
        "required": sheet.required,
        "minlength": int(sheet.required),
        "schema": table,
    }


def _field_rule(field: Field, catalogue: Catalogue, wording: Wording) -> dict[str, Any]:
    checks: list[Check] = [_printable(field, wording)]
    offer = catalogue.offer(field.choices)
    match field.kind:
        case FieldKind.CHOICE if offer is not None:
            checks.append(
                _telling(offer.knows, lambda text: wording.choice(field, text, offer.values))
            )
        case FieldKind.DATE:
            checks.append(
                _telling(lambda text: _is_date(text, field), lambda text: wording.date(field, text))
            )
        case FieldKind.QUANTITY:
            checks.append(_quantity(field, wording))
    return {"type": "string", "required": field.required, "check_with": checks}


def _telling(fits: Callable[[str], bool], say: Callable[[str], Saying]) -> Check:
    def look(key: str, text: str, tell: Callable[..., None]) -> None:
        if not fits(text):
            tell(key, CUSTOM, say(text))

    return look


def _printable(field: Field, wording: Wording) -> Check:
    def look(key: str, text: str, tell: Callable[..., None]) -> None:
        if len(text) > LONGEST:
            tell(key, CUSTOM, wording.too_long(field, text))
        if ILLEGAL.search(text):
            tell(key, CUSTOM, wording.illegal(field))

    return look


def _is_date(text: str, field: Field) -> bool:
    """Return whether a text is a date, or a sign that there is none where none is required."""
    return date_in_cell(text) is not None or (not field.required and Quantity(text).is_blank)


def _quantity(field: Field, wording: Wording) -> Check:
    def look(key: str, text: str, tell: Callable[..., None]) -> None:
        found = parse_quantity(text, field.unit)
        if not (found.is_number or found.is_blank or found.not_detected):
            tell(key, CUSTOM, wording.quantity(field, text))
        elif found.is_number and field.unit and _yearless(found.unit) != _yearless(field.unit):
            tell(key, CUSTOM, wording.unit(field, text, found.unit))

    return look


def _yearless(unit: str) -> str:
    """Return a unit without “a year”, which the header says as often as not."""
    return standard_unit(unit).removesuffix("/a")


# -------------------------------------------------------------------------------- what it finds


def _leaves(errors: list[Any]) -> Iterator[Any]:
    """Yield the errors that stand for one thing; cerberus nests those of tables."""
    for error in errors:
        if error.child_errors:
            yield from _leaves(error.child_errors)
        else:
            yield error


def _place_in_order(path: Path, sheets: dict[str, Sheet], order: dict[str, int]) -> tuple[int, ...]:
    key = str(path[0])
    if key not in sheets:
        return (len(order),)
    fields = [field.key for field in sheets[key].fields]
    row = path[1] if len(path) > 1 and isinstance(path[1], int) else -1
    column = fields.index(str(path[-1])) if path[-1] in fields else len(fields)
    return (order[key], row, column)


def _misfits(faults: list[Any], draft: Draft, sheets: dict[str, Sheet]) -> Iterator[Misfit]:
    wording = Wording(draft.keyed)
    told = {misfit.at for misfit in draft.misfits}
    alike: Counter[tuple[str, str, str]] = Counter()
    last: dict[tuple[str, str, str], Misfit] = {}
    for error in faults:
        path = tuple(error.document_path)
        sheet = sheets.get(str(path[0]))
        field = _field(sheet, path)
        for saying in _sayings(error, sheet, field, wording):
            misfit = Misfit(draft.locate(path), *saying)
            if error.rule == "required" and misfit.at in told:  # why it is blank was said
                continue
            group = (str(path[0]), str(path[-1]), str(error.rule))
            alike[group] += 1
            if field is None or alike[group] <= MOST_ALIKE:
                yield misfit
            last[group] = misfit
    for group, count in alike.items():
        if count > MOST_ALIKE and (sheet := sheets.get(group[0])) is not None:
            field = _field(sheet, group[:2])
            if field is not None:
                yield Misfit(last[group].at, *texts.more(field, count - MOST_ALIKE))


def _field(sheet: Sheet | None, path: Path) -> Field | None:
    if sheet is None or len(path) < 2:
        return None
    return next((field for field in sheet.fields if field.key == path[-1]), None)


def _sayings(
    error: Any, sheet: Sheet | None, field: Field | None, wording: Wording
) -> Iterator[Saying]:
    """Yield what is said of an error of cerberus."""
    key = str(error.document_path[-1])
    if sheet is None:
        yield wording.unknown_sheet(key)
    elif error.rule is None and error.info:  # one of our own checks
        yield from error.info
    elif field is not None:
        yield wording.blank(field) if error.rule == "required" else wording.no_text(field)
    elif error.rule is None:
        yield wording.unknown_field(sheet, key)
    elif error.rule == "required":
        yield wording.missing_sheet(sheet)
    elif error.rule == "minlength":
        yield wording.no_rows(sheet)
    else:
        yield wording.wrong_shape(sheet)
