"""Part 五 of 附件4: the indicator table and the evidence sections."""

from __future__ import annotations

from basics import heading, texts
from front import divider
from pages import NARROW, NARROW_WIDTH, NORMAL
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
    tag,
    tag_row,
    when,
)

_PAGES = (
    "{% if row.start %}{{ pageref(row.start, row.first) }}"
    "{% if row.is_range %}-{{ pageref(row.end, row.last) }}{% endif %}{% else %}{{ row.pages }}{% endif %}"
)
_KEPT = "<w:keepNext/>"

LARGE, SMALL, SHEET = 4876, 2948, 13606
"""Heights of frames in twentieths of a point: 86, 52 and 240 mm."""

_NAME, _NAMES = 480, 600


def indicators(shapes: Shapes) -> str:
    """Return the beginning of part 五 with the indicator table."""
    return "".join(
        (
            divider(shapes, "5", "五、绩效分级材料"),
            heading(2, "5_1", "1. 绩效分级指标对标总表"),
            texts("indicators.texts"),
            caption("indicators.number", "绩效分级指标对标总表"),
            listing(
                (26, 45, 45, 20, 20),
                (
                    "差异化指标",
                    "{{ indicators.industry }}行业{{ indicators.grade }}绩效指标要求",
                    "企业对标情况",
                    "证明材料页码",
                    "备注",
                ),
                "indicators.rows",
                ("indicator", "requirement<", "status<", _PAGES, "remark"),
            ),
            p("NewPage"),
            heading(2, "5_2", "2. 各分级指标证明材料"),
            p(
                "Body",
                "根据上述绩效分级指标对标总表，结合企业现场实际情况，附以下相应的证明文件、现场照片等材料。",
            ),
            texts("proof.texts"),
        )
    )


def evidence() -> str:
    """Return the evidence sections: one loop over the sections that apply, and in each over its groups."""
    title = "{{ bookmark(part.start) }}{{ part.number }} {{ part.title }}"
    return each(
        "part",
        "evidence",
        when("part.new_page", p("NewPage")),
        when("part.level == 3", p("Heading3", title)),
        when("part.level == 4", p("Heading4", title)),
        each(
            "group",
            "part.groups",
            when("group.new_page", p("NewPage")),
            when("not group.is_bare", _labels()),
            texts("group.texts"),
            _tables(),
            _listed(),
            _album(),
            _documents(),
        ),
    )


def _labels() -> str:
    return "".join(
        (
            when(
                "group.kind == 'facilities'", p("Label", "（1）{{ part.facility }}设施情况一览表")
            ),
            when("group.kind == 'photos'", p("Label", "（2）{{ part.facility }}设施现场照片")),
            when(
                "group.kind == 'papers'",
                p("Label", "（3）{{ part.facility }}设施采购（工程安装）合同和竣工监测报告"),
            ),
            when("group.kind == 'listed'", p("Label", "（{{ group.number }}）{{ group.title }}")),
        )
    )


def _sheet(name: str, title: str, *parts: str) -> str:
    return when(f"group.{name}", caption(f"group.{name}.number", title), *parts)


def _tables() -> str:
    """Return the tables that 2.13 to 2.18 ask for."""
    return "".join((*_emission_tables(), *_management_tables(), *_transport_tables()))


