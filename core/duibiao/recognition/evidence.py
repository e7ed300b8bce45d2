"""Part 五: the indicator table, 2.16 to 2.18, and the other photos."""

from __future__ import annotations

import re

from duibiao.document.model import Paragraph, Table
from duibiao.model.evidence import (
    Approval,
    Archive,
    CreditRating,
    Evidence,
    Gate,
    IndicatorRow,
    IndicatorTable,
    Ledger,
    Machine,
    MonitoringReport,
    StaffMember,
    TransportEvidence,
    TransportMode,
    Vehicle,
    VehicleShare,
)
from duibiao.model.location import Located, Location, shorten
from duibiao.model.quantities import halfwidth
from duibiao.recognition import kinds
from duibiao.recognition.cells import one_line, paragraph_text, place
from duibiao.recognition.emissions import (
    read_controls,
    read_facilities,
    read_limits,
)
from duibiao.recognition.reading import Reading, is_picture_table

_LEDGER = re.compile(r"^[(（]?\s*(\d)\s*[)）.、]\s*(?=\D)(.+)$")
_LEDGER_KINDS = (
    (3, r"CEMS|DCS|PLC|在线监测|自动监测"),
    (7, r"自行监测|监测方案"),
    (8, r"运输"),
    (6, r"固废|危废|危险废物|固体废物"),
    (2, r"治理设施|治污设施|环保设施|污染防治设施|废气处理"),
    (4, r"原辅料|原辅材料|原料|辅料"),
    (5, r"燃料|能源|天然气|用电"),
    (1, r"生产设备|生产设施|生产台账|设备运行"),
)
"""Kind of ledger in 2.16.2 by the words of its title; the first that fits counts."""


def read_indicators(reading: Reading) -> IndicatorTable | None:
    """Read the indicator table; None where there is none."""
    frames = list(reading.frames("五.1"))
    if not frames:
        return None
    rows = tuple(
        IndicatorRow(
            at=row.at,
            indicator=indicator,
            requirement=row.text("requirement"),
            status=row.text("status"),
            pages=row.text("pages"),
            remark=row.text("remark"),
        )
        for frame in frames
        for row in frame.rows()
        if (indicator := row.text("indicator")) and indicator.value
    )
    first = frames[0]
    column = first.columns["requirement"]
    at = place(first.base, row=1, column=column, quote=shorten(first.headers[column]))
    return IndicatorTable(first.base, Located(first.headers[column], at), rows)


def read_evidence(reading: Reading) -> Evidence:
    """Read part 五, section 2."""
    facilities = read_facilities(reading)
    shown = {photo for table in facilities for photo in table.photos}
    others = dict.fromkeys(photo for photo in reading.photos("五.2") if photo not in shown)
    return Evidence(
        facilities=facilities,
        limits=read_limits(reading),
        controls=read_controls(reading),
        archive=_archive(reading),
        ledgers=_ledgers(reading),
        staff=_staff(reading),
        transport=_transport(reading),
        photos=tuple(others),
    )


def _archive(reading: Reading) -> Archive:
    reports: list[MonitoringReport] = []
    approvals: list[Approval] = []
    ratings: list[CreditRating] = []
    for frame in reading.frames("五.2.16.1"):
        for row in frame.rows():
            if frame.kind is kinds.REPORTS:
                reports.append(
                    MonitoringReport(
                        row.at,
                        row.text("number"),
                        row.text("kind"),
                        row.day("date"),
                        row.text("laboratory"),
                    )
                )
            elif frame.kind is kinds.APPROVALS:
                approvals.append(
                    Approval(
                        row.at,
                        row.text("project"),
                        row.text("approval"),
                        row.text("acceptance"),
                        row.day("accepted"),
                    )
                )
            elif (year := row.text("year")) and (rating := row.text("rating")):
                ratings.append(CreditRating(row.at, year, rating))
    text = reading.paragraphs("五.2.16.1")
    return Archive(tuple(reports), tuple(approvals), tuple(ratings), text)


