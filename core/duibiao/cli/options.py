"""What several commands are asked for, and in which form they print what is no report of a check."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


class Form(StrEnum):
    """输出格式."""

    TEXT = "text"
    JSON = "json"


class OneOf(click.Choice[StrEnum]):
    """A member of an enumeration, written as its value."""

    def normalize_choice(self, choice: object, ctx: click.Context | None) -> str:  # noqa: ARG002 - click's signature
        """Return how a member is written."""
        return str(choice)


class Day(click.ParamType[date]):
    """A date: year, month and day."""

    name = "date"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the date that was typed.

        Raises:
            click.BadParameter: If it is no date.
        """
        try:
            if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
                raise ValueError(value)
            return date.fromisoformat(value)
        except ValueError:
            self.fail(
                f"“{value}”不是日期；请按 年-月-日 书写，月、日各两位，如 2022-10-01", param, ctx
            )


def on_day(meaning: str) -> Callable[[Command], Command]:
    """Ask for the reference date, with the words that tell what it decides."""
    return click.option("--as-of", "day", type=Day(), metavar="年-月-日", help=meaning)


one_package = click.argument(
    "package",
    type=Path,
    metavar="材料",
    help="申报材料文件、压缩包、项目文件夹或成果文件夹",
)
of_industry = click.option(
    "--industry",
    default="",
    metavar="行业",
    help="按哪个行业的指标；不写时用申请表中的行业类型",
)
as_grade = click.option(
    "--grade", default="", metavar="等级", help="按哪个等级审查；不写时用申请表中的自评估等级"
)
text_or_json = click.option(
    "--format",
    "form",
    type=OneOf(Form),
    default=Form.TEXT,
    metavar="text|json",
    help="text 屏幕文字（不写时用它）、json 供程序读取",
)
with_workers = click.option(
    "--workers",
    type=click.IntRange(0, 512),
    default=0,
    metavar="个数",
    help="同时审查几份；0 为与处理器核数相同",
)
with_progress = click.option(
    "--progress",
    type=click.Choice(("bar", "json", "quiet")),
    default="bar",
    metavar="bar|json|quiet",
    help="进度：bar 进度条（不写时用它）、json 每秒一行 JSON、quiet 不显示",
)
