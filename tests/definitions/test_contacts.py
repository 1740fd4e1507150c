"""Addresses by channel, and the channels an office states itself."""

from pathlib import Path

import pytest

from definitions.channels import load_channels
from definitions.contacts import Contact, load_contacts
from definitions.problem import DefinitionError
from dondoc.core.secret_url import SecretUrl

TOKEN = "123456:BI-MAT"


def contacts(folder: Path, text: str) -> dict[str, Contact]:
    (folder / "contacts.yaml").write_text(text, encoding="utf-8")
    found, problems = load_contacts(folder, None)
    assert problems == []
    return found


def problems(folder: Path, text: str) -> list[str]:
    (folder / "contacts.yaml").write_text(text, encoding="utf-8")
    return [problem.path for problem in load_contacts(folder, None)[1]]


def channels(folder: Path, text: str) -> dict[str, SecretUrl]:
    (folder / "channels.yaml").write_text(text, encoding="utf-8")
    return dict(load_channels(folder))


def test_channels_are_tried_in_the_order_preferred_and_then_e_mail_first(tmp_path: Path) -> None:
    one = contacts(
        tmp_path,
        'a: {telegram: "77", email: a@so.example, zalo: "0912000001", zalo-opt-in: 2022-05-01,'
        ' prefer: [telegram], phone: "024"}\n',
    )["a"]
    assert list(one.addresses) == ["telegram", "email", "zalo"]
    assert (one.addresses["telegram"], one.phone) == ("77", "024")


def test_without_a_preference_e_mail_is_first(tmp_path: Path) -> None:
    one = contacts(
        tmp_path, 'a: {sms: "0912000001", zalo: "0912000001", zalo-opt-in: 01/5/2022, email: a@so.example}\n'
    )["a"]
    assert list(one.addresses) == ["email", "zalo", "sms"]


def test_a_phone_is_for_calling_and_no_channel(tmp_path: Path) -> None:
    assert contacts(tmp_path, 'a: {phone: "024"}\n')["a"].addresses == {}


def test_nobody_prefers_a_channel_they_have_no_address_for(tmp_path: Path) -> None:
    assert problems(tmp_path, "a: {email: a@so.example, prefer: [email, zalo]}\n") == ["a.prefer[2]"]


def test_nobody_prefers_zalo_without_having_agreed_to_it(tmp_path: Path) -> None:
    text = 'a: {email: a@so.example, zalo: "0912000001", prefer: [zalo]%s}\n'
    assert problems(tmp_path, text % "") == ["a.prefer[1]"]
    assert problems(tmp_path, text % ", zalo-opt-in: 2022-05-01") == []


@pytest.mark.parametrize("slip", ["emial", "zaloo", "phones", "prefers"])
def test_a_slip_of_the_pen_is_no_channel(tmp_path: Path, slip: str) -> None:
    assert problems(tmp_path, f'a: {{{slip}: "x"}}\n') == [f"a.{slip}"]


def test_an_office_without_channels_of_its_own_has_none(tmp_path: Path) -> None:
    assert load_channels(tmp_path) == {}


def test_a_channel_is_a_name_and_a_url_that_no_print_shows(tmp_path: Path) -> None:
    found = channels(tmp_path, f"telegram: tgram://{TOKEN}/{{address}}\n")
    assert found["telegram"] == f"tgram://{TOKEN}/{{address}}"
    assert TOKEN not in repr(found) and "tgram" in repr(found)


@pytest.mark.parametrize(
    "text", [f"email: mailto://{TOKEN}@x\n", f"Tele gram: tgram://{TOKEN}\n", f"telegram: '{TOKEN}'\n", "sms: [1]\n"]
)
def test_a_channel_nobody_can_use_is_told_without_its_url(tmp_path: Path, text: str) -> None:
    with pytest.raises(DefinitionError) as refused:
        channels(tmp_path, text)
    assert "channels.yaml:1" in str(refused.value) and TOKEN not in str(refused.value)


def test_the_shipped_example_of_channels_loads(tmp_path: Path) -> None:
    example = Path(__file__).parents[2] / "definitions" / "channels.example.yaml"
    assert set(channels(tmp_path, example.read_text(encoding="utf-8"))) == {"telegram"}
