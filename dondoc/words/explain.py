"""The reasons of a due, said as an office says them: from the phrase to the working day aimed at.

A reason is a code and its arguments in one string (dondoc.core.due); a code nobody knows is shown as it stands.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from dondoc.words import _
from dondoc.words.dates import short_date, weekday


def explain(why: Sequence[str]) -> list[str]:
    """One line a reason, in order; reasons that say nothing to people are left out."""
    return [line for reason in why if (line := say(reason))]


def say(reason: str) -> str:
    """One reason in words, "" where it needs none."""
    code, _space, rest = reason.partition(" ")
    return SAYINGS[code](rest) if code in SAYINGS else reason


def _dated(text: str) -> str:
    return short_date(date.fromisoformat(text))


def _phrase(rest: str) -> str:
    return _("Hạn ghi: “{phrase}”").format(phrase=rest)


def _strictly_before(rest: str) -> str:
    named_on, last_on = rest.split()
    return _("trước ngày {named} → hết ngày {last}").format(named=_dated(named_on), last=_dated(last_on))


def _at_the_latest(rest: str) -> str:
    return _("chậm nhất → hết ngày {last}").format(last=_dated(rest))


def _counted(rest: str) -> str:
    amount, unit, start, end = rest.split()
    return _("{amount} {unit} kể từ ngày {start} (không tính ngày đó) → hết ngày {end}").format(
        amount=amount, unit=_(UNITS[unit]), start=_dated(start), end=_dated(end)
    )


def _last_day(rest: str) -> str:
    return _("ngày cuối kỳ là ngày {day}").format(day=_dated(rest))


def _last_working_day(rest: str) -> str:
    end, day = rest.split()
    return _("ngày làm việc cuối cùng của kỳ (kỳ hết ngày {end}) là ngày {day}").format(
        end=_dated(end), day=_dated(day)
    )


def _nth_working_day(rest: str) -> str:
    n, first, day = rest.split()
    return _("ngày làm việc thứ {n} kể từ ngày {first} là ngày {day}").format(n=n, first=_dated(first), day=_dated(day))


def _weekday(rest: str) -> str:
    _number, reading, text = rest.split()
    name = weekday(date.fromisoformat(text))
    words = _("{reading}: {weekday}, ngày {day}")
    return words.format(reading=_(READINGS[reading]).format(weekday=name), weekday=name, day=_dated(text))


def _day_off(rest: str) -> str:
    text, _space, reason = rest.partition(" ")
    day = date.fromisoformat(text)
    off = _("{day} là {weekday}, ngày nghỉ").format(day=short_date(day), weekday=weekday(day))
    return f"{off} ({reason})" if reason else off


def _collision(rest: str) -> str:
    rule, old, new = rest.split()
    words = _("trùng ngày nghỉ, {rule}: từ ngày {old} sang {weekday}, ngày {new}")
    name = weekday(date.fromisoformat(new))
    return words.format(rule=_(COLLISIONS[rule]), old=_dated(old), weekday=name, new=_dated(new))


def _rolled(rest: str) -> str:
    old, new = rest.split()
    words = _("chuyển tới {weekday}, ngày {new}") if new > old else _("chuyển về {weekday}, ngày {new}")
    return words.format(weekday=weekday(date.fromisoformat(new)), new=_dated(new))


def _target(rest: str) -> str:
    target, last_on = rest.split()
    name = weekday(date.fromisoformat(target))
    if target == last_on:
        return _("ngày phải xong: {weekday}, ngày {target}").format(weekday=name, target=_dated(target))
    words = _("lùi về {weekday}, ngày {target} (hạn pháp lý: hết ngày {last})")
    return words.format(weekday=name, target=_dated(target), last=_dated(last_on))


def _before_other(rest: str) -> str:
    amount, other, day = rest.split()
    words = _("{amount} ngày làm việc trước ngày {other} (ngày phải xong của việc dùng kết quả này) → ngày {day}")
    return words.format(amount=amount, other=_dated(other), day=_dated(day))


def _unset(rest: str) -> str:
    return _("chưa xác định hạn: “{pointer}” – Văn phòng phải tìm và ghi hạn").format(pointer=rest)


def _resubmission(rest: str) -> str:
    amount, last_on = rest.split()
    return _("bị trả lại: nộp lại trong {amount} ngày làm việc → hết ngày {last}").format(
        amount=amount, last=_dated(last_on)
    )


def _joined(rest: str) -> str:
    amount, last_on = rest.split()
    words = _("có người mới thuộc diện phổ biến: xác nhận trong {amount} ngày làm việc → hết ngày {last}")
    return words.format(amount=amount, last=_dated(last_on))


def _decided_by(rest: str) -> str:
    return _("hạn ấn định tại văn bản {document}").format(document=rest)


def _set(rest: str) -> str:
    return _(CAUSES[rest]) if rest in CAUSES else rest


def _counted_back(rest: str) -> str:
    amount, unit, start, end = rest.split()
    return _("lùi {amount} {unit} trước ngày {start} (không tính ngày đó) → ngày {end}").format(
        amount=amount, unit=_(UNITS[unit]), start=_dated(start), end=_dated(end)
    )


def _between(words: str, rest: str) -> str:
    first, last = rest.split()
    return words.format(first=_dated(first), last=_dated(last))


def _during(rest: str) -> str:
    return _between(_("trong kỳ từ ngày {first} → hết ngày {last}"), rest)


def _window(rest: str) -> str:
    return _between(_("từ ngày {first} đến hết ngày {last}"), rest)


def _data(rest: str) -> str:
    return _between(_("số liệu lấy từ ngày {first} đến hết ngày {last}"), rest)


def _data_cut(rest: str) -> str:
    return _("số liệu chốt đến hết ngày {day}").format(day=_dated(rest))


def _data_late(rest: str) -> str:
    return _between(_("lưu ý: số liệu chốt ngày {first}, sau hạn ngày {last}; hãy xem lại văn bản"), rest)


def _at_least(rest: str) -> str:
    times, first, last = rest.split()
    words = _("ít nhất {times} lần từ ngày {first} → đủ trước khi hết ngày {last}")
    return words.format(times=times, first=_dated(first), last=_dated(last))


def _weekly(rest: str) -> str:
    day = date.fromisoformat(rest.split()[1])
    return _("hằng tuần: {weekday}, ngày {day}").format(weekday=weekday(day), day=short_date(day))


def _named_day(rest: str) -> str:
    name, day = rest.split()
    return _("{name} theo lịch đã ban hành: ngày {day}").format(name=_(NAMED.get(name, name)), day=_dated(day))


def _unknown_day(rest: str) -> str:
    name, year = rest.split()
    return _("chưa có ngày {name} của năm {year}: cần lịch do cơ quan có thẩm quyền ban hành").format(
        name=_(NAMED.get(name, name)), year=year
    )


def _cut_off(rest: str) -> str:
    return _("đến sau ngày {day} thì tính vào tháng kế tiếp").format(day=_dated(rest))


def _excepted(rest: str) -> str:
    return _("kỳ {period} có ngoại lệ riêng").format(period=rest)


def _nth_weekday(rest: str) -> str:
    _number, n, text = rest.split()
    name = weekday(date.fromisoformat(text))
    which = _("{weekday} cuối cùng") if n == "-1" else _("{weekday} lần thứ {n}")
    return _("{which} của kỳ: ngày {day}").format(which=which.format(weekday=name, n=n), day=_dated(text))


def _week_weekday(rest: str) -> str:
    _number, n, reading, text = rest.split()
    name = weekday(date.fromisoformat(text))
    words = _(WEEK_READINGS[reading]).format(weekday=name, n=n)
    return _("{reading}: {weekday}, ngày {day}").format(reading=words, weekday=name, day=_dated(text))


def _clock(rest: str) -> str:
    clock, day = rest.split()
    return _("chậm nhất lúc {clock} ngày {day}").format(clock=clock, day=_dated(day))


def _reading(rest: str) -> str:
    return _("cách hiểu đang dùng: {decision}").format(decision=_reading_words(rest))


def _reading_words(rest: str) -> str:
    reading, _bar, decision = rest.partition(" | ")
    known = _(READINGS[reading]).format(weekday=_("thứ đã nêu")) if reading in READINGS else reading
    return f"{known} ({_('đề xuất, chưa được quyết định') if decision == 'proposed' else decision})"


UNITS = {"day": "ngày", "working-day": "ngày làm việc", "month": "tháng"}
READINGS = {
    "last-thursday": "{weekday} cuối cùng của tháng",
    "week-of-last-day": "{weekday} của tuần có ngày cuối tháng",
    "last-full-week": "{weekday} của tuần trọn (Thứ Hai – Chủ nhật) cuối cùng trong tháng",
    "last-full-work-week": "{weekday} của tuần làm việc trọn (Thứ Hai – Thứ Sáu) cuối cùng trong tháng",
    "fourth-thursday": "{weekday} thứ tư trong tháng",
}
WEEK_READINGS = {
    "nth-weekday": "{weekday} lần thứ {n} trong tháng",
    "nth-calendar-week": "{weekday} của tuần thứ {n} trên tờ lịch tháng (kể cả tuần không trọn)",
    "nth-full-week": "{weekday} của tuần trọn thứ {n} trong tháng",
}
NAMED = {
    "dau-nam-hoc": "đầu năm học",
    "ket-thuc-nam-hoc": "kết thúc năm học",
    "dau-hoc-ky-1": "đầu học kỳ I",
    "dau-hoc-ky-2": "đầu học kỳ II",
    "ket-thuc-hoc-ky-1": "kết thúc học kỳ I",
    "ket-thuc-hoc-ky-2": "kết thúc học kỳ II",
}
COLLISIONS = {
    "next": "chuyển sang ngày làm việc tiếp theo",
    "previous": "chuyển về ngày làm việc liền trước",
    "next-in-month-else-previous": "chuyển sang ngày làm việc tiếp theo trong cùng tháng, nếu không còn thì liền trước",
}
CAUSES = {
    "opened": "mở theo kế hoạch",
    "bound": "hạn đã được xác định",
    "extended": "được gia hạn",
    "moved": "lịch làm việc thay đổi nên hạn thay đổi theo",
    "resubmission": "bị trả lại, phải nộp lại",
    "resumed": "hết tạm dừng: cộng số ngày đã tạm dừng",
    "live": "bắt đầu theo dõi chính thức",
    "joined": "có người mới thuộc diện phổ biến",
    "decided": "theo quyết định của người có thẩm quyền, hạn giữ như đã ghi",
    "reassigned": "giao người khác thực hiện, hạn giữ nguyên",
    "adopted": "áp dụng bản kế hoạch sửa đổi",
}
SAYINGS: Mapping[str, Callable[[str], str]] = {
    "phrase": _phrase,
    "strictly-before": _strictly_before,
    "at-the-latest": _at_the_latest,
    "counted": _counted,
    "last-day": _last_day,
    "last-working-day": _last_working_day,
    "nth-working-day": _nth_working_day,
    "weekday": _weekday,
    "day-off": _day_off,
    "collision": _collision,
    "rolled": _rolled,
    "target": _target,
    "before-other": _before_other,
    "unset": _unset,
    "counted-back": _counted_back,
    "during": _during,
    "window": _window,
    "data": _data,
    "data-cut": _data_cut,
    "data-late": _data_late,
    "at-least": _at_least,
    "weekly": _weekly,
    "named-day": _named_day,
    "unknown-day": _unknown_day,
    "cut-off": _cut_off,
    "excepted": _excepted,
    "nth-weekday": _nth_weekday,
    "week-weekday": _week_weekday,
    "clock": _clock,
    "reading": _reading,
    "resubmission": _resubmission,
    "joined": _joined,
    "decided-by": _decided_by,
    "set": _set,
}
