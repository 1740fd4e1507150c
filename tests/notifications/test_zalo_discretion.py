"""What Zalo gets to know: nothing before a person agreed, then title, due and link; of a secret case its number."""

import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from shutil import copyfile

import pytest
from watched_office import PLAN, act, june

from definitions.zalo_templates import load_zalo_templates
from dondoc.core.secret_url import SecretUrl
from dondoc.use_cases.call_list import call_list
from dondoc.use_cases.deliver import deliver
from dondoc.use_cases.office import SHIPPED, Office
from dondoc.use_cases.open_case import CaseOpening, open_case
from dondoc.use_cases.sweep import sweep
from dondoc.use_cases.zalo_account import FirstKeys, connect_zalo
from notifications.outcome import Outcome
from notifications.zalo.http import forget
from notifications.zalo.stand_in.server import StandIn
from notifications.zalo.stand_in.world import APP_ID, OA_ID, Taken

DUE = june(3)
CASE = CaseOpening("to-cao", DUE.date(), reference="05/2022")
BEFORE = june(2, 17)
PORTAL = "https://don-doc.so-khcn.example"
NOTHING_ELSE = re.compile(rf"Vụ việc 05/2022|(Hạn: )?\d\d/\d/2022|{re.escape(PORTAL)}/viec/\S+")
KINDS = ("zalo", "zalo-oa", "zalo-bot")


@pytest.fixture
def zalo() -> Iterator[StandIn]:
    with StandIn() as stand_in:
        yield stand_in
    forget()


