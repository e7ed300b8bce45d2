"""The faces of a report: everything is in them, and nothing of the dossier is taken for more than text."""

import json
from dataclasses import replace
from importlib.metadata import EntryPoint
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from lxml import html as lxml_html
from rich.console import Console

from duibiao.grading.ladder import Ladder, Rung
from duibiao.model.errors import DuibiaoError, UsageError
from duibiao.model.grades import Grade
from duibiao.reports import as_json, html, templates, text
from duibiao.reports.causes import by_chapter
from duibiao.reports.faces import Face, render, render_summary
from duibiao.reports.fingerprints import fingerprint
from duibiao.reports.model import CheckReport, Reach, chapter_of, reach
from duibiao.reports.summary import Line, Summary, line_of
from duibiao.reports.writing import write
from duibiao.rules.definition import CannotJudge, Severity
from duibiao.rules.engine import Outcome, Status
from duibiao.rules.verdict import Verdict

from .sample_reports import (
    ARTICLE,
    BROKEN,
    CLEAN,
    FILE,
    FORM,
    HOSTILE,
    LIMIT,
    OUTLET,
    OXYGEN,
    PHONE,
    RECALLED,
    a_report,
    finding,
    place,
)

# ------------------------------------------------------------------------------------- model


def test_findings_are_grouped_in_the_order_of_the_package_gravest_first() -> None:
    grouped = by_chapter(a_report())

    assert {title: [cause.lead.code for cause in found] for title, found in grouped.items()} == {
        "一、绩效分级申请表": ["DB-101", "DB-104"],
        "四、企业基本情况": ["DB-201", "DB-203"],
    }
    assert list(grouped) == ["一、绩效分级申请表", "四、企业基本情况"]


def test_a_place_outside_the_outline_belongs_to_the_whole() -> None:
    assert chapter_of(place("")) == chapter_of(place("九.9")) == "全文"


@pytest.mark.parametrize(
    ("declared", "reached", "expected"),
    [
        (Grade.B, Grade.A, Reach.MEETS),
        (Grade.B, Grade.B, Reach.MEETS),
        (Grade.B, Grade.C, Reach.SHORT),
        (Grade.B, None, Reach.OPEN),
        (None, Grade.C, Reach.RATED),
        (Grade.LEADING, Grade.A, Reach.RATED),
    ],
)
def test_an_item_is_held_against_the_declared_grade(
    declared: Grade | None, reached: Grade | None, expected: Reach
) -> None:
    ladder = Ladder((Grade.A, Grade.B, Grade.C), declared, (), None, None)

    assert reach(ladder, Rung("排放限值", "x", "1", FORM, reached)) is expected


@pytest.mark.parametrize("severity", list(Severity))
def test_a_pass_with_a_finding_is_clean_only_if_that_is_information(severity: Severity) -> None:
    note = Outcome(PHONE, Status.FOUND, (finding(PHONE, FORM, severity=severity),))

    assert a_report(**CLEAN | {"outcomes": (note,)}).is_clean is (severity is Severity.INFO)
    assert not a_report(**CLEAN | {"verdict": Verdict.INCOMPLETE}).is_clean


# -------------------------------------------------------------------------------------- JSON