def _emission_tables() -> tuple[str, ...]:
    def unit(name: str) -> str:
        return f"{{% if group.facilities.{name}_unit %}}\n（{{{{ group.facilities.{name}_unit }}}}）{{% endif %}}"

    facilities = listing(
        (10, 24, 25, 21, 14, 15, 24, 23),
        (
            "序号",
            "产污环节",
            "{{ part.facility }}工艺",
            "投用时间",
            "运行状况",
            f"去除效率{unit('efficiency')}",
            f"污染物排放浓度{unit('concentration')}",
            f"污染物排放风量{unit('flow')}",
        ),
        "group.facilities.rows",
        (
            "number",
            "step",
            "process",
            "commissioned",
            "condition",
            "efficiency",
            "concentration",
            "flow",
        ),
    )
    report, conclusion = "数据来源\n（报告编号）", "是否达标"
    with_oxygen = listing(
        (15, 20, 16, 20, 20, 15, 15, 22, 13),
        ("排放口", "产污环节", "污染物", "绩效限值\n（mg/m³）", "监测浓度\n（mg/m³）", "实测含氧量\n（%）", "基准含氧量\n（%）", report,
         conclusion),
        "group.limits.rows",
        ("outlet", "step", "pollutant", "limit", "concentration", "oxygen", "baseline_oxygen", "report", "conclusion"),
    )  # fmt: skip
    plain = listing(
        (18, 28, 22, 22, 22, 28, 16),
        (
            "排放口",
            "产污环节",
            "污染物",
            "绩效限值（mg/m³）",
            "监测浓度（mg/m³）",
            report,
            conclusion,
        ),
        "group.limits.rows",
        ("outlet", "step", "pollutant", "limit", "concentration", "report", "conclusion"),
    )
    controls = listing(
        (11, 26, 43, 43, 16, 17),
        ("序号", "工序（环节）", "指标要求", "企业落实情况", "是否符合", "照片编号"),
        "group.controls.rows",
        ("serial", "step", "requirement<", "status<", "conclusion", "photo"),
    )
    return (
        _sheet("facilities", "{{ part.facility }}设施一览表", facilities),
        _sheet(
            "limits",
            "有组织排放限值对标表",
            when("group.limits.has_oxygen", with_oxygen),
            when("not group.limits.has_oxygen", plain),
        ),
        _sheet("controls", "无组织排放管控措施落实情况表", controls),
    )


def _management_tables() -> tuple[str, ...]:
    approvals = listing(
        (12, 54, 38, 24, 28),
        ("序号", "项目名称", "环评批复文号", "验收方式", "验收时间"),
        "group.approvals.rows",
        ("serial", "project<", "approval", "acceptance", "accepted"),
    )
    reports = listing(
        (12, 38, 40, 30, 36),
        ("序号", "报告编号", "检测类别", "报告日期", "检测单位"),
        "group.reports.rows",
        ("serial", "number", "kind", "date", "laboratory"),
    )
    ratings = listing((56, 100), ("年度", "评级结果"), "group.ratings.rows", ("year", "rating"))
    staff = listing(
        (12, 26, 30, 20, 30, 38),
        ("序号", "姓名", "职务", "学历", "专业", "证书"),
        "group.staff.rows",
        ("serial", "name", "post", "education", "subject", "certificate"),
    )
    return (
        _sheet("approvals", "环评及验收手续一览表", approvals),
        _sheet("reports", "废气监测报告一览表", reports),
        _sheet("ratings", "环保信用评级结果", ratings),
        _sheet("staff", "环保人员配置表", staff),
    )


