"""`duibiao rules`: the catalogue, and one rule's page."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from duibiao.cli.guard import Exit
from duibiao.cli.terminal import output
from duibiao.model.errors import UsageError
from duibiao.reports.text import SEVERITY_STYLES, clean, listing
from duibiao.rules.definition import Rule

if TYPE_CHECKING:
    from duibiao.service import Service


def show(code: str, out: Path | None) -> int:
    """Print the catalogue, or the page of the rule `code`; or write all of it as web pages into a folder.

    Raises:
        UsageError: If there is no such rule, or the folder cannot be written.
    """
    from duibiao.service import Service

    service = Service()
    if out is not None:
        _write(service, code, out)
    elif code:
        _page(service, _find(service, code))
    else:
        _catalogue(service)
    return Exit.CLEAN


def _write(service: Service, code: str, out: Path) -> None:
    if code:
        raise UsageError("--out 写出全部规则；请不要同时写规则编号")
    if out.exists() and not out.is_dir():
        raise UsageError(f"--out 应是文件夹，“{out}”不是；请写一个文件夹名")
    from duibiao.reports.catalogue import INDEX, render
    from duibiao.reports.writing import write

    for name, page in render(service.catalogue()).items():
        write(out / name, page, ())
    output().print(clean(f"规则目录：{out / INDEX}"), soft_wrap=True)


def _find(service: Service, code: str) -> Rule:
    rules = {rule.code: rule for rule in service.rules()}
    if rule := rules.get(code.upper()):
        return rule
    near = get_close_matches(code.upper(), rules, n=3)
    hint = f"是不是 {'、'.join(near)}？" if near else ""
    raise UsageError(f"没有规则 {code}；{hint}运行 duibiao rules 可以看到全部规则")


def _catalogue(service: Service) -> None:
    rules = service.rules()
    table = listing("编号", "严重程度", "检查什么", "条款")
    for rule in rules:
        table.add_row(
            clean(rule.code, "bold"),
            Text(rule.severity.label, SEVERITY_STYLES[rule.severity]),
            clean(rule.title),
            clean("；".join(rule.cites)),
        )
    console = output()
    console.print(table)
    console.print(f"共 {len(rules)} 条；运行 duibiao rules 编号 可以看到一条规则的说明。")


def _page(service: Service, rule: Rule) -> None:
    console = output()
    console.print(
        Text.assemble(
            (rule.code, "bold"),
            " ",
            (f"[{rule.severity.label}]", SEVERITY_STYLES[rule.severity]),
            " ",
            clean(rule.title, "bold"),
        )
    )
    for name, text in rule.parts:
        console.print()
        console.print(Text(name, "bold"))
        console.print(Padding(clean(text), (0, 0, 0, 2)))
    console.print()
    console.print(Text("条款", "bold"))
    (entry,) = (entry for entry in service.catalogue() if entry.rule is rule)
    for article in entry.articles:
        console.print(Padding(clean(article.citation), (0, 0, 0, 2)))
        for line in article.wording.strip().splitlines():
            console.print(Padding(clean(line, "dim"), (0, 0, 0, 4)))
