"""`Law.on(day)`: which rows hold on a day, in a city, for a branch; which limits a grade has."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from duibiao.law import Book, Law, Standing, Volume, load_common, load_industry_law
from duibiao.model.grades import Grade
from duibiao.plugins import Plugin, Registry

SOURCES = """
[[source]]
id = "GUIDE"
title = "技术指南"
kind = "official"
read = true

[[source]]
id = "DATED"
title = "有期限的标准"
kind = "official"
read = true
from = "2021-03"
until = "2022"

[[source]]
id = "SMX2022"
title = "插件自己登记的同名来源"
kind = "report"
read = true
"""

INDUSTRY = """
[industry]
key = "paper"
name = "造纸"
prefix = "PAP"
"""


def row(
    kind: str, key: str, rest: str = "", standing: str = "official", cite: str = "GUIDE"
) -> str:
    return f'[[{kind}]]\nid = "{key}"\nstanding = "{standing}"\ncites = ["{cite}"]\n{rest}\n\n'


def limit(key: str, rest: str = "", value: int = 10, **options: str) -> str:
    regime = "" if "regime" in rest else 'regime = "grade"\ngrades = ["A"]\n'
    process = "" if "process" in rest else 'process = "boiler"\n'
    figure = f'{process}pollutant = "PM"\nop = "<="\nvalue = {value}\nunit = "mg/m3"\n'
    return row("limit", key, regime + figure + rest, **options)


EDITIONS = row("edition", "new", 'name = "2024年版"\nfrom = "2024"') + row(
    "edition", "old", 'name = "2020年版"\nfrom = "2020-07"'
)
BRANCHES = row(
    "branch", "B1", 'key = "pulp"\nname = "制浆"\naliases = ["纸浆", "浆 Ａ"]\nladder = ["A", "B"]'
) + row("branch", "B2", 'key = "board"\nname = "纸板"\naliases = ["机制纸浆纸板"]\nladder = []')
PROCESSES = (
    row("process", "W1", 'key = "boiler"\nname = "锅炉"\nkeywords = ["锅炉"]')
    + row("process", "W2", 'key = "recovery"\nname = "碱回收炉"\nkeywords = ["碱回收锅炉", "碱炉"]\nbranch = ["pulp"]')
    + row("process", "W3", 'key = "gas"\nname = "燃气锅炉"\nkeywords = ["LNG 锅炉"]')
)  # fmt: skip


class Shelf:
    """Makes books of law files in a folder of the test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def book(self, rows: str = "", editions: str = EDITIONS) -> Book:
        home = self.folder / "duibiao_paper"
        (home / "law").mkdir(parents=True, exist_ok=True)
        texts = {
            "law/industry.toml": INDUSTRY + editions + BRANCHES + PROCESSES,
            "law/sources.toml": SOURCES,
            "law/rows.toml": rows,
            "checklist.toml": row("section", "C1", 'number = "2.1"\napplies = "yes"')
            + row("section", "C2", 'number = "2.2"\napplies = "no"\nbranch = ["board"]'),
            "measures.toml": row(
                "measure", "M1", 'levels = ["红色"]\nkind = "stop"\ntext = "停产"\nedition = "old"'
            )
            + row("measure", "M2", 'levels = ["红色"]\nkind = "stop"\ntext = "停产"\nprecedent = true'),
        }  # fmt: skip
        for name, text in texts.items():
            (home / name).write_text(text, encoding="utf-8")
        law = load_industry_law(home)
        volumes = tuple(
            (
                edition,
                Volume(
                    law.indicator_table(edition.provenance.id),
                    law.evidence_checklist(edition.provenance.id),
                    law.reduction_measures(edition.provenance.id),
                ),
            )
            for edition in law.industry.editions
        )
        return Book(law.industry, volumes)

    def law(self, rows: str = "", branch: str = "pulp", **options: str) -> Law:
        book = self.book(rows)
        (chosen,) = (entry for entry in book.industry.branches if entry.key == branch)
        return Law(load_common(), book, chosen, **options)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


def ids(rows: object) -> list[str]:
    return [entry.provenance.id for entry in rows]


# ------------------------------------------------------------------------------------ which rows


@pytest.mark.parametrize(
    ("day", "edition"),
    [
        (date(2020, 6, 30), None),
        (date(2020, 7, 1), "old"),
        (date(2023, 12, 31), "old"),
        (date(2024, 1, 1), "new"),
        (date(2030, 1, 1), "new"),
    ],
)
def test_edition_of_the_day(shelf, day, edition):
    found = shelf.law().on(day).edition
    assert (found.provenance.id if found else None) == edition


