"""Help in Chinese: the words that typer would print in English, and columns that count Chinese letters as two."""

from __future__ import annotations

from typing import Any

from rich.cells import cell_len
from typer.core import TyperCommand, TyperGroup


class ChineseCommand(TyperCommand):
    """A command whose help is in Chinese."""

    def get_help_option(self, ctx: Any) -> Any:
        """Return the option that shows the help."""
        return _renamed(super().get_help_option(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help."""
        formatter.write(_help(self, ctx, {}))


class ChineseGroup(TyperGroup):
    """A group of commands whose help is in Chinese."""

    def get_help_option(self, ctx: Any) -> Any:
        """Return the option that shows the help."""
        return _renamed(super().get_help_option(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help."""
        commands = {name: command.help or "" for name, command in self.commands.items()}
        formatter.write(_help(self, ctx, commands))


def _renamed(option: Any) -> Any:
    option.help = "显示本帮助"
    return option


def _help(command: Any, ctx: Any, commands: dict[str, str]) -> str:
    params = command.get_params(ctx)
    arguments = {p.metavar: p.help or "" for p in params if p.param_type_name == "argument"}
    options = {
        " ".join(filter(None, (", ".join(p.opts), p.metavar))): p.help or ""
        for p in params
        if p.param_type_name == "option"
    }
    usage = [ctx.command_path, "[选项]", *arguments, *(["命令 …"] if commands else [])]
    parts = [f"用法：{' '.join(usage)}\n", f"{command.help}\n"]
    for title, rows in (
        ("参数", arguments),
        ("命令", {name: text.splitlines()[0] for name, text in commands.items()}),
        ("选项", options),
    ):
        if rows:
            parts.append(f"{title}：\n{_columns(rows)}")
    return "\n".join(parts)


def _columns(rows: dict[str, str]) -> str:
    width = max(map(cell_len, rows)) + 2
    return "".join(
        f"  {name}{' ' * (width - cell_len(name))}{text}\n" for name, text in rows.items()
    )
