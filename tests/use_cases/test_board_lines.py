"""The board's lines say what folding every fact says: through a year of acts, on days of sweeps and on days without."""

import os
import random
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta

import pytest
from office_samples import PAPER, PLAN, TDC, Desk, acting, moment, report

from dondoc.core.rights import Viewer
from dondoc.register.lines import Lines
from dondoc.use_cases.act import Act
from dondoc.use_cases.board import BoardRow, board, without_cases
from dondoc.use_cases.board_lines import row_of
from dondoc.use_cases.board_page import Wanted, board_page
from dondoc.use_cases.board_status import status_of, statuses
from dondoc.use_cases.board_words import Shown, shown_row
from dondoc.use_cases.confirm import confirm
from dondoc.use_cases.correct import correct
from dondoc.use_cases.extend import extend
from dondoc.use_cases.lay_lines import SETTING, lay_lines
from dondoc.use_cases.office import local_day
from dondoc.use_cases.open_case import CaseOpening, open_case
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.return_step import return_step
from dondoc.use_cases.submit import Evidence, submit
from dondoc.use_cases.sweep import sweep
from dondoc.use_cases.waive import waive

CLERK = Viewer("cv-theo-doi-qcdc", "", "van-phong", frozenset({"office"}))
HEAD = Viewer("cct-tdc", "", "chi-cuc-tdc", frozenset({"head"}), frozenset({"chi-cuc-tdc"}))


def lines_at(desk: Desk, at: datetime) -> list[BoardRow]:
    office = desk.office
    with office.register.reading() as book:
        found = Lines(book.session, book.agency).every_line(local_day(office, at).isoformat())
    moments = office.moments(office.plans[PLAN])
    return [row_of(office, line, moments, at) for line in found]


def same(desk: Desk, at: datetime) -> None:
    folded = {row.key: row for row in board(desk.office, at)}
    kept = lines_at(desk, at)
    assert len(kept) == len(folded)
    assert [row for row in kept if row != folded[row.key]] == []


def played(desk: Desk, seed: int) -> Iterator[datetime]:
    """A year in weeks: each is swept, and then some people do something; the moments after it."""
    chance = random.Random(seed)
    for week in range(46):
        at = moment("18/2") + timedelta(days=7 * week)
        sweep(desk.office, at)
        rows = board(desk.office, at)
        for row in chance.sample(rows, 12):
            with suppress(Refused):
                _something(desk, row, chance, at + timedelta(hours=2))
        yield at + timedelta(hours=3)


def _something(desk: Desk, row: BoardRow, chance: random.Random, at: datetime) -> None:
    office, on = desk.office, local_day(desk.office, at)
    act = Act("cv-theo-doi-qcdc", "cli", on)
    done_on = on - timedelta(days=chance.randrange(4))
    evidence = Evidence(number="1/BC", signed_on=done_on, done_on=done_on, kept_at="Văn thư")
    match chance.randrange(9):
        case 0 | 1 | 2:
            submit(office, row.key, evidence, act, at, row.step)
        case 3 | 4:
            confirm(office, row.key, act, at)
        case 5:
            return_step(office, row.key, "thiếu", act, at)
        case 6:
            last_on = (row.last_on or on) + timedelta(days=10)
            extend(office, row.key, last_on, PAPER, act, at, row.step)
        case 7:
            waive(office, row.key, "không còn cần", act, at, PAPER)
        case 8:
            open_case(office, PLAN, CaseOpening(chance.choice(("khieu-nai", "to-cao", "ck-bo-nhiem")), on), act, at)


WHOLE = bool(os.environ.get("DONDOC_TEST_FULL"))


@pytest.mark.parametrize("seed", range(4) if WHOLE else [1])
def test_through_a_played_year_lines_equal_the_folded_facts(desk: Desk, seed: int) -> None:
    same(desk, moment("18/2"))  # opened, and not one of them checked yet
    for number, at in enumerate(played(desk, seed)):
        if WHOLE or number % 9 == 0:
            for later in (0, 3, 40):  # and on days on which nothing ran
                same(desk, at + timedelta(days=later))


def test_a_book_kept_before_there_were_lines_gets_them_once(desk: Desk) -> None:
    desk.sweep("06/6")
    with desk.office.register.writing() as book:
        book.session.raw.execute("DELETE FROM line")  # type: ignore[attr-defined]
        book.put_setting(SETTING, "")
    assert lines_at(desk, moment("06/6")) == []
    assert lay_lines(desk.office, moment("06/6")) > 100
    same(desk, moment("06/6"))
    assert lay_lines(desk.office, moment("06/6")) == 0


