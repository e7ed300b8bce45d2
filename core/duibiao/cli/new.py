"""`duibiao new`: a project folder to fill in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from duibiao.cli.guard import Exit
from duibiao.cli.terminal import output
from duibiao.project.names import FOLDER, WORKBOOK


@dataclass(frozen=True, slots=True)
class Order:
    """新建命令: what was typed.

    Attributes:
        name: Name of the project; with folders before it where it is made elsewhere.
        industry: Plugin or industry as typed.
        grade: Grade as typed, or "".
    """

    name: Path
    industry: str
    grade: str


def carry_out(order: Order) -> int:
    """Make the folder and say what to do with it."""
    from duibiao.reports.text import clean
    from duibiao.service import Service

    folder = Service().new(order.name.parent, order.name.name, order.industry, order.grade)
    console = output()
    for line in (
        f"已建立项目：{folder}",
        f"1. 填写 {folder / WORKBOOK}（首页有说明，着色的必填）",
        f"2. 把照片和证明文件放进 {folder / FOLDER} 的各个文件夹（每个文件夹的“说明.txt”写明放什么）",
        f"3. 检查：duibiao check {folder}",
        f"4. 编制：duibiao build {folder}",
    ):
        console.print(clean(line), soft_wrap=True)
    return Exit.CLEAN
