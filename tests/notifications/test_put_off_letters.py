"""What the start says of letters that a server would not take."""

from datetime import UTC, date, datetime, timedelta

from watched_office import Box, at, morning

from dondoc.settings import Settings
from dondoc.up.first_check import first_check
from dondoc.use_cases.office import Office
from dondoc.use_cases.waiting_letters import WaitingLetters, waiting_letters

MORNING = at(date(2022, 5, 24))


def test_nothing_waits_where_every_letter_left(office: Office) -> None:
    morning(office, MORNING, Box())
    assert waiting_letters(office) == WaitingLetters()


def test_letters_put_off_are_counted_with_the_reason_most_were_given(office: Office) -> None:
    report = morning(office, MORNING, Box(*["temporary"] * 3, "unknown"))
    waiting = waiting_letters(office)
    assert (report.temporary, report.unknown) == (3, 1)
    assert (waiting.number, waiting.reason) == (4, "temporary")
    assert waiting.next_at and MORNING < waiting.next_at <= MORNING + timedelta(minutes=2)


def test_the_start_says_how_many_wait_and_the_servers_reason(office: Office) -> None:
    """The office's own route, port 9, where nobody listens."""
    said: list[str] = []
    shift = (MORNING - datetime.now(UTC)).total_seconds()
    first_check(office, Settings(office.data, clock_shift=shift), said.append)
    assert any("gửi 0 thư" in line for line in said)
    waits = next(n for n, line in enumerate(said) if "thư chưa gửi được" in line)
    assert said[waits].strip().startswith(str(waiting_letters(office).number))
    assert "Không kết nối được máy chủ thư 127.0.0.1:9" in said[waits + 1]
