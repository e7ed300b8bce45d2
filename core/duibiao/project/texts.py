"""What is said of data that does not fit: what is wrong, and what to write."""

from __future__ import annotations

from collections.abc import Sequence

from duibiao.model.location import shorten
from duibiao.model.sheets import Field, Sheet
from duibiao.project.values import ILLEGAL, LONGEST

Saying = tuple[str, str]
"""What is wrong, and what to write or do."""

_SHOWN = 12
_QUOTED = 30


class Wording:
    """Names fields and sheets as the author sees them: by title in a workbook, with the key in TOML and JSON."""

    def __init__(self, keyed: bool) -> None:
        """Take whether the author writes keys."""
        self._keyed = keyed

    def blank(self, field: Field) -> Saying:
        """Say that a required field is blank."""
        return f"{self._field(field)}没有填写", f"填写{field.title}{_example(field)}{_note(field)}"

    def choice(self, field: Field, text: str, values: Sequence[str]) -> Saying:
        """Say that a value is none of those to choose from."""
        return (
            f"{self._field(field)}填了{_quoted(text)}，不在可选范围",
            f"从{_listed(values)}中选一项",
        )

    def date(self, field: Field, text: str) -> Saying:
        """Say that a value is no date."""
        return (
            f"{self._field(field)}填了{_quoted(text)}，不是日期",
            f"写到年月日或年月{_example(field)}",
        )

    def quantity(self, field: Field, text: str) -> Saying:
        """Say that a value holds no number."""
        unit = f"，单位{field.unit}" if field.unit else ""
        return (
            f"{self._field(field)}填了{_quoted(text)}，没有数值",
            f"写数值或范围{unit}{_example(field)}；没有的写“/”，未检出的写“未检出”",
        )

    def unit(self, field: Field, text: str, unit: str) -> Saying:
        """Say that a value is given in another unit."""
        return (
            f"{self._field(field)}填了{_quoted(text)}，单位是{unit}，应为{field.unit}",
            f"换算成{field.unit}，只写数值{_example(field)}",
        )

    def too_long(self, field: Field, text: str) -> Saying:
        """Say that a value is longer than a cell may be."""
        return f"{self._field(field)}有{len(text)}字，超过{LONGEST}字", "分成几行或几段填写"

    def illegal(self, field: Field) -> Saying:
        """Say that a value holds characters that cannot be printed."""
        return f"{self._field(field)}含有不能打印的控制字符，已略去", "删去该处内容，重新输入"

    def no_text(self, field: Field) -> Saying:
        """Say that a list or table stands where a value belongs."""
        return f"{self._field(field)}不是单个的值", f"写文字、数值或日期{_example(field)}"

    def unknown_field(self, sheet: Sheet, key: str) -> Saying:
        """Say that a sheet has no such field."""
        known = [f"{field.key}（{field.title}）" for field in sheet.fields]
        return f"“{sheet.title}”中没有 {_name(key)} 这一项", f"改成{_listed(known)}之一，或删去"

    def unknown_sheet(self, key: str) -> Saying:
        """Say that the data have no such sheet."""
        return (
            f"没有名为 {_name(key)} 的表，其中的内容没有读取",
            "核对表名的拼写和行业类型，或删去这张表",
        )

    def missing_sheet(self, sheet: Sheet) -> Saying:
        """Say that a required sheet is not there."""
        if self._keyed:
            return (
                f"没有 {self._header(sheet)}（{sheet.title}）",
                f"补上 {self._header(sheet)} 并填写",
            )
        return (
            f"没有工作表“{sheet.title}”",
            "从 duibiao new 新建的 申报数据.xlsx 中复制这张工作表过来填写",
        )

    def no_rows(self, sheet: Sheet) -> Saying:
        """Say that a required list has no rows."""
        todo = f"补上 {self._header(sheet)}" if self._keyed else "从示例行的下一行起填写"
        note = f"；{sheet.note}" if sheet.note else ""
        return f"“{sheet.title}”一行也没有填", f"{todo}{note}"

    def wrong_shape(self, sheet: Sheet) -> Saying:
        """Say that a sheet is written as something else than it is."""
        return f"“{sheet.title}”的写法不对", f"写成 {self._header(sheet)}，下面每行写“键 = 值”"

    def _field(self, field: Field) -> str:
        return f"“{field.title}”（{field.key}）" if self._keyed else f"“{field.title}”"

    def _header(self, sheet: Sheet) -> str:
        return f"[[{sheet.key}]]" if sheet.is_list else f"[{sheet.key}]"


