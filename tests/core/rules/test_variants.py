"""Wordings that real packages use: each is judged as the plain one would be."""

import pytest

from duibiao.model.dates import PartialDate
from duibiao.model.enterprise import Transport
from duibiao.model.evidence import VehicleShare
from duibiao.model.location import Located
from duibiao.model.plan import AlertLevel
from duibiao.model.quantities import parse_quantity

from .law_builders import INDUSTRY, limit, measure, quantity, requirement
from .support import AT, RECALLED, at, cement, changed, furniture, outcome, path_of, text, without

CLAIM = path_of(cement(), "indicators.rows", "indicator.value", "运输方式")
CARS, MACHINES = "evidence.transport.vehicles", "evidence.transport.machines"
OUTLETS, DUST = cement().outlets, cement().evidence.facilities[0].rows
BOTH = "物料公路运输全部使用国五及以上车辆，厂内非道路移动机械达到国三及以上标准"
SHARE = "国五及以上排放标准车辆或新能源车辆比例不低于80%，其余为国四；非道路移动机械国三及以上"
ROAD = {"figure": "80", "subject": "road_stage_share"}
STOP = (
    measure("limit", "限产10%", ratio="10", levels=(AlertLevel.YELLOW,)),
    measure("limit", "限产20%", ratio="20", levels=(AlertLevel.ORANGE,)),
    measure("stop", "停产", levels=(AlertLevel.RED,)),
)
BAN = (measure("vehicles", "禁止使用国四及以下重型货车（含燃气）运输。"),)
NITROGEN = {"pollutant": "NOx", "process": "kiln"}


def second(row, efficiency, **words):
    """Return the same row once more for a first stage of treatment."""
    return changed(row, {"efficiency.value": parse_quantity(efficiency), **words})


def requiring(words: str, **changes):
    return changed(cement(), {f"{CLAIM}.requirement.value": words, **changes})


def claiming(words: str, status: str):
    return requiring(words, **{f"{CLAIM}.status.value": status})


def cleaned(word: str):
    """Return the cement works with another word for clean transport in its table."""

    def worded(row: Transport) -> Transport:
        return changed(row, clean=text(word)) if row.clean and row.clean.value == "是" else row

    rows = tuple(map(worded, cement().production.transports))
    return changed(cement(), {"production.transports": rows})


def planned(level: int, words: str, ratio: str | None = None):
    path = f"plan.levels.{level}"
    dossier = changed(cement(), {f"{path}.measures": (text(words),)})
    if ratio is None:
        return without(dossier, f"{path}.ratio")
    return changed(dossier, {f"{path}.ratio.value": parse_quantity(ratio, "%")})


def staged(*shares: tuple[str, str]):
    rows = tuple(VehicleShare(AT, text(stage), quantity(count, "")) for stage, count in shares)
    return changed(cement(), {"evidence.transport.shares": rows})


def stating(path: str, value: str, unit: str = "mg/m3"):
    return changed(cement(), {f"{path}.value": parse_quantity(value, unit)})


TWO_STAGES = changed(
    cement(),
    {
        "outlets": (*OUTLETS, second(OUTLETS[0], "80%", **{"treatment.value": "旋风除尘器"})),
        "evidence.facilities.0.rows": (
            *DUST,
            second(DUST[0], "80%", **{"number": 10, "process.value": "旋风除尘器"}),
        ),
    },
)
NMHC = next(row for row in furniture().outlets if row.pollutant.value == "非甲烷总烃")
TVOC = changed(NMHC, {"pollutant": text("TVOC"), "concentration.value": parse_quantity("9-15")})
LIMIT_0 = "evidence.limits.0"

