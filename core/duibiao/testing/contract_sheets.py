"""The part of the plugin contract that is about the sheets of projects."""

from __future__ import annotations

from collections.abc import Iterator

from duibiao.law.plugin_sheets import sheet_faults
from duibiao.project.sheets import SHEETS
from duibiao.testing.contract_parts import Subject


def sheets(subject: Subject) -> Iterator[str]:
    """Yield what is wrong with the sheets that projects of the industry fill in beside those of every project."""
    taken = {name for sheet in SHEETS for name in (sheet.key, sheet.title)}
    for edition, volume in subject.book.volumes:
        hook = f"duibiao_project_sheets({edition.provenance.id})"
        for fault in sheet_faults(volume.sheets, subject.industry.sources, subject.common):
            yield f"{hook}：{fault}"
        for sheet in volume.sheets:
            yield from (
                f"{hook}：{name!r} 是程序自己的工作表；请换一个"
                for name in (sheet.key, sheet.title)
                if name in taken
            )
