"""`duibiao new`: a project folder to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from duibiao.cli.guard import Exit
from duibiao.cli.terminal import output
from duibiao.model.classes import dataclass
from duibiao.model.errors import UsageError
from duibiao.project.names import FOLDER, WORKBOOK, is_project

if TYPE_CHECKING:
    from duibiao.service import Service


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
    """Make the folder and say what to do with it, or add what an old one lacks.

    Raises:
        UsageError: A new one has no industry.
    """
    from duibiao.service import Service

    service = Service()
    if order.name.is_dir() and is_project(order.name):
        return _add_to(order.name, service)
    if not order.industry:
        raise UsageError("新建项目要写行业：--industry 行业名称或插件名（见 duibiao plugins）")
    folder = service.new(order.name.parent, order.name.name, order.industry, order.grade)
    _say(
        f"已建立项目：{folder}",
        f"1. 填写 {folder / WORKBOOK}（首页有说明，着色的必填）",
        f"2. 把照片和证明文件放进 {folder / FOLDER} 的各个文件夹（每个文件夹的“说明.txt”写明放什么）",
        f"3. 检查：duibiao check {folder}",
        f"4. 编制：duibiao build {folder}",
    )
    return Exit.CLEAN


def _add_to(folder: Path, service: Service) -> int:
    added = service.add_folders(service.open_project(folder))
    if not added:
        _say(f"项目 {folder} 的证据文件夹已经齐全，没有改动。")
        return Exit.CLEAN
    _say(
        f"项目 {folder} 补建了 {len(added)} 个证据文件夹，其他内容没有改动：",
        *(f"  {FOLDER}/{name}" for name in added),
    )
    return Exit.CLEAN


def _say(*lines: str) -> None:
    from duibiao.reports.text import clean

    console = output()
    for line in lines:
        console.print(clean(line), soft_wrap=True)
