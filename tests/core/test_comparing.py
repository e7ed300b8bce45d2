"""A submission against an earlier one: fixed, still there, new; never fixed where nobody judged."""

import json
from dataclasses import replace

import pytest
from lxml import html as lxml_html

from duibiao.model.errors import UsageError
from duibiao.model.location import Location
from duibiao.reports import as_json, html, text
from duibiao.reports.comparing import compare, earlier_in, earlier_of
from duibiao.reports.comparison import Comparison
from duibiao.reports.model import CheckReport
from duibiao.reports.waivers import Waived, expired
from duibiao.rules.definition import CannotJudge, Rule
from duibiao.rules.engine import Finding, Outcome, Status

from .sample_reports import FILE, LIMIT, NAMES, OXYGEN, PHONE, PLAN, a_report, finding
from .test_waivers import waiver

RULES = (LIMIT, NAMES, OXYGEN, PHONE, PLAN)


def cell(row: int, quote: str = "", table: int = 3) -> Location:
    return Location(
        file=FILE, section="五.2.14", heading="2.14 排放限值", table=table, row=row, column=5, quote=quote,
    )  # fmt: skip


def over(outlet: str, amount: str, row: int, *, table: int = 3, rule: Rule = LIMIT) -> Finding:
    message = f"{outlet} 颗粒物 {amount} mg/m³，超过 10 mg/m³"
    return finding(rule, cell(row, amount, table), message=message)


def report(*findings: Finding, **changes: object) -> CheckReport:
    """A report in which every rule has judged."""
    outcomes = []
    for rule in RULES:
        found = tuple(one for one in findings if one.code == rule.code)
        outcomes.append(Outcome(rule, Status.FOUND if found else Status.PASSED, found))
    return a_report(outcomes=tuple(outcomes), **changes)


def held(new: CheckReport, *old: Finding) -> Comparison:
    return compare(new, earlier_of(report(*old)))


def counts(comparison: Comparison) -> tuple[int, int, int, int]:
    return (
        len(comparison.fixed), len(comparison.still), len(comparison.new), len(comparison.unsure),
    )  # fmt: skip


FIRST, SECOND = over("DA001", "12.5", 2), over("DA002", "14", 3)


def test_the_same_findings_are_still_there() -> None:
    found = held(report(FIRST, SECOND), FIRST, SECOND)

    assert counts(found) == (0, 2, 0, 0)
    assert [finding for _, finding in found.still] == [FIRST, SECOND]


def test_findings_are_known_again_when_everything_has_moved() -> None:
    moved = over("DA001", "12.5", 9, table=7)

    assert counts(held(report(moved), FIRST)) == (0, 1, 0, 0)


def test_another_amount_is_the_same_finding_and_another_outlet_is_not() -> None:
    other, third = over("DA001", "11.9", 2), over("DA003", "15", 4)
    found = held(report(other, third), FIRST, SECOND)

    assert next((seen.message, now) for seen, now in found.still) == (FIRST.message, other)
    assert counts(held(report(other, third, over("DA004", "16", 5)), FIRST, SECOND)) == (1, 1, 2, 0)


def test_one_finding_left_alone_in_its_section_is_taken_for_the_same() -> None:
    old, new = (finding(NAMES, cell(2), message=f"写作“{name}”") for name in ("甲厂", "乙厂"))

    assert counts(held(report(new), old)) == (0, 1, 0, 0)
    elsewhere = replace(new, at=replace(new.at, section="三"))
    assert counts(held(report(elsewhere), old)) == (1, 0, 1, 0)


def test_one_of_several_alike_is_fixed() -> None:
    alike = [finding(PHONE, cell(row, str(row)), message="没有单位") for row in (2, 3, 4)]
    found = held(report(alike[0], alike[2]), *alike)

    assert [seen.quote for seen in found.fixed] == ["3"]
    assert counts(found) == (1, 2, 0, 0)


