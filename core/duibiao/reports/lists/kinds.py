"""Which of the graded industries (第九条) a package belongs to: national, provincial or general."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from duibiao.law.common import CommonLaw
from duibiao.rules.support import industry_key

PROVINCIAL_LIST = "CC-13.03"
"""The hole of the common law that stands for the unknown list of the twelve provincial industries."""

_LAST = 1_000


class Tier(StrEnum):
    """行业级别, in the order of the lists."""

    NATIONAL = "国家级重点行业"
    PROVINCIAL = "省级重点行业"
    GENERAL = "通用行业"
    UNKNOWN = "级别不能确定"


@dataclass(frozen=True, slots=True)
class Kind:
    """行业类型: an industry as the technical guides name it.

    Attributes:
        tier: Its tier.
        no: Its number among the national industries; great where it has none.
        name: Its name in the guide; as declared where no guide could be consulted.
        branch: The branch by which it is graded, or "".
        remark: What is uncertain about it, or "".
    """

    tier: Tier
    no: int
    name: str
    branch: str = ""
    remark: str = ""

    @property
    def label(self) -> str:
        """Name and branch in one."""
        differs = self.branch and industry_key(self.branch) != industry_key(self.name)
        return f"{self.name}（{self.branch}）" if differs else self.name

    @property
    def order(self) -> tuple[int, int, str, str]:
        """Place in the order of the guides."""
        return list(Tier).index(self.tier), self.no, self.name, self.branch


def kind_of(declared: str, branch: str, national_no: int | None, common: CommonLaw) -> Kind:
    """Return the kind of a package.

    The twelve provincial industries are not on file. An industry is taken for one of them where a plugin grades it
    and it is neither one of the national ones nor general, or where the package itself says so.

    Args:
        declared: 行业类型 as the package says.
        branch: Name of the branch by which a plugin grades it, or "".
        national_no: The branch's number among the national industries, or None.
        common: The common law.
    """
    names = _names(declared) | _names(branch)
    for industry in common.industries:
        by_number = national_no is not None and industry.no == national_no
        if by_number or (national_no is None and names & _names(industry.name)):
            return Kind(Tier.NATIONAL, industry.no, industry.name, branch)
    if any(name.startswith("通用") for name in names):
        return Kind(Tier.GENERAL, _LAST, "通用行业", branch)
    if re.search("省级|省重点", declared):
        return Kind(Tier.PROVINCIAL, _LAST, branch or declared, "", "省级重点行业，据材料自述")
    if branch:
        reason = "既不在39个国家重点行业之内，也不是通用行业，按省级重点行业列"
        return Kind(Tier.PROVINCIAL, _LAST, branch, "", reason)
    if not declared:
        return Kind(Tier.UNKNOWN, _LAST, "", "", "材料没有写行业类型")
    reason = f"不能确定“{declared}”是国家级、省级重点行业还是通用行业"
    return Kind(Tier.UNKNOWN, _LAST, declared, "", reason)


def _names(text: str) -> set[str]:
    """Return the keys by which two wordings of one industry are equal: with and without what brackets add."""
    bare = re.sub(r"[(（].*?[)）]", "", text)
    keys = {re.sub("制造$", "", re.sub("业$", "", industry_key(one))) for one in (text, bare)}
    return keys - {""}
