"""What an invented enterprise is made of: the few facts from which a whole dossier follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from duibiao.model.emissions import FacilityKind
from duibiao.model.grades import Grade
from duibiao.model.plan import AlertLevel
from duibiao.testing.codes import credit_code, vin

NEW_ENERGY = "新能源（纯电动）"

TREATED_BY = {
    "颗粒物": FacilityKind.DUST,
    "二氧化硫": FacilityKind.DESULFURISATION,
    "氮氧化物": FacilityKind.DENITRATION,
    "非甲烷总烃": FacilityKind.VOCS,
}
"""Pollutant → kind of facility; others (such as 氨) are compared with their limit only."""


@dataclass(frozen=True, slots=True)
class Line:
    """生产线: one production line with its product; capacity and output in the units of `Enterprise.units`."""

    name: str
    equipment: str
    product: str
    capacity: str
    output: str


@dataclass(frozen=True, slots=True)
class Stock:
    """原辅材料、燃料或能源: what is used in a year."""

    name: str
    kind: str
    unit: str
    used: str
    storage: str
    handling: str


@dataclass(frozen=True, slots=True)
class Haul:
    """运输: goods moved in a year; clean where `mode` counts as clean transport."""

    goods: str
    direction: str
    mode: str
    amount: str
    clean: bool


@dataclass(frozen=True, slots=True)
class Emission:
    """One pollutant at an outlet; without `treatment` it stands in the comparison with the limit only."""

    pollutant: str
    treatment: str
    efficiency: str
    concentration: str
    limit: str


@dataclass(frozen=True, slots=True)
class Outlet:
    """排放口: an outlet with its pollutants; oxygen contents in %, "" where they do not matter."""

    code: str
    step: str
    flow: str
    commissioned: str
    retrofitted: str
    emissions: tuple[Emission, ...]
    oxygen: str = ""
    baseline_oxygen: str = ""


@dataclass(frozen=True, slots=True)
class Fugitive:
    """无组织排放源: a source with what is required and what is done."""

    step: str
    pollutants: str
    requirement: str
    measure: str


@dataclass(frozen=True, slots=True)
class Proof:
    """Evidence of one of the sections 2.1 to 2.12: a paragraph, a list and photos."""

    text: str
    photos: tuple[str, ...]
    caption: str = ""
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """对标总表: requirement of an indicator, and how the enterprise meets it."""

    requirement: str
    status: str


@dataclass(frozen=True, slots=True)
class Truck:
    """运输车辆: the plate without its province and city, such as ``8A271`` or ``12345D``."""

    plate: str
    kind: str
    stage: str
    registered: date
    fuel: str = "柴油"


@dataclass(frozen=True, slots=True)
class Alert:
    """Measures in an alert, and the reduction that they give."""

    measures: tuple[str, ...]
    ratio: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Enterprise:
    """An invented enterprise. Everything that a dossier says of it follows from these facts.

    Attributes:
        order: Place among the samples; the first one is the default.
        name: Full name.
        short: Short name, for project titles.
        city: City, with 市.
        county: County or district.
        site: Rest of the address.
        plate_letters: Province and city on plates, such as ``豫M``.
        credit_body: First 17 characters of the credit code.
        day: Day of the application.
        grade: Declared grade.
        industry: 行业类型 of the form.
        trade: Short industry of the letters.
        code: 所属行业及代码.
        park: Industrial park.
        coordinates: Longitude and latitude.
        control_type: 申请管控类型.
        legal_person: Legal person, who signs.
        responsible: Person who answers for the measures.
        phone: Mobile phone of that person.
        output_value: Output value, 万元.
        standard: The emission standards in force.
        totals: (Pollutant, permitted, actual), t/a.
        lines: Production lines.
        units: Product → (unit of capacity, unit of output).
        processes: Paragraphs of 3.2.
        materials: Raw materials, auxiliaries and fuels.
        energies: Energy.
        haul_unit: Unit of the amounts moved.
        hauls: Transport of the year.
        outlets: Outlets in order of their codes.
        fugitives: Fugitive sources.
        proofs: Section number (2.1 to 2.12) → its evidence; sections that are not here do not apply.
        claims: Indicator → what is required and done.
        has_cems: The enterprise runs automatic monitoring.
        transport_claim: Two sentences on transport in 2.17.
        trucks: Vehicles of the ledger.
        machines: (Name, emission stage) of non-road machinery.
        alerts: Measures by alert level.
        report_ages: Age of the three monitoring reports on the day of the application, in days, oldest first.
    """

    order: int
    name: str
    short: str
    city: str
    county: str
    site: str
    plate_letters: str
    credit_body: str
    day: date
    grade: Grade
    industry: str
    trade: str
    code: str
    park: str
    coordinates: str
    control_type: str
    legal_person: str
    responsible: str
    phone: str
    output_value: str
    standard: str
    totals: tuple[tuple[str, str, str], ...]
    lines: tuple[Line, ...]
    units: Mapping[str, tuple[str, str]]
    processes: tuple[str, ...]
    materials: tuple[Stock, ...]
    energies: tuple[Stock, ...]
    haul_unit: str
    hauls: tuple[Haul, ...]
    outlets: tuple[Outlet, ...]
    fugitives: tuple[Fugitive, ...]
    proofs: Mapping[str, Proof]
    claims: Mapping[str, Claim]
    has_cems: bool
    transport_claim: str
    trucks: tuple[Truck, ...]
    machines: tuple[tuple[str, str], ...]
    alerts: Mapping[AlertLevel, Alert]
    report_ages: tuple[int, ...] = (296, 168, 57)

    @property
    def address(self) -> str:
        """The whole address."""
        return f"{self.city}{self.county}{self.site}"

    @property
    def credit_code(self) -> str:
        """Credit code with its check character."""
        return credit_code(self.credit_body)

    @property
    def permit_number(self) -> str:
        """Permit number: the credit code and 001P."""
        return f"{self.credit_code}001P"

    @property
    def last_year(self) -> int:
        """The year before the application, of which output and use are told."""
        return self.day.year - 1

    @property
    def reports(self) -> tuple[tuple[str, str, date], ...]:
        """Monitoring reports, oldest first: number, kind and day."""
        kinds = ("年度", "上半年", "季度")
        return tuple(
            (f"YXGJC-{day:%Y%m}-{101 + 37 * index}", f"{kind}（有组织废气、无组织废气）", day)
            for index, (kind, age) in enumerate(zip(kinds, self.report_ages, strict=True))
            for day in (self.day - timedelta(days=age),)
        )

    @property
    def clean_share(self) -> Decimal:
        """Share of clean transport, in % with one decimal."""
        clean = sum((Decimal(haul.amount) for haul in self.hauls if haul.clean), Decimal())
        return (clean / self.haul_total * 100).quantize(Decimal("0.1"))

    @property
    def haul_total(self) -> Decimal:
        """Everything moved."""
        return sum((Decimal(haul.amount) for haul in self.hauls), Decimal())

    @property
    def pollutants(self) -> tuple[str, ...]:
        """Pollutants that are treated, in the order of 除尘, 脱硫, 脱硝, VOCs."""
        return tuple(pollutant for pollutant in TREATED_BY if self.treated(pollutant))

    def treated(self, pollutant: str) -> tuple[tuple[Outlet, Emission], ...]:
        """Return the outlets with a facility for `pollutant`."""
        return tuple(
            (outlet, emission)
            for outlet in self.outlets
            for emission in outlet.emissions
            if emission.pollutant == pollutant and emission.treatment
        )

    def facilities(self, kind: FacilityKind) -> tuple[tuple[Outlet, Emission], ...]:
        """Return the outlets with a facility of `kind`."""
        return tuple(
            pair
            for name in self.pollutants
            if TREATED_BY[name] is kind
            for pair in self.treated(name)
        )

    def plate(self, truck: Truck) -> str:
        """Return the whole plate."""
        return self.plate_letters + truck.plate

    def vin(self, truck: Truck) -> str:
        """Return the truck's VIN."""
        return vin(1_000 * self.order + 11 * self.trucks.index(truck) + 7, truck.registered)
