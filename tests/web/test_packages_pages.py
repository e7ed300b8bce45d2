"""Handing in, seeing, taking steps."""

from tests.web.world import CLEAN

from duibiao.procedure.roles import Role


def test_a_package_goes_from_upload_to_county_to_city(world):
    town = world.settle()
    applicant = world.client(town.logins[Role.APPLICANT])
    answer = applicant.post(
        "/upload",
        params={"file": CLEAN.name, "city": town.city, "county": town.county},
        content=CLEAN.read_bytes(),
    )
    assert answer.status_code == 200, answer.text
    (told,) = answer.json()["parts"]
    world.wait(told["submission"])
    href = told["href"]
    assert "豫虚构青石岭水泥有限公司" in applicant.get(href).text
    county = world.client(town.logins[Role.COUNTY])
    assert county.get(href).status_code == 404
    assert 'data-confirm="撤回？之后不能恢复。"' in applicant.get(href).text
    assert applicant.post(f"{href}/steps/apply").status_code == 303
    assert "待县（区）初审" in county.get(href).text
    assert world.client(town.logins[Role.CITY]).post(f"{href}/steps/on-site").status_code == 409
    passed = county.post(f"{href}/steps/county-pass", data={"note": "同意上报"})
    assert passed.status_code == 303
    assert "同意上报" in applicant.get(href).text
    stranger = world.settle()
    for role in Role:
        assert world.client(stranger.logins[role]).get(href).status_code in (403, 404)


def test_an_empty_list_says_what_to_do_and_a_filter_can_be_cleared(world):
    town = world.settle()
    for role, words in (
        (Role.APPLICANT, '还没有申报：<a href="/upload">上传申报材料</a>'),
        (Role.COUNTY, "还没有申报到本地的材料"),
        (Role.EXPERT, "还没有指派给您的申报"),
    ):
        client = world.client(town.logins[role])
        page = client.get("/packages").text
        assert (words in page, "清除筛选" in page) == (True, False)
        page = client.get("/packages", params={"text": "没有"}).text
        assert ("没有符合条件的申报" in page, "清除筛选" in page) == (True, True)


def test_a_report_that_is_gone_is_told_at_its_version_and_made_again(world):
    town = world.settle()
    package = world.hand_in(town.actors[Role.APPLICANT], CLEAN)
    applicant = world.client(town.logins[Role.APPLICANT])
    href = f"/packages/{package.id}"
    (version,) = package.submissions
    assert "看审查意见" in applicant.get(href).text
    world.office.blobs.delete(version.report)
    assert applicant.post(f"{href}/steps/apply").status_code == 303
    for role in (Role.APPLICANT, Role.COUNTY):
        client = world.client(town.logins[role])
        answer = client.get(href)
        assert answer.status_code == 200
        assert "保存的审查报告读不到；请稍后刷新再看" in answer.text
        assert "看审查意见" not in answer.text
        assert f"{href}/files/original?number=1" in answer.text
        assert f'action="{href}/check?number=1"' in answer.text
    assert client.post(f"{href}/check?number=1").status_code == 303
    world.wait(version.id)
    assert "看审查意见" in client.get(href).text