def test_json_says_everything() -> None:
    form = {
        "text": "一、绩效分级申请表，第1个表格，第5行，第2列",
        "file": FILE,
        "section": "一",
        "heading": "一、绩效分级申请表",
        "page": None,
        "paragraph": None,
        "table": 1,
        "row": 5,
        "column": 2,
        "sheet": None,
        "quote": "A级",
    }
    outlet = form | {
        "text": "4.污染物排放情况，第7页，第3个表格，第4行，第6列",
        "section": "四.4",
        "heading": "4.污染物排放情况",
        "page": 7,
        "table": 3,
        "row": 4,
        "column": 6,
        "quote": "12.5",
    }
    measures = {
        "source": "SMX2022",
        "title": "重点行业绩效分级管理办法",
        "number": "三环文〔2022〕68号",
    }
    article = measures | {"place": "第五条（三）"}
    recalled = {
        "id": "pm-a",
        "standing": "recalled",
        "may_fail": False,
        "confidence": "firm",
        "start": "2021-09",
        "end": None,
        "note": "",
        "cites": [
            {
                "source": "HN2021",
                "title": "《河南省重点行业技术指南》",
                "number": "",
                "place": "表3",
            }
        ],
    }
    only = finding(OXYGEN, FORM, severity=Severity.REVIEW, grounds=RECALLED, also=(OUTLET,))
    whole = a_report()
    report = replace(
        whole,
        outcomes=(
            Outcome(OXYGEN, Status.FOUND, (only,), (CannotJudge(OUTLET, "没有写单位"),)),
            Outcome(BROKEN, Status.CRASHED, reason="KeyError: 'x'（f 第3行）"),
        ),
        ladder=replace(whole.ladder, rungs=whole.ladder.rungs[1:2], supported=Grade.A),
    )

    assert json.loads(render(report, Face.JSON)) == {
        "schema_version": 1,
        "kind": "report",
        "file": FILE,
        "sha256": "ab" * 32,
        "enterprise": HOSTILE,
        "industry": "铸造",
        "declared": "A级",
        "applicant": {
            "city": "三门峡市",
            "county": "渑池县",
            "address": "某路1号",
            "credit_code": "91411221MA0XG1QH5X",
            "responsible": "某人",
            "phone": "13900000000",
            "names": {"封面": HOSTILE, "申请表": HOSTILE},
        },
        "verdict": "fail",
        "verdict_label": "不通过",
        "reasons": ["2 项不符合要求", "规则 FND-007 检查出错"],
        "counts": {"error": 0, "warning": 0, "review": 1, "info": 0},
        "cause_counts": {"error": 0, "warning": 0, "review": 1, "info": 0},
        "judge": {
            "engine": "0.1.0",
            "common_sha256": "cd" * 32,
            "plugin": "foundry",
            "distribution": "duibiao-foundry",
            "version": "0.2",
            "law_sha256": "ef" * 32,
            "branch": "铸造",
            "national_no": 6,
            "edition": "河南2021年版",
            "pages": "",
            "day": "2022-10-01",
            "day_origin": "封面日期",
            "others": [],
        },
        "findings": [
            {
                "code": "DB-203",
                "title": "折算后的浓度超过限值",
                "severity": "review",
                "chapter": "一、绩效分级申请表",
                "at": form,
                "also": [outlet],
                "message": "颗粒物 12.5 mg/m³，超过 10 mg/m³",
                "todo": "核对监测报告，或改报 B级",
                "fingerprint": fingerprint("DB-203", "一", "颗粒物 12.5 mg/m³，超过 10 mg/m³"),
                "cause": 1,
                "articles": [article | {"text": "（三）从严评级。\n有一项未满足的，降级评定。"}],
                "grounds": recalled,
            }
        ],
        "waived": [],
        "comparison": None,
        "outcomes": [
            {
                "code": "DB-203",
                "title": "折算后的浓度超过限值",
                "severity": "error",
                "status": "found",
                "reason": "",
                "findings": 1,
                "unjudged": 1,
            },
            {
                "code": "FND-007",
                "title": "熔炼设备没有集气罩",
                "severity": "error",
                "status": "crashed",
                "reason": "KeyError: 'x'（f 第3行）",
                "findings": 0,
                "unjudged": 0,
            },
        ],
        "unjudged": [
            {
                "code": "DB-203",
                "title": "折算后的浓度超过限值",
                "at": outlet,
                "reason": "没有写单位",
            }
        ],
        "ladder": {
            "grades": ["A", "B", "C", "D"],
            "declared": "A",
            "supported": "A",
            "ceiling": "B",
            "industry": "",
            "lowest": "D",
            "overall": "A",
            "eligibility": {
                "barred": [],
                "because": [],
                "doubts": [],
                "assured": None,
                "assured_needs": [],
            },
            "others": [],
            "ungraded": [],
            "rungs": [
                {
                    "indicator": "排放限值",
                    "item": "DA002 浇注 颗粒物",
                    "line": "",
                    "process": "",
                    "steps": [],
                    "value": "8",
                    "at": outlet,
                    "reached": "A",
                    "reach": "meets",
                    "requirement": "≤10 mg/m³",
                    "next_grade": None,
                    "next_requirement": "",
                    "grounds": recalled,
                    "verified": False,
                    "reason": "",
                }
            ],
        },
        "holes": [{"id": "FND-H1", "topic": "排放限值", "what": "B级限值", "look_in": "某指南"}],
        "unread": [{"at": form, "what": "表格（表头：甲、乙）", "why": "没有这样的表"}],
        "warnings": ["文件中有 2 处未接受的修订"],
        "left_out": [
            {
                "name": "cement",
                "distribution": "duibiao-cement",
                "reason": "law/limits.toml 第3行不合格式",
            }
        ],
    }


