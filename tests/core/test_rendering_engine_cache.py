"""Compiled templates are code: they are taken from where nobody else can have put them, or made anew."""

from __future__ import annotations

import hashlib
import io
import marshal
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from duibiao.rendering import engine
from duibiao.rendering.engine import WordTemplate
from duibiao.rendering.templating import cache

from .templates import blocks, loaded, template

WARM = """
import io, sys
from pathlib import Path
from duibiao.rendering.engine import WordTemplate
target = io.BytesIO()
WordTemplate.load(Path(sys.argv[1])).render({"a": "甲"}, target)
assert len(target.getvalue()) > 500
print(*sorted({"docxtpl", "docx", "lxml"} & set(sys.modules)))
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cache folder of the test; nothing in memory."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(engine, "_compiled", type(engine._compiled)())
    return tmp_path / "cache" / "duibiao" / "templates"


def forget() -> None:
    engine._compiled.clear()


def text_of(ready: WordTemplate) -> object:
    target = io.BytesIO()
    ready.render({"a": "甲"}, target)
    return blocks(target.getvalue())[0]


def imported(path: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", WARM, path], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_a_warm_start_needs_neither_docxtpl_nor_lxml(tmp_path: Path) -> None:
    path = tmp_path / "模板.docx"
    path.write_bytes(template("{{ a }}"))
    assert [imported(path), imported(path)] == ["docx docxtpl lxml", ""]


def test_a_changed_template_is_compiled_anew(tmp_path: Path, folder: Path) -> None:
    assert [text_of(loaded(tmp_path, template(text))) for text in ("{{ a }}乙", "{{ a }}丙")] == [
        "甲乙",
        "甲丙",
    ]
    assert len(list(folder.iterdir())) == 2


def test_memory_serves_without_the_folder(tmp_path: Path, folder: Path) -> None:
    loaded(tmp_path, template("{{ a }}"))
    for file in folder.iterdir():
        file.unlink()
    assert text_of(loaded(tmp_path, template("{{ a }}"))) == "甲"
    assert not list(folder.iterdir())


def planted(folder: Path, mark: Path) -> Path:
    """Replace the one saved template by code of somebody else, digest and all; return its file."""
    (file,) = folder.iterdir()
    saved = list(marshal.loads(file.read_bytes()[32:]))  # noqa: S302
    parts = [list(part) for part in saved[3]]
    parts[0][1] = compile(f"open({str(mark)!r}, 'w').close()", "x", "exec")
    saved[3] = tuple(map(tuple, parts))
    data = marshal.dumps(tuple(saved))
    file.write_bytes(hashlib.sha256(data).digest() + data)
    forget()
    return file


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="there is no disk cache on this system")
@pytest.mark.parametrize("how", ["file", "folder", "owner", "link", "folder link", "pipe"])
def test_code_of_others_is_not_run(
    how: str, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded(tmp_path, template("{{ a }}"))
    mark = tmp_path / "run"
    file = planted(folder, mark)
    if how == "file":
        file.chmod(0o620)
    elif how == "folder":
        folder.chmod(0o770)
    elif how == "owner":
        monkeypatch.setattr(os, "geteuid", lambda: 12345)
    elif how == "link":
        file.rename(tmp_path / "elsewhere")
        file.symlink_to(tmp_path / "elsewhere")
    elif how == "folder link":
        folder.rename(tmp_path / "elsewhere")
        folder.symlink_to(tmp_path / "elsewhere")
    else:
        file.unlink()
        os.mkfifo(file, 0o600)
    assert text_of(loaded(tmp_path, template("{{ a }}"))) == "甲"
    assert not mark.exists()


@pytest.mark.parametrize("cut", [0, 10, 32, 40, -1])
def test_a_damaged_file_is_made_anew(cut: int, tmp_path: Path, folder: Path) -> None:
    loaded(tmp_path, template("{{ a }}"))
    (file,) = folder.iterdir()
    whole = file.read_bytes()
    for damaged in (whole[:cut], whole[:-9] + b"123456789"):
        file.write_bytes(damaged)
        forget()
        assert text_of(loaded(tmp_path, template("{{ a }}"))) == "甲"
        assert file.read_bytes() == whole


def test_without_a_folder_there_is_no_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cache").write_text("a file")
    assert text_of(loaded(tmp_path, template("{{ a }}"))) == "甲"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    forget()
    loaded(tmp_path, template("{{ a }}"))
    (saved,) = (tmp_path / "home/.cache/duibiao/templates").iterdir()
    assert saved.stat().st_mode & 0o777 == 0o600
    assert saved.parent.stat().st_mode & 0o777 == 0o700


def test_old_files_go(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "MOST_FILES", 3)
    for number in range(5):
        cache.save(f"key{number}", b"x")
        os.utime(folder / f"key{number}.compiled", (number, number))
    assert sorted(file.name for file in folder.iterdir()) == [
        "key2.compiled",
        "key3.compiled",
        "key4.compiled",
    ]
    assert [cache.load(f"key{number}") for number in (1, 4)] == [None, b"x"]


def test_memory_holds_only_so_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_KEPT", 2)
    for text in "甲乙丙":
        loaded(tmp_path, template(text))
    assert len(engine._compiled) == 2


def test_one_template_in_many_threads(tmp_path: Path) -> None:
    ready = loaded(
        tmp_path, template("{%p for x in xs %}", "{{ x }}{{ bookmark('m' ~ x) }}", "{%p endfor %}")
    )

    def document(number: int) -> bytes:
        target = io.BytesIO()
        ready.render({"xs": list(range(number, number + 400))}, target)
        return target.getvalue()

    wanted = [document(number) for number in range(8)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(document, range(8))) == wanted


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is told by /proc alone")
def test_memory_does_not_grow_with_pictures(tmp_path: Path) -> None:
    path = tmp_path / "模板.docx"
    path.write_bytes(template("{%p for p in photos %}", "{{ p }}", "{%p endfor %}"))
    program = (
        "import os, sys; from pathlib import Path; from duibiao.rendering.engine import WordTemplate;"
        "from duibiao.rendering.drawing import Drawing\n"
        "photos = [Drawing(lambda n=n: (n.to_bytes(4, 'big') * 1000000, '.jpg'), 9, 9, 'x') for n in range(150)]\n"
        "with open(os.devnull, 'wb') as target:\n"
        "    WordTemplate.load(Path(sys.argv[1])).render({'photos': photos}, target)\n"
        "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"
    )
    peaks = []
    for _ in range(2):  # the second time without compiling
        done = subprocess.run(
            [sys.executable, "-c", program, path], capture_output=True, text=True, check=True
        )
        peaks.append(int(done.stdout) / 1024)
    assert peaks[1] < 64
