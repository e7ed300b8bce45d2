"""The contract itself: it passes a plugin that is right, and names each fault of one that is not."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import count

import pytest

from duibiao import hookimpl
from duibiao.law import (
    Branch,
    Citation,
    Edition,
    EvidenceChecklist,
    Figure,
    IndicatorTable,
    Industry,
    LawInForce,
    Limit,
    Process,
    Provenance,
    ReductionMeasure,
    Regime,
    Requirement,
    Scope,
    Source,
    Standing,
)
from duibiao.law.provenance import SourceKind
from duibiao.law.records import EvidenceItem, Hole
from duibiao.model.dates import PartialDate
from duibiao.model.dossier import Dossier, SourceFile
from duibiao.model.grades import Grade
from duibiao.model.plan import AlertLevel
from duibiao.model.sheets import Field, FieldKind, Sheet
from duibiao.rules import NotApplicable, Problem, Rule, Severity, rule
from duibiao.testing.contract import BrokenContractError, PluginContract, check_plugin

GUIDE = Source("GUIDE", "技术指南", SourceKind.OFFICIAL, read=True)
UNREAD = Source("UNREAD", "未读到的文件", SourceKind.OFFICIAL, read=False)
NEWS = Source("NEWS", "报道", SourceKind.REPORT, read=True)
LEVELS = tuple(AlertLevel)


def row(key: str, standing: Standing = Standing.OFFICIAL, *cites: Citation) -> Provenance:
    return Provenance(key, standing, cites or (Citation(GUIDE),))


def made(
    code: str = "PAP-101", cites: str = "GUIDE:表1", act: Callable[[Dossier], object] = bool
) -> Rule:
    def check(dossier: Dossier, law: LawInForce) -> Iterator[object]:
        found = act(dossier)
        if isinstance(found, str):
            yield Problem(dossier.at, found, "改正")
        yield NotApplicable("没有造纸机")

    check.__doc__ = "问题。\n\n为什么：甲。\n\n通过：乙。\n\n不通过：丙。"
    return rule(code, severity=Severity.ERROR, cites=cites)(check)


BRANCH = Branch(row("B1"), "pulp", "制浆", ("纸浆",), None, (Grade.A, Grade.B), ())
PROCESS = Process(row("W1"), "boiler", "锅炉", ("锅炉",))
EDITION = Edition(row("2020"), "2020年版", PartialDate(2020))
LIMIT = Limit(
    *(row("L1"), Scope(), Regime.GRADE, (Grade.A,), "boiler", "PM"),
    Figure("<=", Decimal(10), "mg/m3"),
)
EARLY = Requirement(row("R1"), Scope(), Regime.GRADE, (Grade.A,), "装备水平", "甲")
LATE = Requirement(row("R2"), Scope(), Regime.GRADE, (Grade.A,), "运输方式", "乙")
ITEMS = tuple(EvidenceItem(row(f"C{n}"), (), f"2.{n}", "yes") for n in range(1, 19))
OWN = ReductionMeasure(row("M1"), Scope(), (Grade.A,), LEVELS, "self_chosen", "自主减排")
STOP = ReductionMeasure(row("M2"), Scope(), (Grade.B,), LEVELS, "stop", "停产")
HOLE = Hole("H1", (), "应急减排措施", "B级措施", "指南正式文本")
RULE = made()
CITED = "GUIDE:表1"
SHEET = Sheet(
    *("pulps", "纸浆", (Field("name", "名称", required=True, example="木浆", cites=CITED),)),
    cites=CITED,
    section="五.2.4",
)


@dataclass
class Plugin:
    """A plugin as an object; each of its parts may be replaced."""

    industry: object = field(
        default_factory=lambda: Industry(
            *("paper", "造纸", "PAP", (BRANCH,), (PROCESS,), (EDITION,)), (GUIDE, UNREAD, NEWS)
        )
    )
    table: object = field(
        default_factory=lambda: IndicatorTable("2020", (LIMIT,), (EARLY, LATE), (), ())
    )
    checklist: object = field(default_factory=lambda: EvidenceChecklist("2020", ITEMS))
    measures: object = (OWN, STOP)
    sheets: object = (SHEET,)
    rules: object = (RULE,)

    @hookimpl
    def duibiao_industry(self) -> object:
        return self.industry

    @hookimpl
    def duibiao_indicator_table(self, edition: str) -> object:
        if isinstance(self.table, Exception):
            raise self.table
        return self.table

    @hookimpl
    def duibiao_evidence_checklist(self) -> object:
        return self.checklist

    @hookimpl
    def duibiao_emission_reduction_measures(self) -> object:
        return self.measures

    @hookimpl
    def duibiao_project_sheets(self) -> object:
        return self.sheets

    @hookimpl
    def duibiao_rules(self) -> object:
        return self.rules() if callable(self.rules) else self.rules


class Misspelt(Plugin):
    """A plugin with a hook that there is not."""

    @hookimpl
    def duibiao_indicators(self) -> None:
        """Do nothing."""


def industry(**parts: object) -> Plugin:
    plugin = Plugin()
    return replace(plugin, industry=replace(plugin.industry, **parts))


def table(**parts: object) -> Plugin:
    plugin = Plugin()
    return replace(plugin, table=replace(plugin.table, **parts))


def limit(**parts: object) -> Plugin:
    return table(limits=(replace(LIMIT, **parts),))


def items(*changed: EvidenceItem) -> Plugin:
    return Plugin(checklist=EvidenceChecklist("2020", changed))


def sheet(**parts: object) -> Plugin:
    return Plugin(sheets=(replace(SHEET, **parts),))


def column(**parts: object) -> Plugin:
    return sheet(fields=(replace(SHEET.fields[0], **parts),))


def cited(standing: Standing, *cites: Citation) -> Plugin:
    return limit(provenance=row("L1", standing, *cites))


def divides(dossier: Dossier) -> object:
    return 1 // len(dossier.sections)


NUMBERS = count()
TABLE = "duibiao_indicator_table(2020)："
CHECKLIST = "duibiao_evidence_checklist(2020)："
MEASURES = "duibiao_emission_reduction_measures(2020)"
SHEETS = "duibiao_project_sheets(2020)："

FAULTS = {
    "misspelt hook": (Misspelt(), ["不认识的接口 duibiao_indicators；可用接口见 duibiao.hookspecs"]),
    "no industry": (
        Plugin(industry="造纸"), ["duibiao_industry 没有返回 Industry；请返回插件的行业记录"]
    ),
    "table of another type": (
        Plugin(table=["限值"]), [f"{TABLE}给出了 ['限值']；请返回 IndicatorTable"]
    ),
    "checklist of another type": (
        Plugin(checklist="2.1"), [f"{CHECKLIST}给出了 '2.1'；请返回 EvidenceChecklist"]
    ),
    "measures of another type, and no list of rules": (
        Plugin(measures=["停产"], rules="PAP-101"),
        [
            f"{MEASURES}：列表中有 '停产'；请只放 ReductionMeasure",
            "duibiao_rules：给出了 'PAP-101'；请返回 Rule 的列表",
        ],
    ),
    "hook that raises": (
        Plugin(table=LookupError("没有2020")), [f"{TABLE}LookupError: 没有2020"]
    ),
    "rules made anew on every call": (
        Plugin(rules=lambda: [made()]),
        ["duibiao_rules：两次调用结果不同；请在模块中定义规则，不要在接口函数里现做"],
    ),
    "malformed key": (industry(key="造纸"), ["key '造纸' 不合格式；请用小写字母、数字和下划线"]),
    "the core's prefix": (
        replace(industry(prefix="DB"), rules=()),
        ["prefix 'DB' 不合格式；请用三个大写字母", "prefix DB 归核心程序所有；请换一个前缀"],
    ),
    "process twice": (
        industry(processes=(PROCESS, replace(PROCESS, keywords=("碱炉",)))),
        ["工序 boiler 重复；请换一个编号"],
    ),
    "another edition than asked for": (
        table(edition="2024"), [f"{TABLE}给出的是版本 '2024'；请给出所问的版本"]
    ),
    "unknown branch": (
        limit(scope=Scope(("board",))), ["2020 的 L1：行业分支 board 不存在；可用：pulp"]
    ),
    "row of another edition": (
        limit(scope=Scope(edition="2024")), ["2020 的 L1：版本 2024 不存在；可用：2020"]
    ),
    "unknown process": (
        limit(process="kiln"), ['2020 的 L1：工序 kiln 未登记；请先登记，或写 "*"']
    ),
    "branch without anything": (
        table(limits=(), requirements=()),
        [
            f"{TABLE}行业分支 pulp 没有限值、要求，也没有注明缺什么；"
            "请补写，或登记 [[hole]] 并写明到哪份文件里找"
        ],
    ),
    "hole that does not say where to look": (
        table(holes=(replace(HOLE, look_in=" "),)),
        ["H1：没有写缺什么、到哪里找；请补写 what 和 look_in"],
    ),
    "official by hearsay": (
        cited(Standing.OFFICIAL, Citation(NEWS), Citation(UNREAD)),
        ["L1：official 须引用一份已读到的官方文本；请改引用，或改为 secondary/recalled"],
    ),
    "secondary by nothing that was read": (
        cited(Standing.SECONDARY, Citation(UNREAD)),
        ["L1：secondary 须引用一份已读到的来源；请改引用，或改为 recalled"],
    ),
    "source that is not registered": (
        cited(Standing.OFFICIAL, Citation(replace(GUIDE, id="GIUDE"))),
        ["L1：引用的 'GIUDE' 未登记；请在 sources.toml 中登记"],
    ),
    "confidence in what was seen": (
        limit(provenance=replace(row("L1"), confidence="firm")),
        ["L1：confidence 只用于 recalled；请删去，或改正 standing"],
    ),
    "one id for two rows": (
        limit(provenance=row("R1", Standing.RECALLED)), ["R1：两行同用一个编号；请换一个编号"]
    ),
    "requirements out of order": (
        table(requirements=(LATE, EARLY)),
        ["2020 的 R1：“装备水平”排在“运输方式”之后；请按十九项差异化指标的顺序排列"],
    ),
    "section left out": (
        items(*ITEMS[:-1]),
        [
            f"{CHECKLIST}行业分支 pulp 没有说 2.18 是否涉及；"
            '请补写 [[section]]，不涉及的写 applies = "no"'
        ],
    ),
    "section twice": (
        items(*ITEMS, replace(ITEMS[0], provenance=row("C19"))),
        [f"{CHECKLIST}行业分支 pulp 的 2.1 有两条；请合并为一条"],
    ),
    "condition that is not told": (
        items(replace(ITEMS[0], applies="when"), *ITEMS[1:]),
        [f'{CHECKLIST}2.1 的 when 须与 applies = "when" 同时写明'],
    ),
    "no measure for a grade": (
        Plugin(measures=(OWN, replace(STOP, levels=LEVELS[1:]))),
        [
            f"{MEASURES}：行业分支 pulp B级黄色预警没有停限产等措施；"
            "请补写，或登记 topic 为“应急减排措施”的 [[hole]]"
        ],
    ),
    "precedents for measures": (
        Plugin(measures=(replace(OWN, precedent=True), replace(STOP, grades=()))),
        [
            f"{MEASURES}：行业分支 pulp A级{level}预警没有自主减排措施；"
            "请补写，或登记 topic 为“应急减排措施”的 [[hole]]"
            for level in LEVELS
        ],
    ),
    "sheets of another type": (
        Plugin(sheets=["纸浆"]), [f"{SHEETS}列表中有 '纸浆'；请只放 Sheet"]
    ),
    "sheet without a section": (
        sheet(section=""),
        [f"{SHEETS}工作表 'pulps' 的 section '' 不在提纲中；请写 五.2.1 至 五.2.18 之一"],
    ),
    "sheet of a section that there is not": (
        sheet(section="五.2.19"),
        [f"{SHEETS}工作表 'pulps' 的 section '五.2.19' 不在提纲中；请写 五.2.1 至 五.2.18 之一"],
    ),
    "sheets with one name": (
        Plugin(sheets=(SHEET, SHEET)),
        [
            f"{SHEETS}有两张工作表的 key 是 'pulps'；请换一个",
            f"{SHEETS}有两张工作表的 title 是 '纸浆'；请换一个",
        ],
    ),
    "sheet with the key of one of the core's": (
        sheet(key="outlets"), [f"{SHEETS}'outlets' 是程序自己的工作表；请换一个"]
    ),
    "sheet with the title of one of the core's": (
        sheet(title="申请表"), [f"{SHEETS}'申请表' 是程序自己的工作表；请换一个"]
    ),
    "names that a workbook cannot have": (
        sheet(key="Pulps", title="纸浆/木浆"),
        [
            f"{SHEETS}工作表 'Pulps' 的 key 不合格式；请用小写字母、数字和下划线",
            f"{SHEETS}工作表 'Pulps' 的 title '纸浆/木浆' 不能作工作表名；"
            "请写 1 至 31 个字，不含空格和 []:*?/\\'“”",
        ],
    ),
    "sheet that is a form": (
        sheet(is_list=False),
        [
            f"{SHEETS}工作表 'pulps' 的 is_list 是 False；"
            "插件的工作表逐行印成证明材料中的表，请去掉这一项"
        ],
    ),
    "sheet without columns": (
        sheet(fields=()), [f"{SHEETS}工作表 'pulps' 没有 fields；至少要有一列"]
    ),
    "two columns of one name": (
        sheet(fields=SHEET.fields * 2),
        [
            f"{SHEETS}工作表 'pulps'：有两列的 key 是 'name'；请换一个",
            f"{SHEETS}工作表 'pulps'：有两列的 title 是 '名称'；请换一个",
        ],
    ),
    "column without names": (
        column(key="", title=" "),
        [
            f"{SHEETS}工作表 'pulps'：列 '' 的 key 不合格式；请用小写字母、数字和下划线",
            f"{SHEETS}工作表 'pulps'：列 '' 没有 title；请写中文列名",
        ],
    ),
    "choice between nothing, without an example": (
        column(kind=FieldKind.CHOICE, example=""),
        [
            f"{SHEETS}工作表 'pulps'：列 'name' 是从列表中选的，没有 choices；请写明可选的值",
            f"{SHEETS}工作表 'pulps'：列 'name' 必填，没有 example；请写一个示例",
        ],
    ),
    "sheet that cites nothing": (
        sheet(cites=""),
        [
            f"{SHEETS}工作表 'pulps' 引用的 '' 未登记；"
            "请在 sources.toml 中登记，并写成“来源:条款”"
        ],
    ),
    "rule with another prefix": (
        Plugin(rules=(made("GUD-101"),)), ["规则 GUD-101 应为 PAP- 加三位数字；请改正编号"]
    ),
    "two rules with one code": (
        Plugin(rules=(RULE, made())), ["规则编号 PAP-101 重复；请换一个编号"]
    ),
    "rule without a page": (
        Plugin(rules=(replace(RULE, title="", parts=()),)),
        ["规则 PAP-101 的说明缺少：为什么、通过、不通过"],
    ),
    "rule that cites an article that there is not": (
        Plugin(rules=(made(cites="SMX2022:第九十九条"),)),
        ["规则 PAP-101：SMX2022 没有“第九十九条”；请核对条款"],
    ),
    "keyword of two processes": (
        industry(processes=(PROCESS, replace(PROCESS, key="kiln", keywords=("锅 炉",)))),
        ["行业分支 pulp：“锅炉”同时指向工序 boiler、kiln；请只留在一个工序里"],
    ),
    "name of two branches": (
        industry(
            branches=(BRANCH, replace(BRANCH, provenance=row("B2"), key="board", name="纸板"))
        ),
        ["“纸浆”同时指向行业分支 board、pulp；请只留在一个分支里"],
    ),
}  # fmt: skip


def test_right_plugin():
    assert check_plugin(Plugin()) == []


@pytest.mark.parametrize(("plugin", "messages"), FAULTS.values(), ids=FAULTS.keys())
def test_faulty_plugin_gets_its_messages(plugin, messages):
    assert check_plugin(plugin) == messages


def test_a_hole_stands_for_missing_measures():
    assert check_plugin(replace(table(holes=(HOLE,)), measures=())) == []


def test_editions_stand_from_old_to_new():
    newer = Edition(row("2024"), "2024年版", PartialDate(2024))
    messages = check_plugin(industry(editions=(newer, EDITION)))
    assert "版本没有按起始日期排列；请从旧到新排列" in messages
    assert "duibiao_indicator_table(2024)：给出的是版本 '2020'；请给出所问的版本" in messages


def test_rule_that_raises_on_an_empty_dossier():
    (message,) = check_plugin(Plugin(rules=(made(act=divides),)))
    assert message.startswith("规则 PAP-101 出错：ZeroDivisionError: ")
    assert message.endswith("（空白材料.docx，pulp，A级，2019-12-31）")


def test_rule_that_raises_only_where_a_part_is_missing():
    (message,) = check_plugin(Plugin(rules=(made(act=lambda d: not d.sections or d.form.at),)))
    assert message.startswith("规则 PAP-101 出错：AttributeError: ")
    assert "（没有 form）" in message


def test_rule_that_judges_one_dossier_in_two_ways():
    plugin = Plugin(rules=(made(act=lambda dossier: f"第{next(NUMBERS)}次"),))
    (message,) = check_plugin(plugin)
    assert message.startswith("规则 PAP-101 两次结果不同；规则只能看申报材料和法规（")


def test_rule_that_raises_on_a_dossier_of_the_author():
    def special(dossier: Dossier) -> None:
        assert dossier.source.name != "特例.docx"

    plugin = Plugin(rules=(made(act=special),))
    dossier = Dossier(SourceFile("特例.docx", "0" * 64, 0))
    assert check_plugin(plugin) == []
    (message,) = check_plugin(plugin, [dossier])
    assert message.startswith("规则 PAP-101 出错：AssertionError: ")


def test_author_s_test_class_fails_with_the_messages():
    class Contract(PluginContract):
        plugin = table(requirements=(LATE, EARLY))

    contract = Contract()
    contract.test_identity()
    with pytest.raises(AssertionError, match="R1：“装备水平”排在“运输方式”之后"):
        contract.test_indicators_stand_in_order()


def test_author_s_test_class_fails_where_hooks_cannot_be_called():
    class Contract(PluginContract):
        plugin = Plugin(table=LookupError("没有2020"))

    tests = [name for name in dir(Contract) if name.startswith("test_")]
    assert len(tests) == 12
    for name in tests:
        with pytest.raises(BrokenContractError, match="LookupError: 没有2020"):
            getattr(Contract(), name)()
