"""完整性: the contents, and what sections must tell (DB-218 to DB-223, DB-225, DB-226)."""

from __future__ import annotations

from typing import Any

import pytest

from duibiao.law import load_common
from duibiao.law.records import EvidenceItem
from duibiao.model.application import ContentsEntry
from duibiao.model.evidence import Ledger
from duibiao.rules.definition import Severity

from .support import (
    AT,
    OFFICIAL,
    RECALLED,
    at,
    cement,
    changed,
    finding,
    findings,
    furniture,
    passed,
    path_of,
    text,
    unjudged,
    without,
)


def section(key: str) -> str:
    """Return the path of a section of the cement works."""
    return path_of(cement(), "sections", "key", key)


def holds(key: str) -> str:
    """Return what the outline wants to stand in a section."""
    return "；".join(load_common().heading(key).holds)


# DB-218


def test_contents_differ_from_body_passes() -> None:
    assert passed("DB-218", cement())
    assert passed("DB-218", furniture())


def test_contents_differ_from_body_fails() -> None:
    entry = ContentsEntry("2.19", "碳排放水平", 50, AT)
    d = changed(cement(), contents=(*cement().contents, entry))
    expected = finding("DB-218", AT, "目录中的“碳排放水平”在正文里找不到", "更新目录")
    assert findings("DB-218", d) == (expected,)
    assert expected.severity is Severity.WARNING


def test_contents_differ_from_body_boundary() -> None:
    """More or fewer words are no difference, nor are spaces and an entry without a title."""
    names = ("VOCs治理设施", "排放 限值", "企业排放限值对标", "无组织", " ")
    d = changed(cement(), contents=tuple(ContentsEntry("", name, None, AT) for name in names))
    assert passed("DB-218", d)


def test_contents_differ_from_body_with_an_untitled_heading() -> None:
    d = changed(cement(), contents=(ContentsEntry("2.19", "碳排放水平", 50, AT),))
    untitled = changed(d.sections[-1], title="")
    assert len(findings("DB-218", changed(d, sections=(*d.sections, untitled)))) == 1


def test_contents_differ_from_body_cannot_judge() -> None:
    """It can always judge: contents that are missing are what it reports."""
    d = changed(cement(), contents=())
    assert findings("DB-218", d) == (
        finding("DB-218", d.at, "没有找到目录", "按提纲加目录并更新页码"),
    )


# DB-219

PLACE, STANDARD, TOTALS = (
    "所属行政区",
    "执行的国家或地方排放标准",
    "列出各污染物的许可排放量和实际排放量",
)


def test_profile_field_blank_passes() -> None:
    assert passed("DB-219", cement())
    assert passed("DB-219", furniture())


def test_profile_field_blank_fails() -> None:
    names = ("enterprise", "region", "address", "coordinates", "industry", "park")
    d = without(cement(), *(f"profile.{name}" for name in names))
    d = changed(d, {"profile.text": (), "profile.standards": (), "profile.totals": ()})
    labels = ("企业名称", PLACE, "经纬度", "所属行业及代码", "所属工业园区")
    blank = [(f"企业基本信息没有写明{label}", f"补充{label}") for label in labels]
    blank += [
        ("企业基本信息没有写明执行的排放标准", f"写明{STANDARD}"),
        ("企业基本信息没有大气污染物排放信息", TOTALS),
    ]
    assert findings("DB-219", d) == tuple(
        finding("DB-219", d.profile.at, *words) for words in blank
    )


