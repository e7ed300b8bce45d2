"""文字规范: nothing of the template or of the drafting is left in (DB-901 to DB-909).

These rules can always judge: they look for what should not be there, and an empty package has none of it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from duibiao.model.dossier import Dossier, Misfit, SourceFile, Unread
from duibiao.model.location import Located, Location
from duibiao.rules.definition import Severity

from .support import (
    AT,
    BRANCH,
    cement,
    changed,
    finding,
    findings,
    furniture,
    inapplicable,
    passed,
    text,
)

FOOTER = Location("测试.docx", heading="页眉、页脚或脚注")
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


# DB-907

OWN = "豫虚构青石岭水泥有限公司"
OTHER = "豫虚构白云建材有限公司"
NOT_OURS = "是沿用旧稿留下的，改为本企业名称；确与本企业有关的，不用改"


def adding(*lines: str) -> Any:
    """Return the cement works with more paragraphs at the end."""
    d = cement()
    return changed(d, paragraphs=(*d.paragraphs, *(text(line) for line in lines)))


def test_other_enterprise_named_passes() -> None:
    assert passed("DB-907", cement())
    assert passed("DB-907", furniture())


def test_other_enterprise_named_fails() -> None:
    d = changed(adding(f"{OTHER}严格落实减排措施。"), margins=(text(f"{OTHER}申报材料", FOOTER),))
    assert findings("DB-907", d) == (
        finding("DB-907", AT, f"出现别的企业名称“{OTHER}”", NOT_OURS, also=(FOOTER,)),
    )


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (f"由{OTHER}落实。", 1),
        (f"{OTHER}按要求停产，铁矿粉经配料，烧结，铁水经预处理后炼钢。", 1),
        (f"委托第三方，{OTHER}承担，按期完成。", 0),
        ("三门峡市红旗水泥厂按要求停产。", 1),
        (f"{OWN}严格落实。", 0),
        (f"我单位{OWN}严格落实。", 0),
        ("青石岭水泥有限公司严格落实。", 0),  # its name in short
        ("豫虚构青石岭水泥有線公司严格落实。", 0),
        ("豫虚构青石嶺水泥有限公司严格落实。", 0),  # misspelt: DB-101
        ("豫虚构晴空检测技术有限公司出报告。", 0),  # the laboratory of the reports
        (f"石灰石购自{OTHER}。", 0),
        (f"与{OTHER}签订供气合同；{OTHER}落实停产。", 1),
        ("厂址在渑池县张村镇水泥厂东侧。", 0),
        ("全厂停产，工厂区内清扫。", 0),
    ],
)
def test_other_enterprise_named_boundary(line: str, found: int) -> None:
    assert len(findings("DB-907", adding(line))) == found
    in_table = changed(adding(line), {"paragraphs.-1.at": replace(AT, table=1, row=2, column=2)})
    assert passed("DB-907", in_table)


def test_other_enterprise_named_cannot_judge() -> None:
    """Without a name of its own there is nothing to compare with; DB-101 says so."""
    reason = "没有企业名称可供对照（另由 DB-101 检查）"
    assert inapplicable("DB-907", saying(OTHER)) == reason


# DB-908


def claiming(words: str) -> Any:
    """Return the furniture maker with other words in a cell of its 对标总表."""
    return changed(furniture(), {"indicators.rows.2.status.value": words})


def test_other_industry_named_passes() -> None:
    for d in (cement(), furniture()):
        assert passed("DB-908", d)
        assert passed("DB-908", d, branch=None)


def test_other_industry_named_fails() -> None:
    d = changed(
        claiming("符合水泥行业A级指标要求。"),
        {"plan.levels.0.measures.0.value": "按水泥企业要求停产。"},
    )
    assert findings("DB-908", d) == (
        finding(
            "DB-908",
            d.indicators.rows[2].status.at,
            "写着“水泥”行业，申报的是“家具制造行业”",
            "是沿用旧稿留下的，改正；确实跨行业的，按各行业分别对标",
            also=(d.plan.levels[0].measures[0].at,),
        ),
    )


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("符合水泥行业要求", 1),
        ("使用水泥地面", 0),
        ("符合家具制造行业要求", 0),
        ("执行《水泥行业清洁生产评价指标体系》", 0),
        ("参照水泥行业的做法", 0),
        ("符合水泥行业、铸造企业要求", 2),
    ],
)
def test_other_industry_named_boundary(words: str, found: int) -> None:
    assert len(findings("DB-908", claiming(words))) == found
    named = replace(BRANCH, name="水泥熟料", aliases=("铸造",))
    assert passed("DB-908", claiming(words), branch=named)


def test_other_industry_named_cannot_judge() -> None:
    """Without an industry of its own there is nothing to compare with; DB-105 says so."""
    reason = "没有行业类型可供对照（另由 DB-105 检查）"
    assert inapplicable("DB-908", EMPTY) == reason


# DB-909


def headed(line: str) -> Any:
    """Return the cement works with a header."""
    return changed(cement(), margins=(text(line, FOOTER),))


def test_other_year_left_passes() -> None:
    assert passed("DB-909", cement())
    assert passed("DB-909", furniture())


def test_other_year_left_fails() -> None:
    d = changed(
        headed("2021年绩效分级申报材料"),
        {
            "paragraphs.1.value": "2022 年重污染天气重点行业企业绩效分级",
            "letters.1.text.3.value": "2020年、2021年承诺",
        },
    )
    todo = "是沿用旧稿留下的，改为申报当年"
    assert findings("DB-909", d) == tuple(
        finding("DB-909", where, f"写着{years}，申报日期在2026年", todo)
        for where, years in (
            (d.paragraphs[1].at, "2022年"),
            (d.letters[1].text[3].at, "2020年、2021年"),
            (FOOTER, "2021年"),
        )
    )


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("2026年绩效分级申报材料", 0),
        ("２０２１年绩效分级申报材料", 1),
        ("依据《技术指南（2020年修订版）》申报", 0),
        ("绩效分级技术指南（2021年修订版）", 0),
        ("依据（环办大气函〔2020〕340号）申报", 0),
        ("自2019年以来的绩效分级", 0),
        ("本表数据截至2021年", 0),  # a footnote, not the title
    ],
)
def test_other_year_left_boundary(line: str, found: int) -> None:
    """The year that a letter applies for is the matter of DB-112."""
    assert len(findings("DB-909", headed(line))) == found
    letter = changed(
        cement(), {"letters.0.text.2.value": "此次申报河南省2025年", "letters.0.year.value": "2025"}
    )
    assert passed("DB-909", letter)


@pytest.mark.parametrize("words", ["申报材料", "绩效", "分级", "承诺"])
def test_other_year_left_in_a_margin(words: str) -> None:
    assert len(findings("DB-909", headed(f"2021年{words}"))) == 1


def test_other_year_left_without_contents() -> None:
    """What stands before the contents is the cover; without contents, nothing is."""
    rest = tuple(text for text in cement().paragraphs if "".join(text.value.split()) != "目录")
    assert len(rest) < len(cement().paragraphs)
    d = changed(cement(), {"paragraphs": rest})
    d = changed(d, {"paragraphs.0.value": "2021年绩效分级", "paragraphs.90.value": "2020年承诺"})
    assert passed("DB-909", d)


def test_other_year_left_cannot_judge() -> None:
    """Without a date of its own there is nothing to compare with; DB-506 says so."""
    assert inapplicable("DB-909", EMPTY) == "封面没有申报日期（另由 DB-506 检查）"
