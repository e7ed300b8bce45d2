"""Evidence folders of sample enterprises: pictures and a small document, filed where they belong."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from pathlib import Path

import pikepdf

from duibiao.law import load_common
from duibiao.model.emissions import Photo
from duibiao.project.compose import facility_names
from duibiao.project.data import ProjectData
from duibiao.project.evidence import evidence_folders
from duibiao.project.evidence.layout import folder_name
from duibiao.project.evidence.placing import CONTRACTS, SEALS
from duibiao.project.evidence.scanning import NOTE
from duibiao.project.names import FOLDER
from duibiao.recognition.emissions import FACILITY_SECTIONS
from duibiao.testing.dossiers import build_dossier
from duibiao.testing.pictures import photo, seal
from duibiao.testing.spec import Enterprise

_PAGE = (595, 842)
_LIMITS, _CONTROLS, _FLOW_CHART = "五.2.14", "五.2.15", "四.3.2"
_ITEMS = {
    "五.2.16.1": ("许可证", "批复", "管理规范", "检测报告", "信用评级"),
    "五.2.16.2": ("生产设备", "治理设施", "DCS", "原辅料", "能源", "固废", "监测方案", "运输"),
}
"""Sections that have a folder for each item → what the name of a document says that belongs there."""


def evidence_of(
    enterprise: Enterprise, data: ProjectData, *, notes: bool = True
) -> dict[str, bytes]:
    """Return the evidence of a project by name below 证据/: what the enterprise's dossier shows, and one PDF.

    Args:
        enterprise: The enterprise.
        data: What is filled in for it.
        notes: With the notes that say in each folder what belongs there.
    """
    shown = _shown(enterprise)
    folders = evidence_folders(load_common(), {*shown, _LIMITS}, facility_names(data))
    said = {f"{name}/{NOTE}": note.encode() for name, note in folders.items()}
    return {**(said if notes else {}), **dict(_files(enterprise, shown, tuple(folders)))}


def write_evidence(files: Mapping[str, bytes], project: Path) -> None:
    """Write the evidence folder of a project.

    Args:
        files: As `evidence_of` gives them.
        project: Folder of the project.
    """
    for name, content in files.items():
        path = project / FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def small_pdf(pages: int) -> bytes:
    """Return a PDF with so many pages, each with a line of its own; always the same bytes."""
    target = io.BytesIO()
    with pikepdf.Pdf.new() as document:
        for number in range(pages):
            page = document.add_blank_page(page_size=_PAGE)
            line = f"4 w 72 {700 - 40 * number} m 520 {700 - 40 * number} l S"
            page.Contents = document.make_stream(line.encode())
        document.save(target, deterministic_id=True)
    return target.getvalue()


def _files(
    enterprise: Enterprise, shown: Mapping[str, tuple[Photo, ...]], folders: tuple[str, ...]
) -> Iterator[tuple[str, bytes]]:
    """Yield the files by name below 证据/; none is the same as another."""
    yield f"{SEALS}/公章.png", seal(enterprise.name)
    yield f"{SEALS}/签字.png", photo(f"签字 {enterprise.legal_person}")
    chart = next(name for name in folders if name.startswith("3.2 "))
    yield f"{chart}/生产工艺流程及产污节点图.png", photo(f"{enterprise.name}流程图")
    for section, photos in shown.items():
        if section == _LIMITS:
            continue
        for number, entry in enumerate(photos, 1):
            caption = entry.caption.value if entry.caption else ""
            folder, name = _filed(section, number, caption, entry.number, folders)
            yield f"{folder}/{folder_name(name)}.png", photo(f"{section} {caption}")
    folder = _folder(folders, f"{_LIMITS.partition('.')[2]} ")
    yield f"{folder}/检测报告（{enterprise.reports[-1][0]}）.pdf", small_pdf(2)


def _filed(
    section: str, number: int, caption: str, order: int | None, folders: tuple[str, ...]
) -> tuple[str, str]:
    """Return folder and name of a file."""
    outer = section.partition(".")[2]
    folder = _folder(folders, f"{outer} ")
    if section in FACILITY_SECTIONS:
        own = order and _folder(folders, f"{folder}/{outer}-{order} ")
        return (own, "现场照片") if own else (f"{folder}/{CONTRACTS}", caption)
    if section in _ITEMS:
        item = next(n for n, words in enumerate(_ITEMS[section], 1) if words in caption)
        return _folder(folders, f"{folder}/（{item}）"), caption
    if section == _CONTROLS:
        return folder, f"{number} {caption.partition(' ')[2]}"
    return folder, caption


def _folder(folders: tuple[str, ...], start: str) -> str:
    return next(name for name in folders if name.startswith(start))


def _shown(enterprise: Enterprise) -> dict[str, tuple[Photo, ...]]:
    """The photos of the enterprise's dossier by section."""
    evidence = build_dossier(enterprise).evidence
    found: dict[str, tuple[Photo, ...]] = {}
    for entry in (*(p for table in evidence.facilities for p in table.photos), *evidence.photos):
        found[entry.at.section] = (*found.get(entry.at.section, ()), entry)
    return found