@pytest.mark.parametrize(
    ("name", "written", "sentence", "missing"),
    [
        ("coordinates", None, "厂址位于东经111°45′，北纬34°46′。", False),
        ("coordinates", None, "厂址在县城以北。", True),
        ("industry", None, "行业代码为C3011。", False),
        ("industry", None, "公司生产水泥。", True),
        ("park", " ", "公司位于产业集聚区。", False),
        ("park", " ", "公司不在园内。", True),
        ("enterprise", " ", "豫虚构青石岭水泥有限公司成立多年。", True),
        ("coordinates", None, "经度111.76，厂区平坦。", False),
        ("coordinates", None, "东经111.76。", False),
        ("coordinates", None, "坐标111.76°。", False),
        ("industry", None, "行业代码见许可证。", False),
        ("industry", None, "属C3011。", False),
        ("industry", None, "代码：3011。", False),
        ("industry", None, "设备型号为xC3011。", True),
        ("park", " ", "公司位于产业园区。", False),
        ("park", " ", "公司位于经济开发区。", False),
    ],
)
def test_profile_field_blank_boundary(
    name: str, written: str | None, sentence: str, missing: bool
) -> None:
    """What the table leaves out, the text may tell; the name must stand in its field."""
    field = None if written is None else text(written)
    d = changed(cement(), {f"profile.{name}": field, "profile.text": (text(sentence),)})
    assert [f.at for f in findings("DB-219", d)] == [AT if field else d.profile.at] * missing


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("coordinates", "公司经营水泥。"), ("industry", "2025年实际产量59.8万吨。")],
)
def test_profile_field_blank_is_not_fooled(name: str, sentence: str) -> None:
    d = changed(cement(), {f"profile.{name}": None, "profile.text": (text(sentence),)})
    assert len(findings("DB-219", d)) == 1


def test_profile_field_blank_takes_the_address_for_the_region() -> None:
    """One of the two is enough; else the text must tell where the enterprise lies."""
    silent = changed(cement(), {"profile.text": ()})
    for blank in ("region", "address"):
        assert passed("DB-219", without(silent, f"profile.{blank}"))
        assert passed("DB-219", changed(silent, {f"profile.{blank}": text(" ")}))
    neither = without(silent, "profile.region", "profile.address")
    (found,) = findings("DB-219", neither)
    assert (found.at, found.message) == (silent.profile.at, f"企业基本信息没有写明{PLACE}")
    assert passed("DB-219", changed(neither, {"profile.text": (text("厂区位于县城以北。"),)}))


def test_profile_field_blank_cannot_judge() -> None:
    (doubt,) = unjudged("DB-219", without(cement(), "profile"))
    assert (doubt.at, doubt.reason) == (cement().at, "没有“企业基本信息”可查")


# DB-220


def compliance_of(*statements: str) -> Any:
    """Return the dossier of the cement works with other statements."""
    first = cement().compliance[0]
    parts = tuple(changed(first, topic="", text=text(statement)) for statement in statements)
    return changed(cement(), compliance=parts)


def test_compliance_topic_missing_passes() -> None:
    assert passed("DB-220", cement())
    assert passed("DB-220", furniture())


def test_compliance_topic_missing_tells_a_fine() -> None:
    d = without(cement(), path_of(cement(), "compliance", "topic", "行政处罚"))
    fined = changed(d.compliance[0], topic="", text=text("2026年5月被生态环境分局罚款2万元。"))
    assert passed("DB-220", changed(d, compliance=(*d.compliance, fined)))


def test_compliance_topic_missing_fails() -> None:
    d = without(cement(), path_of(cement(), "compliance", "topic", "行政处罚"))
    assert findings("DB-220", d) == (
        finding(
            "DB-220",
            d.compliance[0].text.at,
            "环保守法说明没有提到行政处罚",
            "补充说明行政处罚情况",
        ),
    )


def test_compliance_topic_missing_boundary() -> None:
    """All may stand in one statement, in other words; a topic's heading alone counts as well."""
    whole = (
        "环评、验收齐全，改造已完成，持证排污（排污许可证有效），稳定达标，无处罚、无信访、无事故"
    )
    assert passed("DB-220", compliance_of(f"{whole}，信用良好。"))
    (found,) = findings("DB-220", compliance_of(f"{whole}。"))
    assert found.message == "环保守法说明没有提到信用情况"
    headed = changed(compliance_of(f"{whole}。"), {"compliance.0.topic": "信用情况"})
    assert passed("DB-220", headed)


def test_compliance_topic_missing_cannot_judge() -> None:
    (doubt,) = unjudged("DB-220", changed(cement(), compliance=()))
    assert (doubt.at, doubt.reason) == (cement().at, "没有“环保守法说明”可查")


# DB-221


