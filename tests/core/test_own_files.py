"""Papers and copies that the program wrote are known in a folder, told and not checked; nobody else's file is."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from duibiao.cli.app import run
from duibiao.service.collecting import collect
from duibiao.testing.dossiers import clean_dossier
from duibiao.testing.word import word_bytes

PAPERS = ("review", "notice")


@pytest.fixture(scope="module")
def written(tmp_path_factory) -> Path:
    """A folder with a package and everything that the program writes about it."""
    folder = tmp_path_factory.mktemp("待审")
    package = folder / "甲公司.docx"
    package.write_bytes(word_bytes(clean_dossier("cement")))
    for face in PAPERS:
        tail = {"review": "审核意见表", "notice": "整改通知"}[face]
        out = folder / f"甲公司-{tail}.docx"
        assert run(["check", str(package), "--format", face, "--out", str(out)]) == 1
    assert run(["annotate", str(package)]) == 1
    return folder


OWN = ["甲公司-审核意见表.docx", "甲公司-整改通知.docx", "甲公司（批注）.docx"]


def test_what_the_program_wrote_is_told_and_not_checked(written, tmp_path):
    assert run(["check", str(written), "--format", "json", "--out", str(tmp_path)]) == 1
    table = json.loads((tmp_path / "index.json").read_text("utf-8"))
    assert [Path(line["file"]).name for line in table["files"]] == ["甲公司.docx"]
    assert [Path(name).name for name in table["own"]] == OWN


def test_the_screen_names_them(written, capsys):
    assert run(["check", str(written), "--format", "text"]) == 1
    assert f"本程序写出的文件 3 个，未审查：{'、'.join(OWN)}" in capsys.readouterr().out


@pytest.mark.parametrize("name", [OWN[0], OWN[1]])
def test_a_paper_is_known_under_any_name(written, tmp_path, name):
    shutil.copyfile(written / name, tmp_path / "改名.docx")
    assert collect([tmp_path]).own == [tmp_path / "改名.docx"]


@pytest.mark.parametrize(
    "name", ["甲公司（批注）.docx", "甲公司-整改通知.docx", "某审核意见表.docx"]
)
def test_a_name_alone_does_not_make_a_file_ours(written, tmp_path, name):
    shutil.copyfile(written / "甲公司.docx", tmp_path / name)
    found = collect([tmp_path])
    assert (found.files, found.own) == ([tmp_path / name], [])


def test_an_annotated_copy_that_was_renamed_may_be_a_new_submission(written, tmp_path):
    shutil.copyfile(written / "甲公司（批注）.docx", tmp_path / "甲公司.docx")
    assert collect([tmp_path]).files == [tmp_path / "甲公司.docx"]


def test_a_paper_that_is_named_is_checked(written):
    assert collect([written / OWN[0]]).files == [written / OWN[0]]


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x03\x04 cut", b"\xd0\xcf\x11\xe0"])
def test_a_file_that_cannot_be_read_is_left_to_the_check(tmp_path, content):
    path = tmp_path / "甲（批注）.docx"
    path.write_bytes(content)
    assert collect([tmp_path]).files == [path]
