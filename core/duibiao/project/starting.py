"""A new project: the workbook with what is known already, and the evidence folder with what belongs where."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from duibiao.law.in_force import LawInForce
from duibiao.law.records import Requirement
from duibiao.model.errors import ProjectError, UsageError, reason
from duibiao.model.grades import Grade
from duibiao.model.location import Located, Location
from duibiao.project.blank import write_workbook
from duibiao.project.catalogue import Catalogue
from duibiao.project.compose import facility_names
from duibiao.project.data import ProjectData, Record
from duibiao.project.evidence import evidence_folders
from duibiao.project.evidence.scanning import NOTE
from duibiao.project.names import FOLDER, WORKBOOK
from duibiao.project.requirements import requirement_text
from duibiao.project.sheets.enterprise import COMPLIANCE_TOPICS

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_LONGEST = 60
_FROM_NAME = "由项目名称填入；请改成营业执照上的全称，与公章、排污许可证一致"


def start(where: Path, name: str, catalogue: Catalogue, grade: Grade | None = None) -> Path:
    """Make the folder of a new project.

    Args:
        where: Folder in which it is made.
        name: Its name, and for the time being that of the enterprise.
        catalogue: What it asks for; its law has the industry's branch.
        grade: The grade that is aimed at: its requirements are filled in, each with its standing.

    Returns:
        The folder: 申报数据.xlsx and 证据/. It appears whole or not at all.

    Raises:
        UsageError: The name cannot be that of a folder.
        ProjectError: The folder is there and not empty, or cannot be written.
    """
    data = prefilled(name, catalogue.law, grade)
    folder = where / name
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ProjectError(f"“{folder}”已经存在，没有改动；请换一个名称，或先移走原来的内容")
    part = where / f".{name}.{os.getpid()}.part"
    law = catalogue.law
    try:
        try:
            part.mkdir(parents=True)
            write_workbook(
                part / WORKBOOK,
                catalogue,
                data,
                dict(_remarks(law, grade)),
            )
            _add_folders(part, law, {})
            if folder.exists():
                folder.rmdir()
            part.rename(folder)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    except OSError as error:
        raise ProjectError(
            f"无法建立“{folder}”（{reason(error)}）；请检查位置、权限和磁盘空间"
        ) from error
    return folder


def prefilled(name: str, law: LawInForce, grade: Grade | None = None) -> ProjectData:
    """Return what is known of a new project.

    Args:
        name: Its name, and for the time being that of the enterprise.
        law: The law of the industry's branch.
        grade: The grade that is aimed at.

    Raises:
        UsageError: The name cannot be that of a folder.
    """
    _check_name(name)
    form = {"enterprise": name}
    if law.branch is not None:
        form["industry"] = law.branch.name
    if grade is not None:
        form["grade"] = grade.label
    return ProjectData(
        WORKBOOK,
        "",
        0,
        {"form": _record(**form)},
        {
            "compliance": tuple(_record(topic=topic) for topic in COMPLIANCE_TOPICS),
            "indicators": tuple(
                _record(indicator=indicator, requirement=requirement_text(rows))
                for indicator, rows in _asked(law, grade)
            ),
        },
    )


def add_folders(folder: Path, law: LawInForce, data: ProjectData) -> tuple[str, ...]:
    """Add the evidence folders that a project lacks, such as those of facilities filled in meanwhile.

    Args:
        folder: The project.
        law: The law by which it is composed.
        data: What is filled in.

    Returns:
        The folders added, below 证据; nothing else is touched.

    Raises:
        ProjectError: The folders cannot be written.
    """
    try:
        return _add_folders(folder, law, facility_names(data))
    except OSError as error:
        raise ProjectError(
            f"无法在“{folder / FOLDER}”中建立文件夹（{reason(error)}）；请检查权限和磁盘空间"
        ) from error


def _add_folders(
    folder: Path, law: LawInForce, facilities: Mapping[str, Sequence[str]]
) -> tuple[str, ...]:
    notes = evidence_folders(law.common, _sections(law), facilities, law.checklist)
    added = tuple(name for name in notes if not (folder / FOLDER / name).exists())
    for name in added:
        (folder / FOLDER / name).mkdir(parents=True, exist_ok=True)
        (folder / FOLDER / name / NOTE).write_text(notes[name], encoding="utf-8")
    return added


def _check_name(name: str) -> None:
    if (
        not name.strip(". ")
        or name != name.strip()
        or name.endswith(".")
        or len(name) > _LONGEST
        or _FORBIDDEN.search(name)
        or _RESERVED.fullmatch(name)
    ):
        raise UsageError(
            f"“{name}”不能作文件夹名；请写 1 至 {_LONGEST} 个字的企业简称，"
            '不含 < > : " / \\ | ? *，首尾不留空格和句点'
        )


def _sections(law: LawInForce) -> set[str]:
    """Return the keys of the evidence sections that apply or may apply."""
    unused = {f"五.{item.number}" for item in law.checklist if item.applies == "no"}
    return {
        heading.key
        for heading in law.common.outline
        if heading.key.startswith("五.2.") and heading.key not in unused
    }


def _asked(law: LawInForce, grade: Grade | None) -> Iterator[tuple[str, tuple[Requirement, ...]]]:
    """Yield the indicators that everybody has or of which something is required, with the requirements."""
    for indicator in law.common.indicators if grade is not None else ():
        rows = law.requirements_of(indicator.name, grade) if grade is not None else ()
        if rows or not indicator.if_applicable:
            yield indicator.name, rows


def _remarks(law: LawInForce, grade: Grade | None) -> Iterator[tuple[tuple[str, int, str], str]]:
    yield ("form", 0, "enterprise"), _FROM_NAME
    for index, (_, rows) in enumerate(_asked(law, grade)):
        origins = dict.fromkeys(str(row.provenance) for row in rows)
        said = (
            "\n".join((*origins, "请对照技术指南核对"))
            if origins
            else "没有查到该等级的要求（缺），请对照技术指南填写"
        )
        yield ("indicators", index, "requirement"), said


def _record(**values: str) -> Record:
    at = Location(WORKBOOK)
    return Record(at, {key: Located(value, at) for key, value in values.items() if value})
