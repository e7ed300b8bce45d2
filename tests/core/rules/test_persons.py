"""人员与联系方式: phone, persons, address and year (DB-107 to DB-110, DB-112, DB-115, DB-116)."""

from __future__ import annotations

import pytest

from duibiao.model.application import LetterKind
from duibiao.model.dates import PartialDate
from duibiao.rules.definition import Severity

from .support import (
    cement,
    changed,
    finding,
    findings,
    furniture,
    inapplicable,
    passed,
    unjudged,
    without,
)

AUTHENTICITY, REDUCTION = LetterKind.AUTHENTICITY.value, LetterKind.REDUCTION.value


# DB-107


def test_phone_invalid_passes() -> None:
    assert passed("DB-107", cement())


def test_phone_invalid_fails() -> None:
    landline = "0398-1234567"
    d = changed(cement(), {"form.phone.value": landline, "plan.levels.1.phone.value": landline})
    assert findings("DB-107", d) == (
        finding(
            "DB-107",
            d.form.phone.at,
            f"申请表的联系方式“{landline}”不是有效手机号",
            "填写责任人的11位手机号",
            also=(d.plan.levels[1].phone.at,),
        ),
    )


@pytest.mark.parametrize(
    ("number", "valid"),
    [
        ("13000000000", True),
        ("19999999999", True),
        ("139-0000-0101", True),
        ("１３９ 0000 0101", True),
        ("12999999999", False),
        ("1390000010", False),
        ("139000001010", False),
        ("13900000101 0398-1234567", True),
        ("0398-1234567、13900000101", True),
        ("1390000010 0398-1234567", False),
    ],
)
def test_phone_invalid_boundary(number: str, valid: bool) -> None:
    d = changed(cement(), {"plan.levels.0.phone.value": number})
    message = f"“一厂一策”红色预警的联系方式“{number}”不是有效手机号"
    expected = finding("DB-107", d.plan.levels[0].phone.at, message, "填写责任人的11位手机号")
    assert findings("DB-107", d) == (() if valid else (expected,))


@pytest.mark.parametrize("mobile", ["13900000101", "13700000102"])
def test_phone_is_one_of_several_in_the_form(mobile: str) -> None:
    """Whichever of the two numbers of the form the plan gives, it is the same contact."""
    d = changed(cement(), {"form.phone.value": "13900000101 / 13700000102"})
    d = changed(d, {f"plan.levels.{n}.phone.value": mobile for n in range(3)})
    assert passed("DB-107", d)
    assert passed("DB-115", d)


def test_phone_invalid_cannot_judge() -> None:
    d = changed(cement(), {"form.phone.value": ""})
    (doubt,) = unjudged("DB-107", d)
    assert (doubt.at, doubt.reason) == (d.form.at, "没有填写联系方式")


# DB-108


def test_responsible_person_differs_passes() -> None:
    assert passed("DB-108", cement())


def test_responsible_person_differs_fails() -> None:
    d = changed(
        cement(),
        {"plan.levels.0.responsible.value": "钱虚乙", "plan.levels.1.responsible.value": "钱 虚乙"},
    )
    levels = d.plan.levels
    assert findings("DB-108", d) == (
        finding(
            "DB-108",
            levels[0].responsible.at,
            f"红色预警、橙色预警的责任人为“钱虚乙”，申请表为“{d.form.responsible.value}”",
            "统一为实际的措施落实责任人",
            also=(d.form.responsible.at, levels[1].responsible.at),
        ),
    )


def test_responsible_person_differs_boundary() -> None:
    """Spaces in a name are no difference; a level that names nobody is not judged here."""
    name = " ".join(cement().form.responsible.value)
    d = changed(cement(), {"plan.levels.0.responsible.value": name})
    assert passed("DB-108", without(d, "plan.levels.1.responsible"))


def test_responsible_person_differs_cannot_judge() -> None:
    d = changed(cement(), {"form.responsible.value": ""})
    (doubt,) = unjudged("DB-108", d)
    assert (doubt.at, doubt.reason) == (d.form.at, "申请表没有填写措施落实责任人")

    (doubt,) = unjudged("DB-108", without(cement(), "plan"))
    assert (doubt.at, doubt.reason) == (d.at, "没有“一厂一策”方案，无法核对责任人")

    nobody = without(cement(), *(f"plan.levels.{n}.responsible" for n in range(3)))
    (doubt,) = unjudged("DB-108", nobody)
    assert (doubt.at, doubt.reason) == (d.plan.at, "“一厂一策”方案没有写责任人，无法核对")


# DB-109


def test_legal_person_differs_passes() -> None:
    assert passed("DB-109", cement())


