"""The one-plant-one-plan: the enterprise's measures or the guide's, and the ratio that they give."""

from dataclasses import replace
from typing import Any

import pytest

from duibiao.law.in_force import LawInForce
from duibiao.model.grades import Grade
from duibiao.model.plan import AlertLevel, AlertMeasures

from .composing import Content, bare_law, dossier, law_of
from .rules.law_builders import measure

LEVELS = tuple(reversed(AlertLevel))


def guided(*measures: Any, grade: Grade = Grade.B) -> LawInForce:
    """Return the cement works' law with only these measures."""
    return replace(law_of("cement"), measures=measures, grade=grade)


def left_to_the_guide(filled: Content) -> None:
    """Take away the enterprise's own measures and ratios; put its outlets on their lines."""
    filled["measures"], filled["levels"] = [], []
    for row in filled["outlets"]:
        row["line"] = _line_of(row["step"])


def _line_of(step: str) -> str:
    if "水泥磨" in step:
        return f"{step[0]}#水泥磨线"
    return "1#熟料线" if step.startswith(("水泥窑", "煤磨", "生料", "熟料")) else ""


def measured(*rows: tuple[str, str, str, str]) -> Any:
    """Return a change: own measures as (level, line, measure, cut); nothing else."""

    def change(filled: Content) -> None:
        left_to_the_guide(filled)
        keys = ("level", "line", "measure", "cut")
        filled["measures"] = [dict(zip(keys, row, strict=True)) for row in rows]

    return change


def levels(change: Any, law: LawInForce | None = None) -> dict[AlertLevel, AlertMeasures]:
    plan = dossier(change, law=law or guided()).plan
    assert plan is not None
    return {level.level: level for level in plan.levels}


def said(entry: AlertMeasures) -> tuple[list[str], str | None]:
    return [str(text) for text in entry.measures], str(entry.ratio) if entry.ratio else None


def test_levels_stand_from_red_to_yellow() -> None:
    assert tuple(levels(left_to_the_guide)) == LEVELS


def test_own_measures_are_numbered_and_name_their_line() -> None:
    found = levels(
        measured(
            ("红色", "1#熟料线", "停产。", "100"),
            ("红色", "1#水泥磨线", "1#水泥磨线停产；", "100"),
            ("红色", "", "停止露天作业", ""),
            ("黄色", "", "增加洒水", ""),
        )
    )
    assert said(found[AlertLevel.RED])[0] == [
        "（1）1#熟料线：停产；",
        "（2）1#水泥磨线停产；",
        "（3）停止露天作业。",
    ]
    assert said(found[AlertLevel.YELLOW])[0] == ["（1）增加洒水。"]
    assert said(found[AlertLevel.ORANGE]) == ([], None)


@pytest.mark.parametrize(
    ("kind", "ratio", "process", "texts"),
    [
        ("stop", None, "", ["1#熟料线：停产", "1#水泥磨线：停产", "2#水泥磨线：停产"]),
        ("stop", "100", "", ["1#熟料线：停产", "1#水泥磨线：停产", "2#水泥磨线：停产"]),
        ("limit", "50", "", ["1#熟料线：限产50%", "1#水泥磨线：限产50%", "2#水泥磨线：限产50%"]),
        (
            "limit",
            "12.5",
            "",
            ["1#熟料线：限产12.5%", "1#水泥磨线：限产12.5%", "2#水泥磨线：限产12.5%"],
        ),
        ("stop", "50", "", ["照指南办"]),
        ("limit", None, "", ["照指南办"]),
        ("limit", "20", "水泥熟料", ["照指南办"]),
        ("stop", None, "水泥熟料", ["照指南办"]),
    ],
)
def test_the_guides_measures_are_written_out_line_by_line(
    kind: str, ratio: str | None, process: str, texts: list[str]
) -> None:
    law = guided(measure(kind, "照指南办。", ratio=ratio, process=process))
    numbered = [f"（{number}）{text}" for number, text in enumerate(texts, 1)]
    found = said(levels(left_to_the_guide, law)[AlertLevel.RED])[0]
    assert [text[:-1] for text in found] == numbered
    assert [text[-1] for text in found] == [*"；" * (len(texts) - 1), "。"]


