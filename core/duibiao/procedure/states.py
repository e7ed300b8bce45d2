"""Where a package stands."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """办理状态: where a package stands in the procedure (第十条 to 第十六条)."""

    DRAFT = "draft"
    APPLIED = "applied"
    COUNTY_PASSED = "county_passed"
    ON_SITE = "on_site"
    PROVINCE = "province"
    NOTICE = "notice"
    PUBLISHED = "published"
    RETURNED = "returned"
    RECHECK = "recheck"
    SECOND_REVIEW = "second_review"
    REMOVED = "removed"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The state in Chinese."""
        return _LABELS[self]

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to act before the package is published or gone."""
        return self not in (State.PUBLISHED, State.REMOVED, State.WITHDRAWN)

    @property
    def is_public(self) -> bool:
        """Whether anybody may know of it (第十条（5）, 第十六条)."""
        return self in (State.NOTICE, State.PUBLISHED)

    @property
    def takes_files(self) -> bool:
        """Whether the applicant may hand in a new version of the files."""
        return self in (State.DRAFT, State.RETURNED)


_LABELS = {
    State.DRAFT: "自评",
    State.APPLIED: "待县（区）初审",
    State.COUNTY_PASSED: "待市局审核",
    State.ON_SITE: "现场核查",
    State.PROVINCE: "已上报省厅",
    State.NOTICE: "公示",
    State.PUBLISHED: "已公布",
    State.RETURNED: "退回整改",
    State.RECHECK: "市局复核",
    State.SECOND_REVIEW: "二次审核",
    State.REMOVED: "移出名单",
    State.WITHDRAWN: "已撤回",
}