def _transport_tables() -> tuple[str, ...]:
    def unit(table_name: str, name: str) -> str:
        value = f"group.{table_name}.{name}_unit"
        return f"{{% if {value} %}}\n（{{{{ {value} }}}}）{{% endif %}}"

    modes = listing(
        (14, 46, 34, 24, 38),
        (
            "序号",
            "运输方式",
            f"运输量{unit('modes', 'amount')}",
            f"占比{unit('modes', 'share')}",
            "是否清洁方式",
        ),
        "group.modes.rows",
        ("serial", "mode", "amount", "share", "clean"),
    )
    shares = listing(
        (14, 58, 42, 42),
        ("序号", "排放阶段", "车辆数\n（辆）", f"占比{unit('shares', 'share')}"),
        "group.shares.rows",
        ("serial", "stage", "count", "share"),
    )
    machines = listing(
        (14, 50, 50, 42),
        ("序号", "机械名称", "环保编码", "排放阶段"),
        "group.machines.rows",
        ("serial", "name", "code", "stage"),
    )
    gates = listing(
        (12, 38, 52, 24, 30),
        ("序号", "位置", "设备", "联网情况", "数据保存时间"),
        "group.gates.rows",
        ("serial", "position", "equipment", "connected", "retention"),
    )
    vehicles = listing(
        (9, 20, 16, 36, 25, 10, 13, 15, 12),
        ("序号", "车牌号", "车辆类型", "车辆识别代号\n（VIN）", "发动机\n（电机）号", "燃料", "排放阶段", "注册日期", "随车清单及行驶证"),
        "group.vehicles.rows",
        ("serial", "plate", "kind", "vin", "engine", "fuel", "stage", "registered", "papers"),
    )  # fmt: skip
    return (
        _sheet("modes", "大宗物料和产品运输方式统计表", modes),
        _sheet("shares", "运输车辆排放阶段统计表", shares),
        _sheet("machines", "厂内非道路移动机械一览表", machines),
        _sheet("gates", "门禁及视频监控系统一览表", gates),
        _sheet("vehicles", "运输车辆电子台账", vehicles.replace("TableText", "TableSmall")),
    )


def _listed() -> str:
    """Return the tables whose columns are not known beforehand."""
    return each(
        "table",
        "group.tables",
        caption("table.number", "{{ table.title }}"),
        p("TableText", "{{p table.grid }}"),
    )


def _album() -> str:
    """Return photos in equal frames with their names below: two a page in one column, six a page in two."""
    whole, half = (TEXT_WIDTH,), (TEXT_WIDTH // 2, TEXT_WIDTH // 2)
    large = table(
        "Album",
        whole,
        (
            tag_row(whole, "{%tr for photo in group.album.photos %}"),
            row(_picture(whole[0], "photo"), height=LARGE, exact=True),
            row(_name(whole[0], "photo"), height=_NAME),
            tag_row(whole, "{%tr endfor %}"),
        ),
    )
    small = table(
        "Album",
        half,
        (
            tag_row(half, "{%tr for pair in group.album.pairs %}"),
            row(
                _picture(half[0], "pair.left"),
                _picture(half[1], "pair.right"),
                height=SMALL,
                exact=True,
            ),
            row(_name(half[0], "pair.left"), _name(half[1], "pair.right"), height=_NAMES),
            tag_row(half, "{%tr endfor %}"),
        ),
    )
    return when(
        "group.album",
        when("group.album.new_page", p("NewPage")),
        when("not group.album.new_page", gap()),
        when("group.album.per_page == 2", large),
        when("group.album.per_page == 6", small),
    )


def _documents() -> str:
    """Return documents, a page each with narrow margins; then the bookmarks at the end of the group."""
    ends = "{% for name in group.ends %}{{ bookmark(name) }}{% endfor %}"
    whole = (NARROW_WIDTH,)
    pages = table(
        "Album",
        whole,
        (
            tag_row(whole, "{%tr for photo in group.documents %}"),
            row(_picture(whole[0], "photo"), height=SHEET, exact=True),
            row(_name(whole[0], "photo"), height=_NAME),
            tag_row(whole, "{%tr endfor %}"),
        ),
    )
    return "".join(
        (
            tag("{%p if group.documents %}"),
            when("not group.continues", p("End", more=NORMAL)),
            when("group.is_bare", _labels()),
            pages,
            p("End", ends, more=NARROW),
            tag("{%p else %}"),
            p("End", ends),
            tag("{%p endif %}"),
        )
    )


def _picture(width: int, name: str) -> str:
    return cell(width, p("Picture", f"{{{{ {name}.picture }}}}", more=_KEPT))


def _name(width: int, name: str) -> str:
    return cell(width, p("PictureName", f"{{{{ {name}.caption }}}}"))
