from datetime import date
from pathlib import Path

import pytest

from definitions.calendar import read_overlay, working_calendar
from definitions.problem import DefinitionError
from dondoc.core.calendar import CalendarHorizonError

OVERLAY = Path(__file__).parents[2] / "definitions" / "calendar" / "vn.yaml"

# Hand-copied from the official notices (swaps: day off, then the Saturday worked instead).
SWAPS = [
    (date(2024, 4, 29), date(2024, 5, 4)),
    (date(2025, 5, 2), date(2025, 4, 26)),
    (date(2026, 1, 2), date(2026, 1, 10)),
    (date(2026, 8, 31), date(2026, 8, 22)),
]
TET = [
    (date(2022, 1, 31), date(2022, 2, 4)),
    (date(2023, 1, 20), date(2023, 1, 26)),
    (date(2024, 2, 8), date(2024, 2, 14)),
    (date(2025, 1, 27), date(2025, 1, 31)),
    (date(2026, 2, 16), date(2026, 2, 20)),
]


@pytest.mark.parametrize(("off", "worked"), SWAPS)
def test_a_swapped_day_is_off_and_its_saturday_is_worked(calendar, off, worked):
    assert not calendar.is_working(off)
    assert calendar.is_working(worked)


@pytest.mark.parametrize(("first", "last"), TET)
def test_the_office_is_closed_over_tet_and_open_on_the_working_days_around_it(calendar, first, last):
    days = range(first.toordinal(), last.toordinal() + 1)
    assert not any(calendar.is_working(date.fromordinal(day)) for day in days)
    assert calendar.at_or_before(first) < first
    assert calendar.at_or_after(last) > last


def test_24_november_2026_is_worked_until_an_official_notice_and_says_so(calendar):
    note = calendar.note(date(2026, 11, 24))
    assert calendar.is_working(date(2026, 11, 24))
    assert note.status == "forecast"
    assert "thông báo" in note.reason


def test_future_years_are_labelled_forecast_and_announced_ones_official(calendar):
    assert calendar.note(date(2027, 1, 1)).status == "forecast"
    assert calendar.note(date(2025, 1, 1)).status == "official"


def test_the_overlay_wins_over_the_package(tmp_path):
    file = tmp_path / "vn.yaml"
    file.write_text(
        '- {day: "2022-06-03", kind: "off", reason: Mất điện}\n- {day: 2022-06-04, kind: work, reason: Làm bù}\n'
    )
    office = working_calendar(2022, 2022, file)
    assert office.at_or_before(date(2022, 6, 5)) == date(2022, 6, 4)
    assert not office.is_working(date(2022, 6, 3))


def test_a_make_up_day_in_the_year_before_is_known(tmp_path):
    file = tmp_path / "vn.yaml"
    file.write_text("[]")
    assert working_calendar(2014, 2014, file).is_working(date(2014, 12, 27))  # instead of 02/01/2015


def test_a_day_outside_the_years_asked_for_is_refused_not_guessed(tmp_path):
    file = tmp_path / "vn.yaml"
    file.write_text("[]")
    office = working_calendar(2022, 2022, file)
    assert office.is_working(date(2022, 12, 30))
    with pytest.raises(CalendarHorizonError):
        office.is_working(date(2023, 1, 3))


def test_reception_collisions_of_2023_to_2026_have_the_hand_computed_neighbours(calendar):
    for thursday, after, before in [
        (date(2023, 1, 26), date(2023, 1, 27), date(2023, 1, 19)),
        (date(2025, 1, 30), date(2025, 2, 3), date(2025, 1, 24)),
        (date(2026, 4, 30), date(2026, 5, 4), date(2026, 4, 29)),
    ]:
        assert (calendar.at_or_after(thursday), calendar.at_or_before(thursday)) == (after, before)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ('- {day: "2026-02-30", kind: "off", reason: a}', "[1].day"),
        ('- {day: "2026-02-03", kind: holiday, reason: a}', "[1].kind"),
        ('- {day: "2026-02-03", kind: work}', "[1].reason"),
        ('- {day: "2026-02-03", kind: work, reason: a}\n- {day: 03/02/2026, kind: work, reason: a}', "[2].day"),
    ],
)
def test_a_wrong_overlay_is_told_with_its_place(tmp_path, text, path):
    file = tmp_path / "vn.yaml"
    file.write_text(text)
    with pytest.raises(DefinitionError) as caught:
        read_overlay(file)
    assert [problem.path for problem in caught.value.problems] == [path]


def test_the_shipped_overlay_gives_a_legal_basis_for_every_day():
    assert all(note.legal_basis for note in read_overlay(OVERLAY).values())
