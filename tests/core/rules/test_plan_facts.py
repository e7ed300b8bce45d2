"""What the plan says of the plant against parts four and five."""

from dataclasses import replace

import pytest

from duibiao.model.quantities import parse_quantity

from .support import (
    at,
    cement,
    changed,
    finding,
    findings,
    furniture,
    inapplicable,
    passed,
    text,
    unjudged,
    without,
)

FIRST_PART = {"profile.text": ()}
RED = "plan.levels.0"


def told(part: str, words: str):
    """Return the cement works whose plan says nothing but this in one of its first three sections."""
    return changed(cement(), {**FIRST_PART, f"plan.{part}": (text(words),)})


# -- DB-319


@pytest.mark.parametrize(
    "words",
    [
        "公司设有组织废气排放口9个。",
        "共有9个有组织排放口",
        "废气排放口数量为９个",
        "排放口均规范设置",
    ],
)
def test_outlet_count_differs_passes(words):
    assert passed("DB-319", furniture())
    assert passed("DB-319", told("emissions", words))


def test_outlet_count_differs_fails():
    dossier = told("emissions", "公司设有组织废气排放口11个。")
    assert findings("DB-319", dossier) == (
        finding(
            "DB-319",
            at(dossier, "plan.emissions.0.at"),
            "文中写排放口11个，第四部分列有9个",
            "核对排污许可证，补列漏掉的排放口，或改正文中的数量",
            also=(at(dossier, "outlets.0.at"),),
        ),
    )


@pytest.mark.parametrize(("number", "found"), [(8, 0), (9, 0), (10, 1), (7, 1)])
def test_outlet_count_differs_boundary(number, found):
    """An outlet without control stands in 2.14 alone; either number will do."""
    dossier = changed(told("process", f"排放口{number}个"), {"outlets": cement().outlets[:8]})
    assert len(findings("DB-319", dossier)) == found


NAMES = (("DA001", "窑尾"), ("DA001", "窑尾"), ("DA002", None), ("DA003", None), (None, "窑头"))
"""Codes and steps of four outlets."""


@pytest.mark.parametrize(("number", "found"), [(1, 1), (2, 1), (3, 1), (4, 0), (5, 1), (6, 0)])
def test_outlet_count_differs_counts_names(number, found):
    """Four in part four and six in 2.14, by code or by step; a row that names neither counts for nothing."""

    def named(row, *names):
        parts = [[part and text(part) for part in name] for name in names]
        return tuple(changed(row, outlet=code, step=step) for code, step in parts)

    changes = {
        "outlets": named(cement().outlets[0], *NAMES, (None, None)),
        "evidence.limits": named(
            cement().evidence.limits[0], *NAMES, ("DA004", None), (None, "冷却"), (None, None)
        ),
    }
    dossier = changed(told("emissions", f"排放口{number}个"), changes)
    assert len(findings("DB-319", dossier)) == found


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("DA001", 9),
        ("DA001~DA003", 11),
        ("DA001至003", 11),
        ("DA001、DA002", 10),
        ("DA003~DA001", 9),
    ],
)
def test_outlet_count_differs_counts_outlets_of_one_row(written, number):
    """A row may be about several outlets: of them it names a range, or each."""
    first = cement().outlets[0]
    several = replace(first.outlet, at=replace(first.outlet.at, quote=written))
    same = {"outlets.0.outlet": several, "evidence.limits": ()}
    for said in (number - 1, number, number + 1):
        dossier = changed(told("emissions", f"排放口{said}个"), same)
        assert len(findings("DB-319", dossier)) == (said != number)


def test_outlet_count_differs_in_part_four():
    words = (text("公司设有组织废气排放口11个。"),)
    dossier = changed(told("process", ""), {"profile.text": words})
    assert len(findings("DB-319", dossier)) == 1
    assert passed("DB-319", changed(dossier, profile=None))


def test_outlet_count_differs_cannot_judge():
    (only,) = unjudged("DB-319", changed(cement(), outlets=()))
    assert (only.at, only.reason) == (cement().at, "没有第四部分的产排污环节表，无法对照")
    assert passed("DB-319", changed(cement(), {**FIRST_PART, "plan": None}))


# -- DB-320


