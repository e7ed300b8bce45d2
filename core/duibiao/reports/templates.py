"""Finding the templates: core knows them by their entry point, never by name."""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from jinja2 import FunctionLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from duibiao.model.errors import DuibiaoError

GROUP = "duibiao.templates"
"""Entry-point group of template distributions."""

NAME = "default"
"""Name of the entry point of the usual templates; a plugin's own have its name."""


@cache
def home() -> Traversable:
    """Return the folder of the installed templates.

    Raises:
        DuibiaoError: If no template distribution is installed, or more than one.
    """
    found = home_of(NAME)
    if found is None:
        raise DuibiaoError(
            "没有安装模板，不能编制材料、生成网页报告；"
            "请安装 duibiao-templates，或改用 --format text 或 json"
        )
    return found


@cache
def home_of(name: str) -> Traversable | None:
    """Return the folder of the templates that are installed under a name, such as that of a plugin, or None.

    Raises:
        DuibiaoError: If there are several.
    """
    found = tuple(entry_points(group=GROUP, name=name))
    if len(found) > 1:
        names = "、".join(point.value for point in found)
        raise DuibiaoError(f"安装了多套模板（{names}），不知道用哪一套；请只保留一套")
    return files(found[0].load()) if found else None


class _Sandbox(SandboxedEnvironment):
    """A sandbox that works out once for each type which of its attributes are safe: nothing else decides it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._safe: dict[tuple[type, str], bool] = {}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Return whether a template may read an attribute."""
        safe = self._safe.get((type(obj), attr))
        if safe is None:
            safe = self._safe[type(obj), attr] = super().is_safe_attribute(obj, attr, value)
        return safe


@cache
def environment() -> SandboxedEnvironment:
    """Return the environment that renders reports: sandboxed, strict, everything escaped.

    Raises:
        DuibiaoError: If no template distribution is installed, or more than one.
    """
    reports = home().joinpath("reports")
    return _Sandbox(
        loader=FunctionLoader(lambda name: reports.joinpath(name).read_text("utf-8")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