def test_json_on_one_line_is_the_same_object() -> None:
    line = as_json.render_line(a_report())

    assert line.count("\n") == 1
    assert json.loads(line) == json.loads(as_json.render(a_report()))


SUMMARY = Summary(
    (
        line_of("甲/某铸造厂.docx", a_report(), "某铸造厂.html"),
        line_of("乙.docx", a_report(**CLEAN)),
        Line("坏.docx", "不是 Word 文件"),
    ),
    {".pdf": 2},
)


def test_json_table() -> None:
    table = json.loads(render_summary(SUMMARY, Face.JSON))

    assert {key: table[key] for key in ("schema_version", "kind", "tally", "skipped")} == {
        "schema_version": 1,
        "kind": "summary",
        "tally": {"通过": 1, "不通过": 1, "无法检查": 1},
        "skipped": {".pdf": 2},
    }
    assert table["files"][0] == {
        "file": "甲/某铸造厂.docx",
        "problem": "",
        "report": "某铸造厂.html",
        "enterprise": HOSTILE,
        "industry": "铸造",
        "declared": "A级",
        "verdict": "fail",
        "verdict_label": "不通过",
        "counts": {"error": 2, "warning": 1, "review": 1, "info": 0},
    }
    assert table["files"][2] | {"file": ""} == {
        "file": "",
        "problem": "不是 Word 文件",
        "report": None,
        "enterprise": "",
        "industry": "",
        "declared": "",
        "verdict": None,
        "verdict_label": "",
        "counts": {"error": 0, "warning": 0, "review": 0, "info": 0},
    }


# -------------------------------------------------------------------------------------- HTML


def page(report: CheckReport) -> Any:
    return lxml_html.document_fromstring(html.render(report))


def texts(tree: Any, xpath: str) -> list[str]:
    return [" ".join(found.text_content().split()) for found in tree.xpath(xpath)]


def test_page_has_verdict_reasons_and_counts() -> None:
    tree = page(a_report())

    assert texts(tree, "//*[@id='verdict']/*[@class='word']") == ["不通过"]
    assert texts(tree, "//*[@id='verdict']//li") == ["2 项不符合要求", "规则 FND-007 检查出错"]
    assert texts(tree, "//*[@class='counts']/li") == [
        "2不符合", "1建议改正", "1需人工核实", "0提示", "1不能判断",
    ]  # fmt: skip


def test_page_contents_lead_to_its_parts() -> None:
    tree = page(a_report())
    targets = [link.get("href") for link in tree.xpath("//*[@class='toc']//a")]

    assert len(targets) == 7
    assert [bool(tree.xpath(f"//*[@id='{target[1:]}']")) for target in targets] == [True] * 7


def test_page_shows_the_ladder() -> None:
    tree = page(a_report())

    groups = "//*[@class='{}']//*[contains(@class, 'group')]"
    assert texts(tree, groups.format("matrix")) == ["未识别的工序B级", "全厂？"]
    assert texts(tree, groups.format("ladder")) == ["排放限值", "运输方式"]
    assert [row.get("class") for row in tree.xpath("//*[@class='ladder']/tbody/tr[td]")] == [
        "short", "meets", "open",
    ]  # fmt: skip
    assert texts(tree, "//*[@class='ladder']//tr[@class='short']/td") == [
        "DA001 熔炼 颗粒物",
        "12.5 4.污染物排放情况，第7页，第3个表格，第4行，第6列",
        "B级达不到",
        "≤10 mg/m³超过 A级 的限值",
        "A级：≤10 mg/m³",
        f"官方文本 {ARTICLE}",
    ]
    assert "凭记忆，未核实" in texts(tree, "//*[@class='ladder']//tr[@class='meets']/td")[5]