@pytest.mark.parametrize("kind", ["other", "self_chosen"])
def test_principles_are_no_measures(kind: str) -> None:
    law = guided(measure(kind, "实施差异化管控。"), measure("vehicles", "禁用国四及以下车辆。"))
    assert said(levels(left_to_the_guide, law)[AlertLevel.RED])[0] == ["（1）禁用国四及以下车辆。"]


def test_measures_of_other_grades_and_levels_do_not_bind() -> None:
    law = guided(
        measure("stop", "停产。", grades=("C",)),
        measure("limit", "限产。", ratio="20", levels=(AlertLevel.RED,), grades=()),
    )
    found = levels(left_to_the_guide, law)
    assert said(found[AlertLevel.RED])[0][0] == "（1）1#熟料线：限产20%；"
    assert found[AlertLevel.YELLOW].measures == ()


@pytest.mark.parametrize("grade", [Grade.A, Grade.A_PLUS, Grade.LEADING, Grade.ADVANCED])
def test_who_may_choose_chooses(grade: Grade) -> None:
    found = levels(left_to_the_guide, guided(measure("stop", "停产。", grades=()), grade=grade))
    assert {level: said(entry) for level, entry in found.items()} == dict.fromkeys(
        LEVELS, (["（1）自主采取减排措施。"], "自主减排")
    )


def test_who_may_choose_may_also_cut() -> None:
    change = measured(("红色", "", "全厂限产", "30"), ("橙色", "", "加强管理", ""))
    found = levels(change, guided(grade=Grade.A))
    assert said(found[AlertLevel.RED]) == (["（1）全厂限产。"], "30.0%")
    assert said(found[AlertLevel.ORANGE]) == (["（1）加强管理。"], "自主减排")


def test_a_stop_of_everything_saves_everything() -> None:
    found = dossier(left_to_the_guide, law=guided(measure("stop", "停产。")))
    assert found.plan is not None
    assert [str(level.ratio) for level in found.plan.levels] == ["100.0%"] * 3
    assert str(found.plan.emissions[-1]) == (
        "各级预警的减排比例按各排放口排放浓度（取上限）、风量和年运行时间计算。"
    )
    assert found.misfits == ()


def test_a_line_weighs_what_its_outlets_emit() -> None:
    """Kiln tail 586000 m³/h with 4.9 + 15.7 + 68.3 + 2.6 mg/m³ against a mill of 182000 with 5.9, and so on."""
    found = levels(
        measured(
            ("红色", "1#熟料线", "停产", "100"),
            ("橙色", "1#水泥磨线", "停产", "100"),
            ("橙色", "1#水泥磨线", "限产", "10"),
            ("黄色", "", "全厂限产", "10"),
        )
    )
    tail = 586000 * (49 + 157 + 683 + 26)
    line = tail + 452000 * 57 + 98000 * 48 + 28000 * 44 + 36000 * 52
    mill = 182000 * 59
    whole = line + mill + 179000 * 61 + 61000 * 46 + 42000 * 53
    assert str(found[AlertLevel.RED].ratio) == f"{100 * line / whole:.1f}%"
    assert str(found[AlertLevel.ORANGE].ratio) == f"{100 * mill / whole:.1f}%"
    assert str(found[AlertLevel.YELLOW].ratio) == "10.0%"


def test_a_process_cuts_the_lines_that_make_its_product() -> None:
    by_process = levels(
        left_to_the_guide, guided(measure("limit", "限产。", ratio="100", process="水泥熟料"))
    )
    by_line = levels(measured(("红色", "1#熟料线", "停产", "100")))
    assert str(by_process[AlertLevel.RED].ratio) == str(by_line[AlertLevel.RED].ratio)


def test_an_outlets_rows_share_flow_and_hours() -> None:
    def change(filled: Content) -> None:
        left_to_the_guide(filled)
        for row in filled["outlets"][1:4]:
            row["flow"], row["hours"] = "", ""

    law = guided(measure("stop", "停产。", process="水泥熟料"))
    assert str(levels(change, law)[AlertLevel.RED].ratio) == str(
        levels(left_to_the_guide, law)[AlertLevel.RED].ratio
    )


