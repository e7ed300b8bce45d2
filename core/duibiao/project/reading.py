"""The data of a project: exactly one of 申报数据.xlsx, .toml and .json."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from duibiao.intake.files import open_source, sha256_of, size_of
from duibiao.model.errors import IntakeError, ProjectError
from duibiao.model.location import Location
from duibiao.project.book import LIMITS
from duibiao.project.catalogue import Catalogue
from duibiao.project.data import ProjectData, Record
from duibiao.project.draft import Source
from duibiao.project.names import DATA_NAMES
from duibiao.project.notation import LARGEST, read_notation
from duibiao.project.schema import check
from duibiao.project.sheets.front import SHEETS as FRONT
from duibiao.project.workbook import WorkbookSource

_NEW = "请用 duibiao new 企业简称 --industry 行业 新建项目"


def data_file(path: Path) -> Path:
    """Return the data file of a project.

    Args:
        path: The project folder, or the file itself.

    Raises:
        ProjectError: There is none, or more than one.
    """
    if not path.is_dir():
        return path
    found = [path / name for name in DATA_NAMES if (path / name).exists()]
    if not found:
        raise ProjectError(
            f"文件夹“{path.name}”中没有 {'、'.join(DATA_NAMES)}；{_NEW}，或把文件改成这个名字"
        )
    if len(found) > 1:
        names = "、".join(file.name for file in found)
        raise ProjectError(f"文件夹“{path.name}”中有 {names}，不知道以哪一份为准；请只留一份")
    return found[0]


def read_project_data(path: Path, asked: Callable[[Record], Catalogue]) -> ProjectData:
    """Read the data of a project; what does not fit is told as misfits.

    Args:
        path: The project folder, or the data file.
        asked: The application form (申请表) as filled in → what the project is asked for; the industry decides.

    Raises:
        ProjectError: It cannot be read at all.
    """
    file = data_file(path)
    try:
        with open_source(file, file.name) as stream:
            size = size_of(stream, file.name)
            if size > LIMITS.file:
                raise ProjectError(
                    f"《{file.name}》超过{LIMITS.file >> 20}MB，没有读取；请删去其中的图片，照片放进证据文件夹"
                )
            sha256 = sha256_of(stream)
            stream.seek(0)
            source: Source
            if file.suffix.lower() in (".toml", ".json"):
                is_json = file.suffix.lower() == ".json"
                source = read_notation(stream.read(LARGEST + 1), file.name, sha256, is_json=is_json)
            else:
                source = WorkbookSource(stream, file.name, sha256, size)
            catalogue = asked(_form(source, file.name))
            return check(source.draft(catalogue.sheets), catalogue)
    except IntakeError as error:
        raise ProjectError(str(error).removesuffix("。")) from error


def _form(source: Source, name: str) -> Record:
    (form,) = FRONT
    found = source.draft(FRONT).records(form)
    return found[0] if found else Record(Location(name))
