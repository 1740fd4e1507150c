"""Days as Nghị định 30/2020/NĐ-CP writes them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from dondoc.words.dates import office_date, office_moment, short_date, weekday_date


@pytest.mark.parametrize(
    ("day", "long", "short"),
    [
        (date(2022, 3, 31), "Thứ Năm, ngày 31 tháng 3 năm 2022", "31/3/2022"),
        (date(2022, 6, 5), "Chủ nhật, ngày 05 tháng 6 năm 2022", "05/6/2022"),
        (date(2022, 2, 18), "Thứ Sáu, ngày 18 tháng 02 năm 2022", "18/02/2022"),
        (date(2022, 1, 9), "Chủ nhật, ngày 09 tháng 01 năm 2022", "09/01/2022"),
        (date(2022, 12, 10), "Thứ Bảy, ngày 10 tháng 12 năm 2022", "10/12/2022"),
    ],
)
def test_days_below_ten_and_months_one_and_two_get_a_zero(day: date, long: str, short: str) -> None:
    assert (office_date(day), short_date(day)) == (long, short)


def test_a_subject_names_the_weekday() -> None:
    assert weekday_date(date(2022, 6, 3)) == "Thứ Sáu, ngày 03/6/2022"


def test_a_moment_is_told_in_the_office_s_zone() -> None:
    at = datetime(2022, 6, 6, 2, 0, tzinfo=UTC)
    assert office_moment(at, ZoneInfo("Asia/Ho_Chi_Minh")) == "09 giờ 00 ngày 06/6/2022"


def test_english_is_given_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_LANG", "en")
    assert office_date(date(2022, 6, 3)) == "Friday, 3 June 2022"