def test_page_shows_a_finding_with_place_article_and_what_to_do() -> None:
    tree = page(a_report())
    first = tree.xpath("//article")[0]

    assert [article.get("class") for article in tree.xpath("//article")] == [
        "finding error", "finding warning", "finding error", "finding review",
    ]  # fmt: skip
    assert texts(first, ".//header") == [
        "不符合 一、绩效分级申请表，第1个表格，第5行，第2列 企业名称前后不一致 DB-101"
    ]
    assert texts(first, ".//dt") == ["问题", "原文", "相关位置", "怎么办", "条款"]
    assert texts(first, ".//summary") == [str(ARTICLE)]
    assert texts(first, ".//*[@class='article']") == ["（三）从严评级。 有一项未满足的，降级评定。"]


def test_page_says_what_was_not_checked() -> None:
    tree = page(a_report())

    part = "//h2[@id='unchecked']/following-sibling::*[not(preceding-sibling::h2[@id='rules'])]"
    assert texts(tree, f"{part}[self::h3]") == [
        "检查出错的规则 1 条",
        "程序不能判断，须由人判断 1 处",
        "没有读懂的内容 1 处",
        "文件的异常 1 处",
        "停用的插件 1 个",
    ]
    assert "没有：材料全部读懂" in page(a_report(**CLEAN)).text_content()


def test_page_accounts_for_every_rule_and_for_its_grounds() -> None:
    report = a_report()
    tree = page(report)

    assert texts(tree, "//*[@class='all-rules']//tbody//code") == [
        outcome.rule.code for outcome in report.outcomes
    ]
    grounds = " ".join(texts(tree, "//h2[@id='judge']/following-sibling::table"))
    for said in (
        "0.1.0",
        "duibiao-foundry 0.2",
        "河南2021年版",
        "2022-10-01（封面日期）",
        "ef" * 32,
    ):
        assert said in grounds


def test_page_takes_the_dossier_for_text_only() -> None:
    source = html.render(a_report(file=HOSTILE, declared=HOSTILE, warnings=(HOSTILE,)))
    tree = lxml_html.document_fromstring(source)

    assert "<script" not in source
    assert not tree.xpath("//script | //@onclick | //img | //link | //*[@src]")
    assert texts(tree, "//title") == ["审查报告：" + " ".join(HOSTILE.split())]
    assert "default-src 'none'" in tree.xpath("//meta[@http-equiv]/@content")[0]


def test_page_refers_to_nothing_outside_itself() -> None:
    tree = page(a_report())

    assert all(target.startswith("#") for target in tree.xpath("//@href"))
    assert "url(" not in html.render(a_report())


def test_index_leads_to_the_reports_and_names_what_was_not_checked() -> None:
    line = line_of("a.docx", a_report(), "javascript:甲 #1.html")
    tree = lxml_html.document_fromstring(
        render_summary(replace(SUMMARY, lines=(line, *SUMMARY.lines)), Face.HTML)
    )

    assert tree.xpath("//td//a/@href") == [
        "./javascript%3A%E7%94%B2%20%231.html",
        "./%E6%9F%90%E9%93%B8%E9%80%A0%E5%8E%82.html",
    ]
    assert texts(tree, "//tbody/tr[4]/td") == ["无法检查", "坏.docx", "不是 Word 文件"]
    assert "还有 2 个其他文件没有检查：.pdf 2 个" in tree.text_content()