def test_before_the_first_edition_nothing_of_the_industry_holds(shelf):
    law = shelf.law(limit("L1")).on(date(2020, 6, 30))
    assert law.branch.key == "pulp"
    assert (law.limits, law.requirements, law.checklist, law.measures) == ((), (), (), ())


def test_rows_of_an_edition_hold_in_it_alone(shelf):
    law = shelf.law(
        limit("OLD", 'edition = "old"') + limit("NEW", 'edition = "new"') + limit("ALL")
    )
    assert ids(law.on(date(2022, 1, 1)).limits) == ["OLD", "ALL"]
    assert ids(law.on(date(2025, 1, 1)).limits) == ["NEW", "ALL"]
    assert ids(law.on(date(2022, 1, 1)).measures) == ["M1"]
    assert ids(law.on(date(2025, 1, 1)).measures) == []


@pytest.mark.parametrize(
    ("dates", "first", "last"),
    [
        ("from = 2021-05-10", date(2021, 5, 10), None),
        ('from = "2021-05"', date(2021, 5, 1), None),
        ('from = "2021"', date(2021, 1, 1), None),
        ("until = 2022-02-27", None, date(2022, 2, 27)),
        ('until = "2022-02"', None, date(2022, 2, 28)),
        ('until = "2022"', None, date(2022, 12, 31)),
        ('from = "2021"\nuntil = "2021"', date(2021, 1, 1), date(2021, 12, 31)),
    ],
)
def test_own_dates_of_a_row(shelf, dates, first, last):
    law = shelf.law(limit("L1", dates))
    for edge, outside in ((first, -1), (last, 1)):
        if edge is not None:
            beyond = date.fromordinal(edge.toordinal() + outside)
            assert ids(law.on(edge).limits) == ["L1"]
            assert ids(law.on(beyond).limits) == []


def test_a_row_without_dates_has_those_of_the_first_document_it_cites(shelf):
    law = shelf.law(limit("L1", cite="DATED:表1"))
    held = {
        day: ids(law.on(day).limits)
        for day in (date(2021, 2, 28), date(2021, 3, 1), date(2022, 12, 31), date(2023, 1, 1))
    }
    assert list(held.values()) == [[], ["L1"], ["L1"], []]


def test_own_dates_of_a_row_come_before_those_of_its_document(shelf):
    law = shelf.law(limit("L1", 'from = "2020"\nuntil = 2023-06-30', cite="DATED"))
    assert ids(law.on(date(2021, 1, 1)).limits) == ["L1"]
    assert ids(law.on(date(2023, 6, 30)).limits) == ["L1"]
    assert ids(law.on(date(2023, 7, 1)).limits) == []


REGIONS = "".join(
    limit(key, f'region = "{region}"')
    for key, region in (("ALL", "河南"), ("HN", "河南省"), ("SMX", "三门峡"), ("KF", "开封市"), ("SX", "山西"))
)  # fmt: skip


@pytest.mark.parametrize(
    ("city", "held"),
    [
        ("", ["ALL", "HN"]),
        ("三门峡市", ["ALL", "HN", "SMX"]),
        ("三门峡", ["ALL", "HN", "SMX"]),
        ("开封市", ["ALL", "HN", "KF"]),
        ("郑州市", ["ALL", "HN"]),
        ("市", ["ALL", "HN"]),
    ],
)
def test_rows_of_a_region(shelf, city, held):
    assert ids(shelf.law(REGIONS, city=city).on(date(2022, 1, 1)).limits) == held


def test_rows_of_a_branch(shelf):
    rows = limit("PULP", 'branch = ["pulp"]') + limit("BOTH") + limit("BOARD", 'branch = ["board"]')
    day = date(2022, 1, 1)
    pulp, board = (shelf.law(rows, branch).on(day) for branch in ("pulp", "board"))
    assert ids(pulp.limits) == ["PULP", "BOTH"]
    assert ids(board.limits) == ["BOTH", "BOARD"]
    assert (ids(pulp.checklist), ids(board.checklist)) == (["C1"], ["C1", "C2"])


def test_precedents_bind_nobody(shelf):
    assert ids(shelf.law().on(date(2022, 1, 1)).measures) == ["M1"]


