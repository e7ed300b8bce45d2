"""The whole of one package by LibreOffice: its pages are those that it names, and building is the same every time."""

from __future__ import annotations

import re
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest

from duibiao.document.office import office_program
from duibiao.model.quantities import halfwidth
from duibiao.project.names import DOSSIER, PLAN
from duibiao.reports.model import CheckReport
from duibiao.service import Service
from duibiao.service.building import Made
from duibiao.service.package import Read, read_built
from duibiao.testing import enterprises
from duibiao.testing.comparison import same_facts
from duibiao.testing.projects import write_project

pytestmark = pytest.mark.skipif(office_program() is None, reason="needs LibreOffice")


@dataclass(frozen=True)
class Mark:
    """A bookmark of the PDF: its level from 0, its title, the page that it leads to from 1."""

    level: int
    title: str
    page: int


@dataclass(frozen=True)
class Built:
    """A package, twice built of one project.

    Attributes:
        folder: Folder of the first one.
        made: What the program said of it.
        files: Bytes of its files by name, and of those of the second one.
        read: What is read from it.
        report: What is found in it.
        lines: Text of each page of the PDF, without blanks.
        marks: Bookmarks of the PDF.
    """

    folder: Path
    made: Made
    files: tuple[dict[str, bytes], dict[str, bytes]]
    read: Read
    report: CheckReport
    lines: list[str]
    marks: list[Mark]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    service = Service()
    folder = write_project(enterprises.load("cement"), tmp_path_factory.mktemp("whole"))
    project = service.open_project(folder)
    report = service.judge_project(project)
    made = service.build(project, report)
    first = files_of(made.folder)
    shutil.rmtree(made.folder)
    assert service.build(service.open_project(folder), report) == made
    with pypdfium2.PdfDocument(made.folder / f"{DOSSIER}.pdf") as pdf:
        lines = [plain(page.get_textpage().get_text_bounded()) for page in pdf]
        marks = [
            Mark(entry.level, entry.get_title(), entry.get_dest().get_index() + 1)
            for entry in pdf.get_toc()
        ]
    read = read_built(made.folder, service.common)
    assert same_facts(project.composition.dossier, read.dossier) == []
    return Built(
        made.folder,
        made,
        (first, files_of(made.folder)),
        read,
        service.check(made.folder),
        lines,
        marks,
    )


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def plain(text: str) -> str:
    return re.sub(r"[\s\ufffe\u00ad]", "", halfwidth(text))


def test_a_package_of_seven_files_is_built_without_remarks(built: Built) -> None:
    assert (built.made.is_draft, built.made.notes) == (False, ())
    assert set(built.files[0]) == {
        f"{DOSSIER}.docx",
        f"{DOSSIER}.pdf",
        f"{PLAN}.docx",
        f"{PLAN}.pdf",
        "审核意见表.docx",
        "检查报告.html",
        "编制记录.json",
    }


def test_building_again_gives_the_same_bytes(built: Built) -> None:
    first, second = built.files
    assert {name for name in first if first[name] != second.get(name)} == set()


def test_nothing_is_found_in_the_package(built: Built) -> None:
    assert built.report.findings == ()
    assert (built.report.unread, built.report.warnings) == ((), ())


def test_its_archive_is_checked_as_its_folder(built: Built, tmp_path: Path) -> None:
    file = tmp_path / "成果.zip"
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in built.files[1].items():
            archive.writestr(name, content)
    found = Service().check(file)
    assert (found.outcomes, found.ladder) == (built.report.outcomes, built.report.ladder)
    assert built.read.pages == "编制时排定的页序"


def test_the_indicator_table_names_the_pages_on_which_the_evidence_stands(built: Built) -> None:
    """The heading stands on the first page named, and the section after begins behind the last one."""
    common = Service().common
    sections = {indicator.name: indicator.section for indicator in common.indicators}
    rows = [row for row in built.read.dossier.indicators.rows if row.pages]
    assert len(rows) == len(enterprises.load("cement").claims)
    for row in rows:
        heading = common.heading(f"五.{sections[row.indicator.value]}").label
        assert row.pages is not None
        assert row.pages.value == "-".join(map(str, dict.fromkeys(extent(built, heading)))), row
        assert plain(heading) in built.lines[extent(built, heading)[0] - 1], heading


def extent(built: Built, heading: str) -> tuple[int, int]:
    """First and last page of a section, by the bookmarks of the PDF."""
    index = next(i for i, mark in enumerate(built.marks) if plain(mark.title) == plain(heading))
    own = built.marks[index]
    after = (mark.page for mark in built.marks[index + 1 :] if mark.level <= own.level)
    return own.page, next(after, len(built.lines) + 1) - 1


def test_the_contents_name_the_pages_on_which_headings_stand(built: Built) -> None:
    entries = built.read.dossier.contents
    assert len(entries) > 20
    for entry in entries:
        assert entry.page is not None
        assert plain(f"{entry.number}{entry.title}") in built.lines[entry.page - 1], entry


def test_bookmarks_are_the_headings_of_the_word_file(built: Built) -> None:
    headings = [
        (section.level - 1, plain(f"{section.number}{section.title}"))
        for section in built.read.dossier.sections
        if not section.key.startswith("附")
    ]
    assert [(mark.level, plain(mark.title)) for mark in built.marks] == headings
    for mark in built.marks:
        assert plain(mark.title) in built.lines[mark.page - 1], mark
