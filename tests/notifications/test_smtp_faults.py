"""Mail servers at their worst, from the channel to the book: what each fault is called, and what is tried again."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from mail_servers import Server, certificate, hangs_up
from watched_office import at

from dondoc.core.delivery import Delivery
from dondoc.use_cases.deliver import DeliveryReport, deliver
from dondoc.use_cases.office import Office
from dondoc.use_cases.sweep import sweep
from notifications.channels import send
from notifications.smtp_connection import close_all
from notifications.smtp_settings import SmtpSettings

MORNING = at(date(2022, 5, 25))
SENDER = "Đôn Đốc <don-doc@so-khcn.example>"
CLERK_OF_THE_OFFICE = "cv-theo-doi-qcdc@so-khcn.example"
LETTER = Delivery(
    id="ab12",
    person="dau-moi-tdc",
    channel="email",
    address="dau-moi@chi-cuc-tdc.example",
    pace="now",
    local_day=date(2022, 5, 25),
    subject="Đôn đốc",
    text="Đề nghị gửi báo cáo.\n",
    html="",
    message_id="<ab12@so-khcn.example>",
    not_after=MORNING + timedelta(days=3),
)


@pytest.fixture(autouse=True)
def _no_connection_left() -> Iterator[None]:
    yield
    close_all()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server has a third of a second for an answer instead of a minute."""

    def settings(*given: Any) -> SmtpSettings:
        return SmtpSettings(*given)._replace(connecting=0.3, answering=0.3)

    monkeypatch.setattr("notifications.email_channel.SmtpSettings", settings)


class SomeRefused(Server):
    """Answers RCPT by whom it is for; what is not named is taken."""

    answers: dict[str, str] = {}  # noqa: RUF012  # set by each test on its own server

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        if address in self.answers:
            return self.answers[address]
        return await super().handle_RCPT(server, session, envelope, address, options)


def by(office: Office, port: int) -> Office:
    return office._replace(mail=office.mail._replace(url=f"smtp://127.0.0.1:{port}"))


def handed_over(office: Office, moment: datetime) -> DeliveryReport:
    return deliver(office, moment, clock=lambda: moment)


def addresses(office: Office) -> list[str]:
    with office.register.reading() as book:
        return sorted(record.delivery.address for record in book.deliveries())


# ── slow servers ──


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("moment", ["connect", "MAIL", "RCPT", "DATA"])
def test_a_server_that_falls_silent_before_the_text_is_temporary(moment: str) -> None:
    with hangs_up(moment, stalling=True) as port:
        assert send(LETTER, f"smtp://127.0.0.1:{port}", SENDER).kind == "temporary"


@pytest.mark.usefixtures("impatient")
def test_a_server_that_falls_silent_after_the_final_dot_leaves_it_unknown() -> None:
    with hangs_up("dot", stalling=True) as port:
        assert send(LETTER, f"smtp://127.0.0.1:{port}", SENDER).kind == "unknown"


@pytest.mark.usefixtures("impatient")
def test_a_server_that_stops_reading_in_the_text_is_temporary() -> None:
    large = LETTER._replace(text="x" * 20_000_000)
    with hangs_up("MAIL", stalling=True) as port:
        assert send(large, f"smtp://127.0.0.1:{port}", SENDER).kind == "temporary"


# ── broken encryption ──


def test_a_handshake_broken_off_is_temporary_and_nothing_goes_in_the_clear() -> None:
    with hangs_up("STAR") as port:
        outcome = send(LETTER, f"smtp://127.0.0.1:{port}?mode=starttls", SENDER)
    assert outcome.kind == "temporary"
    with hangs_up("connect") as port:
        assert send(LETTER, f"smtps://127.0.0.1:{port}", SENDER).kind == "temporary"


@pytest.mark.usefixtures("impatient")
def test_a_handshake_that_never_ends_is_temporary() -> None:
    with hangs_up("STAR", stalling=True) as port:
        assert send(LETTER, f"smtp://127.0.0.1:{port}?mode=starttls", SENDER).kind == "temporary"


