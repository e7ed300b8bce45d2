"""Where in the package a folder and the files in it belong, told by names alone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from duibiao.law.common import CommonLaw
from duibiao.model.emissions import FacilityKind
from duibiao.project.evidence.facilities import (
    Facilities,
    Items,
    Trouble,
    item_names,
    row_number,
)
from duibiao.project.evidence.sections import Meaning, Sections, plain

SEALS = "签章"
"""Name of the folder of seal and signature, and the section of what lies in it."""

CONTRACTS = "合同和监测报告"
"""Name of the folder in 2.13.1 to 2.13.4 for papers of any facility."""

SCANS = "扫描"
"""What the name of a folder or file says where its pictures are scans of documents."""

CONTROLS = "五.2.15"

_FACILITIES = {
    f"五.2.13.{number}": f"{kind.value}设施" for number, kind in enumerate(FacilityKind, 1)
}
_ITEMS = ("五.2.16.1", "五.2.16.2")
_PAPERS = re.compile(r"合同|报告|监测|验收|协议|发票|票据|资料|文件")
_OTHER = "请改成提纲的编号和名称（如“2.7 储罐”），或把文件移到所属的文件夹"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the files of a folder belong.

    Attributes:
        section: Key of the section, SEALS, or "" in 证据/ itself.
        group: Facility or item, 0 for papers of any facility, None where it is not told yet.
        scans: Pictures in it are scans of documents.
        row: Row of 无组织管控 that the photos show (2.15), or 0.
        row_name: Name of the folder of that row, or "".
    """

    section: str = ""
    group: int | None = None
    scans: bool = False
    row: int = 0
    row_name: str = ""


@dataclass(frozen=True, slots=True)
class Misplaced:
    """Why a folder or a file belongs nowhere, and what to do."""

    what: str
    remedy: str


class Placing:
    """Finds the place of folders and files."""

    def __init__(self, common: CommonLaw, facilities: Mapping[str, Sequence[str]]) -> None:
        """Take the outline, and the names of the facilities by section."""
        self.sections = Sections(common)
        self.facilities = {
            key: Facilities(tuple(facilities.get(key, ())), suffix)
            for key, suffix in _FACILITIES.items()
        }
        self.items = {key: Items(item_names(self.sections.heading(key))) for key in _ITEMS}

    def folder(self, outer: Place, name: str) -> Place | Misplaced:
        """Return the place of the folder `name` in one whose place is `outer`."""
        if outer.section == SEALS:
            return Misplaced("签章文件夹里不再分文件夹", "请把公章和签字的图片直接放在签章文件夹里")
        if not outer.section and plain(name).startswith(SEALS):
            return replace(outer, section=SEALS)
        meaning = self.sections.meaning(name)
        if outer.section in self.sections.leaves:
            if meaning and meaning.certain and meaning.key != outer.section:
                return Misplaced(
                    f"放错了位置，它是{self._label(meaning.key)}的文件夹，却在{self._label(outer.section)}里",
                    "请把它移到证据文件夹下",
                )
            return self._within(outer, name, meaning)
        if meaning is None:
            return Misplaced("不对应提纲的任何一节", _OTHER)
        if meaning.against:
            return Misplaced(
                f"编号是{self._label(meaning.key)}的，名称却是{self._label(meaning.against)}的",
                "请核对里面的文件属于哪一节，改正编号或名称",
            )
        if outer.section and not meaning.key.startswith(outer.section):
            return Misplaced(
                f"放错了位置，{self._label(meaning.key)}不在{self._label(outer.section)}之下",
                "请把它移到证据文件夹下",
            )
        place = replace(outer, section=meaning.key)
        if meaning.order is not None:
            return self._within(place, name, meaning)
        return replace(place, scans=outer.scans or SCANS in name)

    def file(self, place: Place, stem: str, *, is_document: bool) -> Place | Misplaced:
        """Return the place of a file of which the folder's is known.

        Args:
            place: Place of its folder.
            stem: Its name without ending.
            is_document: It is a PDF or the scan of a document.
        """
        section = place.section
        if section not in self.sections.leaves:
            return self._between(section)
        if place.group is None and section in self.items:
            found = self._numbered(section, stem, bracketed=True)
            if isinstance(found, int):
                return replace(place, group=found)
            count = len(self.items[section].names)
            what = found.what if found else f"看不出属于（1）至（{count}）中的哪一项"
            return Misplaced(what, f"请放进{self._label(section)}下（1）至（{count}）的文件夹")
        if place.group is None and section in self.facilities:
            return self._of_facility(place, stem, is_document=is_document)
        if section == CONTROLS and not place.row:
            return replace(place, row=row_number(stem) or 0)
        return place

    def _between(self, section: str) -> Misplaced:
        if not section:
            return Misplaced("直接放在证据文件夹里，看不出证明什么", "请放进所属章节的文件夹")
        return Misplaced(
            f"直接放在{self._label(section)}里，看不出属于其下的哪一节", "请放进其下各节的文件夹"
        )

    def _of_facility(self, place: Place, stem: str, *, is_document: bool) -> Place | Misplaced:
        if is_document:
            return replace(place, group=0)
        found = self._numbered(place.section, stem)
        if isinstance(found, int):
            return replace(place, group=found)
        return Misplaced(
            found.what if found else f"看不出是哪一个{_FACILITIES[place.section]}的照片",
            f"请核对申报数据，把它放进该设施的文件夹，或在文件名前写上设施的序号（如“1# {stem}”）",
        )

    def _within(self, outer: Place, name: str, meaning: Meaning | None) -> Place | Misplaced:
        """Return the place of a folder inside that of a section, or of a facility right below 证据/."""
        section = outer.section
        place = replace(outer, scans=outer.scans or SCANS in name)
        if outer.group is not None or section not in (*self.facilities, *self.items):
            if section == CONTROLS and not outer.row and (row := row_number(name)):
                return replace(place, row=row, row_name=name)
            return place
        own = meaning if meaning and meaning.key == section else None
        if section in self.facilities and not (own and own.order):
            if _PAPERS.search(name) or SCANS in name:
                return replace(place, group=0, scans=True)
        elif section in self.items and SCANS in name:
            return place
        found = self._numbered(section, own.title if own else name, own.order if own else None)
        if isinstance(found, int):
            return replace(outer, group=found)
        what = found.what if found else f"不对应{self._label(section)}的任何一个设施或一项"
        return Misplaced(what, "请核对申报数据，改正文件夹的序号或名称")

    def _numbered(
        self, section: str, name: str, order: int | None = None, *, bracketed: bool = False
    ) -> int | Trouble | None:
        if section in self.facilities:
            return self.facilities[section].find(name, order)
        return self.items[section].find(name, order, bracketed=bracketed)

    def _label(self, key: str) -> str:
        return f"“{self.sections.heading(key).label}”"
