"""绩效现状 and 绩效提升目标 of a package, from its ladder."""

from __future__ import annotations

from duibiao.law.common import CommonLaw
from duibiao.reports.lists.entry import Aim, Graded
from duibiao.reports.lists.measures import document

_AS_DECLARED = "绩效现状为申报的等级"


def aim_of(graded: Graded, common: CommonLaw) -> Aim:
    """Return the present grade and the next better one.

    The present grade is the one that the package supports; where that is open, the one applied for, unless an item
    that could be judged is worse (第五条（三）, 短板).
    """
    ladder = graded.ladder
    grades, declared = ladder.grades, ladder.declared
    if not grades:
        why, todo = _no_ladder(graded, common)
        return Aim(declared, None, _AS_DECLARED, why, todo)
    if ladder.supported is not None:
        present, remark = ladder.supported, "绩效现状为材料能支持的等级"
        if declared is not None and declared is not present:
            remark += f"，申报的是{declared.label}"
    elif declared not in grades:
        written = f"该行业不设“{graded.declared}”" if graded.declared else "材料没有写申报等级"
        why, todo = f"{written}，材料能支持的等级也不能确定", "在申请表写明自评估等级后重新审查"
        return Aim(declared, None, _AS_DECLARED, why, todo)
    elif ladder.ceiling is not None and grades.index(ladder.ceiling) > grades.index(declared):
        present = ladder.ceiling
        remark = f"申报{declared.label}，已判定的项目最低为{present.label}"
    else:
        present, remark = declared, f"{_AS_DECLARED}，材料能支持的等级不能确定"
    place = grades.index(present)
    return Aim(present, grades[place - 1] if place else None, remark)


def _no_ladder(graded: Graded, common: CommonLaw) -> tuple[str, str]:
    """Return why there is no ladder, and what to do."""
    if not graded.industry:
        return "材料没有写行业类型，没有按行业指标检查", "在申请表写明行业类型后重新审查"
    look = f"请查{document(graded, '', common)}"
    if graded.branch:
        return "该行业的等级设置尚未查明（缺）", look
    return f"没有插件认识行业“{graded.industry}”，没有按行业指标检查", look
