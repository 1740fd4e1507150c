"""Random rules of the algebra, in their plainest form, as a parser gives them."""

from datetime import date

from hypothesis import strategies as st

from definitions.timing_build import ending, several, simplest, strict
from definitions.timing_words import DAYS_OF_MONTH
from dondoc.core import timing as t

PAIRS = [(month, day) for month in range(1, 13) for day in range(1, DAYS_OF_MONTH[month - 1] + 1)]
flags = st.booleans()
units = st.sampled_from(["day", "working-day", "month"])
amounts = st.integers(1, 90)
weekdays = st.integers(0, 6)
yearly = st.builds(
    lambda days, flag: t.YearlyDates(tuple(days), flag),
    st.lists(st.sampled_from(PAIRS), min_size=1, max_size=4, unique=True),
    flags,
)
single = st.builds(t.SingleDate, st.dates(date(2015, 1, 1), date(2035, 12, 31)), flags)
monthly = st.builds(t.MonthlyDay, st.integers(1, 31), flags)
every = st.sampled_from(["week", "month", "quarter", "half-year", "nine-months", "year"]).map(t.Spans)
numbers = st.one_of(
    st.lists(st.integers(1, 12), min_size=1, max_size=3, unique=True).map(lambda n: t.Spans("month", tuple(n))),
    st.lists(st.integers(1, 4), min_size=1, max_size=3, unique=True).map(lambda n: t.Spans("quarter", tuple(n))),
    st.integers(1, 2).map(lambda n: t.Spans("half-year", (n,))),
)
dated = st.builds(lambda spans, year: spans._replace(year=year), numbers, st.integers(2015, 2035))
near = st.builds(
    lambda span, shift: t.Spans(span, shift=shift),
    st.sampled_from(["month", "quarter", "year"]),
    st.sampled_from([1, -1]),
)
spans = st.one_of(every, numbers, dated, near)
ends = spans.map(lambda s: simplest(t.InSpans(s, t.NthDay(-1))))
spots = st.one_of(
    st.builds(lambda s, w: (s, t.NthDay(-1, w)), spans, flags),
    st.builds(lambda s, n: (s, t.NthDay(n, True)), spans, st.integers(1, 20)),
    st.builds(
        lambda s, d, n: (s, t.NthWeekday(d, n)),
        spans.filter(lambda s: s.span != "week"),
        weekdays,
        st.sampled_from([1, 2, 3, 4, -1]),
    ),
    st.builds(
        lambda s, m, d: (s, t.MonthDay(m, d)),
        st.sampled_from([t.Spans("quarter"), t.Spans("half-year"), t.Spans("quarter", shift=1)]),
        st.sampled_from([1, 2, 3, -1]),
        st.integers(1, 28),
    ),
    st.builds(
        lambda shift, d: (t.Spans("month", shift=shift), t.MonthDay(1, d)), st.sampled_from([1, -1]), st.integers(1, 31)
    ),
    st.builds(
        lambda shift, p: (t.Spans("year", shift=shift), t.MonthDay(*p)),
        st.sampled_from([1, -1]),
        st.sampled_from(PAIRS),
    ),
)
in_spans = st.builds(lambda pair, flag: simplest(t.InSpans(pair[0], pair[1], flag)), spots, flags)
weekly = st.builds(
    lambda days, flag: t.Weekly(tuple(sorted(days)), flag), st.sets(weekdays, min_size=1, max_size=3), flags
)
named = st.builds(t.NamedDay, st.sampled_from(["dau-nam-hoc", "ket-thuc-nam-hoc", "ket-thuc-hoc-ky-1"]), flags)
plain = st.one_of(yearly, single, monthly, in_spans, weekly, named)
one_day = st.one_of(yearly.filter(lambda r: len(r.days) == 1), single, monthly, in_spans).map(
    lambda r: r._replace(strict=False) if hasattr(r, "strict") else r
)
offsets = st.builds(
    lambda n, unit, of: t.Offset(n, unit, of),
    st.one_of(amounts, amounts.map(lambda n: -n)),
    units,
    st.one_of(ends, yearly.filter(lambda r: len(r.days) == 1).map(lambda r: r._replace(strict=False))),
)
within = st.builds(t.Within, amounts, units, st.sampled_from(["", "event", "issued", "thu-ly", "duoc-giao-du-toan"]))
windows = st.one_of(
    st.builds(
        lambda a, b: t.Window(t.MonthlyDay(min(a, b), False), t.MonthlyDay(max(a, b), False)),
        st.integers(1, 28),
        st.integers(1, 28),
    ),
    st.builds(
        lambda a, b: t.Window(
            simplest(t.InSpans(t.Spans("month", shift=-1), t.MonthDay(1, a))), t.MonthlyDay(b, False)
        ),
        st.integers(1, 28),
        st.integers(1, 28),
    ),
    st.builds(
        lambda p, q: t.Window(
            simplest(t.InSpans(t.Spans("year", shift=-1), t.MonthDay(*p))), t.YearlyDates((q,), False)
        ),
        st.sampled_from(PAIRS),
        st.sampled_from(PAIRS),
    ),
)
during = st.builds(
    t.During, st.one_of(every.filter(lambda s: s.span not in ("half-year", "nine-months")), numbers, dated)
)
counts = st.builds(t.AtLeast, st.integers(1, 12), every)
exceptions = st.builds(
    t.Excepting,
    monthly,
    st.integers(1, 12).map(lambda n: t.Spans("month", (n,))),
    st.one_of(st.none(), yearly.filter(lambda r: len(r.days) == 1)),
)
cases = st.one_of(
    within,
    st.builds(lambda w, more: t.Prolonged(w, w._replace(amount=w.amount + more)), within, amounts),
    st.builds(t.Extendable, st.one_of(st.none(), within), st.integers(1, 3), amounts, units),
    st.builds(t.Lasting, amounts, units, st.sampled_from(["", "event"])),
    st.builds(t.BeforeOther, amounts, st.sampled_from(["bao-cao-nam", "hoi-nghi-cc"]), units, flags),
    st.builds(t.BeforeEvent, amounts, units, st.sampled_from(["bầu cử", "khai mạc", "tổ chức hội nghị"])),
    st.builds(
        lambda a, b, unit, of: t.Tiered((("xã", t.Offset(a, unit, of)), ("tỉnh", t.Offset(b, unit, of)))),
        amounts,
        amounts,
        units,
        every.map(lambda s: t.PeriodEnd(s.span, False)),
    ),
)
with_data = st.builds(
    t.WithData,
    monthly,
    st.one_of(windows, monthly.map(lambda r: r._replace(strict=False)), exceptions.filter(lambda r: r.instead)),
)
several_parts = st.lists(st.one_of(monthly, in_spans, yearly), min_size=2, max_size=3).map(
    lambda parts: several(
        [strict(p, "") if isinstance(p, t.InSpans | t.YearlyDates | t.MonthlyDay) else p for p in parts]
    )
)
rules = st.one_of(plain, offsets, windows, during, counts, exceptions, with_data, cases, monthly.map(t.CutOff))
rolls = st.sampled_from(["", "forward", "backward"])


@st.composite
def timings(draw: st.DrawFn) -> t.Timing:
    """A rule with its hour and its days off, as far as they make sense together."""
    rule = draw(rules)
    timing = t.Timing("", rule, t.default_roll(rule))
    if isinstance(rule, t.YearlyDates | t.MonthlyDay | t.SingleDate | t.Weekly) and not rule.strict:
        clock = draw(st.one_of(st.just(""), st.times().map(lambda at: f"{at:%H:%M}").filter(lambda at: at != "00:00")))
        timing = timing._replace(clock=clock)
    if isinstance(rule, t.MonthlyDay | t.YearlyDates | t.PeriodEnd):
        timing = timing._replace(on_weekend=draw(rolls), on_holiday=draw(rolls), stay_in_month=draw(flags))
        timing = timing._replace(roll=draw(st.sampled_from(["none", "forward", "backward"])))
    return timing


__all__ = ["ending", "one_day", "rules", "several_parts", "timings"]
