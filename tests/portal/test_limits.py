"""How often a stranger may knock, and where a request is believed to come from."""

from datetime import timedelta

import pytest
from answering_office import DOER, Portal, june
from starlette.testclient import TestClient

from dondoc.portal.app import make_app
from dondoc.portal.door import Door
from dondoc.portal.pace import Pace, TooMany
from dondoc.use_cases.sessions import sessions_of

ADDRESS = "cb-dau-moi-tdc@tdc.so-khcn.example"


def knock(portal: Portal, who: str = ADDRESS, browser: TestClient | None = None) -> int:
    return (browser or portal.browser).post("/dang-nhap", data={"who": who}).status_code


@pytest.mark.parametrize("who", [ADDRESS, "nobody@nowhere.example"])
def test_the_sixth_request_under_one_name_waits_known_or_not(portal: Portal, who: str) -> None:
    assert [knock(portal, who) for _n in range(6)] == [303] * 5 + [429]
    refused = portal.browser.post("/dang-nhap", data={"who": who.upper()})
    assert refused.headers["retry-after"] == "901" and "Quá nhiều lần" in refused.text and "16 phút" in refused.text
    assert knock(portal, "another@nowhere.example") == 303
    portal.at += timedelta(minutes=15)
    assert knock(portal, who) == 303


def test_one_address_asks_for_at_most_sixty_links_an_hour(portal: Portal) -> None:
    assert {knock(portal, f"{n}@nowhere.example") for n in range(60)} == {303}
    assert knock(portal, "one-more@nowhere.example") == 429
    portal.at += timedelta(hours=1)
    assert knock(portal, "one-more@nowhere.example") == 303


def test_guessing_links_is_slowed_down_and_nothing_else_is(portal: Portal) -> None:
    link = portal.link()
    assert {portal.get(f"/viec/x{n}").status_code for n in range(30)} == {404}
    assert {portal.get(f"/vao/x{n}").status_code for n in range(30)} == {404}
    refused = portal.get("/viec/y")
    assert refused.status_code == 429 and int(refused.headers["retry-after"]) <= 601
    assert refused.headers["content-security-policy"]
    assert portal.get(link).status_code == 429
    assert portal.get("/dang-nhap").status_code == 200
    portal.at += timedelta(minutes=10)
    assert portal.get(link).status_code == 200


def test_many_good_links_are_no_guesses(portal: Portal) -> None:
    assert {portal.get(portal.link()).status_code for _n in range(70)} == {200}


def test_a_pace_forgets_who_has_long_been_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dondoc.portal.pace.MOST_KEYS", 2)
    pace = Pace(1, timedelta(minutes=1))
    for key in "abc":
        pace.demand(key, june(3))
    pace.demand("a", june(3))
    with pytest.raises(TooMany):
        pace.demand("c", june(3))


def from_behind(portal: Portal, peer: str, proxies: tuple[str, ...], forwarded: str) -> str:
    """The address that a session begun by such a request is said to come from."""
    app = make_app(Door(lambda: portal.office, lambda: portal.at, proxies=proxies, send=portal._take))
    browser = TestClient(app, base_url="http://portal.test", follow_redirects=False, client=(peer, 1))
    browser.headers["x-forwarded-for"] = forwarded
    knock(portal, browser=browser)
    link = portal.letters[-1].text.partition("http://portal.test")[2].split()[0]
    browser.post(link)
    return sessions_of(portal.office, DOER, portal.at)[0].place


@pytest.mark.parametrize(
    ("peer", "proxies", "forwarded", "place"),
    [
        ("203.0.113.9", (), "198.51.100.1", "203.0.113.9"),  # nobody is trusted: what it says is no matter
        ("127.0.0.1", (), "198.51.100.1", "127.0.0.1"),
        ("127.0.0.1", ("127.0.0.1",), "198.51.100.1", "198.51.100.1"),
        ("203.0.113.9", ("127.0.0.1",), "198.51.100.1", "203.0.113.9"),
        ("10.1.2.3", ("10.0.0.0/8",), "6.6.6.6, 198.51.100.1", "198.51.100.1"),  # what the client wrote itself is older
        ("10.1.2.3", ("10.0.0.0/8",), "6.6.6.6, 198.51.100.1, 10.9.9.9", "198.51.100.1"),
    ],
)
def test_only_a_trusted_proxy_says_where_somebody_is(
    portal: Portal, peer: str, proxies: tuple[str, ...], forwarded: str, place: str
) -> None:
    assert from_behind(portal, peer, proxies, forwarded) == place


def test_who_invents_addresses_is_counted_under_their_own(portal: Portal) -> None:
    for n in range(60):
        portal.browser.post("/dang-nhap", data={"who": f"{n}@x.example"}, headers={"x-forwarded-for": f"10.0.0.{n}"})
    assert knock(portal, "one-more@nowhere.example") == 429


def test_behind_tls_browsers_are_told_to_keep_to_it(portal: Portal) -> None:
    app = make_app(Door(lambda: portal.office, lambda: portal.at, proxies=("10.0.0.1",)))
    browser = TestClient(app, base_url="http://portal.test", client=("10.0.0.1", 1))
    told = browser.get("/dang-nhap", headers={"x-forwarded-proto": "https"}).headers
    assert told["strict-transport-security"].startswith("max-age=")
    assert "strict-transport-security" not in browser.get("/dang-nhap").headers
