"""Days as offices write them."""

from datetime import date, datetime

import pytest

from dondoc.cli.clock import OFFICE_ZONE
from dondoc.cli.day import read_instant, shown, shown_at
from dondoc.words.dates import read_day


@pytest.mark.parametrize("text", ["2022-06-03", "03/6/2022", "3/6/2022", "03/06/2022", " 03.6.2022 ", "3-6-2022"])
def test_a_day_is_read_however_it_is_typed(text: str) -> None:
    assert read_day(text) == date(2022, 6, 3)


@pytest.mark.parametrize("text", ["", "03/6", "31/02/2022", "2022-13-01", "mai", "03/6/22", "2022-06-03x"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_day(text)


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2022, 2, 9), "09/02/2022"),
        (date(2022, 3, 9), "09/3/2022"),
        (date(2022, 6, 10), "10/6/2022"),
        (date(2022, 12, 31), "31/12/2022"),
        (None, "—"),
    ],
)
def test_a_zero_stands_before_small_days_and_the_first_two_months_only(day: date | None, text: str) -> None:
    assert shown(day) == text


def test_a_bare_day_as_a_moment_is_its_end() -> None:
    assert read_instant("03/6/2022") == datetime(2022, 6, 3, 23, 59, 59, tzinfo=OFFICE_ZONE)


@pytest.mark.parametrize("text", ["08:30 03/6/2022", "03/6/2022 8h30", "2022-06-03T08:30", "2022-06-03T01:30:00+00:00"])
def test_a_moment_is_in_the_offices_zone_unless_it_names_another(text: str) -> None:
    assert read_instant(text) == datetime(2022, 6, 3, 8, 30, tzinfo=OFFICE_ZONE)


def test_a_moment_is_shown_in_the_offices_zone() -> None:
    assert shown_at(datetime.fromisoformat("2022-06-03T18:00:00+00:00")) == "01:00 04/6/2022"
