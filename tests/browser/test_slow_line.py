"""On a slow line a page can be used before its script has come, and fields are filled in in any order."""

from playwright.sync_api import Route, expect
from tests.browser.test_journeys import lacking, new_project
from tests.web.project_steps import DEMO
from tests.web.world import FAULTY

from duibiao.procedure.roles import Role
from duibiao.project.names import FOLDER, WORKBOOK


def held(page, script: str) -> list[Route]:
    """Keep a script from coming; the list gets what to let go."""
    kept: list[Route] = []

    def keep(route: Route) -> None:
        kept.append(route)

    page.route(f"**/{script}", keep)
    return kept


def let_go(page, kept: list[Route]) -> None:
    """Let the script come."""
    [one] = kept
    one.continue_()


def test_a_workbook_chosen_before_the_script_came_is_imported(desk):
    page = desk.sign_in(Role.APPLICANT)
    address = new_project(page, "慢线水泥")
    kept = held(page, "projects.js")
    page.goto(address, wait_until="commit")
    page.get_by_label("导入 申报数据").set_input_files(DEMO / WORKBOOK)
    page.once("dialog", lambda dialog: dialog.accept())
    let_go(page, kept)
    expect(page.get_by_role("row").filter(has_text="有组织排放")).to_contain_text("12 行")


def test_evidence_chosen_before_the_script_came_is_kept(desk):
    page = desk.sign_in(Role.APPLICANT)
    address = new_project(page, "慢线证据")
    kept = held(page, "projects.js")
    page.goto(f"{address}/evidence", wait_until="commit")
    file = next(one for one in lacking() if one.parent.name == "签章")
    folder = page.locator(f'[data-folder="{file.parent.relative_to(DEMO / FOLDER).as_posix()}"]')
    folder.locator("input[type=file]").set_input_files(file)
    let_go(page, kept)
    expect(folder.get_by_role("link", name=file.name)).to_be_visible()


def test_a_file_chosen_before_the_fields_are_filled_in_is_sent_once_they_are(desk):
    page = desk.sign_in(Role.APPLICANT)
    page.goto("/upload")
    page.get_by_label("所属省辖市").fill("")
    page.get_by_label("所属县（市、区）").fill("")
    page.locator("input[type=file]").set_input_files(FAULTY)
    page.get_by_label("所属省辖市").fill("三门峡市")
    page.get_by_label("所属省辖市").press("Tab")
    sent = page.locator(".uploads li")
    expect(sent).to_have_count(0)
    page.get_by_label("所属县（市、区）").fill("渑池县")
    page.get_by_label("所属县（市、区）").press("Tab")
    expect(sent).to_have_count(1)
    expect(page.get_by_role("link", name="查看")).to_be_visible()


def test_nothing_is_deleted_without_its_question(desk):
    page = desk.sign_in(Role.APPLICANT)
    address = new_project(page, "不删水泥")
    kept = held(page, "app.js")
    page.goto(address, wait_until="commit")
    button = page.get_by_role("button", name="删除项目")
    expect(button).to_have_count(0)
    let_go(page, kept)
    asked: list[str] = []
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    button.click()
    assert asked == ["删除项目“不删水泥”和它的全部证据？删除后不能恢复。"]
    expect(page.get_by_role("heading", level=1)).to_contain_text("不删水泥")
