"""`duibiao grade` and `duibiao diff-editions` at the command line, and the ladders of several industries."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from duibiao.cli.app import run
from duibiao.law.editions import day_within, edition_named
from duibiao.law.provenance import Provenance
from duibiao.law.records import Edition, Industry
from duibiao.model.dates import PartialDate
from duibiao.model.grades import Grade
from duibiao.reports.edition_changes import EditionChanges, changes_between
from duibiao.service import Request, Service
from duibiao.testing import enterprises
from duibiao.testing.dossiers import clean_dossier
from duibiao.testing.projects import write_project
from duibiao.testing.word import write_word

from .rules.support import OFFICIAL, changed

Captured = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def word(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The cement works' package as a Word file."""
    path = tmp_path_factory.mktemp("packages") / "申报材料.docx"
    write_word(clean_dossier("cement"), path)
    return str(path)


@pytest.fixture(scope="module")
def service() -> Service:
    return Service()


# -- duibiao grade


def test_grade_tells_what_a_target_needs(word: str, capfd: Captured) -> None:
    assert run(["grade", word, "--target", "A"]) == 1

    out = capfd.readouterr().out
    for said in (
        "水泥熟料　等级由高到低：A级、B级、C级、D级",
        "未主动参与绩效评级的，按最低等级（D级）管理",
        "目标 A级：不能确定，没有已判定达不到的项目，20 项须由人核定",
        "按未经核实的数值达不到A级",
        "DA001 水泥窑窑尾 氮氧化物：41.6-68.3",
        "是否隐瞒或提供虚假材料（第十九条",
    ):
        assert said in out


def test_grade_says_what_is_reached(word: str, capfd: Captured) -> None:
    assert run(["grade", word, "--target", "D"]) == 0
    assert "目标 D级：达到" in capfd.readouterr().out


def test_grade_takes_the_declared_grade_where_none_is_given(word: str, capfd: Captured) -> None:
    assert run(["grade", word, "--format", "json"]) == 1

    told = json.loads(capfd.readouterr().out)
    assert {key: told[key] for key in ("kind", "target", "declared", "result", "day")} == {
        "kind": "prospect",
        "target": "B",
        "declared": "B级",
        "result": "open",
        "day": "2026-09-10",
    }
    assert (told["bars"], told["doubts"], told["blocked"], len(told["open"])) == ([], [], [], 20)
    gap = told["open"][0]
    assert gap["item"] == "DA001 水泥窑窑尾 颗粒物"
    assert gap["why"] == "按未经核实的数值达到B级，须查对官方文本"
    assert gap["requirement"] == "≤10 mg/m³［凭记忆，未核实］"
    assert len(told["ladder"]["rungs"]) == 23


def test_grade_names_the_bar_and_what_must_change(tmp_path: Path, capfd: Captured) -> None:
    """A violation four months ago, and a truck that leaves B."""
    path = tmp_path / "材料.docx"
    violation = "（5）行政处罚：2026年5月10日，公司因超标排放受到行政处罚。"
    dossier = changed(
        clean_dossier("cement"),
        {
            "compliance.4.text.value": violation,
            "evidence.transport.vehicles.0.stage.value": "国四",
        },
    )
    write_word(dossier, path)

    assert run(["grade", str(path), "--target", "B"]) == 1
    out = capfd.readouterr().out
    assert "目标 B级：达不到，须改变 2 项；另有" in out
    assert "不得申报 2026年5月10日有违法或处罚记录" in out
    assert "须改变的项目（1）" in out
    assert "国五及以上或新能源占66.6%" in "".join(out.split("│"))


def test_grade_works_on_a_project(tmp_path: Path, capfd: Captured) -> None:
    folder = write_project(enterprises.load("cement"), tmp_path)

    assert run(["grade", str(folder), "--format", "json"]) == 1
    told = json.loads(capfd.readouterr().out)
    assert (told["target"], told["result"], told["blocked"]) == ("B", "open", [])


