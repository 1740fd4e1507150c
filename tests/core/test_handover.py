"""A new holder hears once; absence is no handover."""

from datetime import date as D

from core_samples import a_book, a_directory, a_role, local

from dondoc.core.directory import Absence, Holding

BEFORE, AFTER = D(2022, 5, 26), D(2022, 5, 30)  # between two rungs: T-7 is 25/5, T-3 is 31/5


def handed_on(day: D):
    old, new = Holding("tdc-focal", None, day), Holding("tdc-new", D(2022, 5, 27))
    return a_directory(a_role("dau-moi-tdc", unit="chi-cuc-tdc", deputy="pho-dau-moi-tdc")._replace(holders=(old, new)))


def watched(**values):
    book = a_book(**values)
    book.days(D(2022, 5, 20), BEFORE)
    return book


def spoken(book):
    return [(n.kind, n.recipient) for n in book.said]


def test_a_new_holder_is_told_once_between_the_rungs():
    book = watched(directory=handed_on(BEFORE))
    assert spoken(book)[-1] == ("opened", "tdc-focal")
    book.days(AFTER, AFTER)
    assert spoken(book)[-1] == ("handover", "tdc-new")
    said = len(book.said)
    book.days(AFTER, AFTER, hour=9)
    assert len(book.said) == said


def test_the_next_rung_goes_to_the_new_holder_without_a_second_handover():
    book = watched(directory=handed_on(BEFORE))
    book.days(AFTER, D(2022, 5, 31))
    assert spoken(book)[-2:] == [("handover", "tdc-new"), ("reminder", "tdc-new")]


def test_a_rung_of_the_same_moment_is_word_enough():
    book = watched(directory=handed_on(BEFORE))
    book.check(local(D(2022, 5, 31)))
    assert [kind for kind, person in spoken(book) if person == "tdc-new"] == ["reminder"]


def test_absence_is_no_handover():
    away = Absence("tdc-focal", D(2022, 5, 27), D(2022, 6, 2))
    book = watched(directory=a_directory(absences=(away,)))
    book.days(AFTER, AFTER)
    assert "handover" not in [kind for kind, _ in spoken(book)]


def test_outside_hours_the_handover_waits_for_the_next_opening():
    book = watched(directory=handed_on(BEFORE))
    night = local(D(2022, 5, 27), 22)
    decision = book.check(night)
    assert decision.actions == () and decision.next_at == local(AFTER, 7, 30)
    book.check(decision.next_at)
    assert spoken(book)[-1] == ("handover", "tdc-new")