def more(count: int) -> Saying:
    """Say that the same is wrong in further places."""
    return f"另有{count}处同样的问题，这是最后一处", "改正上面列出的各处后再检查一次"


def written_twice(path: str) -> Saying:
    """Say that a key of a JSON file is written twice."""
    return f"{_name(path)} 写了两次，采用了后一个", "删去其中一个"


def unknown_column(title: str) -> Saying:
    """Say that a column, or a line of a form, is not asked for."""
    return (
        f"“{_name(title)}”不是这张表要填的内容，没有读取",
        "把内容移到对应的列（行），或删去它；表头文字请不要改动",
    )


def headless_column() -> Saying:
    """Say that cells have no header above them."""
    return "这一列没有表头，其中的内容没有读取", "把内容移到有表头的列，或删去"


def repeated_column(title: str) -> Saying:
    """Say that a column, or a line of a form, is there twice."""
    return f"“{title}”出现了两次，只读取了前一个", "删去多余的一个"


def missing_column(title: str) -> Saying:
    """Say that a column, or a line of a form, is not there."""
    return (
        f"缺少“{title}”",
        "补上它（表头文字与 duibiao new 新建的表一致），或把内容复制到新建的表里",
    )


def other_unit(header: str, field: Field) -> Saying:
    """Say that the header of a column names another unit."""
    if not field.unit:
        return (
            f"表头“{_name(header)}”不应带单位",
            f"表头改回“{field.title}”，单位写进各格{_example(field)}",
        )
    return (
        f"表头“{_name(header)}”的单位不是{field.unit}",
        f"把数值换算成{field.unit}，表头改回“{field.header}”",
    )


def no_header(title: str) -> Saying:
    """Say that a sheet has lost its headers."""
    return (
        f"工作表“{title}”中找不到表头，没有读取",
        "恢复表头一行，或把内容复制到 duibiao new 新建的表里",
    )


def strange_sheet(title: str) -> Saying:
    """Say that a workbook has a sheet of its own."""
    return (
        f"工作表“{title}”不是本行业要填的表，没有读取",
        "把内容移到对应的工作表，或删去这张工作表；行业类型填错时也会这样",
    )


def cell_error(field: Field, shown: str) -> Saying:
    """Say that a formula went wrong."""
    return f"“{field.title}”的公式出错（{shown}）", f"改正公式，或直接填写{_example(field)}"


def uncalculated(field: Field) -> Saying:
    """Say that a formula has no result on file."""
    return (
        f"“{field.title}”是公式，文件中没有它的计算结果",
        f"用 Excel 或 WPS 打开后保存，或直接填写{_example(field)}",
    )


def digits_lost(field: Field, shown: str) -> Saying:
    """Say that a long number has lost its last digits."""
    return (
        f"“{field.title}”填了{shown}，单元格是数值格式，15位以后的数字已经丢失",
        f"把单元格设为文本格式，重新输入{_example(field)}",
    )


def _name(key: str) -> str:
    return shorten(ILLEGAL.sub("?", key), _QUOTED)


def _quoted(text: str) -> str:
    return f"“{_name(text)}”"


def _listed(names: Sequence[str]) -> str:
    return "、".join(names[:_SHOWN]) + ("等" if len(names) > _SHOWN else "")


def _example(field: Field) -> str:
    return f"，例如“{field.example}”" if field.example else ""


def _note(field: Field) -> str:
    return f"；{field.note}" if field.note else ""