def test_grade_without_a_ladder_is_open(word: str, capfd: Captured) -> None:
    assert run(["grade", word, "--industry", "家具制造", "--target", "A"]) == 1
    captured = capfd.readouterr()
    assert "家具制造：没有等级阶梯，不能评级" in captured.out
    assert "没有这个行业的等级阶梯" in captured.err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--target", "优"], "不认识的等级“优”"),
        (["--target", "引领性"], "水泥熟料没有等级“绩效引领性”；请用 --target 写 A级、B级、C级、D级 之一"),
        (["--as-of", "去年"], "--as-of 的值不对：“去年”不是日期"),
        (["--industry", "捕鱼"], "没有插件认识行业“捕鱼”"),
    ],
)  # fmt: skip
def test_grade_says_what_it_does_not_know(
    word: str, options: list[str], said: str, capfd: Captured
) -> None:
    assert run(["grade", word, *options]) == 2
    captured = capfd.readouterr()
    assert said in captured.err
    assert captured.out == ""


def test_grade_says_that_a_file_is_missing(tmp_path: Path, capfd: Captured) -> None:
    assert run(["grade", str(tmp_path / "无.docx"), "--target", "A"]) == 2
    assert "找不到该文件" in capfd.readouterr().err


# -- several industries


def of_industries(written: str) -> Any:
    parts = {"form.industry.value": written, "letters": ()}
    return changed(clean_dossier("cement"), parts)


def test_every_industry_that_is_named_has_its_ladder(service: Service) -> None:
    """The boiler of a cement works is rated as a boiler, and the rest as cement."""
    boiler = changed(
        clean_dossier("boiler_kiln").evidence.limits[0], {"outlet.value": "DA010", "at": None}
    )
    dossier = of_industries("水泥行业（熟料生产企业、粉磨站）；通用行业（涉锅炉/炉窑）、玩具")
    dossier = changed(dossier, {"evidence.limits": (*dossier.evidence.limits, boiler)})
    ladder = service.judge(dossier).ladder

    items = {
        one.industry: [rung.item for rung in one.rungs if rung.indicator == "排放限值"]
        for one in ladder.every
    }
    assert list(items) == ["水泥熟料", "涉锅炉/炉窑"]  # the one that is named first is the main one
    assert items["涉锅炉/炉窑"] == ["DA010 1#燃气锅炉 颗粒物"]
    assert len(items["水泥熟料"]) == len(clean_dossier("cement").evidence.limits)
    assert (ladder.ungraded, ladder.overall) == (("玩具",), None)


def test_one_industry_in_several_words_has_one_ladder(service: Service) -> None:
    ladder = service.judge(of_industries("水泥、水泥熟料")).ladder
    assert (ladder.others, ladder.ungraded) == ((), ())


def test_an_industry_that_the_caller_fixes_stands_alone(service: Service) -> None:
    dossier = of_industries("水泥行业（熟料）、通用行业（涉锅炉/炉窑）")
    ladder = service.judge(dossier, Request(industry="涉锅炉/炉窑")).ladder
    assert (ladder.industry, ladder.others) == ("涉锅炉/炉窑", ())


# -- duibiao diff-editions


def changes(service: Service, first: date, second: date) -> EditionChanges:
    """What changes for the cement works between two days."""
    dossier = clean_dossier("cement")
    days = (first, second)
    return changes_between(*(service.judge(dossier, Request(day=day)) for day in days))


def test_two_days_of_one_edition_change_nothing(service: Service) -> None:
    same = changes(service, date(2026, 9, 9), date(2026, 9, 10))
    assert same.is_same
    assert (same.vanished, same.appeared, same.rungs, same.requirements) == ((), (), (), ())


