"""Rights (权限): the one table of who may do what besides the steps, and who sees which package."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from duibiao.procedure.roles import Role, Scope
from duibiao.procedure.states import State

_A, _C, _S, _E, _P, _B, _M = (
    Role.APPLICANT, Role.COUNTY, Role.CITY, Role.EXPERT, Role.COMPLAINTS, Role.BUREAU_ADMIN, Role.ADMIN,
)  # fmt: skip


class Right(StrEnum):
    """权限: something that a user may do."""

    UPLOAD = "upload"
    PROJECT = "project"
    SEE_PACKAGES = "see_packages"
    TAKE_STEPS = "take_steps"
    REMARK = "remark"
    WAIVE = "waive"
    ASK_CORRECTION = "ask_correction"
    ASSIGN_EXPERT = "assign_expert"
    GIVE_OPINION = "give_opinion"
    MARK_CONFIDENTIAL = "mark_confidential"
    SEE_STATISTICS = "see_statistics"
    HANDLE_COMPLAINT = "handle_complaint"
    SEE_REPORTER = "see_reporter"
    BLACKLIST = "blacklist"
    MANAGE_USERS = "manage_users"
    MANAGE_ORGANISATIONS = "manage_organisations"
    READ_AUDIT = "read_audit"
    SEE_LAW = "see_law"
    OWN_TOKENS = "own_tokens"
    WEBHOOKS = "webhooks"

    @property
    def label(self) -> str:
        """The right in Chinese."""
        return _LABELS[self]


_LABELS = {
    Right.UPLOAD: "上传、更换申报材料",
    Right.PROJECT: "填写项目、编制材料",
    Right.SEE_PACKAGES: "查看材料和审查报告",
    Right.TAKE_STEPS: "办理程序动作",
    Right.REMARK: "给审查意见写备注",
    Right.WAIVE: "豁免审查意见",
    Right.ASK_CORRECTION: "要求改正",
    Right.ASSIGN_EXPERT: "指派专家",
    Right.GIVE_OPINION: "写专家意见",
    Right.MARK_CONFIDENTIAL: "标为涉密",
    Right.SEE_STATISTICS: "清单和统计",
    Right.HANDLE_COMPLAINT: "核实、答复举报",
    Right.SEE_REPORTER: "查看举报人",
    Right.BLACKLIST: "列入、移出专家黑名单",
    Right.MANAGE_USERS: "添加、停用账号",
    Right.MANAGE_ORGANISATIONS: "管理单位，更改角色",
    Right.READ_AUDIT: "查看审计记录",
    Right.SEE_LAW: "规则目录、插件、法规版本",
    Right.OWN_TOKENS: "自己的接口令牌",
    Right.WEBHOOKS: "接收通知的地址",
}

RIGHTS: dict[Right, frozenset[Role]] = {
    Right.UPLOAD: frozenset({_A}),
    Right.PROJECT: frozenset({_A}),
    Right.SEE_PACKAGES: frozenset({_A, _C, _S, _E}),
    Right.TAKE_STEPS: frozenset({_A, _C, _S}),
    Right.REMARK: frozenset({_A, _C, _S, _E}),
    Right.WAIVE: frozenset({_C, _S}),
    Right.ASK_CORRECTION: frozenset({_C, _S}),
    Right.ASSIGN_EXPERT: frozenset({_S}),
    Right.GIVE_OPINION: frozenset({_E}),
    Right.MARK_CONFIDENTIAL: frozenset({_A, _C, _S}),
    Right.SEE_STATISTICS: frozenset({_C, _S}),
    Right.HANDLE_COMPLAINT: frozenset({_S, _P}),
    Right.SEE_REPORTER: frozenset({_P}),
    Right.BLACKLIST: frozenset({_S}),
    Right.MANAGE_USERS: frozenset({_B, _M}),
    Right.MANAGE_ORGANISATIONS: frozenset({_M}),
    Right.READ_AUDIT: frozenset({_M}),
    Right.SEE_LAW: frozenset(Role),
    Right.OWN_TOKENS: frozenset(Role),
    Right.WEBHOOKS: frozenset({_A, _C, _S}),
}
"""Who may do what. The web, the API, the manual and the tests read this table; nothing else decides."""

SCOPES: dict[Scope, frozenset[Right]] = {
    Scope.READ: frozenset({Right.SEE_PACKAGES, Right.SEE_STATISTICS, Right.SEE_LAW}),
    Scope.UPLOAD: frozenset({Right.UPLOAD}),
    Scope.REVIEW: frozenset({
        Right.TAKE_STEPS, Right.REMARK, Right.WAIVE, Right.ASK_CORRECTION, Right.ASSIGN_EXPERT,
        Right.GIVE_OPINION, Right.MARK_CONFIDENTIAL, Right.HANDLE_COMPLAINT, Right.BLACKLIST,
    }),
    Scope.PROJECT: frozenset({Right.PROJECT}),
    Scope.WEBHOOKS: frozenset({Right.WEBHOOKS}),
    Scope.ADMIN: frozenset({Right.MANAGE_USERS, Right.MANAGE_ORGANISATIONS, Right.READ_AUDIT}),
}  # fmt: skip
"""What a token with a scope may do, if its owner's role may. No token shows a reporter or makes tokens: that takes a person."""


