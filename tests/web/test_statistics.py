"""Lists and statistics of a bureau: counts, deadlines, shares, workbooks."""

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from time import monotonic, sleep

import pytest
from python_calamine import CalamineWorkbook
from tests.web.programs import program
from tests.web.shelf import shelve, walk
from tests.web.world import CLEAN, FAULTY

from duibiao.office import listings, long_lists, retention, statistics, stepping
from duibiao.procedure.roles import Role, Track
from duibiao.procedure.states import State
from duibiao.service.terms import CHINA
from duibiao.storage.base import now
from duibiao.storage.packages import Job, ListFile, Package
from duibiao.storage.people import Organisation
from duibiao.web.charts import Bar, Chart, chart


def moved(world, town, city: str):
    """Bring the city bureau of a town, and the packages to come, into a real city."""
    actor = town.actors[Role.CITY]
    with world.office.database.writing() as session:
        session.get_one(Organisation, actor.organisation).city = city
    town.actors[Role.CITY] = replace(actor, city=city)
    town.city = city


def test_counts_are_those_of_what_a_bureau_sees(world):
    town = world.settle()
    shelve(world, town, enterprise="甲", declared="B级", state=State.APPLIED, verdict="不通过")
    shelve(world, town, enterprise="乙", industry="水泥制造", state=State.PUBLISHED, final="C级")
    shelve(
        world,
        town,
        enterprise="丙",
        industry="风筝",
        declared="",
        state=State.ON_SITE,
        county="白石县",
    )
    shelve(world, town, enterprise="丁", state=State.DRAFT)
    shelve(world, world.settle(), enterprise="戊", state=State.APPLIED)
    found = statistics.overview(world.office, town.actors[Role.CITY])
    assert (found.total, found.counts) == (
        3,
        {
            "county": (("青石县", 2), ("白石县", 1)),
            "industry": (("水泥", 2), ("风筝", 1)),
            "grade": (("B级", 1), ("C级", 1), ("没有写", 1)),
            "state": (("待县（区）初审", 1), ("现场核查", 1), ("已公布", 1)),
            "verdict": (("通过", 2), ("不通过", 1)),
        },
    )
    county = statistics.overview(world.office, town.actors[Role.COUNTY])
    assert (county.total, county.counts["county"]) == (2, (("青石县", 2),))


def test_what_is_due_and_late_by_the_measures_of_the_city(world, monkeypatch):
    town = world.settle()
    moved(world, town, "三门峡市")
    monkeypatch.setattr(world.office, "clock", lambda: datetime(2026, 9, 22, 9, tzinfo=CHINA))
    since = datetime(2026, 9, 1, tzinfo=UTC)
    for enterprise, state, track in (
        ("逾期甲", State.APPLIED, Track.GRADE),
        ("保障乙", State.APPLIED, Track.GUARANTEE),
        ("在审丙", State.ON_SITE, Track.GRADE),
        ("省厅丁", State.PROVINCE, Track.GRADE),
    ):
        package = shelve(world, town, enterprise=enterprise, state=state, track=track)
        with world.office.database.writing() as session:
            session.get_one(Package, package).since = since
    found = statistics.overview(world.office, town.actors[Role.CITY])
    mine = [
        one for one in found.waiting if one.enterprise in ("逾期甲", "保障乙", "在审丙", "省厅丁")
    ]
    assert [(one.enterprise, one.due.deadline.provenance.id, one.due.day.isoformat(), one.left) for one in mine] == [
        ("保障乙", "SMX-10.4", "2026-09-20", -2),
        ("逾期甲", "SMX-10.2", "2026-09-20", -2),
        ("在审丙", "SMX-10.3", "2026-09-30", 8),
    ]  # fmt: skip
    assert [due.deadline.provenance.id for due in found.calendar] == [
        "SMX-10.3", "SMX-10.5", "SMX-10.2", "SMX-10.6", "SMX-10.4",
    ]  # fmt: skip
    text = world.client(town.logins[Role.CITY]).get("/statistics").text
    assert "超期 2 天" in text
    assert "还有 8 天" in text


def test_a_city_without_measures_is_told_so(world):
    town = world.settle()
    shelve(world, town, state=State.APPLIED)
    text = world.client(town.logins[Role.CITY]).get("/statistics").text
    assert f"没有查到{town.city}现行的时间节点（缺）" in text
    assert f"没有查到{town.city}对占比的要求（缺）" in text


