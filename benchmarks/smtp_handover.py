"""Handing letters to a mail server: ours beside Apprise's own mailto:// and beside smtplib with one connection.

Wall-clock seconds a letter, against a sink in another process: what counts is how soon everybody has their letter.
Every way composes the same Vietnamese letter anew, text and HTML, for another person.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from smtplib import SMTP
from statistics import median
from time import perf_counter

from apprise import Apprise, NotifyFormat

from benchmarks.measure import REPEATS, Result
from dondoc.core.delivery import Delivery
from notifications.channels import send
from notifications.smtp_connection import close_all
from notifications.smtp_message import compose, letterhead

LETTERS, SLOW_LETTERS = 400, 20  # the slow way would otherwise take most of a minute a repeat
SENDER = "Đôn Đốc <don-doc@so-khcn.example>"
SUBJECT = "[Đôn đốc] Báo cáo kết quả thực hiện quy chế dân chủ 6 tháng đầu năm 2022"
LINE = "Đề nghị đơn vị gửi báo cáo kết quả thực hiện quy chế dân chủ ở cơ sở trước ngày 04/6/2022.\n"
AT = datetime(2022, 5, 25, 1, tzinfo=UTC)
SINK = """
import asyncio, sys
async def talk(reader, writer):
    say = lambda line: writer.write(line + b"\\r\\n")
    say(b"220 sink")
    while line := await reader.readline():
        verb = line[:4].upper()
        if verb == b"DATA":
            say(b"354 go on")
            await reader.readuntil(b"\\r\\n.\\r\\n")
        if verb == b"EHLO":  # as Postfix and Exchange answer
            say(b"250-sink\\r\\n250-8BITMIME\\r\\n250 PIPELINING")
            continue
        say(b"221 bye" if verb == b"QUIT" else b"250 ok")
        if verb == b"QUIT":
            break
    writer.close()
async def main():
    server = await asyncio.start_server(talk, "127.0.0.1", 0, limit=2**24)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()
asyncio.run(main())
"""


def run() -> list[Result]:
    with _sink() as port:
        ways = {
            "ours": (lambda n: _ours(port, n), LETTERS),
            "smtplib, one connection, EmailMessage": (lambda n: _smtplib(port, n), LETTERS),
            "smtplib, one connection, our composing": (lambda n: _bare_smtplib(port, n), LETTERS),
            "Apprise mailto://": (lambda n: _mailto(port, n), SLOW_LETTERS),
        }
        taken = _alternating(ways)
    mine = taken.pop("ours")
    case, unit, own, spread = "hand a letter over (wall clock)", "letter", median(mine), max(mine) / min(mine)
    return [
        Result(case, LETTERS, own, median(theirs), name, median(theirs) / own, unit, spread)
        for name, theirs in taken.items()
    ]


def _alternating(ways: dict[str, tuple[Callable[[int], None], int]]) -> dict[str, list[float]]:
    """Seconds a letter of each way, REPEATS times in turn after a warm-up."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for repeat in range(REPEATS + 1):
        for name, (way, letters) in ways.items():
            began = perf_counter()
            way(letters)
            if repeat:
                taken[name].append((perf_counter() - began) / letters)
    return taken


def _ours(port: int, letters: int) -> None:
    for n in range(letters):
        assert send(_letter(n), f"smtp://127.0.0.1:{port}", SENDER).kind == "sent"
    close_all()


def _smtplib(port: int, letters: int) -> None:
    with SMTP("127.0.0.1", port, "localhost") as smtp:
        for n in range(letters):
            smtp.send_message(_message(_letter(n)))


def _bare_smtplib(port: int, letters: int) -> None:
    head = letterhead(SENDER)
    with SMTP("127.0.0.1", port, "localhost") as smtp:
        for n in range(letters):
            smtp.sendmail(head.address, f"p{n}@don-vi.example", compose(_letter(n), head, at=AT))


def _mailto(port: int, letters: int) -> None:
    for n in range(letters):
        service = Apprise()
        service.add(f"mailto://127.0.0.1:{port}?from=don-doc@so-khcn.example&to=p{n}@don-vi.example")
        assert service.notify(body=_letter(n).html, title=SUBJECT, body_format=NotifyFormat.HTML)


def _letter(n: int) -> Delivery:
    html = f"<p>{LINE * 20}</p>"
    person, address, own_id = f"p{n}", f"p{n}@don-vi.example", f"<{n}@so-khcn.example>"
    return Delivery(person, person, "email", address, "now", date(2022, 5, 25), SUBJECT, LINE * 20, html, own_id, AT)


def _message(letter: Delivery) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = SENDER, letter.address, letter.subject
    message["Date"], message["Message-ID"] = format_datetime(AT), letter.message_id
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    return message


@contextmanager
def _sink() -> Iterator[int]:
    with subprocess.Popen([sys.executable, "-c", SINK], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline())
        finally:
            process.terminate()


if __name__ == "__main__":
    for result in run():
        print(f"ours {1 / result.ours:.0f}/s, {result.peer_name} {1 / result.peer:.0f}/s, ratio {result.ratio:.1f}")