@pytest.mark.parametrize(
    "words",
    [
        "水泥熟料设计产能77.5万吨/年、2025年产量59.8万吨，水泥设计产能110万吨/年、2025年产量78.3万吨。",
        "主要产品为水泥熟料、水泥，水泥产能1100000吨/年，2025年实际产量783000吨。",
        "水泥产量78.3万t",
        "水泥年设计生产能力为110万吨",
        "水泥产能充足",
        "1#线水泥设计产能55万吨",
    ],
)
def test_product_differs_in_words_passes(words):
    assert passed("DB-320", furniture())
    assert passed("DB-320", told("profile", words))


def test_product_differs_in_words_fails():
    dossier = told(
        "profile", "水泥熟料设计产能87.5万吨/年，水泥设计产能110万吨/年，2025年产量93.4万吨。"
    )
    total, clinker = "production.products.1.rows.2", "production.products.0.rows.0"
    problems = [
        ("文中写水泥熟料产能87.5万吨/年，3.1为77.5", f"{clinker}.capacity.at"),
        ("文中写水泥产量93.4万吨，3.1为78.3", f"{total}.output.at"),
    ]
    assert findings("DB-320", dossier) == tuple(
        finding(
            "DB-320",
            at(dossier, "plan.profile.0.at"),
            message,
            "核对数据，改正有误的一处",
            also=(at(dossier, place),),
        )
        for message, place in problems
    )


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("水泥产量78.9万吨", 0),
        ("水泥产量79.2万吨", 1),
        ("水泥产量78.3吨", 1),
        ("水泥产量39.6万吨", 0),
        ("熟料产量1万吨", 0),
    ],
)
def test_product_differs_in_words_boundary(words, found):
    """One in a hundred is rounding; a single line's figure is right, too; other products are not in the table."""
    assert len(findings("DB-320", told("profile", words))) == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("2025年产量为水泥熟料59.8万吨、水泥78.3万吨。", []),
        ("2025年产量分别为水泥熟料69.8万吨，水泥78.3万吨", ["水泥熟料产量69.8万吨"]),
        ("主要产品产能为水泥熟料77.5万吨/年、水泥120万吨/年", ["水泥产能120万吨/年"]),
    ],
)
def test_products_one_after_another(words, found):
    told_of = [one.message for one in findings("DB-320", told("profile", words))]
    assert [message.removeprefix("文中写").partition("，")[0] for message in told_of] == found


def test_the_sum_of_the_lines_is_right_where_the_total_is_wrong():
    dossier = told("profile", "水泥产量78.3万吨")
    path = "production.products.1.rows.2.output.value"
    assert passed("DB-320", changed(dossier, {path: parse_quantity("59.85", "万t")}))


@pytest.mark.parametrize(("words", "found"), [("110万吨", 0), ("1100000吨", 0), ("120万吨", 1)])
def test_the_sum_of_lines_in_different_units(words, found):
    rows = at(cement(), "production.products.1.rows")[:2]
    rows = changed(
        rows,
        {
            "0.capacity.value": parse_quantity("55万t"),
            "1.capacity.value": parse_quantity("550000t"),
        },
    )
    for order in (rows, rows[::-1]):
        dossier = changed(
            told("profile", f"水泥设计产能{words}"), {"production.products.1.rows": order}
        )
        assert len(findings("DB-320", dossier)) == found


def test_product_differs_in_words_cannot_judge():
    reason = "没有产品表，或没有说明产能、产量的文字"
    assert inapplicable("DB-320", changed(cement(), {"production.products": ()})) == reason
    assert inapplicable("DB-320", changed(cement(), {**FIRST_PART, "plan": None})) == reason


# -- DB-321


@pytest.mark.parametrize(
    "words",
    [
        "颗粒物46.35t，二氧化硫38.94t",
        "烟尘年排放量为46.4吨",
        "颗粒物71.20t（许可）",
        "NOx 241.6吨/年",
    ],
)
def test_plan_emission_differs_passes(words):
    assert passed("DB-321", furniture())
    assert passed("DB-321", told("emissions", words))


def test_plan_emission_differs_fails():
    dossier = told("emissions", "2025年主要污染物排放量：颗粒物55.20t，二氧化硫38.94t。")
    assert findings("DB-321", dossier) == (
        finding(
            "DB-321",
            at(dossier, "plan.emissions.0.at"),
            "方案写颗粒物55.20t，第四部分实际排放量为46.35",
            "核对排放量，改正有误的一处",
            also=(at(dossier, "profile.totals.0.actual.at"),),
        ),
    )


