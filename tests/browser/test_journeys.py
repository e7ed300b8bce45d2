"""What people come for: a consultant builds a package, a clerk finds the place and returns it, an administrator adds a user."""

import io
import re
import zipfile

from docx import Document
from playwright.sync_api import Route, expect
from tests.web.processes import package as another_package
from tests.web.project_steps import DEMO
from tests.web.world import FAULTY

from duibiao.procedure.roles import Role
from duibiao.project.names import FOLDER, WORKBOOK


def hand_in(desk, tmp_path, number: int) -> str:
    """Upload a faulty package, wait for its check, apply with it; return its address."""
    page = desk.sign_in(Role.APPLICANT)
    page.goto("/upload")
    file = tmp_path / FAULTY.name
    file.write_bytes(another_package(2 * number + 1))
    page.get_by_label("所属省辖市").fill("三门峡市")
    page.get_by_label("所属县（市、区）").fill("渑池县")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("link", name="查看").click()
    expect(page.get_by_role("link", name=re.compile("看审查意见"))).to_be_visible()
    desk.shot("package")
    page.get_by_role("button", name="申报", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("待县（区）初审")
    return page.url


def new_project(page, name: str) -> str:
    """Make a project; return its address once its page is whole."""
    page.goto("/projects/new")
    page.get_by_label("企业简称").fill(name)
    page.get_by_label("行业类型").select_option("水泥熟料")
    page.get_by_role("button", name="新建").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    page.wait_for_load_state()
    return page.url


def import_demo(desk, name: str) -> str:
    """Make a project, import the workbook of the demo; return its address."""
    page = desk.sign_in(Role.APPLICANT)
    address = new_project(page, name)
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_label("导入 申报数据").set_input_files(DEMO / WORKBOOK)
    expect(page.get_by_role("row").filter(has_text="有组织排放")).to_contain_text("12 行")
    return address


def lacking() -> list:
    """Return those evidence files of the demo without which a package does not conform."""
    found = [
        *(DEMO / FOLDER).glob("2.13.*/2.13.*/现场照片.png"),
        *(DEMO / FOLDER).glob("2.16.1 */（3）*/*.png"),
        *(DEMO / FOLDER).glob("2.2 */环评*.png"),
        *(DEMO / FOLDER).glob("签章/*.png"),
    ]
    assert len(found) == 15
    return sorted(found)


def attach(page, file) -> None:
    """Add an evidence file to its folder, and wait until it is shown there."""
    name = file.parent.relative_to(DEMO / FOLDER).as_posix()
    folder = page.locator(f'[data-folder="{name}"]')
    folder.locator("input[type=file]").set_input_files(file)
    expect(folder.get_by_role("link", name=file.name)).to_be_visible()


def text_of(source) -> str:
    """Return every text of a Word file."""
    return "\n".join(Document(source).element.body.itertext())


def test_a_zip_of_several_packages_has_an_entry_for_each(desk, tmp_path):
    several = tmp_path / "许多份.zip"
    with zipfile.ZipFile(several, "w") as archive:
        for number, name in enumerate(("甲", "乙")):
            archive.writestr(f"{name}/材料.docx", another_package(2 * number))
        archive.writestr("说明.txt", "别的文件")
    page = desk.sign_in(Role.APPLICANT)
    page.goto("/upload")
    page.locator("input[type=file]").set_input_files(several)
    entries = page.locator(".uploads li")
    expect(entries).to_contain_text(
        [
            "许多份.zip 其中有 2 份申报，1 个文件没有收下", "甲/材料.docx 已收到，正在审查：查看",
            "乙/材料.docx 已收到，正在审查：查看", "说明.txt 不知道属于哪一份申报",
        ]
    )  # fmt: skip
    desk.shot("upload-several")


def test_a_consultant_fills_in_corrects_builds_and_hands_in(desk):
    address = import_demo(desk, "青石岭水泥")
    page = desk.page
    expect(page.get_by_role("heading", name="审查意见")).to_contain_text("不通过")
    desk.shot("project")

    page.get_by_role("link", name="有组织排放").first.click()
    efficiency = page.get_by_label("处理效率，第1行")
    right = efficiency.input_value()
    efficiency.fill("199%")
    efficiency.press("Tab")
    cell = page.get_by_role("cell").filter(has=efficiency)
    expect(cell.locator(".at-field.error")).to_contain_text("199%")
    expect(efficiency).to_have_attribute("aria-invalid", "true")
    efficiency.scroll_into_view_if_needed()
    desk.shot("project-sheet-wrong")
    efficiency.fill(right)
    efficiency.press("Tab")
    expect(cell.locator(".at-field.error")).to_have_count(0)
    expect(efficiency).not_to_have_attribute("aria-invalid", "true")
    expect(page.locator("#state")).to_contain_text("已保存")

    page.get_by_role("link", name="证据", exact=True).click()
    for file in lacking():
        attach(page, file)
    expect(page.get_by_role("heading", name="审查意见")).to_contain_text("需人工核实")
    desk.shot("project-evidence")

    page.get_by_role("link", name="编制", exact=True).last.click()
    page.get_by_role("button", name="编制申报材料").click()
    link = page.get_by_role("link", name="下载 青石岭水泥申报材料.zip")
    expect(link).to_be_visible(timeout=240_000)
    desk.shot("project-built")
    with page.expect_download() as download:
        link.click()
    with zipfile.ZipFile(download.value.path()) as archive:
        assert "豫虚构青石岭水泥有限公司" in text_of(io.BytesIO(archive.read("申报材料.docx")))

    page.get_by_role("button", name="作为申报材料上传").click()
    page.wait_for_url("**/packages/*")
    expect(page.get_by_role("link", name=re.compile("看审查意见"))).to_contain_text("需人工核实")
    expect(page.get_by_role("heading", level=1)).to_contain_text("豫虚构青石岭水泥有限公司")
    expect(page.get_by_role("row").filter(has_text="第 1 稿")).to_contain_text(
        "青石岭水泥申报材料.zip"
    )
    desk.shot("project-handed-in")
    page.goto("/projects")
    expect(page.get_by_role("row").filter(has_text="青石岭水泥")).to_contain_text("已编制")
    assert address.endswith(page.get_by_role("link", name="青石岭水泥").get_attribute("href"))


def test_a_clerk_finds_the_place_asks_for_correction_and_writes_the_notice(desk, another, tmp_path):
    address = hand_in(desk, tmp_path, 1)
    page = another.sign_in(Role.COUNTY)
    another.shot("packages")
    page.goto(address)
    page.get_by_role("link", name=re.compile("看审查意见")).click()
    finding = page.locator("[data-finding]").filter(has_text="DB-315")
    finding.locator(".finding-open").click()
    marked = page.locator("#sheet .mark-here")
    expect(marked).to_be_visible()
    expect(marked).to_contain_text("199")
    another.shot("findings")
    finding.get_by_text("要求改正").first.click()
    finding.get_by_label("要求").fill("去除效率写错，请核对监测报告")
    finding.get_by_role("button", name="要求改正").click()
    expect(page.locator("[data-finding]").filter(has_text="DB-315")).to_contain_text(
        "去除效率写错，请核对监测报告"
    )
    page.goto(address)
    returning = page.locator("form.card").filter(has=page.get_by_role("heading", name="退回整改"))
    expect(returning.get_by_role("textbox")).to_have_value(re.compile("去除效率写错"))
    with page.expect_download() as download:
        returning.get_by_role("link", name="下载整改通知").click()
    notice = text_of(str(download.value.path()))
    assert "整改通知" in download.value.suggested_filename
    assert "199" in notice
    returning.get_by_role("button", name="退回整改").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("退回整改")
    desk.page.reload()
    expect(desk.page.get_by_role("heading", level=1)).to_contain_text("退回整改")
    expect(desk.page.locator(".history")).to_contain_text("去除效率写错，请核对监测报告")


def test_a_clerk_needs_nothing_but_the_keyboard(desk, another, tmp_path):
    address = hand_in(desk, tmp_path, 2)
    page = another.sign_in(Role.COUNTY)
    page.goto(address)
    page.get_by_role("link", name=re.compile("看审查意见")).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/findings*")
    first = page.locator("[data-current]")
    expect(first).to_be_visible()
    before = first.get_attribute("id")
    page.keyboard.press("j")
    expect(page.locator("[data-current]")).not_to_have_id(before)
    page.keyboard.press("k")
    expect(page.locator("[data-current]")).to_have_id(before)
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route("**/remarks", hold)
    page.keyboard.press("a")
    page.keyboard.press("j")
    expect(page.locator("[data-current]")).not_to_have_id(before)
    current = page.locator("[data-current]").get_attribute("id")
    page.keyboard.press("c")
    page.keyboard.type("（请附")
    waiting.pop().continue_()
    page.unroute("**/remarks")
    expect(page.locator(f"#{before} .finding-open")).to_contain_text("认可")
    expect(page.locator("[data-current]")).to_have_id(current)
    expect(page.locator(f"#{current} textarea:focus")).to_be_visible()
    page.keyboard.type("原件）")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(f"#{current}")).to_contain_text("（请附原件）")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_an_administrator_adds_a_user_who_has_to_choose_a_password(desk, another):
    page = desk.sign_in(Role.ADMIN)
    page.goto("/users")
    office = page.locator("form").filter(has=page.get_by_role("heading", name="添加单位"))
    office.get_by_label("名称").fill("陕州区分局")
    office.get_by_label("省辖市").fill("三门峡市")
    office.get_by_label("县（市、区）").fill("陕州区")
    office.get_by_role("button").click()
    form = page.locator("form").filter(has=page.get_by_role("heading", name="添加用户"))
    form.get_by_label("用户名").fill("shanzhou")
    form.get_by_label("姓名").fill("陕州审核")
    form.get_by_label("角色").select_option(label="县（市、区）分局")
    form.locator("select[name=organisation]").select_option(label="陕州区分局")
    form.get_by_role("button").click()
    password = page.locator(".secret").inner_text().strip()
    desk.shot("users")
    theirs = another.sign_in_as("shanzhou", password)
    expect(theirs.get_by_role("heading", level=1)).to_have_text("修改密码")
    theirs.get_by_label("原密码").fill(password)
    theirs.get_by_label(re.compile("^新密码")).fill("long enough a secret")
    theirs.get_by_label("再输一次新密码").fill("long enough a secret")
    theirs.get_by_role("button", name="修改密码").click()
    expect(theirs.get_by_role("heading", level=1)).to_have_text("申报")
    expect(theirs.locator(".who")).to_contain_text("陕州审核")
