"""A whole office on trial sends by Zalo's stand-in: composed, claimed, handed over, confirmed by webhook."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from shutil import copyfile

import pytest
from watched_office import CLERK, june

from definitions.zalo_templates import load_zalo_templates
from dondoc.core.delivery import Delivery
from dondoc.core.secret_url import SecretUrl
from dondoc.core.zalo_template import LINK_ROOM, ZaloParameter, ZaloTemplate
from dondoc.register.values import DeliveryRecord
from dondoc.use_cases.deliver import DeliveryReport, deliver
from dondoc.use_cases.office import SHIPPED, Office
from dondoc.use_cases.sweep import sweep
from dondoc.use_cases.zalo_account import FirstKeys, connect_zalo
from dondoc.use_cases.zalo_event import zalo_event
from notifications.outcome import Outcome
from notifications.zalo.body import read_body
from notifications.zalo.http import forget
from notifications.zalo.stand_in.hooks import signed
from notifications.zalo.stand_in.server import StandIn
from notifications.zalo.stand_in.world import APP_ID, OA_ID
from notifications.zalo.webhook import HEADER

PHONE = "84912345678"
DUE = june(3)


@pytest.fixture
def zalo() -> Iterator[StandIn]:
    with StandIn() as stand_in:
        yield stand_in
    forget()


@pytest.fixture
def joined(office: Office, zalo: StandIn, tmp_path: Path) -> Office:
    """The clerk is reached by Zalo, then by e-mail; e-mail goes nowhere in this test."""
    copyfile(SHIPPED / "zalo-templates.example.yaml", tmp_path / "zalo-templates.yaml")
    keys = FirstKeys(zalo.world.app_secret, zalo.world.oa_secret, zalo.world.refresh)
    assert connect_zalo(office, OA_ID, APP_ID, keys, lambda: DUE, api=zalo.url).kind == "sent"
    contact = office.contacts[CLERK]._replace(zalo=PHONE, prefer=("zalo",), zalo_opt_in=DUE.date())
    channels = {"zalo": SecretUrl(f"zalozbs://{OA_ID}/?api={zalo.url}")}
    return office._replace(
        contacts={**office.contacts, CLERK: contact},
        mail=office.mail._replace(channels=channels),
        zalo_templates=load_zalo_templates(tmp_path),
    )


@pytest.fixture
def mails(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Who got a mail; every one is taken."""
    got: list[str] = []

    def take(delivery, *_rest) -> Outcome:
        got.append(delivery.person)
        return Outcome("sent")

    monkeypatch.setattr("dondoc.use_cases.deliver.send_by_channel", take)
    return got


def _round(office: Office, at=DUE) -> DeliveryReport:
    sweep(office, at)
    return deliver(office, at, clock=lambda: at)


def _by_zalo(office: Office) -> list[DeliveryRecord]:
    with office.register.reading() as book:
        return [record for record in book.deliveries() if record.delivery.channel == "zalo"]


def test_a_person_who_prefers_zalo_gets_a_template_message_and_no_mail(joined, zalo: StandIn, mails) -> None:
    _round(joined)
    assert {taken.to for taken in zalo.world.taken} == {PHONE}
    assert CLERK not in mails and mails
    records = {record.delivery.id: record.delivery for record in _by_zalo(joined)}
    for taken in zalo.world.taken:
        body = read_body(records[taken.tracking_id].text)
        assert body and taken.content["template_data"] == body.data


def test_who_has_no_zalo_account_gets_the_mail_at_once(joined, zalo: StandIn, mails) -> None:
    zalo.world.without_zalo.add(PHONE)
    _round(joined)
    assert zalo.world.taken == [] and CLERK in mails
    assert {record.delivery.status for record in _by_zalo(joined)} == {"replaced"}


@pytest.mark.parametrize("lost", ["connection", "quota"])
def test_while_nothing_goes_by_zalo_who_has_another_channel_is_told_by_that_one_at_once(
    joined, zalo: StandIn, mails, lost: str
) -> None:
    _lose(joined, zalo, lost)
    _round(joined)
    assert zalo.world.taken == [] and CLERK in mails
    assert {record.delivery.status for record in _by_zalo(joined)} == {"replaced"}


@pytest.mark.parametrize("lost", ["connection", "quota"])
def test_a_channel_that_has_already_failed_is_no_other_one(joined, zalo: StandIn, mails, lost: str) -> None:
    without = joined._replace(mail=joined.mail._replace(channels={}))
    sweep(without, DUE)
    deliver(without, DUE, clock=lambda: DUE, send=lambda _delivery: Outcome("permanent", "550"))
    _lose(joined, zalo, lost)
    _round(joined)
    assert {record.delivery.status for record in _by_zalo(joined)} == {"retry"}
    zalo.world.faults.clear()