def ledgers_of(*kinds: int, pictures: int = 1) -> Any:
    """Return the dossier of the cement works with one ledger of each of these kinds, without rows."""
    ledgers = tuple(Ledger(kind, AT, "台账", pictures=pictures) for kind in kinds)
    return changed(cement(), {"evidence.ledgers": ledgers})


def test_ledger_missing_passes() -> None:
    assert passed("DB-221", cement())
    assert passed("DB-221", furniture())


def test_ledger_missing_fails() -> None:
    d = without(cement(), path_of(cement(), "evidence.ledgers", "kind", 8))
    assert findings("DB-221", d) == (
        finding(
            "DB-221",
            d.section("五.2.16.2").at,
            "台账资料没有“（8）企业运输台账”",
            "补充企业运输台账",
        ),
    )


def test_ledger_missing_boundary() -> None:
    """Copies will do, and the four that are marked 如涉及 or 如有 may be left out; titles alone are no ledger."""
    assert passed("DB-221", ledgers_of(1, 2, 4, 8))
    assert len(findings("DB-221", ledgers_of(1, 2, 4, 8, pictures=0))) == 4


def test_ledger_missing_cannot_judge() -> None:
    d = without(cement(), section("五.2.16.2"))
    (doubt,) = unjudged("DB-221", d)
    assert (doubt.at, doubt.reason) == (d.at, "没有“台账资料”章节可查")

    (doubt,) = unjudged("DB-221", ledgers_of(1, 2, 4, 0))
    place = cement().section("五.2.16.2").at
    reason = "有的台账认不出是哪一类，无法确认有无“企业运输台账”"
    assert (doubt.at, doubt.reason) == (place, reason)


# DB-222


def test_plan_section_missing_passes() -> None:
    assert passed("DB-222", cement())
    assert passed("DB-222", furniture())


def test_plan_section_missing_fails() -> None:
    d = changed(cement(), {"plan.emissions": ()})
    assert findings("DB-222", d) == (
        finding(
            "DB-222",
            d.section("附.3").at,
            "“一厂一策”方案没有“3. 大气污染物产生、治理及排放情况”的内容",
            f"补充：{holds('附.3')}",
        ),
    )


def test_plan_section_missing_boundary() -> None:
    """Without its heading, the plan is the place; a heading over no levels is left to DB-701."""
    d = without(changed(cement(), {"plan.profile": ()}), section("附.1"))
    (found,) = findings("DB-222", d)
    assert (found.at, found.todo) == (d.plan.at, f"补充：{holds('附.1')}")

    d = changed(cement(), {"plan.levels": ()})
    assert passed("DB-222", d)
    (found,) = findings("DB-222", without(d, section("附.4")))
    assert found.message == "“一厂一策”方案没有“4. 应急减排措施”的内容"
    assert passed("DB-222", without(cement(), section("附.4")))


def test_plan_section_missing_cannot_judge() -> None:
    (doubt,) = unjudged("DB-222", without(cement(), "plan"))
    assert (doubt.at, doubt.reason) == (cement().at, "没有“一厂一策”方案可查")


# DB-223

PAPERS = ("education", "subject", "certificate")


def test_staff_missing_passes() -> None:
    assert passed("DB-223", cement())
    assert passed("DB-223", furniture())


def test_staff_missing_fails() -> None:
    d = changed(cement(), {"evidence.staff": ()})
    place = d.section("五.2.16.3").at
    todo = "列表写明姓名、职务、学历和证书"
    assert findings("DB-223", d) == (finding("DB-223", place, "人员配置没有人员名单", todo),)

    d = changed(cement(), {f"evidence.staff.0.{paper}": None for paper in PAPERS})
    d = changed(d, {f"evidence.staff.1.{part}": None for part in ("name", *PAPERS)})
    one, other, *_ = d.evidence.staff
    assert findings("DB-223", d) == (
        finding("DB-223", one.at, f"{one.name.value}没有学历、专业或证书", "补充能力证明"),
        finding("DB-223", other.at, "此人没有学历、专业或证书", "补充能力证明"),
    )


