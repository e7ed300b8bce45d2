"""A project says what a package written by hand says, and every value knows its cell and its section."""

import re
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from duibiao.law import load_common
from duibiao.model.dates import PartialDate
from duibiao.model.dossier import Dossier
from duibiao.model.location import Located, Location
from duibiao.model.quantities import Quantity
from duibiao.plugins import load_plugins
from duibiao.project.catalogue import catalogue_of
from duibiao.project.evidence import read_evidence
from duibiao.project.reading import read_project_data
from duibiao.rules.definition import Severity
from duibiao.service import Service
from duibiao.testing import enterprises
from duibiao.testing.comparison import same_facts
from duibiao.testing.dossiers import build_dossier
from duibiao.testing.projects import project_data, project_of, write_project

from .composing import Content, bare_law, composed, dossier, law_of, whole_project

every_industry = pytest.mark.parametrize("industry", enterprises.names())

BY_HAND = {
    r"form\.industry|letters\[.\]\.industry|indicators\.heading|profile\.text: |plan\.profile\[0\]": "行业类型从插件的行业中选，手写的材料另有写法",
    r"letters\[.\]\.signature": "项目放了签字的扫描件，手写的材料签了名字",
    r"evidence\.archive\.text: ": "许可证一句只写编号和有效期，不替企业说按时提交了执行报告",
    r"evidence\.ledgers\[\d\]\.(?:header|rows)": "台账的列是工作表的列：日期写到年，有月份一列，产量连同单位",
    r"evidence\.(?:facilities\[.\]\.)?photos\[\d+\]\.caption": "图名由文件夹和文件名而来，先后按文件名",
    r"sections(?:\[\d+\]\.|: )": "不涉及的章节不列，手写的材料列出并写“本项不涉及”",
    r"paragraphs: [一二三] |paragraphs: (?:四\.1|五\.1|附\.1) ": "同上：行业的写法",
    r"paragraphs: 五\.2\.(?:13\.\d|14|16\.[12]) ": "同上：图名、许可证、台账",
    r"production\.products\[.\]\.rows\[.\]\.|paragraphs: 四\.3\.1 ": "表头不能读出的单位（万件/年）写在单元格里",
    r"paragraphs: 五\.2\.18 ": "台账的日期印成年月日",
}
"""Where a project cannot or does not say what the dossier of the same enterprise says → why."""


@pytest.fixture(scope="module")
def service() -> Service:
    return Service()


