"""Steps of the procedure over the tables: what is fixed, what is refused, what is written down."""

from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import select
from tests.web.shelf import TO_NOTICE, shelve, walk

from duibiao.office import fixing, seeing, stepping
from duibiao.office.errors import ConflictError, ForbiddenError, InvalidError, OfficeError
from duibiao.procedure.roles import Role, Track
from duibiao.procedure.states import State
from duibiao.service.terms import CHINA
from duibiao.storage.packages import Package
from duibiao.storage.people import Organisation
from duibiao.storage.records import Entry


def refusal(world, town, package, step) -> tuple[type[OfficeError], str]:
    with pytest.raises(OfficeError) as caught:
        walk(world, town, package, step)
    return caught.type, str(caught.value)


def test_c_is_rated_by_the_city_and_published(world):
    town = world.settle()
    package = shelve(world, town)
    done = walk(world, town, package, *TO_NOTICE, "publish")
    assert (done.state, done.final_grade, done.published) == ("published", "C级", "C级")
    taken = seeing.open_package(world.office, town.actors[Role.CITY], package).steps
    assert [(one.key, one.source, one.target, one.grade, one.note) for one in taken] == [
        ("apply", "draft", "applied", "", "apply的理由"),
        ("county-pass", "applied", "county_passed", "", "county-pass的理由"),
        ("on-site", "county_passed", "on_site", "", "on-site的理由"),
        ("city-rate", "on_site", "notice", "C级", "city-rate的理由"),
        ("publish", "notice", "published", "", "publish的理由"),
    ]
    with world.office.database.reading() as session:
        logged = session.scalars(
            select(Entry).where(Entry.subject == package).order_by(Entry.number)
        ).all()
    assert [(entry.action, entry.detail["target"]) for entry in logged] == [
        ("package.apply", "applied"),
        ("package.county-pass", "county_passed"),
        ("package.on-site", "on_site"),
        ("package.city-rate", "notice"),
        ("package.publish", "published"),
    ]


def test_what_the_province_decides_the_city_only_proposes(world):
    town = world.settle()
    package = shelve(world, town, declared="A级")
    walk(world, town, package, "apply", "county-pass", "on-site")
    assert refusal(world, town, package, "city-rate:B级") == (
        InvalidError,
        "B级须由省生态环境厅核验评定，市局不能直接评定；请上报省厅（第十条（3））",
    )
    assert refusal(world, town, package, "to-province:C级") == (
        InvalidError,
        "C级由市局评定，不上报省厅；请用“评定，进入公示”（第十条（3））",
    )
    assert refusal(world, town, package, "to-province:A+级") == (
        InvalidError,
        "企业申报的是A级，不能核定为更高的A+级；请退回企业重新申报",
    )
    assert refusal(world, town, package, "to-province:优秀")[0] is InvalidError
    done = walk(world, town, package, "to-province:B", "province-confirm:B-")
    assert (done.state, done.final_grade, done.published) == ("notice", "B-级", "")


def test_a_declared_a_that_is_but_a_c_is_rated_by_the_city(world):
    town = world.settle()
    package = shelve(world, town, declared="A级")
    done = walk(world, town, package, *TO_NOTICE)
    assert (done.state, done.final_grade) == ("notice", "C级")


def test_false_material_means_the_lowest_grade(world):
    town = world.settle()
    package = shelve(world, town, declared="B级", state=State.PROVINCE)
    assert refusal(world, town, package, "lowest:C") == (
        InvalidError,
        "这里只能评定为最低等级：D级（第十九条）",
    )
    done = walk(world, town, package, "lowest:D", "publish")
    assert (done.state, done.published) == ("published", "D级")


def test_downgrading_goes_down(world):
    town = world.settle()
    package = shelve(world, town, declared="B级", state=State.PUBLISHED, final="B级")
    for grade in ("B级", "A级"):
        assert refusal(world, town, package, f"spot-downgrade:{grade}") == (
            InvalidError,
            "现在的等级是B级，降级须低于它（第十四条、第十五条）",
        )
    done = walk(world, town, package, "second-review", "downgrade:C级")
    assert (done.state, done.final_grade, done.published) == ("published", "C级", "C级")


def test_an_enterprise_objects_to_the_county_but_not_to_the_city(world):
    town = world.settle()
    package = shelve(world, town, declared="B级")
    walk(world, town, package, "apply", "county-return")
    done = walk(world, town, package, "object", "recheck-change")
    assert done.state == "county_passed"
    walk(world, town, package, "city-return")
    assert refusal(world, town, package, "object")[0] is ConflictError
    assert walk(world, town, package, "apply").state == "applied"


def test_applying_anew_can_be_taken_back_and_the_grade_stays(world):
    town = world.settle()
    package = shelve(world, town, declared="C级", state=State.PUBLISHED, final="C级")
    walk(world, town, package, "reapply", "apply")
    assert refusal(world, town, package, "withdraw")[0] is ConflictError
    done = walk(world, town, package, "keep-grade")
    assert (done.state, done.final_grade, done.published) == ("published", "C级", "C级")


