"""申请表与承诺书: the form, the letters and their seals (DB-205 to DB-210)."""

from __future__ import annotations

import pytest

from duibiao.model.application import CommitmentLetter, LetterKind
from duibiao.model.dates import PartialDate
from duibiao.model.location import Located
from duibiao.model.quantities import parse_quantity
from duibiao.rules.definition import Severity

from .support import (
    AT,
    at,
    cement,
    changed,
    finding,
    findings,
    furniture,
    passed,
    text,
    unjudged,
    without,
)

AUTHENTICITY, REDUCTION = (f"《{kind.value}》" for kind in LetterKind)
TITLES = ("封面", "申请表", AUTHENTICITY, REDUCTION)


# DB-205


def test_letter_missing_passes() -> None:
    assert passed("DB-205", cement())


def test_letter_missing_fails() -> None:
    d = without(cement(), "letters.1")
    assert findings("DB-205", d) == (
        finding("DB-205", d.at, f"没有找到{REDUCTION}", f"补充{REDUCTION}，签字、盖章、填日期"),
    )


def test_letter_missing_boundary() -> None:
    """Either order will do, but the same letter twice is one letter."""
    first, second = cement().letters
    assert passed("DB-205", changed(cement(), letters=(second, first)))
    (found,) = findings("DB-205", changed(cement(), letters=(second, second)))
    assert found.message == f"没有找到{AUTHENTICITY}"


def test_letter_missing_cannot_judge() -> None:
    """It can always judge: where there are no letters, both are missing."""
    assert len(findings("DB-205", changed(cement(), letters=()))) == 2


# DB-206


def test_letter_unsigned_passes() -> None:
    assert passed("DB-206", cement())


def test_letter_unsigned_fails() -> None:
    d = changed(cement(), {"letters.0.signature.value": " ", "letters.1.signature": None})
    places = (d.letters[0].signature.at, d.letters[1].at)
    assert findings("DB-206", d) == tuple(
        finding("DB-206", place, f"{name}没有法定代表人签字", "由法定代表人签字")
        for name, place in zip((AUTHENTICITY, REDUCTION), places, strict=True)
    )


def test_letter_unsigned_boundary() -> None:
    """A picture is a signature, whether or not its line was found."""
    pictured = {"letters.0.signature_is_picture": True, "letters.1.signature_is_picture": True}
    d = changed(
        cement(), {"letters.0.signature.value": "", "letters.1.signature": None, **pictured}
    )
    assert passed("DB-206", d)


def test_letter_unsigned_cannot_judge() -> None:
    (doubt,) = unjudged("DB-206", changed(cement(), letters=()))
    assert (doubt.at, doubt.reason) == (cement().at, "没有承诺书可查")


# DB-207


def test_letter_undated_passes() -> None:
    assert passed("DB-207", cement())


def test_letter_undated_fails() -> None:
    d = without(cement(), "letters.0.date")
    assert findings("DB-207", d) == (
        finding(
            "DB-207", d.letters[0].at, f"{AUTHENTICITY}没有填写完整的日期", "填写签署的年、月、日"
        ),
    )


@pytest.mark.parametrize(
    ("written", "complete"),
    [((2026, 9, 1), True), ((2026, 9), False), ((2026,), False)],
)
def test_letter_undated_boundary(written: tuple[int, ...], complete: bool) -> None:
    d = changed(cement(), {"letters.1.date.value": PartialDate(*written)})
    message, todo = f"{REDUCTION}没有填写完整的日期", "填写签署的年、月、日"
    expected = finding("DB-207", d.letters[1].date.at, message, todo)
    assert findings("DB-207", d) == (() if complete else (expected,))


def test_letter_undated_cannot_judge() -> None:
    (doubt,) = unjudged("DB-207", changed(cement(), letters=()))
    assert (doubt.at, doubt.reason) == (cement().at, "没有承诺书可查")


# DB-208


def test_letter_wording_changed_passes() -> None:
    assert passed("DB-208", cement())
    assert passed("DB-208", furniture())


def test_letter_wording_changed_fails() -> None:
    body = "我公司所提交的一切材料均真实、合法、有效。"
    d = changed(cement(), {"letters.0.text": (text(body),), "letters.1.text": (text("现承诺"),)})
    missing = (
        "“愿承担相应的法律责任”、“特此承诺”",
        "“严格按照重污染天气应急减排清单要求”、“落实不同预警级别相应的减排措施”",
    )
    assert findings("DB-208", d) == tuple(
        finding(
            "DB-208",
            letter.at,
            f"《{letter.kind.value}》缺少规定文字：{words}",
            "按附件4的承诺书原文改正",
        )
        for letter, words in zip(d.letters, missing, strict=True)
    )


