"""A guide is imported, and the program judges by it: at the command line and in a verdict. All figures are invented."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType

import pytest

from duibiao import hookimpl
from duibiao.cli.app import run
from duibiao.cli.guard import Exit
from duibiao.guide import importing
from duibiao.law import load_industry_law
from duibiao.model.dossier import Dossier
from duibiao.plugins import Registry, load_plugins
from duibiao.rules.definition import Severity
from duibiao.service import Request, Service
from duibiao.testing import enterprises
from duibiao.testing.dossiers import build_dossier
from duibiao.testing.spec import Emission, Outlet

from . import guides

DAY = date(2026, 9, 1)
GUIDE = guides.merged(
    [("排放限值", "焙烧窑PM不高于9mg/m³", "焙烧窑PM不高于19mg/m³", "焙烧窑PM不高于29mg/m³", "/")]
)


def _asked(answer: Callable[[str], object]) -> Callable[[str], object]:
    def hook(edition: str) -> object:
        return answer(edition)

    return hook


def registry(package: Path, monkeypatch: pytest.MonkeyPatch) -> Registry:
    """Load the plugin as an editable one is: its files as they are now."""
    law = load_industry_law(package)
    module = ModuleType("duibiao_kiln_brick")
    hooks = {
        "duibiao_industry": lambda: law.industry,
        "duibiao_indicator_table": _asked(law.indicator_table),
        "duibiao_evidence_checklist": _asked(law.evidence_checklist),
    }
    for name, hook in hooks.items():
        setattr(module, name, hookimpl(hook))
    monkeypatch.setitem(sys.modules, "duibiao_kiln_brick", module)
    loaded = load_plugins([EntryPoint("kiln_brick", "duibiao_kiln_brick", "duibiao")])
    assert not loaded.left_out
    return loaded


def works() -> Dossier:
    """A works whose kiln emits 8 to 12 mg/m³ of dust."""
    outlet = Outlet(
        "DA001", "1#焙烧窑", "52000", "2020年10月", "2022年9月",
        (Emission("颗粒物", "覆膜袋式除尘器", "99.5%", "8-12", "≤9"),),
    )  # fmt: skip
    base = enterprises.load("boiler_kiln")
    return build_dossier(replace(base, industry="窑砖", trade="窑砖", outlets=(outlet,)))


def of_limits(registry: Registry) -> list[tuple[str, Severity]]:
    report = Service(registry).judge(works(), Request(day=DAY, industry="窑砖", grade="A"))
    return [
        (finding.code, finding.severity)
        for outcome in report.outcomes
        for finding in outcome.findings
        if finding.code == "DB-402"
    ]


def test_a_figure_now_official_fails_what_a_person_had_to_verify_before(tmp_path, monkeypatch):
    law = guides.plugin(tmp_path, guides.RECALLED)
    assert of_limits(registry(law.parent, monkeypatch)) == [("DB-402", Severity.REVIEW)]

    (tmp_path / "指南.docx").write_bytes(GUIDE)
    line = ["guide", "import", str(tmp_path / "指南.docx"), "--industry", "窑砖"]
    assert run([*line, "--edition", "2020", "--out", str(law)]) == Exit.CLEAN

    assert of_limits(registry(law.parent, monkeypatch)) == [("DB-402", Severity.ERROR)]


def test_without_a_folder_an_installed_plugin_tells_what_would_be_imported(
    tmp_path, monkeypatch, capsys
):
    installed = registry(guides.plugin(tmp_path).parent, monkeypatch)
    monkeypatch.setattr(importing, "load_plugins", lambda: installed)
    (tmp_path / "指南.docx").write_bytes(GUIDE)
    before = sorted(tmp_path.rglob("*"))
    line = ["guide", "import", str(tmp_path / "指南.docx"), "--edition", "2020"]

    for industry in ("窑砖", "kiln_brick", "烧结窑砖"):
        assert run([*line, "--industry", industry]) == Exit.CLEAN
        told = capsys.readouterr().out
        assert "共读出：限值 3，要求 3，新工序 0，缺 0\n" in told
        assert told.endswith("没有写入：要写入，请用 --out 指定插件的 law 文件夹\n")
    assert sorted(tmp_path.rglob("*")) == before


def test_the_command_line_says_what_it_did(tmp_path, capsys):
    law = guides.plugin(tmp_path, guides.RECALLED)
    guide = tmp_path / "指南.docx"
    line = ["guide", "import", str(guide), "--industry", "窑砖", "--edition", "2020"]
    guide.write_bytes(GUIDE)

    assert run([*line, "--out", str(law)]) == Exit.CLEAN
    target = law.resolve() / "guide-2020.toml"
    assert capsys.readouterr().out == (
        "导入 表16-1 窑砖企业绩效分级指标 → 分支“窑砖”\n"
        "共读出：限值 3，要求 3，新工序 0，缺 0\n"
        "以官方限值为准、不再使用的较弱限值，核对后可以删去（1 处）：\n"
        "  KB-L-A-PM（凭记忆，未核实，≤9 mg/m³）与指南一致\n"
        f"已写入 {target}；请确认指南是官方文本，再运行 duibiao plugins 查看\n"
    )

    assert run([*line, "--out", str(law)]) == Exit.CLEAN
    assert f"{target} 与指南一致，没有改动\n" in capsys.readouterr().out

    guide.write_bytes(
        guides.merged(
            [("排放限值", "焙烧窑PM不高于8mg/m³", "焙烧窑PM、SO2不高于19、20、21mg/m³", "/", "/")]
        )
    )
    assert run([*line, "--out", str(law)]) == Exit.FINDINGS
    told = capsys.readouterr().out
    assert (
        "请人核对（原文都已按文字要求保留）（1 处）：\n"
        "  表16-1（文中第1个表格）第2行第3列：污染物2种，数值3个，对不上；数值没有导入。"
        "原文：焙烧窑PM、SO2不高于19、20、21mg/m3\n"
    ) in told
    assert "改动 限值 fired A kiln PM\n    限值：9 → 8\n" in told
    assert "删去 限值 fired C kiln PM\n    ≤29 mg/m3\n" in told
    assert told.endswith("没有写入；核对后加 --apply 写入\n")

    assert run([*line, "--out", str(law), "--apply"]) == Exit.CLEAN
    assert f"已写入 {target}" in capsys.readouterr().out


def test_wrong_orders_end_with_a_message(tmp_path, capsys):
    law = guides.plugin(tmp_path)
    guide = tmp_path / "指南.docx"
    line = ["guide", "import", str(guide), "--industry", "窑砖", "--edition", "2020"]

    assert run([*line, "--out", str(law)]) == Exit.USAGE
    assert "《指南.docx》无法读取：找不到该文件" in capsys.readouterr().err

    guide.write_bytes(GUIDE)
    assert run(["guide", "import", str(guide)]) == Exit.USAGE
    assert "--industry" in capsys.readouterr().err
    assert sorted(path.name for path in law.iterdir()) == ["industry.toml"]