@pytest.mark.parametrize(
    ("industry", "declared", "grade", "message"),
    [
        (
            "水泥", "B-级", "B-级",
            "重点行业的保障类企业须达到B级及以上或引领性，这份申报的等级是“B-级”，不能“{}”；请退回整改（第十三条）",
        ),
        ("水泥", "B级", "B级", ""),
        ("通用行业", "C级", "C级", ""),
    ],
)  # fmt: skip
def test_assured_enterprises_of_key_industries_need_b(world, industry, declared, grade, message):
    town = world.settle()
    package = shelve(
        world,
        town,
        industry=industry,
        declared=declared,
        track=Track.GUARANTEE,
        state=State.APPLIED,
    )
    if message:
        assert refusal(world, town, package, "county-pass") == (
            InvalidError,
            message.format("初审通过，上报市局"),
        )
        return
    done = walk(
        world, town, package, "county-pass", f"guarantee-to-province:{grade}",
        f"province-confirm:{grade}", "publish", "remove",
    )  # fmt: skip
    assert (done.state, done.published) == ("removed", "")
    assert done.steps[0].note == "county-pass的理由"


def test_where_it_is_not_known_whether_an_industry_is_key_a_person_is_asked(world):
    town = world.settle()
    package = shelve(
        world, town, industry="风筝制造", declared="C级", track=Track.GUARANTEE, state=State.APPLIED
    )
    done = walk(world, town, package, "county-pass")
    assert done.steps[-1].note == (
        "county-pass的理由\n请核实：等级是“C级”，不能确定“风筝制造”是否重点行业；是重点行业的，须达到B级及以上或引领性（第十三条）"
    )


def test_an_assured_enterprise_with_false_material_leaves_the_list(world):
    town = world.settle()
    package = shelve(world, town, declared="B级", track=Track.GUARANTEE, state=State.NOTICE)
    assert refusal(world, town, package, "lowest:D")[0] is ConflictError
    assert walk(world, town, package, "guarantee-refuse").state == "removed"


@pytest.mark.parametrize(
    ("city", "day", "open_"),
    [
        ("三门峡市", (2026, 11, 15), True),
        ("三门峡市", (2026, 11, 16), False),
        ("", (2026, 11, 16), True),
    ],
)
def test_adjusting_is_open_until_the_fifteenth_of_november(world, monkeypatch, city, day, open_):
    town = world.settle()
    package = shelve(world, town, state=State.PUBLISHED, final="C级")
    if city:
        settle_in(world, town, package, city)
    monkeypatch.setattr(world.office, "clock", lambda: datetime(*day, 9, tzinfo=CHINA))
    if open_:
        assert walk(world, town, package, "adjust").state == "applied"
    else:
        assert refusal(world, town, package, "adjust") == (
            ConflictError,
            "“列入动态调整”今年到 2026-11-15 为止，现在已经过了；明年再办理（第十条（6））",
        )


def settle_in(world, town, package, city):
    """Move a package and its county's bureau to a real city."""
    county = town.actors[Role.COUNTY]
    with world.office.database.writing() as session:
        session.get_one(Package, package).city = city
        session.get_one(Organisation, county.organisation).city = city
    town.actors[Role.COUNTY] = replace(county, city=city)


def test_a_step_without_its_reason_is_refused(world):
    town = world.settle()
    package = shelve(world, town, state=State.APPLIED)
    county = world.client(town.logins[Role.COUNTY])
    answer = county.post(f"/packages/{package}/steps/county-return", data={"note": " "})
    assert answer.status_code == 422
    assert "“退回整改”要写明理由或意见" in answer.text


def test_roles_without_steps_are_told_so(world):
    town = world.settle()
    package = shelve(world, town, state=State.APPLIED)
    for role in (Role.EXPERT, Role.COMPLAINTS, Role.BUREAU_ADMIN, Role.ADMIN):
        with pytest.raises(ForbiddenError):
            stepping.take(world.office, town.actors[role], package, "county-pass", note="好")


@pytest.mark.parametrize(
    ("key", "declared", "final", "grades"),
    [
        ("to-province", "B级", "", ("B级", "B-级")),
        ("city-rate", "B级", "", ("C级", "D级")),
        ("city-rate", "", "", ("C级", "D级", "非引领性")),
        ("city-rate", "引领性", "", ("非引领性",)),
        ("spot-downgrade", "A级", "B-级", ("C级", "D级")),
        ("lowest", "A级", "", ("D级",)),
        ("publish", "A级", "A级", ()),
    ],
)
def test_a_step_offers_the_grades_that_it_may_fix(world, key, declared, final, grades):
    town = world.settle()
    id_ = shelve(world, town, declared=declared, final=final, state=State.ON_SITE)
    package = seeing.open_package(world.office, town.actors[Role.CITY], id_)
    step = stepping.step_named(key)
    assert step is not None
    assert fixing.choices(world.office.service, package, step) == grades