@pytest.mark.parametrize(
    ("field", "value", "lacking"),
    [
        ("concentration", "未检出", "排放浓度（mg/m³，有上限的数值）"),
        ("concentration", "≥5", "排放浓度（mg/m³，有上限的数值）"),
        ("flow", "", "排放风量（m³/h）"),
        ("hours", "", "年运行时间（h，不超过8784）"),
        ("hours", "8785", "年运行时间（h，不超过8784）"),
        ("hours", "8784", None),
    ],
)
def test_what_the_ratio_lacks_is_told_outlet_by_outlet(
    field: str, value: str, lacking: str | None
) -> None:
    def change(filled: Content) -> None:
        left_to_the_guide(filled)
        filled["outlets"][5][field] = value

    found = dossier(change, law=guided(measure("stop", "停产。")))
    assert found.plan is not None
    assert [bool(level.ratio) for level in found.plan.levels] == [lacking is None] * 3
    assert [(m.at.row, m.what, m.remedy) for m in found.misfits] == (
        []
        if lacking is None
        else [
            (
                8,
                f"DA003 煤磨 颗粒物缺少{lacking}，算不出减排比例",
                "补上这一项；或把各级别的减排比例写在“预警减排比例”",
            )
        ]
    )
    assert any("减排比例" in str(text) for text in found.plan.emissions) == (lacking is None)


def test_nothing_emitted_has_no_ratio() -> None:
    def change(filled: Content) -> None:
        left_to_the_guide(filled)
        for row in filled["outlets"]:
            row["concentration"] = "0"

    found = dossier(change, law=guided(measure("stop", "停产。")))
    assert [misfit.what for misfit in found.misfits] == ["各排放口都没有排放量，算不出减排比例"]


def test_measures_without_a_cut_need_a_written_ratio() -> None:
    law = guided(measure("vehicles", "禁用国四及以下车辆。"), measure("limit", "限产。"))
    found = dossier(left_to_the_guide, law=law)
    assert [misfit.what for misfit in found.misfits] == [
        f"{level}预警的措施没有限产比例，算不出减排比例" for level in LEVELS
    ]


def test_written_ratios_persons_and_phones_count() -> None:
    def change(filled: Content) -> None:
        left_to_the_guide(filled)
        filled["levels"] = [
            {
                "level": "红色",
                "ratio": "３０％",
                "responsible": "石虚林（副总）",
                "phone": "139 0000 0102",
            },
            {"level": "橙色", "ratio": "20"},
        ]

    found = levels(change, guided(measure("stop", "停产。")))
    red, orange, yellow = (found[level] for level in LEVELS)
    assert (str(red.ratio), str(red.responsible), str(red.phone)) == (
        "30%",
        "石虚林",
        "13900000102",
    )
    assert (str(orange.ratio), str(orange.responsible)) == ("20", "石虚磊")
    assert orange.ratio is not None
    assert orange.ratio.value.unit == "%"
    assert str(yellow.ratio) == "100.0%"


def test_without_plugin_and_measures_nothing_is_invented() -> None:
    found = levels(left_to_the_guide, bare_law())
    assert {level: said(entry) for level, entry in found.items()} == dict.fromkeys(
        LEVELS, ([], None)
    )


def test_the_plan_is_told_from_the_sheets_unless_it_is_written() -> None:
    plan = dossier().plan
    assert plan is not None
    assert (str(plan.enterprise), str(plan.date)) == ("豫虚构青石岭水泥有限公司", "2026年9月")
    assert [str(text)[:30] for text in (*plan.profile, *plan.process, *plan.emissions)] == [
        "豫虚构青石岭水泥有限公司属于水泥熟料行业，申报绩效等级为B级",
        "公司现有生产线3条。公司采用新型干法水泥生产工艺。石灰石破碎",
        "公司设有组织废气排放口9个，2025年主要污染物排放量：颗粒",
    ]
    own = {"profile": "甲", "process": "乙\n丙", "emissions": "丁"}
    written = dossier(lambda filled: filled["plan"].update(own)).plan
    assert written is not None
    assert [
        [str(text) for text in texts]
        for texts in (written.profile, written.process, written.emissions)
    ] == [["甲"], ["乙", "丙"], ["丁"]]
