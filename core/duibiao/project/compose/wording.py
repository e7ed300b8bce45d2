"""Wording that 附件2 and 附件4 prescribe and that is a fact of the dossier, character for character."""

from __future__ import annotations

import re

from duibiao.model.quantities import halfwidth

COVER = "封面"
"""Section of what stands before the first part."""

COVER_SEAL = "（企业公章）"
LETTER_SEAL = "（企业盖章）"
AUTHENTICITY_PROMISE = "特此承诺。"
REDUCTION_PROMISE = "现承诺：在重污染天气预警期间，将严格按照重污染天气应急减排清单要求，落实不同预警级别相应的减排措施。"
UNDERTAKING = "我单位承诺：以上内容真实有效，确保重污染天气预警期间按以上应急减排措施严格落实。"

LEDGERS = {
    1: "生产设备运行管理台账",
    2: "废气污染治理设施运行及维护管理台账",
    3: "CEMS、DCS/PLC历史运行记录信息",
    4: "主要原辅料消耗记录",
    5: "燃料(天然气、电)消耗记录",
    6: "固废及危废处理等记录",
    7: "自行监测方案",
    8: "企业运输台账",
}
"""The eight kinds of ledger of 2.16.2, as they are told from each other: in normal width and without 如涉及, 如有."""

OPTIONAL_SECTIONS = tuple(f"五.2.{number}" for number in range(1, 13))
"""Sections marked 如涉及: 2.1 to 2.12."""


def trade_of(industry: str) -> str:
    """Return an industry as the letters have it before the word 行业.

    Args:
        industry: Such as ``水泥行业（熟料生产企业）``.
    """
    plain = halfwidth(industry)
    return re.split(r"行业|[(]", plain)[0].strip() or plain
