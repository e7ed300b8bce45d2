"""2.16: archive, ledgers and staff."""

from __future__ import annotations

from collections.abc import Mapping

from duibiao.model.evidence import (
    Approval,
    Archive,
    CreditRating,
    Ledger,
    MonitoringReport,
    StaffMember,
)
from duibiao.model.location import Located, Text
from duibiao.model.sheets import Sheet
from duibiao.project.compose.desk import Desk
from duibiao.project.compose.wording import LEDGERS
from duibiao.project.data import Record
from duibiao.project.sheets import ledgers as ledger_sheets

_SHEETS: dict[int, Sheet] = {
    ledger_sheets.LEDGER_NUMBERS[sheet.key]: sheet for sheet in ledger_sheets.SHEETS
}
"""Kind of ledger → its sheet; the others are copies."""


def archive(desk: Desk) -> Archive:
    """Compose 2.16.1."""
    section = "五.2.16.1"
    rows = desk.data.rows

    def cell(row: Record, key: str) -> Text:
        return desk.cell(row, key, section)

    return Archive(
        reports=tuple(
            MonitoringReport(
                desk.placed(row.at, section),
                cell(row, "number"),
                cell(row, "kind"),
                desk.day(row, "date", section),
                cell(row, "laboratory"),
            )
            for row in rows("reports")
        ),
        approvals=tuple(
            Approval(
                desk.placed(row.at, section),
                cell(row, "project"),
                cell(row, "approval"),
                cell(row, "acceptance"),
                desk.day(row, "accepted", section),
            )
            for row in rows("approvals")
        ),
        ratings=tuple(
            CreditRating(desk.placed(row.at, section), cell(row, "year"), cell(row, "rating"))
            for row in rows("ratings")
        ),
        text=_permit(desk),
    )


def ledgers(desk: Desk, pictures: Mapping[int, int]) -> tuple[Ledger, ...]:
    """Compose 2.16.2: of each kind the table, then the copies.

    The header of a table is the titles of the sheet's fields with their units; `pictures` gives the number of pages
    and pictures of each kind.
    """
    section = "五.2.16.2"
    found = []
    for kind, title in LEDGERS.items():
        sheet = _SHEETS.get(kind)
        rows = desk.data.rows(sheet.key) if sheet else ()
        if sheet and rows:
            header = tuple(field.header for field in sheet.fields)
            cells = tuple(
                tuple(desk.cell(row, field.key, section) for field in sheet.fields) for row in rows
            )
            found.append(Ledger(kind, desk.home(sheet.key, section), title, header, cells))
        if pictures.get(kind):
            found.append(Ledger(kind, desk.whole(section), title, pictures=pictures[kind]))
    return tuple(found)


def staff(desk: Desk) -> tuple[StaffMember, ...]:
    """Compose 2.16.3."""
    section = "五.2.16.3"
    keys = ("name", "post", "education", "subject", "certificate")
    return tuple(
        StaffMember(desk.placed(row.at, section), *(desk.cell(row, key, section) for key in keys))
        for row in desk.data.rows("staff")
    )


def _permit(desk: Desk) -> tuple[Text, ...]:
    """The permit, as section 1 of part 四 gives it."""
    form = desk.data.form("profile")
    number = desk.code(form, "permit_number", "五.2.16.1")
    term = desk.cell(form, "permit_term", "五.2.16.1")
    if not number.value:
        return ()
    until = f"，有效期{term.value}" if term.value else ""
    return (Located(f"排污许可证编号{number.value}{until}。", number.at),)
