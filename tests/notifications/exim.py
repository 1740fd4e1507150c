"""Debian's Exim for one test run: on loopback, STARTTLS and a login asked for, everything delivered into one Maildir.

It has no way to the outside: its only router is a local one.
"""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import NamedTuple

from mail_servers import certificate

USER, PASSWORD = "vp", "mat-khau-1"
OWN_USER = "Debian-exim"  # never delivers as root
CONFIGURATION = """\
primary_hostname = thu.so-khcn.example
spool_directory = {folder}/spool
log_file_path = {folder}/log/%slog
pid_file_path = {folder}/exim.pid
local_interfaces = 127.0.0.1
daemon_smtp_ports = {port}
exim_user = {user}
exim_group = {group}
tls_advertise_hosts = *
tls_certificate = {folder}/cert.pem
tls_privatekey = {folder}/key.pem
acl_smtp_rcpt = check_rcpt
acl_smtp_data = accept
host_lookup =
# Its default of ten leaves the rest of a kept connection's letters to the next queue run.
smtp_accept_queue_per_connection = 0
rfc1413_query_timeout = 0s

begin acl
check_rcpt:
  deny message = nguoi nay khong con hop thu
       local_parts = khong-con
  accept authenticated = *
  deny message = authentication required

begin routers
everybody:
  driver = accept
  transport = maildir

begin transports
maildir:
  driver = appendfile
  directory = {folder}/maildir
  maildir_format
  create_directory
  user = {user}
  group = {group}
  envelope_to_add
  return_path_add

begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_advertise_condition = ${{if def:tls_in_cipher}}
  server_prompts = :
  server_condition = ${{if and{{{{eq{{$auth2}}{{{login}}}}}{{eq{{$auth3}}{{{password}}}}}}}}}
  server_set_id = $auth2
"""


class Exim(NamedTuple):
    port: int
    folder: Path

    def url(self, password: str = PASSWORD) -> str:
        return f"smtp://{USER}:{password}@127.0.0.1:{self.port}?ca={self.folder / 'cert.pem'}"

    def messages(self, wanted: int, seconds: float = 30) -> list[EmailMessage]:
        """What lies in the Maildir once so many messages do, or after that time, as a mail program reads it."""
        until = time.monotonic() + seconds
        while len(found := sorted(self.folder.glob("maildir/new/*"))) < wanted and time.monotonic() < until:
            time.sleep(0.05)
        return [BytesParser(policy=policy.default).parsebytes(one.read_bytes()) for one in found]


@contextmanager
def exim_running(program: str) -> Iterator[Exim]:
    folder = Path(tempfile.mkdtemp(prefix="dondoc-exim-", dir="/tmp"))
    user = pwd.getpwnam(OWN_USER) if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    certificate(folder)
    file = folder / "exim.conf"
    words = {"folder": folder, "port": port, "user": user.pw_uid, "group": user.pw_gid}
    file.write_text(CONFIGURATION.format(**words, login=USER, password=PASSWORD), encoding="utf-8")
    for path in (folder, *folder.iterdir()):
        shutil.chown(path, user.pw_uid, user.pw_gid)
    shutil.chown(file, 0 if os.geteuid() == 0 else user.pw_uid)  # it trusts no configuration others may write
    file.chmod(0o644)
    log = (folder / "said").open("wb")
    process = subprocess.Popen([program, "-C", str(file), "-bdf"], stdout=log, stderr=log)
    try:
        _wait(process, port, folder)
        yield Exim(port, folder)
    finally:
        process.terminate()
        process.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(process: "subprocess.Popen[bytes]", port: int, folder: Path) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
        if process.poll() is not None:
            break
    told = [path.read_text("utf-8", "replace") for path in (folder / "said", *folder.glob("log/*")) if path.exists()]
    raise AssertionError("Exim did not start:\n" + "\n".join(told))
