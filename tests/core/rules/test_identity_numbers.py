"""主体信息: coordinates, industry codes and permit numbers (DB-113, DB-114, DB-117)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from duibiao.rules.definition import Severity

from .support import (
    AT,
    BRANCH,
    OFFICIAL,
    RECALLED,
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


def lying(words: str) -> Any:
    """Return the cement works at these coordinates."""
    return changed(cement(), {"profile.coordinates": text(words)})


# DB-113


@pytest.mark.parametrize(
    "words",
    [
        "东经111°45′36″，北纬34°46′12″",
        "北纬34°46′12″，东经111°45′36″",
        "１１１°４５′３６″，３４°４６′１２″",
        "经度：111度45分36秒；纬度：34度46分12秒",
        "E111.7600°，N34.7700°",
        "111°45'36.5\"E 34°46'12\"N",
        "经纬度：111.7600，34.7700",
        "34.7700,111.7600",
    ],
)
def test_coordinates_impossible_passes(words: str) -> None:
    assert passed("DB-113", lying(words))
    assert passed("DB-113", cement())
    assert passed("DB-113", furniture())


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("东经34°46′，北纬111°45′", "的纬度超过90度，经度与纬度像是写反了"),
        ("东经111°75′12″，北纬34°46′12″", "的分或秒不小于60"),
        ("东经111°45′，北纬34°46′60″", "的分或秒不小于60"),
        ("东经111°，北纬99°", "的纬度超过90度"),
        ("东经191°，北纬34°", "的经度超过180度"),
    ],
)
def test_coordinates_impossible_fails(words: str, fault: str) -> None:
    assert findings("DB-113", lying(words)) == (
        finding("DB-113", AT, f"经纬度“{words}”{fault}", "对照排污许可证副本或地图，改正经纬度"),
    )


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("东经180°，北纬90°", 0),
        ("东经180°00′01″，北纬34°", 1),
        ("东经111°，北纬90.001°", 1),
        ("东经111°59′59.9″，北纬34°", 0),
    ],
)
def test_coordinates_impossible_boundary(words: str, found: int) -> None:
    """Where the cell is blank, the running text counts."""
    assert len(findings("DB-113", lying(words))) == found
    told = changed(
        lying(""), {"profile.text": (text("公司始建于2010年。"), text(f"位于{words}。"))}
    )
    assert len(findings("DB-113", told)) == found


def test_coordinates_impossible_cannot_judge() -> None:
    for words in ("见附件", "111.76", "东经111°，东经34°", "东经111°，34°", "111.1，34.2，5"):
        (doubt,) = unjudged("DB-113", lying(words))
        assert (doubt.at, doubt.reason) == (AT, f"经纬度“{words}”看不出是一个经度和一个纬度")
    (doubt,) = unjudged("DB-113", without(cement(), "profile"))
    assert (doubt.at, doubt.reason) == (cement().at, "没有“企业基本信息”可查")
    blank = without(cement(), "profile.coordinates")
    assert inapplicable("DB-113", blank) == "没有写经纬度（另由 DB-219 检查）"


# DB-114

CEMENT = replace(BRANCH, name="水泥熟料", codes=("3011", "3012"))


def coded(words: str) -> Any:
    """Return the cement works with this industry and code."""
    return changed(cement(), {"profile.industry": text(words)})


def test_class_code_of_another_industry_passes() -> None:
    assert passed("DB-114", cement(), branch=CEMENT)


def test_class_code_of_another_industry_fails() -> None:
    assert findings("DB-114", coded("木质家具制造C2110"), branch=CEMENT) == (
        finding(
            "DB-114",
            AT,
            "行业代码为“木质家具制造C2110”，水泥熟料的代码为3011、3012",
            "对照排污许可证核对行业代码和申报的行业",
            grounds=OFFICIAL,
        ),
    )


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("水泥制造（C３０１２）", 0),
        ("c3011", 0),
        ("3011", 0),
        ("C2110、C3011", 0),
        ("C3013", 1),
        ("C2110、C3013", 1),
    ],
)
def test_class_code_of_another_industry_boundary(words: str, found: int) -> None:
    """One code of several will do; whatever vouches for the codes, a person is asked."""
    for grounds in (OFFICIAL, RECALLED):
        branch = replace(CEMENT, provenance=grounds)
        severities = [f.severity for f in findings("DB-114", coded(words), branch=branch)]
        assert severities == [Severity.REVIEW] * found


def test_class_code_of_another_industry_cannot_judge() -> None:
    for d, branch, where, reason in (
        (cement(), None, cement().at, "没有该行业的插件，不知道该行业的代码"),
        (coded("水泥制造30110"), CEMENT, AT, "没有写四位行业代码，无法核对"),
        (without(cement(), "profile"), CEMENT, cement().at, "没有写四位行业代码，无法核对"),
        (
            without(cement(), "profile.industry"),
            CEMENT,
            cement().profile.at,
            "没有写四位行业代码，无法核对",
        ),
    ):
        (doubt,) = unjudged("DB-114", d, branch=branch)
        assert (doubt.at, doubt.reason) == (where, reason)
    assert inapplicable("DB-114", cement()) == "没有查到测试行业的行业代码"


# DB-117

OWN = "91411221MA0XG1QH51001P"
OTHER = "91410225MA9XG2HJ6R001P"


def saying(*lines: str) -> Any:
    """Return the cement works with more paragraphs at the end."""
    d = cement()
    return changed(d, paragraphs=(*d.paragraphs, *(text(line) for line in lines)))


def test_permit_number_of_another_passes() -> None:
    assert passed("DB-117", cement())
    assert passed("DB-117", furniture())


def test_permit_number_of_another_fails() -> None:
    d = saying(f"证书编号{OTHER}，按证排污。", f"许可证{OTHER}", f"许可证{OWN}")
    d = changed(d, {"paragraphs.-2.at": replace(AT, paragraph=9)})
    assert findings("DB-117", d) == (
        finding(
            "DB-117",
            AT,
            f"排污许可证编号“{OTHER}”与企业基本信息的“{OWN}”不是同一单位",
            "对照排污许可证，各处改为本企业的编号",
            also=(d.profile.permit_number.at, replace(AT, paragraph=9)),
        ),
    )


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("91411221MA0XG1QH51002P", 0),  # another site
        (OTHER.lower(), 1),
        ("９１４１０２２５MA9XG2HJ6R001P", 1),
        (OTHER[:-1], 0),  # no permit number
        (f"{OTHER}5", 0),
        ("91410225MA9XG2HJ6R", 0),  # a credit code
    ],
)
def test_permit_number_of_another_boundary(number: str, found: int) -> None:
    assert len(findings("DB-117", saying(f"编号：{number}。"))) == found
    header = changed(cement(), margins=(text(number),))
    assert len(findings("DB-117", header)) == found


def test_permit_number_of_another_cannot_judge() -> None:
    """It can always judge: without a number of its own DB-104 says so."""
    blank = changed(saying(OTHER), {"profile.permit_number.value": " "})
    reason = "没有填写排污许可证编号（另由 DB-104 检查）"
    assert inapplicable("DB-117", blank) == reason
    assert inapplicable("DB-117", without(saying(OTHER), "profile")) == reason
