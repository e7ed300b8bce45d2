"""A service in a process of its own, and a real browser that uses it."""

import shutil
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from tests.web.processes import process, wait_for
from tests.web.world import PASSWORD, add_user

from duibiao.procedure.roles import Role
from duibiao.storage.database import Database

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
expect.set_options(timeout=60_000)
CITY, COUNTY = "三门峡市", "渑池县"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass(frozen=True)
class Site:
    """The service: where it is, and who may sign in."""

    url: str
    logins: dict[Role, str]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Start a service with somebody in every role."""
    import httpx

    home = tmp_path_factory.mktemp("site")
    database = Database(f"sqlite:///{home}/duibiao.db")
    database.migrate()
    logins = {role: f"{role.value}-user" for role in Role}
    for role, login in logins.items():
        local = role in (Role.COUNTY, Role.APPLICANT)
        add_user(database, login, role, CITY, COUNTY if local else "")
    database.close()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"

    def up() -> bool:
        try:
            return httpx.get(f"{url}/readyz").status_code == 200
        except httpx.TransportError:
            return False

    with process({"DUIBIAO_HOME": str(home), "DUIBIAO_JOBS": "1"}, "serve", "--port", str(port)):
        wait_for(up)
        yield Site(url, logins)


@pytest.fixture(scope="module")  # its event loop must not outlive it
def browser() -> Iterator[Browser]:
    """Start the browser."""
    if CHROMIUM is None:
        pytest.skip("没有安装 Chromium（make system 可以安装）")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield started
        started.close()


class Desk:
    """Somebody at an office screen, signed in or not."""

    def __init__(self, browser: Browser, site: Site, shots: Path) -> None:
        """Open a window."""
        self._context = browser.new_context(
            base_url=site.url, viewport={"width": 1366, "height": 900}, locale="zh-CN"
        )
        self._context.set_default_timeout(60_000)
        self.site = site
        self.shots = shots
        self.page: Page = self._context.new_page()
        self.said: list[str] = []
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))

    def _heard(self, message) -> None:
        if message.type in ("error", "warning"):
            self.said.append(message.text)

    def sign_in(self, role: Role) -> Page:
        """Sign in through the page."""
        return self.sign_in_as(self.site.logins[role], PASSWORD)

    def sign_in_as(self, login: str, password: str) -> Page:
        """Sign in through the page."""
        self.page.goto("/sign-in")
        self.page.get_by_label("用户名").fill(login)
        self.page.get_by_label("密码").fill(password)
        self.page.get_by_role("button", name="登录").click()
        self.page.wait_for_load_state()
        return self.page

    def shot(self, name: str) -> None:
        """Keep a picture of the screen; hiding the caret would leave style attributes in the page, which the policy blocks."""
        self.page.screenshot(path=str(self.shots / f"{name}.png"), caret="initial")

    def close(self) -> None:
        """Close the window; nothing must have been said on the console."""
        self._context.close()
        assert self.said == []


@pytest.fixture(scope="session")
def shots() -> Path:
    """Give the folder of the pictures of the screens."""
    folder = Path(__file__).parents[2] / "build" / "screens"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def desk(browser: Browser, site: Site, shots: Path) -> Iterator[Desk]:
    """Give a desk; further ones come from `another`."""
    made = Desk(browser, site, shots)
    yield made
    made.close()


@pytest.fixture
def another(browser: Browser, site: Site, shots: Path) -> Iterator[Desk]:
    """Give a second desk."""
    made = Desk(browser, site, shots)
    yield made
    made.close()
