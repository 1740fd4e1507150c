"""One meaning in the spellings of many papers, and phrases that must not be understood."""

import unicodedata
from datetime import date

import pytest

from definitions.timing_phrase import parse_phrase
from definitions.timing_words import AmbiguousPhrase, PhraseError
from dondoc.core import timing as t

M = t.Spans("month")
SAME = [
    (
        t.YearlyDates(((6, 5),), True),
        [
            "trước ngày 05/6",
            "trước ngày 5/6",
            "trước 05/06",
            "trước ngày 05 tháng 6",
            "trước ngày mùng 5 tháng 6",
            "trước ngày mồng năm tháng sáu",
            "  Trước  NGÀY 05 / 6 hàng năm.",
            "trước 0 giờ 00 ngày 05/6",
            "chậm nhất là trước ngày 05/6",
            "gửi báo cáo trước ngày 05/6",
            "báo cáo 6 tháng trước ngày 05/6",
        ],
    ),
    (
        t.YearlyDates(((6, 4),), False),
        [
            "chậm nhất ngày 04/6",
            "muộn nhất ngày 04/6",
            "không quá ngày 04/6",
            "đến hết ngày 04/6",
            "trước 24 giờ 00 ngày 04/6",
            "cho đến ngày 4 tháng 6",
        ],
    ),
    (
        t.MonthlyDay(20, True),
        [
            "trước ngày 20 hằng tháng",
            "trước ngày 20 hàng tháng",
            "hằng tháng, trước ngày 20",
            "trước ngày hai mươi mỗi tháng",
            "báo cáo tháng trước ngày 20",
            "định kỳ hằng tháng trước ngày 20",
        ],
    ),
    (
        t.MonthlyWeekday(3, "last-thursday"),
        ["thứ 5 cuối cùng của tháng", "thứ năm cuối cùng của tháng", "ngày Thứ Năm cuối cùng trong tháng"],
    ),
    (t.During(t.Spans("quarter", (3,))), ["quý III", "quý 3", "trong quý III", "quí III", "Quý ba"]),
    (
        t.Within(15, "working-day", "event"),
        [
            "mười lăm ngày làm việc kể từ ngày nhận",
            "15 ngày làm việc, kể từ khi nhận được đơn",
            "trong thời hạn 15 ngày làm việc kể từ ngày nhận đủ hồ sơ",
            "không quá 15 ngày làm việc từ ngày tiếp nhận",
        ],
    ),
    (t.Within(30, "day", "event"), ["ba mươi ngày kể từ ngày nhận", "30 ngày tính từ ngày nhận"]),
    (
        t.Weekly((0,)),
        [
            "thứ Hai hằng tuần",
            "thứ 2 hàng tuần",
            "vào thứ hai mỗi tuần",
            "hằng tuần vào thứ hai",
            "mỗi tuần một lần, vào thứ hai",
        ],
    ),
    (
        t.InSpans(M._replace(shift=1), t.MonthDay(1, 5)),
        [
            "ngày 05 tháng sau",
            "chậm nhất ngày 5 của tháng tiếp theo",
            "ngày 5 tháng kế tiếp",
            "ngày mùng 5 tháng liền kề",
            "chậm nhất ngày 05 của tháng liền sau tháng báo cáo",
        ],
    ),
    (
        t.InSpans(t.Spans("year", shift=1), t.MonthDay(1, 10), True),
        ["trước ngày 10/01 của năm liền kề", "trước ngày 10/1 năm sau", "trước ngày 10 tháng 01 năm tiếp theo"],
    ),
    (
        t.InSpans(t.Spans("quarter"), t.MonthDay(-1, 14)),
        ["ngày 14 của tháng cuối quý", "ngày 14 tháng cuối cùng của quý"],
    ),
    (
        t.AtLeast(2, t.Spans("year")),
        [
            "ít nhất 02 lần trong năm",
            "tối thiểu hai lần trong một năm",
            "02 lần/năm",
            "mỗi năm ít nhất hai lần",
            "một năm hai lần",
            "hai lần một năm",
        ],
    ),
    (
        t.Window(t.MonthlyDay(1, False), t.MonthlyDay(5, False)),
        ["từ ngày 1 đến ngày 5 hằng tháng", "từ ngày 01 đến hết ngày 05 của tháng", "trong 5 ngày đầu tháng"],
    ),
    (
        t.Offset(-10, "day", t.PeriodEnd("quarter", False)),
        ["trước khi kết thúc quý 10 ngày", "10 ngày trước khi hết quý"],
    ),
    (t.PeriodEnd("month", False), ["cuối tháng", "ngày cuối cùng của tháng"]),
    (
        t.Lasting(30, "day", ""),
        [
            "niêm yết ít nhất 30 ngày liên tục",
            "công khai tối thiểu ba mươi ngày liên tục",
            "niêm yết trong 30 ngày liên tục",
        ],
    ),
    (
        t.Extendable(None, 2, 30, "day"),
        [
            "gia hạn hai lần, mỗi lần không quá 30 ngày",
            "gia hạn 02 lần, mỗi lần tối đa 30 ngày",
            "đối với vụ việc đặc biệt phức tạp thì có thể gia hạn hai lần, mỗi lần không quá 30 ngày",
        ],
    ),
    (
        t.Prolonged(t.Within(30, "day", "thu-ly"), t.Within(45, "day", "thu-ly")),
        [
            "không quá 30 ngày kể từ ngày thụ lý; có thể kéo dài nhưng không quá 45 ngày",
            "30 ngày kể từ ngày thụ lý; vụ việc phức tạp không quá 45 ngày",
            "thời hạn giải quyết khiếu nại lần đầu không quá 30 ngày, kể từ ngày thụ lý; đối với vụ việc phức tạp thì"
            " thời hạn giải quyết có thể kéo dài hơn nhưng không quá 45 ngày, kể từ ngày thụ lý",
        ],
    ),
    (
        t.Extendable(t.Within(30, "day", "thu-ly"), 1, 30, "day"),
        [
            "thời hạn giải quyết tố cáo là không quá 30 ngày kể từ ngày thụ lý tố cáo. Đối với vụ việc phức tạp thì có"
            " thể gia hạn giải quyết tố cáo một lần nhưng không quá 30 ngày",
        ],
    ),
    (t.Within(15, "day", "issued"), ["ngày thứ 15 kể từ ngày ký", "thời hạn: 15 ngày kể từ ngày ban hành"]),
    (
        t.YearlyDates(((6, 20), (12, 20)), True),
        [
            "trước ngày 20/6 (báo cáo 6 tháng) và trước ngày 20/12 (báo cáo năm)",
            "báo cáo 6 tháng trước ngày 20/6, báo cáo năm trước ngày 20/12",
            "xong trước ngày 20/6 và ngày 20/12",
        ],
    ),
    (
        t.Excepting(t.MonthlyDay(20, True), M._replace(numbers=(6, 12)), None),
        ["hằng tháng, trước ngày 20, trừ tháng 6 và tháng 12", "trước ngày 20 hằng tháng, trừ các tháng 6, 12"],
    ),
    (
        t.SingleDate(date(2022, 9, 15), True),
        ["trước ngày 15/9/2022", "trước ngày 15 tháng 9 năm 2022", "trước ngày 15/9 năm 2022", "trước ngày 2022-09-15"],
    ),
]
REFUSED = [
    "trước ngày 05/6 hoặc ngày 10/6",
    "sau ngày 15 hằng tháng",
    "ngày thứ 5 của tháng",
    "từ ngày 20 đến ngày 5 hằng tháng",
    "trước ngày 15 tháng 3, tháng 6",
    "hằng quý, trước ngày 20 hằng tháng",
    "trong 24 giờ",
    "ngày 15",
    "thứ 8 hằng tuần",
    "quý V",
    "tháng 13",
    "thứ 5 thứ năm của tháng",
    "giữa quý",
    "trước 25 giờ ngày 05/6",
    "trước trước ngày 05/6",
    "trước ngày 05/6 ngày 10/6",
    "khoảng ngày 15 hằng tháng",
    "không trước ngày 05/6",
    "trước ngày 05/6 trừ khi có việc",
    "ngày 31/6",
    "từ ngày 10 đến ngày 12 và ngày 20 hằng tháng",
    "gần ngày 05/6",
    "trước ngày 05/6, ngày làm việc",
    "ngày làm việc",
    "5 ngày hằng tháng",
    "không phải trước ngày 05/6",
    "trước ngày 05/6 của năm 2022 và 2023",
    "30 ngày kể từ ngày thụ lý; vụ việc phức tạp không quá 45 ngày kể từ ngày nhận",
    "30 ngày kể từ ngày thụ lý; vụ việc phức tạp không quá 20 ngày",
    "mỗi tuần hai lần vào thứ Sáu",
]


