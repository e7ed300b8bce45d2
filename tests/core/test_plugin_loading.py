"""Loading plugins: a broken one is left out with its reason, the good ones go on."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from importlib.metadata import EntryPoint
from types import ModuleType

import pytest

from duibiao import hookimpl
from duibiao.law import (
    Branch,
    Citation,
    Edition,
    EvidenceChecklist,
    IndicatorTable,
    Industry,
    LawInForce,
    Provenance,
    Source,
    Standing,
)
from duibiao.law.provenance import SourceKind
from duibiao.model.dates import PartialDate
from duibiao.model.dossier import Dossier
from duibiao.model.grades import Grade
from duibiao.model.sheets import Field, Sheet
from duibiao.plugins import LeftOut, Registry, load_plugins
from duibiao.rules import Rule, Severity, rule
from duibiao.rules.catalogue import CORE_RULES
from duibiao.service import Request, Service
from duibiao.testing import enterprises
from duibiao.testing.dossiers import clean_dossier

SOURCE = Source("GUIDE", "技术指南", SourceKind.OFFICIAL, read=True)
GIVEN = Provenance("ROW", Standing.OFFICIAL, (Citation(SOURCE),))
EDITION = Edition(replace(GIVEN, id="2020"), "2020年版", PartialDate(2020))
SHEET = Sheet(
    *("pulps", "纸浆", (Field("name", "名称", cites="GUIDE:表1"),)),
    cites="GUIDE:表1",
    section="五.2.4",
)

Load = Callable[..., Registry]


def industry(key: str = "paper", prefix: str = "PAP", name: str = "造纸") -> Industry:
    branch = Branch(GIVEN, "all", name, (), None, (Grade.A, Grade.B), ())
    return Industry(key, name, prefix, (branch,), (), (EDITION,), (SOURCE,), "f" * 64)


def made(code: str = "PAP-101", cites: str = "GUIDE:表1") -> Rule:
    def check(dossier: Dossier, law: LawInForce) -> Iterator[object]:
        yield from ()

    check.__doc__ = "问题。\n\n为什么：甲。\n\n通过：乙。\n\n不通过：丙。"
    return rule(code, severity=Severity.ERROR, cites=cites)(check)


def module(name: str, about: object | None = None, **hooks: object) -> ModuleType:
    """Make a plugin; a hook is given by what it returns, or as a function."""
    made_module = ModuleType(name)
    about = industry() if about is None else about
    plain = {"duibiao_industry": lambda: about}
    for hook, result in hooks.items():
        plain[hook] = result if callable(result) else lambda result=result: result
    for hook, function in plain.items():
        setattr(made_module, hook, hookimpl(function))
    return made_module


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Load:
    def loaded(**modules: ModuleType | None) -> Registry:
        points = []
        for name, entry in modules.items():
            if entry is not None:
                monkeypatch.setitem(sys.modules, f"duibiao_{name}", entry)
            points.append(EntryPoint(name, f"duibiao_{name}", "duibiao"))
        return load_plugins(points)

    return loaded


def fails(error: Exception) -> Callable[..., object]:
    def hook() -> object:
        raise error

    return hook


def table(edition: str) -> IndicatorTable:
    return IndicatorTable(edition)


def of_a_version(version: str) -> IndicatorTable:
    return IndicatorTable(version)


def checklist(edition: str) -> EvidenceChecklist:
    return EvidenceChecklist(edition)


def fails_for(edition: str) -> object:
    raise LookupError(f"没有{edition}")


GOOD = module("duibiao_good", industry("good", "GUD", "木器"), duibiao_rules=(made("GUD-101"),))
INDUSTRY = "duibiao_industry 没有返回 Industry；请返回插件的行业记录"

BROKEN = {
    "cannot be imported": (None, "ModuleNotFoundError: No module named 'duibiao_broken'"),
    "no hooks": (ModuleType("duibiao_broken"), INDUSTRY),
    "industry of the wrong type": (
        module("b", duibiao_industry=lambda: {"key": "paper"}),
        INDUSTRY,
    ),
    "no industry": (module("b", duibiao_industry=lambda: None), INDUSTRY),
    "misspelt hook": (
        module("b", duibiao_indicators=table),
        "不认识的接口 duibiao_indicators；可用接口见 duibiao.hookspecs",
    ),
    "two misspelt hooks": (
        module("b", duibiao_rule=(), duibiao_checklist=()),
        "不认识的接口 duibiao_checklist、duibiao_rule；可用接口见 duibiao.hookspecs",
    ),
    "industry hook raises": (
        module("b", duibiao_industry=fails(RuntimeError("数据损坏"))),
        "RuntimeError: 数据损坏",
    ),
    "table hook raises": (
        module("b", duibiao_indicator_table=fails_for),
        "LookupError: 没有2020",
    ),
    "rules hook raises": (
        module("b", duibiao_rules=fails(ValueError("规则 PAP-101 的说明缺少：通过"))),
        "ValueError: 规则 PAP-101 的说明缺少：通过",
    ),
    "another plugin's key": (
        module("b", industry(key="good")),
        "行业 good 已由插件 good 提供；请卸载其中一个",
    ),
    "another plugin's prefix": (
        module("b", industry(prefix="GUD")),
        "规则前缀 GUD 已由插件 good 使用；请换一个前缀",
    ),
    "the core's prefix": (
        module("b", industry(prefix="DB")),
        "规则前缀 DB 归核心程序所有；请换一个前缀",
    ),
    "rule with another prefix": (
        module("b", duibiao_rules=(made("PAP-101"), made("GUD-102"))),
        "规则 GUD-102 不以本插件前缀 PAP 开头；请改正编号",
    ),
    "two rules with one code": (
        module("b", duibiao_rules=(made("PAP-101"), made("PAP-102"), made("PAP-101"))),
        "规则编号 PAP-101 重复；请换一个编号",
    ),
    "citation of no source": (
        module("b", duibiao_rules=(made(cites="GIUDE:表1"),)),
        "规则 PAP-101 引用的 'GIUDE:表1' 未登记；请在 sources.toml 中登记",
    ),
    "sheet without a section": (
        module("b", duibiao_project_sheets=lambda: [replace(SHEET, section="2.4")]),
        "duibiao_project_sheets：工作表 'pulps' 的 section '2.4' 不在提纲中；"
        "请写 五.2.1 至 五.2.18 之一",
    ),
    "rule that is none": (
        module("b", duibiao_rules=("PAP-101",)),
        "duibiao_rules 给出了 'PAP-101'；请用 @rule 标注规则函数",
    ),
}


@pytest.mark.parametrize(("broken", "reason"), BROKEN.values(), ids=BROKEN.keys())
def test_broken_plugin_is_left_out_and_the_others_go_on(load, broken, reason):
    late = module("late", industry("late", "LAT", "皮革"))
    registry = load(good=GOOD, broken=broken, late=late)
    kept = [plugin.name for plugin in registry.plugins]
    left = {entry.name: entry.reason for entry in registry.left_out}
    # Plugins are taken in the order of their names, so a clash is the fault of the later one.
    if reason.startswith(("行业 good", "规则前缀 GUD")):
        assert (kept, left) == (
            ["broken", "late"],
            {"good": reason.replace("插件 good", "插件 broken")},
        )
    else:
        assert (kept, left) == (["good", "late"], {"broken": reason})


UNNOTICED = {
    "table": module("b", duibiao_indicator_table=lambda edition: {"edition": edition}),
    "table of another edition": module("b", duibiao_indicator_table=lambda: IndicatorTable("2024")),
    "checklist": module("b", duibiao_evidence_checklist=lambda edition: ["2.1"]),
    "measures": module("b", duibiao_emission_reduction_measures=lambda edition: ["停产"]),
    "sheets": module("b", duibiao_project_sheets=lambda edition: ["纸浆"]),
}


@pytest.mark.parametrize("broken", UNNOTICED.values(), ids=UNNOTICED.keys())
def test_hook_that_gives_another_type(load, broken):
    assert [entry.name for entry in load(good=GOOD, broken=broken).left_out] == ["broken"]


def test_hook_with_another_argument(load):
    wrong = module("b", duibiao_indicator_table=of_a_version)
    registry = load(broken=wrong, good=GOOD)
    assert [plugin.name for plugin in registry.plugins] == ["good"]
    assert "Argument(s) {'version'} are declared in the hookimpl" in registry.left_out[0].reason


def test_plugin_that_ends_the_program(load):
    registry = load(broken=module("b", duibiao_rules=fails(SystemExit(3))), good=GOOD)
    assert [entry.name for entry in registry.left_out] == ["broken"]


def test_two_entry_points_of_one_name(monkeypatch):
    monkeypatch.setitem(sys.modules, "duibiao_good", GOOD)
    monkeypatch.setitem(sys.modules, "duibiao_second", module("s", industry("second", "SEC")))
    registry = load_plugins(
        [EntryPoint("good", f"duibiao_{name}", "duibiao") for name in ("good", "second")]
    )
    assert [plugin.book.industry.key for plugin in registry.plugins] == ["good"]
    assert [entry.name for entry in registry.left_out] == ["good"]


def test_one_module_under_two_names(monkeypatch):
    monkeypatch.setitem(sys.modules, "duibiao_good", GOOD)
    points = [EntryPoint(name, "duibiao_good", "duibiao") for name in ("one", "two")]
    registry = load_plugins(points)
    assert [plugin.name for plugin in registry.plugins] == ["one"]
    assert [entry.name for entry in registry.left_out] == ["two"]


def test_two_entry_points_of_one_name_are_told_in_chinese(monkeypatch):
    monkeypatch.setitem(sys.modules, "duibiao_good", GOOD)
    points = [EntryPoint("good", "duibiao_good", "duibiao")] * 2
    assert load_plugins(points).left_out == (
        LeftOut("good", "", "名为 good 的插件已登记；请改用别的入口名"),
    )


def test_every_hook_of_a_good_plugin_is_heard(load):
    full = module(
        "full",
        duibiao_indicator_table=table,
        duibiao_evidence_checklist=checklist,
        duibiao_emission_reduction_measures=lambda edition: [],
        duibiao_project_sheets=lambda edition: [SHEET],
        duibiao_rules=[made("PAP-102"), made("PAP-101")],
    )
    (plugin,) = load(full=full).plugins
    ((edition, volume),) = plugin.book.volumes
    assert (plugin.name, plugin.distribution, plugin.book.version) == ("full", "", "")
    assert edition is EDITION
    assert (volume.table, volume.checklist) == (IndicatorTable("2020"), EvidenceChecklist("2020"))
    assert (volume.measures, volume.sheets) == ((), (SHEET,))
    assert [rule.code for rule in plugin.rules] == ["PAP-102", "PAP-101"]


def test_only_the_industry_hook_is_required(load):
    registry = load(bare=module("bare"))
    assert registry.left_out == ()
    assert registry.plugins[0].book.volumes[0][1].table == IndicatorTable("2020")


def test_no_plugins_at_all():
    assert load_plugins([]) == Registry((), ())


# --------------------------------------------------------------------- what the report makes of it


def judged(registry: Registry, name: str) -> object:
    return Service(registry).judge(clean_dossier(name), Request(day=date(2023, 5, 1)))


@pytest.mark.parametrize("name", enterprises.names())
def test_package_whose_plugin_is_broken_is_not_finished(load, name):
    registry = load(broken=module("b", duibiao_industry=fails(RuntimeError("数据损坏"))), good=GOOD)
    report = judged(registry, name)
    written = clean_dossier(name).form.industry.value
    assert report.verdict.value == "未完成检查"
    assert report.reasons[:2] == (
        f"没有插件认识行业“{written}”，行业指标未检查",
        "插件 broken 未启用：RuntimeError: 数据损坏",
    )
    assert report.left_out == (LeftOut("broken", "", "RuntimeError: 数据损坏"),)
    assert (report.judge.plugin, report.judge.branch, report.judge.edition) == ("", "", "")


def test_plugin_for_the_industry_without_an_edition_of_the_day(load):
    name = enterprises.names()[0]
    written = clean_dossier(name).form.industry.value
    late = replace(EDITION, start=PartialDate(2030))
    about = replace(industry(name=written), editions=(late,))
    report = judged(load(paper=module("paper", about)), name)
    assert report.verdict.value == "未完成检查"
    assert report.reasons[0] == f"2023-05-01 没有{written}的现行指标版本，行业指标未检查"


def test_broken_plugin_of_another_industry_is_told_and_harms_nobody(load):
    name = enterprises.names()[0]
    about = industry(name=clean_dossier(name).form.industry.value)
    report = judged(load(paper=module("paper", about), broken=None), name)
    assert report.judge.plugin == "paper"
    assert [entry.name for entry in report.left_out] == ["broken"]
    assert not any("broken" in reason for reason in report.reasons)


def test_rules_of_a_plugin_run_after_the_core_s(load):
    name = enterprises.names()[0]
    about = industry(name=clean_dossier(name).form.industry.value)
    registry = load(paper=module("paper", about, duibiao_rules=[made()]))
    report = judged(registry, name)
    codes = [rule.code for rule in CORE_RULES]
    assert [outcome.rule.code for outcome in report.outcomes] == [*codes, "PAP-101"]
    assert [rule.code for rule in Service(registry).rules()] == [
        *codes,
        "PAP-101",
        "WV-001",
        "WV-002",
    ]
    assert CORE_RULES[0].code.startswith("DB-")


def test_rules_of_other_industries_do_not_run(load):
    name = enterprises.names()[0]
    about = industry(name=clean_dossier(name).form.industry.value)
    report = judged(load(paper=module("paper", about), good=GOOD), name)
    assert not any(outcome.rule.code.startswith("GUD") for outcome in report.outcomes)
