"""`duibiao lists`: what it reads, writes and refuses; one check is real, the others are a stub."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import ClassVar

import pytest
from python_calamine import CalamineWorkbook

from duibiao import service
from duibiao.cli.app import run
from duibiao.grading.ladder import Ladder
from duibiao.law.common import load_common
from duibiao.model.errors import IntakeError
from duibiao.plugins import Registry
from duibiao.reports.model import Applicant, CheckReport, Judge
from duibiao.rules.verdict import Verdict
from duibiao.testing.dossiers import clean_dossier
from duibiao.testing.word import write_word

BOOKS = ("绩效分级申报清单.xlsx", "提升企业清单.xlsx", "提升目标表.xlsx")


class StubService:
    """Finds in a file what its name says."""

    asked: ClassVar[list[service.Request]] = []

    def __init__(self) -> None:
        self.common = load_common()
        self.registry = Registry((), ())

    def check(self, path: Path, request: service.Request) -> CheckReport:
        self.asked.append(request)
        match path.stem:
            case "坏":
                raise IntakeError("《坏.docx》无法读取")
            case "错":
                raise ZeroDivisionError("division by zero")
        return CheckReport(
            file=path.name,
            sha256="ab" * 32,
            enterprise=f"{path.stem}有限公司",
            industry="铸造",
            declared="A级",
            verdict=Verdict.PASS if path.stem.startswith("好") else Verdict.REVIEW,
            reasons=(),
            judge=Judge("0.1.0", "cd" * 32, date(2022, 10, 1), "封面日期"),
            outcomes=(),
            ladder=Ladder((), None, (), None, None),
            applicant=Applicant(city="洛阳市" if "洛" in path.stem else "开封市", county="兰考县"),
        )


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> type[StubService]:
    monkeypatch.setattr(service, "Service", StubService)
    monkeypatch.setattr(StubService, "asked", [])
    return StubService


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    def make(*names: str) -> Path:
        for name in names:
            (tmp_path / "材料" / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "材料" / name).write_text("package")
        return tmp_path / "材料"

    return make


def rows(book: Path, sheet: str) -> list[list[object]]:
    return CalamineWorkbook.from_path(book).get_sheet_by_name(sheet).to_python()


def test_three_workbooks_over_a_folder_and_those_below(stub, folder, capsys):
    packages = folder("好1.docx", "乙/好2.zip", "说明.txt", "~$好1.docx")
    assert run(["lists", str(packages)]) == 0
    assert sorted(one.name for one in packages.iterdir() if one.suffix == ".xlsx") == sorted(BOOKS)
    listed = rows(packages / BOOKS[0], "开封市")
    assert [row[1] for row in listed[5:]] == ["好1有限公司", "好2有限公司"]
    assert [row[1:5] for row in rows(packages / BOOKS[0], "说明")[-2:]] == [
        ["好1.docx", "好1有限公司", "是", "通过"],
        ["乙/好2.zip", "好2有限公司", "是", "通过"],
    ]
    said = capsys.readouterr().out
    assert "列入清单 2 份，没有列入 0 份" in said
    assert all(f"清单：{packages / book}" in said for book in BOOKS)
    assert "文件夹中还有 1 个其他文件没有检查：.txt 1 个" in said


def test_a_package_that_cannot_be_read_does_not_stop_the_others(stub, folder, tmp_path, capsys):
    packages = folder("坏.docx", "好.docx")
    assert run(["lists", str(packages), "--out", str(tmp_path / "清单")]) == 2
    assert [row[1:] for row in rows(tmp_path / "清单" / BOOKS[0], "说明")[-2:]] == [
        ["好.docx", "好有限公司", "是", "通过", "材料能支持的等级不能确定；材料没有写详细地址、企业应急措施落实责任人、联系方式"],
        ["坏.docx", "", "否", "无法检查", "《坏.docx》无法读取"],
    ]  # fmt: skip
    assert "《坏.docx》无法读取" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("names", "code"),
    [(("好.docx",), 0), (("查.docx", "好.docx"), 1), (("坏.docx", "查.docx"), 2), (("错.docx", "坏.docx"), 3)],
)  # fmt: skip
def test_exit_codes(stub, folder, names, code):
    assert run(["lists", str(folder(*names))]) == code


def test_day_and_city(stub, folder, tmp_path, capsys):
    packages = folder("好.docx", "好洛.docx")
    out = tmp_path / "清单"
    arguments = ["--as-of", "2022-10-01", "--city", "洛阳市", "--out", str(out)]
    assert run(["lists", str(packages), *arguments]) == 0
    assert {request.day for request in stub.asked} == {date(2022, 10, 1)}
    listed = rows(out / BOOKS[0], "洛阳市")
    assert (listed[0][0], listed[3][0]) == (
        "洛阳市重点行业企业绩效分级申报清单",
        "日期：2022年10月01日",
    )
    assert [row[1] for row in listed[5:]] == ["好洛有限公司"]
    assert "没有列入 好.docx：所属省辖市为开封市，不在洛阳市的清单内" in capsys.readouterr().out


def test_lists_that_are_there_are_kept(stub, folder, capsys):
    packages = folder("好.docx", BOOKS[1])
    assert run(["lists", str(packages)]) == 2
    assert (packages / BOOKS[1]).read_text() == "package"
    assert not (packages / BOOKS[0]).exists()
    assert stub.asked == []
    assert "提升企业清单.xlsx，其中可能有手工填写的内容，不覆盖" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["没有这个"], "不是文件夹；请写放申报材料的文件夹"),
        (["材料"], "文件夹中没有申报材料"),
        (["材料", "--as-of", "2022"], "不是日期"),
        (["材料", "--out", "材料/a.txt"], "--out 应是文件夹"),
        ([], "缺少 文件夹"),
    ],
)
def test_wrong_commands_write_nothing(stub, folder, monkeypatch, capsys, typed, said):
    packages = folder("a.txt")
    monkeypatch.chdir(packages.parent)
    assert run(["lists", *typed]) == 2
    assert said in capsys.readouterr().err
    assert [one.name for one in packages.iterdir()] == ["a.txt"]


def test_the_help_names_the_three_lists(capsys):
    assert run(["lists", "--help"]) == 0
    said = capsys.readouterr().out
    assert all(word in said for word in ("申报清单", "提升企业清单", "提升目标表", "--city"))


def test_a_real_package(tmp_path):
    dossier = clean_dossier("cement")
    form = dossier.form
    name = replace(form.enterprise, value='=HYPERLINK("http://x")公司')
    packages = tmp_path / "材料"
    packages.mkdir()
    write_word(dossier, packages / "a.docx")
    write_word(replace(dossier, form=replace(form, enterprise=name)), packages / "b.docx")
    assert run(["lists", str(packages)]) == 1
    address, phone = form.address.value, form.phone.value
    assert rows(packages / BOOKS[0], "三门峡市")[5:] == [
        [1.0, name.value, address, "水泥（水泥熟料）", "B级", "石虚磊", phone],
        [2.0, form.enterprise.value, address, "水泥（水泥熟料）", "B级", "石虚磊", phone],
    ]
    raised = rows(packages / BOOKS[1], "提升企业清单")[3:-5]
    assert {tuple(row[1:8]) for row in raised} == {
        ("三门峡市", "渑池县", name.value, "水泥", "水泥熟料", "B", "A"),
        ("三门峡市", "渑池县", form.enterprise.value, "水泥", "水泥熟料", "B", "A"),
    }
    kiln = next(row for row in raised if "DA001 水泥窑窑尾 颗粒物" in str(row[9]))
    assert kiln[8:12] == [
        "排放限值",
        "DA001 水泥窑窑尾 颗粒物 2.3-4.9，不能判断是否达到（按未经核实的限值可达A级）；"
        "位置：2.14 排放限值，“表17 有组织排放限值对标表”，“DA001、水泥窑窑尾、颗粒物”一行，“监测浓度（mg/m³）”一列",
        "A级要求：≤10 mg/m³［凭记忆，未核实］",
        "",
    ]
