"""The blacklist of experts (第二十一条): who is on it takes no part any more."""

from __future__ import annotations

from sqlalchemy import delete

from duibiao.office.desk import Office, require
from duibiao.office.errors import ConflictError, InvalidError
from duibiao.office.experts import expert_of
from duibiao.procedure.rights import Actor, Right
from duibiao.storage import audit
from duibiao.storage.packages import Assignment
from duibiao.storage.people import SignIn

REASONS = (
    "（一）接受企业赠礼或贿赂等行为的",
    "（二）超标或违规收取相关单位费用的",
    "（三）弄虚作假，提供与事实不符的论证咨询意见的",
    "（四）因绩效分级工作被有关部门通报批评的",
    "（五）其他应当依法依规追究责任的情形",
)
"""第二十一条: why an expert comes onto the blacklist."""


def put(office: Office, actor: Actor, user_id: str, reason: int, detail: str) -> None:
    """Put an expert onto the blacklist: open assignments, sessions and the account end; opinions given stay on record.

    Args:
        office: The office.
        actor: Who does.
        user_id: The expert.
        reason: Which of `REASONS`, from 0.
        detail: What happened.

    Raises:
        ForbiddenError: If the role keeps no blacklist.
        NotFoundError: If there is no such expert in the actor's city.
        InvalidError: If reason or detail is missing.
        ConflictError: If the expert is on it already.
    """
    require(actor, Right.BLACKLIST)
    if not 0 <= reason < len(REASONS):
        raise InvalidError("请选择第二十一条所列的一种情形")
    if not detail.strip() or len(detail) > 800:
        raise InvalidError("请写明事由（至多 800 个字符）")
    with office.database.writing() as session:
        user = expert_of(session, actor, user_id)
        if user.blacklisted:
            raise ConflictError(f"{user.name}已在黑名单上")
        user.blacklisted, user.active = f"{REASONS[reason]}：{detail.strip()}", False
        session.execute(
            delete(Assignment).where(Assignment.user_id == user.id, Assignment.given.is_(None))
        )
        session.execute(delete(SignIn).where(SignIn.user_id == user.id))
        audit.append(session, actor.user, "expert.blacklist", user.id, reason=REASONS[reason])


def pardon(office: Office, actor: Actor, user_id: str, detail: str) -> None:
    """Take an expert off the blacklist.

    Raises:
        ForbiddenError: If the role keeps no blacklist.
        NotFoundError: If there is no such expert in the actor's city.
        InvalidError: If the reason is missing.
        ConflictError: If the expert is not on it.
    """
    require(actor, Right.BLACKLIST)
    if not detail.strip():
        raise InvalidError("请写明移出黑名单的理由")
    with office.database.writing() as session:
        user = expert_of(session, actor, user_id)
        if not user.blacklisted:
            raise ConflictError(f"{user.name}不在黑名单上")
        user.blacklisted, user.active = "", True
        audit.append(session, actor.user, "expert.pardon", user.id, why=detail.strip()[:800])