CASES = [
    ("DB-305", TWO_STAGES, "passed", {}),
    ("DB-306", TWO_STAGES, "passed", {}),
    (
        "DB-301",
        changed(furniture(), outlets=(*furniture().outlets, TVOC)),
        "passed",
        {"grade": "A"},
    ),
    *(
        ("DB-310", changed(cement(), {"evidence.transport.text": (text(words),)}), "found", {})
        for words in (
            "清洁运输比例：44%",
            "清洁运输比例达到了44%",
            "清洁运输比例约为44%",
            "清洁运输占比44%",
        )
    ),
    *(
        ("DB-310", cleaned(word), "passed", {})
        for word in ("√", "✓", "✔", "是（铁路）", "清洁运输")
    ),
    ("DB-309", stating("production.transports.0.amount", "824000吨", "万t"), "passed", {}),
    ("DB-310", stating("production.transports.0.amount", "824000吨", "万t"), "passed", {}),
    ("DB-308", stating("production.products.0.rows.0.output", "890000吨", "万t"), "found", {}),
    ("DB-308", stating("production.products.0.rows.0.output", "1200h"), "skipped", {}),
    ("DB-312", staged(("国五", "1"), ("国六", "2"), ("电", "5"), ("国三", "/")), "passed", {}),
    ("DB-312", staged(("国五", "1"), ("国六a", "1"), ("国六b", "1"), ("电", "5")), "passed", {}),
    ("DB-312", staged(("国六", "2"), ("电", "5")), "found", {}),
    ("DB-312", staged(("国五", "一"), ("国六", "2"), ("电", "5")), "skipped", {}),
    ("DB-314", stating("evidence.limits.3.concentration", "0.02ng/m³"), "passed", {}),
    (
        "DB-401",
        changed(stating(f"{LIMIT_0}.limit", "<4.9"), {f"{LIMIT_0}.oxygen": None}),
        "found",
        {},
    ),
    ("DB-403", changed(cement(), {"evidence.limits": ()}), "skipped", {"limits": (limit("10"),)}),
    *(
        ("DB-406", changed(cement(), {f"{LIMIT_0}.conclusion.value": word}), status, {})
        for word, status in (
            *(
                (word, "passed")
                for word in ("不涉及", "未超标", "不超标", "超低排放达标", "未检出，达标")
            ),
            *((word, "found") for word in ("×", "✗", "部分不达标", "尚未达标", "超标0.2倍")),
        )
    ),
    (
        "DB-407",
        without(cement(), "evidence.limits.2"),
        "skipped",
        {"industry": INDUSTRY, "limits": (limit("8", condition="采用氨法脱硝", **NITROGEN),)},
    ),
    *(
        ("DB-501", changed(cement(), paragraphs=(text(line),)), status, {})
        for line, status in (
            ("2023年7月1日—2028年6月30日", "passed"),
            ("2023年7月1日到2028年6月30日", "passed"),
            ("公司拟2028年6月搬迁", "passed"),
            ("2033年12月安装袋式除尘器，废气有效收集", "found"),
            ("检测报告（YXGJC-202607-175）2033年7月", "found"),
            ("采用计算机模拟，2033年12月验收", "found"),
        )
    ),
    *(
        ("DB-503", changed(cement(), {"profile.permit_term.value": term}), status, {})
        for term, status in (
            ("有效期至2025年6月30日", "found"),
            ("有效期至2028年6月30日", "passed"),
        )
    ),
    (
        "DB-504",
        changed(cement(), {"compliance.4.violation_dates": (Located(PartialDate(2025), AT),)}),
        "skipped",
        {},
    ),
    ("DB-506", changed(cement(), {"cover.date.value": PartialDate(2026, 9)}), "found", {}),
    (
        "DB-507",
        changed(
            cement(),
            {"evidence.archive.text": (text("2025年第四季度执行报告"),), "evidence.photos": ()},
        ),
        "found",
        {},
    ),
    ("DB-602", requiring(BOTH), "passed", {}),
    ("DB-606", requiring(BOTH), "passed", {}),
    ("DB-602", requiring(SHARE, **{f"{CARS}.0.stage.value": "国四"}), "skipped", {}),
    *(
        ("DB-602", requiring(f"公路运输使用{words}车辆"), status, {})
        for words, status in (
            ("国五（含）以上排放标准", "passed"),
            ("国Ⅴ及以上排放标准", "passed"),
            ("国五标准及以上", "passed"),
            ("新能源或国六", "found"),
        )
    ),
    ("DB-602", changed(cement(), {f"{CARS}.0.stage.value": "无"}), "found", {}),
    ("DB-606", changed(cement(), {f"{MACHINES}.2.stage.value": "无"}), "found", {}),
    ("DB-607", changed(cement(), {f"{CARS}.0.plate.value": "豫M·8A271"}), "passed", {}),
    ("DB-604", changed(cement(), {f"{CARS}.1.plate.value": "豫M·8A271"}), "found", {}),
    ("DB-605", claiming("清洁运输比例不低于80%", "铁路占35%，清洁运输比例91.1%"), "passed", {}),
    ("DB-605", claiming("清洁运输比例不低于80%", "清洁运输：铁路35%，合计91.1%"), "passed", {}),
    ("DB-605", claiming("国五不低于95%，清洁运输比例不低于80%", "清洁运输比例91.1%"), "passed", {}),
    ("DB-609", changed(cement(), {f"{MACHINES}.0.stage.value": ""}), "found", {}),
    ("DB-610", cement(), "not_applicable", {}),
    (
        "DB-610",
        cement(),
        "skipped",
        {"requirements": (requirement("国五及以上", provenance=RECALLED, **ROAD),)},
    ),
    (
        "DB-610",
        cement(),
        "skipped",
        {"requirements": (requirement("国五及以上", condition="有条件", **ROAD),)},
    ),
    (
        "DB-610",
        cement(),
        "found",
        {
            "requirements": (
                requirement("全部使用新能源或国六车辆", figure="100", subject="road_stage_share"),
            )
        },
    ),
    (
        "DB-611",
        cement(),
        "skipped",
        {
            "requirements": (
                requirement(
                    "清洁", figure="80", subject="clean_transport_share", provenance=RECALLED
                ),
            )
        },
    ),
    *(
        ("DB-705", stating("plan.levels.1.ratio", sign, "%"), "found", {})
        for sign in ("/", "—", "无")
    ),
    ("DB-706", planned(1, "自主减排"), "found", {}),
    *(
        ("DB-707", planned(level, words, ratio), status, {"measures": STOP})
        for level, words, ratio, status in (
            (1, "全厂停产", None, "skipped"),
            (1, "打磨工序停产", "5%", "found"),
            (0, "打磨工序停产", "5%", "skipped"),
            (0, "部分生产线停产", None, "skipped"),
            (0, "1#线停产，2#线限产50%", "50%", "skipped"),
            (0, "不停产，限产20%", "20%", "found"),
        )
    ),
    (
        "DB-707",
        planned(0, "限产", "20%"),
        "found",
        {"measures": (*STOP[:2], measure("stop", "停产", levels=(AlertLevel.RED,), grades=()))},
    ),
    (
        "DB-707",
        planned(0, "限产", "20%"),
        "skipped",
        {"measures": (*STOP[:2], measure("stop", "停运部分生产线", levels=(AlertLevel.RED,)))},
    ),
    (
        "DB-707",
        cement(),
        "skipped",
        {"measures": (*STOP[:2], measure("stop", "停产", levels=(AlertLevel.RED,), process="窑"))},
    ),
    *(
        ("DB-708", planned(0, words), "passed", {"measures": BAN})
        for words in (
            "停用国五及以下车辆",
            "停用国四（含）以下车辆",
            "停用国Ⅳ及以下车辆",
            "停用国4及以下车辆",
            "停用国四排放标准及以下车辆",
            "停止一切公路运输",
            "公路运输全部停止",
        )
    ),
    (
        "DB-708",
        planned(0, "停产"),
        "found",
        {"measures": (measure("vehicles", BAN[0].text, grades=()),)},
    ),
    (
        "DB-708",
        planned(0, "停产"),
        "skipped",
        {"measures": (measure("vehicles", "运输车辆进出减半"),)},
    ),
]


@pytest.mark.parametrize(
    ("code", "dossier", "status", "given"),
    CASES,
    ids=[f"{code}-{number}" for number, (code, *_) in enumerate(CASES)],
)
def test_variant(code, dossier, status, given):
    result = outcome(code, dossier, **given)
    assert result.status == status, result


def test_a_row_without_a_pollutant_is_told_with_its_step():
    dossier = changed(cement(), {"evidence.limits": (without(at(cement(), LIMIT_0), "pollutant"),)})
    given = {"industry": INDUSTRY, "limits": (limit("100", **NITROGEN),)}
    (found,) = outcome("DB-407", dossier, **given).findings
    assert found.message.startswith("DA001 水泥窑窑尾没有对标氮氧化物")
