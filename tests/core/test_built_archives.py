"""An archive of a built package is read as its folder is; one that only pretends is read like any other."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from duibiao.project.names import DOSSIER, MANIFEST, PLAN
from duibiao.rendering.manifest import LARGEST, Origin, write_manifest
from duibiao.rules.verdict import Verdict
from duibiao.service import Service, building
from duibiao.service.package import Read, read_built, read_package
from duibiao.testing import enterprises
from duibiao.testing.projects import write_project

from .archives import packed

WORD, PDF, PLAN_WORD = f"{DOSSIER}.docx", f"{DOSSIER}.pdf", f"{PLAN}.docx"
UNCOMPARED = f"正文另有 PDF 版，没有与 Word 逐字比对：{PDF}"


@pytest.fixture(scope="module")
def service() -> Service:
    return Service()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, service: Service) -> Path:
    """A built package; its PDF is a blank page, because laying it out takes long."""
    folder = write_project(enterprises.load("cement"), tmp_path_factory.mktemp("built"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(building, "office_program", lambda: None)
        project = service.open_project(folder)
        built = service.build(project, service.judge_project(project)).folder
    (built / PDF).write_bytes(blank_pdf())
    (built / MANIFEST).unlink()
    write_manifest(built, Origin("0"))
    return built


@pytest.fixture
def built(made: Path, tmp_path: Path) -> Path:
    """A copy of the built package."""
    return Path(shutil.copytree(made, tmp_path / "成果"))


def blank_pdf(pages: int = 1) -> bytes:
    stream = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page()
        pdf.save(stream, deterministic_id=True)
    return stream.getvalue()


def archived(folder: Path, below: str = "") -> bytes:
    return packed({f"{below}{path.name}": path.read_bytes() for path in sorted(folder.iterdir())})


def read(service: Service, data: bytes) -> Read:
    return read_package(data, "成果.zip", service.common, paginate=False)


def test_an_archive_of_a_built_package_is_read_as_its_folder(
    service: Service, built: Path, tmp_path: Path
) -> None:
    folder = read_built(built, service.common)
    assert (folder.warnings, folder.pages) == ((), "编制时排定的页序")
    assert read(service, archived(built)) == replace(folder, warnings=(UNCOMPARED,))
    file = tmp_path / "成果.zip"
    file.write_bytes(archived(built))
    found, own = service.check(file), service.check(built)
    assert (found.outcomes, found.ladder) == (own.outcomes, own.ladder)
    assert found.verdict is not Verdict.PASS


def test_its_folder_in_the_archive_does_not_matter(service: Service, built: Path) -> None:
    found = read(service, archived(built, "青石岭水泥/成果/"))
    told = UNCOMPARED.replace(PDF, f"青石岭水泥/成果/{PDF}")
    assert (found.warnings, found.pages) == ((told,), "编制时排定的页序")


@pytest.mark.parametrize(
    ("name", "content"), [(PDF, blank_pdf(2)), (PLAN_WORD, None), (WORD, None)]
)
def test_what_was_changed_afterwards_is_told_and_the_pdf_is_not_used(
    service: Service, built: Path, name: str, content: bytes | None
) -> None:
    (built / name).write_bytes(content or rezipped(built / name))
    folder = read_built(built, service.common)
    assert folder.warnings[0] == f"{name}在编制之后改动过"
    assert folder.pages == "文件没有保存分页，不显示页码"
    expected = replace(folder, warnings=(UNCOMPARED, *folder.warnings))
    assert read(service, archived(built)) == expected


def rezipped(path: Path) -> bytes:
    """Return the same Word file with one byte more, in the comment of the archive."""
    data = bytearray(path.read_bytes())
    data[-2:] = b"\x01\x00"
    return bytes(data + b"x")


def pretend(change: Callable[[dict[str, Any]], Any]) -> Callable[[bytes], bytes]:
    return lambda content: json.dumps(change(json.loads(content))).encode()


def marked(**values: Any) -> Callable[[bytes], bytes]:
    """Return what gives the PDF another mark."""
    return pretend(lambda told: told | {"成果": told["成果"] | {PDF: values}})


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content[:-9],
        lambda _: b"null",
        lambda _: b"[" * 200_000,
        lambda content: content + b" " * LARGEST,
        pretend(lambda told: [told]),
        pretend(lambda _: {"成果": None}),
        marked(sha256="0"),
        marked(sha256="0", 字节=float("inf")),
        marked(sha256="0", 字节=[]),
    ],
)
def test_a_manifest_that_is_none_makes_it_an_archive_like_any_other(
    service: Service, built: Path, change: Callable[[bytes], bytes]
) -> None:
    (built / MANIFEST).write_bytes(change((built / MANIFEST).read_bytes()))
    found = read(service, archived(built))
    assert (found.warnings, found.pages) == ((UNCOMPARED,), "随附 PDF 的页序")


def test_a_manifest_elsewhere_or_none_makes_it_an_archive_like_any_other(
    service: Service, built: Path
) -> None:
    files = {path.name: path.read_bytes() for path in built.iterdir()}
    aside = {f"甲/{name}" if name == MANIFEST else name: data for name, data in files.items()}
    for entries in (aside, {name: data for name, data in files.items() if name != MANIFEST}):
        assert read(service, packed(entries)).warnings == (UNCOMPARED,)


def test_a_pdf_that_is_none_is_not_opened(service: Service, built: Path) -> None:
    (built / PDF).write_bytes(b"MZ" + bytes(100))
    (built / MANIFEST).unlink()
    write_manifest(built, Origin("0"))
    found = read(service, archived(built))
    assert found.pages == "文件没有保存分页，不显示页码"


def test_what_is_strange_about_the_archive_is_still_told(service: Service, built: Path) -> None:
    files = {path.name: path.read_bytes() for path in built.iterdir()}
    found = read(service, packed(files | {"空.txt": b"", f"旧稿/{WORD}": files[WORD]}))
    assert found.warnings == (
        f"另有 1 个文件也像申报材料，没有检查：旧稿/{WORD}",
        "压缩包内有空文件（0 字节）：空.txt",
        UNCOMPARED,
    )
