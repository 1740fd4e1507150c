"""The halves of the invariants that only a register can keep, on SQLite: 2, 4, 5, 9 and 10.

Delivery, leases and other databases: tests/register/.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from hashlib import sha256
from itertools import count
from pathlib import Path

import pytest
from core_samples import CALENDAR, DIRECTORY, Book, a_plan, a_step, an_obligation, confirming, local
from hypothesis import given, settings
from hypothesis import strategies as st
from random_office import acts, books, checks, instants, play

from dondoc.core.delivery import Delivery
from dondoc.core.facts import Fact
from dondoc.core.fold import fold
from dondoc.core.notice import Notice
from dondoc.core.schedule import expand
from dondoc.register import Register, digest_of, verify_chain
from dondoc.register.book import Book as RegisterBook
from dondoc.register.sealed import Sealer
from dondoc.use_cases.act import Act
from dondoc.use_cases.apply import apply, check_in
from dondoc.use_cases.office import Office
from dondoc.use_cases.scene import Scene
from dondoc.use_cases.submit import Evidence, submit

D = date
FEW = settings(max_examples=settings().max_examples // 4, deadline=None)
OBLIGATION = an_obligation(a_step(), confirming(), parties=("chi-cuc-tdc", "phong-qlkh"))
PLAN = a_plan(OBLIGATION, versions=(("bao-cao", "v1"),))
names = count()
pytestmark = pytest.mark.xdist_group("register-invariants")  # one register for all: the last test reads what they left


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    register = Register(f"sqlite:///{tmp_path_factory.mktemp('so')}/dondoc.db")
    register.migrate()
    yield register
    register.close()


def entered(register: Register, book: Book) -> Book:
    """The same occurrence under a key of its own, born in the register with all that has happened to it."""
    key = f"{book.birth.key}/{next(names)}"
    birth = book.birth._replace(key=key, version=sha256(b"{}").hexdigest())
    opened_on = book.world.moments.day_of(birth.opens_at)
    vouched = {"count": 1, "digest": digest_of([birth])}
    with register.writing() as written:
        written.put_versions({birth.version: "{}"})
        written.add_births([birth])
        written.append([Fact("plan-opened", "", "", birth.opens_at, opened_on, "dondoc", "test", vouched)])
        facts = written.append([fact._replace(occurrence=key, seq=0) for fact in book.facts])
    return Book(book.obligation, birth, book.world, facts)


def scene_of(written: RegisterBook, book: Book) -> Scene:
    facts = written.facts([book.birth.key]).get(book.birth.key, [])
    return Scene(book.birth, book.obligation, fold(book.obligation, book.birth, facts), book.world, facts)


@FEW
@given(data=st.data())
def test_invariant_2_a_second_check_at_the_same_instant_writes_nothing(register, data):
    played = play(data.draw(books()), [], data.draw(checks(data.draw(books()), 3)))
    book = entered(register, Book(played.obligation, played.birth, played.world))
    at = data.draw(instants(book))
    with register.writing() as written:
        apply(written, scene_of(written, book), at, "test")
        before, agenda = written.facts([book.birth.key]), written.agenda()
    with register.writing() as written:
        assert apply(written, scene_of(written, book), at, "test").decision.actions == ()
        assert (written.facts([book.birth.key]), written.agenda()) == (before, agenda)


@FEW
@given(data=st.data())
def test_invariant_9_the_book_read_back_folds_to_the_kept_steps_and_agenda(register, data):
    drawn = data.draw(books())
    play(drawn, data.draw(acts(drawn)), data.draw(checks(drawn, 4)))
    book = entered(register, drawn)
    at = max([f.recorded_at for f in book.facts], default=book.birth.opens_at)
    with register.writing() as written:
        applied = apply(written, scene_of(written, book), at, "test")
    with register.reading() as read:
        again = scene_of(read, book)
        assert again.occurrence == _with_seqs(applied.decision.after, again.occurrence)
        kept = {fold_.step: fold_ for fold_ in read.steps(keys=[book.birth.key])}
        for state in again.occurrence.steps:
            row, round_ = kept[state.id], state.round
            assert (row.status, row.epoch, row.done_on) == (state.status, state.epoch, state.done_on)
            assert round_ is None or (row.round, row.last_on, row.cursor) == (round_.n, round_.last_on, round_.cursor)
        next_at = applied.decision.next_at
        assert read.agenda().get(book.birth.key) == (next_at and next_at.replace(microsecond=0))


def _with_seqs(foreseen, read):
    """A decision is made before its facts have numbers; only submissions keep one, and no decision submits."""
    assert [s.submissions for s in foreseen.steps] == [s.submissions for s in read.steps]
    return foreseen


@FEW
@given(data=st.data())
def test_invariant_5_a_notice_key_exists_once_however_often_it_is_written(register, data):
    book = data.draw(books())
    play(book, data.draw(acts(book)), data.draw(checks(book)))
    prefix = f"{next(names)}:"
    said = [notice._replace(key=prefix + notice.key) for notice in book.said]
    with register.writing() as written:
        made = written.add_notices([*said, *said])
    with register.writing() as written:
        assert written.add_notices(said) == []
    assert sorted(made) == sorted({notice.key for notice in said})


def test_the_chain_of_all_these_books_is_intact(register):
    with register.reading() as read:
        assert verify_chain(read) == []


# --- one office, its real use cases ---


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    register = Register(f"sqlite:///{tmp_path}/dondoc.db")
    register.migrate()
    yield Office(register, {PLAN.id: PLAN}, CALENDAR, DIRECTORY, {}, "so-khcn", (), tmp_path, Sealer(tmp_path))
    register.close()


def opened(office: Office) -> list[str]:
    births = [b for b in expand(PLAN, CALENDAR) if b.period == "2022-H1"]
    with office.register.writing() as book:
        keys = book.add_births(births)
        book.append(
            [
                Fact(
                    "plan-opened",
                    "",
                    "",
                    births[0].opens_at,
                    D(2022, 5, 25),
                    "dondoc",
                    "test",
                    {"count": 2, "digest": digest_of(births)},
                )
            ]
        )
    return sorted(keys)


def a_delivery(name: str, *notices: Notice) -> Delivery:
    return Delivery(
        name,
        notices[0].recipient,
        "email",
        "a@so.example",
        "now",
        D(2022, 6, 6),
        "Đôn đốc",
        "văn bản",
        "<p>văn bản</p>",
        f"<{name}@so.example>",
        notices[0].not_after,
    )


AT = local(D(2022, 6, 6))  # the Monday after the due: doer and head are told of each unit


def test_invariant_4_nothing_of_an_answered_step_is_claimed_after_the_answers_commit(office):
    tdc, qlkh = opened(office)
    with office.register.writing() as book:
        said = [n for one in check_in(office, book, [tdc, qlkh], AT, "sweep") for n in one.notices]
        frozen = [n for n in said if n.kind == "overdue"]
        for place, notice in enumerate(frozen):
            assert book.put_delivery(a_delivery(f"d{place}", notice), [notice.key])
    submit(office, tdc, Evidence(number="05/BC"), Act("clerk", "cli", D(2022, 6, 6)), AT + timedelta(minutes=5))
    with office.register.writing() as book:
        claimed = book.claim(AT + timedelta(minutes=6), "worker", timedelta(minutes=5), 20)
        waiting = {n.occurrence for n in book.open_notices(AT + timedelta(minutes=6)) if n.step == "nop"}
    assert [delivery.person for delivery in claimed] == ["qlkh-focal"]
    assert waiting == {qlkh}


def test_invariant_4_a_message_that_told_of_two_matters_is_composed_anew_without_the_answered_one(office):
    tdc, qlkh = opened(office)
    with office.register.writing() as book:
        said = [n for one in check_in(office, book, [tdc, qlkh], local(D(2022, 6, 8)), "sweep") for n in one.notices]
        chief = [n for n in said if n.recipient == "chief"]
        assert len(chief) == 2
        assert book.put_delivery(a_delivery("both", *chief), [n.key for n in chief])
    at = local(D(2022, 6, 8), 9)
    submit(office, tdc, Evidence(number="05/BC"), Act("clerk", "cli", D(2022, 6, 8)), at)
    with office.register.writing() as book:
        assert book.claim(at, "worker", timedelta(minutes=5), 20) == []
        assert [n.occurrence for n in book.open_notices(at) if n.recipient == "chief" and n.step == "nop"] == [qlkh]


def test_invariant_10_two_at_once_open_each_occurrence_once(tmp_path):
    url = f"sqlite:///{tmp_path}/dondoc.db"
    Register(url).migrate()
    births = expand(PLAN, CALENDAR)

    def open_all(_: int) -> list[str]:
        register = Register(url)
        with register.writing() as book:
            made = book.add_births(births)
        register.close()
        return made

    with ThreadPoolExecutor(4) as pool:
        made = [key for keys in pool.map(open_all, range(8)) for key in keys]
    assert sorted(made) == sorted(birth.key for birth in births)
    register = Register(url)
    with register.reading() as book:
        assert sorted(b.key for b in book.births()) == sorted(b.key for b in births)
    register.close()