@pytest.mark.parametrize(
    "outcome",
    [
        Outcome(LIMIT, Status.CRASHED, reason="KeyError"),
        Outcome(LIMIT, Status.SKIPPED, (), (CannotJudge(cell(2), "看不清"),)),
        Outcome(LIMIT, Status.NOT_APPLICABLE, reason="没有这张表"),
        Outcome(LIMIT, Status.FOUND, (SECOND,), (CannotJudge(cell(2), "看不清"),)),
        Outcome(NAMES, Status.PASSED),
    ],
)
def test_what_was_not_judged_is_not_fixed(outcome: Outcome) -> None:
    found = compare(a_report(outcomes=(outcome,)), earlier_of(report(FIRST, SECOND)))

    assert found.fixed == ()
    assert FIRST.message in {seen.message for seen in found.unsure}


def test_a_waived_finding_is_still_there() -> None:
    now = report(waived=(Waived(FIRST, waiver()),))

    assert counts(held(now, FIRST)) == (0, 1, 0, 0)
    assert counts(compare(report(FIRST), earlier_of(now))) == (0, 1, 0, 0)


def test_findings_on_waivers_are_not_compared() -> None:
    late = Outcome(expired, Status.FOUND, (finding(expired, Location()),))
    made = a_report(outcomes=(late,))

    assert counts(compare(made, earlier_of(made))) == (0, 0, 0, 0)
    assert earlier_in(as_json.render(made).encode(), "旧.json").findings == ()


def test_a_json_report_is_as_good_as_the_package() -> None:
    old = report(FIRST, finding(NAMES, cell(2)), waived=(Waived(SECOND, waiver()),))

    assert earlier_in(as_json.render(old).encode(), "旧.json") == earlier_of(old)
    line = json.loads(as_json.render_line(old))
    del line["waived"]  # as earlier releases wrote it
    assert len(earlier_in(json.dumps(line).encode(), "旧.json").findings) == 2


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[]", b"\xff", b"{}", b'{"kind": "summary", "schema_version": 1}', b"[" * 100_000],
)
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(UsageError, match=r"旧\.json 不是一份材料的 JSON 审查报告"):
        earlier_in(data, "旧.json")


def test_every_face_shows_the_comparison() -> None:
    third = over("DA003", "15", 4, rule=OXYGEN)
    changed = over("DA002", "13", 3)
    bare = a_report(
        outcomes=(
            Outcome(LIMIT, Status.FOUND, (changed,)),
            Outcome(OXYGEN, Status.FOUND, (third,)),
        ),
        enterprise="某厂",
    )
    gone = finding(PLAN, cell(9), message="没有红色预警")
    made = replace(bare, comparison=compare(bare, earlier_of(report(FIRST, SECOND, gone))))
    said = text.render(made)
    page = lxml_html.document_fromstring(html.render(made))
    told = json.loads(as_json.render(made))["comparison"]

    assert "已改正 1 条，仍存在 1 条，新出现 1 条，不能确认是否改正 1 条" in "".join(
        said.splitlines()
    )
    rows = [
        " ".join(" ".join(cell.text_content().split()) for cell in row)
        for row in page.xpath("//*[@id='comparison']//tbody/tr")
    ]
    place = "2.14 排放限值，第3个表格，第{}行，第5列"
    assert rows == [
        f"已改正 DB-201 {place.format(2)} {FIRST.message}",
        f"仍存在 DB-201 {place.format(3)} {changed.message}上次：{SECOND.message}",
        f"新出现 DB-203 {place.format(4)} {third.message}",
        f"不能确认 DB-301 {place.format(9)} 没有红色预警 这条规则本次没有判断完，不能确认已经改正",
    ]
    assert told["counts"] == {"fixed": 1, "still": 1, "new": 1, "unsure": 1}
    assert [one["now"] for one in told["still"]] == [0]
    assert told["new"] == [1]
    assert "上次的企业是" in page.text_content()