def test_an_industry_whose_grades_do_not_hold_is_listed(world):
    town = world.settle()
    industry = f"虚构行业{town.city}"
    packages = [
        shelve(world, town, enterprise=f"企业{number}", industry=industry, declared="B级", state=State.PUBLISHED, final="B级")
        for number in range(6)
    ]  # fmt: skip
    city = town.actors[Role.CITY]
    for package in packages[:2]:
        walk(world, town, package, "second-review", "review-keep")
    walk(world, town, packages[2], "spot-downgrade:C级")
    first = statistics.overview(world.office, city).holdings
    assert [(one.reviewed, one.kept, one.below, one.listed) for one in first] == [(3, 2, None, ())]
    with world.office.database.writing() as session:
        for package in packages:
            session.get_one(Package, package).city = "三门峡市"
    moved(world, town, "三门峡市")

    def own():
        found = statistics.overview(world.office, town.actors[Role.CITY])
        assert found.required == 60
        return next(one for one in found.holdings if one.industry == industry)

    assert (own().below, own().listed) == (False, ())
    stepping.take(
        world.office, town.actors[Role.CITY], packages[3], "spot-downgrade", note="抽查", grade="C"
    )
    assert (own().reviewed, own().kept, own().below) == (4, 2, True)
    assert own().listed == tuple((package, f"企业{n}") for n, package in enumerate(packages))


def test_only_bureaus_have_them(world):
    town = world.settle()
    paths = ("/statistics", "/statistics/lists/annex3", "/statistics/lists/annex3/xlsx")
    for role in Role:
        client = world.client(town.logins[role])
        wanted = 200 if role in (Role.COUNTY, Role.CITY) else 403
        assert {client.get(path).status_code for path in paths} == {wanted}


def test_lists_are_made_of_stored_reports_without_confidential_ones(world):
    town = world.settle()
    applicant = town.actors[Role.APPLICANT]
    clean, faulty = (world.hand_in(applicant, file).id for file in (CLEAN, FAULTY))
    for package in (clean, faulty):
        stepping.take(world.office, applicant, package, "apply")
    client = world.client(town.logins[Role.CITY])
    page = client.get("/statistics/lists/annex3").text
    assert "豫虚构青石岭水泥有限公司" in page
    for kind, title in (
        ("annex3", "重点行业企业绩效分级申报清单"), ("upgrade", "提升企业清单"), ("targets", "提升目标表"),
    ):  # fmt: skip
        answer = client.get(f"/statistics/lists/{kind}/xlsx")
        book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
        cells = book.get_sheet_by_index(0).to_python()
        assert title in str(cells[0][0])
    targets = client.get("/statistics/lists/targets").text
    assert (
        targets.count(">国家级重点行业</th>"),
        '<th colspan="2">国家级重点行业</th>' in targets,
    ) == (1, True)
    with world.office.database.writing() as session:
        session.get_one(Package, clean).confidential = True
    page = client.get("/statistics/lists/annex3").text
    assert "豫虚构青石岭水泥有限公司" not in page
    assert "涉密申报 1 份没有列入，请线下报送（第九条）" in page
    assert client.get("/statistics/lists/nothing").status_code == 404


def test_a_package_whose_report_is_not_there_is_named(world):
    town = world.settle()
    package = shelve(world, town, state=State.APPLIED)
    actor = town.actors[Role.COUNTY]
    with listings.listing(world.office, actor, town.county) as listing:
        assert [(one.file, one.reason) for one in listing.absent] == [
            (f"材料.docx（{package[:6]}）", "审查报告读不出；请重新审查这份申报")
        ]
    with listings.listing(world.office, actor, "别的县") as listing:
        assert listing.absent == ()


