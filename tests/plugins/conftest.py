"""What the tests of the plugins' rules share: parts of dossiers at places of their own, and running one rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count

import pytest

from duibiao.law import Law, LawInForce, Provenance, load_common
from duibiao.model.dossier import Dossier, SourceFile
from duibiao.model.emissions import (
    Facility,
    FacilityKind,
    FacilityTable,
    LimitComparison,
    OutletEmission,
)
from duibiao.model.enterprise import Material, Production, Transport
from duibiao.model.evidence import Evidence, Section
from duibiao.model.grades import Grade
from duibiao.model.location import Located, Location, Text
from duibiao.model.quantities import Measure, parse_quantity
from duibiao.rules import CannotJudge, Severity
from duibiao.rules.engine import Finding, Outcome, Status, run
from duibiao.testing.contract import open_plugin

FILE = "申报材料.docx"
NO_EVIDENCE = Evidence()


class Desk:
    """Makes parts of a dossier; every one has a place that no other has."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def at(self, section: str = "", quote: str = "") -> Location:
        return Location(FILE, section, paragraph=next(self._numbers), quote=quote)

    def text(self, value: str) -> Text:
        return Located(value, self.at(quote=value))

    def maybe(self, value: str | None) -> Text | None:
        return None if value is None else self.text(value)

    def measure(self, value: str, unit: str = "") -> Measure:
        return Located(parse_quantity(value, unit), self.at(quote=value))

    def outlet(
        self,
        step: str | None,
        pollutant: str | None,
        treatment: str | None = None,
        code: str | None = None,
    ) -> OutletEmission:
        return OutletEmission(
            self.at("四.4"),
            outlet=self.maybe(code),
            step=self.maybe(step),
            pollutant=self.maybe(pollutant),
            treatment=self.maybe(treatment),
        )

    def limit(
        self, step: str | None, pollutant: str | None, code: str | None = None
    ) -> LimitComparison:
        return LimitComparison(
            self.at("五.2.14"),
            outlet=self.maybe(code),
            step=self.maybe(step),
            pollutant=self.maybe(pollutant),
        )

    def material(self, name: str) -> Material:
        return Material(self.at("四.3.3"), self.text(name))

    def transport(self, amount: str | None, unit: str = "t/a", *, total: bool = False) -> Transport:
        measure = None if amount is None else self.measure(amount, unit)
        return Transport(self.at("四.3.4"), total, amount=measure)

    def facility(self, efficiency: str | None, unit: str = "%") -> Facility:
        measure = None if efficiency is None else self.measure(efficiency, unit)
        return Facility(self.at("五.2.13.4"), efficiency=measure)

    def facilities(
        self, *rows: Facility, kind: FacilityKind = FacilityKind.VOCS
    ) -> tuple[FacilityTable, ...]:
        return (FacilityTable(kind, self.at("五.2.13.4"), rows),)

    def section(self, key: str, **parts: object) -> Section:
        return Section(key, key.removeprefix("五."), "标题", 2, self.at(key), **parts)

    def dossier(
        self,
        *paragraphs: str,
        evidence: Evidence = NO_EVIDENCE,
        materials: Sequence[Material] = (),
        transports: Sequence[Transport] = (),
        **parts: object,
    ) -> Dossier:
        return Dossier(
            SourceFile(FILE, "0" * 64, 0),
            paragraphs=tuple(map(self.text, paragraphs)),
            evidence=evidence,
            production=Production(materials=tuple(materials), transports=tuple(transports)),
            **parts,
        )


@dataclass(frozen=True)
class Judge:
    """Runs one rule of a plugin under the plugin's real law."""

    plugin: object
    law: LawInForce

    def outcome(self, code: str, dossier: Dossier) -> Outcome:
        (rule,) = (rule for rule in self.plugin.duibiao_rules() if rule.code == code)
        (outcome,) = run([rule], dossier, self.law)
        return outcome

    def status(self, code: str, dossier: Dossier) -> tuple[Status, str]:
        """Return the status and the reason, and make sure that nothing was found or left unjudged in silence."""
        outcome = self.outcome(code, dossier)
        assert outcome.findings == ()
        return outcome.status, outcome.reason

    def findings(self, code: str, dossier: Dossier) -> tuple[Finding, ...]:
        outcome = self.outcome(code, dossier)
        assert outcome.status is Status.FOUND
        assert outcome.unjudged == ()
        return outcome.findings

    def unjudged(self, code: str, dossier: Dossier) -> tuple[CannotJudge, ...]:
        outcome = self.outcome(code, dossier)
        assert outcome.status is Status.SKIPPED
        return outcome.unjudged

    def finding(  # the parts of a finding
        self,
        code: str,
        title: str,
        severity: Severity,
        at: Location,
        message: str,
        todo: str,
        cites: Sequence[str],
        *,
        also: tuple[Location, ...] = (),
        grounds: Provenance | None = None,
    ) -> Finding:
        resolved = tuple(map(self.law.cite, cites))
        return Finding(code, title, severity, at, message, todo, resolved, also, grounds)

    def row(self, key: str) -> Provenance:
        """Return a row of the law in force by its id."""
        rows = (*self.law.limits, *self.law.requirements)
        (found,) = {row.provenance for row in rows if row.provenance.id == key}
        return found


class Bench:
    """Makes judges."""

    def judge(
        self,
        plugin: object,
        branch: str = "",
        grade: Grade | None = None,
        day: date = date(2023, 5, 1),
    ) -> Judge:
        book = open_plugin(plugin).book
        chosen = next((entry for entry in book.industry.branches if entry.key == branch), None)
        assert chosen or not branch
        if chosen is None:
            return Judge(plugin, LawInForce(day, load_common(), book.industry, grade=grade))
        return Judge(plugin, Law(load_common(), book, chosen, grade=grade).on(day))


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture(scope="session")
def bench() -> Bench:
    return Bench()
