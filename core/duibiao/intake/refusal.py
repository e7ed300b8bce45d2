"""How a file is refused: one wording for every reason."""

from __future__ import annotations

from duibiao.model.errors import IntakeError

RESAVE = "请用 Word 或 WPS 打开核对，另存为新的 .docx 后重新提交"
READABLE = (
    "请提供 Word（.docx）、PDF、.doc、.wps、.rtf、.odt 文件，或装有这些文件的 zip、7z、rar 压缩包"
)


def refusal(name: str, reason: str, advice: str = RESAVE) -> IntakeError:
    """Return the error for the file `name`: why it cannot be read, and what to do about it."""
    return IntakeError(f"《{name}》无法读取：{reason}。{advice}。")