def test_a_server_that_speaks_plainly_where_tls_is_expected_is_temporary() -> None:
    with Server() as server:
        assert send(LETTER, f"smtps://127.0.0.1:{server.port}", SENDER).kind == "temporary"
        assert server.got == []


@pytest.mark.parametrize(("host", "days"), [("localhost", 1), ("127.0.0.1", -1)], ids=["another's name", "expired"])
def test_a_certificate_of_another_name_or_time_is_refused_in_words(tmp_path: Path, host: str, days: int) -> None:
    pair = certificate(tmp_path, days)
    with Server(tls_context=pair.server_side, require_starttls=True) as server:
        outcome = send(LETTER, f"smtp://{host}:{server.port}?mode=starttls&ca={pair.path}", SENDER)
        assert outcome.kind == "temporary" and "Chứng thư" in outcome.detail
        assert server.got == []


# ── the office and its book ──


def test_greylisted_letters_come_back_and_are_taken_under_the_same_identity(office: Office) -> None:
    sweep(office, MORNING)
    with Server() as server:
        server.refuse["RCPT"] = "451 4.7.1 greylisted, come back in a minute"
        first = handed_over(by(office, server.port), MORNING)
        assert first.temporary > 5 and first.sent == 0
        with office.register.reading() as book:
            promised = {r.delivery.message_id: r.next_at for r in book.deliveries(statuses=["retry"])}
        server.refuse.clear()
        assert handed_over(by(office, server.port), MORNING + timedelta(seconds=59)).sent == 0
        again = handed_over(by(office, server.port), MORNING + timedelta(minutes=3))
        assert again.sent == first.temporary == len(server.got)
        assert {got.message["Message-ID"] for got in server.got} == set(promised)
        minute = timedelta(minutes=1)
        assert all(when and minute <= when - MORNING <= 2 * minute for when in promised.values())


def test_each_recipient_has_an_outcome_of_its_own(office: Office) -> None:
    sweep(office, MORNING)
    with SomeRefused() as server:
        first = handed_over(by(office, 1), MORNING)  # nothing listens there: everything is written and waits
        letters = Counter(addresses(office))
        gone, full, *others = sorted(letters)
        server.answers = {gone: "550 5.1.1 no such user", full: "452 4.2.2 mailbox full"}
        report = handed_over(by(office, server.port), MORNING + timedelta(minutes=3))
        assert first.temporary == letters.total()
        assert (report.permanent, report.temporary, report.unknown) == (letters[gone], letters[full], 0)
        taken = Counter(got.recipients[0] for got in server.got)
        for other in others:
            taken[other] -= letters[other]
        assert +taken == {CLERK_OF_THE_OFFICE: 1}, "who is to be telephoned, and nothing else"
        assert server.connections == 1
    with office.register.reading() as book:
        status = {record.delivery.address: record.delivery.status for record in book.deliveries()}
    assert status == {gone: "dead", full: "retry"} | dict.fromkeys(others, "sent")


def test_a_letter_cut_after_its_final_dot_is_sent_again_under_the_same_identity(office: Office) -> None:
    sweep(office, MORNING)
    with hangs_up("dot") as port:
        first = handed_over(by(office, port), MORNING)
    assert first.unknown > 5 and first.sent == first.temporary == 0
    with office.register.reading() as book:
        ids = {record.delivery.message_id for record in book.deliveries()}
    with Server() as server:
        again = handed_over(by(office, server.port), MORNING + timedelta(minutes=3))
        assert again.sent == first.unknown and {got.message["Message-ID"] for got in server.got} == ids


@pytest.mark.usefixtures("impatient")
def test_a_server_that_stalls_over_every_letter_costs_no_letter_twice(office: Office) -> None:
    """Each stall ends as temporary well within the lease; the letters leave once somebody takes them."""
    sweep(office, MORNING)
    with hangs_up("DATA", stalling=True) as port:
        first = handed_over(by(office, port), MORNING)
    with Server() as server:
        again = handed_over(by(office, server.port), MORNING + timedelta(minutes=3))
        assert first.temporary == again.sent == len(server.got) > 5
        assert len({got.message["Message-ID"] for got in server.got}) == again.sent
