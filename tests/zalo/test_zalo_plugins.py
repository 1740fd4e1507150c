"""The three plugins through Apprise's own API, and through the channels of this house."""

import socket
from collections.abc import Callable

import pytest
from apprise import Apprise
from apprise.manager_plugins import NotificationManager
from zalo_samples import BODY, bot_url, message, oa_url, zbs_url

from notifications.channels import CHANNELS, problem_with, send
from notifications.outcome import Outcome
from notifications.zalo.address import account_of, stand_in_of, with_token
from notifications.zalo.bot import Writer, ZaloBot
from notifications.zalo.http import MARKER, PREFIX
from notifications.zalo.register import PLUGINS, plugin_of, register
from notifications.zalo.stand_in.server import StandIn
from notifications.zalo.stand_in.world import DAY
from notifications.zalo.zbs import ZaloZbs

SECRET = "bi.mat-khong_lo"
URLS = [
    f"zalozbs://{SECRET}@123/84912345678/84912345679?template=310001&text=noi_dung&:don_vi=S%E1%BB%9F",
    f"zalooa://{SECRET}@123/u1/u2",
    "zalobot://123456:abc-XYZ_9/c1/c2",
]


def test_no_other_plugin_owns_our_schemas() -> None:
    register()
    known = NotificationManager()
    assert [known[plugin.secure_protocol] for plugin in PLUGINS] == list(PLUGINS)
    assert {plugin.secure_protocol for plugin in PLUGINS} <= CHANNELS.keys()


@pytest.mark.parametrize("url", URLS)
def test_a_url_makes_the_same_object_again(url: str) -> None:
    register()
    first = Apprise.instantiate(url)
    second = Apprise.instantiate(first.url())
    assert type(first) is type(second) and first.url() == second.url()
    assert first.targets == second.targets and len(first.targets) == 2 == len(first)
    assert first.url_id() == second.url_id() != ""


@pytest.mark.parametrize("url", URLS)
def test_a_url_shown_hides_its_token(url: str) -> None:
    register()
    shown = Apprise.instantiate(url).url(privacy=True)
    assert SECRET not in shown and "abc-XYZ_9" not in shown and shown.startswith(url.partition("://")[0])


def test_an_account_stays_the_same_when_its_token_rotates() -> None:
    first, second = plugin_of("zalozbs://a@123/84912345678"), plugin_of("zalozbs://b@123/84912345678")
    assert first and second and first.url_identifier == second.url_identifier


def test_every_plugin_describes_itself_as_apprise_asks(zalo: StandIn) -> None:
    for schema in Apprise().details()["schemas"]:
        if schema["secure_protocols"] and schema["secure_protocols"][0].startswith("zalo"):
            tokens = schema["details"]["tokens"]
            assert any(token.get("private") for token in tokens.values())
            assert schema["details"]["templates"]


def test_apprise_sends_a_template_message_by_url(zalo: StandIn) -> None:
    service = Apprise()
    assert service.add(zbs_url(zalo).replace("?", "84912345678?") + "&template=310001&text=viec&:don_vi=S%E1%BB%9F")
    assert service.notify("Nộp báo cáo", title="Nhắc việc")
    (taken,) = zalo.world.taken
    assert taken.content["template_data"] == {"viec": "Nhắc việc\r\nNộp báo cáo", "don_vi": "Sở"}


def test_apprise_says_false_where_one_of_two_targets_fails(zalo: StandIn) -> None:
    zalo.world.without_zalo.add("84912345679")
    service = Apprise()
    assert service.add(zbs_url(zalo).replace("?", "84912345678/84912345679?") + "&template=310001")
    assert not service.notify("Nộp báo cáo")
    assert [taken.to for taken in zalo.world.taken] == ["84912345678"]


def test_a_template_message_carries_the_deliverys_id_and_the_frozen_body(zalo: StandIn) -> None:
    outcome = send(message(), zbs_url(zalo))
    (taken,) = zalo.world.taken
    assert outcome == Outcome("sent", f"Zalo nhận, mã tin {taken.id}") and taken.id.startswith(PREFIX)
    assert taken.tracking_id == message().id and taken.to == "84912345678"
    assert (taken.content["template_id"], taken.content["template_data"]) == (BODY.template_id, BODY.data)


