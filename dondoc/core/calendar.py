"""Working days, from a table built once: days off, days worked instead, and why."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Literal, NamedTuple


class DayNote(NamedTuple):
    """Why one day is off, or worked although it is a weekend day."""

    kind: Literal["off", "work"]
    reason: str
    status: Literal["official", "forecast"] = "official"
    legal_basis: str = ""


class CalendarHorizonError(LookupError):
    """A day outside the years the calendar was built for: answering would be guessing."""

    def __init__(self, day: date, first: date, last: date) -> None:
        super().__init__(f"{day} is outside the working calendar ({first} to {last})")
        self.day, self.first, self.last = day, first, last


class WorkingCalendar:
    """Days `first` to `last` (inclusive, local days). Saturday and Sunday are off unless a note says work."""

    def __init__(self, first: date, last: date, notes: Mapping[date, DayNote]) -> None:
        self.first, self.last = first, last
        self._notes = dict(notes)
        days = (first + timedelta(days=i) for i in range((last - first).days + 1))
        self._working = [day for day in days if self._is_worked(day)]
        self._set = frozenset(self._working)

    def _is_worked(self, day: date) -> bool:
        note = self._notes.get(day)
        return note.kind == "work" if note else day.weekday() < 5

    def _check(self, day: date) -> None:
        if not self.first <= day <= self.last:
            raise CalendarHorizonError(day, self.first, self.last)

    def note(self, day: date) -> DayNote | None:
        """What the calendar says about a day, or None where only the weekday decides."""
        return self._notes.get(day)

    def notes(self) -> Iterable[tuple[date, DayNote]]:
        """All noted days in order."""
        return sorted(self._notes.items())

    def is_working(self, day: date) -> bool:
        """Whether the office works that day; CalendarHorizonError outside the table."""
        self._check(day)
        return day in self._set

    def at_or_before(self, day: date) -> date:
        """The last working day ≤ `day`."""
        self._check(day)
        index = bisect_right(self._working, day) - 1
        if index < 0:
            raise CalendarHorizonError(day, self.first, self.last)
        return self._working[index]

    def at_or_after(self, day: date) -> date:
        """The first working day ≥ `day`."""
        self._check(day)
        index = bisect_left(self._working, day)
        if index >= len(self._working):
            raise CalendarHorizonError(day, self.first, self.last)
        return self._working[index]

    def shift(self, day: date, working_days: int) -> date:
        """The n-th working day after `day` (n > 0) or before it (n < 0); `day` itself does not count.

        shift(day, 0) is `day` unchanged, working or not.
        """
        self._check(day)
        if working_days == 0:
            return day
        if working_days > 0:
            index = bisect_right(self._working, day) - 1 + working_days
        else:
            index = bisect_left(self._working, day) + working_days
        if not 0 <= index < len(self._working):
            raise CalendarHorizonError(day, self.first, self.last)
        return self._working[index]

    def count_between(self, start: date, end: date) -> int:
        """Working days in (start, end]; negative when end is before start."""
        self._check(start)
        self._check(end)
        return bisect_right(self._working, end) - bisect_right(self._working, start)