def test_an_edition_changes_ratings_and_requirements(service: Service) -> None:
    """In 2019 the guide was not out: nothing is known, and nothing can be rated."""
    found = changes(service, date(2019, 1, 1), date(2026, 9, 10))

    assert not found.is_same
    rated = {change.item[2]: change for change in found.rungs}
    ammonia = rated["DA001 水泥窑窑尾 氨"]
    assert (ammonia.before.reached, ammonia.after.reached) == (None, Grade.A)
    trucks = rated["公路运输车辆排放阶段"]
    assert (trucks.before, trucks.after.reached) == (None, Grade.A)
    (limit,) = [
        one
        for one in found.requirements
        if one.grade is Grade.A and one.items == ("DA001 水泥窑窑尾 氨",)
    ]
    assert limit.before.requirement == ""
    assert limit.after.requirement == "≤5 mg/m³［转载报道］"
    assert limit.after.grounds is not None


def test_findings_that_come_and_go(service: Service) -> None:
    """A finding of the first report alone has vanished, one of the second alone has appeared."""
    dossier = changed(clean_dossier("cement"), {"form.phone.value": "1390000010"})
    before, after = service.judge(dossier), service.judge(clean_dossier("cement"))
    found = changes_between(before, after)
    assert [one.code for one in found.vanished] == [one.code for one in before.findings]
    assert changes_between(after, before).appeared == found.vanished
    assert not found.is_same


def test_diff_editions_at_the_command_line(word: str, capfd: Captured) -> None:
    assert run(["diff-editions", "2019-01-01", "340", word]) == 1
    out = capfd.readouterr().out
    for said in ("2019-01-01", "2026-09-10", "评级有变化的项目", "要求有变化的", "转载报道"):
        assert said in out

    assert run(["diff-editions", "340", "2026-09-10", word]) == 0
    assert "按两者审查，结果相同。" in capfd.readouterr().out


def test_diff_editions_for_machines(word: str, capfd: Captured) -> None:
    assert run(["diff-editions", "2019-01-01", "340", word, "--format", "json"]) == 1
    told = json.loads(capfd.readouterr().out)
    assert (told["kind"], told["same"]) == ("edition_changes", False)
    assert (told["before"]["edition"], told["after"]["day"]) == ("", "2026-09-10")
    assert told["requirements"][0]["after"]["grounds"]["standing"] == "recalled"


@pytest.mark.parametrize(
    ("mark", "said"),
    [
        ("henan", "既不是日期，也不是这份材料所属行业的指标版本"),
        ("2026-13-01", "“2026-13-01”不是日历上的日期"),
    ],
)
def test_diff_editions_says_what_it_does_not_know(
    word: str, mark: str, said: str, capfd: Captured
) -> None:
    assert run(["diff-editions", "2026-01-01", mark, word]) == 2
    err = capfd.readouterr().err
    assert said in err


def test_diff_editions_works_on_a_project(tmp_path: Path, capfd: Captured) -> None:
    folder = write_project(enterprises.load("cement"), tmp_path)
    assert run(["diff-editions", "2026-09-09", "2026-09-10", str(folder)]) == 0


# -- editions by name


def edition(name: str, *start: int) -> Edition:
    provenance: Provenance = replace(OFFICIAL, id=name)
    return Edition(provenance, f"{name}版", PartialDate(*start))


INDUSTRY = Industry("x", "某行业", "XXX", (), (), (edition("old", 2020, 7), edition("new", 2024)))


@pytest.mark.parametrize(
    ("name", "day", "within"),
    [
        ("old", date(2019, 5, 1), date(2020, 7, 1)),
        ("old", date(2022, 5, 1), date(2022, 5, 1)),
        ("old", date(2026, 5, 1), date(2023, 12, 31)),
        ("new", date(2022, 5, 1), date(2024, 1, 1)),
        ("new", date(2026, 5, 1), date(2026, 5, 1)),
    ],
)
def test_an_edition_means_the_day_in_it_that_is_nearest(name: str, day: date, within: date) -> None:
    found = edition_named(INDUSTRY, name)
    assert found is not None
    assert day_within(INDUSTRY, found, day) == within


def test_an_edition_that_is_not_known_is_none() -> None:
    assert edition_named(INDUSTRY, "2021") is None
