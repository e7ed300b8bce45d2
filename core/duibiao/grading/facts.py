"""What a package tells in numbers, for requirements that are numbers: shares of transport, months of retention."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import ROUND_FLOOR, Decimal

from duibiao.law.common import CommonLaw
from duibiao.law.records import Requirement
from duibiao.model.classes import dataclass
from duibiao.model.dossier import Dossier
from duibiao.model.location import Location, Text
from duibiao.rules.stages import NUMERALS, older, read_requirement, share_at_least
from duibiao.rules.support import clean_transport_share, indicator_row, plain

MONTHS_A_YEAR = 12
_WHOLE = frozenset({"", "全厂", "大宗物料", "大宗物料和产品"})
"""What a requirement may be confined to and still concern all that the tables of a package list."""

_TENTHS = Decimal("0.1")
_DURATION = re.compile(
    r"(?P<count>\d+(?:\.\d+)?|十[一二]|[一二两三四五六七八九十半])个?(?P<unit>年|月)"
)
_CHINESE = {
    sign: Decimal(number) for number, sign in enumerate("一二三四五六七八九十", start=1)
} | {"两": Decimal(2), "半": Decimal("0.5"), "十一": Decimal(11), "十二": Decimal(12)}
_KEPT = re.compile("保存|存储|储存|留存")
_VIDEO = re.compile("视频|录像")
_LESS = re.compile("不足|不满|少于|低于|未达|达不到")


@dataclass(frozen=True, slots=True)
class Fact:
    """材料中的事实: a number that the package tells.

    Attributes:
        value: The number, in the unit of the requirement.
        said: How to say it.
        at: Where it stands.
        short: Why the requirement is missed whatever the number is, or "".
    """

    value: Decimal
    said: str
    at: Location
    short: str = ""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked for: the number that a requirement is about, in a dossier."""

    dossier: Dossier
    common: CommonLaw
    row: Requirement


Finder = Callable[[_Asked], Fact | str]
"""Finds the number that a requirement is about, or says why there is none."""


def find(dossier: Dossier, common: CommonLaw, row: Requirement) -> Fact | str:
    """Return the number that a requirement is about, or why it cannot be told.

    Args:
        dossier: The dossier.
        common: The common law, which knows the emission stages.
        row: A requirement whose subject is one of `SUBJECTS`.
    """
    if row.condition:
        return f"取决于适用条件（{row.condition}）"
    if row.process not in _WHOLE:
        return f"只对“{row.process}”的要求，材料没有分列"
    return SUBJECTS[row.subject][1](_Asked(dossier, common, row))


def _clean(asked: _Asked) -> Fact | str:
    share = clean_transport_share(asked.dossier)
    if share is None:
        return "运输情况表缺少运输量或“是否清洁运输”，无法计算比例"
    return Fact(share, _percent(share), asked.dossier.production.transports[0].at)


def _vehicles(asked: _Asked) -> Fact | str:
    listed = [
        (vehicle.stage, vehicle.kind.value if vehicle.kind else "")
        for vehicle in asked.dossier.evidence.transport.vehicles
    ]
    return _stages(listed, "辆车", "运输车辆电子台账", asked)


def _machines(asked: _Asked) -> Fact | str:
    listed = [(machine.stage, "") for machine in asked.dossier.evidence.transport.machines]
    return _stages(listed, "台机械", "非道路移动机械表", asked)


def _stages(
    listed: Iterable[tuple[Text | None, str]], counted: str, table: str, asked: _Asked
) -> Fact | str:
    required = read_requirement(asked.row.text)
    if required is None:
        return "要求的排放阶段不止一种，须由审核人员对照台账判定"
    stages = [stage for stage, kind in listed if not required.spares(kind)]
    if not stages:
        return f"材料没有{table}"
    written = [stage for stage in stages if stage is not None]
    codes = [code for stage in written if (code := asked.common.stage(stage.value)) is not None]
    if len(codes) < len(stages):
        return f"{table}有 {len(stages) - len(codes)} {counted}没有可识别的排放阶段"
    share = share_at_least(required.stage, codes)
    name = f"国{NUMERALS[required.stage]}及以上或新能源"
    rest = [code for code in codes if required.rest is not None and older(code, required.rest)]
    short = f"另有 {len(rest)} {counted}低于国{NUMERALS[required.rest or 0]}" if rest else ""
    said = "，".join(filter(None, (f"{name}占{_percent(share)}", short)))
    return Fact(share, said, written[0].at, short)


def _inplant(_: _Asked) -> Fact | str:
    return "材料没有单列厂内运输车辆的排放阶段"


def _data_kept(asked: _Asked) -> Fact | str:
    return _stated(asked, lambda clause: "数据" in clause and not _VIDEO.search(clause))


def _video_kept(asked: _Asked) -> Fact | str:
    return _stated(asked, lambda clause: _VIDEO.search(clause) is not None)


def _stated(asked: _Asked, concerns: Callable[[str], bool]) -> Fact | str:
    """The shortest time of retention that the enterprise states in 对标总表."""
    found = indicator_row(asked.dossier, asked.row.indicator, asked.common)
    status = found.status if found else None
    clauses = re.split(r"[,;。]", plain(status.value)) if status else []
    kept = [part for part in clauses if _KEPT.search(part) and concerns(part)]
    return _shortest([(part, status.at) for part in kept if status], asked.row, "企业对标情况")


def _gates_kept(asked: _Asked) -> Fact | str:
    gates = asked.dossier.evidence.transport.gates
    cells = [(plain(g.retention.value) if g.retention else "", g.at) for g in gates]
    return _shortest(cells, asked.row, "门禁及视频监控表")


def _shortest(texts: Iterable[tuple[str, Location]], row: Requirement, where: str) -> Fact | str:
    found: list[tuple[Decimal, str, Location]] = []
    for text, at in texts:
        match = _DURATION.search(text)
        if match is None or _LESS.search(text):
            return f"{where}没有写明保存时间"
        count = _CHINESE.get(match["count"]) or Decimal(match["count"])
        months = count * MONTHS_A_YEAR if match["unit"] == "年" else count
        found.append((months, match[0], at))
    if not found:
        return f"{where}没有写明保存时间"
    months, said, at = min(found, key=lambda one: one[0])
    yearly = row.figure is not None and row.figure.unit == "year"
    return Fact(months / MONTHS_A_YEAR if yearly else months, said, at)


def _percent(share: Decimal) -> str:
    """A share in %, rounded down, so that what misses a bound never looks as if it met it."""
    return f"{share.quantize(_TENTHS, ROUND_FLOOR)}%"


SUBJECTS: dict[str, tuple[str, Finder]] = {
    "clean_transport_share": ("清洁运输比例", _clean),
    "road_stage_share": ("公路运输车辆排放阶段", _vehicles),
    "inplant_stage_share": ("厂内运输车辆排放阶段", _inplant),
    "nonroad_stage_share": ("非道路移动机械排放阶段", _machines),
    "data_retention_years": ("自动监控等数据保存时间", _data_kept),
    "video_retention_months": ("视频监控数据保存时间", _video_kept),
    "gate_video_months": ("运输视频监控数据保存时间", _gates_kept),
}
"""Subject of a requirement → what its item is called, and how its number is found."""