def test_the_days_quota_comes_with_the_answer(zalo: StandIn) -> None:
    result = plugin_of(zbs_url(zalo)).hand_over(message())
    assert result.quota == (500, 499)


@pytest.mark.parametrize("address", ["", "khong-phai-so", "12", "0" * 20])
def test_what_is_no_phone_number_is_never_called(zalo: StandIn, address: str) -> None:
    assert send(message(address=address), zbs_url(zalo)).kind == "permanent"
    assert zalo.world.taken == []


@pytest.mark.parametrize("address", ["0912345678", "84912345678", "+84 912 345 678", "0084912345678", "0912.345.678"])
def test_a_phone_number_is_understood_as_people_write_it(zalo: StandIn, address: str) -> None:
    assert send(message(address=address), zbs_url(zalo)).kind == "sent"
    assert zalo.world.taken[0].to == "84912345678"


def test_an_oa_message_is_free_for_48_hours_paid_to_day_7_then_refused(zalo: StandIn) -> None:
    letter, world = message(address="u1", text="Nộp báo cáo"), zalo.world
    world.wrote("u1", "chào")
    kinds = []
    for days in (0.0, 1.99, 2.01, 6.99, 7.01):
        world.shift = days * DAY
        world.access_until = world.now() + 100
        kinds.append(send(letter, oa_url(zalo)).kind)
    assert kinds == ["sent", "sent", "sent", "sent", "permanent"]
    assert [taken.paid for taken in world.taken] == [False, False, True, True]
    assert "-230" in send(letter, oa_url(zalo)).detail


def test_an_oa_message_to_somebody_who_never_wrote_falls_back(zalo: StandIn) -> None:
    assert send(message(address="la", text="x"), oa_url(zalo)).kind == "permanent"


def test_a_bot_learns_by_long_polling_who_wrote_first_and_may_then_write(zalo: StandIn) -> None:
    bot = plugin_of(bot_url(zalo))
    assert isinstance(bot, ZaloBot)
    assert send(message(address="c1", text="Nộp báo cáo"), bot_url(zalo)).kind == "permanent"
    assert bot.writers(wait=0) == []
    zalo.world.wrote("c1", "chào", to_bot=True, name="Cán bộ đầu mối")
    (writer,) = bot.writers(wait=5)  # type: ignore[misc]
    assert writer == Writer("c1", "Cán bộ đầu mối", "chào", writer.message_id)
    assert send(message(address="c1", text="Nộp báo cáo"), bot_url(zalo)).kind == "sent"
    assert zalo.world.taken[0].content["text"] == "Đôn đốc báo cáo\n\nNộp báo cáo"


def test_a_long_text_is_cut_at_a_line_and_says_so(zalo: StandIn) -> None:
    zalo.world.wrote("u1", "chào")
    text = "\n".join(f"Dòng {n} của một danh sách dài" for n in range(200))
    assert send(message(address="u1", text=text), oa_url(zalo)).kind == "sent"
    sent = zalo.world.taken[0].content["message"]["text"]  # type: ignore[index]
    assert len(sent) <= 2000 and sent.endswith("danh sách dài…")


@pytest.mark.parametrize("url", [oa_url, bot_url])
def test_a_template_body_never_goes_out_as_json(zalo: StandIn, url: Callable[[StandIn], str]) -> None:
    zalo.world.wrote("u1", "chào")
    assert send(message(address="u1"), url(zalo)).kind == "permanent"
    assert zalo.world.taken == []


@pytest.mark.parametrize("api", ["http://192.0.2.1", "https://zalo.example", "ftp://127.0.0.1", "http://x@127.0.0.1"])
def test_an_override_leads_nowhere_but_to_this_machine(api: str) -> None:
    for url in ("zalozbs://t@1/84912345678", "zalooa://t@1/u", "zalobot://1:a/c"):
        assert "127.0.0.1" in problem_with(f"{url}?api={api}")
        assert send(message(), f"{url}?api={api}").kind == "temporary"


