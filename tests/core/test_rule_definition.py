"""`@rule`: what it takes from a function, and what it refuses."""

from collections.abc import Iterator

import pytest

from duibiao.law import LawInForce
from duibiao.model.dossier import Dossier
from duibiao.rules import Rule, Severity, rule
from duibiao.rules.definition import Check

FIVE = "SMX2022:第五条"


def documented(docstring: str | None) -> Check:
    def check(dossier: Dossier, law: LawInForce) -> Iterator[object]:
        yield from ()

    check.__doc__ = docstring
    return check


def test_rule_takes_its_page_from_the_docstring():
    made_of = rule("STL-101", severity=Severity.WARNING, cites=(FIVE, "SMX2022:第六条"))
    page = "问题是\n\n    为什么：一行\n    接一行。\n\n    通过：好。\n\n    不通过：坏。\n"
    check = documented(page)
    assert made_of(check) == Rule(
        code="STL-101",
        severity=Severity.WARNING,
        cites=(FIVE, "SMX2022:第六条"),
        check=check,
        title="问题是",
        parts=(("为什么", "一行接一行。"), ("通过", "好。"), ("不通过", "坏。")),
        slug="check",
        topic="test_rule_definition",
    )


@pytest.mark.parametrize(
    "code", ["", "DB101", "DB-1", "DB-1000", "db-101", "D-101", "DBDBD-101", "DB-10一"]
)
def test_rule_with_a_malformed_code(code):
    with pytest.raises(ValueError) as caught:  # noqa: PT011  # the whole message is compared
        rule(code, severity=Severity.ERROR, cites=FIVE)
    assert str(caught.value) == f"规则编号 {code!r} 不合格式；应为前缀加三位数字，如 DB-101"


@pytest.mark.parametrize("cites", [(), []])
def test_rule_that_cites_nothing(cites):
    with pytest.raises(ValueError) as caught:  # noqa: PT011  # the whole message is compared
        rule("DB-101", severity=Severity.ERROR, cites=cites)
    assert str(caught.value) == "规则 DB-101 没有引用条款；请在 cites 中写明“来源:条款”"


def test_rule_with_an_empty_citation():
    with pytest.raises(ValueError, match="没有引用条款"):
        rule("DB-101", severity=Severity.ERROR, cites="")


@pytest.mark.parametrize(
    ("docstring", "missing"),
    [
        (None, "为什么、通过、不通过"),
        ("", "为什么、通过、不通过"),
        ("问题。", "为什么、通过、不通过"),
        ("问题。\n\n为什么：甲。\n\n通过：乙。", "不通过"),
        ("问题。\n\n为什么：甲。\n\n不通过：乙。", "通过"),
        ("问题。\n\n通过：甲。\n\n不通过：乙。", "为什么"),
        ("问题。\n\n为什么：\n\n通过：甲。\n\n不通过：乙。", "为什么"),
        ("问题。\n\n为什么: 半角冒号。\n\n通过：甲。\n\n不通过：乙。", "为什么"),
    ],
)
def test_rule_without_a_part_of_its_page(docstring, missing):
    with pytest.raises(ValueError) as caught:  # noqa: PT011  # the whole message is compared
        rule("DB-101", severity=Severity.ERROR, cites=FIVE)(documented(docstring))
    assert str(caught.value) == f"规则 DB-101 的说明缺少：{missing}"


def test_rule_whose_page_begins_with_its_parts():
    page = "\n为什么：甲。\n\n通过：乙。\n\n不通过：丙。"
    with pytest.raises(ValueError, match="规则 DB-101 的说明缺少：为什么"):
        rule("DB-101", severity=Severity.ERROR, cites=FIVE)(documented(page))
