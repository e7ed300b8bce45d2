"""Who may do what, what a token may do, who sees which package, until when."""

from datetime import date
from itertools import product

import pytest

from duibiao.law.common import load_common
from duibiao.procedure.deadlines import Due, calendar_of, due_of, last_day
from duibiao.procedure.rights import RIGHTS, SCOPES, Actor, Right, Seen, manages, scopes_for, sees
from duibiao.procedure.roles import Role, Scope, Track
from duibiao.procedure.states import State

TABLE = """
upload            applicant
project           applicant
see_packages      applicant county city expert
take_steps        applicant county city
remark            applicant county city expert
waive             county city
ask_correction    county city
assign_expert     city
give_opinion      expert
mark_confidential applicant county city
see_statistics    county city
handle_complaint  city complaints
see_reporter      complaints
blacklist         city
manage_users      bureau_admin admin
manage_organisations admin
read_audit        admin
see_law           applicant county city expert complaints bureau_admin admin
own_tokens        applicant county city expert complaints bureau_admin admin
webhooks          applicant county city
"""


def actor(role: Role, scopes: frozenset[str] | None = None) -> Actor:
    return Actor("u", "o", "某人", role, "甲市", "乙县", scopes)


def test_the_table_of_rights():
    written = [
        " ".join([right.value, *(role.value for role in Role if role in RIGHTS[right])])
        for right in Right
    ]
    assert written == [" ".join(line.split()) for line in TABLE.strip().splitlines()]
    assert set(RIGHTS) == set(Right)


def test_every_label_is_there():
    assert all(right.label for right in Right)
    assert all(role.label for role in Role)
    assert all(scope.label for scope in Scope)
    assert all(state.label for state in State)
    assert all(track.label for track in Track)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("scope", Scope)
def test_a_token_may_do_what_its_scope_covers_and_its_owner_may(role, scope):
    holder = actor(role, frozenset({scope.value}))
    assert {right for right in Right if holder.may(right)} == {
        right for right in SCOPES[scope] if role in RIGHTS[right]
    }


def test_no_token_shows_a_reporter_or_makes_tokens():
    assert set(Right) - {right for rights in SCOPES.values() for right in rights} == {
        Right.SEE_REPORTER,
        Right.OWN_TOKENS,
    }


def test_scopes_offered_are_those_of_use():
    assert {role: scopes_for(role) for role in Role} == {
        Role.APPLICANT: (Scope.READ, Scope.UPLOAD, Scope.REVIEW, Scope.PROJECT, Scope.WEBHOOKS),
        Role.COUNTY: (Scope.READ, Scope.REVIEW, Scope.WEBHOOKS),
        Role.CITY: (Scope.READ, Scope.REVIEW, Scope.WEBHOOKS),
        Role.EXPERT: (Scope.READ, Scope.REVIEW),
        Role.COMPLAINTS: (Scope.READ, Scope.REVIEW),
        Role.BUREAU_ADMIN: (Scope.READ, Scope.ADMIN),
        Role.ADMIN: (Scope.READ, Scope.ADMIN),
    }


def test_who_sees_a_package():
    def seen(role: Role, filed: bool, same: bool) -> bool:
        own = ("o", "甲市", "乙县", frozenset({"u"}))
        other = ("x", "丙市", "丁县", frozenset({"v"}))
        organisation, city, county, experts = own if same else other
        return sees(
            actor(role), Seen(organisation, city, county, State.APPLIED, experts, filed=filed)
        )

    table = {
        (role, filed)
        for role, filed in product(Role, (True, False))
        if seen(role, filed, same=True)
    }
    assert table == {
        (Role.APPLICANT, True), (Role.APPLICANT, False), (Role.COUNTY, True), (Role.CITY, True), (Role.EXPERT, True),
    }  # fmt: skip
    assert not any(seen(role, filed, same=False) for role, filed in product(Role, (True, False)))


def test_the_county_of_another_city_with_the_same_name_sees_nothing():
    package = Seen("x", "丙市", "乙县", State.APPLIED, frozenset(), filed=True)
    assert not sees(actor(Role.COUNTY), package)


COMMON = load_common()
SANMENXIA = "三门峡市"


def day_of(due: Due | None) -> tuple[str, date] | None:
    return (due.deadline.provenance.id, due.day) if due else None


def test_the_calendar_of_sanmenxia():
    found = calendar_of(COMMON, SANMENXIA, date(2026, 9, 5))
    assert [(due.deadline.provenance.id, due.day.isoformat()) for due in found] == [
        ("SMX-10.2", "2026-09-20"),
        ("SMX-10.4", "2026-09-20"),
        ("SMX-10.3", "2026-09-30"),
        ("SMX-10.5", "2026-09-30"),
        ("SMX-10.6", "2026-11-15"),
    ]
    assert found[0].days_left(date(2026, 9, 21)) == -1


def test_a_city_without_measures_has_no_calendar():
    assert calendar_of(COMMON, "洛阳市", date(2026, 9, 5)) == ()
    assert due_of(COMMON, "洛阳市", State.APPLIED, Track.GRADE, date(2026, 9, 5)) is None


@pytest.mark.parametrize(
    ("state", "track", "since", "due"),
    [
        (State.APPLIED, Track.GRADE, date(2026, 3, 20), ("SMX-10.2", date(2026, 3, 20))),
        (State.APPLIED, Track.GRADE, date(2026, 3, 21), ("SMX-10.2", date(2026, 4, 20))),
        (State.APPLIED, Track.GUARANTEE, date(2026, 3, 21), ("SMX-10.4", date(2026, 9, 20))),
        (State.COUNTY_PASSED, Track.GRADE, date(2028, 2, 3), ("SMX-10.3", date(2028, 2, 29))),
        (State.ON_SITE, Track.GRADE, date(2026, 12, 31), ("SMX-10.3", date(2026, 12, 31))),
        (State.ON_SITE, Track.GUARANTEE, date(2026, 9, 1), ("SMX-10.5", date(2026, 9, 30))),
        (State.NOTICE, Track.GRADE, date(2026, 9, 1), ("SMX-10.5", date(2026, 9, 30))),
        (State.PROVINCE, Track.GRADE, date(2026, 9, 1), None),
        (State.RETURNED, Track.GRADE, date(2026, 9, 1), None),
    ],
)
def test_until_when_a_package_must_move(state, track, since, due):
    assert day_of(due_of(COMMON, SANMENXIA, state, track, since)) == due


def test_adjusting_ends_on_the_fifteenth_of_november():
    assert last_day(COMMON, SANMENXIA, "SMX-10.6", date(2026, 11, 16)) == date(2026, 11, 15)
    assert last_day(COMMON, SANMENXIA, "", date(2026, 11, 16)) is None
    assert last_day(COMMON, "洛阳市", "SMX-10.6", date(2026, 11, 16)) is None


@pytest.mark.parametrize(
    ("role", "organisation", "of_role"), list(product(Role, ("o", "other"), Role))
)
def test_who_manages_which_account(role, organisation, of_role):
    wanted = role is Role.ADMIN or (
        role is Role.BUREAU_ADMIN and organisation == "o" and of_role in (Role.COUNTY, Role.CITY)
    )
    assert manages(actor(role), organisation, of_role) is wanted
