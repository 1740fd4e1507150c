"""The office's sending hours: which instant a rung's day stands for, and when the office is silent."""

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from dondoc.core.calendar import WorkingCalendar
from dondoc.core.plan import Hours


class Moments(NamedTuple):
    """Hours on working days of one calendar in one zone. All instants taken and given are aware; given ones are UTC."""

    calendar: WorkingCalendar
    hours: Hours
    zone: ZoneInfo

    def day_of(self, at: datetime) -> date:
        """The local day of an instant."""
        return at.astimezone(self.zone).date()

    def start_of(self, day: date) -> datetime:
        """The first instant of a local day."""
        return datetime.combine(day, time(0), self.zone).astimezone(UTC)

    def sending(self, day: date) -> datetime:
        """The sending hour of a local day."""
        return datetime.combine(day, self.hours.send, self.zone).astimezone(UTC)

    def window(self, day: date) -> tuple[datetime, datetime]:
        """From when until when the office speaks on a working day."""
        opens, closes = (datetime.combine(day, hour, self.zone) for hour in (self.hours.opens, self.hours.closes))
        return opens.astimezone(UTC), closes.astimezone(UTC)

    def is_open(self, at: datetime) -> bool:
        """Whether the office speaks at that instant: a working day, within its window."""
        here = at.astimezone(self.zone)
        return self.calendar.is_working(here.date()) and self.hours.opens <= here.time() < self.hours.closes

    def next_open(self, at: datetime) -> datetime:
        """`at` itself when the office speaks, else the next opening of its window."""
        if self.is_open(at):
            return at.astimezone(UTC)
        here = at.astimezone(self.zone)
        day = here.date() if here.time() < self.hours.opens else here.date() + timedelta(days=1)
        day = self.calendar.at_or_after(day)
        return datetime.combine(day, self.hours.opens, self.zone).astimezone(UTC)

    def first_speech(self, since_at: datetime) -> datetime:
        """When a round that begins at `since_at` is spoken of: at once within hours, else at the next sending hour."""
        here = since_at.astimezone(self.zone)
        if self.is_open(since_at) and here.time() >= self.hours.send:
            return since_at.astimezone(UTC)
        day = here.date() if here.time() <= self.hours.send else here.date() + timedelta(days=1)
        return self.sending(self.calendar.at_or_after(day))
