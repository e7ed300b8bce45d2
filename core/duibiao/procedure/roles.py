"""Who takes part."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """角色: what a user is, once and for all; one user has one role."""

    APPLICANT = "applicant"
    COUNTY = "county"
    CITY = "city"
    EXPERT = "expert"
    COMPLAINTS = "complaints"
    BUREAU_ADMIN = "bureau_admin"
    ADMIN = "admin"

    @property
    def label(self) -> str:
        """The role in Chinese."""
        return {
            "applicant": "申报单位",
            "county": "县（市、区）分局",
            "city": "市生态环境局",
            "expert": "专家",
            "complaints": "举报受理",
            "bureau_admin": "分局、市局管理员",
            "admin": "系统管理员",
        }[self.value]


class Track(StrEnum):
    """申报类别: the grade of a key industry, or the list of enterprises that must keep running (保障类)."""

    GRADE = "grade"
    GUARANTEE = "guarantee"

    @property
    def label(self) -> str:
        """The track in Chinese."""
        return {"grade": "绩效分级", "guarantee": "保障类"}[self.value]


class Scope(StrEnum):
    """接口令牌的范围: what a program may do with a token; never more than the role of the token's owner."""

    READ = "read"
    UPLOAD = "upload"
    REVIEW = "review"
    PROJECT = "project"
    WEBHOOKS = "webhooks"
    ADMIN = "admin"

    @property
    def label(self) -> str:
        """The scope in Chinese."""
        return {
            "read": "查看：申报、审查意见、清单、规则",
            "upload": "上传：申报材料",
            "review": "办理：程序动作、备注、豁免、专家意见",
            "project": "编制：项目",
            "webhooks": "通知：接收通知的地址",
            "admin": "管理：用户、审计记录",
        }[self.value]
