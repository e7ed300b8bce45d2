"""The one-plant-one-plan (一厂一策实施方案) of 附件2."""

from __future__ import annotations

from basics import texts
from pages import COVER
from words import p

_LEVELS = (
    ("red", "4.1 红色预警下应急减排措施"),
    ("orange", "4.2 橙色预警下应急减排措施"),
    ("yellow", "4.3 黄色预警下应急减排措施"),
)


def plan() -> str:
    """Return the plan."""
    return "".join(
        (
            p("CoverName", "{{ enterprise }}"),
            p("PlanTitle", "重污染天气应急减排\n“一厂一策” 实施方案"),
            p("CoverSeal", "{{ enterprise }}（公章）", "{{ seal }}"),
            p("CoverDate", "{{ month }}"),
            p("End", more=COVER),
            p("Heading2", "1. 企业基本情况"),
            texts("profile"),
            p("Heading2", "2. 主要生产工艺流程"),
            texts("process"),
            p("Heading2", "3. 大气污染物产生、治理及排放情况"),
            texts("emissions"),
            p("Heading2", "4. 应急减排措施"),
            *(_level(*level) for level in _LEVELS),
            p("Body"),
            p(
                "Body",
                "我单位承诺：以上内容真实有效，确保重污染天气预警期间按以上应急减排措施严格落实。",
            ),
        )
    )


def _level(name: str, title: str) -> str:
    """Return the measures of one level."""
    ratio = f"{{% if {name}.ratio %}}减排比例：{{{{ {name}.ratio }}}}。{{% endif %}}"
    return "".join(
        (
            p("Heading3", title),
            texts(f"{name}.measures"),
            p(
                "Body",
                f"{ratio}措施落实责任人：{{{{ {name}.responsible }}}}，联系方式：{{{{ {name}.phone }}}}。",
            ),
        )
    )