@pytest.fixture(scope="module")
def differences(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Sample → how its project differs from what was written by hand."""
    found = {}
    for name in enterprises.names():
        composition, _ = whole_project(enterprises.load(name), tmp_path_factory.mktemp(name))
        by_hand = _by_first_appearance(build_dossier(enterprises.load(name)))
        found[name] = same_facts(composition.dossier, by_hand)
    return found


@every_industry
def test_a_project_says_what_a_package_written_by_hand_says(
    industry: str, differences: dict[str, list[str]]
) -> None:
    assert [line for line in differences[industry] if not re.match("|".join(BY_HAND), line)] == []


@pytest.mark.parametrize("pattern", BY_HAND)
def test_every_known_difference_is_there(pattern: str, differences: dict[str, list[str]]) -> None:
    assert any(re.match(pattern, line) for lines in differences.values() for line in lines)


@every_industry
def test_a_clean_enterprise_is_a_project_without_a_finding(
    industry: str, tmp_path: Path, service: Service
) -> None:
    enterprise = enterprises.load(industry)
    project = write_project(enterprise, tmp_path)
    law = law_of(industry)
    data = read_project_data(project, lambda _: catalogue_of(load_plugins(), law))
    found, _ = whole_project(enterprise, tmp_path / "again")
    read = read_evidence(project / "证据", load_common(), {})
    assert read.seal is not None
    assert data.misfits == ()
    assert _typed(data) == _typed(project_data(project_of(enterprise)))
    assert found.dossier.misfits == ()
    report = service.judge(found.dossier)
    findings = [finding for outcome in report.outcomes for finding in outcome.findings]
    assert [f for f in findings if f.severity is not Severity.INFO] == []


@every_industry
def test_every_value_knows_its_cell_and_the_section_where_it_is_printed(industry: str) -> None:
    found = dossier(name=industry)
    printed = {section.key for section in found.sections} | {"封面"}
    for value in _located(replace(found, contents=(), misfits=())):
        assert value.at.file == found.source.name
        assert value.at.section in printed
    assert found.source.is_project


def test_one_row_of_outlets_stands_in_three_sections_at_one_cell() -> None:
    found = dossier()
    places = {
        "四.4": found.outlets[0].concentration,
        "五.2.13.1": found.evidence.facilities[0].rows[0].concentration,
        "五.2.14": found.evidence.limits[0].concentration,
    }
    cells = set()
    for section, value in places.items():
        assert value is not None
        assert value.at.section == section
        cells.add((value.at.sheet, value.at.row, value.at.column))
    assert cells == {("有组织排放", 3, 8)}


def test_the_front_is_ready_for_seal_and_signature() -> None:
    found = dossier()
    authenticity, reduction = found.letters
    assert found.cover is not None
    assert (str(found.cover.enterprise), str(found.cover.date), found.cover.has_seal) == (
        "豫虚构青石岭水泥有限公司",
        "2026年9月10日",
        False,
    )
    assert (
        str(authenticity.addressee),
        str(authenticity.year),
        str(authenticity.industry),
        str(authenticity.grade),
        str(authenticity.commitment),
        str(authenticity.signature),
        authenticity.signature_is_picture,
        str(authenticity.date),
    ) == (
        "三门峡市生态环境局：",
        "2026",
        "水泥熟料",
        "B级",
        "特此承诺。",
        "",
        False,
        "2026年9月10日",
    )
    assert str(reduction.enterprise) == "豫虚构青石岭水泥有限公司"
    assert str(reduction.commitment).startswith("现承诺：在重污染天气预警期间，将严格按照")


@pytest.mark.parametrize(
    ("industry", "trade"),
    [
        ("水泥行业（熟料生产企业）", "水泥"),
        ("通用行业（涉PM）", "通用"),
        ("家具制造", "家具制造"),
        ("家具制造行业", "家具制造"),
        ("行业", "行业"),
    ],
)
def test_the_letters_name_the_industry_without_its_brackets(industry: str, trade: str) -> None:
    found = dossier(_set("form", "industry", industry), law=bare_law())
    assert [str(letter.industry) for letter in found.letters] == [trade, trade]
    assert found.indicators is not None
    assert str(found.indicators.heading) == f"{trade}行业B级绩效指标要求"


@pytest.mark.parametrize(
    ("written", "label"),
    [("B", "B级"), ("Ｂ级", "B级"), ("绩效引领性", "绩效引领性"), ("甲等", "甲等"), ("", "")],
)
def test_a_grade_is_written_as_documents_write_it(written: str, label: str) -> None:
    found = dossier(_set("form", "grade", written), law=bare_law())
    assert found.form is not None
    assert found.profile is not None
    assert {str(found.form.grade), str(found.profile.grade), str(found.letters[0].grade)} == {label}


def test_blanks_in_codes_and_line_feeds_in_cells_are_folded() -> None:
    def change(filled: Content) -> None:
        filled["form"]["credit_code"] = " 91411221 MA0XG1QH51"
        filled["form"]["address"] = "三门峡市\n渑池县  1号"
        filled["vehicles"][0]["plate"] = "豫M 8A271"

    found = dossier(change)
    assert found.form is not None
    assert str(found.form.credit_code) == "91411221MA0XG1QH51"
    assert str(found.form.address) == "三门峡市渑池县 1号"
    assert str(found.evidence.transport.vehicles[0].plate) == "豫M8A271"


def test_statements_come_in_the_prescribed_order_with_the_dates_they_admit() -> None:
    def change(filled: Content) -> None:
        filled["compliance"].reverse()
        filled["compliance"][3]["statement"] = "2026年5月8日因超标排放受到处罚。"

    found = dossier(change).compliance
    assert [statement.topic for statement in found] == [
        statement.topic for statement in dossier().compliance
    ]
    assert str(found[4].text) == "（5）行政处罚：2026年5月8日因超标排放受到处罚。"
    assert [str(day) for day in found[4].violation_dates] == ["2026年5月8日"]


def test_long_texts_become_paragraphs() -> None:
    found = dossier(_set("profile", "introduction", "公司成立于2003年。\n\n  现有职工 210 人。 "))
    assert found.profile is not None
    assert [str(text) for text in found.profile.text[:2]] == [
        "公司成立于2003年。",
        "现有职工 210 人。",
    ]


def test_an_empty_project_is_composed_without_inventing_anything() -> None:
    def empty(filled: Content) -> None:
        filled.clear()

    found = composed(empty, law=bare_law()).dossier
    prescribed = {"（企业公章）", "（企业盖章）", "特此承诺。", "生态环境局："}
    said = {text.value for text in found.paragraphs}
    assert {text for text in said - prescribed if "承诺" not in text} == {"行业绩效指标要求"}
    assert found.misfits == ()


def _set(key: str, field: str, value: str) -> Any:
    return lambda filled: filled[key].update({field: value})


def _typed(data: Any) -> tuple[Any, Any]:
    return (
        {key: _values(record) for key, record in data.forms.items()},
        {key: [_values(record) for record in rows] for key, rows in data.lists.items()},
    )


def _values(record: Any) -> dict[str, str]:
    return {key: text.value for key, text in record.values.items()}


def _by_first_appearance(found: Dossier) -> Dossier:
    """The outlets of 四.4 by pollutant in order of first appearance in 2.14, as a project has them."""
    treated = {(str(outlet.outlet), str(outlet.pollutant)) for outlet in found.outlets}
    every = [(str(row.outlet), str(row.pollutant)) for row in found.evidence.limits]
    order = list(
        dict.fromkeys(pollutant for pair in every if pair in treated for pollutant in pair[1:])
    )
    outlets = sorted(found.outlets, key=lambda outlet: order.index(str(outlet.pollutant)))
    return replace(found, outlets=tuple(outlets))


def _located(part: Any) -> list[Located[Any]]:
    if isinstance(part, Located):
        return [part]
    if isinstance(part, tuple):
        return [value for item in part for value in _located(item)]
    if is_dataclass(part) and not isinstance(part, Location | Quantity | PartialDate):
        return [value for f in fields(part) for value in _located(getattr(part, f.name))]
    return []
