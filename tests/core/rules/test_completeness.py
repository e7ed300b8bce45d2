"""完整性: parts, sections and their order (DB-201 to DB-204, DB-215)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from duibiao.law import load_common

from .support import (
    AT,
    at,
    cement,
    changed,
    finding,
    findings,
    furniture,
    passed,
    path_of,
    unjudged,
    without,
)


def section(key: str) -> str:
    """Return the path of a section of the cement works."""
    return path_of(cement(), "sections", "key", key)


def holds(key: str) -> str:
    """Return what the outline wants to stand in a section."""
    return "；".join(load_common().heading(key).holds)


# DB-201


def test_part_missing_passes() -> None:
    assert passed("DB-201", cement())
    assert passed("DB-201", furniture())


def test_part_missing_fails() -> None:
    d = without(cement(), section("四"))
    label = "四、企业基本情况"
    assert findings("DB-201", d) == (
        finding("DB-201", d.at, f"没有找到“{label}”", f"按提纲补齐“{label}”"),
    )


def test_part_missing_boundary() -> None:
    """The letters are DB-205's, the plan is DB-225's, and sections below a part are DB-203's."""
    d = without(cement(), section("附"), section("四.1"), section("三"), section("二"))
    assert passed("DB-201", d)


def test_part_missing_cannot_judge() -> None:
    """It can always judge: where there are no headings at all, every part of its own is missing."""
    found = findings("DB-201", changed(cement(), sections=()))
    assert [f.message[len("没有找到“")] for f in found] == ["一", "四", "五"]


# DB-202


def test_order_wrong_passes() -> None:
    assert passed("DB-202", cement())


def test_order_wrong_fails() -> None:
    first, second, *rest = cement().sections
    d = changed(cement(), sections=(second, first, *rest))
    assert findings("DB-202", d) == (
        finding(
            "DB-202",
            second.at,
            f"“{second.title}”排在“{first.title}”之前，与提纲顺序不符",
            "按提纲顺序调整",
            also=(first.at,),
        ),
    )


def test_order_wrong_boundary() -> None:
    """Sections left out, repeated or unknown to the outline do not disturb the order."""
    first, second, *rest = cement().sections
    strange = replace(first, key="", title="补充说明")
    assert passed("DB-202", changed(cement(), sections=(first, first, strange, *rest)))
    late = changed(cement(), sections=(second, strange, first, *rest))
    assert len(findings("DB-202", late)) == 1
    third, *others = rest
    twice = changed(cement(), sections=(third, first, second, *others))
    assert [found.at for found in findings("DB-202", twice)] == [third.at]
    again = changed(cement(), sections=(third, second, first, *others))
    assert [found.at for found in findings("DB-202", again)] == [third.at, second.at]
    repeated = replace(second, at=AT)
    d = changed(cement(), sections=(second, repeated, first, *rest))
    assert [found.at for found in findings("DB-202", d)] == [second.at]


def test_order_wrong_leaves_the_plan_where_it_stands() -> None:
    """The plan is a document of its own: it may stand in front; its own sections are in order all the same."""
    sections = cement().sections
    plan = [section for section in sections if section.key.startswith("附")]
    others = [section for section in sections if not section.key.startswith("附")]
    assert passed("DB-202", changed(cement(), sections=(*plan, *others)))
    assert passed("DB-202", changed(cement(), sections=(others[0], *plan, *others[1:])))
    turned = changed(cement(), sections=(*others, plan[0], plan[2], plan[1], *plan[3:]))
    assert [found.at for found in findings("DB-202", turned)] == [plan[2].at]


def test_order_wrong_cannot_judge() -> None:
    """It can always judge: without headings nothing is out of order, and DB-201 says what is missing."""
    assert passed("DB-202", changed(cement(), sections=()))


# DB-203


def test_section_missing_passes() -> None:
    assert passed("DB-203", cement())
    assert passed("DB-203", furniture())


def test_section_missing_fails() -> None:
    d = without(cement(), section("五.2.16.2"))
    assert findings("DB-203", d) == (
        finding(
            "DB-203",
            d.section("五.2.16").at,
            "没有找到“2.16.2 台账资料”",
            f"补充“2.16.2 台账资料”，内容：{holds('五.2.16.2')}",
        ),
    )


def test_section_missing_boundary() -> None:
    """What is marked 如涉及, facilities and the plan may be left out; the rest may not, even without its parent."""
    free = [section(key) for key in ("附.1", "五.2.13.4", "五.2.11", "五.2.1")]
    assert passed("DB-203", without(cement(), *free))

    d = without(cement(), section("五.2.16.3"), section("五.2.16"))
    assert [(f.at, f.message) for f in findings("DB-203", d)] == [
        (d.section("五.2").at, "没有找到“2.16 环境管理水平”"),
        (d.at, "没有找到“2.16.3 人员配置”"),
    ]


