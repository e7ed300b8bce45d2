"""“一厂一策”的缺陷: levels, persons, reductions and measures that are missing or too weak."""

from __future__ import annotations

from duibiao.model.dossier import Dossier
from duibiao.model.grades import SELF_CHOSEN, parse_grade
from duibiao.model.location import Located
from duibiao.model.plan import AlertLevel
from duibiao.testing.changing import changed, part
from duibiao.testing.defects.model import (
    CannotPlant,
    Defect,
    Plant,
    chained,
    drops,
    existing,
    first,
    keeps,
    without_sections,
    writes,
    written,
)

_RED, _ORANGE, _YELLOW = AlertLevel.RED, AlertLevel.ORANGE, AlertLevel.YELLOW


def _level(dossier: Dossier, level: AlertLevel) -> str:
    existing(dossier, "plan", "没有“一厂一策”")
    return first(
        dossier, "plan.levels", lambda entry: entry.level is level, f"方案没有{level}预警的措施"
    )


def _of_level(level: AlertLevel, field: str, value: str) -> Plant:
    return lambda dossier: written(dossier, f"{_level(dossier, level)}.{field}", value)


def _measures(level: AlertLevel, *lines: str) -> Plant:
    """Put these measures for those of a level."""

    def plant(dossier: Dossier) -> Dossier:
        path = _level(dossier, level)
        held = part(dossier, f"{path}.measures")
        if len(held) < len(lines):
            raise CannotPlant(f"{level}预警的措施不足{len(lines)}条")
        made = tuple(Located(line, old.at) for line, old in zip(lines, held, strict=False))
        return changed(dossier, {f"{path}.measures": made})

    return plant


def _without_ban(level: AlertLevel) -> Plant:
    def plant(dossier: Dossier) -> Dossier:
        path = _level(dossier, level)
        return keeps(
            f"{path}.measures", lambda text: "停止使用" not in text.value, "措施没有写车辆管控"
        )(dossier)

    return plant


def _binding(plant: Plant) -> Plant:
    """Plant only where the grade may not choose its measures itself."""

    def planted(dossier: Dossier) -> Dossier:
        grade = parse_grade(existing(dossier, "form.grade", "没有申报等级").value)
        if grade in SELF_CHOSEN:
            raise CannotPlant(f"{grade.label}可自主采取减排措施")
        return plant(dossier)

    return planted


def _free(plant: Plant) -> Plant:
    """Plant only where the grade may choose its measures itself."""

    def planted(dossier: Dossier) -> Dossier:
        grade = parse_grade(existing(dossier, "form.grade", "没有申报等级").value)
        if grade not in SELF_CHOSEN:
            raise CannotPlant("该等级不能自主采取减排措施")
        return plant(dossier)

    return planted


def _level_gone(dossier: Dossier) -> Dossier:
    _level(dossier, _RED)
    return keeps("plan.levels", lambda entry: entry.level is not _RED, "方案没有红色预警的措施")(
        without_sections("附.4.1")(dossier)
    )


def _lines(dossier: Dossier, count: int) -> list[str]:
    names = [
        row.line.value
        for table in dossier.production.products
        for row in table.rows
        if row.line and not row.is_total
    ]
    if len(names) < count:
        raise CannotPlant("没有生产线")
    return names[:count]


def _line_less_when_graver(dossier: Dossier) -> Dossier:
    (line,) = _lines(dossier, 1)
    for level, cut in ((_ORANGE, 80), (_RED, 30)):
        path = f"{_level(dossier, level)}.measures.0"
        dossier = written(dossier, path, f"（1）{line}限产{cut}%；")
    return dossier


def _unknown_line(dossier: Dossier) -> Dossier:
    (line,) = _lines(dossier, 1)
    head, _, rest = line.partition("#")
    if not rest or not head.isdigit():
        raise CannotPlant("生产线没有编号")
    path = _level(dossier, _RED)
    held = part(dossier, f"{path}.measures.-1")
    more = Located(f"{held.value.rstrip('。；')}，9#{rest}停产。", held.at)
    return changed(dossier, {f"{path}.measures.-1": more})


