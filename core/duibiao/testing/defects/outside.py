"""What no fault of the catalogue provokes, and why."""

from __future__ import annotations

HAND_MADE = {
    "DB-902": "tracked",
    "DB-903": "tracked",
}
"""Rules about how a file was written: rule → the hand of `duibiao.testing.hands` that provokes it in any dossier."""

_PROJECT = "只检查申报数据（项目文件夹），Word 材料没有"
_WAIVER = "检查随材料的豁免.toml，不检查 Word 材料"

UNREACHED = {
    "DB-227": _PROJECT,
    "DB-906": _PROJECT,
    "WV-001": _WAIVER,
    "WV-002": _WAIVER,
    "VOC-102": "家具制造没有去除效率的要求；示例企业中没有工业涂装",
    "VOC-105": "只有包装印刷有油墨占比的要求；示例企业中没有印刷",
    "VOC-106": "家具制造没有VOCs物料储存的要求；示例企业中没有工业涂装",
    "GEN-102": "涉锅炉/炉窑的A级没有门禁条件；示例企业中没有涉PM、涉VOCs",
    "GEN-105": "只有涉PM有物料储存的要求；示例企业中没有涉PM",
}
"""Rules that no fault in a Word file of the four sample enterprises can provoke → why, in Chinese."""
