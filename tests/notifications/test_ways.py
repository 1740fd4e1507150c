"""By which channel a message reaches a person: the first that is configured, has an address and may carry it."""

import json
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from watched_office import CLERK, REPORT, at

from definitions.contacts import Contact
from dondoc.core.secret_url import SecretUrl
from dondoc.use_cases.deliver import deliver
from dondoc.use_cases.go_live import go_live
from dondoc.use_cases.mail_route import MailRoute, route_from, unreadable_channels, way_to
from dondoc.use_cases.office import SHIPPED, Office, open_office
from dondoc.use_cases.sweep import sweep

AGREED = date(2022, 5, 1)
ZALO = Contact("a@so.example", "0912000001", prefer=("zalo",), zalo_opt_in=AGREED)
CHAT = SecretUrl("json://127.0.0.1:9/{address}")
ROUTE = MailRoute("smtp://127.0.0.1:9", channels={"zalo": CHAT})


def way(route: MailRoute, contact: Contact, **asked: Any) -> tuple[str, str] | None:
    found = way_to(route, {"a": contact}, "a", live=True, **asked)
    return found and (found.channel, found.address)


def test_the_preferred_channel_comes_first() -> None:
    assert way(ROUTE, ZALO) == ("zalo", "0912000001")
    assert way(ROUTE, ZALO._replace(prefer=())) == ("email", "a@so.example")


def test_a_channel_that_is_not_configured_or_was_tried_is_passed_over() -> None:
    assert way(ROUTE._replace(channels={}), ZALO) == ("email", "a@so.example")
    assert way(ROUTE, ZALO, tried={"zalo"}) == ("email", "a@so.example")
    assert way(ROUTE._replace(url=""), ZALO, tried={"zalo"}) is None
    assert way(ROUTE, ZALO, tried={"zalo", "email"}) is None


@pytest.mark.parametrize(
    ("url", "agreed", "channel"),
    [
        ("zalozbs://1", AGREED, "zalo"),
        ("zalobot://1:a", AGREED, "zalo"),
        ("zalozbs://1", None, "email"),
        (CHAT, AGREED, "email"),  # called zalo and none: it would get the whole letter
    ],
)
def test_a_confidential_case_goes_by_e_mail_or_by_zalo_after_the_person_agreed(
    url: str, agreed: date | None, channel: str
) -> None:
    route, contact = ROUTE._replace(channels={"zalo": SecretUrl(url)}), ZALO._replace(zalo_opt_in=agreed)
    assert (way(route, contact, confidential=True) or ("",))[0] == channel
    assert way(ROUTE._replace(url=""), ZALO, confidential=True) is None


@pytest.mark.parametrize("channel", ["zalo", "zalo-oa", "zalo-bot"])
def test_zalo_is_off_for_a_person_until_they_agree(channel: str) -> None:
    route = ROUTE._replace(channels={channel: CHAT})
    silent = Contact("a@so.example", "0912", others={"zalo-oa": "7", "zalo-bot": "8"}, prefer=(channel,))
    assert way(route, silent) == ("email", "a@so.example")
    assert (way(route, silent._replace(zalo_opt_in=AGREED)) or ("",))[0] == channel


def test_on_trial_everything_goes_to_the_mailbox_or_the_test_address() -> None:
    mailbox, tested = ROUTE._replace(is_mailbox=True), ROUTE._replace(test_address="thu@so.example")
    assert way_to(mailbox, {"a": ZALO}, "a", live=False) == ("email", "a@so.example", "a@so.example")
    assert way_to(tested, {"a": ZALO}, "a", live=False) == ("email", "thu@so.example", "a@so.example")


@pytest.mark.parametrize(("live", "channel"), [(True, "email"), (False, "zalo")])
def test_a_live_register_passes_over_a_stand_in_that_was_left_in_the_channels(live: bool, channel: str) -> None:
    route = ROUTE._replace(channels={"zalo": SecretUrl("zalozbs://1/?api=http://127.0.0.1:9")}, is_mailbox=True)
    found = way_to(route, {"a": ZALO}, "a", live=live)
    assert found and found.channel == channel


def test_a_person_nobody_knows_has_no_way() -> None:
    assert way_to(ROUTE, {}, "a", live=True) is None


def test_channels_of_the_environment_come_before_the_file_and_no_print_shows_them(tmp_path: Path) -> None:
    environ = {"DONDOC_CHANNEL_ZALO_BOT": "tgram://MAT", "DONDOC_SMTP_URL": "smtps://a:MAT@so.example"}
    route = route_from(environ)
    assert route.channels == {"zalo-bot": "tgram://MAT"}
    office = open_office(tmp_path, definitions=(SHIPPED,), editions=False, mail=route)
    assert office.mail.channels["zalo-bot"] == "tgram://MAT"
    assert "MAT" not in repr(office.mail) and "MAT" not in f"{route.url} {route.channels}"


def test_a_url_nothing_could_leave_by_is_told_by_the_name_of_its_channel() -> None:
    route = MailRoute(channels={"tot": SecretUrl("json://127.0.0.1/{address}"), "hong": SecretUrl("khongco://MAT")})
    ((name, problem),) = unreadable_channels(route)
    assert name == "hong" and problem and "MAT" not in problem


class Service(BaseHTTPRequestHandler):
    """Takes what Apprise posts."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((self.path, json.loads(body)))  # type: ignore[attr-defined]
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def service() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    server.got = []  # type: ignore[attr-defined]
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_any_apprise_url_is_a_channel(office: Office, service: Any) -> None:
    day = date(2022, 5, 25)
    url = SecretUrl(f"json://127.0.0.1:{service.server_address[1]}/{{address}}")
    office = office._replace(
        mail=MailRoute(channels={"chat": url}),
        contacts={CLERK: Contact("khong@dung.example", others={"chat": "nguoi-77"}, prefer=("chat",))},
    )
    go_live(office, date(2022, 5, 20), at(date(2022, 5, 20)), "chanh-van-phong")
    sweep(office, at(day))
    report = deliver(office, at(day), clock=lambda: at(day))
    mine = [body for path, body in service.got if path == "/nguoi-77"]
    assert report.sent == len(mine) == len(service.got) >= 1
    assert any(REPORT in body["message"] for body in mine)
    with office.register.reading() as book:
        assert {r.delivery.channel for r in book.deliveries(statuses=["sent"])} == {"chat"}
