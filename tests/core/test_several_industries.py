"""An enterprise with several industries is judged by the law of each (第五条（三）), and told once what is the same."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from duibiao.model.dossier import Dossier
from duibiao.model.quantities import parse_quantity
from duibiao.rendering.view import notice_view
from duibiao.reports import faces
from duibiao.reports.faces import Face
from duibiao.reports.model import CheckReport
from duibiao.rules.engine import Status
from duibiao.rules.verdict import Verdict
from duibiao.service import Service
from duibiao.testing.dossiers import clean_dossier
from duibiao.testing.word import write_word

BOTH = "水泥熟料、通用行业（涉锅炉/炉窑）"


@pytest.fixture(scope="module")
def service() -> Service:
    return Service()


def naming(industry: str, dossier: Dossier | None = None) -> Dossier:
    """Return a cement works that applies for other industries, too."""
    dossier = dossier or clean_dossier("cement")
    assert dossier.form is not None
    assert dossier.form.industry is not None
    written = replace(dossier.form.industry, value=industry)
    letters = tuple(
        replace(letter, industry=replace(letter.industry, value=industry))
        if letter.industry
        else letter
        for letter in dossier.letters
    )
    return replace(dossier, form=replace(dossier.form, industry=written), letters=letters)


def with_boiler(**concentrations: str) -> Dossier:
    """Return the works with a boiler: its rows of 2.14 are those of a kiln, renamed, with other concentrations."""
    dossier = naming(BOTH)
    rows = []
    for row in dossier.evidence.limits[:3]:
        assert row.outlet is not None
        assert row.step is not None
        assert row.pollutant is not None
        assert row.concentration is not None
        value = parse_quantity(concentrations.get(row.pollutant.value, "3"), "mg/m3")
        rows.append(
            replace(
                row,
                outlet=replace(row.outlet, value="DA021"),
                step=replace(row.step, value="燃气锅炉"),
                concentration=replace(row.concentration, value=value),
                oxygen=None,
                baseline_oxygen=None,
            )
        )
    limits = (*dossier.evidence.limits, *rows)
    return replace(dossier, evidence=replace(dossier.evidence, limits=limits))


def checked(service: Service, dossier: Dossier, folder: Path) -> CheckReport:
    path = folder / "申报材料.docx"
    write_word(dossier, path)
    return service.check(path)


def words(report: CheckReport, code: str) -> list[str]:
    """Return everything that a rule found or could not judge."""
    said = [finding.message for finding in report.findings if finding.code == code]
    return said + [entry.reason for rule, entry in report.unjudged if rule.code == code]


def test_the_rules_of_every_industry_are_run(service, tmp_path):
    report = checked(service, with_boiler(氮氧化物="200"), tmp_path)
    assert report.industry == BOTH
    ran = {outcome.rule.code[:3] for outcome in report.outcomes}
    assert ran == {"DB-", "CEM", "GEN"}
    assert max(Counter(outcome.rule.code for outcome in report.outcomes).values()) == 1
    assert words(report, "DB-404") == [
        "涉锅炉/炉窑：DA021 燃气锅炉 氮氧化物浓度200（折算后294.1 mg/m³）超过排放标准≤50 mg/m³"
    ]
    assert report.verdict is Verdict.FAIL


def test_an_outlet_is_judged_by_the_law_of_its_own_industry(service, tmp_path):
    report = checked(service, with_boiler(), tmp_path)
    said = words(report, "DB-402")
    boiler = [text for text in said if "锅炉" in text]
    assert boiler
    assert all(text.startswith("涉锅炉/炉窑：DA021 燃气锅炉") for text in boiler)
    alone = words(checked(service, clean_dossier("cement"), tmp_path), "DB-402")
    assert [text for text in said if "锅炉" not in text] == alone


def test_which_industries_were_judged_is_reported(service, tmp_path):
    report = checked(service, with_boiler(), tmp_path)
    judge = report.judge
    (other,) = judge.others
    assert (judge.branch, judge.plugin) == ("水泥熟料", "cement")
    assert (other.branch, other.plugin, other.distribution) == (
        "涉锅炉/炉窑",
        "general_industry",
        "duibiao-general-industry",
    )
    assert "通用行业" in other.edition
    assert other.law_sha256 not in ("", judge.law_sha256)
    (told,) = json.loads(faces.render(report, Face.JSON))["judge"]["others"]
    assert told == {
        "branch": other.branch,
        "national_no": None,
        "edition": other.edition,
        "plugin": other.plugin,
        "distribution": other.distribution,
        "version": other.version,
        "law_sha256": other.law_sha256,
    }
    by, also = judge.edition, other.edition.partition("［")
    assert notice_view(report)["edition"] == f"《{by}》、《{also[0]}》{''.join(also[1:])}"
    for face in (Face.TEXT, Face.HTML):
        assert other.edition in faces.render(report, face)


def test_an_industry_that_no_plugin_knows_leaves_the_check_unfinished(service, tmp_path):
    report = checked(service, naming("水泥熟料、造船"), tmp_path)
    assert report.verdict is Verdict.INCOMPLETE
    assert report.reasons[0] == "没有插件认识所写的行业“造船”，该行业的指标未检查"
    assert report.ladder.ungraded == ("造船",)


@pytest.mark.parametrize(
    ("written", "branch", "others"),
    [
        ("水泥熟料", "水泥熟料", []),
        ("水泥熟料、水泥", "水泥熟料", []),
        ("通用行业、涉锅炉/炉窑", "涉锅炉/炉窑", []),
        ("涉PM；水泥熟料", "涉PM", ["水泥熟料"]),
        ("造船、水泥熟料", "水泥熟料", []),
        ("水泥（熟料、独立粉磨）", "独立粉磨站", []),
        ("水泥熟料、家具制造、涉PM", "水泥熟料", ["家具制造", "涉PM"]),
    ],
)
def test_the_industry_named_first_is_the_main_one(service, written, branch, others):
    judge = service.judge(naming(written)).judge
    assert (judge.branch, [other.branch for other in judge.others]) == (branch, others)


def test_a_grade_that_a_further_industry_lacks_is_for_a_person(service):
    report = service.judge(naming("水泥熟料、独立粉磨站"))
    assert report.verdict is Verdict.REVIEW
    assert (
        "独立粉磨站的等级为绩效引领性、非引领性，没有所申报的B级，该行业请人工核实"
        in report.reasons
    )


def test_what_two_industries_find_at_one_place_is_told_once(service):
    """Both the cement and the general plugin find that limestone lies in the open."""
    dossier = naming("水泥制品、通用行业（涉PM）")
    material = dossier.production.materials[0]
    assert material.storage is not None
    lying = replace(material, storage=replace(material.storage, value="露天堆放"))
    production = replace(dossier.production, materials=(lying, *dossier.production.materials[1:]))
    report = service.judge(replace(dossier, production=production))
    found = [f for f in report.findings if f.at == lying.storage.at and "露天" in f.message]
    assert len(found) == 1
    outcome = next(one for one in report.outcomes if one.rule.code == "GEN-105")
    assert (outcome.status, outcome.findings) == (Status.NOT_APPLICABLE, ())
