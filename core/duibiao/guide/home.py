"""The plugin that an import goes to: its law, and whether it still loads with what is to be written."""

from __future__ import annotations

import shutil
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from duibiao.law.loading import IndustryLaw, load_industry_law
from duibiao.model.errors import LawError, UsageError

_PARTS = ("law", "checklist.toml", "measures.toml")


@dataclass(frozen=True, slots=True)
class Home:
    """插件的法规文件夹: where an import is written.

    Attributes:
        package: The plugin's import package.
        law: What its files hold now.
    """

    package: Path
    law: IndustryLaw

    @property
    def folder(self) -> Path:
        """The folder of its law files."""
        return self.package / "law"

    def check(self, name: str, text: str) -> None:
        """Load the law as it will be with a file written.

        Raises:
            LawError: If the loader refuses it; the message lists every error.
        """
        with tempfile.TemporaryDirectory(prefix="duibiao-") as scratch:
            copy = Path(scratch) / self.package.name
            copy.mkdir()
            for part in _PARTS:
                source = self.package / part
                if source.is_dir():
                    shutil.copytree(source, copy / part)
                else:
                    shutil.copyfile(source, copy / part)
            (copy / "law" / name).write_text(text, encoding="utf-8")
            load_industry_law(copy)


def open_home(out: Path) -> Home:
    """Open the plugin to which a folder belongs.

    Args:
        out: Its folder ``law``, or the import package around it.

    Raises:
        UsageError: If it is no plugin's, or its law does not load.
    """
    folder = out / "law" if (out / "law").is_dir() else out
    folder = folder.resolve()
    if not folder.is_dir() or folder.name != "law":
        raise UsageError(
            f"--out 应是插件的 law 文件夹，“{out}”不是；还没有插件的，先照 plugins/README.md "
            "第二步建立 law/industry.toml（行业、版本、分支）、checklist.toml 和 measures.toml"
        )
    try:
        return Home(folder.parent, load_industry_law(folder.parent))
    except LawError as error:
        raise UsageError(f"“{out}”的法规数据有错，没有导入；请先改正：\n{error}") from error


def rows_of(file: Path) -> list[tuple[str, Mapping[str, Any]]]:
    """Return the rows of a law file with their kinds; none where there is no such file.

    Raises:
        UsageError: If it is no TOML.
    """
    if not file.exists():
        return []
    try:
        content = tomllib.loads(file.read_text("utf-8"), parse_float=Decimal)
    except (ValueError, OSError) as error:
        raise UsageError(f"{file} 读不了（{error}）；请改正，或移走后重新导入") from error
    return [
        (kind, row)
        for kind, rows in content.items()
        for row in (rows if isinstance(rows, list) else [rows])
    ]
