"""A package → 批注件: the copy of its main document in which every finding stands where it belongs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from duibiao.document.office import convert_to_docx
from duibiao.intake.kinds import FileKind
from duibiao.intake.package import open_package
from duibiao.model.classes import dataclass
from duibiao.model.errors import UsageError
from duibiao.project.names import DOSSIER, is_built, is_project
from duibiao.rendering.writing import written
from duibiao.reports.model import CheckReport
from duibiao.reports.writing import ANNOTATED, is_input

if TYPE_CHECKING:
    from duibiao.service import Request, Service


@dataclass(frozen=True, slots=True)
class Annotated:
    """批注件.

    Attributes:
        path: The file.
        report: What was found.
        placed: Findings at a place of their own.
        apart: Findings in the note about the whole.
        remarks: What the user should know of the copy.
    """

    path: Path
    report: CheckReport
    placed: int
    apart: int
    remarks: tuple[str, ...]


def annotate(service: Service, source: Path, out: Path | None, request: Request) -> Annotated:
    """Check a package and write the annotated copy of its main document, at once or not at all.

    Args:
        service: The service.
        source: The package: Word, PDF, an old format (the copy is the .docx that LibreOffice makes of it), or an archive.
        out: The file to write, or the folder for it; None for the folder of `source`.
        request: What the caller fixes.

    Raises:
        IntakeError: The package cannot be read, or its document cannot be annotated.
        UsageError: It is a folder; the file to write exists, is the package, or has another suffix than it should.
        BuildError: The file cannot be written.
    """
    _refuse_folders(source)
    report = service.check(source, request)
    with open_package(source, source.name) as package:
        main = package.main
        if main.sha256 != report.sha256:
            raise UsageError(f"{source} 在审查过程中改动过，没有写批注件；请重新运行")
        data, remarks = main.read(), []
        if main.kind.is_converted:
            data = convert_to_docx(data, main.kind, main.name)
            remarks.append(f"原件是{main.kind.value}，批注件由 LibreOffice 转换成 .docx 后加批注")
    if main.kind is FileKind.PDF:
        from duibiao.rendering.annotating.pdf import annotate_pdf

        path = _target(source, out, ".pdf")
        with written(path) as stream:
            done = annotate_pdf(data, main.name, report, stream)
    else:
        from duibiao.rendering.annotating.word import annotate_word, suffix_of

        path = _target(source, out, suffix_of(data, main.name))
        with written(path) as stream:
            done = annotate_word(data, main.name, report, stream)
    return Annotated(path, report, done.placed, done.apart, (*remarks, *done.remarks))


def _refuse_folders(source: Path) -> None:
    if is_project(source):
        raise UsageError(
            f"“{source}”是项目，还没有可以加批注的文件；请用 duibiao check 审查，"
            f"或在编制后对 成果 文件夹中的 {DOSSIER}.docx 加批注"
        )
    if is_built(source):
        raise UsageError(f"请写明要加批注的文件：{source / DOSSIER}.docx 或 {DOSSIER}.pdf")
    if source.is_dir():
        raise UsageError(f"“{source}”是文件夹；请写明要加批注的一个文件")


def _target(source: Path, out: Path | None, suffix: str) -> Path:
    """Return the file to write, which must be free."""
    name = f"{source.stem}{ANNOTATED}{suffix}"
    if out is None:
        out = source.with_name(name)
    elif out.is_dir():
        out /= name
    elif out.suffix.lower() != suffix:
        raise UsageError(
            f"批注件是 {suffix} 文件，--out 写的是“{out}”；请写以 {suffix} 结尾的文件名"
        )
    if is_input(out, [source]):
        raise UsageError(f"批注件不能写到 {out}：它就是申报材料；请用 --out 指定别的文件名")
    if out.exists() or out.is_symlink():
        raise UsageError(
            f"已经有 {out}，没有覆盖（其中可能有人写了批注）；请把它改名或删去，或用 --out 指定别的文件名"
        )
    return out