@pytest.mark.parametrize("url", ["zalozbs://", "zalozbs://@1/84912345678", "zalooa://@1/u", "zalobot://khong/c"])
def test_a_url_without_its_token_is_refused_in_words_without_the_url(url: str) -> None:
    register()
    assert problem_with(url) and "84912345678" not in problem_with(url)
    assert not Apprise().add(url)


def test_without_an_override_a_plugin_speaks_to_zalo_itself() -> None:
    from notifications.zalo.http import HOSTS

    assert all(host.startswith("https://") for host in HOSTS.values())
    assert [plugin_of(url).api for url in URLS] == ["", "", ""]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("fault", "kind", "taken"),
    [
        ("drop-before", "unknown", 0),
        ("drop-after", "unknown", 1),
        ("slow:1.5", "unknown", 1),
        ("http:502", "unknown", 0),
        ("http:503", "temporary", 0),
        ("http:404", "temporary", 0),
        ("error:-144", "temporary", 0),
        ("error:-99999", "temporary", 0),
        ("error:-118", "permanent", 0),
    ],
)
def test_an_answer_that_fails_says_exactly_what_is_known(
    zalo: StandIn, monkeypatch: pytest.MonkeyPatch, fault: str, kind: str, taken: int
) -> None:
    monkeypatch.setattr("notifications.zalo.http.post.__kwdefaults__", _patient(0.5))
    zalo.world.faults.append(fault)
    outcome = send(message(), zbs_url(zalo))
    assert outcome.kind == kind
    assert len(zalo.world.taken) == taken
    assert send(message(), zbs_url(zalo)).kind == "sent"


def _patient(seconds: float) -> dict[str, object]:
    from notifications.zalo import http

    return (http.post.__kwdefaults__ or {}) | {"answering": seconds}


def test_a_code_nobody_knows_is_temporary_and_named(zalo: StandIn) -> None:
    zalo.world.faults.append("error:-99999")
    assert "-99999" in send(message(), zbs_url(zalo)).detail


def test_a_server_that_is_not_there_is_temporary() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert send(message(), f"zalozbs://t@1/?api=http://127.0.0.1:{port}").kind == "temporary"


def test_a_server_on_this_machine_that_is_no_stand_in_is_not_believed(zalo: StandIn, monkeypatch) -> None:
    monkeypatch.setattr("notifications.zalo.stand_in.server.MARKER", "X-Other")
    outcome = send(message(), zbs_url(zalo))
    assert outcome.kind == "unknown" and "giả lập" in outcome.detail


def test_every_answer_of_the_stand_in_says_what_it_is(zalo: StandIn) -> None:
    import requests

    for path in ("/stand-in/state", "/anything", "/message/template", "/v4/oa/access_token"):
        assert requests.post(f"{zalo.url}{path}", json={}, timeout=5).headers[MARKER] == "1"


def test_a_kept_connection_is_used_again(zalo: StandIn) -> None:
    from notifications.zalo.http import _session

    first = _session(zalo.url)
    for _ in range(3):
        assert send(message(), zbs_url(zalo)).kind == "sent"
    assert _session(zalo.url) is first


def test_a_url_may_leave_its_token_to_the_office_that_keeps_it() -> None:
    assert problem_with("zalozbs://123") == "" == problem_with("zalooa://123/?api=http://127.0.0.1:1")
    assert account_of("zalozbs://123/?api=x") == "123" and account_of("zalozbs://t@123") == "" == account_of(
        "zalobot://1:a"
    )
    plugin = plugin_of(with_token("zalozbs://123/84912345678", "a/b@c"))
    assert isinstance(plugin, ZaloZbs) and (plugin.access_token, plugin.oa_id) == ("a/b@c", "123")


def test_a_url_of_the_stand_in_is_known_as_one(zalo: StandIn) -> None:
    assert stand_in_of(zbs_url(zalo)) == zalo.url and stand_in_of("zalozbs://123") == ""
    assert stand_in_of("smtp://127.0.0.1:25?api=x") == ""
