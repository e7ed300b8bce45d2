"""文字规范: nothing of the template or of the drafting is left in (DB-901 to DB-906).

These rules can always judge: they look for what should not be there, and an empty package has none of it.
"""

from __future__ import annotations

from typing import Any

import pytest

from duibiao.model.dossier import Dossier, Misfit, SourceFile, Unread
from duibiao.model.location import Located, Location
from duibiao.rules.definition import Severity

from .support import (
    AT,
    cement,
    changed,
    finding,
    findings,
    furniture,
    inapplicable,
    passed,
    text,
)

EMPTY = Dossier(SourceFile("空白.docx", "0" * 64, 0))


def saying(*paragraphs: str) -> Any:
    """Return an empty package with some text."""
    return changed(EMPTY, paragraphs=tuple(text(paragraph) for paragraph in paragraphs))


# DB-901


def test_placeholder_left_passes() -> None:
    assert passed("DB-901", cement())
    assert passed("DB-901", furniture())


@pytest.mark.parametrize(
    ("paragraph", "left"),
    [
        ("XX 公司绩效分级申请表", "XX 公司"),
        ("日期：XXXX年XX月XX日", "XXXX年"),
        ("ＸＸ市生态环境局：", "ＸＸ市"),
        ("被评定为××行业B级绩效等级", "××行业"),
        ("联系人：XXX", "XXX"),
        ("{{ enterprise.name }}", "{{ enterprise.name }}"),
        ("【请填写产能】", "【请填写产能】"),
    ],
)
def test_placeholder_left_fails(paragraph: str, left: str) -> None:
    message = f"留有占位文字“{left}”"
    assert findings("DB-901", saying("前言", paragraph)) == (
        finding("DB-901", AT, message, "填写实际内容"),
    )


@pytest.mark.parametrize(
    "paragraph",
    ["型号GXXXX", "φ4.0×60m回转窑", "3.8×13×2", "X年级", "【附图】", "{DA001}", "豫MXX123"],
)
def test_placeholder_left_boundary(paragraph: str) -> None:
    """Sizes, model numbers and plates are no placeholders."""
    assert passed("DB-901", saying(paragraph))


def test_placeholder_left_behind_a_model_number() -> None:
    assert len(findings("DB-901", saying("型号GXXXX，XXXX年XX月投用"))) == 1


@pytest.mark.parametrize(
    "paragraph",
    ["被评定为水泥行业XX绩效等级", "2026 年 X 月 X 日", "XX生态环境分局 (盖章)"],
)
def test_placeholder_left_of_the_official_form(paragraph: str) -> None:
    assert len(findings("DB-901", saying(paragraph))) == 1


def test_placeholder_left_cannot_judge() -> None:
    """It can always judge."""
    assert passed("DB-901", EMPTY)


# DB-902


def test_revisions_left_passes() -> None:
    assert passed("DB-902", cement())


def test_revisions_left_fails() -> None:
    d = changed(cement(), {"source.revisions": 12})
    message = "文件留有12处修订；本次按接受修订后的内容检查"
    expected = finding("DB-902", d.at, message, "在Word“审阅”中接受或拒绝全部修订后再提交")
    assert findings("DB-902", d) == (expected,)
    assert expected.severity is Severity.WARNING


@pytest.mark.parametrize("count", [0, 1])
def test_revisions_left_boundary(count: int) -> None:
    assert len(findings("DB-902", changed(cement(), {"source.revisions": count}))) == count


def test_revisions_left_cannot_judge() -> None:
    """It can always judge."""
    assert passed("DB-902", EMPTY)


# DB-903


def test_comments_left_passes() -> None:
    assert passed("DB-903", cement())


def test_comments_left_fails() -> None:
    d = changed(cement(), {"source.comments": 3})
    expected = finding("DB-903", d.at, "文件留有3条批注", "处理并删除批注后再提交")
    assert findings("DB-903", d) == (expected,)
    assert expected.severity is Severity.WARNING


