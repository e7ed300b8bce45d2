"""A report that has something of everything, for the tests of its faces."""

from datetime import date
from typing import Any

from duibiao.grading.ladder import Ladder, Rung
from duibiao.law.provenance import Citation, Provenance, Source, SourceKind, Standing
from duibiao.law.records import Hole
from duibiao.model.dates import PartialDate
from duibiao.model.dossier import Unread
from duibiao.model.grades import Grade
from duibiao.model.location import Location
from duibiao.plugins import LeftOut
from duibiao.reports.model import Applicant, CheckReport, Judge
from duibiao.rules.definition import CannotJudge, Rule, Severity
from duibiao.rules.engine import Finding, Outcome, Status
from duibiao.rules.verdict import Verdict

HOSTILE = "<script>alert(1)</script>[red]河南[/red]&\u202e\x1b[31m铸造"

MEASURES = Source(
    "SMX2022",
    "重点行业绩效分级管理办法",
    SourceKind.OFFICIAL,
    read=True,
    number="三环文〔2022〕68号",
)
GUIDE = Source("HN2021", "《河南省重点行业技术指南》", SourceKind.OFFICIAL, read=False)
ARTICLE = Citation(MEASURES, "第五条（三）")
OTHER = Citation(MEASURES, "附件4 四")
RECALLED = Provenance(
    "pm-a", Standing.RECALLED, (Citation(GUIDE, "表3"),), "firm", start=PartialDate(2021, 9)
)
OFFICIAL = Provenance("pm-b", Standing.OFFICIAL, (ARTICLE,), note="限值为小时均值")
FILE = "某铸造厂.docx"


def place(section: str = "", heading: str = "", quote: str = "", **cell: int) -> Location:
    return Location(file=FILE, section=section, heading=heading, quote=quote, **cell)


FORM = place("一", "一、绩效分级申请表", "A级", table=1, row=5, column=2)
CALL = place("一", "一、绩效分级申请表", table=1, row=10, column=2)
OUTLET = place("四.4", "4.污染物排放情况", "12.5", page=7, table=3, row=4, column=6)
OTHER_OUTLET = place("四.4", "4.污染物排放情况", "12.5", page=7, table=3, row=5, column=6)
COVER = place("封面", "封面", "某某公司", paragraph=2)


def a_rule(code: str, title: str, severity: Severity = Severity.ERROR) -> Rule:
    parts = (("为什么", "须满足各项要求。"), ("通过", "全部达到。"), ("不通过", "有一项未达到。"))
    return Rule(
        code, severity, ("SMX2022:第五条（三）",), lambda *_: iter(()), title, parts, "x", "y"
    )


LIMIT = a_rule("DB-201", "排放浓度超过申报等级的限值")
NAMES = a_rule("DB-101", "企业名称前后不一致")
PHONE = a_rule("DB-104", "联系电话不是手机号", Severity.WARNING)
OXYGEN = a_rule("DB-203", "折算后的浓度超过限值")
BROKEN = a_rule("FND-007", "熔炼设备没有集气罩")
PASSED = a_rule("DB-001", "缺少规定的章节")
PLAN = a_rule("DB-301", "一厂一策缺少预警级别")


def finding(rule: Rule, at: Location, **rest: Any) -> Finding:
    values = {
        "code": rule.code,
        "title": rule.title,
        "severity": rule.severity,
        "at": at,
        "message": "颗粒物 12.5 mg/m³，超过 10 mg/m³",
        "todo": "核对监测报告，或改报 B级",
        "cites": (ARTICLE,),
    }
    return Finding(**(values | rest))


def a_report(**changes: Any) -> CheckReport:
    """A report that has something of everything."""
    over = finding(LIMIT, OUTLET, grounds=OFFICIAL)
    names = finding(
        NAMES, FORM, message=f"申请表写作“{HOSTILE}”", todo="统一为营业执照上的名称", also=(COVER,)
    )
    phone = finding(
        PHONE, CALL, message="0398-2812345 不是手机号", todo="填写手机号", cites=(OTHER,)
    )
    doubt = finding(OXYGEN, OTHER_OUTLET, severity=Severity.REVIEW, grounds=RECALLED)
    ladder = Ladder(
        (Grade.A, Grade.B, Grade.C, Grade.D),
        Grade.A,
        (
            Rung(
                "排放限值", "DA001 熔炼 颗粒物", "12.5", OUTLET, Grade.B, "≤10 mg/m³", Grade.A,
                "≤10 mg/m³", OFFICIAL, verified=True, reason="超过 A级 的限值",
            ),
            Rung("排放限值", "DA002 浇注 颗粒物", "8", OUTLET, Grade.A, "≤10 mg/m³", grounds=RECALLED),
            Rung("运输方式", HOSTILE, "", FORM, None, reason="材料没有写清"),
        ),
        None,
        Grade.B,
    )  # fmt: skip
    values: dict[str, Any] = {
        "file": FILE,
        "sha256": "ab" * 32,
        "enterprise": HOSTILE,
        "industry": "铸造",
        "declared": "A级",
        "verdict": Verdict.FAIL,
        "reasons": ("2 项不符合要求", "规则 FND-007 检查出错"),
        "judge": Judge(
            "0.1.0", "cd" * 32, date(2022, 10, 1), "封面日期", "foundry", "duibiao-foundry", "0.2",
            "ef" * 32, "铸造", "河南2021年版", national_no=6,
        ),
        "outcomes": (
            Outcome(PASSED, Status.PASSED),
            Outcome(NAMES, Status.FOUND, (names,)),
            Outcome(PHONE, Status.FOUND, (phone,)),
            Outcome(LIMIT, Status.FOUND, (over,), (CannotJudge(OUTLET, "没有写单位"),)),
            Outcome(OXYGEN, Status.FOUND, (doubt,)),
            Outcome(PLAN, Status.NOT_APPLICABLE, reason="材料不含一厂一策"),
            Outcome(BROKEN, Status.CRASHED, reason="KeyError: 'x'（f 第3行）"),
        ),
        "ladder": ladder,
        "unread": (Unread(FORM, "表格（表头：甲、乙）", "没有这样的表"),),
        "warnings": ("文件中有 2 处未接受的修订",),
        "left_out": (LeftOut("cement", "duibiao-cement", "law/limits.toml 第3行不合格式"),),
        "articles": {ARTICLE: "（三）从严评级。\n有一项未满足的，降级评定。"},
        "applicant": Applicant(
            "三门峡市", "渑池县", "某路1号", "91411221MA0XG1QH5X", "某人", "13900000000",
            (("封面", HOSTILE), ("申请表", HOSTILE)),
        ),
        "holes": (Hole("FND-H1", ("casting",), "排放限值", "B级限值", "某指南"),),
    }  # fmt: skip
    return CheckReport(**(values | changes))


CLEAN: dict[str, Any] = {
    "verdict": Verdict.PASS,
    "reasons": (),
    "outcomes": (Outcome(PASSED, Status.PASSED),),
    "ladder": Ladder((), None, (), None, None),
    "unread": (),
    "warnings": (),
    "left_out": (),
}
