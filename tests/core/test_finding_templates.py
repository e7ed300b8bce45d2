"""Which Word templates a package is built with: the user's, the plugin's, the usual ones."""

import shutil
import zipfile
from importlib.resources import files
from pathlib import Path

import pytest

from duibiao.model.errors import TemplateError
from duibiao.rendering import finding_templates
from duibiao.rendering.finding_templates import find_templates

OURS = Path(str(files("duibiao_templates")))


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder with one template of the user's."""
    folder = tmp_path / "我的模板"
    folder.mkdir()
    shutil.copy(OURS / "dossier" / "plan.docx", folder)
    return folder


@pytest.fixture
def of_plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Templates that the plugin called kilns brings."""
    folder = tmp_path / "plugin"
    folder.mkdir()
    monkeypatch.setattr(
        finding_templates, "home_of", lambda name: folder if name == "kilns" else None
    )
    return folder


def changed(source: Path, target: Path, old: str, new: str) -> None:
    """Copy a template with one text of its body replaced."""
    with zipfile.ZipFile(source) as given, zipfile.ZipFile(target, "w") as made:
        for entry in given.infolist():
            data = given.read(entry)
            if entry.filename == "word/document.xml":
                assert old.encode() in data
                data = data.replace(old.encode(), new.encode())
            made.writestr(entry, data)


def test_the_usual_templates_fit() -> None:
    found = find_templates()

    assert (found.dossier.name, found.plan.name, found.review.name) == (
        "dossier.docx",
        "plan.docx",
        "review.docx",
    )
    assert found.warnings == ()
    assert set(found.hashes) == {"dossier.docx", "plan.docx", "review.docx"}


def test_the_users_templates_come_first_and_the_usual_ones_stand_in(own: Path) -> None:
    changed(OURS / "dossier/plan.docx", own / "plan.docx", "我单位承诺", "本单位承诺")
    usual, mixed = find_templates().hashes, find_templates(own).hashes

    assert mixed["plan.docx"] != usual["plan.docx"]
    assert {**mixed, "plan.docx": usual["plan.docx"]} == usual


def test_a_plugin_brings_templates_and_the_user_has_the_last_word(
    of_plugin: Path, own: Path
) -> None:
    changed(OURS / "dossier/plan.docx", of_plugin / "plan.docx", "我单位承诺", "本单位承诺")
    usual = find_templates(plugin="another").hashes

    assert find_templates(plugin="kilns").hashes["plan.docx"] != usual["plan.docx"]
    assert find_templates(own, plugin="kilns").hashes == usual


def test_what_a_template_leaves_out_is_told(own: Path) -> None:
    changed(OURS / "dossier/plan.docx", own / "plan.docx", "{{ month }}", "2026年")
    assert find_templates(own).warnings == ("模板《plan.docx》没有用到“month”，它的内容不会印出",)


def test_what_a_template_asks_for_in_vain_is_told_with_its_place(own: Path) -> None:
    changed(OURS / "dossier/plan.docx", own / "plan.docx", "{{ month }}", "{{ moon }}")
    with pytest.raises(TemplateError) as caught:
        find_templates(own)
    assert "《plan.docx》" in str(caught.value)
    assert "moon" in str(caught.value)
    assert "段" in str(caught.value)


@pytest.mark.parametrize("place", ["", "没有这个文件夹", "plan.txt"])
def test_a_place_without_templates_is_told(place: str, tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text("不是模板", encoding="utf-8")
    with pytest.raises(TemplateError) as caught:
        find_templates(tmp_path / place)
    assert str(caught.value) == (
        f"“{tmp_path / place}”中没有模板；请写一个文件夹，其中有 dossier.docx、plan.docx、review.docx 之一，"
        "或直接写这样一个文件"
    )
