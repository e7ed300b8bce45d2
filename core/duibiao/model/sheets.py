"""What a project asks for: sheets and their fields, in one vocabulary for workbook, TOML and JSON."""

from __future__ import annotations

from enum import StrEnum

from duibiao.model.classes import dataclass


class FieldKind(StrEnum):
    """填写格式: what may stand in a field."""

    TEXT = "文字"
    LONG = "一段或几段文字"
    QUANTITY = "数值，可以是范围"
    DATE = "日期"
    CHOICE = "从列表中选"


class Choices(StrEnum):
    """选项来源: lists that come from the plugin or from the sheets filled before, not from the catalogue."""

    BRANCH = "行业类型"
    GRADE = "绩效等级"
    INDICATOR = "差异化指标"
    POLLUTANT = "污染物"
    LINE = "生产线"
    SECTION = "证明材料章节"


@dataclass(frozen=True, slots=True)
class Field:
    """填写项: one column of a list, or one line of a form.

    Attributes:
        key: Name in TOML and JSON.
        title: Chinese name, as the header of the column.
        kind: What may stand there.
        unit: Unit of a quantity, shown in the header; "" if none, or if the value names its own.
        required: It may not be left blank.
        choices: The values to choose from, or where they come from; () where anything may be written. Only fields
            of kind CHOICE are held to them; for others they are suggestions.
        note: What to write, in Chinese.
        cites: Article that asks for it, as ``SOURCE:place``.
        example: A value that shows how it is written.
    """

    key: str
    title: str
    kind: FieldKind = FieldKind.TEXT
    unit: str = ""
    required: bool = False
    choices: tuple[str, ...] | Choices = ()
    note: str = ""
    cites: str = ""
    example: str = ""

    @property
    def header(self) -> str:
        """The title with its unit."""
        return f"{self.title}（{self.unit}）" if self.unit else self.title


@dataclass(frozen=True, slots=True)
class Sheet:
    """工作表: a list of rows, or a form with one value a line.

    Attributes:
        key: Name in TOML and JSON.
        title: Name of the sheet.
        fields: Its fields in order.
        is_list: It has any number of rows.
        cites: Article that asks for it.
        required: It must have at least one row.
        note: What it is for, in Chinese.
        section: Section of the outline, such as ``五.2.4``, in which its rows are printed as a table; "" for the sheets
            whose rows are parts of the dossier. A plugin's own sheets all have one.
    """

    key: str
    title: str
    fields: tuple[Field, ...]
    is_list: bool = True
    cites: str = ""
    required: bool = False
    note: str = ""
    section: str = ""

    def field(self, key: str) -> Field:
        """Return the field called `key`.

        Raises:
            KeyError: If there is none.
        """
        for field in self.fields:
            if field.key == key:
                return field
        raise KeyError(key)
