"""The sample dossiers are complete and clean, and survive being written as Word files and read again."""

import importlib.util
import io
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from stdnum.cn import uscc

from duibiao.document.word import read_word
from duibiao.law import load_common
from duibiao.model.application import LetterKind
from duibiao.model.dossier import Dossier
from duibiao.model.grades import Grade
from duibiao.model.plan import AlertLevel
from duibiao.model.quantities import parse_quantity
from duibiao.recognition import recognise
from duibiao.rules.definition import Severity
from duibiao.rules.engine import Status
from duibiao.service import Service
from duibiao.testing import enterprises, forms
from duibiao.testing.codes import vin_check
from duibiao.testing.comparison import same_content
from duibiao.testing.dossiers import build_dossier, clean_dossier
from duibiao.testing.pictures import key_for, photo
from duibiao.testing.word import word_bytes, write_word

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "demo"
MOST_BYTES = 300_000

every_industry = pytest.mark.parametrize("industry", enterprises.names())


def read_back(dossier: Dossier) -> Dossier:
    return recognise(read_word(word_bytes(dossier), dossier.source.name), load_common())


@pytest.fixture(scope="module")
def service() -> Service:
    return Service()


@pytest.fixture(scope="module")
def demo() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_demo", DEMO / "make_demo.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# -- the samples


def test_the_samples_cover_the_plugins_and_both_sides_of_the_ladder() -> None:
    assert enterprises.names() == ("cement", "furniture", "steel", "boiler_kiln")
    grades = {name: enterprises.load(name).grade for name in enterprises.names()}
    assert grades.pop("cement") is Grade.B
    assert set(grades.values()) == {Grade.A}
    assert clean_dossier() is clean_dossier("cement") or clean_dossier() == clean_dossier("cement")


def test_an_unknown_sample_is_refused() -> None:
    with pytest.raises(KeyError):
        enterprises.load("nothing")


@every_industry
def test_every_part_is_filled(industry: str) -> None:
    dossier = clean_dossier(industry)

    evidence = dossier.evidence
    assert all(
        (
            dossier.cover,
            dossier.contents,
            dossier.form,
            dossier.profile,
            dossier.production.products,
            dossier.production.processes,
            dossier.production.materials,
            dossier.production.energies,
            dossier.production.transports,
            dossier.outlets,
            dossier.fugitives,
            dossier.indicators,
            evidence.facilities,
            evidence.limits,
            evidence.controls,
            evidence.archive.reports,
            evidence.archive.approvals,
            evidence.archive.ratings,
            evidence.staff,
            evidence.transport.modes,
            evidence.transport.shares,
            evidence.transport.machines,
            evidence.transport.gates,
            evidence.transport.vehicles,
            evidence.photos,
            dossier.plan,
            dossier.plan and dossier.plan.undertaking,
        )
    )
    assert [letter.kind for letter in dossier.letters] == list(LetterKind)
    assert len(dossier.compliance) == 8
    assert {ledger.kind for ledger in evidence.ledgers} == set(range(1, 9))
    assert [level.level for level in dossier.plan.levels] == [  # type: ignore[union-attr]
        AlertLevel.RED,
        AlertLevel.ORANGE,
        AlertLevel.YELLOW,
    ]
    assert not dossier.unread


@every_industry
def test_sections_and_contents_follow_the_outline(industry: str) -> None:
    dossier = clean_dossier(industry)
    outline = load_common().outline

    assert [section.key for section in dossier.sections] == [heading.key for heading in outline]
    assert [section.number for section in dossier.sections] == [item.number for item in outline]
    titles = {section.number + section.title for section in dossier.sections}
    listed = {entry.number + entry.title for entry in dossier.contents}
    assert {title.replace("（", "(").replace("）", ")") for title in titles} >= listed


@every_industry
def test_codes_are_valid(industry: str) -> None:
    dossier = clean_dossier(industry)

    assert dossier.form is not None
    assert dossier.form.credit_code is not None
    assert uscc.is_valid(dossier.form.credit_code.value)
    vehicles = dossier.evidence.transport.vehicles
    vins = [vehicle.vin.value for vehicle in vehicles if vehicle.vin]
    assert len(set(vins)) == len(vehicles)
    assert all(re.fullmatch(r"[A-HJ-NPR-Z0-9]{17}", vin) for vin in vins)
    assert all(vin[8] == vin_check(vin) for vin in vins)


def test_the_check_character_of_a_vin_is_that_of_a_known_one() -> None:
    assert vin_check("1M8GDM9A_KP042788".replace("_", "0")) == "X"


@every_industry
def test_reductions_rise_with_the_alert(industry: str) -> None:
    plan = clean_dossier(industry).plan
    assert plan is not None
    ratios = [level.ratio.value.low for level in plan.levels if level.ratio]
    numbers = [ratio for ratio in ratios if ratio is not None]
    assert len(numbers) == 3
    assert numbers == sorted(numbers, reverse=True)


