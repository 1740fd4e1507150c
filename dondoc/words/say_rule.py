"""A rule said as an office says it; what is said parses to the same rule again (tests hold both to that)."""

from dondoc.core import timing as t

SPANS = {"week": "tuần", "month": "tháng", "quarter": "quý", "half-year": "6 tháng", "nine-months": "9 tháng"}
SPANS |= {"year": "năm"}
UNITS = {"day": "ngày", "working-day": "ngày làm việc", "month": "tháng"}
WEEKDAYS = ("thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật")
ROMAN = ("I", "II", "III", "IV")
NAMED = {
    "dau-nam-hoc": "đầu năm học",
    "ket-thuc-nam-hoc": "kết thúc năm học",
    "dau-hoc-ky-1": "đầu học kỳ I",
    "dau-hoc-ky-2": "đầu học kỳ II",
    "ket-thuc-hoc-ky-1": "kết thúc học kỳ I",
    "ket-thuc-hoc-ky-2": "kết thúc học kỳ II",
}
ACTS = {"event": " kể từ ngày nhận", "issued": " kể từ ngày ban hành", "thu-ly": " kể từ ngày thụ lý", "": ""}


def say_timing(timing: t.Timing) -> str:
    """The rule with its hour and what happens on days off; vague words keep the words of the paper."""
    clock = f"{timing.clock[:2]} giờ {timing.clock[3:]} " if timing.clock else ""
    said = say_rule(timing.rule, clock)
    for cause, roll in (
        ("ngày nghỉ", timing.roll),
        ("thứ bảy, chủ nhật", timing.on_weekend),
        ("ngày lễ", timing.on_holiday),
    ):
        if roll in ("forward", "backward") and not (cause == "ngày nghỉ" and t.default_roll(timing.rule) == roll):
            direction = "tiếp theo" if roll == "forward" else "liền trước"
            said += f", nếu trùng {cause} thì chuyển sang ngày làm việc {direction}"
    return said + (", trong cùng tháng" if timing.stay_in_month else "")


def say_rule(rule: t.Rule, clock: str = "") -> str:
    """The rule in Vietnamese."""
    match rule:
        case t.YearlyDates(days, strict):
            named = [f"ngày {_two(day)}/{_month(month)}" for month, day in days]
            return _edge(strict, clock) + " và ".join(named)
        case t.SingleDate(on, strict):
            return f"{_edge(strict, clock)}ngày {on.day:02}/{_month(on.month)}/{on.year}"
        case t.MonthlyDay(day, strict):
            return f"{_edge(strict, clock)}ngày {_two(day)} hằng tháng"
        case t.MonthlyWeekday(weekday, reading):
            week = "cuối cùng của tháng" if reading == "last-thursday" else "của tuần cuối tháng"
            return f"{_at(clock)}{WEEKDAYS[weekday]} {week}"
        case t.PeriodEnd(span, working):
            return f"{_at(clock)}{_nth_day(t.NthDay(-1, working))} của {SPANS[span]}"
        case t.NthWorkingDay(n, span):
            return f"{_at(clock)}{_nth_day(t.NthDay(n, True))} của {SPANS[span]}"
        case t.InSpans(spans, spot, strict):
            edge = _edge(strict, clock) if isinstance(spot, t.MonthDay) else _on(strict, clock)
            return edge + _spot(spot, spans)
        case t.During(spans):
            return f"trong {_spans(spans)}"
        case t.Weekly(weekdays, strict):
            return _on(strict, clock) + ", ".join(WEEKDAYS[w] for w in weekdays) + " hằng tuần"
        case t.NamedDay(name, strict):
            return _on(strict, clock) + NAMED.get(name, name)
        case _:
            return _say_more(rule, clock)


def _say_more(rule: t.Rule, clock: str) -> str:
    match rule:
        case t.Within(amount, unit, after):
            return f"trong thời hạn {_amount(amount, unit)}{_act(after)}"
        case t.BeforeOther(amount, other, unit, after):
            return f"{_amount(amount, unit)} {'sau hạn của' if after else 'trước'} {other}"
        case t.BeforeEvent(amount, unit, event):
            return f"{_amount(amount, unit)} trước ngày {event}"
        case t.Offset(amount, unit, of):
            return _offset(amount, unit, of)
        case t.Window(first, last):
            return _window(first, last)
        case t.WithData(due, t.Excepting() as data):
            chain = _exceptions(data)
            return f"số liệu chốt {say_rule(chain[0])}; gửi {say_rule(due, clock)}" + "".join(
                f"; riêng {_spans(spans)} chốt {say_rule(instead)}" for spans, instead in chain[1] if instead
            )
        case t.WithData(due, data):
            return f"số liệu chốt {say_rule(data)}; gửi {say_rule(due, clock)}"
        case t.Several(parts):
            return _several(parts, clock)
        case t.Excepting(inner, spans, instead):
            return f"{say_rule(inner, clock)}; " + (
                f"riêng {_spans(spans)} {say_rule(instead)}" if instead else f"trừ {_spans(spans)}"
            )
        case t.CutOff(inner):
            return f"{say_rule(inner, clock)}; sau thời hạn này chuyển sang tháng kế tiếp"
        case t.Tiered(tiers):
            opening = f"{say_rule(tiers[0][1])} ({tiers[0][0]})"
            return opening + "".join(f"; {_two(getattr(one, 'amount'))} ({tier})" for tier, one in tiers[1:])  # noqa: B009
        case t.AtLeast(times, spans):
            return f"ít nhất {_two(times)} lần trong {_spans(spans)}"
        case t.Lasting(amount, unit, after):
            return f"niêm yết ít nhất {_amount(amount, unit)} liên tục{_act(after)}"
        case t.Prolonged(base, longest):
            return f"{say_rule(base)}; có thể kéo dài nhưng không quá {_amount(longest.amount, longest.unit)}"
        case t.Extendable(base, times, amount, unit):
            lead = f"{say_rule(base)}; có thể được " if base else ""
            return f"{lead}gia hạn {_two(times)} lần, mỗi lần không quá {_amount(amount, unit)}"
        case t.Unset(pointer):
            return pointer
        case _:
            return "khi có phát sinh"


