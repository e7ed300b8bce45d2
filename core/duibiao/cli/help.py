"""Help in Chinese: the words that click would print in English, and columns that count Chinese letters as two."""

from __future__ import annotations

import click


class ChineseCommand(click.Command):
    """A command whose help is in Chinese."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option that shows the help."""
        return _renamed(super().get_help_option(ctx))

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help."""
        formatter.write(_help(self, ctx, {}))


class ChineseGroup(click.Group):
    """A group of commands whose help is in Chinese, and whose commands' is."""

    command_class = ChineseCommand
    group_class = type  # groups in it are such groups, too

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option that shows the help."""
        return _renamed(super().get_help_option(ctx))

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help."""
        commands = {name: command.help or "" for name, command in self.commands.items()}
        formatter.write(_help(self, ctx, commands))


def _renamed(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = "显示本帮助"
    return option


def _help(command: click.Command, ctx: click.Context, commands: dict[str, str]) -> str:
    params = command.get_params(ctx)
    arguments = {p.make_metavar(ctx): p.help or "" for p in params if isinstance(p, click.Argument)}
    options = {
        " ".join(filter(None, (", ".join(p.opts), p.metavar))): p.help or ""
        for p in params
        if isinstance(p, click.Option)
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
    from rich.cells import cell_len

    width = max(map(cell_len, rows)) + 2
    return "".join(
        f"  {name}{' ' * (width - cell_len(name))}{text}\n" for name, text in rows.items()
    )