@pytest.mark.parametrize(
    ("count", "said"), [(0, "请安装 duibiao-templates"), (2, "安装了多套模板")]
)
def test_templates_that_are_missing_or_double_are_said(
    monkeypatch: pytest.MonkeyPatch, count: int, said: str
) -> None:
    point = EntryPoint("default", "somewhere", templates.GROUP)
    monkeypatch.setattr(templates, "entry_points", lambda **_: [point] * count)
    kept = (templates.environment, templates.home, templates.home_of)
    for function in kept:
        function.cache_clear()
    try:
        with pytest.raises(DuibiaoError, match=said):
            html.render(a_report())
    finally:
        for function in kept:
            function.cache_clear()


# -------------------------------------------------------------------------------------- text


def test_text_says_everything_without_colour() -> None:
    said = text.render(a_report())

    assert "\x1b" not in said
    assert [line for line in said.splitlines() if line.startswith("结论")] == ["结论：不通过"]
    for part in (
        "审查意见：不符合 2，建议改正 1，需人工核实 1，提示 0；另有不能判断的 1 处",
        "一、绩效分级申请表（2 条）",
        "[不符合] DB-101 一、绩效分级申请表，第1个表格，第5行，第2列",
        "原文 “12.5”",
        "办法 核对监测报告，或改报 B级",
        f"条款 {ARTICLE}",
        "［凭记忆，未核实］",
        "没有检查或不能判断的内容（5）",
        "规则 FND-007 检查出错：KeyError: 'x'（f 第3行）",
        "插件 cement 停用：law/limits.toml 第3行不合格式",
        "申报 A级；材料能支持 不能确定；已能判断的项目最高允许 B级",
        "对照申报等级：达到 1 项，达不到 1 项，不能判断 1 项",
        "规则 7 条：通过 1，发现问题 4，未能判断 0，不适用 1，检查出错 1",
    ):
        assert part in said


def test_markup_and_control_characters_stay_text_on_a_terminal() -> None:
    stream = StringIO()
    console = Console(file=stream, force_terminal=True, color_system="truecolor", width=120)

    console.print(text.report_view(a_report(file=HOSTILE)))

    assert "[red]河南[/red]&" in stream.getvalue()
    assert "\u202e" not in stream.getvalue()
    assert "\x1b[31m铸造" not in stream.getvalue()


def test_a_long_text_is_folded_never_cut() -> None:
    long = "颗粒物浓度超过限值" * 40
    over = finding(LIMIT, OUTLET, message=long, todo=long)
    unjudged = Outcome(OXYGEN, Status.SKIPPED, (), (CannotJudge(OUTLET, long),), long)
    report = a_report(outcomes=(Outcome(LIMIT, Status.FOUND, (over,)), unjudged), reasons=(long,))

    said = "".join(text.render(report).split())

    assert said.count(long) == 4
    assert "…" not in said


def test_text_table() -> None:
    said = render_summary(SUMMARY, Face.TEXT)

    assert "共 3 个文件：通过 1，不通过 1，无法检查 1" in said
    assert "不是 Word 文件" in said


# ----------------------------------------------------------------------------------- writing


def test_a_report_replaces_an_older_one_and_leaves_nothing_beside(tmp_path: Path) -> None:
    target = tmp_path / "new" / "r.json"

    write(target, "old", [])
    write(target, "新\udce4", [])

    assert target.read_bytes() == "新?".encode()
    assert [entry.name for entry in target.parent.iterdir()] == ["r.json"]


def test_an_interrupted_report_leaves_the_older_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "r.json"
    write(target, "old", [])
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))

    with pytest.raises(KeyboardInterrupt):
        write(target, "new", [])

    assert [(entry.name, entry.read_text()) for entry in tmp_path.iterdir()] == [("r.json", "old")]


def test_an_input_is_never_overwritten(tmp_path: Path) -> None:
    package = tmp_path / "package.bin"
    package.write_text("precious")
    (tmp_path / "link").hardlink_to(package)

    for target in (package, tmp_path / "link", tmp_path / "another.DOCX"):
        with pytest.raises(UsageError, match="它是申报材料"):
            write(target, "report", [package])

    assert package.read_text() == "precious"


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(UsageError, match="路径中有同名的文件"):
        write(tmp_path / "file" / "r.json", "report", [])
