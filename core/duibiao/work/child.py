"""What runs in a child process: nothing here touches the database, and everything goes through one folder.

The parent makes the folder, writes the file and ``request.json`` there, and reads what it finds when the child is done. A child that
grows too large, takes too long or dies leaves nothing but its folder.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from duibiao.model.errors import DuibiaoError
from duibiao.reports.faces import Face
from duibiao.reports.model import CheckReport
from duibiao.reports.waivers import Waiver
from duibiao.service import Request, Service

REQUEST, REPORT, STAGE, REFUSED = "request.json", "report.json", "stage", "refused"

ANNOTATED = "annotated"
"""Name of the face that is the annotated copy of the original."""
CHANGED = "审查之后规则、规定或插件有变化；请先重新审查，再下载"
"""Said in REFUSED where a report no longer comes out as it was."""

_service: Service | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """作业要求: what the child shall do with the file.

    Attributes:
        file: File name as the user knows it; the file lies under it in the folder.
        waivers: Waivers that count.
    """

    file: str
    waivers: tuple[Waiver, ...] = ()

    def write(self, folder: Path) -> None:
        """Write it into the folder."""
        told = asdict(self)
        for waiver in told["waivers"]:
            waiver["until"] = waiver["until"].isoformat()
        (folder / REQUEST).write_text(json.dumps(told, ensure_ascii=False), "utf-8")

    @staticmethod
    def read(folder: Path) -> Asked:
        """Read it from the folder."""
        told = json.loads((folder / REQUEST).read_text("utf-8"))
        waivers = tuple(
            Waiver(**{**entry, "until": date.fromisoformat(entry["until"])})
            for entry in told["waivers"]
        )
        return Asked(told["file"], waivers)


def prepare(memory: int) -> None:
    """Set the limits of this process and load the law, once.

    Args:
        memory: Greatest address space in bytes; 0 for no limit.
    """
    global _service  # noqa: PLW0603 - one a process
    if memory:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    os.nice(5)
    _service = Service().ready()


def service() -> Service:
    """Return the service of this process."""
    assert _service is not None, "prepare() was not called"
    return _service


def check(folder: str) -> bool:
    """Check the file of a folder; leaves REPORT there, or REFUSED with the reason.

    Returns:
        Whether there is a report.
    """

    def run(service: Service, home: Path, asked: Asked) -> None:
        report = _checked(service, home, asked)
        stage(home, "生成报告")
        from duibiao.reports import as_json

        (home / REPORT).write_text(as_json.render(report), "utf-8")

    return guarded(folder, run)


def make(folder: str, face: str, out: str) -> bool:
    """Make a face of the report, or the annotated copy, from the file of a folder.

    The report must come out as it stands in REPORT; where the rules or the law have changed since, REFUSED is CHANGED.

    Args:
        folder: The folder.
        face: Name of a face, or ``annotated``.
        out: A folder in the folder, where the one file is left that is made.

    Returns:
        Whether it was made.
    """

    def run(service: Service, home: Path, asked: Asked) -> None:
        if face == ANNOTATED:
            from duibiao.service.annotating import annotate

            request = Request(waivers=asked.waivers)
            stage(home, "写批注")
            _demand_same(home, annotate(service, home / asked.file, home / out, request).report)
            return
        report = _checked(service, home, asked)
        _demand_same(home, report)
        from duibiao.service.papers import encoded

        wanted = Face(face)
        name = f"{Path(asked.file).stem}{wanted.tail or '-审查报告'}{wanted.suffix}"
        (home / out / name).write_bytes(encoded(report, wanted))

    return guarded(folder, run)


def view(folder: str, out: str) -> bool:
    """Write what `duibiao.work.viewing.view_of` says of the file of a folder.

    Args:
        folder: The folder.
        out: Name of the JSON file to write in the folder.

    Returns:
        Whether it was written.
    """

    def run(_: Service, home: Path, asked: Asked) -> None:
        from duibiao.work.viewing import view_of

        seen = view_of(home / asked.file)
        (home / out).write_text(json.dumps(seen, ensure_ascii=False), "utf-8")

    return guarded(folder, run)


def draw(folder: str, document: str, page: str, out: str) -> bool:
    """Draw a page of the file of a folder; see `duibiao.work.viewing.draw`.

    Args:
        folder: The folder.
        document: Place of the document, from 0.
        page: Page, from 1.
        out: Name of the PNG file to write in the folder.

    Returns:
        Whether it was drawn.
    """

    def run(_: Service, home: Path, asked: Asked) -> None:
        from duibiao.work import viewing

        viewing.draw(home / asked.file, int(document), int(page), home / out)

    return guarded(folder, run)


def show(folder: str, document: str, key: str, out: str) -> bool:
    """Write a picture of the file of a folder; see `duibiao.work.viewing.show`.

    Args:
        folder: The folder.
        document: Place of the document, from 0.
        key: Key of the picture.
        out: Name of the JPEG file to write in the folder.

    Returns:
        Whether it was written.
    """

    def run(_: Service, home: Path, asked: Asked) -> None:
        from duibiao.work import viewing

        viewing.show(home / asked.file, int(document), key, home / out)

    return guarded(folder, run)


def _demand_same(home: Path, report: CheckReport) -> None:
    from duibiao.reports import as_json

    if as_json.render(report) != (home / REPORT).read_text("utf-8"):
        raise DuibiaoError(CHANGED)


def _checked(service: Service, home: Path, asked: Asked) -> CheckReport:
    stage(home, "读取文件，逐条检查")
    return service.check(home / asked.file, Request(waivers=asked.waivers))


def guarded(folder: str, run: Callable[[Service, Path, Asked], None]) -> bool:
    """Run work over a folder; leaves REFUSED there with the reason where it is refused or needs too much memory.

    Returns:
        Whether it was done.
    """
    home = Path(folder)
    try:
        run(service(), home, Asked.read(home))
    except DuibiaoError as error:
        (home / REFUSED).write_text(str(error), "utf-8")
        return False
    except MemoryError:
        (home / REFUSED).write_text(
            "读这个文件需要的内存超过上限；请拆分文件或压缩图片后再上传", "utf-8"
        )
        return False
    return True


def stage(home: Path, words: str) -> None:
    """Leave STAGE in a folder: what is being done, in words."""
    (home / STAGE).write_text(words, "utf-8")
