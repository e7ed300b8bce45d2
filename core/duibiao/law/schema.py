"""The one cerberus schema of every law file.

A law file is TOML. Each file holds tables of one or more of the kinds in `TABLES`; every row says where it comes
from: `standing` (official: read in the official text; secondary: read in a page that reports it; recalled: known,
seen nowhere), `cites` (``SOURCE`` or ``SOURCE:place``) and, where known, `from` and `until`.
"""

from __future__ import annotations

from typing import Any

INDICATORS = (
    "能源（燃料）类型",
    "装备水平",
    "生产工艺",
    "自备电厂",
    "原辅材料",
    "产品环保性能",
    "泄漏检测与修复",
    "储罐",
    "挥发性有机液体装卸、输送及转移",
    "污水集输和处理",
    "加热炉",
    "火炬",
    "污染治理技术",
    "排放限值",
    "无组织管控",
    "监测监控水平",
    "环境管理水平",
    "运输方式",
    "运输监管要求",
)
"""差异化指标: the nineteen rows of 对标总表 in the order of 附件4 五、1."""

GRADES = ("A+", "A", "B", "B-", "C", "D", "引领性", "非引领性", "先进性")
LEVELS = ("黄色", "橙色", "红色")
STANDINGS = ("official", "secondary", "recalled")
SOURCE_KINDS = ("official", "report", "third_party")
POLLUTANTS = ("PM", "SO2", "NOx", "NH3", "NMHC", "TVOC", "fluoride", "benzenes")
EVIDENCE_SECTIONS = (
    *(f"2.{number}" for number in range(1, 19)),
    *(f"2.{number}" for number in ("13.1", "13.2", "13.3", "13.4", "16.1", "16.2", "16.3")),
)

_PARTIAL_DATE = {
    "anyof": [
        {"type": "date"},
        {"type": "string", "regex": r"[12]\d{3}(-(0[1-9]|1[0-2]))?"},
    ]
}
_TEXT = {"type": "string", "empty": False}
_NAMES = {"type": "list", "schema": _TEXT}
_ROW: dict[str, Any] = {
    "id": {**_TEXT, "required": True, "regex": r"[A-Z0-9][A-Za-z0-9.+-]*"},
    "standing": {"type": "string", "allowed": list(STANDINGS), "required": True},
    "cites": {"type": "list", "minlength": 1, "schema": _TEXT, "required": True},
    "confidence": {"type": "string", "allowed": ["firm", "moderate", "low"]},
    "from": _PARTIAL_DATE,
    "until": _PARTIAL_DATE,
    "note": _TEXT,
}
_FIGURE: dict[str, Any] = {
    "op": {"type": "string", "allowed": ["<=", "<", ">=", ">", "=", "within"]},
    "value": {"type": "decimal", "check_with": "finite"},
    "low": {"type": "decimal", "check_with": "finite"},
    "unit": _TEXT,
}
_SCOPE: dict[str, Any] = {
    "branch": {"type": "list", "minlength": 1, "schema": _TEXT},
    "edition": _TEXT,
    "region": _TEXT,
}
_REGIME: dict[str, Any] = {
    "regime": {
        "type": "string",
        "allowed": ["grade", "ultra_low", "standard", "local"],
        "required": True,
    },
    "grades": {
        "type": "list",
        "minlength": 1,
        "schema": {"type": "string", "allowed": list(GRADES)},
    },
    "condition": _TEXT,
}

