"""What the actions of the audit log are called."""

from __future__ import annotations

from collections.abc import Mapping

from duibiao.procedure.roles import Role
from duibiao.procedure.states import State
from duibiao.procedure.steps import step_named

_WORDS = {
    "sign-in": "登录",
    "sign-in.failed": "登录失败",
    "sign-in.end-others": "结束其他会话",
    "user.first": "建立第一个管理员",
    "user.add": "添加用户",
    "user.change": "更改用户",
    "user.password": "修改密码",
    "user.reset": "重置密码",
    "user.close": "停用用户",
    "user.open": "启用用户",
    "organisation.add": "添加单位",
    "organisation.change": "更改单位",
    "token.issue": "生成令牌",
    "token.revoke": "撤销令牌",
    "webhook.add": "添加通知地址",
    "webhook.change": "更改通知地址",
    "webhook.remove": "删除通知地址",
    "package.upload": "上传材料",
    "package.check": "要求重新审查",
    "package.checked": "审查完成",
    "package.lapsed": "豁免到期，结论更新",
    "package.download": "下载",
    "check.failed": "审查失败",
    "build.failed": "编制失败",
    "remark.note": "备注",
    "remark.accept": "确认审查意见",
    "remark.waive": "豁免审查意见",
    "remark.correct": "要求改正",
    "remark.withdraw": "撤回意见处理",
    "submission.purged": "到期清除文件",
    "project.create": "新建项目",
    "project.save": "保存项目",
    "project.import": "导入项目",
    "project.delete": "删除项目",
    "project.evidence": "上传证据",
    "project.evidence-moved": "移动证据",
    "project.evidence-removed": "删除证据",
    "project.build": "要求编制",
    "project.built": "编制完成",
    "project.hand-in": "提交编制的材料",
    "expert.assign": "指派专家",
    "expert.release": "撤回指派",
    "expert.opinion": "写专家意见",
    "expert.blacklist": "列入黑名单",
    "expert.pardon": "移出黑名单",
    "complaint.report": "收到举报",
    "complaint.reporter-seen": "查看举报人",
    "complaint.verifying": "举报：开始核实",
    "complaint.upheld": "举报：属实",
    "complaint.dismissed": "举报：不属实",
    "complaint.second-review": "举报：转二次审核",
    "lists.order": "要求生成清单",
    "lists.made": "清单生成完成",
    "lists.failed": "清单生成失败",
    "lists.download": "下载生成的清单",
    "audit.verify": "核验审计记录",
    "audit.download": "下载审计记录",
    "restored": "从备份恢复",
}


_KEYS = {
    "submission": "送审稿", "sha256": "文件散列值", "version": "第几版", "verdict": "结论", "size": "字节", "role": "角色",
    "package": "申报", "file": "文件", "expert": "专家", "county": "县（市、区）", "city": "省辖市", "why": "原因",
    "until": "有效期至", "target": "到", "source": "从", "sheet": "工作表", "scopes": "范围", "report": "报告散列值",
    "recommends": "建议等级", "reason": "理由", "organisation": "单位", "number": "稿次", "notes": "通知", "list": "清单",
    "jobs": "任务", "job": "任务", "industry": "行业", "forced": "草稿", "fingerprint": "意见", "face": "报告格式",
    "errors": "不符合", "draft": "草稿", "days": "天数", "code": "规则", "before": "原结论", "active": "在用", "grade": "等级",
}  # fmt: skip
_STATES = {state.value: state.label for state in State}
_VALUES = {"source": _STATES, "target": _STATES, "role": {role.value: role.label for role in Role}}
"""Key of a detail → what its values are called."""


def details(detail: Mapping[str, object]) -> str:
    """Return the details of an entry in Chinese, as far as they have words; what is empty is left out."""
    said = ((_KEYS.get(key, key), _in_words(key, value)) for key, value in sorted(detail.items()))
    return "；".join(f"{key}：{value}" for key, value in said if value)


def _in_words(key: str, value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return _VALUES.get(key, {}).get(str(value), str(value))


def words(action: str) -> str:
    """Return what an action is called in Chinese; the action itself where it has no words."""
    if action in _WORDS:
        return _WORDS[action]
    step = step_named(action.removeprefix("package.")) if action.startswith("package.") else None
    return step.label if step else action