def pages(desk: Desk, at: datetime, viewer: Viewer = CLERK, **wanted: object) -> list[Shown]:
    """All pages one after the other."""
    found, after = list[Shown](), ""
    for _ in range(99):
        page = board_page(desk.office, viewer, Wanted(**wanted, after=after), at)  # type: ignore[arg-type]
        found, after = [*found, *page.rows], page.after
        if not after:
            return found
    raise AssertionError("no end")


@pytest.fixture
def busy(desk: Desk) -> Desk:
    desk.sweep("18/2")
    desk.sweep("30/5")
    submit(desk.office, TDC, report("06/6"), acting("06/6"), moment("06/6", 9), "nop")
    open_case(desk.office, PLAN, CaseOpening("to-cao", date(2022, 6, 1)), acting("06/6"), moment("06/6", 9))
    desk.sweep("06/6", 10)
    return desk


NOW = moment("06/6", 12)


def test_pages_hold_every_row_once_in_order_and_cases_only_as_a_number(busy: Desk) -> None:
    rows = pages(busy, NOW)
    shown, cases = without_cases(board(busy.office, NOW))
    assert sorted(row.key for row in rows) == sorted(row.key for row in shown) and len(rows) > 150
    order = [(row.tier, row.due) for row in rows]
    assert order == sorted(order)
    assert sorted(rows) == sorted(map(shown_row, shown))  # word for word
    assert board_page(busy.office, CLERK, Wanted(), NOW).cases == cases != ""


@pytest.mark.parametrize("status", list(statuses()))
def test_each_status_of_the_filter_is_what_its_rows_are(busy: Desk, status: str) -> None:
    shown, _ = without_cases(board(busy.office, NOW))
    assert {r.key for r in pages(busy, NOW, status=status)} == {r.key for r in shown if status_of(r) == status}


@pytest.mark.parametrize(
    "wanted",
    [
        {"unit": "chi-cuc-tdc"},
        {"section": "III"},
        {"month": "2022-06"},
        {"month": "2022-06", "unit": "thanh-tra", "status": "sap-den"},
        {"text": "bao cao ket qua"},
        {"text": "BÁO CÁO"},
        {"text": "100%_"},
    ],
)
def test_now_and_the_end_of_a_past_day_filter_alike(busy: Desk, wanted: dict[str, str]) -> None:
    then = moment("06/6", 23, 59) + timedelta(seconds=59.9)
    now = pages(busy, then, **wanted)
    past = pages(busy, moment("20/6"), on=date(2022, 6, 6), **wanted)
    assert sorted(now) == sorted(past)
    assert bool(now) == (wanted.get("text") != "100%_")


def test_a_head_sees_their_unit_and_no_figures_of_cases(busy: Desk) -> None:
    for asked in ({}, {"unit": "chi-cuc-tdc"}, {"on": date(2022, 6, 5)}):
        rows = pages(busy, NOW, HEAD, **asked)
        assert rows and {row.unit for row in rows} == {"chi-cuc-tdc"}
    assert pages(busy, NOW, HEAD, unit="thanh-tra") == []
    assert board_page(busy.office, HEAD, Wanted(), NOW).cases == ""


def test_a_past_day_is_seen_as_the_book_knew_it_or_as_is_known_now(busy: Desk) -> None:
    def label(at: datetime, **asked: object) -> str:
        return next(row.label for row in pages(busy, at, unit="chi-cuc-tdc", **asked) if row.key == TDC)

    assert label(NOW) == "chờ xác nhận · nộp quá hạn 2 ngày"
    assert label(NOW, on=date(2022, 6, 5)) == "quá hạn 1 ngày"
    seq = next(f.seq for f in busy.facts(TDC) if f.kind == "submitted")
    correct(busy.office, TDC, seq, {"act_on": "2022-06-03"}, "Ghi nhầm", acting("08/6"), moment("08/6", 9))
    assert label(moment("08/6"), on=date(2022, 6, 5)) == "quá hạn 1 ngày"
    assert label(moment("08/6"), on=date(2022, 6, 5), look="true").startswith("chờ xác nhận")


def test_on_either_database_a_page_is_the_same(either: Desk) -> None:
    sweep(either.office, moment("06/6"))
    same(either, moment("06/6"))
    assert len(pages(either, moment("06/6"))) == len(without_cases(board(either.office, moment("06/6")))[0])
    assert pages(either, moment("06/6"), status="qua-han", text="bao cao") is not None