def scopes_for(role: Role) -> tuple[Scope, ...]:
    """Return the scopes that are of any use to a role."""
    return tuple(
        scope for scope, rights in SCOPES.items() if any(role in RIGHTS[right] for right in rights)
    )


@dataclass(frozen=True, slots=True)
class Actor:
    """操作人: who acts.

    Attributes:
        user: Id of the user.
        organisation: Id of the user's organisation.
        name: Name to show.
        role: Role.
        city: 省辖市 of the organisation; "" for none.
        county: 县（市、区） of the organisation; "" for none.
        scopes: Scopes of an API token; None for somebody who signed in, who has all that the role has.
    """

    user: str
    organisation: str
    name: str
    role: Role
    city: str = ""
    county: str = ""
    scopes: frozenset[str] | None = None

    def may(self, right: Right) -> bool:
        """Whether the actor's role has a right, and the token, if one is used, covers it."""
        covered = self.scopes is None or any(right in SCOPES[Scope(name)] for name in self.scopes)
        return covered and self.role in RIGHTS[right]


@dataclass(frozen=True, slots=True)
class Seen:
    """What decides who sees a package.

    Attributes:
        organisation: Id of the organisation that applies.
        city: 省辖市 where the enterprise lies.
        county: 县（市、区） where the enterprise lies.
        state: Where it stands: bureaus do not see drafts.
        experts: Ids of the assigned experts.
        filed: Whether it has ever been applied with.
    """

    organisation: str
    city: str
    county: str
    state: State
    experts: frozenset[str]
    filed: bool


def sees(actor: Actor, package: Seen) -> bool:
    """Whether an actor sees a package: its own, its county's, its city's, or one assigned to it.

    A confidential package (第九条: 军工、外贸等涉密材料) follows the same rule, and this rule admits nobody but its reviewers; what
    else differs for it is in `duibiao.office`.
    """
    match actor.role:
        case Role.APPLICANT:
            return package.organisation == actor.organisation
        case Role.COUNTY:
            return package.filed and (package.city, package.county) == (actor.city, actor.county)
        case Role.CITY:
            return package.filed and package.city == actor.city
        case Role.EXPERT:
            return package.filed and actor.user in package.experts
    return False


REVIEWERS = (Role.COUNTY, Role.CITY)
"""Roles of the accounts that a bureau's own administrator manages."""


def manages(actor: Actor, organisation: str, role: Role) -> bool:
    """Whether an actor manages the accounts of an organisation with a role: the administrator all, a bureau's own its reviewers.

    Args:
        actor: Who asks.
        organisation: Id of the organisation.
        role: Role of the account.
    """
    match actor.role:
        case Role.ADMIN:
            return True
        case Role.BUREAU_ADMIN:
            return organisation == actor.organisation and role in REVIEWERS
    return False