def _two(number: int) -> str:
    return f"{number:02}"


def _month(number: int) -> str:
    # NĐ 30/2020/NĐ-CP, Phụ lục I: tháng 01 và 02 có số 0, tháng 3 trở đi không.
    return f"{number:02}" if number < 3 else str(number)


def _edge(strict: bool, clock: str) -> str:
    if clock:
        return f"trước {clock}"
    return "trước " if strict else "chậm nhất "


def _on(strict: bool, clock: str) -> str:
    return f"trước {clock}" if clock else "trước " if strict else ""


def _at(clock: str) -> str:
    return f"trước {clock}" if clock else ""


def _amount(amount: int, unit: t.Unit) -> str:
    return f"{_two(abs(amount))} {UNITS[unit]}"


def _act(after: str) -> str:
    return ACTS.get(after, f" kể từ ngày {after}")


def _nth_day(spot: t.NthDay) -> str:
    which = {1: "đầu tiên", -1: "cuối cùng", -2: "áp chót"}.get(spot.n, f"thứ {spot.n}")
    return f"ngày {'làm việc ' if spot.working else ''}{which}"


def _spot(spot: t.Spot, spans: t.Spans) -> str:
    match spot:
        case t.NthDay():
            return f"{_nth_day(spot)} của {_spans(spans)}"
        case t.MonthDay(month, day):
            if spans.span == "month":
                return f"ngày {_two(day)} của {_spans(spans)}"
            if spans.span == "year" and month > 0 and spans.shift in (1, -1):
                return f"ngày {_two(day)}/{_month(month)} của {_spans(spans)}"
            which = {1: "đầu", -1: "cuối", -2: "áp chót"}.get(month, f"thứ {month}")
            return f"ngày {_two(day)} tháng {which} của {_spans(spans)}"
        case t.NthWeekday(weekday, n):
            which = {1: "đầu tiên", -1: "cuối cùng", -2: "áp chót"}.get(n, f"thứ {n}")
            return f"{WEEKDAYS[weekday]} {which} của {_spans(spans)}"
        case t.WeekdayOfNthWeek(weekday, n):
            return f"{WEEKDAYS[weekday]} của tuần thứ {n} của {_spans(spans)}"


def _spans(spans: t.Spans) -> str:
    word = SPANS[spans.span]
    year = f" năm {spans.year}" if spans.year else ""
    if spans.shift:
        return f"{word} {'sau' if spans.shift > 0 else 'trước'}"
    if spans.span == "half-year" and spans.numbers:
        return f"6 tháng {'đầu' if spans.numbers == (1,) else 'cuối'} năm{year.removeprefix(' năm')}"
    if spans.span == "nine-months":
        return f"9 tháng đầu năm{year.removeprefix(' năm')}"
    if spans.span == "year":
        return f"năm {spans.year}" if spans.year else "năm"
    names = [ROMAN[n - 1] if spans.span == "quarter" else _month(n) for n in spans.numbers]
    return f"{word} {', '.join(names)}{year}" if names else word


def _offset(amount: int, unit: t.Unit, of: t.Rule) -> str:
    if isinstance(of, t.PeriodEnd) and not of.working:
        end = f"kết thúc {SPANS[of.span]}"
    elif isinstance(of, t.InSpans) and of.spot == t.NthDay(-1) and not of.strict:
        end = f"kết thúc {_spans(of.spans)}"
    else:
        end = say_rule(of).removeprefix("chậm nhất ")
    return (
        f"{_amount(amount, unit)} {'kể từ' if amount > 0 else 'trước'} {'ngày ' if end.startswith('kết') else ''}{end}"
    )


def _window(first: t.Rule, last: t.Rule) -> str:
    match first, last:
        case t.Offset(1, "day", opened), t.Offset(amount, unit, closed) if opened == closed:
            end = _offset(1, "day", closed).partition("kết thúc ")[2]
            return f"sau khi kết thúc {end} nhưng không quá {_amount(amount, unit)}"
        case t.Weekly((opens,)), t.Weekly((closes,)):
            return f"từ {WEEKDAYS[opens]} đến {WEEKDAYS[closes]} hằng tuần"
    return f"từ {say_rule(first).removeprefix('chậm nhất ')} đến {say_rule(last).removeprefix('chậm nhất ')}"


def _exceptions(rule: t.Excepting) -> tuple[t.Rule, list[tuple[t.Spans, t.Rule | None]]]:
    inner: t.Rule = rule
    found: list[tuple[t.Spans, t.Rule | None]] = []
    while isinstance(inner, t.Excepting):
        found.insert(0, (inner.spans, inner.instead))
        inner = inner.rule
    return inner, found


def _several(parts: tuple[t.Rule, ...], clock: str) -> str:
    return "; ".join(say_rule(part, clock if i == 0 else "") for i, part in enumerate(parts))