def test_without_an_industry_only_the_common_law_holds(shelf):
    law = Law(load_common(), grade=Grade.A).on(date(2022, 1, 1))
    assert (law.industry, law.branch, law.edition) == (None, None, None)
    assert (law.grade, law.limits) == (Grade.A, ())
    assert law.ladder == ()
    assert law.process_named("锅炉") is None


def test_an_industry_s_own_sources_come_before_the_common_ones(shelf):
    law = shelf.law().on(date(2022, 1, 1))
    assert str(law.cite("SMX2022:第五条")) == "《插件自己登记的同名来源》第五条"
    assert str(Law(load_common()).on(law.day).cite("SMX2022:第五条")).endswith("第五条")
    with pytest.raises(KeyError):
        law.cite("NOWHERE:1")


# -------------------------------------------------------------------- names of branches, processes


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("制浆", ("pulp", 2)),
        ("造纸行业（制浆企业）", ("pulp", 2)),
        ("纸板", ("board", 2)),
        ("机制纸浆纸板制造", ("board", 6)),
        ("浆ａ企业", ("pulp", 2)),
        ("纸  浆", ("pulp", 2)),
        ("印刷", None),
        ("", None),
    ],
)
def test_branch_named(shelf, text, found):
    match = shelf.book().branch_named(text)
    assert (match and (match[0].key, match[1])) == found


def test_registry_finds_the_plugin_with_the_longest_name(shelf):
    paper = shelf.book()
    pulp, board = paper.industry.branches
    printing = replace(
        paper.industry,
        key="printing",
        branches=(
            replace(pulp, key="offset", name="纸板印刷", aliases=()),
            replace(board, key="screen", name="丝印", aliases=()),
        ),
    )
    registry = Registry(
        (Plugin("paper", "", paper, ()), Plugin("printing", "", Book(printing, ()), ())), ()
    )
    assert [
        match and (match[0].name, match[1].key)
        for match in map(registry.find, ("纸板印刷厂", "纸板", "丝印", "水泥", ""))
    ] == [("printing", "offset"), ("paper", "board"), ("printing", "screen"), None, None]


@pytest.mark.parametrize(
    ("step", "branch", "process"),
    [
        ("碱回收锅炉烟气", "pulp", "recovery"),
        ("碱回收锅炉烟气", "board", "boiler"),
        ("燃煤锅炉", "pulp", "boiler"),
        ("ＬＮＧ锅炉", "pulp", "gas"),
        ("lng 锅炉", "board", "gas"),
        ("碱炉", "board", None),
        ("切纸机", "pulp", None),
        ("", "pulp", None),
    ],
)
def test_process_named(shelf, step, branch, process):
    found = shelf.law(branch=branch).on(date(2022, 1, 1)).process_named(step)
    assert (found.key if found else None) == process


def test_spaces_do_not_make_a_keyword_longer(shelf):
    spaced = row("process", "W9", 'key = "spaced"\nname = "链条"\nkeywords = ["链 条 炉"]')
    longer = row("process", "W8", 'key = "longer"\nname = "链条炉排"\nkeywords = ["链条炉排"]')
    book = shelf.book(editions=EDITIONS + spaced + longer)
    law = Law(load_common(), book, book.industry.branches[0]).on(date(2022, 1, 1))
    assert law.process_named("链条炉排锅炉").key == "longer"


# ----------------------------------------------------------------------------- limits of a grade

CHAIN = (
    limit("GRADE", value=10)
    + limit("MINIMUM", 'regime = "standard"', value=30)
    + limit("MINIMUM-SEEN", 'regime = "standard"\nprocess = "recovery"', value=50, standing="secondary")
    + limit("LOCAL", 'regime = "local"', value=20)
    + limit("EVERY", 'regime = "standard"\nprocess = "*"', value=120)
)  # fmt: skip


def grade_limits(law: Law, step: str, grade: Grade) -> list[tuple[str, Standing, bool]]:
    found = law.on(date(2022, 1, 1)).grade_limits(step, "PM", grade)
    return [(entry.limit.provenance.id, entry.standing, entry.may_fail) for entry in found]


def test_limits_of_the_grade_itself(shelf):
    law = shelf.law(CHAIN)
    assert grade_limits(law, "锅炉", Grade.A) == [("GRADE", Standing.OFFICIAL, True)]
    assert grade_limits(law, "锅炉", Grade.B) == []


