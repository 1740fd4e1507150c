"""Pictures as rectangles, drawn by templates as inline SVG: no script, no style but the page's own classes."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from dondoc.core.calendar import WorkingCalendar
from dondoc.use_cases.statistics import Compared, Tally, Verdict

WIDTH, HEIGHT, FOOT, HEAD = 720, 220, 24, 16
STRIP = 48


class Bar(NamedTuple):
    """One rectangle. `kind` is a class of the page; `title` is read out and shown on pointing."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    title: str


class Label(NamedTuple):
    x: float
    y: float
    text: str


class Plot(NamedTuple):
    width: int
    height: int
    bars: tuple[Bar, ...]
    labels: tuple[Label, ...]


def by_month(months: Mapping[date, Compared], names: Mapping[Verdict, str]) -> Plot:
    """Stacked bars, what is overdue at the foot; the number of all above each."""
    most = max((one.now.whole for one in months.values()), default=0) or 1
    step, high = WIDTH / max(len(months), 1), HEIGHT - FOOT - HEAD
    bars, labels = list[Bar](), list[Label]()
    for n, (first, one) in enumerate(months.items()):
        y = float(HEIGHT - FOOT)
        for verdict, count in parts(one.now):
            tall = high * count / most
            y -= tall
            if count:
                bars.append(Bar(n * step + 6, y, step - 12, tall, verdict, f"{first.month}: {names[verdict]} {count}"))
        labels.append(Label((n + 0.5) * step, HEIGHT - 6, str(first.month)))
        if one.now.whole:
            labels.append(Label((n + 0.5) * step, y - 4, str(one.now.whole)))
    return Plot(WIDTH, HEIGHT, tuple(bars), tuple(labels))


def parts(tally: Tally) -> tuple[tuple[Verdict, int], ...]:
    return ("overdue", tally.overdue), ("late", tally.late), ("running", tally.running), ("in-time", tally.in_time)


def as_strip(
    days: Mapping[date, Verdict], since: date, until: date, calendar: WorkingCalendar, names: Mapping[Verdict, str]
) -> Plot:
    """One narrow bar a day from `since` to `until`: the worst of its dues; days off are pale."""
    whole = (until - since).days + 1
    step, bars, labels = WIDTH / whole, list[Bar](), list[Label]()
    for n in range(whole):
        day = since + timedelta(days=n)
        verdict = days.get(day)
        if verdict:
            bars.append(Bar(n * step, 4, step, STRIP - FOOT, verdict, f"{day.day}/{day.month}: {names[verdict]}"))
        elif not calendar.is_working(day):
            bars.append(Bar(n * step, 4, step, STRIP - FOOT, "off", ""))
        if day.day == 1:
            labels.append(Label(n * step + 8, STRIP - 4, str(day.month)))
    return Plot(WIDTH, STRIP, tuple(bars), tuple(labels))
