"""Part 五: the indicator table, 2.16 to 2.18, and the other photos."""

from __future__ import annotations

from collections.abc import Sequence

from duibiao.model.emissions import OutletEmission
from duibiao.model.evidence import (
    Approval,
    Archive,
    CreditRating,
    Evidence,
    Gate,
    IndicatorRow,
    IndicatorTable,
    Machine,
    MonitoringReport,
    StaffMember,
    TransportEvidence,
    TransportMode,
    Vehicle,
    VehicleShare,
)
from duibiao.model.location import Located, shorten
from duibiao.recognition import kinds
from duibiao.recognition.cells import place
from duibiao.recognition.emissions import (
    read_controls,
    read_facilities,
    read_limits,
)
from duibiao.recognition.ledgers import read_ledgers
from duibiao.recognition.photos import photos
from duibiao.recognition.reading import Reading


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
            conclusion=row.choice("conclusion") or row.ticked("status"),
        )
        for frame in frames
        for row in frame.rows()
        if (indicator := row.text("indicator")) and indicator.value
    )
    first = frames[0]
    column = first.columns["requirement"]
    at = place(first.base, row=1, column=column, quote=shorten(first.headers[column]))
    return IndicatorTable(first.base, Located(first.headers[column], at), rows)


def read_evidence(reading: Reading, outlets: Sequence[OutletEmission]) -> Evidence:
    """Read part 五, section 2; `outlets` are those of part 四."""
    facilities = read_facilities(reading)
    shown = {photo for table in facilities for photo in table.photos}
    others = dict.fromkeys(photo for photo in photos(reading, "五.2") if photo not in shown)
    return Evidence(
        facilities=facilities,
        limits=read_limits(reading, outlets),
        controls=read_controls(reading),
        archive=_archive(reading),
        ledgers=read_ledgers(reading),
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
                            plate=row.code("plate"),
                            kind=row.text("kind"),
                            vin=row.code("vin"),
                            engine=row.code("engine"),
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
