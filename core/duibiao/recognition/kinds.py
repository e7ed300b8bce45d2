"""The tables of 附件4 by what their headers say; consultants word them in many ways."""

from __future__ import annotations

import re

from duibiao.recognition.headers import Kind


def _kind(name: str, needed: str, /, **columns: str | tuple[str, ...]) -> Kind:
    patterns = {
        field: tuple(map(re.compile, (words,) if isinstance(words, str) else words))
        for field, words in columns.items()
    }
    return Kind(name, patterns, frozenset(needed.split()))


_STEP = (
    r"产污环节|产排污环节|环节|工序|工段",
    r"产污|产排污|产尘|污染源|排放源|生产(?:设施|设备|单元)",
)
_OUTLET = (r"排放口|排口|排污口|排气筒", r"^编号$")
_CONCENTRATION = (r"浓度", r"(?:监测|检测|实测|排放)(?:值|结果|数据)")
_EFFICIENCY = (r"效率", r"(?:去除|净化|脱除|除尘|脱硫|脱硝)率")
_STAGE = r"排放阶段|排放标准|环保阶段|^国几"

TOTALS = _kind(
    "大气污染物排放信息表",
    "pollutant actual",
    pollutant=r"污染物|污染因子",
    permitted=r"许可",
    actual=r"实际排放|排放量",
)
PRODUCTS = _kind(
    "产品产能及产量表",
    "product capacity",
    capacity=r"产能|设计能力|生产能力",
    output=r"产量",
    line=r"^生产线|产线",
    equipment=r"设施|设备|装备",
    product=r"产品",
)
MATERIALS = _kind(
    "原辅材料及燃料消耗表",
    "name used",
    kind=r"类别|种类$|类型",
    unit=r"单位",
    used=r"使用量|用量|消耗量|耗量",
    storage=r"储存|贮存|存储",
    handling=r"装卸|来源|输送",
    name=r"名称|原辅材料|物料|原料",
)
ENERGIES = _kind(
    "能源消耗表",
    "name used",
    name=r"能源",
    unit=r"单位",
    used=r"使用量|用量|消耗量|耗量",
    storage=r"储存|贮存|存储",
    handling=r"来源|输送|装卸",
)
TRANSPORTS = _kind(
    "物料及产品运输表",
    "goods mode",
    direction=r"进/?出厂|方向|流向",
    mode=r"运输方式",
    amount=r"运输量|运量",
    clean=r"清洁",
    goods=r"物料|产品|货物|名称",
)
OUTLETS = _kind(
    "有组织产排污环节及治理措施表",
    "step treatment concentration",
    outlet=_OUTLET,
    step=_STEP,
    oxygen=r"含氧量",
    concentration=(*_CONCENTRATION, r"排放(?:情况|状况|水平)"),
    efficiency=r"^(?!.*(?:工艺|措施|设施|技术)[及和与、/(]).*(?:效率|(?:去除|净化|脱除|除尘|脱硫|脱硝)率)",
    flow=r"(?<!设计)(?<!额定)(?:风量|烟气量|废气量|排气量)",
    retrofitted=r"完成时间|改造时间|投用时间|完成改造|(?:完成|改造|投用|投运|建成).*(?:时间|日期)",
    treatment=(
        r"治理设施|治理措施|防治设施|治理工艺|防治工艺|设施",
        r"(?:治理|处理|防治|净化).*(?:工艺|措施|技术|方式)",
    ),
    pollutant=r"污染物|污染因子",
)
FUGITIVES = _kind(
    "无组织产排污环节及治理措施表",
    "step measure",
    step=_STEP,
    measure=r"措施",
    pollutants=r"污染物|污染因子",
)
INDICATORS = _kind(
    "绩效分级指标对标总表",
    "indicator requirement status",
    indicator=r"差异化指标|^指标(?:名称|项|类别|类型)?$",
    requirement=r"要求",
    status=r"企业.*(?:情况|现状)|对标(?:情况|结果|说明)|达标情况|符合情况|实际情况",
    pages=r"页码|页数",
    remark=r"备注",
    conclusion=r"^是否|^结论$|^符合性$|^判定(?:结果)?$",
)
FACILITIES = _kind(
    "治理设施一览表",
    "step process concentration",
    number=r"序号|^(?:设施|设备)?编号",
    step=_STEP,
    process=(r"工艺|设施名称|治理设施", r"治理技术|(?:治理|处理|净化)方式"),
    commissioned=r"投用|投运|运行时间|投入使用|启用|建成",
    condition=r"运行状况|运行情况|运行状态",
    efficiency=_EFFICIENCY,
    concentration=_CONCENTRATION,
    flow=r"(?<!设计)(?<!额定)(?:风量|烟气量|废气量|排气量)",
    outlet=_OUTLET,
)
LIMITS = _kind(
    "有组织排放限值对标表",
    "concentration limit",
    outlet=_OUTLET,
    step=_STEP,
    pollutant=r"污染物|污染因子",
    baseline_oxygen=r"基准.*氧|氧.*基准",
    oxygen=r"含氧量",
    limit=(r"限值", r"指标要求|指标值|标准值"),
    concentration=(
        r"折算.*浓度|浓度.*折算",
        r"实测.*浓度",
        r"浓度|监测值|监测结果",
        r"检测值|检测结果|实测值|折算值",
    ),
    report=r"来源|报告",
    conclusion=r"是否|达标|结论",
)
CONTROLS = _kind(
    "无组织排放管控措施表",
    "status requirement",
    step=r"工序|环节",
    requirement=r"要求",
    status=r"落实|企业.*情况|现状",
    conclusion=r"是否|符合|达标",
    photo=r"照片|图号",
)
REPORTS = _kind(
    "废气监测报告一览表",
    "number date",
    number=r"报告编号|编号$",
    kind=r"类别|类型",
    date=r"日期|时间",
    laboratory=r"单位|机构",
)
APPROVALS = _kind(
    "环评及验收手续表",
    "project approval",
    project=r"项目",
    approval=r"批复",
    acceptance=r"验收(?:方式|形式|文号|意见)",
    accepted=r"验收(?:时间|日期)|验收$",
)
RATINGS = _kind("环保信用评级表", "year rating", year=r"年度|年份", rating=r"评级|等级|结果")
STAFF = _kind(
    "环保人员配置表",
    "name post",
    name=r"姓名",
    post=r"职务|岗位|职责",
    education=r"学历",
    subject=r"专业",
    certificate=r"证书|证件|职称",
)
SHARES = _kind(
    "运输车辆排放阶段统计表",
    "stage count",
    stage=_STAGE,
    count=r"车辆数|数量|辆数",
    share=r"占比|比例",
)
MODES = _kind(
    "运输方式占比表",
    "mode share",
    mode=r"运输方式",
    amount=r"运输量|运量",
    share=r"占比|比例",
    clean=r"清洁",
)
MACHINES = _kind(
    "非道路移动机械表",
    "name stage",
    name=r"机械(?:名称|类型|种类)|名称",
    code=r"编码|编号|环保码",
    stage=_STAGE,
)
GATES = _kind(
    "门禁及视频监控表",
    "position retention",
    position=r"位置|点位|地点",
    equipment=r"设备|设施",
    connected=r"联网",
    retention=r"保存",
)
VEHICLES = _kind(
    "运输车辆电子台账", "plate stage",
    plate=r"车牌|号牌|牌照", vin=r"VIN|识别代|车架号", engine=r"发动机|电机", fuel=r"燃料", stage=_STAGE,
    registered=r"注册|登记", papers=r"清单|行驶证", kind=r"类型|车型",
)  # fmt: skip

