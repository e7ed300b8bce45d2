"""Makers of technical guides as Word files, and of a plugin to import them into. All figures are invented.

The guides differ in how they are laid out, never in what they are about: an invented industry with two branches.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from duibiao.guide import Imported, Wanted, import_guide
from duibiao.law import load_industry_law

from .layouts import docx

Line = Sequence[str]

A_LIMITS = (
    "1.焙烧窑烟气PM、SO₂、NOx排放浓度分别不高于11、33、77mg/m³（基准氧含量18%）；"
    "2.干燥室PM排放浓度不高于13mg/m³。"
)
B_LIMITS = "焙烧窑PM、SO₂、NOx小时均值分别不高于22、44、99mg/m³（基准含氧量18%）。"
C_LIMITS = "焙烧窑PM、SO₂分别不高于30、60、90mg/m³"
HEADER = ("差异化指标", "A级企业", "B级企业", "C级企业", "D级企业")
ROWS: tuple[Line, ...] = (
    ("能源类型", "天然气", "<", "天然气或生物质", "未达到C级要求"),
    ("排放限值", A_LIMITS, B_LIMITS, C_LIMITS, "^"),
    ("无组织排放", "料棚全封闭。\n厂区道路硬化。", "料棚半封闭", "<", "^"),
    ("运输方式", "清洁运输比例不低于77%", "清洁运输比例不低于55%", "/", "^"),
)
"""One table: B shares a cell with A, C with B, and D has one cell for all rows."""


def paragraph(text: str) -> str:
    runs = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n")
    )
    return f"<w:p><w:r>{runs}</w:r></w:p>"


def table(*rows: Line) -> str:
    """Return a table; ``<`` continues the cell to the left, ``^`` the one above."""
    drawn = []
    for number, row in enumerate(rows):
        cells = []
        for column, text in enumerate(row):
            if text == "<":
                continue
            span = 1
            while column + span < len(row) and row[column + span] == "<":
                span += 1
            below = number + 1 < len(rows) and rows[number + 1][column] == "^"
            merge = "<w:vMerge/>" if text == "^" else '<w:vMerge w:val="restart"/>' if below else ""
            size = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
            words = paragraph("" if text == "^" else text)
            cells.append(f"<w:tc><w:tcPr>{size}{merge}</w:tcPr>{words}</w:tc>")
        drawn.append(f"<w:tr>{''.join(cells)}</w:tr>")
    return f"<w:tbl>{''.join(drawn)}</w:tbl>"


def boxed(content: str) -> str:
    """Return a paragraph with a text box that holds paragraphs or tables."""
    box = f"<w:txbxContent>{content}<w:p/></w:txbxContent>"
    return f"<w:p><w:r><w:pict>{box}</w:pict></w:r></w:p>"


def guide(*body: str) -> bytes:
    return docx(body)


# --------------------------------------------------------------------------------------- makers


def merged(rows: Iterable[Line] = ROWS) -> bytes:
    """The plain one: a caption, a header row, cells merged to the right and downwards."""
    caption = paragraph("表16-1 窑砖企业绩效分级指标")
    return guide(paragraph("十六、窑砖"), caption, table(HEADER, *rows))


def several_industries() -> bytes:
    """Several industries in one file, some with names that hold the name that is asked for."""
    other = (HEADER, ("排放限值", "PM不高于1mg/m³", "PM不高于2mg/m³", "/", "/"))
    alerts = (
        ("减排措施", "A级企业", "B级企业", "C级企业", "D级企业"),
        ("黄色预警", "自主减排", "停产33%", "停产66%", "停产"),
    )
    return guide(
        paragraph("十五、窑砖机械"),
        paragraph("表15-1 窑砖机械企业绩效分级指标"),
        table(*other),
        paragraph("十六、窑砖"),
        paragraph("（一）适用范围"),
        paragraph("适用于以黏土烧制窑砖的企业。"),
        paragraph("（二）绩效分级指标"),
        paragraph("表16-1 窑砖企业绩效分级指标"),
        table(HEADER, *ROWS),
        paragraph("（三）减排措施"),
        table(*alerts),
        paragraph("表16-2 空心砖企业绩效引领性指标"),
        table(("引领性指标", "引领性企业"), ("排放限值", "所有排放口PM浓度不高于7mg/m³")),
        paragraph("十七、耐火窑砖"),
        table(*other),
    )


def grades_as_rows() -> bytes:
    return guide(
        paragraph("窑砖绩效分级指标"),
        table(
            ("差异化指标", "能源类型", "排放限值"),
            ("A级企业", "天然气", A_LIMITS),
            ("B级企业", "^", B_LIMITS),
        ),
    )


def leading() -> bytes:
    """引领性 alone, without any heading."""
    return guide(
        table(
            ("引领性指标", "引领性企业"),
            ("能源类型", "使用电、天然气"),
            ("排放限值", "颗粒物、NMHC排放浓度分别不超过7、17毫克/立方米"),
        )
    )


def three_header_rows() -> bytes:
    """Title and grades in three rows; process and pollutant in columns of their own."""
    return guide(
        table(
            ("窑砖企业绩效分级指标", "<", "<", "<", "<"),
            ("差异化指标", "<", "<", "绩效等级", "<"),
            ("^", "<", "<", "A级企业", "B级企业"),
            ("能源类型", "<", "<", "天然气", "<"),
            ("排放限值（mg/m³）", "焙烧窑", "PM", "11", "22"),
            ("^", "^", "SO2", "≤33", "<"),
            ("^", "干燥室", "PM、NOx", "13、79", "同A级要求"),
        )
    )


def cut_by_pages() -> bytes:
    """One table in three: the header repeated, then none; a cell cut in the middle of a sentence."""
    half = A_LIMITS.index("分别")
    return guide(
        paragraph("表16-1 窑砖企业绩效分级指标"),
        table(HEADER, ROWS[0], ("排放限值", A_LIMITS[:half], B_LIMITS, C_LIMITS, "不达C级")),
        paragraph("- 12 -"),
        paragraph("续表16-1"),
        table(HEADER, ("", A_LIMITS[half:], "", "", ""), ("运输方式", "公路", "公路", "公路", "/")),
        paragraph(""),
        table(("环境管理水平", "专人负责", "专人负责", "专人负责", "/")),
    )


def full_width() -> bytes:
    words = "焙烧窑ＰＭ、ＳＯ２、ＮＯｘ排放浓度分别不高于１１．５、３３、７７ｍｇ／ｍ３（基准含氧量１８％）"
    return guide(
        paragraph("表１６－１　窑砖企业绩效分级指标"),
        table(("差异化指标", "Ａ级企业", "Ｂ级企业"), ("排放限值", words, "ＰＭ＜２２ｍｇ／ｍ３")),
    )


def in_text_boxes() -> bytes:
    """The caption in one text box, the table in another."""
    return guide(
        boxed(paragraph("表16-1 窑砖企业绩效分级指标")),
        boxed(table(HEADER, *ROWS)),
    )


def nothing_told() -> bytes:
    return guide(paragraph("窑砖指南"), table(("序号", "名称"), ("1", "甲")))


def endless(rows: int) -> bytes:
    lines = [
        (
            f"指标{number}" if number % 2 else "排放限值",
            "PM不高于11mg/m³" * 20,
            "同A级要求",
            "/",
            "/",
        )
        for number in range(rows)
    ]
    return guide(paragraph("窑砖企业绩效分级指标"), table(HEADER, *lines))


# --------------------------------------------------------------------------------------- plugin

_INDUSTRY = """
[industry]
key = "kiln_brick"
name = "窑砖"
prefix = "KBR"