@pytest.mark.parametrize("left", PAPERS)
def test_staff_missing_boundary(left: str) -> None:
    """Any one paper will do; a blank is none."""
    blank = {f"evidence.staff.0.{paper}.value": " " for paper in PAPERS if paper != left}
    assert passed("DB-223", changed(cement(), blank))
    none = {**blank, f"evidence.staff.0.{left}.value": ""}
    assert len(findings("DB-223", changed(cement(), none))) == 1


def test_staff_missing_cannot_judge() -> None:
    d = without(cement(), section("五.2.16.3"))
    (doubt,) = unjudged("DB-223", d)
    assert (doubt.at, doubt.reason) == (d.at, "没有“人员配置”章节可查")


# DB-225


def test_plan_missing_passes() -> None:
    assert passed("DB-225", cement())


def test_plan_missing_fails() -> None:
    d = without(cement(), "plan")
    expected = finding(
        "DB-225",
        d.at,
        "没有找到“一厂一策”实施方案",
        "单独成册的，请一并提交并人工核对；没有的，按附件2编制",
    )
    assert findings("DB-225", d) == (expected,)
    assert expected.severity is Severity.REVIEW


def test_plan_missing_boundary() -> None:
    """A plan is a plan though nothing stands in it: that is DB-222's; a heading alone is none."""
    empty = dict.fromkeys(("plan.profile", "plan.process", "plan.emissions", "plan.levels"), ())
    assert passed("DB-225", changed(cement(), empty))
    assert cement().section("附") is not None
    assert len(findings("DB-225", without(cement(), "plan"))) == 1


def test_plan_missing_cannot_judge() -> None:
    """It can always judge: that it saw no plan is all it says, and it asks for a person."""
    assert len(findings("DB-225", without(cement(), "plan"))) == 1


# DB-226


def item(number: str, applies: str = "yes", **parts: Any) -> EvidenceItem:
    """Return an entry of an industry's checklist."""
    return changed(EvidenceItem(OFFICIAL, (), number, applies, holds=("涂料检测报告",)), parts)


def test_industry_section_missing_passes() -> None:
    assert passed("DB-226", cement(), checklist=(item("2.1"), item("2.2"), item("2.12")))


def test_industry_section_missing_fails() -> None:
    d = without(cement(), section("五.2.5"))
    added = f"{holds('五.2.4')}；涂料检测报告", f"{holds('五.2.5')}；涂料检测报告"
    places = d.section("五.2.4").at, d.section("五.2").at
    words = "“2.4 原辅材料”，材料写不涉及", "“2.5 产品环保性能”，材料没有"
    expected = tuple(
        finding("DB-226", place, f"测试行业应提供{word}", f"补充：{what}", grounds=OFFICIAL)
        for place, word, what in zip(places, words, added, strict=True)
    )
    assert findings("DB-226", d, checklist=(item("2.4"), item("2.5"))) == expected


@pytest.mark.parametrize("applies", ["when", "no"])
def test_industry_section_missing_boundary(applies: str) -> None:
    """Only what applies for certain is missed here, and only what the outline marks 如涉及."""
    d = without(cement(), section("五.2.17"))
    assert passed("DB-226", d, checklist=(item("2.4", applies), item("2.17")))
    certain = (item("2.4", applies), item("2.17"), item("2.4"))
    assert len(findings("DB-226", d, checklist=certain)) == 1

    remembered = item("2.4", provenance=RECALLED)
    (found,) = findings("DB-226", d, checklist=(remembered,))
    assert (found.severity, found.grounds) == (Severity.REVIEW, RECALLED)


def test_industry_section_missing_without_its_chapter() -> None:
    d = changed(cement(), sections=())
    (found,) = findings("DB-226", d, checklist=(item("2.4"),))
    assert (found.at, found.message) == (d.at, "测试行业应提供“2.4 原辅材料”，材料没有")


def test_industry_section_missing_in_spite_of_photos() -> None:
    path = section("五.2.2")
    d = changed(cement(), {f"{path}.not_applicable": True})
    assert at(d, path).pictures
    assert passed("DB-226", d, checklist=(item("2.2"),))


def test_industry_section_missing_cannot_judge() -> None:
    (doubt,) = unjudged("DB-226", cement(), branch=None)
    reason = "没有该行业的插件，不知道哪些章节必须提供"
    assert (doubt.at, doubt.reason) == (cement().at, reason)