def _ledgers(reading: Reading) -> tuple[Ledger, ...]:
    """Cut 2.16.2 at its labels （1） to （8）; a table is of the kind that its caption or label says."""
    ledgers: list[Ledger] = []
    for chunk in reading.under("五.2.16.2"):
        own = chunk.key != "五.2.16.2"
        kind, title = (_ledger_kind(chunk.title), chunk.title) if own else (0, "")
        captions = {table.index: caption for table, caption in reading.tables(chunk)}
        for block in chunk.blocks:
            if isinstance(block, Paragraph):
                if label := _LEDGER.match(halfwidth(block.text)):
                    title = one_line(label[2])
                    kind = _ledger_kind(title) or int(label[1])
                    at = paragraph_text(block, chunk.at(reading.file)).at
                    ledgers.append(Ledger(kind, at, title))
            else:
                caption = captions.get(block.index)
                named = title or (caption.value if caption else chunk.title)
                of_kind = kind or _ledger_kind(named)
                ledgers.append(_ledger(block, of_kind, named, reading.table_at(block, chunk)))
    filled = {ledger.kind for ledger in ledgers if ledger.rows or ledger.pictures}
    return tuple(
        ledger for ledger in ledgers if ledger.rows or ledger.pictures or ledger.kind not in filled
    )


def _ledger_kind(title: str) -> int:
    for kind, words in _LEDGER_KINDS:
        if re.search(words, title):
            return kind
    return 0


def _ledger(table: Table, kind: int, title: str, base: Location) -> Ledger:
    if is_picture_table(table):
        return Ledger(kind, base, title, pictures=sum(len(cell.pictures) for cell in table.cells()))
    header = tuple(one_line(cell.text) for cell in table.grid[0])
    rows = tuple(
        tuple(
            Located(
                one_line(cell.text),
                place(base, row=number, column=column, quote=shorten(cell.text), cell=cell),
            )
            for column, cell in enumerate(row, 1)
        )
        for number, row in enumerate(table.grid[1:], 2)
    )
    return Ledger(kind, base, title, header, rows)


def _staff(reading: Reading) -> tuple[StaffMember, ...]:
    return tuple(
        StaffMember(
            row.at,
            row.text("name"),
            row.text("post"),
            row.text("education"),
            row.text("subject"),
            row.text("certificate"),
        )
        for frame in reading.frames("五.2.16.3")
        for row in frame.rows()
    )


def _transport(reading: Reading) -> TransportEvidence:
    modes: list[TransportMode] = []
    shares: list[VehicleShare] = []
    machines: list[Machine] = []
    gates: list[Gate] = []
    vehicles: list[Vehicle] = []
    for key in ("五.2.17", "五.2.18"):
        for frame in reading.frames(key):
            for row in frame.rows():
                if frame.kind is kinds.SHARES:
                    stage = row.text("stage")
                    assert stage is not None  # a needed column
                    shares.append(
                        VehicleShare(row.at, stage, row.measure("count"), row.measure("share"))
                    )
                elif frame.kind is kinds.MODES:
                    mode = row.text("mode")
                    assert mode is not None  # a needed column
                    modes.append(
                        TransportMode(
                            row.at,
                            mode,
                            row.measure("amount"),
                            row.measure("share"),
                            row.text("clean"),
                        )
                    )
                elif frame.kind is kinds.MACHINES:
                    machines.append(
                        Machine(row.at, row.text("name"), row.text("code"), row.text("stage"))
                    )
                elif frame.kind is kinds.GATES:
                    gates.append(
                        Gate(
                            row.at,
                            row.text("position"),
                            row.text("equipment"),
                            row.text("connected"),
                            row.text("retention"),
                        )
                    )
                else:
                    vehicles.append(
                        Vehicle(
                            at=row.at,
                            plate=row.text("plate"),
                            kind=row.text("kind"),
                            vin=row.text("vin"),
                            engine=row.text("engine"),
                            fuel=row.text("fuel"),
                            stage=row.text("stage"),
                            registered=row.day("registered"),
                            papers=row.text("papers"),
                        )
                    )
    return TransportEvidence(
        text=reading.paragraphs("五.2.17"),
        modes=tuple(modes),
        shares=tuple(shares),
        machines=tuple(machines),
        gates=tuple(gates),
        gate_text=reading.paragraphs("五.2.18"),
        vehicles=tuple(vehicles),
    )
