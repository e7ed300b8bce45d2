"""`duibiao new`, `check` and `build`: a consultant's day at the command line."""

from __future__ import annotations

import re
import shutil
import zipfile
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

from duibiao.cli.app import run
from duibiao.service import building
from duibiao.testing import enterprises
from duibiao.testing.projects import write_project

FILES = {
    "申报材料.docx", "一厂一策实施方案.docx", "审核意见表.docx", "检查报告.html", "编制记录.json",
}  # fmt: skip


@pytest.fixture(autouse=True)
def without_office(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are not laid out: that takes seconds and is tested elsewhere."""
    monkeypatch.setattr(building, "office_program", lambda: None)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def project(here: Path) -> str:
    """A project without a fault."""
    return write_project(enterprises.load("cement"), here).relative_to(here).as_posix()


@pytest.fixture
def faulty(here: Path) -> str:
    """A project whose phone number is one digit short."""
    enterprise = replace(enterprises.load("cement"), phone="1390000010")
    return write_project(enterprise, here).relative_to(here).as_posix()


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_new_makes_a_folder_to_fill_in(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["new", "豫东水泥", "--industry", "cement", "--grade", "B"]) == 0

    assert names(here / "豫东水泥") == {"申报数据.xlsx", "证据"}
    out = capfd.readouterr().out
    assert "已建立项目：豫东水泥" in out
    assert "duibiao build 豫东水泥" in out


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["豫东水泥", "--industry", "捕鱼"], "没有插件认识行业“捕鱼”"),
        (["豫东水泥", "--industry", "cement", "--grade", "甲"], "水泥熟料没有等级“甲”；请写 A级、B级、C级、D级"),
        (["豫/东:", "--industry", "cement"], "“东:”不能作文件夹名"),
    ],
)  # fmt: skip
def test_new_says_what_it_does_not_know(
    args: list[str], said: str, here: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["new", *args]) == 2
    assert said in capfd.readouterr().err
    assert names(here) <= {"豫"}


def test_new_touches_nothing_that_is_there(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (here / "豫东水泥").mkdir()
    (here / "豫东水泥" / "旧材料.docx").write_bytes(b"old")
    assert run(["new", "豫东水泥", "--industry", "cement"]) == 2
    assert "已经存在，没有改动" in capfd.readouterr().err
    assert names(here / "豫东水泥") == {"旧材料.docx"}


def test_new_adds_the_folders_of_facilities_to_an_old_project(
    project: str, here: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    lost = here / project / "证据" / "2.13.1 除尘设施" / "2.13.1-2 DA002 水泥窑窑头"
    shutil.rmtree(lost)
    before = {path: path.read_bytes() for path in (here / project).rglob("*") if path.is_file()}

    assert run(["new", project]) == 0
    assert "2.13.1-2 DA002 水泥窑窑头" in capfd.readouterr().out
    assert (lost / "说明.txt").read_text(encoding="utf-8")
    after = {path: path.read_bytes() for path in (here / project).rglob("*") if path.is_file()}
    assert {path: data for path, data in after.items() if path in before} == before
    assert {path.name for path in after.keys() - before.keys()} == {"说明.txt"}

    assert run(["new", project]) == 0
    assert "已经齐全" in capfd.readouterr().out


def test_new_wants_an_industry(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["new", "豫东水泥"]) == 2
    assert "新建项目要写行业" in capfd.readouterr().err


def test_build_writes_the_package(
    project: str, here: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["build", project]) == 0

    assert names(here / project / "成果") == FILES
    out = capfd.readouterr().out
    assert f"已编制：{project}/成果" in out
    assert "《申报材料.docx》的页码尚未排定：本机没有安装 LibreOffice" in out
    assert "打印后" not in out  # the project has pictures of seal and signature


def test_build_leaves_pen_and_seal_to_people(
    project: str, here: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(here / project / "证据" / "签章")
    assert run(["build", project]) == 0
    said = "注意：打印后请加盖企业公章、由法定代表人在承诺书上签字"
    assert said in capfd.readouterr().out


def test_build_refuses_a_project_with_errors(
    faulty: str, here: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["build", faulty]) == 1

    assert not (here / faulty / "成果").exists()
    out, err = capfd.readouterr()
    assert "DB-107" in out
    assert "处不符合，没有编制，成果文件夹没有改动" in err


def test_a_refused_build_leaves_the_old_package(
    project: str, here: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["build", project]) == 0
    before = {path: path.read_bytes() for path in (here / project / "成果").iterdir()}
    data = here / project / "申报数据.toml"
    text = data.read_text(encoding="utf-8")
    data.write_text(text.replace("13900000101", "1390000010"), encoding="utf-8")

    assert run(["build", project]) == 1
    assert {path: path.read_bytes() for path in (here / project / "成果").iterdir()} == before


def test_a_forced_build_is_a_draft(
    faulty: str, here: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["build", faulty, "--force"]) == 1

    assert names(here / faulty / "成果") == FILES
    assert f"已编制草稿：{faulty}/成果" in capfd.readouterr().out
    report = (here / faulty / "成果" / "检查报告.html").read_text(encoding="utf-8")
    assert "DB-107" in report


def test_a_clean_project_is_no_draft_though_forced(project: str, here: Path) -> None:
    assert run(["build", project]) == 0
    plain = (here / project / "成果" / "申报材料.docx").read_bytes()
    assert run(["build", project, "--force"]) == 0
    assert (here / project / "成果" / "申报材料.docx").read_bytes() == plain


@pytest.mark.parametrize("wrong", ["没有", "材料.docx", "."])
def test_build_wants_a_project(wrong: str, here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (here / "材料.docx").write_bytes(b"PK")
    assert run(["build", wrong]) == 2
    assert f"“{wrong}”不是项目文件夹" in capfd.readouterr().err


def test_a_template_that_does_not_fit_stops_the_build(
    project: str, here: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (here / "模板").mkdir()
    (here / "模板" / "dossier.docx").write_bytes(b"not Word")
    assert run(["build", project, "--template", "模板"]) == 2
    assert "《dossier.docx》" in capfd.readouterr().err
    assert not (here / project / "成果").exists()


def test_a_template_that_loses_what_was_filled_in_stops_the_build(
    project: str, here: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """The package is read back before it appears."""
    usual = Path(str(files("duibiao_templates"))) / "dossier" / "dossier.docx"
    (here / "模板").mkdir()
    with (
        zipfile.ZipFile(usual) as given,
        zipfile.ZipFile(here / "模板" / "dossier.docx", "w") as made,
    ):
        for entry in given.infolist():
            made.writestr(entry, given.read(entry).replace(b"{{ row.vin }}", b""))

    assert run(["build", project, "--template", "模板"]) == 2
    said = capfd.readouterr().err
    assert "编成的文件读回来与申报数据不一致，没有写出" in said
    assert re.search(
        r"证明材料：'\w{17}'，读回来是 ''（evidence\.transport\.vehicles\[0\]\.vin\.value）", said
    )
    assert not (here / project / "成果").exists()


def test_check_takes_projects_and_packages_as_one_thing(
    project: str, here: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["build", project]) == 0
    capfd.readouterr()
    assert run(["check", ".", f"{project}/成果"]) == 1
    out = capfd.readouterr().out
    assert "共 2 个文件：需人工核实 2" in out


def test_a_package_that_was_changed_by_hand_is_told(
    project: str, here: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["build", project]) == 0
    review = here / project / "成果" / "一厂一策实施方案.docx"
    shutil.copy(here / project / "成果" / "申报材料.docx", review)
    capfd.readouterr()
    assert run(["check", f"{project}/成果"]) == 1
    assert "一厂一策实施方案.docx在编制之后改动过" in capfd.readouterr().out