def test_long_lists_are_made_as_a_job_and_are_what_short_ones_are(world, monkeypatch):
    town = world.settle()
    applicant = town.actors[Role.APPLICANT]
    for file in (CLEAN, FAULTY):
        stepping.take(world.office, applicant, world.hand_in(applicant, file).id, "apply")
    city, county = (world.client(town.logins[role]) for role in (Role.CITY, Role.COUNTY))
    short = {kind: city.get(f"/statistics/lists/{kind}/xlsx").content for kind in listings.KINDS}
    monkeypatch.setattr(listings, "AT_ONCE", 1)
    for path in ("/statistics/lists/annex3/xlsx", "/statistics/lists/annex3/xlsx?county=青石县"):
        assert (city.get(path).status_code, "生成清单" in city.get(path).text) == (422, True)
    assert "共有 2 份申报" in city.get("/statistics/lists/annex3").text
    assert "全部的清单要在后台生成" in city.get("/statistics").text
    ordered = city.post("/statistics/made")
    made = ordered.headers["location"]
    again = city.post("/statistics/made").headers["location"]
    wait_until(lambda: "下载绩效分级申报清单" in city.get(made).text)
    found = {kind: city.get(f"{made}/{kind}") for kind in listings.KINDS}
    assert {kind: answer.content for kind, answer in found.items()} == short
    assert "filename*=UTF-8''%E6%8F%90" in found["upgrade"].headers["content-disposition"]
    assert f'href="{made}"' in city.get("/statistics").text
    assert {
        county.get(path).status_code for path in (made, f"{made}/annex3", f"{made}/progress")
    } == {404}
    assert city.get(f"{made}/nothing").status_code == 404
    assert (ordered.status_code, city.get(again).status_code) == (303, 200)
    events = city.get(f"{made}/progress").text
    assert ("data: 已完成" in events, "event: end" in events) == (True, True)


def test_long_lists_by_the_api(world, monkeypatch):
    town = world.settle()
    applicant = town.actors[Role.APPLICANT]
    stepping.take(world.office, applicant, world.hand_in(applicant, CLEAN).id, "apply")
    county, city = (program(world, town, role) for role in (Role.COUNTY, Role.CITY))
    short = county.get("/lists/annex3/xlsx", params={"county": "青石县"}).content
    monkeypatch.setattr(listings, "AT_ONCE", 0)
    for path in ("/lists/annex3", "/lists/annex3/xlsx"):
        assert (
            county.get(path).status_code,
            "POST /lists" in county.get(path).json()["detail"],
        ) == (422, True)
    job = county.post("/lists", params={"county": "青石县"})
    assert (job.status_code, job.json()["kind"]) == (202, "lists")
    place = f"/lists/made/{job.json()['id']}/annex3"
    wait_until(lambda: county.get(f"/jobs/{job.json()['id']}").json()["state"] == "done")
    assert county.get(place).content == short
    assert {city.get(path).status_code for path in (place, f"/jobs/{job.json()['id']}")} == {404}
    before = county.post("/lists").json()["id"]
    assert county.get(f"/lists/made/{before}/annex3").status_code in (200, 409)


def test_lists_that_were_made_are_kept_for_a_week(world):
    town = world.settle()
    city = town.actors[Role.CITY]
    shelve(world, town, state=State.APPLIED)
    job = long_lists.order(world.office, city)
    wait_until(lambda: not long_lists.one(world.office, city, job.id).under_way)
    with world.office.database.reading() as session:
        digest = session.get_one(ListFile, (job.id, "annex3")).blob
        assert digest in retention.named(session)
    with world.office.database.writing() as session:
        session.get_one(Job, job.id).finished = now() - timedelta(days=8)
    retention.sweep(world.office)
    assert long_lists.mine(world.office, city) == ()


def wait_until(there, seconds=60):
    end = monotonic() + seconds
    while not there():
        assert monotonic() < end, "it did not come in time"
        sleep(0.1)


@pytest.mark.parametrize(
    ("lines", "made"),
    [
        ([], Chart((), 0, 0)),
        ([("零", 0)], Chart((Bar("零", 0, 0, 0.0),), 28, 0)),
        (
            [("甲", 4), ("很长很长很长很长很长很长很长的名字", 1)],
            Chart((Bar("甲", 4, 0, 390.0), Bar("很长很长很长很长很长很长很…", 1, 28, 97.5)), 56, 0),
        ),
    ],
)
def test_a_chart(lines, made):
    assert chart(lines) == made


def test_a_long_chart_leaves_the_rest_to_the_table():
    made = chart([(str(number), 1) for number in range(25)])
    assert (len(made.bars), made.left_out) == (20, 5)