DEFECTS = (
    Defect(
        "measures of one level missing",
        "plan-measure-missing-for-an-alert-level",
        "没有红色预警下的措施",
        ("DB-701",),
        _level_gone,
    ),
    Defect(
        "nobody to call",
        "person-in-charge-missing",
        "红色预警没有写联系方式",
        ("DB-702",),
        drops("plan.levels.0.phone"),
    ),
    Defect(
        "graver level with less reduction",
        "reduction-not-graded",
        "红色预警的减排比例小于橙色预警",
        ("DB-703",),
        chained(_of_level(_ORANGE, "ratio", "70%"), _of_level(_RED, "ratio", "60%")),
    ),
    Defect(
        "closing undertaking missing",
        "undertaking-missing",
        "“一厂一策”没有结尾的承诺",
        ("DB-704",),
        drops("plan.undertaking"),
    ),
    Defect(
        "reduction missing",
        "reduction-missing",
        "橙色预警没有写减排比例",
        ("DB-705",),
        drops("plan.levels.1.ratio"),
    ),
    Defect(
        "right of A taken with B",
        "self-chosen-without-right",
        "无权自主减排的等级在申请表写自主采取减排措施",
        ("DB-706",),
        _binding(writes("form.control_type", "自主采取减排措施")),
    ),
    Defect(
        "reduction chosen freely with B",
        "self-chosen-without-right",
        "无权自主减排的等级在红色预警写自主减排",
        ("DB-706",),
        _binding(_measures(_RED, "（1）企业自主采取减排措施，停产；")),
        ("DB-708", "DB-709"),
    ),
    Defect(
        "standstill left out",
        "measure-too-weak",
        "应停产的级别只写限产",
        ("DB-707",),
        _binding(
            chained(
                _measures(
                    _RED,
                    "（1）水泥熟料生产线限产50%；",
                    "（2）停止使用国四及以下排放标准重型载货车辆进行物料运输。",
                ),
                _of_level(_RED, "ratio", "50%"),
            )
        ),
    ),
    Defect(
        "vehicle ban left out",
        "vehicle-ban-missing",
        "黄色预警没有写车辆管控",
        ("DB-708",),
        _binding(_without_ban(_YELLOW)),
    ),
    Defect(
        "vehicle ban only in milder levels",
        "vehicle-ban-not-graded",
        "红色预警没有车辆管控，较轻级别有",
        ("DB-709",),
        _without_ban(_RED),
        ("DB-708",),
    ),
    Defect(
        "line cut less in a graver level",
        "reduction-not-graded",
        "一条生产线在红色预警的限产小于橙色预警",
        ("DB-710",),
        _line_less_when_graver,
        ("DB-714",),
    ),
    Defect(
        "line in the plan that is not there",
        "line-unknown",
        "措施提到3.1没有的生产线",
        ("DB-711",),
        _unknown_line,
    ),
    Defect(
        "reduction below what every enterprise owes",
        "reduction-too-small",
        "黄色预警的减排比例低于全社会的比例",
        ("DB-712",),
        _binding(_of_level(_YELLOW, "ratio", "5%")),
    ),
    Defect(
        "nothing but the right to choose",
        "measure-missing",
        "只写“自主采取减排措施”，没有具体措施",
        ("DB-713",),
        _free(_measures(_YELLOW, "（1）企业自主采取减排措施。")),
    ),
    Defect(
        "all reduced though lines go on",
        "reduction-contradicted",
        "减排比例写100%，措施却仍在生产",
        ("DB-714",),
        chained(
            _of_level(_RED, "ratio", "100%"),
            lambda dossier: _measures(
                _RED, "（1）全部生产线限产50%；", part(dossier, "plan.levels.0.measures.1").value
            )(dossier),
        ),
    ),
)
