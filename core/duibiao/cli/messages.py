"""What click says about a wrong command line, in Chinese."""

from __future__ import annotations

import re

_SIMILAR = r"(?: Did you mean (.+)\?| \(Did you mean one of: (.+)\?\))"
_MESSAGES = (
    (rf"No such option '(.+?)'\.{_SIMILAR}", "没有选项 {0}；是不是 {1}？"),
    (r"No such option '(.+)'\.", "没有选项 {0}"),
    (rf"No such command '(.+?)'\.{_SIMILAR}", "没有命令 {0}；是不是 {1}？"),
    (r"No such command '(.+)'\.", "没有命令 {0}"),
    (r"Missing argument '(.+)'\.", "缺少 {0}"),
    (r"Missing option '(.+)'\.", "缺少选项 {0}"),
    (r"Missing command\.", "缺少命令"),
    (r"Option '(.+)' requires an argument\.", "选项 {0} 后面要写上它的值"),
    (r"Option '(.+)' does not take a value\.", "选项 {0} 后面不能带值"),
    (r"Got unexpected extra argument\S* \((.+)\)", "多出了 {0}"),
    (
        r"Invalid value for '(.+?)': '(.*?)' is not one of (.+)\.",
        "选项 {0} 没有“{1}”这个值；可用的值：{2}",
    ),
    (
        r"Invalid value for '(.+?)': '(.*)' is not a valid integer.*\.",
        "{0} 应为整数，现在是“{1}”",
    ),
    (r"Invalid value for '(.+?)': '(.*)' is not a valid float\.", "{0} 应为数，现在是“{1}”"),
    (
        r"Invalid value for '(.+?)': (.+) is not in the range (\d+)<=x<=(\d+)\.",
        "{0} 应在 {2} 至 {3} 之间，现在是 {1}",
    ),
    (
        r"Invalid value for '(.+?)': (.+) is not in the range x>=(\d+)\.",
        "{0} 不能小于 {2}，现在是 {1}",
    ),
    (r"Invalid value for '(.+?)': (.+)", "{0} 的值不对：{1}"),
)


def in_chinese(message: str) -> str:
    """Return what click says in Chinese, or its own words where they are not known."""
    for pattern, chinese in _MESSAGES:
        if match := re.fullmatch(pattern, message, re.DOTALL):
            groups = (group.replace("'", "") for group in match.groups() if group is not None)
            return chinese.format(*groups)
    return f"命令行有误：{message}"