@every_industry
def test_pictures_are_all_different(industry: str) -> None:
    evidence = clean_dossier(industry).evidence
    photos = [*evidence.photos, *(photo for table in evidence.facilities for photo in table.photos)]
    keys = {photo.picture for photo in photos}
    assert None not in keys
    assert len(keys) == len(photos)


@every_industry
def test_no_rule_finds_an_error_in_a_clean_dossier(industry: str, service: Service) -> None:
    report = service.judge(clean_dossier(industry))

    errors = [
        f"{finding.at} {finding.message}"
        for outcome in report.outcomes
        for finding in outcome.findings
        if finding.severity is Severity.ERROR
    ]
    assert not errors
    assert not [outcome for outcome in report.outcomes if outcome.status is Status.CRASHED]


def test_an_enterprise_may_be_varied() -> None:
    enterprise = replace(enterprises.load("cement"), name="豫虚构白石岭水泥有限公司")

    dossier = build_dossier(enterprise)

    assert dossier.plan is not None
    assert dossier.plan.enterprise is not None
    assert dossier.plan.enterprise.value == "豫虚构白石岭水泥有限公司"
    assert not [text for text in dossier.paragraphs if "豫虚构青石岭" in text.value]


# -- written and read


@every_industry
def test_what_is_written_is_read_back(industry: str) -> None:
    dossier = clean_dossier(industry)
    assert not same_content(dossier, read_back(dossier))


@every_industry
def test_even_the_places_are_those_of_the_file(industry: str) -> None:
    dossier = clean_dossier(industry)
    back = read_back(dossier)
    assert back == replace(dossier, source=back.source, margins=back.margins)


@every_industry
def test_equal_dossiers_give_equal_bytes(industry: str, tmp_path: Path) -> None:
    write_word(clean_dossier(industry), tmp_path / "a.docx")
    write_word(build_dossier(enterprises.load(industry)), tmp_path / "b.docx")

    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()


def test_the_prescribed_labels_of_the_form_stand_in_the_file_as_prescribed() -> None:
    document = read_word(word_bytes(clean_dossier()), "a.docx")
    tables = [block for block in document.blocks if hasattr(block, "grid")]
    assert tuple(row[0].text for row in tables[0].grid) == forms.FORM_LABELS


def change_grade(dossier: Dossier) -> Dossier:
    letters = tuple(
        replace(letter, grade=replace(letter.grade, value="C级"))
        for letter in dossier.letters
        if letter.grade
    )
    return replace(dossier, letters=letters)


def change_form(dossier: Dossier) -> Dossier:
    assert dossier.form is not None
    assert dossier.form.phone is not None
    return replace(dossier, form=replace(dossier.form, phone=replace(dossier.form.phone, value="")))


def drop_letter(dossier: Dossier) -> Dossier:
    letters = dossier.letters[:1]
    sections = tuple(section for section in dossier.sections if section.key != "三")
    return replace(dossier, letters=letters, sections=sections)


def unsign(dossier: Dossier) -> Dossier:
    first, *others = dossier.letters
    assert first.signature is not None
    empty = replace(first, signature=replace(first.signature, value=""), date=None, has_seal=False)
    return replace(dossier, letters=(empty, *others))


def change_quantity(dossier: Dossier) -> Dossier:
    first, *others = dossier.outlets
    assert first.concentration is not None
    measured = replace(first.concentration, value=parse_quantity("55.5", "mg/m3"))
    return replace(dossier, outlets=(replace(first, concentration=measured), *others))


def drop_row(dossier: Dossier) -> Dossier:
    limits = dossier.evidence.limits[1:]
    return replace(dossier, evidence=replace(dossier.evidence, limits=limits))


def drop_statement(dossier: Dossier) -> Dossier:
    return replace(dossier, compliance=dossier.compliance[:-1])


def drop_picture(dossier: Dossier) -> Dossier:
    table, *others = dossier.evidence.facilities
    bare = replace(table.photos[0], picture=None, width=None, height=None)
    table = replace(table, photos=(bare, *table.photos[1:]))
    return replace(dossier, evidence=replace(dossier.evidence, facilities=(table, *others)))


def repeat_picture(dossier: Dossier) -> Dossier:
    table, *others = dossier.evidence.facilities
    again = replace(table.photos[1], picture=table.photos[0].picture)
    table = replace(table, photos=(table.photos[0], again, *table.photos[2:]))
    return replace(dossier, evidence=replace(dossier.evidence, facilities=(table, *others)))


def skip_number(dossier: Dossier) -> Dossier:
    table, *others = dossier.evidence.facilities
    rows = (*table.rows[:-1], replace(table.rows[-1], number=99))
    facilities = (replace(table, rows=rows), *others)
    return replace(dossier, evidence=replace(dossier.evidence, facilities=facilities))


