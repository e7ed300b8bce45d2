"""`duibiao check --server`: the same check, done by a service."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from duibiao.cli.check import Order, with_progress
from duibiao.cli.delivery import put, stem
from duibiao.cli.guard import Exit, say
from duibiao.cli.terminal import messages, output
from duibiao.model.errors import DuibiaoError, UsageError, reason
from duibiao.reports.faces import Face
from duibiao.reports.text import clean
from duibiao.reports.writing import write_bytes, write_paper
from duibiao.service.collecting import collect

if TYPE_CHECKING:
    from duibiao.client import Client

TOKEN = "DUIBIAO_TOKEN"  # noqa: S105 - the name of the variable
LABELS = {"error": "不符合", "warning": "建议改正", "review": "需人工核实", "info": "提示"}


def carry_out(order: Order, server: str) -> int:
    """Have a service check what was ordered and return the exit code.

    Raises:
        UsageError: If the command asks for something that a service does not do.
        ServerError: If address or token are of no use.
    """
    _refuse(order)
    try:
        from duibiao.client import Client
    except ModuleNotFoundError:
        raise UsageError("--server 需要 httpx；请运行 pip install 'duibiao[client]'") from None
    found = collect(order.paths)
    code = Exit.CLEAN
    for name, problem in found.problems.items():
        say(f"{name}：{problem}")
        code = Exit.USAGE
    with Client(server, os.environ.get(TOKEN, "")) as client:
        files = with_progress(found.files, messages()) if order.many else found.files
        for file in files:
            try:
                code = max(code, _check(client, order, file, found.files))
            except OSError as error:
                say(f"{file}：文件读不了（{reason(error)}）")
                code = max(code, Exit.USAGE)
            except UsageError:
                raise
            except DuibiaoError as error:
                say(f"{file}：{error}")
                code = max(code, Exit.USAGE)
    return code


def _refuse(order: Order) -> None:
    """Refuse what only a check on this machine does."""
    given = {
        "--as-of": order.day, "--industry": order.industry, "--grade": order.grade,
        "--paginate": order.paginate, "--no-photos": not order.photos, "--waivers": order.waivers,
        "--compare": order.compare,
    }  # fmt: skip
    if names := [name for name, value in given.items() if value]:
        raise UsageError(
            f"--server 不能与 {'、'.join(names)} 同用：服务按申报日期和材料本身审查，豁免在服务里办理"
        )
    if order.out is None and not order.face.is_text:
        raise UsageError(f"{order.face} 格式的报告不能显示在屏幕上；请用 --out 指定写到哪里")
    if order.many and order.out is not None and order.out.exists() and not order.out.is_dir():
        raise UsageError(f"审查多个文件时 --out 应是文件夹，“{order.out}”不是；请写一个文件夹名")


def _check(client: Client, order: Order, file: Path, inputs: list[Path]) -> Exit:
    if file.is_dir():
        raise DuibiaoError("这是文件夹，不能交给服务审查；请先编制，再用其中的文件或压缩包")
    receipt = client.upload(file)
    client.wait(receipt.job)
    report = client.report(receipt.package, receipt.version)
    data = b""
    if order.face is not Face.TEXT:
        data = client.artefact(receipt.package, receipt.version, order.face.value)
    if order.out is not None:
        target = order.out
        if order.many or target.is_dir():
            target /= f"{stem(file)}{order.face.tail}{order.face.suffix}"
        data = data or _text(report).encode()
        if order.face.is_paper:
            write_paper(target, data, order.face.tail, inputs)
        else:
            write_bytes(target, data, inputs)
        output().print(clean(f"{file}：{report['verdict_label']}；报告：{target}"), soft_wrap=True)
    else:
        if data:
            put(data.decode())
        else:
            output().print(clean(_text(report)), soft_wrap=True, end="")
    return _code(report)


def _text(report: dict[str, Any]) -> str:
    """Return verdict and findings as text."""
    counts = "，".join(f"{LABELS[name]} {n}" for name, n in report["counts"].items() if n)
    lines = [f"{report['file']}：{report['verdict_label']}{f'（{counts}）' if counts else ''}"]
    lines += [f"  {why}" for why in report["reasons"]]
    for one in report["findings"]:
        label = LABELS[one["severity"]]
        lines.append(f"[{label}] {one['code']} {one['at']['text']}：{one['message']}")
        lines += [f"    {one['todo']}"] if one["todo"] else []
    return "\n".join(lines) + "\n"


def _code(report: dict[str, Any]) -> Exit:
    """Return the exit code, as a check on this machine has it."""
    if any(outcome["status"] == "crashed" for outcome in report["outcomes"]):
        return Exit.FAULT
    grave = report["waived"] or any(one["severity"] != "info" for one in report["findings"])
    return Exit.FINDINGS if grave or report["verdict"] != "pass" else Exit.CLEAN
