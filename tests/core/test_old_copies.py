"""Old copies of a main document: told by their names, left aside, and named wherever packages are looked for."""

import json
import zipfile
from pathlib import Path

import pytest

from duibiao.batch.results import _notes
from duibiao.batch.sources import sources_of
from duibiao.cli.app import run
from duibiao.intake.old_copies import old_copies
from duibiao.testing.dossiers import clean_dossier
from duibiao.testing.word import word_bytes


@pytest.mark.parametrize(
    ("names", "old"),
    [
        ("申报材料.docx 申报材料(旧).docx 申报材料-20260701.docx", "申报材料(旧).docx 申报材料-20260701.docx"),
        ("申报材料.docx 申报材料（旧版）.pdf 申报材料_2026-7-1.docx", "申报材料（旧版）.pdf 申报材料_2026-7-1.docx"),
        ("甲2026年7月1日.docx 甲2026年8月1日.docx 甲旧.docx", "甲旧.docx"),
        ("甲.docx 甲-副本(旧).docx 甲备份2.docx", "甲-副本(旧).docx 甲备份2.docx"),
        ("甲.docx 甲old.docx 甲.bak.docx", "甲old.docx 甲.bak.docx"),
        # nothing that is certain
        ("甲.docx 甲(1).docx 甲2.docx 甲新.docx", ""),
        ("甲.docx 甲2026.docx 甲20260799.docx", ""),
        ("甲20260801.docx 甲20260701.docx", ""),
        ("甲(旧).docx", ""),
        ("甲(旧).docx 甲副本.docx", ""),
        ("一/甲.docx 二/甲旧.docx", ""),
        ("20260701.docx 20260801.docx 旧.docx 副本.docx", ""),
    ],
)  # fmt: skip
def test_a_name_tells_an_old_copy(names, old):
    assert sorted(old_copies(names.split())) == sorted(old.split())


@pytest.mark.parametrize(
    ("names", "old"),
    [
        ("甲2026年7月1日.docx 甲2026年8月1日.docx 甲旧.docx", "甲2026年7月1日.docx 甲旧.docx"),
        ("甲20260801.docx 甲20260801.pdf 甲20260701.docx", "甲20260701.docx"),
    ],
)
def test_within_one_package_the_newest_is_the_present_one(names, old):
    assert sorted(old_copies(names.split(), of_one=True)) == sorted(old.split())


def test_windows_calls_copies_so():
    names = ["申报材料.docx", "申报材料 - 副本.docx", "申报材料 - 副本 (2).docx"]
    assert old_copies(names) == dict.fromkeys(names[1:], names[0])


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A folder with a package, two old copies of it and another package."""
    made = tmp_path_factory.mktemp("待审")
    for name in ("甲.docx", "甲(旧).docx", "甲-20260701.docx", "乙.docx"):
        (made / name).write_bytes(word_bytes(clean_dossier("cement")))
    return made


SAID = "按文件名是旧稿的 2 个，未审查：甲(旧).docx（现稿是 甲.docx）、甲-20260701.docx（现稿是 甲.docx）；不是旧稿的请改名"


def test_a_folder_is_checked_without_them_and_says_so(folder, tmp_path, capsys):
    assert run(["check", str(folder), "--format", "json", "--out", str(tmp_path)]) in (0, 1)
    table = json.loads((tmp_path / "index.json").read_text("utf-8"))
    assert [Path(line["file"]).name for line in table["files"]] == ["乙.docx", "甲.docx"]
    assert sorted(Path(one["file"]).name for one in table["old"]) == [
        "甲(旧).docx",
        "甲-20260701.docx",
    ]
    assert {Path(one["present"]).name for one in table["old"]} == {"甲.docx"}
    capsys.readouterr()
    assert run(["check", str(folder), "--format", "text"]) in (0, 1)
    said = capsys.readouterr().out.replace("\n", "").replace(" ", "")
    assert "按文件名是旧稿的2个，未审查" in said


def test_an_old_copy_that_is_named_itself_is_checked(folder, capsys):
    assert run(["check", str(folder / "甲(旧).docx"), "--format", "text"]) in (0, 1)
    assert "旧稿的" not in capsys.readouterr().out


def test_a_batch_leaves_them_aside_and_says_so(folder, tmp_path):
    archive = tmp_path / "全部.zip"
    with zipfile.ZipFile(archive, "w") as opened:
        for file in sorted(folder.iterdir(), reverse=True):
            opened.write(file, file.name)
    for where in (folder, archive):
        found = sources_of(str(where))
        assert [item.name for item in found.items] == ["乙.docx", "甲.docx"]
        (note,) = _notes(found)
        assert sorted(note.split("：")[1].split("；")[0].split("、")) == sorted(
            SAID.split("：")[1].split("；", maxsplit=1)[0].split("、")
        )
