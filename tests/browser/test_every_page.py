"""Every page that answers GET, opened in a real browser: for everybody, on a desk and on a phone."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree

import axe
import pytest
from browsed_house import CLERK, DESK, PHONE, House, opened, served
from every_page import FIRST, OTHER, PAGES, STRANGER, Visited, busy, routes
from playwright.sync_api import Browser, Page

from dondoc.portal.app import make_app
from dondoc.portal.door import Door
from dondoc.use_cases.office import Office

TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
WINDOW = {"width": 1040, "height": 620}
PICTURES = {  # of the README: who looks, at what, how large
    "work": (CLERK, "/viec-cua-toi", WINDOW),
    "board": (CLERK, "/so", WINDOW),
    "statistics": (CLERK, "/thong-ke", WINDOW),
    "phone": (STRANGER, f"/ky/{OTHER}", PHONE),
}
NAMES = [one.name for one in PAGES]


def often(visited: Visited) -> list[pytest.MarkDecorator]:
    """One page of each route always; the others in `make test-full`, for the time they take."""
    return [] if FIRST[visited.route] == visited.name else [pytest.mark.full]


@pytest.fixture(scope="module")
def busy_house(begun_office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    data = copytree(begun_office.data, tmp_path_factory.mktemp("busy") / "data")
    with opened(begun_office, data) as house, served(house):
        busy(house)
        yield house


@pytest.fixture(scope="module")
def rules(need_tool) -> str:
    if not axe.PLACE.exists():
        need_tool(f"axe-core ({axe.INSTALL})")
    return axe.script()


@pytest.fixture(scope="module")
def of_person(chromium: Browser, busy_house: House) -> Iterator[Callable[[str], Page]]:
    """A page of one browser profile a person, and one of nobody."""
    kept: dict[str, Page] = {}

    def page(person: str) -> Page:
        if person not in kept:
            context = chromium.new_context(viewport=DESK, locale="vi-VN")
            context.add_cookies([busy_house.session(person)] if person else [])
            kept[person] = context.new_page()
        return kept[person]

    yield page
    for one in kept.values():
        one.context.close()


def test_the_readme_s_pictures_are_of_these_pages_and_small(busy_house: House, of_person, tmp_path: Path) -> None:
    """`make pictures` renews them: DONDOC_TEST_PICTURES names the folder."""
    folder = Path(os.environ.get("DONDOC_TEST_PICTURES") or tmp_path)
    for name, (person, address, size) in PICTURES.items():
        page = of_person(person)
        page.set_viewport_size(size)
        page.goto(busy_house.url + address)
        page.screenshot(path=folder / f"portal-{name}.png")
        assert (folder / f"portal-{name}.png").stat().st_size <= 150_000, name


@pytest.fixture
def complaints(of_person) -> Iterator[Callable[[Page], list[str]]]:
    """What the browser itself complains of on a page: above all, what the safety headers stopped."""
    said: list[str] = []

    def hear(message) -> None:
        if message.type == "error" and "the server responded with a status" not in message.text:
            said.append(message.text)

    heard: list[Page] = []

    def of(page: Page) -> list[str]:
        page.on("console", hear)
        heard.append(page)
        return said

    yield of
    for page in heard:
        page.remove_listener("console", hear)


def test_every_route_is_visited(begun_office: Office) -> None:
    here = set(routes(make_app(Door(lambda: begun_office, lambda: None))))
    visited = {one.route for one in PAGES}
    assert here - visited == set(), "a new page: give it an address in every_page.py"
    assert visited - here == set(), "there is no such page any more"
    assert sorted({name for name in NAMES if NAMES.count(name) > 1}) == []


@pytest.mark.parametrize("visited", [pytest.param(one, id=one.name, marks=often(one)) for one in PAGES])
def test_everybody_can_use_it(visited: Visited, busy_house: House, of_person, complaints, rules: str, shot) -> None:
    page, url = of_person(visited.person), visited.url(busy_house)
    said = complaints(page)
    page.set_viewport_size(DESK)
    answer = page.goto(url)
    assert answer and answer.status == visited.status
    assert visited.lands in page.url if visited.lands else page.url == url
    assert axe.findings(page, rules) == []
    assert page.locator("h1").count() == 1
    assert page.locator("script").count() == 0
    assert page.title().endswith(" – Đôn Đốc")
    shot(page, visited.name)
    page.set_viewport_size(PHONE)
    assert page.evaluate(TOO_WIDE) <= 0
    shot(page, f"{visited.name}-360")
    assert said == []
