"""One headless Chromium, and an office that it visits. All these tests share one worker of the test run."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree

import pytest
from browsed_house import DESK, House, begun, free_port, opened, served
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from dondoc.use_cases.office import Office

HERE = Path(__file__).parent

Visiting = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="module")  # no longer: while it lives no other test of the worker may run a loop of its own
def chromium(need_tool) -> Iterator[Browser]:
    path = need_tool("chromium", "/usr/bin/chromium", "/usr/bin/google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def begun_office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return begun(tmp_path_factory.mktemp("house"), free_port())


@pytest.fixture
def closed_house(begun_office: Office, tmp_path: Path) -> Iterator[House]:
    """On the morning of 03/6/2022, its letters sent, its portal not started."""
    data = copytree(begun_office.data, tmp_path / "data")
    with opened(begun_office, data) as house:
        yield house


@pytest.fixture
def house(closed_house: House) -> Iterator[House]:
    with served(closed_house):
        yield closed_house


@pytest.fixture
def visiting(chromium: Browser) -> Iterator[Visiting]:
    """A function that gives a page of a fresh browser profile: of a desk or a phone, with JavaScript or without."""
    contexts: list[BrowserContext] = []

    def visit(house: House, person: str = "", *, size: dict[str, int] = DESK, javascript: bool = True) -> Page:
        context = chromium.new_context(
            viewport=size, java_script_enabled=javascript, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh"
        )
        contexts.append(context)
        context.set_default_timeout(10_000)
        if person:
            context.add_cookies([house.session(person)])
        return context.new_page()

    yield visit
    for context in contexts:
        context.close()


@pytest.fixture
def shot() -> Callable[[Page, str], None]:
    """Keeps what a page looks like in the folder that DONDOC_TEST_SHOTS names; CI keeps it."""

    folder = os.environ.get("DONDOC_TEST_SHOTS", "")

    def take(page: Page, name: str) -> None:
        if folder:
            page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)

    return take
