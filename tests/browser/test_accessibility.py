"""No page has a serious fault of accessibility, nor says anything on the console."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from tests.browser.test_journeys import attach, hand_in, import_demo, lacking

from duibiao.procedure.roles import Role

PAGES = {
    None: ["/sign-in", "/published", "/published/receipt", "/nowhere"],
    Role.APPLICANT: ["/packages", "/upload", "/projects", "/projects/new", "/rules", "/rules/DB-315", "/plugins", "/plugins/cement", "/account", "/password"],
    Role.COUNTY: ["/packages", "/statistics", "/account"],
    Role.CITY: ["/packages", "/statistics", "/experts", "/complaints"],
    Role.EXPERT: ["/packages"],
    Role.COMPLAINTS: ["/complaints"],
    Role.BUREAU_ADMIN: ["/users", "/account"],
    Role.ADMIN: ["/users", "/audit", "/account"],
}  # fmt: skip


def faults(page) -> list[tuple[str, str, str]]:
    """Return the serious faults that axe-core finds on a page: rule, address, element."""
    found = Axe().run(page).response["violations"]
    return [
        (fault["id"], page.url, node["html"])
        for fault in found
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]


@pytest.mark.parametrize("role", PAGES, ids=lambda role: role.value if role else "nobody")
def test_the_pages_of_a_role_have_no_serious_fault(desk, role):
    page = desk.page if role is None else desk.sign_in(role)
    every = []
    for path in PAGES[role]:
        page.goto(path)
        desk.shot(f"{role.value if role else 'nobody'}{path.replace('/', '-')}")
        every += faults(page)
    if "/nowhere" in PAGES[role]:
        desk.said.remove(
            "Failed to load resource: the server responded with a status of 404 (Not Found)"
        )
    assert every == []


def test_the_pages_of_a_package_have_no_serious_fault(desk, another, tmp_path):
    address = hand_in(desk, tmp_path, 3)
    every = faults(desk.page)
    page = another.sign_in(Role.COUNTY)
    page.goto(address)
    every += faults(page)
    page.goto(f"{address}/findings?number=1")
    page.locator("#sheet .paper").wait_for()
    every += faults(page)
    for summary in page.locator(".finding-head details > summary").all():
        summary.click()
    every += faults(page)
    assert every == []


def test_the_pages_of_a_project_have_no_serious_fault(desk):
    address = import_demo(desk, "松岭水泥")
    page = desk.page
    every = []
    for path in ("", "/sheets/form", "/sheets/outlets", "/evidence", "/build"):
        page.goto(f"{address}{path}")
        if path == "/evidence":
            attach(page, lacking()[0])
        expect(page.locator(".findings .said").first).to_be_attached()
        for summary in page.locator("main details > summary").all()[:3]:
            summary.click()
        every += faults(page)
        desk.shot(f"project{path.replace('/', '-')}-whole")
    assert every == []


def test_faults_would_be_found(desk):
    desk.page.goto("/sign-in")
    desk.page.evaluate("document.querySelector('h1').insertAdjacentHTML('afterend', '<input>')")
    assert [(rule, html) for rule, _, html in faults(desk.page)] == [("label", "<input>")]