ALERTS = _kind(
    "预警减排措施表",
    "level measure",
    level=r"级别|等级|^预警$",
    measure=r"措施",
    ratio=r"比例",
    responsible=r"责任人",
    phone=r"联系|电话|手机",
)

BY_SECTION: dict[str, tuple[Kind, ...]] = {
    "四.1": (TOTALS,),
    "四.3.1": (PRODUCTS,),
    "四.3.3": (MATERIALS, ENERGIES),
    "四.3.4": (TRANSPORTS,),
    "四.4": (OUTLETS, FUGITIVES),
    "五.1": (INDICATORS,),
    "五.2.13": (FACILITIES,),
    "五.2.14": (LIMITS,),
    "五.2.15": (CONTROLS,),
    "五.2.16.1": (REPORTS, APPROVALS, RATINGS),
    "五.2.16.3": (STAFF,),
    "五.2.17": (MODES, SHARES, MACHINES),
    "五.2.18": (GATES, VEHICLES, MACHINES),
}
"""Section → kinds of table that are read there; tables of other sections are evidence and kept as text."""


def kinds_at(section: str) -> tuple[Kind, ...]:
    """Return the kinds of table that are read in a section or the nearest one above it."""
    while section:
        if section in BY_SECTION:
            return BY_SECTION[section]
        section = section.rpartition(".")[0]
    return ()
