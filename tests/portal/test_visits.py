"""Signed in or not: sessions, what they lead to, and which parts people have."""

from datetime import timedelta

import pytest
from answering_office import DOER, HEAD, Portal, june
from starlette.datastructures import FormData
from starlette.requests import Request

from dondoc.portal.door import Door
from dondoc.portal.visit import COOKIE, NotAllowed, SignInNeeded, Visit, visiting
from dondoc.use_cases.credentials import LIVES, end_all, issue, read, use_up
from dondoc.use_cases.office import Office
from dondoc.use_cases.viewer import viewer_of


def request(cookie: str = "", path: str = "/so", query: str = "") -> Request:
    return Request(
        {
            "type": "http",
            "method": "GET",
            "path": path,
            "query_string": query.encode(),
            "headers": [(b"cookie", f"{COOKIE}={cookie}".encode()), (b"host", b"portal.test")],
        }
    )


def visit_of(portal: Portal, person: str) -> Visit:
    return visiting(Door(lambda: portal.office, lambda: portal.at))(
        request(issue(portal.office, "session", person, portal.at))
    )


def test_without_a_session_the_page_asked_for_is_remembered(portal: Portal) -> None:
    with pytest.raises(SignInNeeded) as needed:
        visit_at(portal, "nonsense")
    assert needed.value.back == "/so?thang=6"


def visit_at(portal: Portal, cookie: str) -> Visit:
    return visiting(Door(lambda: portal.office, lambda: portal.at))(request(cookie, query="thang=6"))


def test_a_session_ends_by_itself_and_by_being_revoked(portal: Portal) -> None:
    secret = issue(portal.office, "session", DOER, portal.at)
    just_before, then = portal.at + LIVES["session"] - timedelta(seconds=1), portal.at + LIVES["session"]
    assert read(portal.office, "session", secret, just_before)
    assert not read(portal.office, "session", secret, then)
    assert end_all(portal.office, DOER, ["session"], portal.at) == 1
    assert not read(portal.office, "session", secret, portal.at)


def test_a_secret_opens_nothing_of_another_kind_and_a_used_one_nothing_at_all(portal: Portal) -> None:
    secret = issue(portal.office, "sign-in", DOER, portal.at)
    assert not read(portal.office, "session", secret, portal.at)
    assert use_up(portal.office, "sign-in", secret, portal.at)
    assert not use_up(portal.office, "sign-in", secret, portal.at)


def test_a_form_of_another_session_is_refused(portal: Portal) -> None:
    mine, theirs = visit_of(portal, DOER), visit_of(portal, HEAD)
    mine.proven(FormData({"csrf": mine.csrf}))
    for form in (FormData(), FormData({"csrf": ""}), FormData({"csrf": theirs.csrf})):
        with pytest.raises(NotAllowed):
            mine.proven(form)


@pytest.mark.parametrize(
    ("person", "parts"),
    [
        (DOER, {"staff"}),
        (HEAD, {"staff", "head"}),
        ("cv-theo-doi-qcdc", {"staff", "office"}),
        ("chanh-van-phong-so", {"staff", "head", "office"}),
        ("giam-doc-so", {"staff", "leadership"}),
        ("cv-kiem-soat-tthc", {"staff", "admin"}),
    ],
)
def test_parts_are_read_off_the_organisation_file(opened: Office, person: str, parts: set[str]) -> None:
    viewer = viewer_of(opened, person, june(3))
    assert viewer and viewer.parts == parts


def test_a_stranger_and_who_has_left_are_nobody(opened: Office) -> None:
    assert viewer_of(opened, "nobody", june(3)) is None
    left = opened.directory.persons[DOER]._replace(until=june(2).date())
    gone = opened._replace(directory=opened.directory._replace(persons={**opened.directory.persons, DOER: left}))
    assert viewer_of(gone, DOER, june(2)) is not None
    assert viewer_of(gone, DOER, june(3)) is None