@pytest.mark.parametrize(
    ("rest", "standing", "found"),
    [
        ("", "recalled", ["GRADE"]),
        ("", "secondary", ["GRADE"]),
        ("", "official", ["GRADE", "OTHER"]),
        ('condition = "特别排放限值"', "recalled", ["GRADE", "OTHER"]),
        ('process = "*"', "recalled", ["GRADE"]),
        ('grades = ["B"]\nregime = "grade"', "recalled", ["GRADE"]),
    ],
)
def test_what_the_official_text_says_sets_aside_what_is_remembered(shelf, rest, standing, found):
    law = shelf.law(limit("OTHER", rest, value=8, standing=standing) + limit("GRADE", value=10))
    assert sorted(name for name, _, _ in grade_limits(law, "锅炉", Grade.A)) == found


def test_an_official_limit_for_every_outlet_leaves_a_remembered_one_of_the_process(shelf):
    law = shelf.law(
        limit("OWN", value=8, standing="recalled") + limit("EVERY", 'process = "*"', value=10)
    )
    assert grade_limits(law, "锅炉", Grade.A) == [("OWN", Standing.RECALLED, False)]
    assert grade_limits(law, "切纸机", Grade.A) == [("EVERY", Standing.OFFICIAL, True)]


@pytest.mark.parametrize(
    ("basis", "step", "found"),
    [
        ("official", "锅炉", ("MINIMUM", Standing.OFFICIAL, True)),
        ("secondary", "锅炉", ("MINIMUM", Standing.SECONDARY, True)),
        ("recalled", "锅炉", ("MINIMUM", Standing.RECALLED, False)),
        ("official", "碱炉", ("MINIMUM-SEEN", Standing.SECONDARY, True)),
        ("recalled", "碱炉", ("MINIMUM-SEEN", Standing.RECALLED, False)),
        ("official", "切纸机", ("EVERY", Standing.OFFICIAL, True)),
    ],
)
def test_a_grade_that_uses_another_regime_is_as_good_as_the_weaker_link(shelf, basis, step, found):
    rows = CHAIN + row("basis", "F1", 'grade = "B"\nregime = "standard"', standing=basis)
    assert grade_limits(shelf.law(rows), step, Grade.B) == [found]


def test_the_basis_of_one_branch_says_nothing_of_another(shelf):
    rows = CHAIN + row("basis", "F1", 'grade = "B"\nregime = "standard"\nbranch = ["board"]')
    assert grade_limits(shelf.law(rows), "锅炉", Grade.B) == []
    assert grade_limits(shelf.law(rows, "board"), "锅炉", Grade.B)[0][0] == "MINIMUM"


@pytest.mark.parametrize(
    ("dates", "held"),
    [
        ('from = "2021"', ["MINIMUM"]),
        pytest.param(*('until = "2021"', [])),
    ],
)
def test_a_basis_holds_in_its_own_time(shelf, dates, held):
    rows = CHAIN + row("basis", "F1", f'grade = "B"\nregime = "standard"\n{dates}')
    assert [found[0] for found in grade_limits(shelf.law(rows), "锅炉", Grade.B)] == held


def test_the_legal_minimum(shelf):
    law = shelf.law(CHAIN).on(date(2022, 1, 1))
    for step, found in (("锅炉", "MINIMUM"), ("碱炉", "MINIMUM-SEEN"), ("切纸机", "EVERY")):
        (entry,) = law.standard_limits(step, "PM")
        assert (entry.limit.provenance.id, entry.grade) == (found, None)
    assert law.standard_limits("锅炉", "SO2") == ()


def test_requirements_of_a_grade(shelf):
    text = 'indicator = "{}"\ntext = "要求"\nregime = "{}"\n'
    rows = (
        row("requirement", "OWN", text.format("装备水平", "grade") + 'grades = ["A", "B"]')
        + row("requirement", "ULTRA", text.format("装备水平", "ultra_low"))
        + row("requirement", "OTHER", text.format("运输方式", "grade") + 'grades = ["A"]')
        + row("basis", "F1", 'grade = "A"\nregime = "ultra_low"')
    )
    law = shelf.law(rows).on(date(2022, 1, 1))
    assert ids(law.requirements_of("装备水平", Grade.A)) == ["OWN", "ULTRA"]
    assert ids(law.requirements_of("装备水平", Grade.B)) == ["OWN"]
    assert ids(law.requirements_of("运输方式", Grade.B)) == []