@pytest.mark.parametrize("count", [0, 1])
def test_comments_left_boundary(count: int) -> None:
    assert len(findings("DB-903", changed(cement(), {"source.comments": count}))) == count


def test_comments_left_cannot_judge() -> None:
    """It can always judge."""
    assert passed("DB-903", EMPTY)


# DB-904


def test_external_reference_passes() -> None:
    assert passed("DB-904", cement())


def test_external_reference_fails() -> None:
    targets = ("file:///C:/照片/除尘器.jpg", "https://example.invalid/模板.dotx")
    d = changed(cement(), {"source.external": targets})
    found = findings("DB-904", d)
    assert found == tuple(
        finding("DB-904", d.at, f"文件引用外部内容“{target}”", "把内容插入文件，不要用链接")
        for target in targets
    )
    assert {f.severity for f in found} == {Severity.INFO}


@pytest.mark.parametrize("length", [80, 81])
def test_external_reference_boundary(length: int) -> None:
    """A long target is cut."""
    target = "x" * length
    (found,) = findings("DB-904", changed(cement(), {"source.external": (target,)}))
    assert found.message == f"文件引用外部内容“{target[:80]}”"


def test_external_reference_cannot_judge() -> None:
    """It can always judge."""
    assert passed("DB-904", EMPTY)


# DB-905


def test_content_not_understood_passes() -> None:
    assert passed("DB-905", cement())


def test_content_not_understood_fails() -> None:
    unread = Unread(AT, "表格（表头：甲、乙）", "与提纲的任何表格都对不上")
    expected = finding(
        "DB-905",
        AT,
        "表格（表头：甲、乙）：与提纲的任何表格都对不上",
        "人工查看该处，或按提纲改写后重新检查",
    )
    assert findings("DB-905", changed(cement(), unread=(unread,))) == (expected,)
    assert expected.severity is Severity.REVIEW


def test_content_not_understood_boundary() -> None:
    """Each place is a finding of its own, though the words are the same."""
    unread = Unread(AT, "表格", "表头认不出")
    assert len(findings("DB-905", changed(cement(), unread=(unread, unread)))) == 2


def test_content_not_understood_cannot_judge() -> None:
    """It can always judge."""
    assert passed("DB-905", EMPTY)


def test_placeholder_left_in_a_header():
    """Headers, footers and notes are looked at as well."""
    left = Located("XX公司申报材料", Location(heading="页眉、页脚或脚注"))
    (found,) = findings("DB-901", changed(cement(), margins=(left,)))
    assert (found.at, found.message) == (left.at, "留有占位文字“XX公司”")


# DB-906


def project(*misfits: Misfit) -> Dossier:
    """Return the cement works as a project with these misfits."""
    return changed(cement(), {"source.is_project": True}, misfits=misfits)


WRONG_DATE = Misfit(AT, "申报日期“下个月”不是日期", "写成 2026年9月10日")


def test_misfit_in_project_passes() -> None:
    assert passed("DB-906", project())


def test_misfit_in_project_fails() -> None:
    lost = Misfit(
        text("证据/杂项/1.jpg").at, "文件夹“杂项”认不出是哪一章节", "移到相应章节的文件夹"
    )
    assert findings("DB-906", project(WRONG_DATE, lost)) == (
        finding("DB-906", AT, WRONG_DATE.what, WRONG_DATE.remedy),
        finding("DB-906", AT, lost.what, lost.remedy),
    )


def test_misfit_in_project_boundary() -> None:
    """The same words twice are two findings: each is one place to mend."""
    assert len(findings("DB-906", project(WRONG_DATE, WRONG_DATE))) == 2


def test_misfit_in_project_cannot_judge() -> None:
    """It can always judge a project; a document that was handed in has no fields to fill."""
    assert inapplicable("DB-906", cement()) == "不是申报数据"
