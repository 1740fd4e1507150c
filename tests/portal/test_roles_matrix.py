"""Every address × every part: what comes is what the table of rights says, and an address without its line fails."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

import pytest
from answering_office import Portal, another_portal
from httpx import Response
from portal_routes import OPEN, SIGNED_IN, Asks, Key, addresses

from dondoc.core.directory import Holding, Person, Role
from dondoc.core.rights import Part, may
from dondoc.use_cases.office import local_day
from dondoc.use_cases.scene import gather_one
from dondoc.use_cases.viewer import subject_of, viewer_of

PARTS: dict[Part, str] = {
    "staff": "ktv-kiem-dinh-1",
    "head": "cct-tdc",
    "office": "cv-theo-doi-qcdc",
    "leadership": "giam-doc-so",
    "inspector": "thanh-tra-tinh",
    "admin": "quan-tri-may-chu",
}
FROM_OUTSIDE: tuple[Literal["inspector", "admin"], ...] = ("inspector", "admin")


@pytest.fixture(scope="module")
def house(morning: Portal, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """One portal for all; an inspector and an administrator who are nothing else besides."""
    made = another_portal(morning, tmp_path_factory.mktemp("matrix"))
    directory = made.office.directory
    roles = {
        part: Role(part, part, "", (Holding(PARTS[part], date(2022, 1, 1)),), portal=part) for part in FROM_OUTSIDE
    }  # type: ignore[arg-type]
    people = {PARTS[part]: Person(PARTS[part], part, "") for part in FROM_OUTSIDE}
    directory = directory._replace(roles={**directory.roles, **roles}, persons={**directory.persons, **people})
    made.change(made.office._replace(directory=directory))
    yield made
    made.office.register.close()


def test_every_address_has_its_line_and_no_line_is_left_over(house: Portal) -> None:
    known = OPEN | SIGNED_IN.keys()
    assert addresses(house.app) - known == set(), "name the right of each new page in tests/portal/portal_routes.py"
    assert known - addresses(house.app) == set()


@pytest.mark.parametrize(("part", "person"), PARTS.items())
def test_the_people_of_this_test_have_their_part_and_no_other(house: Portal, part: Part, person: str) -> None:
    viewer = viewer_of(house.office, person, house.at)
    assert viewer and viewer.parts - {"staff"} == {part} - {"staff"}


def allowed(house: Portal, part: Part, asks: Asks) -> bool:
    viewer = viewer_of(house.office, PARTS[part], house.at)
    assert viewer
    if asks.action is None:
        return True
    if not asks.about:
        return may(viewer, asks.action)
    with house.office.register.reading() as book:
        scene = gather_one(house.office, book, asks.about)
    return may(viewer, asks.action, subject_of(house.office, scene, local_day(house.office, house.at)))


def come(house: Portal, part: Part, key: Key, *, proven: bool) -> Response:
    house.sign_in(PARTS[part])
    example = SIGNED_IN[key].example
    if key[0] == "GET":
        return house.get(example)
    return house.browser.post(example, data={"csrf": house.csrf()} if proven else {})


@pytest.mark.parametrize("key", SIGNED_IN, ids=" ".join)
@pytest.mark.parametrize("part", PARTS)
def test_what_comes_is_what_the_table_says(house: Portal, part: Part, key: Key) -> None:
    asks, answer = SIGNED_IN[key], come(house, part, key, proven=True)
    assert answer.status_code < 500
    if not allowed(house, part, asks):
        assert answer.status_code in asks.refused
    elif asks.there:
        assert answer.status_code not in (401, 403, 404)


@pytest.mark.parametrize("key", [key for key in SIGNED_IN if key[0] == "POST"], ids=" ".join)
def test_no_form_is_taken_that_did_not_come_from_a_page_of_the_session(house: Portal, key: Key) -> None:
    for part in PARTS:
        answer = come(house, part, key, proven=False)
        assert answer.status_code in (403, 404) or (answer.status_code, allowed(house, part, SIGNED_IN[key])) == (
            303,
            0,
        )


@pytest.mark.parametrize("key", SIGNED_IN, ids=" ".join)
def test_without_a_session_the_way_leads_to_signing_in(house: Portal, key: Key) -> None:
    house.browser.cookies.clear()
    answer = house.browser.request(key[0], SIGNED_IN[key].example)
    assert answer.status_code == 303 and answer.headers["location"].startswith("/dang-nhap?tiep=")
