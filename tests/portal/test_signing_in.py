"""Signing in without a password, and what becomes of a session."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from answering_office import DOER, HEAD, Portal, june
from httpx import Response
from starlette.testclient import TestClient

from dondoc.core.contact import Contact
from dondoc.core.delivery import Delivery
from dondoc.core.secret_url import SecretUrl
from dondoc.portal.cookie import COOKIE
from dondoc.portal.way_back import way_back
from dondoc.use_cases.go_live import go_live
from dondoc.use_cases.sessions import IDLE, sessions_of
from dondoc.use_cases.sign_in import MOST_AN_HOUR, people_named, send_sign_in
from notifications.mailbox import Mailbox, list_messages, read_message
from notifications.outcome import Outcome

ADDRESS = "cb-dau-moi-tdc@tdc.so-khcn.example"
ADMIN = "cv-kiem-soat-tthc"
IN = re.compile(r"http://portal\.test(/vao/\S+)")


def ask(portal: Portal, who: str = ADDRESS, tiep: str = "", browser: TestClient | None = None) -> Response:
    return (browser or portal.browser).post("/dang-nhap", data={"who": who, "tiep": tiep})


def newest(portal: Portal) -> str:
    """The newest sign-in link sent."""
    found = [link for letter in portal.letters for link in IN.findall(letter.text)]
    return found[-1] if found else ""


def enter(portal: Portal, who: str = ADDRESS, tiep: str = "") -> Response:
    ask(portal, who, tiep)
    return portal.browser.post(newest(portal))


@pytest.mark.parametrize("who", [ADDRESS, ADDRESS.upper(), DOER, f"  {ADDRESS} "])
def test_the_link_comes_by_the_persons_own_channel_and_opens_a_session(portal: Portal, who: str) -> None:
    portal.letters.clear()
    assert ask(portal, who).headers["location"] == "/dang-nhap/da-gui"
    (letter,) = portal.letters
    assert (letter.person, letter.channel, letter.address) == (DOER, "email", ADDRESS)
    assert portal.browser.post(newest(portal)).status_code == 303
    assert portal.get("/phien").status_code == 200


def test_a_telephone_number_names_its_person_however_it_is_written(portal: Portal) -> None:
    contacts = {**portal.office.contacts, DOER: portal.office.contacts[DOER]._replace(phone="0912 345 678")}
    office = portal.office._replace(contacts=contacts)
    for typed in ("0912345678", "+84 912 345 678", "0912.345.678"):
        assert people_named(office, typed, portal.at) == [DOER]
    assert people_named(office, "", portal.at) == []
    assert people_named(office, "0912345679", portal.at) == []


def test_who_shares_an_address_gets_a_link_each(portal: Portal) -> None:
    shared = portal.office.contacts[HEAD]._replace(email=ADDRESS)
    portal.change(portal.office._replace(contacts={**portal.office.contacts, HEAD: shared}))
    portal.letters.clear()
    ask(portal)
    assert {letter.person for letter in portal.letters} == {DOER, HEAD}


def test_looking_at_the_link_spends_nothing_and_names_whom_it_lets_in(portal: Portal) -> None:
    ask(portal)
    link = newest(portal)
    name = portal.office.directory.persons[DOER].name
    for _scan in range(3):
        assert name in portal.get(link).text
    assert portal.browser.head(link).status_code in (200, 405)
    assert portal.browser.post(link).status_code == 303


def test_a_link_works_once_and_not_after_twenty_minutes(portal: Portal) -> None:
    ask(portal)
    link = newest(portal)
    assert portal.browser.post(link).status_code == 303
    assert portal.another_browser().post(link).status_code == 404
    ask(portal)
    link, asked_at = newest(portal), portal.at
    portal.at = asked_at + timedelta(minutes=20)
    assert portal.another_browser().post(link).status_code == 404
    portal.at = asked_at + timedelta(minutes=19, seconds=59)
    assert portal.another_browser().post(link).status_code == 303


def test_entering_by_one_link_kills_the_others(portal: Portal) -> None:
    ask(portal)
    first = newest(portal)
    ask(portal)
    assert portal.browser.post(newest(portal)).status_code == 303
    assert portal.another_browser().post(first).status_code == 404


def test_a_stranger_gets_the_same_answer_and_no_letter(portal: Portal) -> None:
    known, unknown = ask(portal), ask(portal, "nobody@nowhere.example")
    portal.letters.clear()
    ask(portal, "another@nowhere.example")
    assert portal.letters == []
    assert (known.status_code, known.text, known.headers["location"]) == (
        unknown.status_code,
        unknown.text,
        unknown.headers["location"],
    )
    assert {k: v for k, v in known.headers.items() if k != "date"} == {
        k: v for k, v in unknown.headers.items() if k != "date"
    }


def test_nothing_is_looked_up_before_the_answer_is_given(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []

    async def app(scope, receive, send):
        async def sending(message):
            order.append(message["type"])
            await send(message)

        await portal.app(scope, receive, sending)

    monkeypatch.setattr(portal, "_take", None)
    monkeypatch.setattr("dondoc.portal.signing_in.send_sign_in", lambda *_: order.append("looked up"))
    TestClient(app, base_url="http://portal.test", follow_redirects=False).post("/dang-nhap", data={"who": ADDRESS})
    assert order.index("http.response.body") < order.index("looked up")


def test_nobody_who_has_left_gets_in(portal: Portal) -> None:
    ask(portal)
    link = newest(portal)
    left = portal.office.directory.persons[DOER]._replace(until=june(2).date())
    persons = {**portal.office.directory.persons, DOER: left}
    portal.change(portal.office._replace(directory=portal.office.directory._replace(persons=persons)))
    assert portal.browser.post(link).status_code == 404
    portal.letters.clear()
    ask(portal)
    assert portal.letters == []


def test_a_session_of_who_leaves_ends_with_them(portal: Portal) -> None:
    enter(portal)
    assert portal.get("/phien").status_code == 200
    left = portal.office.directory.persons[DOER]._replace(until=june(2).date())
    persons = {**portal.office.directory.persons, DOER: left}
    portal.change(portal.office._replace(directory=portal.office.directory._replace(persons=persons)))
    assert portal.get("/phien").headers["location"] == "/dang-nhap?tiep=%2Fphien"


def test_no_more_than_a_few_links_reach_one_person_in_an_hour(portal: Portal) -> None:
    def again() -> int:
        return send_sign_in(portal.office, ADDRESS, "/", lambda: portal.at, portal._take)

    portal.at += timedelta(minutes=1)
    assert [again() for _n in range(MOST_AN_HOUR + 1)] == [1] * MOST_AN_HOUR + [0]
    portal.at += timedelta(hours=1)
    assert again() == 1


def test_after_signing_in_the_page_asked_for_opens(portal: Portal) -> None:
    assert portal.get("/phien").headers["location"] == "/dang-nhap?tiep=%2Fphien"
    assert 'value="/phien"' in portal.get("/dang-nhap?tiep=%2Fphien").text
    assert enter(portal, tiep="/phien").headers["location"] == "/phien"
    assert portal.get("/dang-nhap?tiep=%2Fphien").headers["location"] == "/phien"


@pytest.mark.parametrize(
    "asked",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "javascript:alert(1)",
        "evil.example",
        "/so\r\nSet-Cookie: a=b",
        "http:/evil.example",
        " //evil.example",
        "/" + "a" * 700,
    ],
)
def test_signing_in_leads_nowhere_else(portal: Portal, asked: str) -> None:
    assert way_back(asked) == "/"
    answer = enter(portal, tiep=asked)
    assert answer.headers["location"] == "/"
    assert portal.browser.get("/dang-nhap", params={"tiep": asked}).headers["location"] == "/"


def test_a_way_back_keeps_its_question_and_its_letters() -> None:
    assert way_back("/so?thang=6&trang-thai=tre") == "/so?thang=6&trang-thai=tre"
    assert way_back("/ky/qcdc-2022/a/2022-H1/b") == "/ky/qcdc-2022/a/2022-H1/b"


def test_the_cookie_tells_scripts_and_other_sites_nothing(portal: Portal) -> None:
    cookie = enter(portal).headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie and "Path=/" in cookie
    assert "Domain" not in cookie and "Secure" not in cookie


def test_over_tls_the_cookie_is_of_this_host_alone_and_no_other_is_believed(portal: Portal) -> None:
    mail = portal.office.mail._replace(portal_url="https://portal.test")
    portal.change(portal.office._replace(mail=mail))
    ask(portal)
    link = re.findall(r"https://portal\.test(/vao/\S+)", portal.letters[-1].text)[-1]
    browser = TestClient(portal.app, base_url="https://portal.test", follow_redirects=False)
    cookie = browser.post(link).headers["set-cookie"]
    assert cookie.startswith(f"__Host-{COOKIE}=") and "Secure" in cookie
    assert browser.get("/phien").status_code == 200
    secret = cookie.partition("=")[2].partition(";")[0]
    plain = TestClient(portal.app, base_url="https://portal.test", follow_redirects=False, cookies={COOKIE: secret})
    assert plain.get("/phien").status_code == 303


def test_a_cookie_planted_before_is_worth_nothing_after(portal: Portal) -> None:
    portal.sign_in(HEAD)
    planted = portal.browser.cookies[COOKIE]
    enter(portal)
    assert portal.browser.cookies[COOKIE] != planted
    attacker = portal.another_browser()
    attacker.cookies.set(COOKIE, planted, domain="portal.test")
    assert attacker.get("/phien").status_code == 303
    attacker.cookies.set(COOKIE, "chosen-by-somebody", domain="portal.test")
    ask(portal)
    assert attacker.post(newest(portal)).cookies[COOKIE] != "chosen-by-somebody"


def test_a_session_falls_idle_and_being_used_keeps_it_up(portal: Portal) -> None:
    enter(portal)
    began = portal.at
    portal.at = began + IDLE - timedelta(minutes=1)
    assert portal.get("/phien").status_code == 200
    portal.at = began + IDLE + timedelta(minutes=1)
    assert portal.get("/phien").status_code == 200
    portal.at += IDLE
    assert portal.get("/phien").status_code == 303


def test_no_session_is_older_than_half_a_day(portal: Portal) -> None:
    enter(portal)
    began = portal.at
    for hours in range(1, 12):
        portal.at = began + timedelta(hours=hours)
        assert portal.get("/phien").status_code == 200
    portal.at = began + timedelta(hours=12)
    assert portal.get("/phien").status_code == 303


def test_signing_out_ends_the_session_and_needs_the_pages_own_word(portal: Portal) -> None:
    enter(portal)
    secret = portal.browser.cookies[COOKIE]
    assert portal.browser.post("/dang-xuat").status_code == 403
    assert portal.get("/phien").status_code == 200
    answer = portal.browser.post("/dang-xuat", data={"csrf": portal.csrf()})
    assert (answer.status_code, answer.headers["location"]) == (303, "/dang-nhap?ra=1")
    portal.browser.cookies.set(COOKIE, secret, domain="portal.test")
    assert portal.get("/phien").status_code == 303


def test_my_sessions_are_shown_and_one_or_all_ended(portal: Portal) -> None:
    ask(portal)
    other = portal.another_browser()
    other.headers["user-agent"] = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36"
    other.post(newest(portal))
    enter(portal)
    shown = portal.get("/phien").text
    assert "Chrome, Android" in shown and "phiên này" in shown
    mine, *_rest = [one for one in sessions_of(portal.office, DOER, portal.at) if one.program == "Chrome, Android"]
    portal.browser.post("/phien/ket-thuc", data={"csrf": portal.csrf(), "phien": mine.sha})
    assert (other.get("/phien").status_code, portal.get("/phien").status_code) == (303, 200)
    portal.browser.post("/phien/ket-thuc", data={"csrf": portal.csrf()})
    assert portal.get("/phien").status_code == 303


def test_nobody_ends_another_persons_session_but_an_administrator(portal: Portal) -> None:
    enter(portal)
    (theirs,) = sessions_of(portal.office, DOER, portal.at)
    portal.sign_in(HEAD)
    portal.browser.post("/phien/ket-thuc", data={"csrf": portal.csrf(), "phien": theirs.sha})
    assert portal.browser.post(f"/phien/nguoi/{DOER}/ket-thuc", data={"csrf": portal.csrf()}).status_code == 403
    assert sessions_of(portal.office, DOER, portal.at)
    portal.sign_in(ADMIN)
    assert f'href="/phien/nguoi/{DOER}"' in portal.get("/nhan-su").text
    assert "Đang đăng nhập ở 1 nơi" in portal.get(f"/phien/nguoi/{DOER}").text
    assert portal.browser.post(f"/phien/nguoi/{DOER}/ket-thuc", data={"csrf": portal.csrf()}).status_code == 303
    assert sessions_of(portal.office, DOER, portal.at) == []
    with portal.office.register.reading() as book:
        last = book.facts()[""][-1]
    assert (last.kind, last.actor, last.payload["person"]) == ("shut-out", ADMIN, DOER)


def test_an_empty_form_says_what_is_needed(portal: Portal) -> None:
    answer = ask(portal, "")
    assert answer.status_code == 422 and "Ghi địa chỉ thư điện tử" in answer.text


def test_another_sites_form_signs_nobody_in_or_out(portal: Portal) -> None:
    ask(portal)
    foreign = {"sec-fetch-site": "cross-site"}
    assert portal.browser.post(newest(portal), headers=foreign).status_code == 403
    assert portal.browser.post("/dang-nhap", data={"who": ADDRESS}, headers=foreign).status_code == 403
    assert portal.browser.post(newest(portal), headers={"sec-fetch-site": "same-origin"}).status_code == 303


def test_no_secret_stands_in_the_database(portal: Portal) -> None:
    ask(portal)
    secret = newest(portal).rpartition("/")[2]
    portal.browser.post(newest(portal))
    session = portal.browser.cookies[COOKIE]
    portal.office.register.close()
    held = b"".join(file.read_bytes() for file in portal.office.data.glob("dondoc.db*"))
    assert secret.encode() not in held and session.encode() not in held


def test_a_link_reaches_who_must_release_what_is_held(portal: Portal) -> None:
    with portal.office.register.writing() as book:
        book.put_setting("sending", "held")
    portal.letters.clear()
    ask(portal)
    assert newest(portal)


@pytest.fixture
def mailbox(tmp_path: Path) -> Iterator[Mailbox]:
    with Mailbox(tmp_path / "mailbox", port=0) as box:
        yield box


def test_on_trial_the_letter_lies_in_the_embedded_mailbox_at_once(portal: Portal, mailbox: Mailbox) -> None:
    office = portal.office._replace(mail=portal.office.mail._replace(url=mailbox.url))
    portal.at = june(4, 23)  # a Saturday night: no hour at which the office sends
    assert send_sign_in(office, ADDRESS, "/", lambda: portal.at) == 1
    (found,) = list_messages(mailbox.folder)
    view = read_message(mailbox.folder, found.number)
    assert view and "Liên kết đăng nhập" in view.subject and IN.search(view.text) and "/vao/" in view.html
    assert portal.browser.post(IN.findall(view.text)[0]).status_code == 303


def preferring(portal: Portal, live: bool) -> None:
    """The doer agreed to Zalo and prefers it; template messages stand before it and carry no words."""
    channels = {"zalo-oa": SecretUrl("zalooa://1"), "zalo": SecretUrl("zalozbs://1")}
    prefer = Contact(ADDRESS, "0912345678", "", {"zalo-oa": "77"}, ("zalo", "zalo-oa"), june(1).date())
    portal.change(
        portal.office._replace(
            mail=portal.office.mail._replace(channels=channels), contacts={**portal.office.contacts, DOER: prefer}
        )
    )
    if live:
        go_live(portal.office, june(1).date(), portal.at, "chanh-van-phong-so")


@pytest.mark.parametrize(("live", "first"), [(True, "zalo-oa"), (False, "email")])
def test_who_agreed_to_zalo_gets_the_link_there_once_the_office_is_live(portal: Portal, live: bool, first: str) -> None:
    preferring(portal, live)
    portal.letters.clear()
    ask(portal)
    (letter,) = portal.letters
    assert letter.channel == first and IN.search(letter.text) and bool(letter.html) == (first == "email")
    assert ("Kính gửi" in letter.text) == (first == "email")  # Zalo learns of nobody's name


def test_what_one_channel_refuses_goes_by_the_next_at_once(portal: Portal) -> None:
    preferring(portal, True)
    tried: list[str] = []

    def send(delivery: Delivery) -> Outcome:
        tried.append(delivery.channel)
        return Outcome("temporary" if delivery.channel == "zalo-oa" else "sent")

    assert send_sign_in(portal.office, ADDRESS, "/", lambda: portal.at, send) == 1
    assert tried == ["zalo-oa", "email"]


def test_a_channel_that_is_down_says_nothing_to_who_asked(portal: Portal) -> None:
    assert send_sign_in(portal.office, ADDRESS, "/", lambda: portal.at) == 0  # nobody listens there
