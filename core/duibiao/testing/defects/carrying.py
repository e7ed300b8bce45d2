"""What a hand of `duibiao.testing.hands` cannot carry: writing in its way takes the fault away, or makes it another."""

from __future__ import annotations

from collections.abc import Mapping

_NO_CONTENTS = "没有目录"
_NO_PAGES = "目录没有页码，文件也没有排版，不知道各章节的起止页"

NOT_CARRIED: Mapping[str, Mapping[str, str]] = {
    "contents_absent": {
        "contents name a section that is not there": _NO_CONTENTS,
        "page of another section": _NO_CONTENTS,
    },
    "contents_unpaged": {"page of another section": _NO_PAGES},
    "reworded": {"page of another section": "目录的标题与正文不同，不知道各章节的起止页"},
    "only_plan": {
        "page of another section": "方案另成一册，最后一节没有下一个标题，不知道它的末页"
    },
}
"""Hand → fault by name → why, in Chinese."""


def carries(name: str, hand: str) -> str:
    """Return why a hand cannot carry a fault, or "" where it can.

    Args:
        name: Name of the fault.
        hand: Name of the hand; "" for plain writing.
    """
    return NOT_CARRIED.get(hand, {}).get(name, "")