@pytest.mark.parametrize(("rule", "phrase"), [(rule, phrase) for rule, phrases in SAME for phrase in phrases])
def test_one_meaning_in_many_spellings(rule, phrase):
    assert parse_phrase(phrase).rule == rule
    assert parse_phrase(unicodedata.normalize("NFD", phrase.upper() if "20" not in phrase else phrase)).rule == rule


@pytest.mark.parametrize("phrase", REFUSED)
def test_what_is_not_surely_understood_is_refused_with_the_nearest_form(phrase):
    with pytest.raises(PhraseError) as caught:
        parse_phrase(phrase)
    assert caught.value.expected
    assert (
        isinstance(caught.value, AmbiguousPhrase) or "Gần nhất" in caught.value.hint or "không có" in caught.value.found
    )


@pytest.mark.parametrize(
    ("phrase", "stuck"),
    [("trước ngày 05/6 hoặc ngày 10/6", "hoặc ngày 10/6"), ("khoảng ngày 15 hằng tháng", "khoảng")],
)
def test_a_refusal_names_what_was_not_understood(phrase, stuck):
    with pytest.raises(PhraseError, match=stuck):
        parse_phrase(phrase)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "một"),
        (4, "bốn"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (25, "hai mươi lăm"),
        (30, "ba mươi"),
    ],
)
def test_numbers_in_words_up_to_thirty(number, words):
    assert parse_phrase(f"{words} ngày kể từ ngày nhận").rule == t.Within(number, "day", "event")


