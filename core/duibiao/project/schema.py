"""The one cerberus schema of projects, made from the catalogue of sheets, and what it finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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

_BLANK = ("required", "minlength")

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
    schema = schema_of(catalogue, keyed=draft.keyed)
    records = {sheet: draft.records(sheet) for sheet in catalogue.sheets}
    return ProjectData(
        file=draft.file,
        sha256=draft.sha256,
        size=draft.size,
        forms={sheet.key: rows[0] for sheet, rows in records.items() if rows and not sheet.is_list},
        lists={sheet.key: rows for sheet, rows in records.items() if rows and sheet.is_list},
        misfits=(*draft.misfits, *_told(draft, _faults(draft, catalogue.sheets, schema))),
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


@dataclass(frozen=True, slots=True)
class _Fault:
    """A fault: where it is, what is said of it, and with what it is counted."""

    path: Path
    saying: Saying
    group: tuple[str, str]
    is_blank: bool = False


def _faults(draft: Draft, sheets: Sequence[Sheet], schema: dict[str, Any]) -> Iterator[_Fault]:
    """Yield what the schema finds, sheet by sheet and row by row.

    Cerberus sorts all errors again with each one, so that it gets one row at a time; and what it does not know it is
    not shown.
    """
    wording = Wording(draft.keyed)
    for sheet in sheets:
        rule = dict(schema[sheet.key])
        inner = rule.pop("schema")
        for error in _errors(Validator({sheet.key: rule}, allow_unknown=True), draft.content):
            saying = {"required": wording.missing_sheet, "minlength": wording.no_rows}.get(
                error.rule, wording.wrong_shape
            )(sheet)
            yield _Fault((sheet.key,), saying, (sheet.key, ""), error.rule in _BLANK)
        validator = Validator(inner["schema"] if sheet.is_list else inner, allow_unknown=True)
        for path, row in _rows(sheet, draft.content.get(sheet.key)):
            if isinstance(row, dict):
                yield from _row_faults(validator, sheet, path, row, wording)
            else:
                yield _Fault(path, wording.wrong_shape(sheet), (sheet.key, ""))
    known = {sheet.key for sheet in sheets}
    for key in draft.content:
        if key not in known:
            yield _Fault((key,), wording.unknown_sheet(key), ("", ""))


def _rows(sheet: Sheet, content: object) -> list[tuple[Path, object]]:
    if sheet.is_list:
        rows = content if isinstance(content, list) else []
        return [((sheet.key, number), row) for number, row in enumerate(rows)]
    return [((sheet.key,), content)] if isinstance(content, dict) else []


def _row_faults(
    validator: Validator, sheet: Sheet, path: Path, row: dict[str, Any], wording: Wording
) -> Iterator[_Fault]:
    errors: dict[str, list[Any]] = {}
    for error in _errors(validator, row):
        errors.setdefault(error.document_path[-1], []).append(error)
    for field in sheet.fields:
        at, group = (*path, field.key), (sheet.key, field.key)
        for error in errors.get(field.key, ()):
            if error.rule == "required":
                yield _Fault(at, wording.blank(field), group, is_blank=True)
            elif error.rule == "type":
                yield _Fault(at, wording.no_text(field), group)
            else:
                yield from (_Fault(at, said, group) for said in error.info)
    known = {field.key for field in sheet.fields}
    for key in row:
        if key not in known:
            yield _Fault((*path, key), wording.unknown_field(sheet, key), (sheet.key, ""))


def _errors(validator: Validator, content: Mapping[str, Any]) -> list[Any]:
    return [] if validator.validate(content, normalize=False) else list(validator._errors)


def _told(draft: Draft, faults: Iterator[_Fault]) -> Iterator[Misfit]:
    """Yield faults as misfits: the first ones of a kind, and how many more there are."""
    explained = {misfit.at for misfit in draft.misfits}
    alike: Counter[tuple[str, str]] = Counter()
    last: dict[tuple[str, str], _Fault] = {}
    for fault in faults:
        if fault.is_blank and draft.locate(fault.path) in explained:
            continue
        alike[fault.group] += 1
        last[fault.group] = fault
        if alike[fault.group] <= MOST_ALIKE:
            yield Misfit(draft.locate(fault.path), *fault.saying)
    for group, count in alike.items():
        if count > MOST_ALIKE:
            yield Misfit(draft.locate(last[group].path), *texts.more(count - MOST_ALIKE))
