"""LibreOffice: old formats become .docx, and .docx becomes a PDF for its page numbers.

A cold process each time, with a profile of its own, limited, without network, macros and updates of links; it is
really killed when its time is over, and nothing of it is left.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from duibiao.intake.kinds import FileKind
from duibiao.intake.refusal import RESAVE, refusal
from duibiao.intake.sandbox import Allowance, run, scratch

_MIB = 1 << 20
ALLOWANCE = Allowance(seconds=120, memory=3072 * _MIB, file_size=512 * _MIB)
"""What one conversion may cost; 532 pages took 7 seconds and half a gigabyte."""

_PROGRAMS = ("soffice", "libreoffice")
_SUFFIXES = {FileKind.OLD_WORD: ".doc", FileKind.RTF: ".rtf", FileKind.ODT: ".odt"}
_SERIF = ("Noto Serif CJK SC", "Source Han Serif SC", "AR PL UMing CN")
_SANS = ("Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Zen Hei")
_TO_DOCX = "docx:MS Word 2007 XML"
_TO_PDF = (
    'pdf:writer_pdf_Export:{"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"}}'
)
_STAND_INS = {
    "方正小标宋简体": _SERIF,
    "仿宋_GB2312": _SERIF,
    "仿宋": _SERIF,
    "楷体_GB2312": ("AR PL UKai CN", *_SERIF),
    "楷体": ("AR PL UKai CN", *_SERIF),
    "宋体": _SERIF,
    "黑体": _SANS,
}
"""Fonts of official documents → free ones that stand in where a machine lacks them; LibreOffice would take any."""

_SETTINGS = (
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Writer/Content/Update", "Link", "2"),
    ("Writer/Content/Update", "Field", "true"),
    ("Java/VirtualMachine", "Enable", "false"),
)


def office_program() -> str | None:
    """Return the path of LibreOffice, or None where it is not installed."""
    return next((found for name in _PROGRAMS if (found := shutil.which(name))), None)


def convert_to_docx(
    source: bytes, kind: FileKind, name: str, allowance: Allowance = ALLOWANCE
) -> bytes:
    """Turn an old Word or WPS file, RTF or ODT into .docx.

    Args:
        source: Its bytes.
        kind: What it is.
        name: File name as the user knows it, for messages.
        allowance: What it may cost.

    Raises:
        IntakeError: LibreOffice is not installed, cannot read the file, or takes too long.
    """
    suffix = _SUFFIXES.get(kind)
    if suffix is None:
        raise ValueError(f"not converted by LibreOffice: {kind}")
    given = f"内容是{kind.value}，"
    return _convert(source, suffix, _TO_DOCX, (given, "转成 .docx "), name, allowance)


def paginate(docx: bytes, name: str, allowance: Allowance = ALLOWANCE) -> bytes:
    """Lay out a .docx and return it as PDF; bookmarks become named destinations.

    Args:
        docx: Its bytes.
        name: File name as the user knows it, for messages.
        allowance: What it may cost.

    Raises:
        IntakeError: LibreOffice is not installed, cannot read the file, or takes too long.
    """
    return _convert(docx, ".docx", _TO_PDF, ("", "计算准确页码"), name, allowance)


def _convert(
    source: bytes, suffix: str, target: str, what: tuple[str, str], name: str, allowance: Allowance
) -> bytes:
    given, aim = what
    program = office_program()
    if program is None:
        raise refusal(
            name,
            f"{given}{aim}需要 LibreOffice，本机没有安装",
            "请安装 LibreOffice（make system），或用 Word、WPS 打开，另存为 .docx 后提交",
        )
    with scratch(name) as folder:
        original = folder / f"given{suffix}"
        original.write_bytes(source)
        _write_profile(folder / "profile")
        _write_fonts(folder / ".config" / "fontconfig")
        command = [
            program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless", "--norestore", "--nologo", "--nolockcheck", "--nodefault",
            "--convert-to", target, "--outdir", str(folder / "made"), str(original),
        ]  # fmt: skip
        if not run(command, folder, allowance):
            reason = f"{given}LibreOffice {aim}超过 {allowance.seconds:g} 秒，已停止"
            raise refusal(name, reason, RESAVE)
        made = folder / "made" / f"given.{target.partition(':')[0]}"
        if not made.is_file() or not made.stat().st_size:
            reason = f"{given}LibreOffice 没能{aim.strip()}，文件可能已损坏、设有密码，或内容过大"
            raise refusal(name, reason, RESAVE)
        return made.read_bytes()


def _write_profile(profile: Path) -> None:
    """Make a profile in which no macro runs, no link is followed and Java is not looked for."""
    items = "".join(
        f'<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{prop}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, prop, value in _SETTINGS
    )
    user = profile / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        f"{items}</oor:items>",
        encoding="utf-8",
    )


def _write_fonts(folder: Path) -> None:
    """Say which fonts stand in for which; those that are installed come first."""
    rules = "".join(
        f'<match target="pattern"><test name="family" qual="any"><string>{wanted}</string></test>'
        + "".join(
            f'<edit name="family" mode="append" binding="strong"><string>{one}</string></edit>'
            for one in free
        )
        + "</match>"
        for wanted, free in _STAND_INS.items()
    )
    folder.mkdir(parents=True)
    (folder / "fonts.conf").write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
        f"{rules}</fontconfig>",
        encoding="utf-8",
    )
