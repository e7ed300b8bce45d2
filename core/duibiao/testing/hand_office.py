"""Round trips through LibreOffice, each in a throw-away profile; only where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

_SECONDS = 120


def is_installed() -> bool:
    """Return whether LibreOffice can be run."""
    return shutil.which("soffice") is not None


def converted(data: bytes, *formats: str) -> bytes:
    """Return a Word file after LibreOffice has saved it in one format after the other.

    Args:
        data: The Word file.
        formats: Such as ``odt`` and ``docx``, or ``pdf``.
    """
    program = shutil.which("soffice")
    assert program is not None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "in" / "file.docx"
        path.parent.mkdir()
        path.write_bytes(data)
        for number, format_ in enumerate(formats):
            target = Path(folder) / str(number)
            subprocess.run(  # noqa: S603  our own file, no shell
                [
                    program,
                    f"-env:UserInstallation=file://{folder}/profile",
                    "--headless",
                    "--convert-to",
                    format_,
                    "--outdir",
                    str(target),
                    str(path),
                ],
                check=True,
                capture_output=True,
                timeout=_SECONDS,
            )
            path = target / f"file.{format_}"
        return path.read_bytes()
