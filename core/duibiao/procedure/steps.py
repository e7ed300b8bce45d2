"""Steps (办理动作): the one table of who moves a package from where to where, by which article.

The web, the REST API, the manual in the README and the tests all read this table; nothing else decides.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from duibiao.procedure.roles import Role, Track
from duibiao.procedure.states import State

_A, _C, _S = Role.APPLICANT, Role.COUNTY, Role.CITY
BOTH = frozenset(Track)


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
        to_province: True: only for grades that the province decides; False: only for the others; None: for all.
        note: Whether the actor must give a reason.
        graded: Whether the actor fixes the grade.
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
    graded: bool = False


def _step(
    key: str, label: str, role: Role, sources: Iterable[State], target: State, place: str,
    *, tracks: frozenset[Track] = BOTH, to_province: bool | None = None, note: bool = False, graded: bool = False,
) -> Step:  # fmt: skip
    return Step(
        key, label, role, frozenset(sources), target, f"SMX2022:{place}",
        tracks, to_province, note, graded,
    )  # fmt: skip


_GRADE, _GUARANTEE = frozenset({Track.GRADE}), frozenset({Track.GUARANTEE})

STEPS: tuple[Step, ...] = (
    _step("apply", "申报", _A, [State.DRAFT, State.RETURNED], State.APPLIED, "第十条（1）"),
    _step(
        "withdraw", "撤回", _A, [State.DRAFT, State.APPLIED, State.RETURNED], State.WITHDRAWN, "第十条（1）"
    ),
    _step(
        "county-pass", "初审通过，上报市局", _C, [State.APPLIED], State.COUNTY_PASSED, "第七条（2）", note=True
    ),
    _step(
        "county-return", "退回整改", _C, [State.APPLIED], State.RETURNED, "第七条（2）", note=True
    ),
    _step("on-site", "安排现场核查", _S, [State.COUNTY_PASSED], State.ON_SITE, "第六条（3）"),
    _step(
        "city-return", "退回整改", _S, [State.COUNTY_PASSED, State.ON_SITE], State.RETURNED, "第六条（3）", note=True
    ),
    _step(
        "to-province", "审核通过，上报省厅", _S, [State.ON_SITE], State.PROVINCE, "第十条（3）",
        tracks=_GRADE, to_province=True, note=True, graded=True,
    ),
    _step(
        "city-rate", "评定，进入公示", _S, [State.ON_SITE], State.NOTICE, "第十条（3）",
        tracks=_GRADE, to_province=False, note=True, graded=True,
    ),
    _step(
        "guarantee-to-province", "审核通过，上报省厅", _S, [State.COUNTY_PASSED, State.ON_SITE], State.PROVINCE,
        "第六条（4）", tracks=_GUARANTEE, note=True,
    ),
    _step(
        "province-confirm", "登记省厅核验结果，进入公示", _S, [State.PROVINCE], State.NOTICE, "第十条（3）",
        note=True, graded=True,
    ),
    _step(
        "province-return", "登记省厅退回", _S, [State.PROVINCE], State.RETURNED, "第十条（3）", note=True
    ),
    _step("publish", "公布", _S, [State.NOTICE], State.PUBLISHED, "第十条（5）"),
    _step(
        "notice-return", "公示期间有异议，二次审核", _S, [State.NOTICE], State.SECOND_REVIEW, "第十六条", note=True
    ),
    _step(
        "object", "有异议，申请市局复核", _A, [State.RETURNED, State.PUBLISHED], State.RECHECK, "第十五条", note=True
    ),
    _step(
        "recheck-keep", "复核：维持", _S, [State.RECHECK], State.PUBLISHED, "第十五条", note=True, graded=True
    ),
    _step(
        "recheck-return", "复核：退回整改", _S, [State.RECHECK], State.RETURNED, "第十五条", note=True
    ),
    _step(
        "recheck-change", "复核：重新审核", _S, [State.RECHECK], State.COUNTY_PASSED, "第十五条", note=True
    ),
    _step(
        "second-review", "二次审核", _S, [State.PUBLISHED], State.SECOND_REVIEW, "第十五条", note=True
    ),
    _step(
        "review-keep", "二次审核：维持", _S, [State.SECOND_REVIEW], State.PUBLISHED, "第十五条", note=True
    ),
    _step(
        "downgrade", "降级", _S, [State.SECOND_REVIEW, State.PUBLISHED], State.PUBLISHED, "第十五条",
        tracks=_GRADE, note=True, graded=True,
    ),
    _step(
        "adjust", "动态调整，重新申报", _A, [State.PUBLISHED], State.DRAFT, "第十条（6）", note=True
    ),
    _step(
        "remove", "移出保障清单", _S, [State.PUBLISHED], State.REMOVED, "第十三条", tracks=_GUARANTEE, note=True
    ),
)  # fmt: skip
"""Every step, in the order of the procedure."""

_BY_KEY = {step.key: step for step in STEPS}

PROVINCIAL = ("A+", "A", "B", "B-", "引领性", "先进性")
"""Grades that the city only proposes and the province confirms (第六条（3）, 第十条（3））; C is decided by the city."""


def step_named(key: str) -> Step | None:
    """Return a step by its key, or None."""
    return _BY_KEY.get(key)


def goes_to_province(grade: str) -> bool:
    """Whether a declared grade is confirmed by the province; ``A级`` counts as ``A``."""
    return grade.strip().removesuffix("企业").removesuffix("级") in PROVINCIAL


def open_steps(role: Role, state: State, track: Track, grade: str) -> tuple[Step, ...]:
    """Return what a role may do with a package.

    Args:
        role: The actor's role; whether the actor may see the package at all is another question.
        state: Where the package stands.
        track: Its track.
        grade: The grade it applies for.
    """
    return tuple(
        step
        for step in STEPS
        if step.role is role
        and state in step.sources
        and track in step.tracks
        and (step.to_province is None or step.to_province is goes_to_province(grade))
    )