def test_days_off_roll_by_their_cause():
    phrase = "ngày 15 hằng tháng, nếu trùng ngày lễ thì chuyển sang ngày làm việc tiếp theo"
    timing = parse_phrase(f"{phrase}, nếu trùng thứ bảy, chủ nhật thì chuyển về ngày làm việc liền trước")
    assert (timing.roll, timing.on_holiday, timing.on_weekend) == ("none", "forward", "backward")


def test_the_day_of_a_period_word_is_a_reading():
    with pytest.raises(AmbiguousPhrase) as caught:
        parse_phrase("05 ngày làm việc kể từ thời điểm kết thúc kỳ")
    assert caught.value.readings == ("month", "quarter", "half-year", "year")
    timing = parse_phrase("05 ngày làm việc kể từ thời điểm kết thúc kỳ", {"period": "quarter"})
    assert timing.rule == t.Offset(5, "working-day", t.PeriodEnd("quarter", False))


@pytest.mark.parametrize(
    "cause",
    [
        "ngày nghỉ, lễ",
        "ngày lễ hoặc ngày nghỉ cuối tuần",
        "thứ bảy, chủ nhật hoặc ngày lễ, tết",
        "ngày nghỉ hằng tuần, ngày lễ",
    ],
)
def test_a_day_off_of_either_cause_moves_the_due(cause):
    timing = parse_phrase(f"ngày 10 hằng tháng, nếu trùng {cause} thì thực hiện vào ngày làm việc liền kề trước đó")
    assert (timing.rule, timing.roll) == (t.MonthlyDay(10, False), "backward")
