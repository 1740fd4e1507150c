"""Single sign-on against a real provider on this machine: who it says somebody is, checked in every way it can lie."""

from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest
from answering_office import DOER, Portal
from sso_provider import CLIENT, SECRET, SsoProvider
from starlette.testclient import TestClient

from dondoc.portal.app import make_app
from dondoc.portal.cookie import COOKIE
from dondoc.portal.door import Door
from dondoc.use_cases.sessions import sessions_of
from dondoc.use_cases.single_sign_on import Provider, SingleSignOn, single_sign_on_from

ADDRESS = "cb-dau-moi-tdc@tdc.so-khcn.example"
VERIFIED = {"sub": "1", "email": ADDRESS, "email_verified": True}


@pytest.fixture
def provider(portal: Portal) -> Iterator[SsoProvider]:
    with SsoProvider() as made:
        made.now, made.claims = int(portal.at.timestamp()), dict(VERIFIED)
        yield made


def browser_of(portal: Portal, provider: SsoProvider, claim: str = "email") -> TestClient:
    sso = Provider(SingleSignOn(provider.issuer, CLIENT, SECRET, claim, "VNPT"))
    app = make_app(Door(lambda: portal.office, lambda: portal.at, provider=sso))
    return TestClient(app, base_url="http://portal.test", follow_redirects=False)


def go(browser: TestClient, tiep: str = "/phien") -> str:
    """As a browser goes: to the provider, and back with its answer; the address to come back to."""
    there = browser.get("/dang-nhap/sso", params={"tiep": tiep}).headers["location"]
    return httpx.get(there).headers["location"].removeprefix("http://portal.test")


def test_who_the_provider_knows_is_signed_in_and_comes_to_the_page_asked_for(
    portal: Portal, provider: SsoProvider
) -> None:
    browser = browser_of(portal, provider)
    assert "Đăng nhập bằng VNPT" in browser.get("/dang-nhap").text
    answer = browser.get(go(browser))
    assert (answer.status_code, answer.headers["location"]) == (303, "/phien")
    assert browser.get("/phien").status_code == 200
    assert len(sessions_of(portal.office, DOER, portal.at)) == 1


def test_without_a_provider_there_is_no_such_page(portal: Portal) -> None:
    assert portal.get("/dang-nhap/sso").status_code == 404
    assert "/dang-nhap/sso" not in portal.get("/dang-nhap").text


@pytest.mark.parametrize(
    "claims",
    [
        {"sub": "1", "email": ADDRESS},
        {"sub": "1", "email": ADDRESS, "email_verified": False},
        {"sub": "1", "email": ADDRESS, "email_verified": "true"},
        {"sub": "1", "email": "nobody@nowhere.example", "email_verified": True},
        {"sub": "1", "email": ["a", ADDRESS], "email_verified": True},
        {"sub": "1"},
    ],
)
def test_an_address_that_nobody_verified_or_nobody_has_signs_nobody_in(
    portal: Portal, provider: SsoProvider, claims: dict[str, object]
) -> None:
    provider.claims = claims
    browser = browser_of(portal, provider)
    answer = browser.get(go(browser))
    assert answer.status_code == 403 and "Báo Văn phòng" in answer.text
    assert browser.get("/phien").status_code == 303


@pytest.mark.parametrize(
    "lies",
    [
        {"iss": "https://other.example"},
        {"aud": "another-client"},
        {"nonce": "another"},
        {"exp": 1},
        {"answer_iss": "https://other.example"},
        {"sub": None},
    ],
)
def test_a_token_that_is_not_for_this_attempt_signs_nobody_in(
    portal: Portal, provider: SsoProvider, lies: dict[str, object]
) -> None:
    provider.lies = lies
    browser = browser_of(portal, provider)
    assert browser.get(go(browser)).status_code == 403
    assert browser.get("/phien").status_code == 303


def test_a_token_signed_by_somebody_else_signs_nobody_in(portal: Portal, provider: SsoProvider) -> None:
    browser = browser_of(portal, provider)
    back = go(browser)
    provider.signs_with = "unknown"
    assert browser.get(back).status_code == 403


def test_a_provider_that_changes_its_keys_is_asked_for_them_again(portal: Portal, provider: SsoProvider) -> None:
    browser = browser_of(portal, provider)
    browser.get(go(browser))
    provider.keys = {"two": type(provider.keys["one"]).generate_key(2048, {"kid": "two", "alg": "RS256"})}
    provider.signs_with = "two"
    assert browser.get(go(browser)).status_code == 303


def test_an_answer_is_good_once_and_in_the_browser_that_asked(portal: Portal, provider: SsoProvider) -> None:
    browser = browser_of(portal, provider)
    back = go(browser)
    assert browser_of(portal, provider).get(back).status_code == 403  # another browser: no note of an attempt
    assert browser.get(back).status_code == 303
    browser.cookies.delete(COOKIE)
    assert browser.get(back).status_code == 403
    other = go(browser)
    mine = go(browser)
    assert browser.get(other).status_code == 403  # an answer to an older attempt
    assert browser.get(mine).status_code == 403  # and that has used the note up


def test_a_refusal_and_a_provider_that_is_down_are_told_in_words(portal: Portal, provider: SsoProvider) -> None:
    browser = browser_of(portal, provider)
    state = go(browser).partition("state=")[2].partition("&")[0]
    refused = browser.get(f"/dang-nhap/sso/ve?error=access_denied&state={state}")
    assert refused.status_code == 403 and "không xác nhận" in refused.text
    provider.down = True
    again = browser_of(portal, provider).get("/dang-nhap/sso")
    assert again.status_code == 403 and "Không hỏi được" in again.text


def test_another_claim_may_name_the_person(portal: Portal, provider: SsoProvider) -> None:
    provider.claims = {"sub": "1", "preferred_username": DOER}
    browser = browser_of(portal, provider, "preferred_username")
    assert browser.get(go(browser)).status_code == 303
    provider.claims = {"sub": "1", "preferred_username": "nobody"}
    assert browser_of(portal, provider, "preferred_username").get(go(browser)).status_code == 403


def test_it_leads_nowhere_else_and_ends_the_session_before(portal: Portal, provider: SsoProvider) -> None:
    browser = browser_of(portal, provider)
    browser.get(go(browser))
    first = browser.cookies[COOKIE]
    assert browser.get(go(browser, "https://evil.example/")).headers["location"] == "/"
    assert browser.cookies[COOKIE] != first
    browser.cookies.set(COOKIE, first, domain="portal.test")
    assert browser.get("/phien").status_code == 303


def test_settings_come_from_the_environment_and_print_no_secret(portal: Portal) -> None:
    assert single_sign_on_from({}) is None
    given = {"DONDOC_OIDC_ISSUER": "https://sso.example/", "DONDOC_OIDC_CLIENT_SECRET": "hush"}
    read = single_sign_on_from(given)
    assert read and read.issuer == "https://sso.example" and "hush" not in f"{read!r} {read}"


def test_a_provider_is_asked_for_its_description_once_an_hour(portal: Portal, provider: SsoProvider) -> None:
    sso = Provider(SingleSignOn(provider.issuer, CLIENT, SECRET))
    sso.begin("http://portal.test", "/", portal.at)
    provider.down = True
    sso.begin("http://portal.test", "/", portal.at + timedelta(minutes=59))
    with pytest.raises(Exception, match="Không hỏi được"):
        sso.begin("http://portal.test", "/", portal.at + timedelta(hours=1))
