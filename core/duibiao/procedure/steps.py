"""Steps (办理动作): the one table of who moves a package from where to where, by which article.

The web, the REST API, the manual in the README and the tests all read this table; nothing else decides.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from duibiao.model.grades import Grade, parse_grade
from duibiao.procedure.roles import Role, Track
from duibiao.procedure.states import State

_A, _C, _S = Role.APPLICANT, Role.COUNTY, Role.CITY
BOTH = frozenset(Track)


class Fixes(StrEnum):
    """核定等级: which grade a step fixes."""

    NONE = ""
    DECLARED = "declared"
    CONFIRMED = "confirmed"
    LOWER = "lower"
    LOWEST = "lowest"


@dataclass(frozen=True, slots=True)
class Step:
    """办理动作: one row of the table.

    Attributes:
        key: Name in addresses and in the API.
        label: What the button says.
        role: Who may take it.
        sources: States from which it goes.
        target: State to which it goes.
        article: Article on which it stands, as `SOURCE:place`.
        tracks: Tracks that have it.
        to_province: True: only for grades that the province decides; False: fixes only grades that the city decides; None: for all.
        note: Whether the actor must give a reason.
        fixes: Which grade it fixes: none; one no better than applied for; what the province says; a lower one; the lowest.
        published: True: only where a grade is published already; False: only where none is; None: for all.
        after: Keys of which one must have been the last step; empty for any.
        until: Id of the deadline after which it is closed for the rest of the year; "" for none.
    """

    key: str
    label: str
    role: Role
    sources: frozenset[State]
    target: State
    article: str
    tracks: frozenset[Track] = BOTH
    to_province: bool | None = None
    note: bool = False
    fixes: Fixes = Fixes.NONE
    published: bool | None = None
    after: frozenset[str] = frozenset()
    until: str = ""

    @property
    def graded(self) -> bool:
        """Whether the actor fixes the grade."""
        return self.fixes is not Fixes.NONE


def _step(
    key: str, label: str, role: Role, sources: Iterable[State], target: State, place: str,
    *, tracks: frozenset[Track] = BOTH, to_province: bool | None = None, note: bool = False,
    fixes: Fixes = Fixes.NONE, published: bool | None = None, after: str = "", until: str = "",
) -> Step:  # fmt: skip
    return Step(
        key, label, role, frozenset(sources), target, f"SMX2022:{place}", tracks, to_province, note, fixes, published,
        frozenset(after.split()), until,
    )  # fmt: skip


_GRADE, _GUARANTEE = frozenset({Track.GRADE}), frozenset({Track.GUARANTEE})
_FILED = (
    State.APPLIED, State.COUNTY_PASSED, State.ON_SITE, State.PROVINCE, State.NOTICE, State.PUBLISHED, State.RETURNED,
    State.RECHECK, State.SECOND_REVIEW,
)  # fmt: skip

STEPS: tuple[Step, ...] = (
    _step("apply", "申报", _A, [State.DRAFT, State.RETURNED], State.APPLIED, "第十条（1）"),
    _step(
        "withdraw", "撤回", _A, [State.DRAFT, State.APPLIED, State.RETURNED], State.WITHDRAWN, "第十条（1）",
        published=False,
    ),
    _step(
        "keep-grade", "撤回重新申报，保留已公布的等级", _A, [State.DRAFT, State.APPLIED, State.RETURNED], State.PUBLISHED,
        "第十条（1）", published=True,
    ),
    _step(
        "county-pass", "初审通过，上报市局", _C, [State.APPLIED], State.COUNTY_PASSED, "第七条（2）", note=True
    ),
    _step(
        "county-return", "退回整改", _C, [State.APPLIED], State.RETURNED, "第七条（2）", note=True
    ),
    _step(
        "object", "对初审有异议，申请市局复核", _A, [State.RETURNED], State.RECHECK, "第十五条",
        note=True, after="county-return",
    ),
    _step(
        "recheck-return", "复核：维持退回", _S, [State.RECHECK], State.RETURNED, "第十五条", note=True
    ),
    _step(
        "recheck-change", "复核：异议成立，转市局审核", _S, [State.RECHECK], State.COUNTY_PASSED, "第十五条", note=True
    ),
    _step("on-site", "安排现场核查", _S, [State.COUNTY_PASSED], State.ON_SITE, "第六条（3）"),
    _step(
        "city-return", "退回整改", _S, [State.COUNTY_PASSED, State.ON_SITE], State.RETURNED, "第六条（3）", note=True
    ),
    _step(
        "to-province", "审核通过，上报省厅", _S, [State.ON_SITE], State.PROVINCE, "第十条（3）",
        tracks=_GRADE, to_province=True, note=True, fixes=Fixes.DECLARED,
    ),
    _step(
        "city-rate", "评定，进入公示", _S, [State.ON_SITE], State.NOTICE, "第十条（3）",
        tracks=_GRADE, to_province=False, note=True, fixes=Fixes.DECLARED,
    ),
    _step(
        "guarantee-to-province", "审核通过，上报省厅", _S, [State.COUNTY_PASSED, State.ON_SITE], State.PROVINCE,
        "第六条（4）", tracks=_GUARANTEE, note=True, fixes=Fixes.DECLARED,
    ),
    _step(
        "province-confirm", "登记省厅核验结果，进入公示", _S, [State.PROVINCE], State.NOTICE, "第十条（3）",
        note=True, fixes=Fixes.CONFIRMED,
    ),
    _step(
        "province-return", "登记省厅退回", _S, [State.PROVINCE], State.RETURNED, "第十条（3）", note=True
    ),
    _step("publish", "公布", _S, [State.NOTICE], State.PUBLISHED, "第十条（5）"),
    _step(
        "notice-return", "公示期间有举报或异议，二次审核", _S, [State.NOTICE], State.SECOND_REVIEW, "第十六条", note=True
    ),
    _step(
        "object-grade", "对等级有异议，申请市局复核", _A, [State.NOTICE, State.PUBLISHED], State.SECOND_REVIEW,
        "第十五条", note=True,
    ),
    _step(
        "second-review", "二次审核", _S, [State.PUBLISHED], State.SECOND_REVIEW, "第十五条", note=True
    ),
    _step(
        "review-keep", "二次审核：维持", _S, [State.SECOND_REVIEW], State.PUBLISHED, "第十五条", note=True
    ),
    _step(
        "review-again", "二次审核：重新核查评定", _S, [State.SECOND_REVIEW], State.ON_SITE, "第十五条", note=True
    ),
    _step(
        "downgrade", "二次审核：降级", _S, [State.SECOND_REVIEW], State.PUBLISHED, "第十五条",
        tracks=_GRADE, note=True, fixes=Fixes.LOWER,
    ),
    _step(
        "spot-downgrade", "抽查复核与实际不符，或行业达标率低于60%：降级", _S, [State.PUBLISHED], State.PUBLISHED,
        "第十四条", tracks=_GRADE, note=True, fixes=Fixes.LOWER,
    ),
    _step(
        "lowest", "隐瞒、提供虚假材料或贿赂：评定为最低等级", _S, _FILED, State.NOTICE, "第十九条",
        tracks=_GRADE, note=True, fixes=Fixes.LOWEST,
    ),
    _step(
        "guarantee-refuse", "隐瞒、提供虚假材料或贿赂：移出保障清单", _S, _FILED, State.REMOVED, "第十九条",
        tracks=_GUARANTEE, note=True,
    ),
    _step("reapply", "提升后重新申报", _A, [State.PUBLISHED], State.DRAFT, "第十条（1）", note=True),
    _step(
        "adjust", "列入动态调整", _C, [State.PUBLISHED], State.APPLIED, "第十条（6）", note=True, until="SMX-10.6"
    ),
    _step(
        "remove", "移出保障清单", _S, [State.PUBLISHED, State.SECOND_REVIEW], State.REMOVED, "第十三条",
        tracks=_GUARANTEE, note=True,
    ),
)  # fmt: skip
"""Every step, in the order of the procedure."""

_BY_KEY = {step.key: step for step in STEPS}

PROVINCIAL = frozenset(
    {Grade.A_PLUS, Grade.A, Grade.B, Grade.B_MINUS, Grade.LEADING, Grade.ADVANCED}
)
"""Grades that the city only proposes and the province confirms (第六条（3）, 第十条（3））; C is decided by the city.

第十条（3） does not name 先进性, whose holders choose their own measures like those of A (第五条（二）): it goes the longer way.
"""


def step_named(key: str) -> Step | None:
    """Return a step by its key, or None."""
    return _BY_KEY.get(key)


def goes_to_province(grade: str) -> bool:
    """Whether a grade is confirmed by the province; ``A级`` counts as ``A``."""
    return parse_grade(grade) in PROVINCIAL


def open_steps(
    role: Role,
    state: State,
    track: Track,
    grade: str,
    *,
    published: bool = False,
    last: str = "",
) -> tuple[Step, ...]:
    """Return what a role may do with a package.

    Args:
        role: The actor's role; whether the actor may see the package at all is another question.
        state: Where the package stands.
        track: Its track.
        grade: The grade it applies for.
        published: Whether a grade of it is published.
        last: Key of the last step taken, or "".
    """
    return tuple(
        step
        for step in STEPS
        if step.role is role
        and state in step.sources
        and track in step.tracks
        and (not step.to_province or goes_to_province(grade))
        and step.published in (None, published)
        and (not step.after or last in step.after)
    )
