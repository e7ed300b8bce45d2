"""Law that was found valid is kept: the next start takes it as it is, and nothing wrong is ever taken."""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest

from duibiao.law import load_industry_law
from duibiao.law.files import LawFiles, read_files
from duibiao.law.rows import Row
from duibiao.model.errors import LawError

FIRST = """
[[source]]
id = "S"
title = "某标准"
kind = "official"
read = true
from = 2020-07-01

[[fact]]
id = "F1"
standing = "official"
cites = ["S:第一条"]
topic = "local"
text = "不高于10.50"
op = "<="
value = 10.50
unit = "mg/m3"
"""
SECOND = FIRST.replace("10.50", "20")

posix = pytest.mark.skipif(os.name != "posix", reason="folders have no such mode there")


class CheckedError(Exception):
    """Rows were checked, though they are kept."""


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(
        "duibiao.law.keeping.user_cache_path", lambda *_, **__: tmp_path / "cache" / "duibiao"
    )
    return tmp_path / "cache" / "duibiao" / "law"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with one law file."""
    folder = tmp_path / "plugin"
    (folder / "law").mkdir(parents=True)
    (folder / "law" / "facts.toml").write_text(FIRST, encoding="utf-8")
    return folder


@pytest.fixture
def unchecked(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Makes every later check of rows an error."""

    def check(_: object) -> list[Row]:
        raise CheckedError

    return lambda: monkeypatch.setattr("duibiao.law.validating.valid_rows", check)


def read(home: Path) -> LawFiles:
    return read_files(home, ("law",))


def write(home: Path, text: str) -> None:
    (home / "law" / "facts.toml").write_text(text, encoding="utf-8")


def kept(cache: Path) -> Path:
    (file,) = cache.iterdir()
    return file


@pytest.mark.usefixtures("cache")
def test_what_was_kept_equals_what_was_checked(home: Path, unchecked: Callable[[], None]):
    checked = read(home)
    unchecked()
    again = read(home)
    assert again == checked
    assert repr(again) == repr(checked)  # 10.50 stays 10.50, a date a date


@pytest.mark.usefixtures("cache")
@pytest.mark.parametrize(
    "plugin",
    ["duibiao_steel", "duibiao_cement", "duibiao_coating_vocs", "duibiao_general_industry"],
)
def test_the_law_of_a_plugin_is_the_same_when_kept(plugin: str, unchecked: Callable[[], None]):
    checked = load_industry_law(files(plugin))
    unchecked()
    assert repr(load_industry_law(files(plugin))) == repr(checked)


@pytest.mark.usefixtures("cache")
def test_changed_files_are_checked_again(home: Path, unchecked: Callable[[], None]):
    before = read(home)
    write(home, SECOND)
    after = read(home)
    assert after.sha256 != before.sha256
    assert str(after.of("fact")[0].values["value"]) == "20"
    unchecked()
    assert read(home) == after
    write(home, FIRST)
    with pytest.raises(CheckedError):
        read(home)


@pytest.mark.usefixtures("cache")
def test_errors_are_told_at_every_start(home: Path):
    write(home, FIRST.replace("mg/m3", ""))
    told = []
    for _ in range(2):
        with pytest.raises(LawError) as error:
            read(home)
        told.append(str(error.value))
    assert (
        told
        == ["plugin/law/facts.toml 第17行 [[fact]]（F1）：unit：不能为空；请填写内容，或删去该项"]
        * 2
    )


@pytest.mark.usefixtures("cache")
def test_what_refers_to_nothing_is_told_at_every_start(home: Path):
    write(home, FIRST.replace("S:第一条", "X:第一条"))
    for _ in range(2):
        with pytest.raises(LawError, match="'X:第一条' 指向的来源不存在"):
            read(home)

    write(home, FIRST)
    read(home)
    for name in ("checklist.toml", "measures.toml"):
        (home / name).touch()
    for _ in range(2):
        with pytest.raises(LawError, match="应有且仅有一个"):
            load_industry_law(home)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: content.replace(b"10.50", b"90.50"),
        lambda content: content[:-1],
        lambda content: content[:70],
        lambda content: b"x" + content,
        lambda content: b"",
    ],
    ids=["another figure", "cut short", "cut in its hashes", "another key", "empty"],
)
def test_what_does_not_agree_is_checked_again(
    home: Path, cache: Path, spoil: Callable[[bytes], bytes], unchecked: Callable[[], None]
):
    checked = read(home)
    good = kept(cache).read_bytes()
    kept(cache).write_bytes(spoil(good))
    assert read(home) == checked
    assert kept(cache).read_bytes() == good
    unchecked()
    assert read(home) == checked


def test_another_version_checks_again(
    home: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, unchecked: Callable[[], None]
):
    read(home)
    assert kept(cache).exists()
    unchecked()
    monkeypatch.setattr("duibiao.law.keeping.__version__", "0.0.1")
    with pytest.raises(CheckedError):
        read(home)


def test_law_of_the_same_name_elsewhere_is_checked_again(home: Path, cache: Path, tmp_path: Path):
    read(home)
    other = tmp_path / "elsewhere" / "plugin"
    (other / "law").mkdir(parents=True)
    write(other, SECOND)
    assert str(read(other).of("fact")[0].values["value"]) == "20"
    assert kept(cache).exists()


@posix
def test_what_others_may_write_is_not_taken(home: Path, cache: Path, unchecked: Callable[[], None]):
    read(home)
    cache.chmod(0o777)
    unchecked()
    with pytest.raises(CheckedError):
        read(home)


def test_without_a_folder_every_start_checks(home: Path, cache: Path):
    cache.parent.parent.mkdir()
    cache.parent.write_text("a file in the way", encoding="utf-8")
    assert read(home) == read(home)


def test_nothing_but_the_kept_file_is_left(home: Path, cache: Path):
    read(home)
    write(home, SECOND)
    read(home)
    assert [file.suffix for file in cache.iterdir()] == [".json"]
