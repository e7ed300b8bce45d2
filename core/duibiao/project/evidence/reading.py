"""Reading the evidence folder: every file in it is used, told as a misfit, or ignored for its name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from duibiao.law.common import CommonLaw
from duibiao.model.dossier import Misfit
from duibiao.model.location import Location
from duibiao.project.evidence.captions import caption, unlike
from duibiao.project.evidence.contents import Unusable, examine
from duibiao.project.evidence.model import EvidenceFile, EvidenceFolder
from duibiao.project.evidence.placing import SCANS, SEALS, Misplaced, Place, Placing
from duibiao.project.evidence.scanning import Found, natural, stem, walk
from duibiao.project.names import FOLDER

_SEALS = {"公章": re.compile(r"公章|印章|盖章"), "签字": re.compile(r"签字|签名")}


def seals_meant(name: str) -> list[str]:
    """Return which of 公章 and 签字 a file in 签章/ is, by its name; it counts only where that is one."""
    return [kind for kind, words in _SEALS.items() if words.search(stem(name))]


def read_evidence(
    folder: Path, common: CommonLaw, facilities: Mapping[str, Sequence[str]]
) -> EvidenceFolder:
    """Read an evidence folder; nothing in it can make this fail.

    Args:
        folder: 证据/ of a project; a missing one is a misfit.
        common: Common law, for the outline.
        facilities: Section of 2.13.x → names of its facilities in order, such as ``DA001 1#窑窑尾``.

    Returns:
        The same for the same files, whatever the order in which the system lists them.
    """
    if not folder.is_dir():
        at = Location(FOLDER, heading=FOLDER)
        return EvidenceFolder(
            misfits=(
                Misfit(
                    at, "没有证据文件夹", f"请在项目文件夹里建立“{FOLDER}”文件夹，按章节放入证据"
                ),
            )
        )
    reader = _Reader(Placing(common, facilities))
    for found in walk(folder, reader.placing.folder):
        reader.take(found)
    return reader.result()


class _Reader:
    """Sorts files as they are met."""

    def __init__(self, placing: Placing) -> None:
        self.placing = placing
        self.files: list[EvidenceFile] = []
        self.misfits: list[Misfit] = []
        self.scans: dict[str, Path] = {}

    def take(self, found: Found) -> None:
        """Use a file, or note why it is of no use."""
        if isinstance(found.place, Misplaced):
            self._note_folder(found, found.place)
            return
        try:
            trouble = self._used(found, found.place)
        except Unusable as unusable:
            trouble = Misplaced(unusable.what, unusable.remedy)
        if trouble:
            at = self._at(found.name, found.place.section)
            self.misfits.append(Misfit(at, f"“{at.heading}”{trouble.what}", trouble.remedy))

    def result(self) -> EvidenceFolder:
        """Return everything in order, captions made distinct."""
        order = {key: number for number, key in enumerate(self.placing.sections.leaves)}
        self.files.sort(
            key=lambda file: (
                order[file.section],
                file.is_document,
                file.group == 0,
                file.group,
                natural(file.name),
            )
        )
        taken: dict[str, set[str]] = {}
        for index, file in enumerate(self.files):
            if not file.is_document:
                captions = taken.setdefault(file.section, set())
                self.files[index] = replace(file, caption=unlike(file.caption, captions))
                captions.add(self.files[index].caption)
        return EvidenceFolder(
            tuple(self.files), tuple(self.misfits), self.scans.get("公章"), self.scans.get("签字")
        )

    def _used(self, found: Found, place: Place) -> Misplaced | None:
        if place.section == SEALS:
            return self._seal(found)
        content = examine(found.path, found.name)
        name = stem(found.name)
        is_document = (
            content.is_pdf or place.scans or SCANS in name or place.section in self.placing.items
        )
        settled = self.placing.file(place, name, is_document=is_document)
        if isinstance(settled, Misplaced):
            return settled
        self.files.append(
            EvidenceFile(
                path=found.path,
                name=found.name,
                section=settled.section,
                group=settled.group or 0,
                caption=caption(self.placing, settled, name, is_document=is_document),
                key=content.key,
                pages=content.pages,
                is_document=is_document,
                is_pdf=content.is_pdf,
            )
        )
        return None

    def _seal(self, found: Found) -> Misplaced | None:
        meant = seals_meant(found.name)
        if len(meant) != 1:
            return Misplaced("看不出是公章还是签字", "请命名为“公章.png”或“签字.png”")
        if meant[0] in self.scans:
            return Misplaced(f"是又一份{meant[0]}，没有使用", "请只留一份")
        if examine(found.path, found.name).is_pdf:
            return Misplaced(f"是 PDF，{meant[0]}要用图片", "请另存为 PNG 后放回原处")
        self.scans[meant[0]] = found.path
        return None

    def _note_folder(self, found: Found, why: Misplaced) -> None:
        at = self._at(found.name, "")
        if found.count is None:
            self.misfits.append(Misfit(at, f"“{at.heading}”{why.what}", why.remedy))
        elif found.count:
            what = f"文件夹“{at.heading}”{why.what}，其中的{found.count}个文件没有使用"
            self.misfits.append(Misfit(at, what, why.remedy))

    def _at(self, name: str, section: str) -> Location:
        path = f"{FOLDER}/{name}" if name else FOLDER
        return Location(path, section=section if section != SEALS else "", heading=path)
