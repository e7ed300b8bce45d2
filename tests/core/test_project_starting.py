"""A new project: the workbook with what is known, the evidence folders with what belongs there, whole or not at all."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from duibiao.law import Law, load_common
from duibiao.law.records import EvidenceItem
from duibiao.model.errors import ProjectError, UsageError
from duibiao.model.grades import Grade
from duibiao.plugins import load_plugins
from duibiao.project import starting
from duibiao.project.catalogue import Catalogue, catalogue_of
from duibiao.project.reading import read_project_data
from duibiao.project.sheets.enterprise import COMPLIANCE_TOPICS
from duibiao.project.starting import start

from .project_files import EVERY, content_of
from .test_project_blank import notes_of

PLUGINS = load_plugins()
TOPICS = [{"topic": topic} for topic in COMPLIANCE_TOPICS]


def catalogue(industry: str) -> Catalogue:
    found = PLUGINS.find(industry)
    assert found is not None
    plugin, branch = found
    return catalogue_of(PLUGINS, Law(load_common(), plugin.book, branch).on(date(2026, 9, 1)))


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def test_a_new_project_has_what_is_known(tmp_path):
    asked = catalogue("水泥熟料")
    folder = start(tmp_path / "项目", "豫东水泥", asked)
    data = read_project_data(folder, lambda form: asked)

    assert folder == tmp_path / "项目" / "豫东水泥"
    assert content_of(data) == {
        "form": {"enterprise": "豫东水泥", "industry": asked.law.branch.name},
        "compliance": TOPICS,
    }
    assert sorted(entry.name for entry in folder.iterdir()) == ["申报数据.xlsx", "证据"]
    assert [entry.name for entry in folder.parent.iterdir()] == ["豫东水泥"]


def test_requirements_of_a_grade_are_filled_in_with_their_standing(tmp_path):
    asked = catalogue("包装印刷")
    folder = start(tmp_path, "示例印务", asked, Grade.A)
    content = content_of(read_project_data(folder, lambda form: asked))
    notes = notes_of((folder / "申报数据.xlsx").read_bytes(), "对标总表")

    assert content["form"]["grade"] == "A级"
    names = [row["indicator"] for row in content["indicators"]]
    order = [indicator.name for indicator in asked.law.common.indicators]
    assert names == sorted(names, key=order.index)
    assert {i.name for i in asked.law.common.indicators if not i.if_applicable} <= set(names)
    for row, written in enumerate(content["indicators"], 5):
        wanted = asked.law.requirements_of(written["indicator"], Grade.A)
        assert all(entry.text.rstrip("。；") in written["requirement"] for entry in wanted)
        assert written.keys() - {"requirement"} == {"indicator"}
        if wanted:
            origins = dict.fromkeys(str(entry.provenance) for entry in wanted)
            assert notes[f"C{row}"] == "\n".join((*origins, "请对照技术指南核对"))
            assert "［" in notes[f"C{row}"]
        else:
            assert notes[f"C{row}"] == "没有查到该等级的要求（缺），请对照技术指南填写"


def test_evidence_folders_are_those_that_may_apply(tmp_path):
    unused = EvidenceItem(load_common().pollutants[0].provenance, (), "2.11", "no")
    folder = start(tmp_path, "甲", replace(EVERY, law=replace(EVERY.law, checklist=(unused,))))

    names = {file.parent.name.split()[0] for file in (folder / "证据").glob("*/说明.txt")}
    expected = {*(f"2.{number}" for number in range(1, 19)), "3.2", "签章"}
    expected -= {"2.11", "2.13", "2.16"}
    assert names == expected | {f"2.13.{n}" for n in (1, 2, 3, 4)} | {
        f"2.16.{n}" for n in (1, 2, 3)
    }
    note = (folder / "证据" / "2.12 装备工艺水平" / "说明.txt").read_text("utf-8")
    assert "依据：《三门峡市重污染天气重点行业绩效分级实施办法（试行）》" in note


def test_the_same_project_has_the_same_bytes(tmp_path):
    one, other = (start(tmp_path / name, "甲", EVERY) for name in ("1", "2"))
    assert files_of(one) == files_of(other)


def test_a_folder_that_is_empty_is_used(tmp_path):
    (tmp_path / "甲").mkdir()
    assert (start(tmp_path, "甲", EVERY) / "申报数据.xlsx").is_file()


@pytest.mark.parametrize("is_file", [True, False])
def test_what_is_there_is_not_touched(tmp_path, is_file):
    there = tmp_path / "甲"
    if not is_file:
        there.mkdir()
        there = there / "照片.jpg"
    there.write_bytes(b"mine")

    with pytest.raises(ProjectError) as refused:
        start(tmp_path, "甲", EVERY)

    assert str(refused.value) == (
        f"“{tmp_path / '甲'}”已经存在，没有改动；请换一个名称，或先移走原来的内容"
    )
    assert (there.read_bytes(), len(list(tmp_path.iterdir()))) == (b"mine", 1)


@pytest.mark.parametrize(
    "name",
    ["", " ", ".", "..", "a/b", "a\\b", "甲:乙", "甲?", "甲\n", " 甲", "甲 ", "甲.", "con", "NUL.x", "甲" * 61],
)  # fmt: skip
def test_names_that_no_folder_can_have(tmp_path, name):
    with pytest.raises(UsageError) as refused:
        start(tmp_path, name, EVERY)

    assert str(refused.value) == (
        f"“{name}”不能作文件夹名；请写 1 至 60 个字的企业简称，"
        '不含 < > : " / \\ | ? *，首尾不留空格和句点'
    )
    assert list(tmp_path.iterdir()) == []


def test_a_failure_in_the_middle_leaves_nothing(tmp_path, monkeypatch):
    def fails(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(starting, "evidence_folders", fails)
    with pytest.raises(
        ProjectError,
        match=r"^无法建立“.*甲”（磁盘已满）；请检查位置、权限和磁盘空间$",
    ):
        start(tmp_path, "甲", EVERY)
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_is_a_file(tmp_path):
    (tmp_path / "甲").write_bytes(b"mine")
    with pytest.raises(ProjectError, match=r"^无法建立"):
        start(tmp_path / "甲", "乙", EVERY)
    assert (tmp_path / "甲").read_bytes() == b"mine"
