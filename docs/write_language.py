"""Write docs/language.md: every example is read by the program itself; a test says whether the page is up to date."""
# ruff: noqa: E501 -- the sentences of the page are one line each

import os
from datetime import date
from pathlib import Path

os.environ["DONDOC_LANG"] = "vi"

from definitions.timing_phrase import parse_phrase
from definitions.timing_plain import plain_calendar
from definitions.timing_words import CHOICE_KEYS, READING_KEYS, PhraseError
from dondoc.core.instances import instances
from dondoc.words.dates import short_date
from dondoc.words.explain import READINGS, WEEK_READINGS
from dondoc.words.say_rule import say_timing
from dondoc.words.say_rule_en import say_timing_en

PAGE = Path(__file__).parent / "language.md"
YEAR = 2022
GIVEN = {"last-week": "last-thursday", "period": "quarter", "nth-week": "nth-weekday"}
HEAD = """# Ngôn ngữ thời hạn · The language of dues

Trang này do `python docs/write_language.py` viết ra; mỗi ví dụ do chính chương trình đọc.
Hạn là ngày cuối cùng hợp lệ trong năm 2022, trước khi xét ngày nghỉ.

This page is written by `python docs/write_language.py`; every example is read by the program itself.
A due is the last lawful day in 2022, before days off are looked at.

Chép cụm từ từ văn bản đã ký vào `due:`. Viết hoa, dấu tổ hợp (NFD), khoảng trắng thừa, số 0 đứng trước,
"hàng/hằng", "quí/quý", "mồng/mùng", số bằng chữ đến "ba mươi mốt" đều được.
Điều gì đọc được theo hai cách thì bị từ chối, kèm cách nói gần nhất. Thử trước: `dondoc explain "…" --year 2022`.

Copy the phrase from the signed paper into `due:`. Capitals, decomposed letters, stray spaces, zeros, spelling variants and
numbers in words are understood. What can be read in two ways is refused, with the nearest known form.
"""
SECTIONS: list[tuple[str, str, list[str]]] = [
    ("Ngày cố định", "Fixed days", [
        "trước ngày 05/6", "chậm nhất ngày 05/6", "đến hết ngày 31/5", "trước ngày 05/6 và ngày 10/11 của năm",
        "trước ngày 15 tháng 9 năm 2022", "trước ngày 10/01 của năm liền kề", "trước ngày 15 các tháng 3, 6, 9 và 12"]),
    ("Ngày trong kỳ", "Days of a period", [
        "trước ngày 20 hằng tháng", "chậm nhất ngày 05 của tháng sau", "ngày 14 của tháng cuối quý",
        "ngày 10 tháng đầu quý sau", "báo cáo quý trước ngày 15 tháng cuối quý"]),
    ("Đầu, giữa, cuối kỳ (BLDS 2015, Điều 146)", "Edges of a period", [
        "ngày làm việc cuối cùng của tháng", "ngày làm việc thứ 3 của quý", "đầu tháng", "giữa tháng", "cuối năm",
        "hết quý II", "trong quý III", "6 tháng đầu năm"]),
    ("Thứ và tuần", "Weekdays and weeks", [
        "thứ Hai hằng tuần", "trước 16 giờ 30 thứ Sáu hằng tuần", "thứ 5 cuối cùng của tháng", "thứ Hai đầu tiên của quý",
        "thứ 5 của tuần cuối tháng", "thứ 5 của tuần thứ hai của tháng"]),
    ("Khoảng thời gian, kỳ số liệu (NĐ 09/2019)", "Windows and figures", [
        "từ ngày 1 đến ngày 5 hằng tháng", "từ ngày 15 tháng trước đến ngày 14 của tháng",
        "chốt số liệu từ 15/12 năm trước đến 14/3",
        "chốt ngày 25, gửi trước ngày 28 hằng tháng; riêng tháng 12 chốt 31/12", "trong 5 ngày đầu tháng",
        "sau khi kết thúc năm công tác nhưng không chậm hơn 03 tháng"]),
    ("Giờ", "Time of day", ["trước 16 giờ 00 ngày 07/6", "ngày 07/6 lúc 16h30", "trước 24 giờ 00 ngày 04/6"]),
    ("Thời hạn (BLDS 2015, Điều 147-148)", "Periods", [
        "trong thời hạn 10 ngày, kể từ ngày nhận được", "05 ngày làm việc kể từ thời điểm kết thúc kỳ",
        "10 ngày sau khi kết thúc quý", "trước khi kết thúc quý 10 ngày", "chậm nhất 05 ngày làm việc trước ngày 10/12",
        "15 ngày làm việc trước hoi-nghi-cc-vc-nld", "105 ngày trước ngày bầu cử",
        "05 ngày làm việc kể từ ngày kết thúc quý (xã); 15 (huyện); 25 (tỉnh)"]),
    ("Gia hạn, kéo dài, liên tục, số lần", "Extensions, durations, counts", [
        "không quá 30 ngày kể từ ngày thụ lý; có thể kéo dài nhưng không quá 45 ngày",
        "gia hạn hai lần, mỗi lần không quá 30 ngày", "niêm yết ít nhất 30 ngày liên tục", "ít nhất 02 lần trong năm",
        "ít nhất 01 ngày trong 01 tháng"]),
    ("Ngoại lệ và ngày nghỉ", "Exceptions and days off", [
        "trước ngày 20 hằng tháng; riêng tháng 12 trước ngày 15", "trước ngày 28 hằng tháng, trừ tháng 02",
        "ngày 15 hằng tháng (trùng nghỉ → ngày làm việc tiếp theo)",
        "ngày 15 hằng tháng, nếu trùng ngày lễ thì chuyển sang ngày làm việc tiếp theo",
        "trước ngày 15; sau ngày 15 chuyển tháng kế tiếp"]),
    ("Lịch khác, chưa có hạn", "Other calendars, no clock yet", [
        "cuối học kỳ I", "đầu năm học", "kết thúc năm học", "đúng thời gian quy định", "khi có phát sinh"]),
]  # fmt: skip
REFUSED = ["kịp thời", "thường xuyên", "định kỳ 6 tháng, năm", "thứ 5 của tuần cuối tháng", "ngày 15", "sau ngày 15 hằng tháng",
           "từ ngày 20 đến ngày 5 hằng tháng", "trước ngày 05/6 hoặc ngày 10/6", "ngày thứ 5 của tháng", "trong 24 giờ"]  # fmt: skip
