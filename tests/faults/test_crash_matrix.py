"""Killed at any point and started again: nothing is lost, and only what no sender can know is sent twice.

Between the server's 250 and our own commit a window stays open over SMTP (RFC 1047). What falls into it is sent again
under the same Message-ID. DONDOC_TEST_FULL=1 kills at every event and two thousand times at random on each database;
DONDOC_TEST_REPORT=FILE keeps the table.
"""

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from crash_matrix import EVENING, Lives, Registers, Sink, Stage, Tally, at_every_event, at_random, table

from definitions.contacts import load_contacts
from dondoc.register import Register
from dondoc.use_cases.office import SHIPPED
from notifications.zalo.stand_in.server import StandIn

FULL = os.environ.get("DONDOC_TEST_FULL") == "1"
OURS, OTHERS = (2000, 500) if FULL else (30, 8)

pytestmark = [pytest.mark.xdist_group("crash-matrix"), pytest.mark.timeout(3600)]


@pytest.fixture(scope="module")
def report() -> Iterator[list[tuple[str, str, Tally]]]:
    rows: list[tuple[str, str, Tally]] = []
    yield rows
    if kept := os.environ.get("DONDOC_TEST_REPORT"):
        Path(kept).write_text(table(rows) + "\n", encoding="utf-8")


def stage(registers: Registers, lives: Lives, sink: Sink, policy: str) -> Stage:
    return Stage(lives, sink, registers.fresh, registers.discard, policy)


def test_ours_loses_nothing_and_doubles_only_in_the_window(
    registers: Registers, lives: Lives, sink: Sink, report: list[tuple[str, str, Tally]]
) -> None:
    tally = at_random(stage(registers, lives, sink, "ours"), OURS, random.Random(1))
    report.append((registers.name, "ours", tally))
    assert tally.kills >= OURS and tally.lost == 0
    assert tally.twice == tally.in_window and tally.unrecognisable == 0


def test_over_zalo_nobody_is_left_untold(registers: Registers, lives: Lives, sink: Sink) -> None:
    """What Zalo may or may not have taken goes by mail half an hour later: its second message is not recognisable."""
    chance, kills = random.Random(1), 0
    with StandIn() as zalo:
        for contact in load_contacts(SHIPPED, None)[0].values():
            zalo.world.wrote(contact.email, "chào", to_bot=True)
        url = f"zalobot://{zalo.world.bot_token}/?api={zalo.url}"
        staged = stage(registers, lives, sink, "ours")._replace(zalo=url)
        while kills < OURS // 4:
            register, killed = staged.over_zalo([{"kill_at": chance.randint(1, 150)} for _ in range(12)])
            kills += killed
            mails = set(sink.got().ids)
            chats = {(one.to, str(one.content["text"]).partition("\n")[0]) for one in zalo.world.taken}
            assert untold(register, mails, chats) == []
            assert chats
            zalo.world.taken.clear()
            registers.discard(register)


def untold(url: str, mails: set[str], chats: set[tuple[str, str]]) -> list[str]:
    """Notices of the morning that no message really taken tells."""
    register = Register(url)
    with register.reading() as book:
        sent = [record.delivery for record in book.deliveries(statuses=["sent"])]
        notices = [r for r in book.notices() if r.notice.recipient and not r.withdrawn_at]
    register.close()
    taken = {one.id for one in sent if one.message_id in mails or (one.address, one.subject) in chats}
    return [r.notice.key for r in notices if r.notice.moment_at > EVENING and r.delivery not in taken]


@pytest.mark.full
def test_ours_killed_at_every_event(
    registers: Registers, lives: Lives, sink: Sink, report: list[tuple[str, str, Tally]]
) -> None:
    tally = at_every_event(stage(registers, lives, sink, "ours"))
    report.append((registers.name, "ours, at every event", tally))
    assert tally.kills > 200 and tally.lost == 0
    assert tally.twice == tally.in_window and tally.unrecognisable == 0


@pytest.mark.parametrize("policy", ["claim and forget", "naive retry"])
def test_the_same_kills_under_another_policy(
    registers: Registers, lives: Lives, sink: Sink, policy: str, report: list[tuple[str, str, Tally]]
) -> None:
    """What the promise is worth: each of these breaks it on one side."""
    tally = at_random(stage(registers, lives, sink, policy), OTHERS, random.Random(1))
    report.append((registers.name, policy, tally))
    assert tally.lost > 0 if policy == "claim and forget" else tally.unrecognisable > 0
