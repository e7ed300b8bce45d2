"""成果/: at once or not at all; one build at a time; what users put there stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from duibiao.model.errors import BuildError
from duibiao.rendering import swapping
from duibiao.rendering.manifest import NAME, Mark, Origin, files_made, mark, write_manifest
from duibiao.rendering.output import publish

ORIGIN = Origin("0.1.0", inputs={"申报数据.xlsx": Mark("ab", 2)})
needs_posix = pytest.mark.skipif(os.name != "posix", reason="kills and forks as POSIX does")


def build(target: Path, **files: str) -> tuple[str, ...]:
    """Build a package of Word files with these texts."""
    with publish(target) as staging:
        for name, text in files.items():
            (staging.folder / f"{name}.docx").write_text(text, encoding="utf-8")
        write_manifest(staging.folder, ORIGIN)
    return staging.kept


def fail_to_build(target: Path) -> None:
    """Fail in the middle, for a reason that has nothing to do with the folder."""
    with publish(target) as staging:
        (staging.folder / "申报材料.docx").write_text("二", encoding="utf-8")
        (staging.folder / "申报材料.docx" / "x").read_bytes()


def content(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file() and path.name != NAME
    }


def around(target: Path) -> list[str]:
    return sorted(path.name for path in target.parent.iterdir())


@pytest.fixture(params=["exchange", "two steps"])
def target(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a project, where names can be exchanged at once and where they cannot."""
    if request.param == "two steps":
        monkeypatch.setattr(swapping, "_exchanged", lambda _one, _other: False)
    (tmp_path / "{甲}").mkdir()
    return tmp_path / "{甲}" / "成果"


# ------------------------------------------------------------------------------------- at once


def test_a_package_takes_the_place_of_the_one_before(target: Path) -> None:
    assert build(target, 申报材料="一", 实施方案="一") == ()
    assert content(target) == {"申报材料.docx": "一", "实施方案.docx": "一"}
    assert build(target, 申报材料="二") == ()
    assert content(target) == {"申报材料.docx": "二"}
    assert around(target) == ["成果"]


def test_nothing_is_seen_before_the_end(target: Path) -> None:
    build(target, 申报材料="一")
    with publish(target) as staging:
        (staging.folder / "申报材料.docx").write_text("二", encoding="utf-8")
        assert content(target) == {"申报材料.docx": "一"}
        assert staging.folder.parent.parent == target.parent
    assert content(target) == {"申报材料.docx": "二"}


def test_a_build_that_fails_leaves_nothing(target: Path) -> None:
    build(target, 申报材料="一")
    with pytest.raises(NotADirectoryError):
        fail_to_build(target)
    assert content(target) == {"申报材料.docx": "一"}
    assert around(target) == ["成果"]


def test_what_a_killed_build_left_is_gone_after_the_next(target: Path) -> None:
    left = target.with_name(".成果.编制中") / "new"
    left.mkdir(parents=True)
    (left / "申报材料.docx").write_text("half", encoding="utf-8")
    build(target, 申报材料="一")
    assert content(target) == {"申报材料.docx": "一"}
    assert around(target) == ["成果"]


def test_a_package_between_two_names_comes_back(target: Path) -> None:
    build(target, 申报材料="一")
    work = target.with_name(".成果.编制中")
    work.mkdir()
    target.rename(work / "old")
    with pytest.raises(NotADirectoryError):
        fail_to_build(target)
    assert content(target) == {"申报材料.docx": "一"}
    assert around(target) == ["成果"]


@needs_posix
@pytest.mark.parametrize("exchange", [True, False], ids=["exchange", "two steps"])
def test_a_build_killed_at_any_step_leaves_the_old_or_the_new_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exchange: bool
) -> None:
    if not exchange:
        monkeypatch.setattr(swapping, "_exchanged", lambda _one, _other: False)
    target = tmp_path / "成果"
    old = {"申报材料.docx": "一", "实施方案.docx": "一", "自己的/说明.txt": "我的"}
    new = {"申报材料.docx": "二", "实施方案.docx": "二", "自己的/说明.txt": "我的"}
    build(target, 申报材料="一", 实施方案="一")
    (target / "自己的").mkdir()
    (target / "自己的" / "说明.txt").write_text("我的", encoding="utf-8")
    seen = set()
    for step in range(1, 1000):
        status = in_child(lambda: build(target, 申报材料="二", 实施方案="二"), kill_at=step)
        if status == 0:
            break
        assert status == -signal.SIGKILL
        if exchange or target.exists():
            found = content(target)
        else:  # the moment between two names: nobody but the next build restores it
            seen.add("between")
            found = content(target.with_name(".成果.编制中") / "old")
        assert found in (old, new)
        seen.add("new" if found == new else "old")
        build(target, 申报材料="一", 实施方案="一")
        assert content(target) == old
        assert around(target) == ["成果"]
    assert status == 0
    assert step > 20
    assert seen == ({"old", "new"} if exchange else {"old", "new", "between"})


