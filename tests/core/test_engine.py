"""Running rules and drawing the verdict: everything is accounted for, nothing unfinished passes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duibiao.law import Citation, Law, LawInForce, Provenance, Source, Standing, load_common
from duibiao.law.provenance import SourceKind
from duibiao.model.dossier import Dossier, SourceFile
from duibiao.model.location import Location
from duibiao.rules import CannotJudge, NotApplicable, Problem, Rule, Severity, rule
from duibiao.rules.engine import AFTER_BUILDING, Finding, Outcome, Status, run
from duibiao.rules.verdict import Verdict, conclude

PAGE = """问题是什么。

为什么：条款如此。

通过：没有问题。

不通过：有问题。
"""
HERE = Location("申报材料.docx", "一", "一、申请表")
THERE = replace(HERE, section="四.1", heading="1 企业基本信息")
DOSSIER = Dossier(SourceFile("申报材料.docx", "0" * 64, 0))
FIVE = "SMX2022:第五条"

OFFICIAL = Source("O", "官方文本", SourceKind.OFFICIAL, read=True)
DIGEST = Source("D", "摘要", SourceKind.THIRD_PARTY, read=True)


@pytest.fixture(scope="module")
def law() -> LawInForce:
    return Law(load_common()).on(date(2023, 5, 1))


def made(
    *results: object,
    severity: Severity = Severity.ERROR,
    cites: str = FIVE,
    printed: bool = False,
) -> Rule:
    """Make a rule that yields `results` and raises those that are exceptions."""

    def check(dossier: Dossier, law: LawInForce) -> Iterator[object]:
        for result in results:
            if isinstance(result, Exception):
                raise result
            yield result

    check.__doc__ = PAGE
    return rule("DB-999", severity=severity, cites=cites, printed=printed)(check)


def grounds(standing: Standing, *sources: Source) -> Provenance:
    return Provenance("ROW", standing, tuple(map(Citation, sources)))


PROBLEM = Problem(HERE, "数值为12", "改为10", also=(THERE,))
UNKNOWN = CannotJudge(HERE, "没有写数值")
NOTHING = NotApplicable("没有该工序")


def found(
    law: LawInForce, problem: Problem = PROBLEM, severity: Severity = Severity.ERROR
) -> Finding:
    """Return the finding that the engine makes of `problem`."""
    return Finding(
        code="DB-999",
        title="问题是什么",
        severity=severity,
        at=problem.at,
        message=problem.message,
        todo=problem.todo,
        cites=(law.cite(FIVE),),
        also=problem.also,
        grounds=problem.grounds,
    )


# ----------------------------------------------------------------------------------- statuses


def test_a_rule_on_the_finished_document_does_not_apply_to_a_project(law: LawInForce) -> None:
    project = replace(DOSSIER, source=replace(DOSSIER.source, is_project=True))
    printed = made(PROBLEM, printed=True)
    (of_project,) = run([printed], project, law)
    (of_document,) = run([printed], DOSSIER, law)
    assert of_project == Outcome(printed, Status.NOT_APPLICABLE, reason=AFTER_BUILDING)
    assert of_document == Outcome(printed, Status.FOUND, (found(law),))


def test_passed(law):
    check = made()
    assert run([check], DOSSIER, law) == (Outcome(check, Status.PASSED),)


def test_found(law):
    check = made(PROBLEM)
    assert run([check], DOSSIER, law) == (Outcome(check, Status.FOUND, (found(law),)),)


def test_skipped_gives_the_first_reason(law):
    check, second = made(UNKNOWN, CannotJudge(THERE, "别的原因")), CannotJudge(THERE, "别的原因")
    (outcome,) = run([check], DOSSIER, law)
    assert outcome == Outcome(check, Status.SKIPPED, (), (UNKNOWN, second), "没有写数值")


def test_not_applicable(law):
    check = made(NOTHING)
    assert run([check], DOSSIER, law) == (
        Outcome(check, Status.NOT_APPLICABLE, reason="没有该工序"),
    )


def test_found_and_in_part_unjudged(law):
    check = made(UNKNOWN, PROBLEM)
    assert run([check], DOSSIER, law) == (Outcome(check, Status.FOUND, (found(law),), (UNKNOWN,)),)


@pytest.mark.parametrize(("result", "status"), [(PROBLEM, "found"), (UNKNOWN, "skipped")])
def test_not_applicable_hides_nothing(law, result, status):
    (outcome,) = run([made(NOTHING, result)], DOSSIER, law)
    assert outcome.status == status


def test_crashed_keeps_what_was_found_before(law):
    check = made(PROBLEM, UNKNOWN, ZeroDivisionError("除数为零"))
    (outcome,) = run([check], DOSSIER, law)
    assert (outcome.status, outcome.findings, outcome.unjudged) == (
        Status.CRASHED,
        (found(law),),
        (UNKNOWN,),
    )
    assert outcome.reason.startswith("ZeroDivisionError: 除数为零（check 第")


def test_a_crash_stops_nothing(law):
    rules = [made(PROBLEM), made(RuntimeError("坏了")), made(), made(UNKNOWN), made(NOTHING)]
    outcomes = run(rules, DOSSIER, law)
    assert [outcome.rule for outcome in outcomes] == rules
    assert [outcome.status.value for outcome in outcomes] == [
        *("found", "crashed", "passed", "skipped", "not_applicable"),
    ]


def test_a_rule_that_is_no_generator_is_a_crash(law):
    check = replace(made(), check=lambda dossier, law: None)
    (outcome,) = run([check], DOSSIER, law)
    assert outcome.status is Status.CRASHED
    assert outcome.reason.startswith("TypeError: 'NoneType' object is not iterable（")


def test_an_unknown_citation_is_a_crash(law):
    check = made(cites="NOWHERE:第一条")
    (outcome,) = run([check], DOSSIER, law)
    assert (outcome.status, outcome.findings) == (Status.CRASHED, ())
    assert outcome.reason.startswith("KeyError: 'NOWHERE'（cite 第")
    assert conclude([outcome])[0] is Verdict.INCOMPLETE


@pytest.mark.parametrize("result", ["问题", None, Location()])
def test_a_result_of_another_type_is_a_crash(law, result):
    (outcome,) = run([made(result)], DOSSIER, law)
    assert outcome.status is Status.CRASHED


def test_labels():
    assert [status.label for status in Status] == [
        *("通过", "发现问题", "未能判断", "不适用", "检查出错"),
    ]
    assert [severity.label for severity in Severity] == ["不符合", "建议改正", "需人工核实", "提示"]


# ------------------------------------------------------------------------------------ severity


@pytest.mark.parametrize(
    ("verified", "row", "trusted"),
    [
        (True, None, True),
        (True, grounds(Standing.OFFICIAL, OFFICIAL), True),
        (True, grounds(Standing.SECONDARY, OFFICIAL), True),
        (True, grounds(Standing.RECALLED, OFFICIAL), False),
        (True, grounds(Standing.SECONDARY, DIGEST), False),
        (False, None, False),
        (False, grounds(Standing.OFFICIAL, OFFICIAL), False),
    ],
)
@pytest.mark.parametrize("severity", list(Severity))
def test_unverified_grounds_only_ask_for_a_person(law, severity, verified, row, trusted):
    problem = replace(PROBLEM, grounds=row, verified=verified)
    lowered = severity in (Severity.ERROR, Severity.WARNING) and not trusted
    check = made(problem, severity=severity)
    (outcome,) = run([check], DOSSIER, law)
    expected = found(law, problem, Severity.REVIEW if lowered else severity)
    assert outcome == Outcome(check, Status.FOUND, (expected,))


# ------------------------------------------------------------------------------------- verdict


def finding(severity: Severity) -> Finding:
    return Finding("DB-999", "问题", severity, HERE, "问题", "改正", ())


def outcome_of(kind: str) -> Outcome:
    match kind:
        case "passed":
            return Outcome(made(), Status.PASSED)
        case "not_applicable":
            return Outcome(made(), Status.NOT_APPLICABLE, reason="没有该工序")
        case "skipped":
            return Outcome(made(), Status.SKIPPED, (), (UNKNOWN,), UNKNOWN.reason)
        case "crashed":
            return Outcome(made(), Status.CRASHED, reason="坏了")
    return Outcome(made(), Status.FOUND, (finding(Severity(kind)),))


KINDS = ["passed", "not_applicable", "skipped", "crashed", *map(str, Severity)]
GRAVITY = {
    "error": Verdict.FAIL,
    "crashed": Verdict.INCOMPLETE,
    "skipped": Verdict.REVIEW,
    "review": Verdict.REVIEW,
}
"""What a single outcome makes of an otherwise clean package; a pass where it is not named."""
ORDER = [Verdict.PASS, Verdict.REVIEW, Verdict.INCOMPLETE, Verdict.FAIL]


def gravest(*verdicts: Verdict) -> Verdict:
    return max(verdicts, key=ORDER.index)


@pytest.mark.parametrize(("one", "other"), list(product(KINDS, KINDS)))
@pytest.mark.parametrize("incomplete", [(), ("没有插件",)])
@pytest.mark.parametrize("unverified", [(), ("有修订痕迹",)])
def test_the_gravest_outcome_decides(one, other, incomplete, unverified):
    verdict, reasons = conclude(
        map(outcome_of, (one, other)), incomplete=incomplete, unverified=unverified
    )
    assert verdict is gravest(
        GRAVITY.get(one, Verdict.PASS),
        GRAVITY.get(other, Verdict.PASS),
        Verdict.INCOMPLETE if incomplete else Verdict.PASS,
        Verdict.REVIEW if unverified else Verdict.PASS,
    )
    assert bool(reasons) is (verdict is not Verdict.PASS)
    assert {*incomplete, *unverified} <= set(reasons)


def test_reasons_come_gravest_first():
    kinds = ("review", "skipped", "crashed", "error", "warning", "error")
    assert conclude(
        map(outcome_of, kinds), incomplete=["没有插件认识行业"], unverified=["封面没有日期"]
    ) == (
        Verdict.FAIL,
        (
            "2 项不符合要求",
            "没有插件认识行业",
            "规则 DB-999 检查出错",
            "封面没有日期",
            "1 条意见需人工核实",
            "1 处程序不能判断，须由人判断",
        ),
    )


def test_no_rules_at_all_is_no_pass():
    assert conclude([]) == (Verdict.INCOMPLETE, ("没有运行任何规则",))


def test_a_pass_has_no_reasons():
    assert conclude([outcome_of("passed"), outcome_of("info")]) == (Verdict.PASS, ())


def test_a_crash_after_a_finding_is_still_told():
    crashed = replace(outcome_of("crashed"), findings=(finding(Severity.ERROR),))
    assert conclude([crashed]) == (
        Verdict.FAIL,
        ("1 项不符合要求", "规则 DB-999 检查出错"),
    )


@st.composite
def outcomes(draw: st.DrawFn) -> Outcome:
    """Any outcome that the engine makes, and most that it never makes."""
    status = draw(st.sampled_from(Status))
    return Outcome(
        made(),
        status,
        tuple(map(finding, draw(st.lists(st.sampled_from(Severity), max_size=3)))),
        (UNKNOWN,) * draw(st.integers(status is Status.SKIPPED, 2)),
        draw(st.sampled_from(["", "原因"])),
    )


def test_a_skipped_rule_that_does_not_say_what_it_skipped_is_no_pass():
    assert conclude([Outcome(made(), Status.SKIPPED)])[0] is not Verdict.PASS


HARMLESS = {Severity.INFO, Severity.WARNING}
FINISHED = {Status.PASSED, Status.NOT_APPLICABLE, Status.FOUND}


@given(
    st.lists(outcomes(), max_size=6),
    st.lists(st.text(), max_size=2),
    st.lists(st.text(), max_size=2),
)
def test_a_pass_is_never_false(every, incomplete, unverified):
    verdict, reasons = conclude(every, incomplete=incomplete, unverified=unverified)
    assert (verdict is Verdict.PASS) is (reasons == ())
    if verdict is Verdict.PASS:
        assert every
        assert not incomplete
        assert not unverified
        assert all(outcome.status in FINISHED and not outcome.unjudged for outcome in every)
        assert {found.severity for outcome in every for found in outcome.findings} <= HARMLESS


@given(st.lists(outcomes(), min_size=1, max_size=5), outcomes())
def test_one_more_outcome_never_makes_a_verdict_better(every, more):
    before, _ = conclude(every)
    after, _ = conclude([*every, more])
    assert ORDER.index(after) >= ORDER.index(before)


RESULTS = st.sampled_from(
    [
        PROBLEM,
        replace(PROBLEM, verified=False),
        UNKNOWN,
        NOTHING,
        ValueError("坏了"),
    ]
)


@given(st.lists(st.tuples(st.lists(RESULTS, max_size=4), st.sampled_from(Severity)), max_size=4))
def test_the_engine_accounts_for_every_rule(plans):
    rules = [made(*results, severity=severity) for results, severity in plans]
    ran = run(rules, DOSSIER, Law(load_common()).on(date(2023, 5, 1)))
    assert [outcome.rule for outcome in ran] == rules
    for outcome, (results, _) in zip(ran, plans, strict=True):
        raised = any(isinstance(result, Exception) for result in results)
        assert (outcome.status is Status.CRASHED) is raised
        if not raised:
            assert len(outcome.findings) == sum(isinstance(r, Problem) for r in results)
            assert len(outcome.unjudged) == sum(isinstance(r, CannotJudge) for r in results)
