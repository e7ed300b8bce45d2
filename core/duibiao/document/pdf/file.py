"""PDF files from strangers: opened within limits, refused with a reason."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from duibiao.intake.archive import LIMITS
from duibiao.intake.files import open_source, size_of
from duibiao.intake.pdfium import PDFIUM
from duibiao.intake.refusal import refusal
from duibiao.model.classes import dataclass
from duibiao.model.errors import IntakeError

RESAVE_PDF = "请确认能用 PDF 阅读器打开，由原文件重新导出 PDF 后提交"

MAX_PAGES = 3_000
"""Most pages that a file may have."""

_MIB = 1 << 20
_HEADER_WITHIN = 1024
_END, _END_WITHIN = b"%%EOF", 4096
_PASSWORD = 4
_REASONS = {
    2: "文件打不开",
    3: "文件结构已损坏或不完整，可能没有传完整",
    5: "使用了不支持的加密方式",
    6: "页面内容已损坏",
}


@dataclass(frozen=True, slots=True)
class PdfUpload:
    """A PDF file that may be read, while it is open.

    Attributes:
        name: File name as the user knows it.
        sha256: Hash of its bytes, in hexadecimal.
        size: Size in bytes.
        handle: The document in PDFium.
        warnings: What is out of the ordinary about it.
    """

    name: str
    sha256: str
    size: int
    handle: Any
    warnings: tuple[str, ...] = ()


@contextmanager
def open_pdf(source: Path | bytes, name: str) -> Iterator[PdfUpload]:
    """Open a PDF file; only one at a time in a process.

    Args:
        source: Its path, or its bytes.
        name: File name as the user knows it, for messages.

    Raises:
        IntakeError: It is missing, no PDF file, damaged, encrypted with a password, or too large.
    """
    with open_source(source, name) as stream:
        if size_of(stream, name) > LIMITS.file:
            raise _too_large(name, size_of(stream, name))
        data = stream.read()
    if b"%PDF-" not in data[:_HEADER_WITHIN]:
        raise refusal(name, "内容不是 PDF 文件", RESAVE_PDF)
    with PDFIUM:
        try:
            handle = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise _refused(name, error.err_code) from error
        try:
            pages = len(handle)
            if not pages:
                raise refusal(name, "文件里没有页面", RESAVE_PDF)
            if pages > MAX_PAGES:
                reason = f"文件有 {pages} 页，超过 {MAX_PAGES} 页的上限"
                raise refusal(name, reason, "请拆分后分别提交")
            warnings = tuple(_warnings(handle, name))
            if _END not in data[-_END_WITHIN:]:
                warnings = (*warnings, "文件结尾不完整，可能没有传完整，内容须人工核实")
            yield PdfUpload(name, hashlib.sha256(data).hexdigest(), len(data), handle, warnings)
        finally:
            handle.close()


def _too_large(name: str, size: int) -> IntakeError:
    reason = f"文件有 {size / _MIB:.0f} MiB，超过 {LIMITS.file // _MIB} MiB 的上限"
    return refusal(name, reason, "请压缩其中的图片后重新提交")


def _refused(name: str, code: int | None) -> IntakeError:
    if code == _PASSWORD:
        return refusal(name, "文件设有打开密码", "请去除密码后重新提交")
    return refusal(name, _REASONS.get(code or 0, "文件已损坏"), RESAVE_PDF)


def _warnings(handle: Any, name: str) -> Iterator[str]:
    suffix = PurePath(name).suffix.lower()
    if suffix != ".pdf":
        shown = f"扩展名是“{suffix}”" if suffix else "没有扩展名"
        yield f"文件{shown}，内容是 PDF 文件，已按内容读取"
    if pdfium.FPDFDoc_GetAttachmentCount(handle) > 0:
        yield "文件带有附件，其中的内容没有读取"
    if pdfium.FPDFDoc_GetJavaScriptActionCount(handle) > 0:
        yield "文件含有脚本，脚本没有运行"
    if pdfium.FPDF_GetFormType(handle) != pdfium.FORMTYPE_NONE:
        yield "文件含有可填写的表单域，域中填写的内容没有读取"