def test_letter_wording_changed_boundary() -> None:
    """Spaces and line breaks are no change; one missing letter is."""
    whole = "".join(part.value for part in cement().letters[0].text)
    broken = tuple(text(part) for part in whole.replace("特此承诺", "特 此\n承诺").split("。"))
    assert passed("DB-208", changed(cement(), {"letters.0.text": broken}))
    short = (text(whole.replace("特此承诺", "特承诺")),)
    (found,) = findings("DB-208", changed(cement(), {"letters.0.text": short}))
    assert found.message == f"{AUTHENTICITY}缺少规定文字：“特此承诺”"


def test_letter_wording_changed_cannot_judge() -> None:
    (doubt,) = unjudged("DB-208", changed(cement(), letters=()))
    assert (doubt.at, doubt.reason) == (cement().at, "没有承诺书可查")


@pytest.mark.parametrize("code", ["DB-206", "DB-207", "DB-208"])
def test_a_scanned_letter_is_for_a_person(code: str) -> None:
    """Signed and sealed letters come as pictures: nothing of them is missing for that."""
    letter = cement().letters[0]
    scan = CommitmentLetter(letter.kind, letter.at, has_seal=True)
    d = changed(cement(), letters=(scan, cement().letters[1]))
    (doubt,) = unjudged(code, d)
    reason = f"《{letter.kind.value}》是扫描件，没有文字，请人工核对内容、签字和日期"
    assert (doubt.at, doubt.reason) == (letter.at, reason)
    (doubt,) = unjudged("DB-109", d)
    assert (doubt.at, doubt.reason) == (letter.at, f"{letter.kind.value}为扫描件，请人工核对")


# DB-209


def test_form_field_blank_passes() -> None:
    assert passed("DB-209", cement())
    assert passed("DB-209", furniture())


def test_form_field_blank_fails() -> None:
    d = changed(cement(), {"form.control_type.value": " ", "form.output_value": None})
    fields = (
        ("申请管控类型", d.form.control_type.at),
        ("工业总产值（万元）", d.form.at),
    )
    assert findings("DB-209", d) == tuple(
        finding("DB-209", place, f"申请表没有填写“{label}”", f"填写“{label}”")
        for label, place in fields
    )


@pytest.mark.parametrize(
    ("written", "blank"),
    [("/", True), ("—", True), ("－", True), ("", True), ("0", False), ("约38600", False)],
)
def test_form_field_blank_boundary(written: str, blank: bool) -> None:
    d = changed(cement(), {"form.output_value": Located(parse_quantity(written, "万元"), AT)})
    assert len(findings("DB-209", d)) == (1 if blank else 0)


def test_form_field_blank_cannot_judge() -> None:
    (doubt,) = unjudged("DB-209", without(cement(), "form"))
    assert (doubt.at, doubt.reason) == (cement().at, "没有申请表可查")


# DB-210


def test_seal_not_seen_passes() -> None:
    assert passed("DB-210", cement())


def test_seal_not_seen_fails() -> None:
    sealed = ("cover", "form", "letters.0", "letters.1")
    d = changed(cement(), {f"{part}.has_seal": False for part in sealed})
    found = findings("DB-210", d)
    assert found == tuple(
        finding(
            "DB-210",
            at(d, part).at,
            f"{name}的盖章处没有图片，看不到印章",
            "核对纸质盖章件，或补交盖章扫描件",
        )
        for name, part in zip(TITLES, sealed, strict=True)
    )
    assert {f.severity for f in found} == {Severity.REVIEW}


def test_seal_not_seen_boundary() -> None:
    """Only pages that are there are looked at; one that is sealed does not stand for another."""
    d = changed(cement(), {"cover": None, "letters": (), "form.has_seal": False})
    (found,) = findings("DB-210", d)
    assert found.at == d.form.at
    assert passed("DB-210", without(changed(cement(), letters=()), "form"))


def test_seal_not_seen_cannot_judge() -> None:
    d = changed(without(cement(), "cover", "form"), letters=())
    (doubt,) = unjudged("DB-210", d)
    assert (doubt.at, doubt.reason) == (d.at, "没有应盖章的页面可查")