def drop_level(dossier: Dossier) -> Dossier:
    assert dossier.plan is not None
    sections = tuple(section for section in dossier.sections if section.key != "附.4.1")
    return replace(
        dossier, plan=replace(dossier.plan, levels=dossier.plan.levels[1:]), sections=sections
    )


def drop_section(dossier: Dossier) -> Dossier:
    sections = tuple(section for section in dossier.sections if section.key != "五.2.3")
    return replace(dossier, sections=sections)


def drop_ledgers(dossier: Dossier) -> Dossier:
    ledgers = tuple(ledger for ledger in dossier.evidence.ledgers if ledger.kind != 6)
    return replace(dossier, evidence=replace(dossier.evidence, ledgers=ledgers))


@pytest.mark.parametrize(
    "change",
    [
        change_grade,
        change_form,
        drop_letter,
        unsign,
        change_quantity,
        drop_row,
        drop_statement,
        drop_picture,
        repeat_picture,
        skip_number,
        drop_level,
        drop_section,
        drop_ledgers,
    ],
)
def test_a_change_of_a_typed_part_shows_in_the_file(change: Callable[[Dossier], Dossier]) -> None:
    changed = change(clean_dossier())
    assert same_content(clean_dossier(), changed), "the change is one"

    back = read_back(changed)

    told = re.compile(r"paragraphs|sections|.*\.text\b")  # running text may repeat what was changed
    assert not [line for line in same_content(changed, back) if not told.match(line)]


# -- the parts of it


def test_a_comparison_names_path_and_values() -> None:
    dossier = clean_dossier()
    assert dossier.form is not None
    assert dossier.form.city is not None
    other = replace(
        dossier, form=replace(dossier.form, city=replace(dossier.form.city, value="郑州市"))
    )

    assert same_content(dossier, other) == ["form.city.value: '三门峡市' ≠ '郑州市'"]


def test_a_comparison_tells_missing_rows() -> None:
    dossier = clean_dossier()
    (line,) = same_content(dossier, replace(dossier, outlets=dossier.outlets[:-1]))
    assert line.startswith(f"outlets: {len(dossier.outlets)} ≠ {len(dossier.outlets) - 1} 项")


def test_a_comparison_ignores_places_and_source() -> None:
    dossier = clean_dossier()
    moved = replace(dossier.paragraphs[0], at=replace(dossier.paragraphs[0].at, paragraph=77))
    other = replace(
        dossier,
        paragraphs=(moved, *dossier.paragraphs[1:]),
        source=replace(dossier.source, size=1),
    )
    assert not same_content(dossier, other)


def test_a_picture_has_the_key_that_it_is_known_by() -> None:
    data = photo("除尘设施")
    assert key_for("除尘设施") == f"{zlib.crc32(data):08x}-{len(data)}"
    assert data != photo("脱硫设施")


# -- the demo


def test_the_demo_files_are_those_that_the_script_makes(demo: ModuleType, tmp_path: Path) -> None:
    demo.make(tmp_path)

    for name in (demo.CLEAN, demo.FAULTY):
        assert _members(tmp_path / name) == _members(DEMO / name), "run python demo/make_demo.py"
        assert (DEMO / name).stat().st_size < MOST_BYTES


def test_the_demo_projects_are_those_that_the_script_makes(
    demo: ModuleType, tmp_path: Path
) -> None:
    demo.make(tmp_path)

    made, kept = (_files(folder / demo.PROJECTS) for folder in (tmp_path, DEMO))
    assert made.keys() == kept.keys(), "run python demo/make_demo.py"
    assert {name for name, data in made.items() if data != kept[name]} == set()


def _files(folder: Path) -> dict[str, object]:
    """What the files below a folder hold, workbooks part by part."""
    return {
        path.relative_to(folder).as_posix(): (
            _members(path) if path.suffix == ".xlsx" else path.read_bytes()
        )
        for path in folder.rglob("*")
        if path.is_file() and "成果" not in path.parts
    }


def _members(path: Path) -> dict[str, bytes]:
    """What the zip holds; its own bytes depend on the version of zlib."""
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as file:
        return {name: file.read(name) for name in file.namelist()}


def test_the_clean_demo_has_no_error(demo: ModuleType, service: Service) -> None:
    report = service.check(DEMO / demo.CLEAN)
    found = {
        outcome.rule.code
        for outcome in report.outcomes
        for finding in outcome.findings
        if finding.severity is Severity.ERROR
    }
    assert not found


def test_every_planted_fault_of_the_demo_is_found_and_nothing_else(
    demo: ModuleType, service: Service
) -> None:
    report = service.check(DEMO / demo.FAULTY)

    found = {outcome.rule.code for outcome in report.outcomes if outcome.findings}
    readme = (DEMO / "README.md").read_text("utf-8")
    assert found == set(re.findall(r"DB-\d{3}", readme))
