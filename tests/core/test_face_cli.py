"""The faces, waivers and comparison at the command line, on a real package."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from duibiao.cli.app import run
from duibiao.document.word import read_word
from duibiao.reports.as_json import schema
from duibiao.testing.dossiers import clean_dossier
from duibiao.testing.word import write_word

from .test_waivers import GOOD, faulty

DAY = ("--as-of", "2026-10-01")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packages")
    write_word(faulty(), folder / "材料.docx")
    write_word(clean_dossier("cement"), folder / "改后.docx")
    return folder


@pytest.fixture
def here(written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with a faulty package and a corrected one."""
    for file in written.iterdir():
        shutil.copy(file, tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(capfd: pytest.CaptureFixture[str]) -> str:
    return "".join(capfd.readouterr().err.split())


# -------------------------------------------------------------------------------------- faces


@pytest.mark.parametrize(
    ("face", "name", "begins"),
    [
        ("sarif", "材料.sarif", b"{"),
        ("junit", "材料.xml", b"<?xml"),
        ("xlsx", "材料.xlsx", b"PK"),
        ("review", "材料-审核意见表.docx", b"PK"),
        ("notice", "材料-整改通知.docx", b"PK"),
    ],
)
def test_one_report_goes_into_a_folder(here: Path, face: str, name: str, begins: bytes) -> None:
    (here / "报告").mkdir()

    assert run(["check", "材料.docx", "--format", face, "--out", "报告", *DAY]) == 1
    assert [file.name for file in (here / "报告").iterdir()] == [name]
    assert (here / "报告" / name).read_bytes().startswith(begins)


@pytest.mark.parametrize(
    ("face", "table"),
    [
        ("sarif", "index.json"),
        ("junit", "index.json"),
        ("xlsx", "index.html"),
        ("notice", "index.html"),
    ],
)
def test_many_reports_go_beside_their_table(here: Path, face: str, table: str) -> None:
    assert run(["check", "材料.docx", "改后.docx", "--format", face, "--out", "报告", *DAY]) == 1

    names = {file.name for file in (here / "报告").iterdir()}
    assert table in names
    assert len(names) == 3


@pytest.mark.parametrize("face", ["xlsx", "review", "notice"])
def test_a_file_of_its_own_needs_a_place(
    here: Path, capfd: pytest.CaptureFixture[str], face: str
) -> None:
    assert run(["check", "材料.docx", "--format", face]) == 2
    assert f"{face}格式的报告不能显示在屏幕上；请用--out指定写到哪里" in said(capfd)


def test_a_paper_never_replaces_a_package(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    order = ["check", "材料.docx", "--format", "notice", *DAY, "--out"]

    assert run([*order, "改后.docx"]) == run([*order, "材料.docx"]) == 2
    assert "可能是申报材料，不覆盖" in said(capfd)
    assert run([*order, "通知.txt"]) == 2
    assert "通知.txt不是Word文件名" in said(capfd)
    assert run([*order, "甲厂整改通知.docx"]) == run([*order, "甲厂整改通知.docx"]) == 1
    assert read_word((here / "甲厂整改通知.docx").read_bytes(), "x").blocks


def test_json_is_what_the_schema_says(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    run(["check", "材料.docx", "--format", "json", *DAY])

    Draft202012Validator(schema()).validate(json.loads(capfd.readouterr().out))


# ------------------------------------------------------------------------------------ waivers


def waive(file: Path, **changes: str) -> None:
    text = GOOD.replace("DB-405", "DB-102").replace('enterprise = "甲公司"', 'file = "材料.docx"')
    text = text.replace('place = " 五.2.14 "\n', "")
    for old, new in changes.items():
        text = text.replace({"code": "DB-102", "name": "材料.docx"}[old], new)
    file.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("order", [[], ["--waivers", "甲.toml"]])
def test_waivers_are_taken_from_beside_and_from_the_command(
    here: Path, capfd: pytest.CaptureFixture[str], order: list[str]
) -> None:
    waive(here / ("甲.toml" if order else "豁免.toml"))

    assert run(["check", "材料.docx", *DAY, *order]) == 1
    shown = capfd.readouterr().out
    assert "已豁免的意见（1）" in shown
    assert "某科长同意豁免，有效期至2026-12-31" in "".join(shown.split())


def test_a_waiver_for_nothing_that_was_checked_is_told(
    here: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    waive(here / "甲.toml", name="别的.docx")
    run(["check", "材料.docx", *DAY, "--waivers", "甲.toml"])

    assert "甲.toml第3行的豁免没有用上" in said(capfd)


def test_a_malformed_file_of_waivers_stops_everything(
    here: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    waive(here / "甲.toml", code="102")

    assert run(["check", "材料.docx", *DAY, "--waivers", "甲.toml", "--out", "r.txt"]) == 2
    assert "甲.toml第4行：code：“102”不是规则编号" in said(capfd)
    assert not (here / "r.txt").exists()


def test_a_malformed_file_beside_stops_only_its_package(
    here: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (here / "坏").mkdir()
    shutil.move("材料.docx", "坏/材料.docx")
    waive(here / "坏" / "豁免.toml", code="102")

    assert run(["check", "坏/材料.docx", "改后.docx", *DAY]) == 2
    assert "共 2 个文件：需人工核实 1，无法检查 1" in capfd.readouterr().out


# --------------------------------------------------------------------------------- comparison


@pytest.fixture
def compared(here: Path, capfd: pytest.CaptureFixture[str]) -> Callable[..., str]:
    def compare(old: str) -> str:
        run(["check", "改后.docx", "--compare", old, *DAY])
        return "".join(capfd.readouterr().out.split())

    return compare


def test_an_earlier_package_and_its_json_report_say_the_same(
    here: Path, compared: Callable[..., str], capfd: pytest.CaptureFixture[str]
) -> None:
    run(["check", "材料.docx", "--format", "json", "--out", "旧.json", *DAY])
    capfd.readouterr()
    with_package, with_json = compared("材料.docx"), compared("旧.json")

    assert with_package == with_json
    assert "与上次申报比较（材料.docx）" in with_package
    assert "已改正DB-102" in with_package


@pytest.mark.parametrize(
    ("old", "expected"),
    [
        ("没有.docx", "--compare的没有.docx"),
        ("没有.json", "--compare的没有.json打不开（文件不存在）"),
        ("坏.json", "坏.json不是一份材料的JSON审查报告，不能比较"),
    ],
)
def test_an_earlier_submission_that_cannot_be_read_is_told(
    here: Path, capfd: pytest.CaptureFixture[str], old: str, expected: str
) -> None:
    (here / "坏.json").write_text("{}", encoding="utf-8")

    assert run(["check", "改后.docx", "--compare", old, *DAY]) == 2
    assert expected in said(capfd)


def test_only_one_package_is_compared(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "材料.docx", "改后.docx", "--compare", "材料.docx"]) == 2
    assert "--compare只能用于一份材料" in said(capfd)
