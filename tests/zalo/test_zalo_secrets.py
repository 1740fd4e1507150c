"""No token, key or bot's address in any log, at any level, whatever fails."""

import logging
from pathlib import Path

import pytest
from apprise import Apprise
from zalo_samples import AT, account_url, bot_url, connected, keys_of, message, oa_url, zbs_url

from dondoc.use_cases.office import Office
from dondoc.use_cases.zalo_send import send_zalo
from dondoc.use_cases.zalo_token import YOUNG, access_token
from notifications.channels import problem_with, send
from notifications.zalo.http import forget
from notifications.zalo.stand_in.server import StandIn

TRACE = 1
FAULTS = ["", "drop-before", "drop-after", "http:502", "error:-124", "error:-115", "error:-99999"]


@pytest.fixture
def everything(caplog: pytest.LogCaptureFixture, zalo: StandIn) -> pytest.LogCaptureFixture:
    for name in ("", "apprise", "urllib3", "requests", "urllib3.connectionpool"):
        caplog.set_level(TRACE, logger=name or None)
    logging.getLogger("urllib3").propagate = True
    return caplog


def _secrets(zalo: StandIn) -> list[str]:
    world = zalo.world
    return [
        world.app_secret,
        world.oa_secret,
        world.access,
        world.refresh,
        world.bot_token.partition(":")[2],
        *world.used,
    ]


@pytest.mark.parametrize("fault", FAULTS)
def test_sending_logs_no_secret(everything, office: Office, zalo: StandIn, fault: str) -> None:
    connected(office, zalo)
    said = []
    for url in (zbs_url(zalo), oa_url(zalo), bot_url(zalo), account_url(zalo)):
        zalo.world.faults.append(fault)
        forget()
        text = message().text if "zbs" in url else "Nộp báo cáo"
        said.append(send(message(text=text), url).detail)
        said.append(send_zalo(office, message(text=text), url, lambda: AT).detail)
        zalo.world.faults.clear()
    told = everything.text + " ".join(said)
    assert [secret for secret in _secrets(zalo) if secret in told] == []


def test_a_server_that_is_gone_tells_no_secret(everything, office: Office, zalo: StandIn) -> None:
    connected(office, zalo)
    urls = [zbs_url(zalo), oa_url(zalo), bot_url(zalo), account_url(zalo)]
    zalo.close()
    forget()
    said = [send(message(text="x" if "zbs" not in url else message().text), url).detail for url in urls]
    said.append(str(access_token(office, "2000000002", lambda: AT + YOUNG, refused=1)))
    told = everything.text + " ".join(said)
    assert [secret for secret in _secrets(zalo) if secret in told] == []


def test_apprises_own_way_in_logs_no_secret(everything, zalo: StandIn) -> None:
    # At TRACE Apprise itself prints every URL it is given, of any plugin; this house never gives it one of Zalo's.
    everything.set_level(logging.DEBUG, logger="apprise")
    for url in (zbs_url(zalo), oa_url(zalo), bot_url(zalo)):
        service = Apprise()
        assert service.add(url.replace("/?", "/84912345678?"))
        zalo.world.faults.append("error:-99999")
        assert not service.notify("Nộp báo cáo")
    assert [secret for secret in _secrets(zalo) if secret in everything.text] == []


def test_a_url_that_does_not_read_is_not_repeated(everything, zalo: StandIn) -> None:
    for url in (
        "zalobot://bi-mat-sai-dang/c",
        "zalozbs://bi-mat-sai-dang@/1",
        "zalozbs://bi-mat-sai-dang@1/?api=http://x",
    ):
        assert problem_with(url)
        assert "bi-mat-sai-dang" not in problem_with(url) + send(message(), url).detail
    assert "bi-mat-sai-dang" not in everything.text


def test_nothing_kept_on_disk_holds_a_secret(office: Office, zalo: StandIn, tmp_path: Path) -> None:
    keys = keys_of(zalo)
    connected(office, zalo)
    zalo.world.access = "x"
    assert send_zalo(office, message(), account_url(zalo), lambda: AT + YOUNG).kind == "sent"
    office.register.close()
    kept = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert [secret for secret in (*_secrets(zalo), *keys) if secret != "x" and secret.encode() in kept] == []
