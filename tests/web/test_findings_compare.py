"""Two stored reports held against each other."""

from typing import Any

from duibiao.office.comparing import compare


def found(code: str, message: str, section: str = "五.2.14", **more: Any) -> dict[str, Any]:
    at = {"section": section, "text": f"{section}，某处", "quote": ""}
    return {"code": code, "title": "题", "severity": "error", "at": at, "message": message, **more}


def report(*findings: dict[str, Any], **unjudged: int) -> dict[str, Any]:
    codes = {"DB-401", "DB-402", "DB-403", *unjudged}
    return {
        "findings": [one for one in findings if "waiver" not in one],
        "waived": [one for one in findings if "waiver" in one],
        "outcomes": [
            {"code": code, "status": "passed", "unjudged": unjudged.get(code.replace("-", "_"), 0)}
            for code in codes
        ],
    }


def test_what_is_gone_counts_as_fixed_only_where_its_rule_has_judged() -> None:
    before = report(found("DB-401", "甲"), found("DB-402", "乙"))
    gone = compare(before, report(DB_402=1))
    assert [seen.code for seen in gone.fixed] == ["DB-401"]
    assert [seen.code for seen in gone.unsure] == ["DB-402"]


def test_another_amount_is_the_same_finding_and_a_waived_one_is_still_there() -> None:
    before = report(found("DB-401", "甲为 12 mg"), found("DB-402", "乙"))
    after = report(
        found("DB-403", "丙"), found("DB-402", "乙", waiver={}), found("DB-401", "甲为 15 mg")
    )
    held = compare(before, after)
    assert (held.fixed, held.unsure) == ((), ())
    assert [(now.number, now.seen.message, now.before and now.before.message) for now in held.still] == [
        (1, "甲为 15 mg", "甲为 12 mg"), (2, "乙", "乙"),
    ]  # fmt: skip
    assert [(now.number, now.seen.code) for now in held.new] == [(0, "DB-403")]


def test_findings_on_waivers_do_not_count_and_keep_their_numbers() -> None:
    after = report(found("WV-002", "没有用到"), found("DB-401", "甲"))
    held = compare(report(), after)
    assert [(now.number, now.seen.code) for now in held.new] == [(1, "DB-401")]
