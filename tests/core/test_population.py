"""Acknowledgement: frozen when it opens; joiners come in, leavers drop out, long leave suspends."""

from datetime import date

from core_samples import a_book, a_directory, a_role, a_step, an_obligation, local

from dondoc.core.directory import Absence, Person
from dondoc.core.plan import Ladder
from dondoc.core.population import population_of
from dondoc.core.timing import SingleDate, Timing

D = date
OPENED, DUE = D(2022, 5, 23), D(2022, 5, 31)  # T-6 is Monday 23/5


def a_directory_of(*people, absences=()):
    base = a_directory(a_role("dau-moi-tdc", "tdc-1", unit="chi-cuc-tdc"), absences=absences)
    return base._replace(persons={p.id: p for p in people})


def person(name, since=None, until=None, unit="chi-cuc-tdc"):
    return Person(name, name, unit, since, until)


def a_campaign(directory):
    timing = Timing("chậm nhất 31/5", SingleDate(DUE, False))
    step = a_step(timing=timing, ladder=Ladder("l", (6, 1, 0)))
    return a_book(an_obligation(step, population="unit.members", kind="acknowledgement"), directory=directory)


def members(book):
    return {m.person: m.status for m in book.now.members}


TWO = (person("tdc-1"), person("tdc-2"))


def test_the_population_is_frozen_at_the_first_look_after_the_opening():
    book = a_campaign(a_directory_of(*TWO, person("khac", unit="van-phong")))
    book.check(local(D(2022, 5, 20)))
    assert members(book) == {}
    book.check(local(OPENED, 7, 30))
    assert members(book) == {"tdc-1": "pending", "tdc-2": "pending"}


def test_the_campaign_is_done_when_the_last_one_has_acknowledged():
    book = a_campaign(a_directory_of(*TWO))
    book.check(local(OPENED))
    book.act("acknowledged", local(D(2022, 5, 24)), person="tdc-1")
    assert book.now.step("nop").status == "open"
    book.act("acknowledged", local(D(2022, 5, 25)), person="tdc-2")
    assert (book.now.step("nop").status, book.now.step("nop").done_on) == ("done", D(2022, 5, 25))


def test_a_units_minutes_acknowledge_for_all_but_those_named_absent():
    book = a_campaign(a_directory_of(*TWO, person("tdc-3")))
    book.check(local(OPENED))
    book.act("acknowledged", local(D(2022, 5, 24)), all_but=["tdc-3"])
    assert members(book) == {"tdc-1": "acknowledged", "tdc-2": "acknowledged", "tdc-3": "pending"}


def test_one_acknowledgement_does_not_withdraw_what_the_others_are_being_told():
    book = a_campaign(a_directory_of(*TWO))
    book.check(local(OPENED))
    epoch = book.now.step("nop").epoch
    book.act("acknowledged", local(D(2022, 5, 24)), person="tdc-1")
    assert book.now.step("nop").epoch == epoch


def test_a_leaver_drops_out_on_the_day_after_the_last_and_may_close_the_campaign():
    book = a_campaign(a_directory_of(person("tdc-1"), person("tdc-2", until=D(2022, 5, 25))))
    book.check(local(OPENED))
    book.act("acknowledged", local(D(2022, 5, 24)), person="tdc-1")
    book.check(local(D(2022, 5, 25)))
    assert members(book)["tdc-2"] == "pending"
    book.check(local(D(2022, 5, 26)))
    assert members(book)["tdc-2"] == "left"
    assert book.now.step("nop").status == "done"


def test_long_leave_suspends_and_the_return_resumes_short_leave_does_neither():
    away = [
        Absence("tdc-1", D(2022, 5, 24), D(2022, 5, 25), long=True),
        Absence("tdc-2", D(2022, 5, 24), D(2022, 5, 25)),
    ]
    book = a_campaign(a_directory_of(*TWO, absences=away))
    book.check(local(OPENED))
    book.check(local(D(2022, 5, 24)))
    assert members(book) == {"tdc-1": "suspended", "tdc-2": "pending"}
    book.check(local(D(2022, 5, 26)))
    assert members(book)["tdc-1"] == "pending"


def test_somebody_on_long_leave_at_the_opening_comes_in_when_back():
    away = [Absence("tdc-2", D(2022, 5, 1), D(2022, 5, 25), long=True)]
    book = a_campaign(a_directory_of(*TWO, absences=away))
    book.days(OPENED, D(2022, 5, 25))
    assert members(book) == {"tdc-1": "pending"}
    book.check(local(D(2022, 5, 26)))
    assert members(book) == {"tdc-1": "pending", "tdc-2": "pending"}


def test_a_joiner_of_a_finished_campaign_opens_it_again_with_five_working_days():
    book = a_campaign(a_directory_of(*TWO, person("tdc-3", since=D(2022, 6, 13))))
    book.check(local(OPENED))
    book.act("acknowledged", local(D(2022, 5, 24)), all_but=[])
    assert book.now.step("nop").status == "done"
    book.check(local(D(2022, 6, 12), 10))
    assert book.now.step("nop").status == "done"
    book.check(local(D(2022, 6, 13)))
    state = book.now.step("nop")
    assert (state.status, state.round.cause, state.round.last_on) == ("open", "joined", D(2022, 6, 20))
    assert [n.kind for n in book.said][-1] == "opened"


def test_after_the_plans_last_day_nobody_comes_in():
    book = a_campaign(a_directory_of(*TWO, person("tdc-3", since=D(2023, 1, 3))))
    book.check(local(OPENED))
    book.check(local(D(2023, 1, 3)))
    assert "tdc-3" not in members(book)


def test_an_empty_campaign_is_looked_at_every_working_day():
    book = a_campaign(a_directory_of(person("tdc-9", since=D(2022, 6, 7))))
    assert book.check(local(D(2022, 6, 6), 16)).next_at == local(D(2022, 6, 7), 7, 30)
    book.check(local(D(2022, 6, 7), 7, 30))
    assert members(book) == {"tdc-9": "pending"}


def test_the_day_of_a_change_is_the_offices_day():
    """At 07:30 in the office it is still the day's first hour in UTC; at 06:59 it was yesterday's last."""
    book = a_campaign(a_directory_of(person("tdc-1", until=D(2022, 5, 24))))
    book.check(local(OPENED))
    book.check(local(D(2022, 5, 25), 7, 30))
    assert book.now.step("nop").done_on == D(2022, 5, 25)


def test_the_leaders_are_the_heads_and_the_holders_of_leading_roles():
    book = a_campaign(a_directory())
    leaders = population_of(
        book.obligation._replace(population="leaders"), "", a_directory(), book.world.moments, local(DUE)
    )
    assert {"chief", "tdc-head", "qlkh-head", "director"} <= set(leaders)
    assert "clerk" not in leaders
