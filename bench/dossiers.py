"""The packages that are read and checked, one of each size, and whether they are read and checked completely."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from checking import faults
from container import write
from given import MADE
from packages import SIZES, package

from duibiao.document.word import read_word
from duibiao.recognition import recognise
from duibiao.reports.model import CheckReport
from duibiao.rules.engine import Status
from duibiao.service import Request, Service
from duibiao.testing.hand_office import converted, is_installed
from duibiao.testing.synth import Settings, produced

_NO_PHOTOS = Request(photos=False)
_MEDIA = "word/media/"


@dataclass(frozen=True, slots=True)
class Sample:
    """样本.

    Attributes:
        path: The file.
        pages: Its pages; None where LibreOffice, which would tell, is missing.
        photos: Its pictures.
        xml: Bytes of document.xml.
        problems: What was not read, not found, or crashed.
    """

    path: Path
    pages: int | None
    photos: int
    xml: int
    problems: tuple[str, ...]

    def __str__(self) -> str:
        """Pages, pictures and bytes, in Chinese."""
        pages = "页数不明" if self.pages is None else f"{self.pages} 页"
        size = self.path.stat().st_size
        return f"{pages}，照片 {self.photos} 张，文件 {size / 1e6:.2f} MB，document.xml {self.xml / 1e6:.2f} MB"


def sample(size: str, folder: Path) -> Sample:
    """Write the package of a size into a folder."""
    path = folder / f"{size}.docx"
    pages, wrong = _synthetic(path) if size == MADE else _drawn(size, path)
    with zipfile.ZipFile(path) as archive:
        photos = sum(name.startswith(_MEDIA) for name in archive.namelist())
        xml = archive.getinfo("word/document.xml").file_size
    return Sample(path, pages, photos, xml, tuple(wrong))


def _synthetic(path: Path) -> tuple[int | None, list[str]]:
    """One package without and one with a fault are judged; the first is kept."""
    service, wrong = Service(), []
    for made in produced(Settings(count=2, industries=("cement",))):
        path.write_bytes(made.data)
        report = service.check(path, _NO_PHOTOS)
        codes = {found.code for found in report.findings}
        wrong += crashed(report)
        wrong += [
            f"{made.file}：缺陷 {defect['name']} 没有查出"
            for defect in made.truth["defects"]
            if not codes & {*defect["codes"], *defect["also"]}
        ]
    pages = None
    if is_installed():
        pages = len(pypdfium2.PdfDocument(converted(path.read_bytes(), "pdf")))
    return pages, wrong


def _drawn(size: str, path: Path) -> tuple[int, list[str]]:
    """What was written is compared with what is read, value by value."""
    service, made = Service(), package(SIZES[size])
    written = write(made, path)
    dossier = recognise(read_word(path, made.dossier.source.name), service.common)
    return written.pages, [
        *faults(made, written, dossier),
        *crashed(service.check(path, _NO_PHOTOS)),
    ]


def crashed(report: CheckReport) -> list[str]:
    """Return what kept a package from being judged: rules that crashed, a missing plugin."""
    found = [
        f"规则 {outcome.rule.code} 出错：{outcome.reason}"
        for outcome in report.with_status(Status.CRASHED)
    ]
    return found if report.judge.plugin else [*found, "没有插件审查它"]