def test_legal_person_differs_fails() -> None:
    d = changed(cement(), {"letters.1.signature.value": "钱虚乙"})
    person = d.profile.legal_person
    assert findings("DB-109", d) == (
        finding(
            "DB-109",
            d.letters[1].signature.at,
            f"{REDUCTION}签字为“钱虚乙”，法定代表人为“{person.value}”",
            "由法定代表人本人签字；如法定代表人已变更，先改正企业基本信息",
            also=(person.at,),
        ),
    )


def test_legal_person_differs_boundary() -> None:
    """Spaces in a name are no difference; a letter that nobody signed is DB-206's."""
    name = "　".join(cement().profile.legal_person.value)
    d = changed(cement(), {"letters.0.signature.value": name, "letters.1.signature.value": ""})
    assert passed("DB-109", d)
    assert passed("DB-109", without(d, "letters.1.signature"))


def test_legal_person_differs_cannot_judge() -> None:
    d = changed(cement(), {"letters.0.signature.value": "", "letters.0.signature_is_picture": True})
    (doubt,) = unjudged("DB-109", d)
    reason = f"{AUTHENTICITY}为手写签名图片，请人工核对"
    assert (doubt.at, doubt.reason) == (d.letters[0].at, reason)

    (doubt,) = unjudged("DB-109", without(cement(), "profile.legal_person"))
    assert (doubt.at, doubt.reason) == (d.profile.at, "没有填写法定代表人")

    (doubt,) = unjudged("DB-109", changed(cement(), letters=()))
    assert (doubt.at, doubt.reason) == (d.at, "没有承诺书可查")


# DB-110


def test_address_outside_region_passes() -> None:
    assert passed("DB-110", cement())
    assert passed("DB-110", furniture())


def test_address_outside_region_fails() -> None:
    address = "豫虚构市甲虚构县虚构路1号"
    d = changed(
        cement(),
        {
            "form.city.value": "豫虚构市",
            "form.county.value": "乙虚构县",
            "form.address.value": address,
        },
    )
    assert findings("DB-110", d) == (
        finding(
            "DB-110",
            d.form.address.at,
            f"地址“{address}”中没有所填县（市、区）“乙虚构县”",
            "核对地址与行政区划，地址写全市、县（市、区）",
            also=(d.form.county.at,),
        ),
    )
    assert findings("DB-110", d)[0].severity is Severity.WARNING
    elsewhere = changed(d, {"form.city.value": "别虚构市", "form.county.value": "甲虚构县"})
    (found,) = findings("DB-110", elsewhere)
    assert found.message == f"地址“{address}”中没有所填省辖市“别虚构市”"


def test_address_outside_region_boundary() -> None:
    """A city without 市 is in the address; what is not filled in is not compared."""
    bare = cement().form.city.value.removesuffix("市")
    d = changed(cement(), {"form.city.value": bare, "form.county.value": ""})
    assert passed("DB-110", d)
    assert passed("DB-110", without(d, "form.city", "form.county"))


def test_address_outside_region_knows_the_province() -> None:
    city = f"河南省{cement().form.city.value}"
    assert passed("DB-110", changed(cement(), {"form.city.value": city}))


def test_address_outside_region_cannot_judge() -> None:
    d = changed(cement(), {"form.address.value": ""})
    (doubt,) = unjudged("DB-110", d)
    assert (doubt.at, doubt.reason) == (d.form.at, "没有填写地址")


# DB-112


def test_letter_year_differs_passes() -> None:
    assert passed("DB-112", cement())


def test_letter_year_differs_fails() -> None:
    d = changed(cement(), {"letters.0.year.value": "2025"})
    assert findings("DB-112", d) == (
        finding(
            "DB-112",
            d.letters[0].year.at,
            f"{AUTHENTICITY}的年度为“2025”，申报日期在2026年",
            "按本次申报年度重新出具承诺书",
        ),
    )


@pytest.mark.parametrize("day", [PartialDate(2026, 1, 1), PartialDate(2026)])
@pytest.mark.parametrize(
    ("year", "same"), [("２０２６", True), (" 2026 ", True), ("2025", False), ("2027", False)]
)
def test_letter_year_differs_boundary(day: PartialDate, year: str, same: bool) -> None:
    d = changed(cement(), {"cover.date.value": day, "letters.0.year.value": year})
    assert len(findings("DB-112", d)) == (0 if same else 1)


@pytest.mark.parametrize("part", ["cover.date", "letters.0.year"])
def test_letter_year_differs_cannot_judge(part: str) -> None:
    d = without(cement(), part)
    (doubt,) = unjudged("DB-112", d)
    assert (doubt.at, doubt.reason) == (d.at, "缺少封面日期或承诺书年度，无法核对")


# DB-115


def test_phone_differs_passes() -> None:
    assert passed("DB-115", cement())
    assert passed("DB-115", furniture())