RUNS = """
## Điều gì chạy được trong kế hoạch · What a plan runs

Mọi dạng trên đều giải thích được bằng `dondoc explain`. Trong kế hoạch, các dạng sau bị từ chối kèm lời chỉ dẫn, không bao giờ
bị hiểu thành điều khác: liên tục (dùng hai bước và `min-days-after`), theo cấp (chọn bằng
`reading: {tier: …}`), chỉ nói gia hạn, ngày của một sự kiện chưa mở vụ việc, ngày của lịch khác chưa ghi ở `named-days`.

All forms above can be explained. In a plan these are refused with advice, and never run as something else:
without a break, by tier without a chosen one, an extension alone, the day of an event that opens no case, a day of
another calendar that `named-days` does not give.
"""


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    for vietnamese, english, phrases in SECTIONS:
        parts.append(
            f"\n## {vietnamese} · {english}\n\n| Cụm từ | Được hiểu là | In English | Hạn năm 2022 |\n|---|---|---|---|\n"
        )
        parts += [_row(phrase) for phrase in phrases]
    return "".join((*parts, _readings(), _refused(), RUNS))


def _row(phrase: str) -> str:
    timing = parse_phrase(phrase, GIVEN, year=YEAR)
    found = instances(timing.rule, YEAR, plain_calendar(YEAR))
    return f"| {phrase} | {say_timing(timing)} | {say_timing_en(timing)} | {_days([one.last_on for one in found])} |\n"


def _days(days: list[date | None]) -> str:
    known = [short_date(day) for day in days if day]
    if not known:
        return "chưa biết"
    return ", ".join(known if len(known) < 5 else (*known[:3], f"… ({len(known)})"))


def _readings() -> str:
    rows = ["\n## Cách hiểu của từ mơ hồ · Readings of vague words\n\n"
            "Từ mơ hồ phải có `reading:` kèm `basis: proposed` hoặc `decided` (by, on, document); quyết định ấy hiện ở phần "
            "“vì sao” của mỗi thông báo.\nA vague word needs a `reading:` with its basis; the decision shows in every notice.\n\n"
            "| Khoá | Từ |\n|---|---|\n"]  # fmt: skip
    rows += [f"| `{key}` | {word} |\n" for key, word in (READING_KEYS | CHOICE_KEYS).items()]
    rows.append("\n| Cách hiểu | Nghĩa là |\n|---|---|\n")
    named = {**READINGS, **WEEK_READINGS}
    rows += [f"| `{key}` | {words.format(weekday='thứ', n='n')} |\n" for key, words in named.items()]
    return "".join(rows)


def _refused() -> str:
    rows = ["\n## Bị từ chối · Refused\n\n| Cụm từ | Câu trả lời |\n|---|---|\n"]
    for phrase in REFUSED:
        try:
            parse_phrase(phrase, year=YEAR)
        except PhraseError as error:
            rows.append(f"| {phrase} | {error} |\n")
        else:
            raise AssertionError(phrase)
    return "".join(rows)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
