"""文字的缺陷: what is said in words against the tables behind it."""

from __future__ import annotations

from collections.abc import Callable

from duibiao.model.dossier import Dossier
from duibiao.testing.changing import changed, rewritten
from duibiao.testing.defects.model import CannotPlant, Defect, Plant, existing, first, written


def _claim(name: str, words: str) -> Plant:
    def plant(dossier: Dossier) -> Dossier:
        path = first(
            dossier, "indicators.rows", lambda r: r.indicator.value == name, f"没有“{name}”一行"
        )
        return written(dossier, f"{path}.status", words)

    return plant


def _in_plan(find: Callable[[Dossier], str], change: Callable[[str], str]) -> Plant:
    """Change words of the plan that follow from figures."""

    def plant(dossier: Dossier) -> Dossier:
        words = find(dossier)
        done = changed(dossier, {"plan": rewritten(dossier.plan, words, change(words))})
        if done == dossier:
            raise CannotPlant(f"方案没有写“{words}”")
        return done

    return plant


def _outlets_in_words(dossier: Dossier) -> str:
    return f"排放口{len({row.outlet.value for row in dossier.outlets if row.outlet})}个"


def _emission_in_words(dossier: Dossier) -> str:
    total = existing(dossier, "profile.totals.0", "没有排放信息表")
    return f"{total.pollutant.value}{total.actual.value}t"


def _output_in_words(dossier: Dossier) -> str:
    row = existing(dossier, "production.products.0.rows.0", "没有产品表")
    return f"{row.product.value}设计产能"


DEFECTS = (
    Defect(
        "claimed concentration below the measured one",
        "claim-contradicted",
        "对标总表所称的最高浓度低于监测浓度",
        ("DB-316",),
        _claim("排放限值", "颗粒物浓度均低于0.5mg/m³，稳定达标。"),
    ),
    Defect(
        "claimed efficiency above that of the facilities",
        "claim-contradicted",
        "对标总表所称的去除效率高于设施表",
        ("DB-317",),
        _claim("污染治理技术", "除尘效率不低于99.999%。"),
    ),
    Defect(
        "number of outlets in words differs",
        "outlet-count-mismatch",
        "“一厂一策”所写的排放口数量与第四部分不符",
        ("DB-319",),
        _in_plan(_outlets_in_words, lambda words: words.replace("排放口", "排放口1")),
    ),
    Defect(
        "capacity in words differs",
        "capacity-mismatch",
        "“一厂一策”所写的产能与产能及产量表不符",
        ("DB-320",),
        _in_plan(_output_in_words, lambda words: f"{words}7"),
    ),
    Defect(
        "emission in words differs",
        "emission-mismatch",
        "“一厂一策”所写的年排放量与企业基本信息不符",
        ("DB-321",),
        _in_plan(_emission_in_words, lambda words: words.replace("颗粒物", "颗粒物8")),
    ),
)
