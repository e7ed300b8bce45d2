"""What jinja and Python complain about, in Chinese."""

from __future__ import annotations

import re

from jinja2.exceptions import SecurityError, TemplateSyntaxError, UndefinedError

from duibiao.rendering.templating.faults import Fault

_SYNTAX = (
    (
        r"unexpected char '(?P<a>.+)' at \d+",
        "有不能用在标签里的字符“{a}”",
        "引号、括号和逗号请用半角",
    ),
    (r"expected token '(?P<a>.+)', got '(?P<b>.+)'", "写法不完整：“{b}”处应为“{a}”", ""),
    (r"unexpected '(?P<a>.+)'", "多写了“{a}”，或它之前缺少内容", ""),
    (
        r"Encountered unknown tag '(?P<a>end\w+|else|elif)'.*",
        "{a} 与它的开始标签被拆开了",
        "请不要在同一个单元格或段落里套用 {% vm %}、{% hm %} 或 {%r … %}",
    ),
    (r"Encountered unknown tag '(?P<a>\w+)'.*", "不认识的标签 {a}", ""),
    (r"No filter named '(?P<a>\w+)'.*", "没有名为“{a}”的过滤器", ""),
    (r"No test named '(?P<a>\w+)'.*", "没有名为“{a}”的判断", ""),
)
_NAMES = {
    "end of print statement": "}}",
    "end of statement block": "%}",
    "end of template": "文件末尾",
    "name": "名称",
}
_REMEDY = "请核对标签的写法"


def of_syntax(error: TemplateSyntaxError) -> Fault:
    """Return the fault that jinja found when it read a template; the place is not yet known."""
    message = error.message or ""
    for pattern, what, remedy in _SYNTAX:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            words = {key: _NAMES.get(word, word) for key, word in found.groupdict().items()}
            return Fault(what.format(**words), remedy or _REMEDY)
    return Fault("标签写法有误，无法理解", _REMEDY)


def of_rendering(error: Exception) -> Fault:
    """Return the fault for what went wrong while a template was filled in; the place is not yet known."""
    if isinstance(error, Fault):
        return error
    if isinstance(error, UndefinedError | SecurityError):
        return Fault(error.message or "缺少数据", "请核对名称，或用 {% if … is defined %} 判断")
    if isinstance(error, RecursionError):
        return Fault("宏反复调用自身，没有尽头", "请核对宏的写法")
    if isinstance(error, ZeroDivisionError):
        return Fault("除数为零", "请先用 {% if … %} 判断")
    return Fault(f"计算时出错（{type(error).__name__}）", "请核对这里用到的值是文字、数字还是列表")
