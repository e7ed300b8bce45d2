"""Texts, numbers and dates that differ (hypothesis), written as people write them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from duibiao.model.dates import PartialDate

Draw = Callable[[st.SearchStrategy[Any]], Any]

MANY = 12
"""Rows of a table that has many: with six photos a page, two pages and one over."""

COUNTS = st.sampled_from((0, 0, 0, 1, 1, 2, 3, MANY))
"""How many more than there must be."""

CENT = Decimal("0.01")

_TOKENS = (
    "设施", "稳定", "运行", "封闭", "车间", "清扫", "厂区", "绿化", "Ａ区", "１号", "“甲”", "（东）", "B&C", "<乙>", "a<b>c",
    "\"引\"", "'撇'", "]]>", "&amp;", "{%", "{{", "#}", "％", "㎡", "·", "—", "、", "，", "；", "：", " ", "\u3000", "\u00a0", "𠮷", "é",
)  # fmt: skip
_SEEDS = len(_TOKENS) ** 6


def texts() -> st.SearchStrategy[str]:
    """Return texts of one line with every sign that may give trouble; they say nothing that rules look for."""
    return st.integers(0, _SEEDS).map(_text)


def long_texts() -> st.SearchStrategy[str]:
    """Return texts of several lines, blank ones among them."""
    return st.integers(0, _SEEDS).map(
        lambda seed: "".join(f"\n{_text(seed // number)}" for number in range(1, seed % 4 + 1))
    )


def spelt(day: PartialDate) -> st.SearchStrategy[str]:
    """Return ways to write a date."""
    if day.day is None:
        return st.sampled_from(
            (str(day), f"{day.year}-{day.month:02}", f"{day.year} 年 {day.month} 月")
        )
    return st.sampled_from(
        (
            str(day),
            f"{day.year}-{day.month:02}-{day.day:02}",
            f"{day.year}.{day.month}.{day.day}",
            f"{day.year}/{day.month}/{day.day}",
            f"{day.year}年{day.month:02}月{day.day:02}日",
            f"{day.year} 年 {day.month} 月 {day.day} 日",
        )
    )


def amounts() -> st.SearchStrategy[Decimal]:
    """Return amounts above nothing, with cents."""
    return st.decimals(CENT, Decimal(99_999), places=2)


def part_of(draw: Draw, whole: Decimal) -> Decimal:
    """Draw an amount up to a whole one."""
    part: Decimal = draw(st.decimals(CENT, whole, places=2))
    return part


def several(draw: Draw, found: Sequence[Any], least: int = 1) -> list[Any]:
    """Draw some of a sequence, in any order, some of them more often."""
    return [draw(st.sampled_from(found)) for _ in range(least + draw(COUNTS))]


def _text(seed: int) -> str:
    """A text of no more than six signs or words: one number to draw instead of six."""
    found = []
    while seed:
        seed, token = divmod(seed, len(_TOKENS))
        found.append(_TOKENS[token])
    return f"另{''.join(found)}备"