@pytest.mark.parametrize(
    ("words", "found"),
    [("颗粒物46.8t", 0), ("颗粒物46.9t", 1), ("颗粒物浓度10mg", 0), ("颗粒物0.004635万t", 0)],
)
def test_plan_emission_differs_boundary(words, found):
    assert len(findings("DB-321", told("emissions", words))) == found


@pytest.mark.parametrize(
    ("written", "words", "found"),
    [
        ("烟尘", "颗粒物1t", 1),
        ("烟尘", "烟尘1t", 1),
        ("NOx", "氮氧化物1t", 1),
        ("虚构物", "虚构物1t", 1),
        ("虚构物", "颗粒物1t", 0),
    ],
)
def test_plan_emission_differs_in_other_words(written, words, found):
    """By the words of the table or by the official name."""
    total = changed(at(cement(), "profile.totals.0"), {"pollutant.value": written})
    dossier = changed(told("emissions", words), {"profile.totals": (total,)})
    assert len(findings("DB-321", dossier)) == found


def test_plan_emission_differs_cannot_judge():
    reason = "没有“一厂一策”方案，或没有大气污染物排放信息表"
    assert inapplicable("DB-321", changed(cement(), plan=None)) == reason
    assert inapplicable("DB-321", changed(cement(), {"profile.totals": ()})) == reason
    silent = without(
        told("emissions", "颗粒物1t"), "profile.totals.0.actual", "profile.totals.0.permitted"
    )
    assert passed("DB-321", silent)


# -- DB-711


def measured(words: str):
    """Return the cement works with one measure at the red level."""
    return changed(cement(), {f"{RED}.measures": (text(words),)})


@pytest.mark.parametrize(
    "words",
    [
        "2#水泥磨线停产",
        "２号水泥磨生产线停产",
        "1#、2#水泥磨线停产",
        "水泥熟料生产线停产",
        "停运3#皮带",
        "2号水泥磨线停产",
    ],
)
def test_unknown_line_named_passes(words):
    assert passed("DB-711", furniture())
    assert passed("DB-711", measured(words))


def test_unknown_line_named_fails():
    dossier = measured("3#水泥磨线停产，2#水泥磨线限产50%")
    assert findings("DB-711", dossier) == (
        finding(
            "DB-711",
            at(dossier, f"{RED}.measures.0.at"),
            "红色预警的措施提到“3#水泥磨线”，3.1没有这条生产线",
            "改为3.1所列的生产线，或在3.1补列",
            also=(at(dossier, "production.products.0.rows.0.at"),),
        ),
    )


@pytest.mark.parametrize(
    ("words", "found"),
    [("12#水泥磨线停产", 1), ("1#熟料生产线停产", 0), ("2#熟料线停产", 1), ("3#线停产", 0)],
)
def test_unknown_line_named_boundary(words, found):
    """Number and name have to fit; a number without a name may be counted in another way."""
    assert len(findings("DB-711", measured(words))) == found


@pytest.mark.parametrize(("words", "found"), [("2#水泥磨线停产", 1), ("12#水泥磨线停产", 0)])
def test_unknown_line_named_tells_2_from_12(words, found):
    row = "production.products.1.rows.1"
    renamed = {f"{row}.line.value": "12#水泥磨线", f"{row}.equipment": None}
    assert len(findings("DB-711", changed(measured(words), renamed))) == found


def test_unknown_line_named_cannot_judge():
    (only,) = unjudged("DB-711", changed(cement(), plan=None))
    assert only.reason == "没有“一厂一策”方案可查"
    assert (
        inapplicable("DB-711", changed(cement(), {"production.products": ()}))
        == "3.1没有写生产线名称"
    )
    row = "production.products.0.rows.0"
    for nameless in ({f"{row}.line": None}, {f"{row}.line.value": " "}):
        assert len(findings("DB-711", changed(measured("3#水泥磨线停产"), nameless))) == 1


def test_a_line_without_a_figure_does_not_shift_the_others():
    dossier = without(told("profile", "水泥产量99万吨"), "production.products.1.rows.0.output")
    (found,) = findings("DB-320", dossier)
    assert found.message == "文中写水泥产量99万吨，3.1为78.3"
    assert found.also == (at(dossier, "production.products.1.rows.2.output.at"),)
