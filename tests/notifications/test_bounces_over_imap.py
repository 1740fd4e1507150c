"""Returned letters read from a real IMAP server: Dovecot, on loopback, under a configuration of its own."""

import grp
import imaplib
import os
import pwd
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from shutil import rmtree
from typing import NamedTuple

import pytest
from mail_servers import certificate

from notifications.bounce_mailbox import MailboxTrouble, imap_server, unread

CONFIGURATION = """
base_dir = {place}/run
log_path = {place}/log
protocols = imap
listen = 127.0.0.1
ssl = {ssl}
{keys}
disable_plaintext_auth = no
default_login_user = {user}
default_internal_user = {user}
default_internal_group = {group}
mail_location = maildir:{place}/mail/%u
first_valid_uid = 1
passdb {{
  driver = static
  args = password=bi-mat
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={place}/mail
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


Dovecot = Callable[[Path | None], AbstractContextManager[tuple[int, int, Path]]]


@pytest.fixture(scope="module")
def dovecot(need_tool: Callable[..., str]) -> Dovecot:
    """A server with one mailbox per name, the password bi-mat for each: its port, and that of TLS from the first byte.

    Given a folder with cert.pem and key.pem it asks for TLS before any password.
    """
    program = need_tool("dovecot", "/usr/sbin/dovecot")

    @contextmanager
    def running(keys: Path | None) -> Iterator[tuple[int, int, Path]]:
        place = Path(tempfile.mkdtemp(prefix="dc", dir="/tmp"))  # short: sockets lie in it
        plain, tls = _free_port(), _free_port() if keys else 0
        who = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
        named = {"user": who.pw_name, "group": grp.getgrgid(who.pw_gid).gr_name, "uid": who.pw_uid, "gid": who.pw_gid}
        pair = f"ssl_cert = <{keys}/cert.pem\nssl_key = <{keys}/key.pem" if keys else ""
        guarded = {"ssl": "required" if keys else "no", "keys": pair, "port": plain, "tls_port": tls}
        (place / "dovecot.conf").write_text(CONFIGURATION.format(place=place, **guarded, **named))
        for folder in (place, place / "mail"):
            folder.mkdir(exist_ok=True)
            folder.chmod(0o755)
        os.chown(place / "mail", who.pw_uid, who.pw_gid)
        server = subprocess.Popen([program, "-F", "-c", str(place / "dovecot.conf")])
        try:
            _await(plain, place)
            yield plain, tls, place / "log"
        finally:
            server.terminate()
            server.wait(20)
            rmtree(place, ignore_errors=True)

    return running


@pytest.fixture(scope="module")
def imap(dovecot: Dovecot) -> Iterator[int]:
    with dovecot(None) as (port, _tls, _log):
        yield port


class Guarded(NamedTuple):
    """A server that speaks only under TLS, and who vouches for it."""

    port: int
    tls: int
    ca: Path
    log: Path


@pytest.fixture(scope="module")
def guarded(dovecot: Dovecot, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    made = certificate(tmp_path_factory.mktemp("keys"))
    with dovecot(made.path.parent) as (port, tls, log):
        yield Guarded(port, tls, made.path, log)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def _await(port: int, place: Path) -> None:
    for _ in range(100):
        try:
            imaplib.IMAP4("127.0.0.1", port, timeout=5).logout()
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail((place / "log").read_text() if (place / "log").exists() else "Dovecot did not start")


def put(port: int, user: str, *messages: bytes, ca: Path | None = None) -> None:
    box = imaplib.IMAP4("127.0.0.1", port)
    if ca:
        box.starttls(ssl.create_default_context(cafile=str(ca)))
    box.login(user, "bi-mat")
    for message in messages:
        assert box.append("INBOX", "", "", message)[0] == "OK"
    box.logout()


def test_each_message_is_read_once(imap: int) -> None:
    put(imap, "mot", b"Subject: 1\r\n\r\nx\r\n", b"Subject: 2\r\n\r\nx\r\n")
    url = f"imap://mot:bi%2Dmat@127.0.0.1:{imap}/INBOX"
    assert [raw.splitlines()[0] for raw in unread(url)] == [b"Subject: 1", b"Subject: 2"]
    assert list(unread(url)) == []


def test_a_message_whose_entering_failed_is_read_again(imap: int) -> None:
    put(imap, "hai", b"Subject: 1\r\n\r\nx\r\n")
    url = f"imap://hai:bi-mat@127.0.0.1:{imap}"
    first = unread(url)
    assert next(first)
    first.close()  # type: ignore[attr-defined]
    assert len(list(unread(url))) == 1


def test_a_wrong_password_is_told_and_not_shown(imap: int) -> None:
    with pytest.raises(MailboxTrouble) as told:
        list(unread(f"imap://ba:sai-roi@127.0.0.1:{imap}/INBOX"))
    assert str(imap) in str(told.value) and "sai-roi" not in str(told.value)


@pytest.mark.parametrize("way", ["tls", "starttls"])
def test_under_tls_a_mailbox_is_read_once_too(guarded: Guarded, way: str) -> None:
    put(guarded.port, way, b"Subject: 1\r\n\r\nx\r\n", ca=guarded.ca)
    plain, tls = f"imap://{way}:bi-mat@127.0.0.1:{guarded.port}", f"imaps://{way}:bi-mat@127.0.0.1:{guarded.tls}"
    url = f"{tls}/INBOX?ca={guarded.ca}" if way == "tls" else f"{plain}/INBOX?mode=starttls&ca={guarded.ca}"
    logins = len(logged_in(guarded, way))
    assert len(list(unread(url))) == 1 and list(unread(url)) == []
    mine = logged_in(guarded, way)[logins:]
    assert len(mine) == 2 and all(", TLS" in line for line in mine)


def logged_in(guarded: Guarded, user: str) -> list[str]:
    """Dovecot trusts its own machine without TLS: only its log says whether there was any."""
    return [line for line in guarded.log.read_text().splitlines() if f"Login: user=<{user}>" in line]


def told(url: str) -> str:
    with pytest.raises(MailboxTrouble) as trouble:
        list(unread(url))
    assert "bi-mat" not in str(trouble.value)
    return str(trouble.value)


def test_a_server_without_starttls_gets_no_password(imap: int) -> None:
    """Somebody on the way may have struck its offer out."""
    assert f"127.0.0.1:{imap}" in told(f"imap://nam:bi-mat@127.0.0.1:{imap}/INBOX?mode=starttls")


@pytest.mark.parametrize("scheme", ["imaps", "imap"])
def test_a_certificate_nobody_vouches_for_is_refused_and_said(guarded: Guarded, scheme: str) -> None:
    port, mode = (guarded.tls, "tls") if scheme == "imaps" else (guarded.port, "starttls")
    assert "tham số ca (self-signed certificate)" in told(f"{scheme}://sau:bi-mat@127.0.0.1:{port}/INBOX?mode={mode}")


def test_a_certificate_of_another_name_is_refused(guarded: Guarded) -> None:
    assert "Hostname mismatch" in told(f"imaps://bay:bi-mat@localhost:{guarded.tls}/INBOX?ca={guarded.ca}")


def test_a_certificate_that_ran_out_is_refused(dovecot: Dovecot, tmp_path: Path) -> None:
    old = certificate(tmp_path, days=-1)
    with dovecot(tmp_path) as (_port, tls, _log):
        assert "expired" in told(f"imaps://tam:bi-mat@127.0.0.1:{tls}/INBOX?ca={old.path}")


@pytest.mark.parametrize(
    ("url", "mode", "port"),
    [
        ("imaps://a:b@mail.example/INBOX", "tls", 993),
        ("imap://a:b@mail.example/INBOX", "starttls", 143),
        ("imap://a:b@mail.example:1143", "starttls", 1143),
        ("imap://a:b@127.0.0.1", "plain", 143),
        ("imap://a:b@127.0.0.1?mode=starttls", "starttls", 143),
    ],
)
def test_another_machine_is_never_asked_without_tls(url: str, mode: str, port: int) -> None:
    server = imap_server(url)
    assert (server.mode, server.port, server.folder) == (mode, port, "INBOX")


@pytest.mark.parametrize(
    "url",
    [
        "imap://a:bi-mat@mail.example/INBOX?mode=plain",
        "imap://a:bi-mat@mail.example/INBOX?mode=gi-do",
        "imaps://a:bi-mat@mail.example:cong/INBOX",
    ],
)
def test_an_unsafe_or_unreadable_address_is_told_without_its_password(url: str) -> None:
    told(url)
