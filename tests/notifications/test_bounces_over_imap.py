"""Returned letters read from a real IMAP server: Dovecot, on loopback, under a configuration of its own."""

import grp
import imaplib
import os
import pwd
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import rmtree

import pytest

from notifications.bounce_mailbox import MailboxTrouble, unread

CONFIGURATION = """
base_dir = {place}/run
log_path = {place}/log
protocols = imap
listen = 127.0.0.1
ssl = no
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
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


@pytest.fixture(scope="module")
def imap(need_tool: Callable[..., str]) -> Iterator[int]:
    """The port of a server with one mailbox per name, the password bi-mat for each."""
    dovecot = need_tool("dovecot", "/usr/sbin/dovecot")
    place = Path(tempfile.mkdtemp(prefix="dc", dir="/tmp"))  # short: sockets lie in it
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    who = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
    named = {"user": who.pw_name, "group": grp.getgrgid(who.pw_gid).gr_name, "uid": who.pw_uid, "gid": who.pw_gid}
    (place / "dovecot.conf").write_text(CONFIGURATION.format(place=place, port=port, **named))
    for folder in (place, place / "mail"):
        folder.mkdir(exist_ok=True)
        folder.chmod(0o755)
    os.chown(place / "mail", who.pw_uid, who.pw_gid)
    server = subprocess.Popen([dovecot, "-F", "-c", str(place / "dovecot.conf")])
    try:
        _await(port, place)
        yield port
    finally:
        server.terminate()
        server.wait(20)
        rmtree(place, ignore_errors=True)


def _await(port: int, place: Path) -> None:
    for _ in range(100):
        try:
            imaplib.IMAP4("127.0.0.1", port, timeout=5).logout()
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail((place / "log").read_text() if (place / "log").exists() else "Dovecot did not start")


def put(port: int, user: str, *messages: bytes) -> None:
    box = imaplib.IMAP4("127.0.0.1", port)
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