def in_child(work: Callable[[], object], kill_at: int) -> int:
    """Do something in a child that is killed before its n-th use of the file system; return how it ended."""
    child = os.fork()
    if not child:
        _work_and_die(work, kill_at)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _work_and_die(work: Callable[[], object], kill_at: int) -> NoReturn:
    steps = 0

    def count(event: str, _args: object) -> None:
        nonlocal steps
        steps += event.startswith(("os.", "open", "shutil.", "ctypes.", "fcntl."))
        if steps == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    ended = 1  # whatever happens, the child must never return to the tests
    try:
        sys.addaudithook(count)
        work()
        ended = 0
    finally:
        os._exit(ended)


# -------------------------------------------------------------------------------- one at a time


def test_a_second_build_is_refused(target: Path) -> None:
    with pytest.raises(BuildError) as caught, publish(target), publish(target):
        pytest.fail("two builds at once")
    assert str(caught.value) == (
        f"{target} 正由另一个编制进程（进程号 {os.getpid()}）写入，本次没有编制。请等它结束后重新运行。"
    )
    assert around(target) == []


def test_a_second_build_in_another_process_is_refused_until_the_first_is_killed(
    tmp_path: Path,
) -> None:
    target = tmp_path / "成果"
    script = (
        "import sys; from pathlib import Path; from duibiao.rendering.output import publish\n"
        "with publish(Path(sys.argv[1])): print('ready', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(target)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == b"ready"
        with pytest.raises(BuildError, match=rf"（进程号 {other.pid}）"):
            build(target, 申报材料="一")
        other.kill()
        other.wait()
        build(target, 申报材料="二")
    assert content(target) == {"申报材料.docx": "二"}
    assert around(target) == ["成果"]


# ------------------------------------------------------------------------- what users put there


def test_files_of_users_are_carried_over(target: Path) -> None:
    build(target, 申报材料="一", 实施方案="一")
    (target / "盖章扫描").mkdir()
    (target / "盖章扫描" / "封面.pdf").write_text("扫描", encoding="utf-8")
    (target / "备注.txt").write_text("我的", encoding="utf-8")
    assert build(target, 申报材料="二") == ("备注.txt", "盖章扫描/封面.pdf")
    assert content(target) == {
        "申报材料.docx": "二",
        "备注.txt": "我的",
        "盖章扫描/封面.pdf": "扫描",
    }


@pytest.mark.parametrize("error", [OSError, NotImplementedError])
def test_files_of_users_are_copied_where_they_cannot_be_linked(
    target: Path, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise error

    monkeypatch.setattr(os, "link", refuse)
    target.mkdir()
    (target / "备注.txt").write_text("我的", encoding="utf-8")
    assert build(target, 申报材料="一") == ("备注.txt",)
    assert content(target) == {"申报材料.docx": "一", "备注.txt": "我的"}


def test_files_changed_by_hand_are_kept_under_another_name(target: Path) -> None:
    build(target, 申报材料="一", 实施方案="一")
    (target / "申报材料.docx").write_text("手改", encoding="utf-8")
    (target / "实施方案.docx").write_text("改", encoding="utf-8")
    assert build(target, 申报材料="二") == ("实施方案.docx", "申报材料（原有）.docx")
    assert content(target) == {
        "申报材料.docx": "二",
        "申报材料（原有）.docx": "手改",
        "实施方案.docx": "改",
    }
    (target / "申报材料.docx").write_text("再改", encoding="utf-8")
    assert build(target, 申报材料="三") == (
        "实施方案.docx",
        "申报材料（原有2）.docx",
        "申报材料（原有）.docx",
    )
    assert content(target) == {
        "申报材料.docx": "三",
        "申报材料（原有）.docx": "手改",
        "申报材料（原有2）.docx": "再改",
        "实施方案.docx": "改",
    }


@pytest.mark.parametrize("damage", [b"", b"[]", b"{", b'{"\xe6\x88\x90\xe6\x9e\x9c": 1}', None])
def test_without_a_manifest_every_file_is_the_users(target: Path, damage: bytes | None) -> None:
    build(target, 申报材料="一")
    if damage is None:
        (target / NAME).unlink()
    else:
        (target / NAME).write_bytes(damage)
    kept = {"申报材料（原有）.docx"} | ({"编制记录（原有）.json"} if damage is not None else set())
    assert set(build(target, 申报材料="二")) == kept
    assert (target / "申报材料.docx").read_text(encoding="utf-8") == "二"
    assert (target / "申报材料（原有）.docx").read_text(encoding="utf-8") == "一"


def test_a_file_in_the_place_of_a_new_folder_is_kept(target: Path) -> None:
    target.mkdir()
    (target / "附件").write_text("我的", encoding="utf-8")
    with publish(target) as staging:
        (staging.folder / "附件").mkdir()
        (staging.folder / "附件" / "一.docx").write_text("一", encoding="utf-8")
    assert staging.kept == ("附件（原有）",)
    assert content(target) == {"附件（原有）": "我的", "附件/一.docx": "一"}


def test_a_folder_in_the_place_of_a_new_file_is_kept(target: Path) -> None:
    (target / "申报材料.docx").mkdir(parents=True)
    (target / "申报材料.docx" / "我的.txt").write_text("我的", encoding="utf-8")
    assert build(target, 申报材料="一") == ("申报材料.docx（原有）/我的.txt",)
    assert content(target) == {"申报材料.docx": "一", "申报材料.docx（原有）/我的.txt": "我的"}


def test_the_users_own_copy_of_what_is_made_anew_is_not_doubled(target: Path) -> None:
    target.mkdir()
    (target / "申报材料.docx").write_text("一", encoding="utf-8")
    assert build(target, 申报材料="一") == ()
    assert content(target) == {"申报材料.docx": "一"}


@needs_posix
def test_links_are_carried_over_and_not_followed(target: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.txt").write_text("别处", encoding="utf-8")
    target.mkdir()
    (target / "link").symlink_to(tmp_path / "elsewhere")
    (target / "broken").symlink_to(tmp_path / "nothing")
    build(target, 申报材料="一")
    assert (target / "link").readlink() == tmp_path / "elsewhere"
    assert (target / "broken").readlink() == tmp_path / "nothing"
    assert content(tmp_path / "elsewhere") == {"a.txt": "别处"}


@needs_posix
def test_a_package_that_lies_behind_a_link_stays_there(target: Path, tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    target.symlink_to(tmp_path / "disk" / "成果")
    build(target, 申报材料="一")
    assert target.is_symlink()
    assert content(tmp_path / "disk" / "成果") == {"申报材料.docx": "一"}


# ------------------------------------------------------------------------------------ refusals


def test_a_file_in_its_place_is_a_message(target: Path) -> None:
    target.write_text("x", encoding="utf-8")
    with pytest.raises(BuildError, match="不能用作成果文件夹，没有编制：那里是文件"):
        build(target)
    assert target.read_text(encoding="utf-8") == "x"


def test_a_project_that_is_not_there_is_a_message(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="上级文件夹不存在"):
        build(tmp_path / "missing" / "成果")


def test_names_that_cannot_change_are_a_message(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(target, 申报材料="一")

    def refuse(*_: object) -> NoReturn:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(swapping, "_exchanged", refuse)
    with pytest.raises(BuildError) as caught:
        build(target, 申报材料="二")
    assert str(caught.value) == (
        f"无法写入 {target}（没有权限），原有的成果没有改动。"
        "请关闭在 Word、WPS 或 PDF 阅读器中打开的成果文件，检查磁盘空间和权限后重新运行。"
    )
    assert content(target) == {"申报材料.docx": "一"}
    assert around(target) == ["成果"]


def test_the_old_package_returns_where_the_new_one_cannot_take_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "成果"
    build(target, 申报材料="一")
    monkeypatch.setattr(swapping, "_exchanged", lambda _one, _other: False)
    rename = Path.rename

    def open_elsewhere(self: Path, place: Path) -> Path:
        if self.name == "new":
            raise PermissionError(13, "denied")
        return rename(self, place)

    monkeypatch.setattr(Path, "rename", open_elsewhere)
    with pytest.raises(BuildError, match="没有权限"):
        build(target, 申报材料="二")
    assert content(target) == {"申报材料.docx": "一"}


# ------------------------------------------------------------------------------------ manifest


def test_a_manifest_is_the_same_for_the_same_files(tmp_path: Path) -> None:
    for name, order in (("a", ("一", "二")), ("b", ("二", "一"))):
        for file in order:
            (tmp_path / name / "附件").mkdir(parents=True, exist_ok=True)
            (tmp_path / name / "附件" / f"{file}.txt").write_text(file, encoding="utf-8")
        write_manifest(tmp_path / name, ORIGIN)
    assert (tmp_path / "a" / NAME).read_bytes() == (tmp_path / "b" / NAME).read_bytes()
    assert files_made(tmp_path / "a") == {
        "附件/一.txt": mark(tmp_path / "a" / "附件" / "一.txt"),
        "附件/二.txt": mark(tmp_path / "a" / "附件" / "二.txt"),
    }
    assert (
        (tmp_path / "a" / NAME)
        .read_text(encoding="utf-8")
        .startswith(
            '{\n  "依据版本": {},\n  "引擎版本": "0.1.0",\n  "成果": {\n    "附件/一.txt": {\n      "sha256": "'
        )
    )


def test_a_mark_is_hash_and_size(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    assert mark(tmp_path / "a") == Mark(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", 3
    )