def test_phone_differs_fails() -> None:
    number = "13900000199"
    d = changed(cement(), {f"plan.levels.{n}.phone.value": number for n in (0, 2)})
    levels = d.plan.levels
    assert findings("DB-115", d) == (
        finding(
            "DB-115",
            levels[0].phone.at,
            f"{levels[0].level}预警、{levels[2].level}预警的联系方式为“{number}”，"
            f"申请表为“{d.form.phone.value}”",
            "统一为责任人在用的手机号",
            also=(d.form.phone.at, levels[2].phone.at),
        ),
    )


@pytest.mark.parametrize(
    ("phone", "person", "found"),
    [
        ("139-0000-0199", "石虚磊", 1),
        ("13900000199", "石 虚磊", 1),
        ("13900000199", "", 1),
        ("13900000199", "钱虚乙", 0),  # another person: DB-108
        ("1390000019", "石虚磊", 0),  # no phone: DB-107
        ("", "石虚磊", 0),
    ],
)
def test_phone_differs_boundary(phone: str, person: str, found: int) -> None:
    d = changed(
        cement(), {"plan.levels.0.phone.value": phone, "plan.levels.0.responsible.value": person}
    )
    assert len(findings("DB-115", d)) == found
    spaced = " ".join(cement().form.phone.value)
    assert passed("DB-115", changed(cement(), {"plan.levels.0.phone.value": spaced}))


def test_phone_differs_reads_dashes_and_needs_no_person() -> None:
    """Dashes are no difference on either side; without a person in the form only levels without one are its own."""
    number = cement().form.phone.value
    dashed = f"{number[:3]}-{number[3:7]}-{number[7:]}"
    assert passed("DB-115", changed(cement(), {"form.phone.value": dashed}))
    assert passed("DB-115", changed(cement(), {"plan.levels.0.phone.value": dashed}))
    other = changed(
        cement(), {"plan.levels.0.phone.value": "13900000199", "form.responsible": None}
    )
    assert passed("DB-115", other)
    assert len(findings("DB-115", without(other, "plan.levels.0.responsible"))) == 1


def test_phone_differs_cannot_judge() -> None:
    d = changed(cement(), {"form.phone.value": ""})
    (doubt,) = unjudged("DB-115", d)
    assert (doubt.at, doubt.reason) == (d.form.at, "申请表没有填写联系方式")
    assert unjudged("DB-115", without(cement(), "form.phone")) == (doubt,)
    (doubt,) = unjudged("DB-115", changed(cement(), form=None))
    assert doubt.at == cement().at
    (doubt,) = unjudged("DB-115", without(cement(), "plan"))
    assert (doubt.at, doubt.reason) == (d.at, "没有“一厂一策”方案，无法核对联系方式")
    landline = changed(cement(), {"form.phone.value": "0398-1234567"})
    assert inapplicable("DB-115", landline) == "申请表的联系方式不是手机号（另由 DB-107 检查）"


# DB-116


def test_letter_to_another_bureau_passes() -> None:
    assert passed("DB-116", cement())
    assert passed("DB-116", furniture())


def test_letter_to_another_bureau_fails() -> None:
    d = changed(cement(), {"letters.0.addressee.value": "开封市生态环境局："})
    assert findings("DB-116", d) == (
        finding(
            "DB-116",
            d.letters[0].addressee.at,
            f"{AUTHENTICITY}致送“开封市生态环境局”，企业在三门峡市",
            "改为所在市的生态环境局，重新签署承诺书",
            also=(d.form.city.at,),
        ),
    )


@pytest.mark.parametrize(
    ("addressee", "found"),
    [
        ("三门峡市生态环境局渑池分局", 0),
        ("渑池县生态环境分局", 0),
        ("三门峡 生态环境局", 0),
        ("市生态环境局", 1),
        ("河南省生态环境厅", 1),
    ],
)
def test_letter_to_another_bureau_boundary(addressee: str, found: int) -> None:
    d = changed(cement(), {"letters.0.addressee.value": addressee})
    assert len(findings("DB-116", d)) == found
    whole = changed(d, {"form.city.value": "河南省三门峡市"})
    assert len(findings("DB-116", whole)) == found


def test_letter_to_another_bureau_cannot_judge() -> None:
    d = changed(cement(), {"form.city.value": "", "form.county.value": " "})
    (doubt,) = unjudged("DB-116", d)
    assert (doubt.at, doubt.reason) == (d.form.at, "申请表没有填写所属省辖市")
    (doubt,) = unjudged("DB-116", without(cement(), "letters.0.addressee"))
    assert (doubt.at, doubt.reason) == (d.at, "承诺书没有写明致送的生态环境局")
