"""Complete dossiers without a file: every part filled, every value at the place that it has in the Word file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from duibiao.intake.looking import look_at_all
from duibiao.law import CommonLaw, load_common
from duibiao.law.common import Heading
from duibiao.model.application import ApplicationForm, CommitmentLetter
from duibiao.model.dossier import Dossier, SourceFile
from duibiao.model.emissions import FacilityTable, Photo
from duibiao.model.enterprise import Production
from duibiao.model.location import Location
from duibiao.model.plan import AlertMeasures
from duibiao.rules.photos import site_photos
from duibiao.service.looking import with_looks
from duibiao.testing import basics, enterprises, front, management, plan, proof
from duibiao.testing.forms import UNDERTAKING
from duibiao.testing.pictures import photo
from duibiao.testing.scribe import Scribe
from duibiao.testing.spec import Enterprise

_Pages = Mapping[str, Sequence[int]]


@cache
def clean_dossier(industry: str = "") -> Dossier:
    """Return the dossier of a sample enterprise, without a fault; its photos were looked at.

    Args:
        industry: One of `duibiao.testing.enterprises.names()`; the first of them where it is left out.
    """
    dossier = build_dossier(enterprises.load(industry or enterprises.names()[0]))
    return with_looks(dossier, look_at_all(map(_drawn, site_photos(dossier))))


def build_dossier(enterprise: Enterprise) -> Dossier:
    """Return the dossier of an enterprise, which may be varied with `dataclasses.replace`."""
    common = load_common()
    draft = _Builder(enterprise, common, {})
    draft.build()
    return _Builder(enterprise, common, draft.scribe.pages).build()


def _drawn(shown: Photo) -> tuple[str, bytes]:
    """Return key and bytes of the picture of a photo."""
    assert shown.picture
    assert shown.caption
    return shown.picture, photo(f"{shown.caption.at.table} {shown.caption.value}")


class _Builder:
    """Writes one dossier from front to back."""

    def __init__(self, enterprise: Enterprise, common: CommonLaw, pages: _Pages) -> None:
        self.enterprise = enterprise
        self.common = common
        self.pages = pages
        self.scribe = Scribe(f"{enterprise.name}.docx")
        self.dossier = Dossier(SourceFile(self.scribe.file, "0" * 64, 0))
        self.photos: list[Photo] = []
        self.facilities: list[FacilityTable] = []
        self.levels: list[AlertMeasures] = []

    def build(self) -> Dossier:
        """Write all of it."""
        scribe, enterprise = self.scribe, self.enterprise
        self._set(cover=front.write_cover(scribe, enterprise))
        self._set(
            contents=front.write_contents(scribe, enterprise, self.common.outline, self.pages)
        )
        for heading in self.common.outline:
            at = scribe.heading(
                heading.key,
                heading.number,
                front.title(heading, enterprise),
                page=front.begins_page(heading.key, applies=_applies(heading, enterprise)),
            )
            self._section(heading.key, at)
        evidence = replace(
            self.dossier.evidence, facilities=tuple(self.facilities), photos=tuple(self.photos)
        )
        return replace(
            self.dossier,
            evidence=evidence,
            sections=tuple(scribe.sections),
            paragraphs=tuple(scribe.texts),
        )

    def _section(self, key: str, at: Location) -> None:
        if key in _WRITERS:
            _WRITERS[key](self, at)
        elif key in proof.FACILITY_KINDS:
            table = proof.write_facilities(self.scribe, self.enterprise, proof.FACILITY_KINDS[key])
            self.facilities += [table] if table else []
        elif key in plan.LEVELS:
            self.levels.append(plan.write_level(self.scribe, self.enterprise, at, plan.LEVELS[key]))
            if len(self.levels) == len(plan.LEVELS):
                self._plan(levels=tuple(self.levels), undertaking=self.scribe.line(UNDERTAKING))
        elif key.startswith("五.2."):
            self.photos += proof.write_proof(self.scribe, self.enterprise, key.removeprefix("五."))

    def _set(self, **parts: object) -> None:
        self.dossier = replace(self.dossier, **parts)  # type: ignore[arg-type]

    def _produce(self, **parts: object) -> None:
        self._set(production=replace(self.dossier.production, **parts))  # type: ignore[arg-type]

    def _prove(self, photos: Sequence[Photo] = (), **parts: object) -> None:
        self._set(evidence=replace(self.dossier.evidence, **parts))  # type: ignore[arg-type]
        self.photos += photos

    def _plan(self, **parts: object) -> None:
        assert self.dossier.plan is not None  # its title page was written before
        self._set(plan=replace(self.dossier.plan, **parts))  # type: ignore[arg-type]

    def _form(self, at: Location) -> None:
        form: ApplicationForm = front.write_form(self.scribe, self.enterprise, at)
        self._set(form=form)

    def _letter(self, letter: CommitmentLetter) -> None:
        self._set(letters=(*self.dossier.letters, letter))

    def _materials(self) -> None:
        materials, energies = basics.write_materials(self.scribe, self.enterprise)
        self._produce(materials=materials, energies=energies)

    def _processes(self) -> None:
        self._produce(processes=basics.write_processes(self.scribe, self.enterprise).processes)

    def _transports(self) -> None:
        part: Production = basics.write_transport(self.scribe, self.enterprise)
        self._produce(transports=part.transports, transport_text=part.transport_text)

    def _emissions(self) -> None:
        outlets, fugitives = basics.write_emissions(self.scribe, self.enterprise)
        self._set(outlets=outlets, fugitives=fugitives)

    def _limits(self) -> None:
        limits, photos = proof.write_limits(self.scribe, self.enterprise)
        self._prove(photos, limits=limits)

    def _controls(self) -> None:
        controls, photos = proof.write_controls(self.scribe, self.enterprise)
        self._prove(photos, controls=controls)

    def _archive(self) -> None:
        archive, photos = management.write_archive(self.scribe, self.enterprise)
        self._prove(photos, archive=archive)

    def _ledgers(self) -> None:
        ledgers, photos = management.write_ledgers(self.scribe, self.enterprise)
        self._prove(photos, ledgers=ledgers)

    def _staff(self) -> None:
        staff, photos = management.write_staff(self.scribe, self.enterprise)
        self._prove(photos, staff=staff)

    def _transport(self) -> None:
        transport, photos = management.write_transport_evidence(self.scribe, self.enterprise)
        self._prove(photos, transport=transport)

    def _monitoring(self) -> None:
        seen, photos = management.write_monitoring(self.scribe, self.enterprise)
        transport = replace(
            self.dossier.evidence.transport,
            gates=seen.gates,
            gate_text=seen.gate_text,
            vehicles=seen.vehicles,
        )
        self._prove(photos, transport=transport)


def _applies(heading: Heading, enterprise: Enterprise) -> bool:
    if heading.key in proof.FACILITY_KINDS:
        return bool(enterprise.facilities(proof.FACILITY_KINDS[heading.key]))
    return not heading.key.startswith("五.2.") or proof.applies(enterprise, heading.number)


_WRITERS: dict[str, Callable[[_Builder, Location], None]] = {
    "一": _Builder._form,
    "二": lambda b, at: b._letter(front.write_authenticity(b.scribe, b.enterprise, at)),
    "三": lambda b, at: b._letter(front.write_reduction(b.scribe, b.enterprise, at)),
    "四.1": lambda b, at: b._set(profile=basics.write_profile(b.scribe, b.enterprise, at)),
    "四.2": lambda b, _: b._set(compliance=basics.write_compliance(b.scribe, b.enterprise)),
    "四.3.1": lambda b, _: b._produce(products=basics.write_products(b.scribe, b.enterprise)),
    "四.3.2": lambda b, _: b._processes(),
    "四.3.3": lambda b, _: b._materials(),
    "四.3.4": lambda b, _: b._transports(),
    "四.4": lambda b, _: b._emissions(),
    "五.1": lambda b, _: b._set(
        indicators=proof.write_indicators(b.scribe, b.enterprise, b.common, b.pages)
    ),
    "五.2.13": lambda b, _: proof.write_treatment(b.scribe, b.enterprise),
    "五.2.14": lambda b, _: b._limits(),
    "五.2.15": lambda b, _: b._controls(),
    "五.2.16": lambda b, _: _say(
        b, "公司环境管理水平证明材料按环保档案、台账资料、人员配置三部分整理。"
    ),
    "五.2.16.1": lambda b, _: b._archive(),
    "五.2.16.2": lambda b, _: b._ledgers(),
    "五.2.16.3": lambda b, _: b._staff(),
    "五.2.17": lambda b, _: b._transport(),
    "五.2.18": lambda b, _: b._monitoring(),
    "附": lambda b, at: b._set(plan=plan.write_title(b.scribe, b.enterprise, at)),
    "附.1": lambda b, _: b._plan(profile=plan.write_profile(b.scribe, b.enterprise)),
    "附.2": lambda b, _: b._plan(process=plan.write_process(b.scribe, b.enterprise)),
    "附.3": lambda b, _: b._plan(emissions=plan.write_emissions(b.scribe, b.enterprise)),
}


def _say(builder: _Builder, value: str) -> None:
    builder.scribe.line(value)
