"""What is done with projects in a child process, beside `duibiao.work.child`: reading data, judging, building."""

from __future__ import annotations

import json
import zipfile
from dataclasses import asdict, dataclass
from pathlib import Path

from duibiao.model.errors import DuibiaoError
from duibiao.office.project_form import catalogue_for, content_of, misfits_in
from duibiao.project.reading import read_project_data
from duibiao.rules.definition import Severity
from duibiao.service import Service
from duibiao.work.child import REPORT, Asked, guarded, stage

CONTENT, PACKAGE, SUMMARY = "content.json", "package.zip", "summary.json"
HOME = "项目"
"""Name of the project folder in the folder of the work."""

_STAMP = (1980, 1, 1, 0, 0, 0)
_STORED = frozenset({".pdf", ".docx"})
_MODE = 0o644 << 16


@dataclass(frozen=True, slots=True)
class Built:
    """What the parent writes into the tables after a build.

    Attributes:
        draft: It says 草稿.
        errors: Findings that are errors.
        notes: What is left to do, in words.
    """

    draft: bool
    errors: int
    notes: tuple[str, ...]


def read_data(folder: str) -> bool:
    """Read 申报数据.xlsx, .toml or .json of a folder; leaves CONTENT there, with what could not be taken over, or REFUSED.

    Returns:
        Whether it could be read.
    """

    def run(service: Service, home: Path, asked: Asked) -> None:
        data = read_project_data(
            home / asked.file,
            lambda form: catalogue_for(service, form.texts()),
        )
        content = content_of(data)
        catalogue = catalogue_for(service, content.get("form", {}))
        still = {misfit.what for misfit in misfits_in(catalogue, content)}
        lost = [f"{one.at.quoted()}：{one.what}" for one in data.misfits if one.what not in still]
        told = {"content": content, "lost": lost}
        (home / CONTENT).write_text(json.dumps(told, ensure_ascii=False), "utf-8")

    return guarded(folder, run)


def judge_project(folder: str) -> bool:
    """Judge the project in a folder before it is built; leaves REPORT there, or REFUSED.

    Returns:
        Whether there is a report.
    """

    def run(service: Service, home: Path, asked: Asked) -> None:
        from duibiao.reports import as_json

        project = service.open_project(home / asked.file)
        (home / REPORT).write_text(as_json.render(service.judge_project(project)), "utf-8")

    return guarded(folder, run)


def build(folder: str, forced: str) -> bool:
    """Build the package of the project in a folder; leaves PACKAGE and SUMMARY there, or REFUSED.

    Args:
        folder: The folder.
        forced: Not "" to build a draft in spite of errors.

    Returns:
        Whether it was built.
    """

    def run(service: Service, home: Path, asked: Asked) -> None:
        stage(home, "检查填写的内容和证据")
        project = service.open_project(home / asked.file)
        report = service.judge_project(project)
        errors = report.count(Severity.ERROR)
        if errors and not forced:
            raise DuibiaoError(
                f"有 {errors} 处不符合，没有编制；请按“审查意见”改正后重新编制，要先看样子可以编制草稿"
            )
        stage(home, "写 Word 文件、排页码、合成 PDF")
        made = service.build(project, report)
        stage(home, "打包")
        pack(made.folder, home / PACKAGE)
        told = Built(made.is_draft, errors, made.notes)
        (home / SUMMARY).write_text(json.dumps(asdict(told), ensure_ascii=False), "utf-8")

    return guarded(folder, run)


def pack(folder: Path, target: Path) -> None:
    """Write the files of a folder into a zip; the same files give the same bytes.

    Args:
        folder: The folder.
        target: The zip to write.
    """
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    with zipfile.ZipFile(target, "w") as archive:
        for path in files:
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _STAMP)
            entry.external_attr = _MODE
            stored = path.suffix in _STORED  # compressed already
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, path.read_bytes())