[[edition]]
id = "2020"
name = "窑砖技术指南（虚构）"
from = "2020-07"
standing = "recalled"
cites = ["SHILI"]

[[branch]]
id = "KB-B-1"
key = "fired"
name = "窑砖"
aliases = ["烧结窑砖"]
ladder = ["A", "B", "C", "D"]
standing = "recalled"
cites = ["SHILI"]

[[branch]]
id = "KB-B-2"
key = "hollow"
name = "空心砖"
ladder = ["引领性", "非引领性"]
standing = "recalled"
cites = ["SHILI"]

[[process]]
id = "KB-P-1"
key = "kiln"
name = "焙烧窑"
keywords = ["焙烧窑", "焙烧"]
standing = "recalled"
cites = ["SHILI"]

[[source]]
id = "SHILI"
title = "示例"
kind = "official"
read = false
"""

RECALLED = """
[[limit]]
id = "KB-L-A-PM"
branch = ["fired"]
regime = "grade"
grades = ["A"]
process = "kiln"
pollutant = "PM"
op = "<="
value = 9
unit = "mg/m3"
standing = "recalled"
cites = ["SHILI"]
"""


def plugin(folder: Path, rows: str = "") -> Path:
    """Write a plugin's import package and return its folder of law files."""
    package = folder / "duibiao_kiln_brick"
    law = package / "law"
    law.mkdir(parents=True)
    (law / "industry.toml").write_text(_INDUSTRY + rows, "utf-8")
    for name in ("checklist.toml", "measures.toml"):
        (package / name).write_text("# 无\n", "utf-8")
    return law


KILN = [
    "A 焙烧窑 PM <= 11 18",
    "A 焙烧窑 SO2 <= 33 18",
    "A 焙烧窑 NOx <= 77 18",
    "A 干燥室 PM <= 13",
    "B 焙烧窑 PM <= 22 18",
    "B 焙烧窑 SO2 <= 44 18",
    "B 焙烧窑 NOx <= 99 18",
]
"""Limits of the plain guide, as `Desk.limits` gives them."""


class Desk:
    """A plugin, and a guide that is imported into it."""

    def __init__(self, folder: Path, rows: str = "") -> None:
        self.folder = folder
        self.law = plugin(folder, rows)

    def take(self, data: bytes, name: str = "指南.docx", **options: Any) -> Imported:
        file = self.folder / name
        file.write_bytes(data)
        wanted = {"industry": "窑砖", "edition": "2020", "out": self.law} | options
        return import_guide(Wanted(file, **wanted))

    def rows(self, kind: str, name: str = "guide-2020.toml") -> list[dict[str, Any]]:
        text = (self.law / name).read_text("utf-8")
        return list(tomllib.loads(text, parse_float=Decimal).get(kind, []))

    def limits(self, name: str = "guide-2020.toml") -> list[str]:
        """Grades, process, pollutant, sign, figure and oxygen of every limit, by names of processes."""
        industry = load_industry_law(self.law.parent).industry
        named = {process.key: process.name for process in industry.processes}
        return [
            f"{'、'.join(row['grades'])} {named.get(row['process'], row['process'])} {row['pollutant']}"
            f" {row['op']} {row['value']}" + (f" {row['oxygen']}" if "oxygen" in row else "")
            for row in self.rows("limit", name)
        ]

    def requirements(self, name: str = "guide-2020.toml") -> list[str]:
        return [
            f"{'、'.join(row['grades'])} {row['indicator']} {row['text']}"
            for row in self.rows("requirement", name)
        ]