def test_section_missing_cannot_judge() -> None:
    """It can always judge: sections of a part that is missing are not missed again."""
    gone = [s for s in cement().sections if not s.key.startswith("四")]
    assert passed("DB-203", changed(cement(), sections=tuple(gone)))


# DB-204


def test_section_empty_passes() -> None:
    assert passed("DB-204", cement())


def test_section_empty_fails() -> None:
    path = section("五.2.14")
    d = changed(
        cement(), dict.fromkeys((f"{path}.characters", f"{path}.tables", f"{path}.pictures"), 0)
    )
    assert findings("DB-204", d) == (
        finding(
            "DB-204",
            at(d, path).at,
            "“排放限值”下面没有内容",
            "补充材料；确不涉及的写明“本项不涉及”",
        ),
    )


@pytest.mark.parametrize(
    ("key", "parts", "empty"),
    [
        ("五.2.14", {"characters": 6}, False),
        ("五.2.14", {"tables": 1}, False),
        ("五.2.14", {"pictures": 1}, False),
        ("五.2.18", {}, True),  # the next heading stands higher
        ("五.2.13", {}, False),  # sections stand below it
        ("附.1", {}, False),  # the plan is DB-222's
    ],
)
def test_section_empty_boundary(key: str, parts: dict[str, int], empty: bool) -> None:
    content = {"characters": 0, "tables": 0, "pictures": 0, **parts}
    d = changed(cement(), {f"{section(key)}.{name}": count for name, count in content.items()})
    assert len(findings("DB-204", d)) == (1 if empty else 0)


def test_section_empty_knows_the_last_child() -> None:
    """What stands below a section counts even where nothing follows it."""
    parent, child = at(cement(), section("五.2.13")), at(cement(), section("五.2.13.1"))
    bare = replace(parent, characters=0, tables=0, pictures=0)
    assert passed("DB-204", changed(cement(), sections=(bare, child)))
    assert len(findings("DB-204", changed(cement(), sections=(child, bare)))) == 1


def test_section_empty_cannot_judge() -> None:
    """It can always judge: without headings none is empty, and DB-201 says what is missing."""
    assert passed("DB-204", changed(cement(), sections=()))


# DB-215


def test_evidence_without_evidence_passes() -> None:
    assert passed("DB-215", cement())
    assert passed("DB-215", furniture())


def test_evidence_without_evidence_fails() -> None:
    path = section("五.2.2")
    d = changed(cement(), {f"{path}.tables": 0, f"{path}.pictures": 0})
    assert findings("DB-215", d) == (
        finding(
            "DB-215",
            at(d, path).at,
            "“生产工艺”只有文字，没有图片、复印件或清单",
            f"补充：{holds('五.2.2')}",
        ),
    )


@pytest.mark.parametrize(
    ("parts", "bare"),
    [
        ({"pictures": 0}, True),
        ({"pictures": 1}, False),
        ({"tables": 1, "pictures": 0}, False),
        ({"pictures": 0, "not_applicable": True}, False),
        ({"pictures": 0, "characters": 0}, False),  # DB-204's
    ],
)
def test_evidence_without_evidence_boundary(parts: dict[str, object], bare: bool) -> None:
    path = section("五.2.2")
    d = changed(cement(), {f"{path}.{name}": value for name, value in parts.items()})
    assert len(findings("DB-215", d)) == (1 if bare else 0)
    parent = section("五.2.13")
    assert (at(d, parent).tables, at(d, parent).pictures) == (0, 0)  # its evidence stands below it


@pytest.mark.parametrize(
    ("key", "todo"),
    [("五.2.13", "补充证明文件或现场照片"), ("五.2.14", f"补充：{holds('五.2.14')}")],
)
def test_evidence_without_evidence_says_what_to_add(key: str, todo: str) -> None:
    """What the outline wants to stand there; where it says nothing of it, any evidence."""
    words = replace(at(cement(), section(key)), characters=9, tables=0, pictures=0)
    (found,) = findings("DB-215", changed(cement(), sections=(words,)))
    assert found.todo == todo


def test_evidence_without_evidence_cannot_judge() -> None:
    bare = tuple(s for s in cement().sections if not s.key.startswith("五.2."))
    (doubt,) = unjudged("DB-215", changed(cement(), sections=bare))
    assert (doubt.at, doubt.reason) == (cement().at, "没有证明材料章节可查")