@pytest.fixture
def mails(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Texts of the mails; every one is taken."""
    got: list[str] = []
    monkeypatch.setattr(
        "dondoc.use_cases.deliver.send_by_channel",
        lambda delivery, *_rest: (got.append(delivery.text), Outcome("sent"))[1],
    )
    return got


@pytest.fixture
def reached(office: Office, zalo: StandIn, tmp_path: Path) -> Office:
    """Everybody has addresses on all of Zalo's channels, and nobody has agreed yet; all was told until the eve."""
    copyfile(SHIPPED / "zalo-templates.example.yaml", tmp_path / "zalo-templates.yaml")
    keys = FirstKeys(zalo.world.app_secret, zalo.world.oa_secret, zalo.world.refresh)
    assert connect_zalo(office, OA_ID, APP_ID, keys, lambda: DUE, api=zalo.url).kind == "sent"
    contacts = {}
    for n, (person, known) in enumerate(sorted(office.contacts.items())):
        for to_bot in (False, True):
            zalo.world.wrote(f"u{n}", "chào", to_bot=to_bot)
        others = {"zalo-oa": f"u{n}", "zalo-bot": f"u{n}"}
        contacts[person] = known._replace(zalo=f"849{n:08d}", others=others)
    urls = (f"zalozbs://{OA_ID}", f"zalooa://{OA_ID}", f"zalobot://{zalo.world.bot_token}")
    channels = {name: SecretUrl(f"{url}/?api={zalo.url}") for name, url in zip(KINDS, urls, strict=True)}
    mail = office.mail._replace(channels=channels, portal_url=PORTAL)
    office = office._replace(contacts=contacts, mail=mail, zalo_templates=load_zalo_templates(tmp_path))
    sweep(office, BEFORE)
    deliver(office, BEFORE, clock=lambda: BEFORE, send=lambda _delivery: Outcome("sent"))
    return office


def _agreed(office: Office, channel: str) -> Office:
    contacts = {
        person: known._replace(prefer=(channel,), zalo_opt_in=DUE.date()) for person, known in office.contacts.items()
    }
    return office._replace(contacts=contacts)


def _round(office: Office, at: datetime = DUE) -> None:
    sweep(office, at)
    deliver(office, at, clock=lambda: at)


def _words(taken: list[Taken]) -> str:
    return json.dumps([one.content for one in taken], ensure_ascii=False)


def _only_the_case(office: Office) -> Office:
    """An office in which nothing else is due, so that all Zalo gets is about the case."""
    _round(office)
    return office


@pytest.mark.parametrize("prefer", [(), KINDS])
def test_zalo_hears_nothing_of_a_person_who_has_not_agreed(reached, zalo: StandIn, mails, prefer) -> None:
    people = {person: known._replace(prefer=prefer) for person, known in reached.contacts.items()}
    open_case(reached, PLAN, CASE, act(DUE.date()), DUE)
    _round(reached._replace(contacts=people))
    assert zalo.world.taken == [] and any("05/2022" in mail for mail in mails)


@pytest.mark.parametrize("channel", KINDS)
def test_of_a_confidential_case_zalo_gets_its_number_its_due_and_the_link(
    reached, zalo: StandIn, mails, channel: str
) -> None:
    office = _agreed(_only_the_case(reached), channel)
    mails.clear()
    later = DUE + timedelta(minutes=1)
    open_case(office, PLAN, CASE, act(DUE.date()), later)
    deliver(office, later, clock=lambda: later)
    assert zalo.world.taken and mails == []
    for one in zalo.world.taken:
        assert [NOTHING_ELSE.sub("", line) for line in _told(one)] == [""] * 3
    words = _words(zalo.world.taken).lower()
    assert not [secret for secret in ("tố cáo", "to-cao", "thanh tra", "hồ sơ", "đề nghị") if secret in words]


def _told(one: Taken) -> list[str]:
    """Every value of a template message, every line of a text."""
    if one.channel == "zbs":
        return list(one.content["template_data"].values())
    text = one.content["text"] if one.channel == "bot" else one.content["message"]["text"]
    return [line for line in str(text).splitlines() if line]


@pytest.mark.parametrize("channel", ["zalo-oa", "zalo-bot"])
def test_of_other_work_a_zalo_text_says_what_it_is_its_due_and_the_link(
    reached, zalo: StandIn, mails, channel: str
) -> None:
    _round(_agreed(reached, channel))
    texts = ["\n".join(_told(one)) for one in zalo.world.taken]
    assert texts and all(f"{PORTAL}/viec/" in text and "Hạn: " in text for text in texts)
    assert any("Báo cáo kết quả thực hiện QCDC" in text for text in texts)
    assert not [text for text in texts if "Kính gửi" in text or "Trích văn bản" in text or "qcdc-2022/" in text]


def test_without_a_template_of_its_own_a_confidential_case_goes_by_mail(reached, zalo: StandIn, mails) -> None:
    reached = _agreed(_only_the_case(reached), "zalo")
    office = reached._replace(contacts={who: known._replace(others={}) for who, known in reached.contacts.items()})
    templates = {use: one for use, one in office.zalo_templates.items() if use != "confidential"}
    mails.clear()
    open_case(office, PLAN, CASE, act(DUE.date()), DUE)
    for at in (DUE, june(6)):  # the day's one digest by mail has gone already
        _round(office._replace(zalo_templates=templates), at)
    assert any("05/2022" in mail for mail in mails) and "05/2022" not in _words(zalo.world.taken)


def test_a_zalo_channel_by_any_other_name_is_off_until_the_person_agrees(reached, zalo: StandIn, mails) -> None:
    url = reached.mail.channels["zalo-bot"]
    people = {
        person: known._replace(others={"tin": known.others["zalo-bot"]}, prefer=("tin",))
        for person, known in reached.contacts.items()
    }
    _round(reached._replace(contacts=people, mail=reached.mail._replace(channels={"tin": url})))
    assert zalo.world.taken == [] and mails


def test_the_call_list_over_zalo_says_how_many_and_names_nobody(reached, zalo: StandIn, monkeypatch) -> None:
    monkeypatch.setattr(
        "dondoc.use_cases.deliver.send_by_channel", lambda _delivery, *_rest: Outcome("permanent", "550")
    )
    clerk = reached.directory.holder(reached.plans[PLAN].office, DUE.date())
    agreed = reached.contacts[clerk]._replace(prefer=("email",), zalo_opt_in=DUE.date(), zalo="")
    office = reached._replace(
        contacts={clerk: agreed}, mail=reached.mail._replace(channels={"zalo-bot": reached.mail.channels["zalo-bot"]})
    )
    _round(office)
    assert call_list(office, DUE)
    letters = [_told(one) for one in zalo.world.taken if "[Cần gọi điện]" in _words([one])]
    assert letters and all(len(lines) == 1 for lines in letters)
