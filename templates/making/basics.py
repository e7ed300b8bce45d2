"""Part 四 of 附件4: the enterprise, its compliance, its production and its outlets."""

from __future__ import annotations

from front import divider
from words import (
    TEXT_WIDTH,
    Shapes,
    caption,
    cell,
    each,
    gap,
    listing,
    p,
    row,
    table,
    tag_row,
    when,
)

PROFILE = (
    ("企业名称", "enterprise"),
    ("统一社会信用代码", "credit_code"),
    ("行政区划", "region"),
    ("详细地址", "address"),
    ("经纬度", "coordinates"),
    ("所属行业及代码", "industry"),
    ("所属工业园区", "park"),
    ("法定代表人", "legal_person"),
    ("排污许可证编号", "permit_number"),
    ("排污许可证有效期", "permit_term"),
    ("申报等级", "grade"),
)
_LABEL = 2600
_PAIR = (_LABEL, TEXT_WIDTH - _LABEL)


def heading(level: int, key: str, title: str) -> str:
    """Return a heading with its bookmark."""
    return p(f"Heading{level}", f"{{{{ bookmark('sec_{key}') }}}}{title}")


def texts(values: str) -> str:
    """Return running text."""
    return each("text", values, p("Body", "{{ text }}"))


def basics(shapes: Shapes) -> str:
    """Return part 四."""
    return "".join(
        (
            divider(shapes, "4", "四、企业基本情况"),
            heading(2, "4_1", "1. 企业基本信息"),
            texts("profile.texts"),
            _profile(),
            when(
                "profile.totals",
                caption("profile.totals.number", "大气污染物排放信息表"),
                listing(
                    (52, 52, 52),
                    ("污染物", "许可排放量（t/a）", "{{ last_year }}实际排放量（t/a）"),
                    "profile.totals.rows",
                    ("pollutant", "permitted", "actual"),
                ),
            ),
            heading(2, "4_2", "2. 环保守法说明"),
            texts("compliance"),
            heading(2, "4_3", "3. 企业生产工艺及产污环节"),
            heading(3, "4_3_1", "3.1 产品及产量"),
            texts("products.texts"),
            _products(),
            heading(3, "4_3_2", "3.2 生产工艺"),
            texts("processes.texts"),
            each("photo", "processes.figures", _figure()),
            heading(3, "4_3_3", "3.3 原辅材料、能源消耗情况"),
            texts("consumption.texts"),
            _consumption(),
            heading(3, "4_3_4", "3.4 运输情况"),
            texts("transports.texts"),
            _transports(),
            heading(2, "4_4", "4. 大气污染物产排污环节及相应污染治理措施"),
            texts("emissions.texts"),
            _outlets(),
            _fugitives(),
        )
    )


def _profile() -> str:
    rows = [
        row(
            cell(_PAIR[0], p("FormLine", label)),
            cell(_PAIR[1], p("FormLine", f"{{{{ profile.{name} }}}}")),
        )
        for label, name in PROFILE
    ]
    other = (
        tag_row(_PAIR, "{%tr for pair in profile.other %}"),
        row(
            cell(_PAIR[0], p("FormLine", "{{ pair.label }}")),
            cell(_PAIR[1], p("FormLine", "{{ pair.value }}")),
        ),
        tag_row(_PAIR, "{%tr endfor %}"),
    )
    return gap() + table("FormTable", _PAIR, (*rows, *other))


def _products() -> str:
    return each(
        "table",
        "products.tables",
        caption("table.number", "{{ table.title }}"),
        listing(
            (12, 26, 42, 24, 26, 26),
            (
                "序号",
                "生产线",
                "主要生产设施",
                "产品",
                "设计产能{% if table.capacity_unit %}\n（{{ table.capacity_unit }}）{% endif %}",
                "{{ last_year }}产量{% if table.output_unit %}\n（{{ table.output_unit }}）{% endif %}",
            ),
            "table.rows",
            ("serial", "line", "equipment", "product", "capacity", "output"),
        ),
    )


def _figure() -> str:
    """Return a flow chart with its name: a table, so that its name is no part of the running text."""
    return table(
        "Album",
        (TEXT_WIDTH,),
        (
            row(cell(TEXT_WIDTH, p("Picture", "{{ photo.picture }}", more="<w:keepNext/>"))),
            row(cell(TEXT_WIDTH, p("PictureName", "{{ photo.caption }}"))),
        ),
    ) + p("End")


def _consumption() -> str:
    materials = listing(
        (12, 28, 18, 16, 24, 29, 29),
        ("序号", "名称", "类别", "单位", "{{ last_year }}使用量", "储存方式", "装卸方式"),
        "consumption.materials.rows",
        ("serial", "name", "kind", "unit", "used", "storage", "handling"),
    )
    energies = listing(
        (12, 40, 24, 34, 46),
        ("序号", "能源种类", "单位", "{{ last_year }}消耗量", "来源及输送方式"),
        "consumption.energies.rows",
        ("serial", "name", "unit", "used", "handling"),
    )
    return when(
        "consumption.materials",
        caption("consumption.materials.number", "主要原料、辅料、燃料消耗情况表"),
        materials,
    ) + when(
        "consumption.energies",
        caption("consumption.energies.number", "主要能源消耗情况表"),
        energies,
    )


def _transports() -> str:
    return when(
        "transports.goods",
        caption("transports.goods.number", "{{ last_year }}主要物料及产品运输情况表"),
        listing(
            (12, 34, 20, 42, 26, 22),
            (
                "序号",
                "物料（产品）",
                "进/出厂",
                "运输方式",
                "运输量{% if transports.goods.unit %}\n（{{ transports.goods.unit }}）{% endif %}",
                "是否清洁运输",
            ),
            "transports.goods.rows",
            ("serial", "goods", "direction", "mode", "amount", "clean"),
        ),
    )


def _outlets() -> str:
    return each(
        "table",
        "emissions.outlets",
        caption("table.number", "{{ table.pollutant }}有组织产排污环节及治理措施"),
        listing(
            (10, 17, 25, 18, 28, 15, 21, 22),
            (
                "序号",
                "排放口编号",
                "产污环节",
                "污染物",
                "治理设施\n（工艺）",
                "处理效率{% if table.efficiency_unit %}\n（{{ table.efficiency_unit }}）{% endif %}",
                "排放浓度\n（mg/m³）",
                "改造完成时间",
            ),
            "table.rows",
            (
                "serial",
                "outlet",
                "step",
                "pollutant",
                "treatment",
                "efficiency",
                "concentration",
                "retrofitted",
            ),
        ),
    )


def _fugitives() -> str:
    return when(
        "emissions.fugitives",
        caption("emissions.fugitives.number", "无组织废气产排污环节及治理措施"),
        listing(
            (12, 38, 30, 76),
            ("序号", "产污环节", "主要污染物", "防治措施"),
            "emissions.fugitives.rows",
            ("serial", "step", "pollutants", "measure<"),
        ),
    )
