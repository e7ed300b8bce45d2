"""A waived finding is shown with who answers for it, fails nothing and passes nothing."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from lxml import html as lxml_html

from duibiao.model.dossier import Dossier
from duibiao.model.errors import WaiverError
from duibiao.model.location import Location
from duibiao.reports import as_json, html, text
from duibiao.reports.fingerprints import fingerprint
from duibiao.reports.waiver_files import parse_waivers, read_waivers
from duibiao.reports.waivers import Waived, Waiver, apply, doubt
from duibiao.rules.definition import CannotJudge, Severity
from duibiao.rules.engine import Outcome, Status
from duibiao.rules.verdict import Verdict, conclude
from duibiao.service import Request, Service
from duibiao.testing.dossiers import clean_dossier
from duibiao.testing.word import write_word

from .sample_reports import ARTICLE, LIMIT, NAMES, OUTLET, PHONE, a_report, finding

DAY = date(2026, 7, 1)
OVER = finding(LIMIT, OUTLET)
OVER_MARK = fingerprint(OVER.code, OVER.at.section, OVER.message)
OTHER = finding(LIMIT, Location(file="x", section="五.2.13.1", heading="2.13.1 除尘设施"))
OUTCOMES = (
    Outcome(LIMIT, Status.FOUND, (OVER, OTHER), (CannotJudge(OUTLET, "没有写单位"),)),
    Outcome(PHONE, Status.PASSED),
)


def waiver(**values: object) -> Waiver:
    given = {
        "code": "DB-201", "reason": "正在改造", "by": "某科长", "until": date(2026, 12, 31),
        "enterprise": "甲公司", "source": "豁免.toml", "line": 3,
    }  # fmt: skip
    return Waiver(**(given | values))  # type: ignore[arg-type]


def applied(*waivers: Waiver) -> tuple[tuple[Outcome, ...], tuple[Waived, ...]]:
    return apply(
        OUTCOMES, waivers, file="甲.docx", enterprise="甲公司", day=DAY, cite=lambda _: ARTICLE
    )


# ------------------------------------------------------------------------------- what is waived


def test_a_waived_finding_is_taken_out_and_kept_apart() -> None:
    one = waiver(place="四.4")
    outcomes, waived = applied(one)

    assert waived == (Waived(OVER, one),)
    assert [(o.rule.code, o.status, o.findings, o.unjudged, o.reason) for o in outcomes] == [
        ("DB-201", Status.FOUND, (OTHER,), OUTCOMES[0].unjudged, "1 条意见已豁免"),
        ("DB-104", Status.PASSED, (), (), ""),
        ("WV-001", Status.PASSED, (), (), ""),
        ("WV-002", Status.PASSED, (), (), ""),
    ]


@pytest.mark.parametrize(
    ("values", "count"),
    [
        ({}, 2),
        ({"code": "DB-101"}, 0),
        ({"place": "四.4"}, 1),
        ({"place": "四"}, 1),
        ({"place": "五.2.1"}, 0),
        ({"place": "五.2.13"}, 1),
        ({"place": "第3个表格，第4行，第6列"}, 1),
        ({"place": "2.13.1 除尘设施"}, 1),
        ({"file": "甲.docx", "enterprise": ""}, 2),
        ({"file": "甲.docx"}, 2),
        ({"file": "乙.docx"}, 0),
        ({"enterprise": "乙公司"}, 0),
        ({"fingerprint": OVER_MARK}, 1),
        ({"fingerprint": OVER_MARK, "place": "别处"}, 1),
        ({"fingerprint": "0" * 32}, 0),
        ({"until": DAY}, 2),
        ({"until": date(2026, 6, 30)}, 0),
    ],
)
def test_what_a_waiver_covers(values: dict[str, object], count: int) -> None:
    assert len(applied(waiver(**values))[1]) == count


def test_waivers_of_other_packages_change_nothing() -> None:
    assert applied(waiver(enterprise="乙公司")) == (OUTCOMES, ())


def test_an_expired_waiver_is_a_finding_for_a_person() -> None:
    outcomes, _ = applied(waiver(until=date(2026, 6, 30)))
    (found,) = outcomes[-2].findings

    assert outcomes[0] == OUTCOMES[0]
    assert (found.code, found.severity, str(found.at)) == (
        "WV-001", Severity.REVIEW, "豁免.toml 第3行",
    )  # fmt: skip
    assert found.message == "某科长同意的豁免（DB-201）已于2026-06-30到期，意见重新计入结论"
    assert found.cites == (ARTICLE,)


def test_a_waiver_that_no_file_holds_has_no_line() -> None:
    outcomes, _ = applied(waiver(until=date(2026, 6, 30), source="意见处理", line=0))
    (found,) = outcomes[-2].findings

    assert str(found.at) == "意见处理"


@pytest.mark.parametrize("until", [date(2026, 12, 31), date(2026, 6, 30)])
def test_an_unused_waiver_is_information(until: date) -> None:
    outcomes, _ = applied(waiver(code="DB-101", until=until))
    (found,) = outcomes[-1].findings

    assert not outcomes[-2].findings
    assert (found.code, found.severity) == ("WV-002", Severity.INFO)
    assert found.message == "某科长同意的豁免（DB-101）没有用到：材料没有这条意见"


@pytest.mark.parametrize(
    ("severity", "reasons"),
    [
        (Severity.ERROR, ("1 项已豁免，需人工核实",)),
        (Severity.REVIEW, ("1 项已豁免，需人工核实",)),
        (Severity.WARNING, ()),
        (Severity.INFO, ()),
    ],
)
def test_a_waiver_never_makes_a_pass(severity: Severity, reasons: tuple[str, ...]) -> None:
    assert doubt([Waived(finding(LIMIT, OUTLET, severity=severity), waiver())]) == reasons


# ------------------------------------------------------------------------------ in a real check


def faulty() -> Dossier:
    """A clean package but for its credit code."""
    dossier = clean_dossier("cement")
    assert dossier.form is not None
    assert dossier.form.credit_code is not None
    code = replace(dossier.form.credit_code, value="91410252MA9XG2HJ6R")
    return replace(dossier, form=replace(dossier.form, credit_code=code))


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("packages") / "材料.docx"
    write_word(faulty(), path)
    return path


def test_a_waiver_beside_the_package_lifts_the_failure_but_gives_no_pass(package: Path) -> None:
    service = Service()
    request = Request(day=date(2026, 10, 1))
    plain = service.check(package, request)
    wrong = {found.code for found in plain.findings if found.severity is Severity.ERROR}
    beside = package.with_name("豁免.toml")
    beside.write_text(
        "".join(
            GOOD.replace("DB-405", code).replace('enterprise = "甲公司"', 'file = "材料.docx"')
            .replace('place = " 五.2.14 "', "")
            for code in sorted(wrong)
        ),
        encoding="utf-8",
    )  # fmt: skip

    waived = service.check(package, request)
    late = service.check(package, Request(day=date(2027, 1, 1)))

    assert plain.verdict is late.verdict is Verdict.FAIL
    assert "WV-001" in {found.code for found in late.findings}
    assert waived.verdict is Verdict.REVIEW
    assert waived.count(Severity.ERROR) == 0
    assert {entry.finding.code for entry in waived.waived} == wrong
    assert waived.reasons[0] == f"{len(waived.waived)} 项已豁免，需人工核实"
    assert not waived.is_clean


def test_a_malformed_file_beside_the_package_is_no_check(tmp_path: Path) -> None:
    path = tmp_path / "材料.docx"
    write_word(clean_dossier("cement"), path)
    path.with_name("豁免.toml").write_text("[[waiver]]\n", encoding="utf-8")

    with pytest.raises(WaiverError, match=r"豁免\.toml 第1行：code：没有写"):
        Service().check(path)


def test_the_verdict_of_waived_findings_alone_asks_for_a_person() -> None:
    outcomes, waived = apply(
        (Outcome(LIMIT, Status.FOUND, (OVER,)),), [waiver()],
        file="", enterprise="甲公司", day=DAY, cite=lambda _: ARTICLE,
    )  # fmt: skip

    assert conclude(outcomes, unverified=doubt(waived)) == (
        Verdict.REVIEW, ("1 项已豁免，需人工核实",),
    )  # fmt: skip


# ------------------------------------------------------------------------------------ the faces


def test_every_face_shows_reason_name_and_term() -> None:
    made = a_report(waived=(Waived(finding(NAMES, OUTLET), waiver()),))
    page = lxml_html.document_fromstring(html.render(made))

    assert [cell.text_content() for cell in page.xpath("//table[@class='waived']//td")][2:] == [
        "颗粒物 12.5 mg/m³，超过 10 mg/m³", "正在改造", "某科长", "2026-12-31",
    ]  # fmt: skip
    assert "已豁免的意见（1）" in text.render(made)
    assert "某科长同意豁免，有效期至2026-12-31，理由：正在改造" in "".join(
        text.render(made).split()
    )
    assert json.loads(as_json.render(made))["waived"][0]["waiver"] == {
        "code": "DB-201",
        "enterprise": "甲公司",
        "file": "",
        "place": "",
        "reason": "正在改造",
        "by": "某科长",
        "until": "2026-12-31",
        "source": "豁免.toml",
        "line": 3,
    }
    assert not a_report(waived=made.waived, outcomes=()).is_clean


# ------------------------------------------------------------------------------------- the file

GOOD = """
# 甲公司
[[waiver]]
code = "DB-405"
enterprise = "甲公司"
place = " 五.2.14 "
reason = "正在改造"
by = "某科长"
until = 2026-12-31
"""


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "豁免.toml"
    path.write_text("\ufeff" + GOOD, encoding="utf-8")

    assert read_waivers(path) == (waiver(code="DB-405", place="五.2.14"),)
    assert parse_waivers(b"", "豁免.toml") == ()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (GOOD.replace("2026-12-31", '"2026-12-31"'), "豁免.toml 第9行：until：应是日期"),
        (GOOD.replace("2026-12-31", "2026-12-31T08:00:00"), "豁免.toml 第9行：until：应是日期"),
        (GOOD.replace('by = "某科长"\n', ""), "豁免.toml 第3行：by：没有写；请写同意豁免的人"),
        (GOOD.replace("某科长", " "), "豁免.toml 第8行：by：应是文字，且不能为空"),
        (GOOD.replace("DB-405", "405"), "豁免.toml 第4行：code：“405”不是规则编号"),
        (GOOD.replace("enterprise", "company"), "豁免.toml 第5行：company：没有这一项"),
        (GOOD.replace('enterprise = "甲公司"\n', ""), "豁免.toml 第3行：enterprise：enterprise（企业名称）和"),
        (GOOD.replace("by =", "by"), "豁免.toml 第8行：不是合格的 TOML"),
        (GOOD + 'code = "x', "豁免.toml 第10行：不是合格的 TOML"),
        (GOOD.replace("[[waiver]]", "[waiver]"), "应写 [[waiver]]，用两层方括号"),
        (GOOD.replace("[[waiver]]", "[[豁免]]"), "不是合格的 TOML"),
        (GOOD + "[other]\n", "豁免.toml：不认识“other”"),
    ],
)  # fmt: skip
def test_a_malformed_file_is_told_with_its_line(data: str, said: str) -> None:
    with pytest.raises(WaiverError) as error:
        parse_waivers(data.encode(), "豁免.toml")

    assert said in str(error.value)


def test_all_errors_are_told_at_once() -> None:
    with pytest.raises(WaiverError) as error:
        parse_waivers(GOOD.replace("DB-405", "x").replace("某科长", "").encode(), "豁免.toml")

    assert len(str(error.value).splitlines()) == 2


def test_a_file_of_another_encoding_is_told() -> None:
    with pytest.raises(WaiverError, match=r"豁免\.toml 第2行：不是 UTF-8 文本"):
        parse_waivers(GOOD.encode("gb18030"), "豁免.toml")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(WaiverError, match="打不开（文件不存在）"):
        read_waivers(tmp_path / "没有.toml")
