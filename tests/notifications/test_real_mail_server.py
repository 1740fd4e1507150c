"""A mail server of the distribution takes our letters, and a mail program's parser reads them as they were written."""

import unicodedata
from collections.abc import Callable, Iterator

import pytest
from exim import Exim, exim_running
from watched_office import CLERK, REPORT, june

from dondoc.core.delivery import Delivery
from dondoc.use_cases.deliver import deliver
from dondoc.use_cases.office import Office
from dondoc.use_cases.sweep import sweep
from notifications.channels import send
from notifications.smtp_connection import close_all

pytestmark = pytest.mark.xdist_group("exim")


@pytest.fixture
def exim(need_tool: Callable[..., str]) -> Iterator[Exim]:
    with exim_running(need_tool("exim4", "/usr/sbin/exim4")) as running:
        yield running


def delivered(office: Office) -> list[Delivery]:
    """What the office says on the eve, the day due and the first day after it, handed over; those that were sent."""
    for day in (2, 3, 6):
        sweep(office, june(day))
        deliver(office, june(day), clock=lambda day=day: june(day))
    with office.register.reading() as book:
        return [record.delivery for record in book.deliveries(statuses=["sent"])]


def test_exim_takes_the_letters_and_a_parser_reads_them_as_they_were_written(office: Office, exim: Exim) -> None:
    sent = {one.message_id: one for one in delivered(office._replace(mail=office.mail._replace(url=exim.url())))}
    messages = exim.messages(len(sent))
    assert len(messages) == len(sent) > 10
    for message in messages:
        letter = sent.pop(message["Message-ID"])
        assert message.defects == [] and message["Subject"] == unicodedata.normalize("NFC", letter.subject)
        assert (
            [address.addr_spec for address in message["To"].addresses] == [letter.address] == [message["Envelope-to"]]
        )
        assert message.get_content_type() == "multipart/alternative"
        assert message.get_body(("plain",)).get_content().replace("\r\n", "\n") == letter.text
        assert message.get_body(("html",)).get_content().replace("\r\n", "\n").strip() == letter.html.strip()
        assert "Kính gửi" in letter.text and message["Auto-Submitted"] == "auto-generated"
        assert "esmtpsa" in message["Received"], "encrypted and with a login"


def test_a_ladder_is_one_thread_in_the_mail_program(office: Office, exim: Exim) -> None:
    sent = delivered(office._replace(mail=office.mail._replace(url=exim.url())))
    mine = [one for one in sent if one.person == CLERK and REPORT in one.text and one.references]
    found = {m["Message-ID"]: m for m in exim.messages(len(sent))}
    thread = [found[one.message_id] for one in mine]
    roots = {m["References"] for m in thread}
    assert len(thread) >= 2 and len(roots) == 1 and {m["In-Reply-To"] for m in thread} == roots


LETTER = Delivery(
    "ab12",
    "dau-moi-tdc",
    "email",
    "dau-moi@chi-cuc-tdc.example",
    "now",
    june(3).date(),
    "Thử",
    "Thử\n",
    "",
    "<ab12@so-khcn.example>",
    june(10),
)


def test_exim_refuses_a_wrong_password_and_an_unknown_person_each_in_its_own_way(exim: Exim) -> None:
    sender = "Đôn Đốc <don-doc@so-khcn.example>"
    assert send(LETTER, exim.url("sai"), sender).kind == "temporary"
    gone = send(LETTER._replace(address="khong-con@chi-cuc-tdc.example"), exim.url(), sender)
    assert gone.kind == "permanent" and "550" in gone.detail
    assert send(LETTER, exim.url(), sender).kind == "sent"
    close_all()
    assert [m["Message-ID"] for m in exim.messages(1)] == ["<ab12@so-khcn.example>"]
