"""The table of steps, compared as a whole, and where it leads."""

from collections import deque
from collections.abc import Iterator

import pytest

from duibiao.procedure.roles import Role, Track
from duibiao.procedure.states import State
from duibiao.procedure.steps import BOTH, STEPS, goes_to_province, open_steps, step_named

FILED = "applied county_passed notice on_site province published recheck returned second_review"

TABLE = """
apply                 | applicant | draft returned                    | applied       | 第十条（1） |
withdraw              | applicant | applied draft returned            | withdrawn     | 第十条（1） | unpublished
keep-grade            | applicant | applied draft returned            | published     | 第十条（1） | published
county-pass           | county    | applied                           | county_passed | 第七条（2） | note
county-return         | county    | applied                           | returned      | 第七条（2） | note
object                | applicant | returned                          | recheck       | 第十五条 | note after:county-return
recheck-return        | city      | recheck                           | returned      | 第十五条 | note
recheck-change        | city      | recheck                           | county_passed | 第十五条 | note
on-site               | city      | county_passed                     | on_site       | 第六条（3） |
city-return           | city      | county_passed on_site             | returned      | 第六条（3） | note
to-province           | city      | on_site                           | province      | 第十条（3） | grade note provincial fixes:declared
city-rate             | city      | on_site                           | notice        | 第十条（3） | grade note municipal fixes:declared
guarantee-to-province | city      | county_passed on_site             | province      | 第六条（4） | guarantee note fixes:declared
province-confirm      | city      | province                          | notice        | 第十条（3） | note fixes:confirmed
province-return       | city      | province                          | returned      | 第十条（3） | note
publish               | city      | notice                            | published     | 第十条（5） |
notice-return         | city      | notice                            | second_review | 第十六条 | note
object-grade          | applicant | notice published                  | second_review | 第十五条 | note
second-review         | city      | published                         | second_review | 第十五条 | note
review-keep           | city      | second_review                     | published     | 第十五条 | note
review-again          | city      | second_review                     | on_site       | 第十五条 | note
downgrade             | city      | second_review                     | published     | 第十五条 | grade note fixes:lower
spot-downgrade        | city      | published                         | published     | 第十四条 | grade note fixes:lower
lowest                | city      | FILED                             | notice        | 第十九条 | grade note fixes:lowest
guarantee-refuse      | city      | FILED                             | removed       | 第十九条 | guarantee note
reapply               | applicant | published                         | draft         | 第十条（1） | note
adjust                | county    | published                         | applied       | 第十条（6） | note until:SMX-10.6
remove                | city      | published second_review           | removed       | 第十三条 | guarantee note
"""


def rows() -> Iterator[str]:
    for step in STEPS:
        more = [
            *([track.value for track in step.tracks] if step.tracks != BOTH else []),
            *(["note"] if step.note else []),
            *({True: ["provincial"], False: ["municipal"], None: []}[step.to_province]),
            *([f"fixes:{step.fixes.value}"] if step.graded else []),
            *({True: ["published"], False: ["unpublished"], None: []}[step.published]),
            *(f"after:{key}" for key in sorted(step.after)),
            *([f"until:{step.until}"] if step.until else []),
        ]
        source, _, place = step.article.partition(":")
        assert source == "SMX2022"
        sources = " ".join(sorted(state.value for state in step.sources))
        yield " | ".join(
            (step.key, step.role.value, sources, step.target.value, place, " ".join(more))
        )


def test_the_table_is_what_the_measures_say():
    wanted = [
        " | ".join(cell.strip() for cell in line.replace("FILED", FILED).split("|"))
        for line in TABLE.strip().splitlines()
    ]
    assert list(rows()) == wanted


def test_keys_and_labels_name_one_step_a_role_and_state():
    assert len({step.key for step in STEPS}) == len(STEPS)
    assert all(step_named(step.key) is step for step in STEPS)
    assert step_named("fly") is None
    for track in Track:
        for role in Role:
            for state in State:
                labels = [step.label for step in open_steps(role, state, track, "A")]
                assert len(labels) == len(set(labels))


def walk(track: Track, grade: str) -> set[tuple[State, bool, str]]:
    """Return every place that any sequence of steps by anybody leads to: state, whether published, last step."""
    start = (State.DRAFT, False, "")
    seen, todo = {start}, deque([start])
    while todo:
        state, published, last = todo.popleft()
        for role in Role:
            for step in open_steps(role, state, track, grade, published=published, last=last):
                target = step.target
                known = target is State.PUBLISHED or (published and target is not State.REMOVED)
                place = (target, known, step.key)
                if place not in seen:
                    seen.add(place)
                    todo.append(place)
    return seen


@pytest.mark.parametrize("track", Track)
@pytest.mark.parametrize("grade", ["A级", "C级"])
def test_every_state_is_reached_and_left_but_the_ends(track, grade):
    places = walk(track, grade)
    wanted = set(State)
    if track is Track.GRADE:
        wanted -= {State.REMOVED}
        if grade == "C级":
            wanted -= {State.PROVINCE}
    assert {state for state, _, _ in places} == wanted
    stuck = {
        state
        for state, published, last in places
        if not any(
            open_steps(role, state, track, grade, published=published, last=last) for role in Role
        )
    }
    ends = {State.WITHDRAWN} | ({State.REMOVED} if track is Track.GUARANTEE else set())
    assert stuck == ends


@pytest.mark.parametrize("track", Track)
@pytest.mark.parametrize("grade", ["A级", "C级", ""])
def test_no_sequence_of_steps_leaves_the_table_or_goes_round_the_notice(track, grade):
    for state, _, last in walk(track, grade):
        if last:
            step = step_named(last)
            assert step is not None
            assert (state, track in step.tracks) == (step.target, True)
            assert state is not State.NOTICE or step.graded
    onto_published = {step.key for step in STEPS if step.target is State.PUBLISHED}
    assert onto_published == {
        "keep-grade", "publish", "review-keep", "downgrade", "spot-downgrade",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("grade", "provincial"),
    [
        ("A+", True), ("A级", True), ("A级企业", True), ("B级", True), ("B-级", True), ("Ｂ－级", True),
        ("引领性", True), ("绩效引领性", True), ("先进性", True), ("非引领性", False), ("C级", False), ("D级", False),
        ("", False), ("优", False),
    ],
)  # fmt: skip
def test_c_is_decided_by_the_city_and_what_is_better_by_the_province(grade, provincial):
    assert goes_to_province(grade) is provincial


def test_only_three_roles_take_steps_and_the_others_none():
    takers = {role for role in Role if any(step.role is role for step in STEPS)}
    assert takers == {Role.APPLICANT, Role.COUNTY, Role.CITY}