TABLES: dict[str, dict[str, Any]] = {
    "source": {
        "id": {**_TEXT, "required": True, "regex": r"[A-Za-z0-9][A-Za-z0-9.-]*"},
        "title": {**_TEXT, "required": True},
        "kind": {"type": "string", "allowed": list(SOURCE_KINDS), "required": True},
        "read": {"type": "boolean", "required": True},
        "number": _TEXT,
        "issuer": _TEXT,
        "where": _TEXT,
        "sha256": {"type": "string", "regex": "[0-9a-f]{64}"},
        "from": _PARTIAL_DATE,
        "until": _PARTIAL_DATE,
        "note": _TEXT,
    },
    "industry": {
        "key": {"type": "string", "required": True, "regex": "[a-z][a-z0-9_]*"},
        "name": {**_TEXT, "required": True},
        "prefix": {"type": "string", "required": True, "regex": "[A-Z]{3}"},
    },
    "edition": {
        **_ROW,
        "id": {**_TEXT, "required": True},
        "name": {**_TEXT, "required": True},
        "from": {**_PARTIAL_DATE, "required": True},
    },
    "branch": {
        **_ROW,
        "key": {"type": "string", "required": True, "regex": "[a-z][a-z0-9_]*"},
        "name": {**_TEXT, "required": True},
        "aliases": _NAMES,
        "national_no": {"type": "integer", "min": 1, "max": 39},
        "ladder": {"type": "list", "schema": {"type": "string", "allowed": list(GRADES)}, "required": True},
        "codes": {"type": "list", "schema": {"type": "string", "regex": r"\d{3,4}"}},
    },
    "process": {
        **_ROW,
        "key": {"type": "string", "required": True, "regex": "[a-z][a-z0-9_]*"},
        "name": {**_TEXT, "required": True},
        "branch": {"type": "list", "minlength": 1, "schema": _TEXT},
        "keywords": {"type": "list", "minlength": 1, "schema": _TEXT, "required": True},
    },
    "basis": {
        **_ROW,
        "branch": {"type": "list", "minlength": 1, "schema": _TEXT},
        "grade": {"type": "string", "allowed": list(GRADES), "required": True},
        "regime": {"type": "string", "allowed": ["ultra_low", "standard"], "required": True},
    },
    "limit": {
        **_ROW,
        **_SCOPE,
        **_REGIME,
        **_FIGURE,
        "process": {"type": "string", "required": True},
        "pollutant": {"type": "string", "allowed": list(POLLUTANTS), "required": True},
        "op": {**_FIGURE["op"], "required": True},
        "value": {**_FIGURE["value"], "required": True},
        "unit": {**_TEXT, "required": True},
        "oxygen": {"type": "decimal", "min": 0, "max": 21},
        "basis": {"type": "string", "allowed": ["hourly_mean", "as_measured", "single_value", "one_year"]},
    },
    "requirement": {
        **_ROW,
        **_SCOPE,
        **_REGIME,
        **_FIGURE,
        "indicator": {"type": "string", "allowed": list(INDICATORS), "required": True},
        "process": _TEXT,
        "text": {**_TEXT, "required": True},
        "subject": {"type": "string", "regex": "[a-z][a-z0-9_]*"},
    },
    "section": {
        **_ROW,
        "branch": {"type": "list", "minlength": 1, "schema": _TEXT},
        "number": {"type": "string", "allowed": list(EVIDENCE_SECTIONS), "required": True},
        "applies": {"type": "string", "allowed": ["yes", "when", "no"], "required": True},
        "when": _TEXT,
        "holds": _NAMES,
    },
    "measure": {
        **_ROW,
        **_SCOPE,
        "grades": {"type": "list", "minlength": 1, "schema": {"type": "string", "allowed": list(GRADES)}},
        "levels": {
            "type": "list",
            "minlength": 1,
            "schema": {"type": "string", "allowed": list(LEVELS)},
            "required": True,
        },
        "kind": {
            "type": "string",
            "allowed": ["self_chosen", "limit", "stop", "vehicles", "machinery", "other"],
            "required": True,
        },
        "process": _TEXT,
        "ratio": {"type": "decimal", "min": 0, "max": 100},
        "basis": _TEXT,
        "precedent": {"type": "boolean"},
        "text": {**_TEXT, "required": True},
    },
    "fact": {
        **_ROW,
        **_SCOPE,
        **_FIGURE,
        "topic": {
            "type": "string",
            "allowed": [
                "scope", "framework", "procedure", "alert", "standard", "product",
                "local", "history", "ledger", "code", "plan", "guaranteed", "oxygen",
            ],
            "required": True,
        },
        "text": {**_TEXT, "required": True},
    },
    "hole": {
        "id": _ROW["id"],
        "branch": {"type": "list", "minlength": 1, "schema": _TEXT},
        "topic": {**_TEXT, "required": True},
        "what": {**_TEXT, "required": True},
        "look_in": {**_TEXT, "required": True},
    },
    "heading": {
        "key": {"type": "string", "required": True, "regex": r"[一二三四五附](\.\d+)*"},
        "number": {"type": "string", "required": True},
        "title": {**_TEXT, "required": True},
        "aliases": _NAMES,
        "if_applicable": {"type": "boolean"},
        "holds": _NAMES,
        "cites": _ROW["cites"],
    },
    "indicator": {
        "name": {"type": "string", "allowed": list(INDICATORS), "required": True},
        "section": {"type": "string", "allowed": list(EVIDENCE_SECTIONS), "required": True},
        "if_applicable": {"type": "boolean", "required": True},
        "aliases": _NAMES,
        "cites": _ROW["cites"],
    },
    "national_industry": {
        **_ROW,
        "no": {"type": "integer", "min": 1, "max": 39, "required": True},
        "name": {**_TEXT, "required": True},
        "ladder": {"type": "string"},
        "ladder_standing": {"type": "string", "allowed": [*STANDINGS, "missing"], "required": True},
        "ladder_cites": _NAMES,
    },
    "class_code": {
        **_ROW,
        "code": {"type": "string", "regex": r"\d{4}(-\d{4})?", "required": True},
        "name": {**_TEXT, "required": True},
    },
    "article": {
        "source": {**_TEXT, "required": True},
        "place": {**_TEXT, "required": True},
        "text": {**_TEXT, "required": True},
    },
    "alert": {
        **_ROW,
        "level": {"type": "string", "allowed": list(LEVELS), "required": True},
        "text": {**_TEXT, "required": True},
        "cut": {"type": "decimal"},
    },
    "pollutant": {
        **_ROW,
        "key": {"type": "string", "allowed": list(POLLUTANTS), "required": True},
        "name": {**_TEXT, "required": True},
        "aliases": _NAMES,
        "code": {"type": "string", "regex": r"a\d{5}"},
        "unit": _TEXT,
    },
    "code_list": {
        **_ROW,
        "list": {"type": "string", "regex": "[a-z][a-z0-9_]*", "required": True},
        "code": {"type": "string", "required": True},
        "name": {**_TEXT, "required": True},
        "aliases": _NAMES,
    },
    "deadline": {
        **_ROW,
        "what": {**_TEXT, "required": True},
        "who": {**_TEXT, "required": True},
        "month": {"type": "integer", "min": 1, "max": 12},
        "day": {"type": "integer", "min": 1, "max": 31},
        "month_end": {"type": "boolean"},
    },
    "target": {
        **_ROW,
        "county": {**_TEXT, "required": True},
        "tier": {"type": "string", "allowed": ["national", "provincial"], "required": True},
        "kind": {"type": "string", "allowed": ["declared", "passed"], "required": True},
        **_FIGURE,
    },
}  # fmt: skip
"""Kind of table → cerberus schema of one row; the last ones, from ``heading`` on, are core's own."""
