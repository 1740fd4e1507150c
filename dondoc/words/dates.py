"""Days as an office writes them (Nghị định 30/2020/NĐ-CP, Phụ lục I): days 1-9 and months 1, 2 get a zero."""

import re
from datetime import date, datetime, tzinfo

from dondoc.words import language

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})$")
_OFFICE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$")
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


def read_day(text: str) -> date:
    """2022-06-03 or 03/6/2022 as a day; ValueError where it is neither, or no such day exists."""
    if found := _ISO.match(text.strip()):
        year, month, day = map(int, found.groups())
    elif found := _OFFICE.match(text.strip()):
        day, month, year = map(int, found.groups())
    else:
        raise ValueError(text)
    return date(year, month, day)


def weekday(day: date) -> str:
    """ "Thứ Hai" … "Chủ nhật"."""
    return f"{day:%A}" if language() == "en" else WEEKDAYS[day.weekday()]


def _month(day: date) -> str:
    """Months 1 and 2 could be made into 11 and 12 by a stroke of the pen; 3-9 could not."""
    return f"{day.month:02d}" if day.month < 3 else str(day.month)


def office_date(day: date) -> str:
    """ "Thứ Năm, ngày 31 tháng 3 năm 2022"."""
    if language() == "en":
        return f"{day:%A}, {day.day} {day:%B} {day.year}"
    return f"{weekday(day)}, ngày {day.day:02d} tháng {_month(day)} năm {day.year}"


def short_date(day: date) -> str:
    """ "05/6/2022", "18/02/2022"."""
    return f"{day.day:02d}/{_month(day)}/{day.year}"


def month_of(day: date) -> str:
    """ "tháng 6/2022"."""
    return f"{day:%B %Y}" if language() == "en" else f"tháng {_month(day)}/{day.year}"


def weekday_date(day: date) -> str:
    """ "Thứ Sáu, ngày 03/6/2022"."""
    if language() == "en":
        return f"{day:%a} {day.day} {day:%b %Y}"
    return f"{weekday(day)}, ngày {short_date(day)}"


def office_moment(at: datetime, zone: tzinfo) -> str:
    """ "09 giờ 00 ngày 06/6/2022", in the given zone; `at` is aware."""
    here = at.astimezone(zone)
    if language() == "en":
        return f"{here:%H:%M}, {weekday_date(here.date())}"
    return f"{here.hour:02d} giờ {here.minute:02d} ngày {short_date(here.date())}"


def short_moment(at: datetime, zone: tzinfo) -> str:
    """ "08:00 03/6/2022", in the given zone; `at` is aware."""
    here = at.astimezone(zone)
    return f"{here:%H:%M} {short_date(here.date())}"