def _lose(office: Office, zalo: StandIn, what: str) -> None:
    """Nothing more goes by Zalo for a while."""
    if what == "quota":
        zalo.world.remaining = 0
    else:
        with office.register.writing() as book:
            book.put_zalo_alarm(OA_ID, "mã làm mới không dùng được nữa")
        zalo.world.access, zalo.world.refresh = "x", "y"


def test_what_zalo_needs_is_mailed_to_the_office_once_a_day_while_it_lasts(joined, zalo: StandIn, mails) -> None:
    def letters() -> list[Delivery]:
        with joined.register.reading() as book:
            found = [record.delivery for record in book.deliveries()]
        return [one for one in found if one.subject.endswith("[Cần xử lý] Kênh Zalo không gửi được")]

    _round(joined)
    assert letters() == []
    with joined.register.writing() as book:
        book.put_zalo_alarm(OA_ID, "mã làm mới không dùng được nữa")
    for minute in (0, 5, 10):
        deliver(joined, DUE + timedelta(minutes=minute), clock=lambda: DUE)
    (letter,) = letters()
    assert letter.channel == "email" and letter.status == "sent" and letter.person in mails
    assert "mã làm mới không dùng được nữa" in letter.text and "mã làm mới không dùng được nữa" in letter.html
    deliver(joined, DUE + timedelta(days=1), clock=lambda: DUE + timedelta(days=1))
    assert len(letters()) == 2
    with joined.register.writing() as book:
        book.end_zalo_alarm(OA_ID)
    deliver(joined, DUE + timedelta(days=2), clock=lambda: DUE + timedelta(days=2))
    assert len(letters()) == 2


def test_nobody_hears_by_zalo_that_zalo_does_not_work(joined, zalo: StandIn, mails) -> None:
    people = {
        person: one._replace(zalo=PHONE, prefer=("zalo",), zalo_opt_in=DUE.date())
        for person, one in joined.contacts.items()
    }
    with joined.register.writing() as book:
        book.put_zalo_alarm(OA_ID, "hết tiền")
    deliver(joined._replace(contacts=people), DUE, clock=lambda: DUE)
    with joined.register.reading() as book:
        told = [record.delivery.channel for record in book.deliveries() if "hết tiền" in record.delivery.text]
    assert told == ["email"]


def test_what_no_template_foresees_goes_by_mail(joined, zalo: StandIn, mails) -> None:
    _round(joined._replace(zalo_templates={"gap": joined.zalo_templates["default"]}))
    assert zalo.world.taken == [] and CLERK in mails


def test_an_unknown_hand_over_is_confirmed_by_its_webhook_and_nothing_is_sent_twice(joined, zalo, mails) -> None:
    zalo.world.faults.extend(["drop-after"] * 9)
    _round(joined)
    taken = list(zalo.world.taken)
    assert taken and {record.delivery.status for record in _by_zalo(joined)} == {"unknown"}
    for one in taken:
        message = {"msg_id": one.id, "tracking_id": one.tracking_id}
        raw, headers = signed(zalo.world, {"event_name": "user_received_message", "message": message})
        assert zalo_event(joined, raw, headers[HEADER], DUE) == "new"
    _round(joined, DUE + timedelta(hours=1))
    assert {record.delivery.status for record in _by_zalo(joined)} == {"sent"}
    assert zalo.world.taken == taken and CLERK not in mails


def test_an_unknown_hand_over_without_a_webhook_falls_back_and_is_not_sent_again(joined, zalo, mails) -> None:
    zalo.world.faults.extend(["drop-before"] * 9)
    _round(joined)
    assert CLERK not in mails
    zalo.world.faults.clear()
    _round(joined, DUE + timedelta(minutes=29))
    assert CLERK not in mails
    _round(joined, DUE + timedelta(minutes=31))
    assert CLERK in mails and zalo.world.taken == []
    # A receipt that comes too late changes nothing: the mail has taken its place.
    for record in _by_zalo(joined):
        message = {"msg_id": "m", "tracking_id": record.delivery.id}
        raw, headers = signed(zalo.world, {"event_name": "user_received_message", "message": message})
        assert zalo_event(joined, raw, headers[HEADER], DUE + timedelta(hours=1)) == "new"
    assert {record.delivery.status for record in _by_zalo(joined)} == {"replaced"}


def test_the_link_is_made_when_the_message_leaves(joined, zalo: StandIn, mails) -> None:
    template = ZaloTemplate("1", (ZaloParameter("mo", "link", 200),))
    mail = joined.mail._replace(portal_url="https://don-doc.so-khcn.example")
    _round(joined._replace(zalo_templates={"default": template}, mail=mail))
    (link,) = {str(taken.content["template_data"]["mo"]) for taken in zalo.world.taken[:1]}
    assert link.startswith("https://don-doc.so-khcn.example/viec/") and len(link) <= LINK_ROOM
    assert all(link not in record.delivery.text for record in _by_zalo(joined))
