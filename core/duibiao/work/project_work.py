"""Work on projects that somebody waits for: judging while the form is filled in, reading data that are imported."""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO

from duibiao.office import projects
from duibiao.office.errors import InvalidError
from duibiao.office.project_form import Spot, catalogue_of_content, in_words, spot_of
from duibiao.procedure.rights import Actor
from duibiao.project.names import DATA_NAMES, FOLDER
from duibiao.storage.projects import Project
from duibiao.work import project_child
from duibiao.work.building import lay_out
from duibiao.work.child import REPORT, Asked
from duibiao.work.children import workplace
from duibiao.work.shop import Workshop

_KEPT = 64
"""Reports that a process remembers, so that going from sheet to sheet judges nothing again."""


@dataclass(frozen=True, slots=True)
class Hint:
    """提示: a finding on a project, at the place in the form where it can be mended.

    Attributes:
        code: Code of the rule.
        severity: Severity, as `duibiao.rules.definition.Severity` has it.
        spot: Place in the form; None where it is none.
        section: Number of the evidence section in which it is printed, such as ``2.13.1``; "" where it is in none.
        place: The place in words.
        message: What is wrong.
        todo: What to do.
        articles: Articles in words.
    """

    code: str
    severity: str
    spot: Spot | None
    section: str
    place: str
    message: str
    todo: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """检查结果 of a project: its verdict in words, and its findings in the order of the rules."""

    verdict: str
    reasons: tuple[str, ...]
    hints: tuple[Hint, ...]


_known: OrderedDict[tuple[str, int, date], Judgement] = OrderedDict()
_lock = threading.Lock()


def judge(shop: Workshop, actor: Actor, project_id: str) -> Judgement:
    """Judge a project as it stands, in a child process.

    Raises:
        ForbiddenError: If the role may not fill in projects.
        NotFoundError: If there is no such project.
        FailedError: If it cannot be judged; the message says why.
        StoreError: If an evidence file is not in the store any more.
    """
    project = projects.open_project(shop.office, actor, project_id)
    key = (project.id, project.version, shop.office.today)
    with _lock:
        if key in _known:
            return _known[key]
    with workplace() as folder:
        lay_out(shop.office, project, folder)
        shop.children.run(project_child.judge_project, folder)
        report = json.loads((folder / REPORT).read_text("utf-8"))
    judgement = _judgement(shop, project, report)
    with _lock:
        _known[key] = judgement
        while len(_known) > _KEPT:
            _known.popitem(last=False)
    return judgement


def _judgement(shop: Workshop, project: Project, report: dict[str, Any]) -> Judgement:
    catalogue = catalogue_of_content(shop.office.service, project.data)

    def hint(finding: dict[str, Any]) -> Hint:
        at = finding["at"]
        spot = spot_of(catalogue, at["sheet"], at["row"], at["column"])
        return Hint(
            code=finding["code"],
            severity=finding["severity"],
            spot=spot,
            section=_section(at),
            place=in_words(catalogue, spot) if spot else at["text"],
            message=finding["message"],
            todo=finding["todo"],
            articles=tuple(
                f"{one['number']} {one['place']}".strip() for one in finding["articles"]
            ),
        )

    return Judgement(
        report["verdict_label"], tuple(report["reasons"]), tuple(map(hint, report["findings"]))
    )


def _section(at: dict[str, Any]) -> str:
    part, _, number = str(at["section"]).partition(".")
    is_evidence = part == "五" and number.startswith("2.")
    return number if is_evidence or str(at["file"]).startswith(f"{FOLDER}/") else ""


def import_data(
    shop: Workshop, actor: Actor, project_id: str, file: str, content: BinaryIO, *, version: int
) -> tuple[str, ...]:
    """Replace all that is filled in by an uploaded 申报数据.

    Args:
        shop: The workshop.
        actor: Who imports it.
        project_id: The project.
        file: File name as the user knows it; its ending says what it is.
        content: The file, open at its beginning.
        version: The version that the actor has seen.

    Returns:
        What could not be taken over, in words.

    Raises:
        ForbiddenError: If the role may not fill in projects.
        NotFoundError: If there is no such project.
        InvalidError: If it is of another kind.
        ConflictError: If somebody has changed the project since; nothing is replaced.
        FailedError: If it cannot be read; the message says why.
    """
    projects.open_project(shop.office, actor, project_id)
    name = f"申报数据.{file.rpartition('.')[2].lower()}"
    if name not in DATA_NAMES:
        raise InvalidError(f"“{file}”不能导入；请选 申报数据.xlsx，或 .json、.toml 文件")
    with workplace() as folder:
        with (folder / name).open("wb") as target:
            while piece := content.read(1 << 20):
                target.write(piece)
        Asked(name).write(folder)
        shop.children.run(project_child.read_data, folder)
        told = json.loads((folder / project_child.CONTENT).read_text("utf-8"))
    projects.replace_data(shop.office, actor, project_id, told["content"], version=version)
    return tuple(told["lost"])
