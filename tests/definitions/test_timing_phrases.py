import unicodedata
from datetime import date

import pytest

from definitions.timing_phrase import parse_phrase
from definitions.timing_words import FORMS, READING_KEYS, AmbiguousPhrase, PhraseError, nearest_forms
from dondoc.core.timing import (
    BeforeOther,
    MonthlyDay,
    MonthlyWeekday,
    NthWorkingDay,
    OnEvent,
    PeriodEnd,
    SingleDate,
    Unset,
    Within,
    YearlyDates,
)

LAST_THURSDAY = {"last-week": "last-thursday"}
TWO_DATES = YearlyDates(((6, 5), (11, 10)), strict=True)
CASES = [
    ("trước ngày 05/6 và ngày 10/11 của năm", TWO_DATES),
    ("trước ngày 05/6 và ngày 10/11", TWO_DATES),
    ("Trước ngày 5/06, ngày 10/11.", TWO_DATES),
    ("  trước   NGÀY 05 tháng 6 và trước ngày 10-11 hằng năm ", TWO_DATES),
    ("trước ngày 10/12", YearlyDates(((12, 10),), strict=True)),
    ("chậm nhất ngày 31/5", YearlyDates(((5, 31),), strict=False)),
    ("chậm nhất là ngày 31/05", YearlyDates(((5, 31),), strict=False)),
    ("đến hết ngày 31/5", YearlyDates(((5, 31),), strict=False)),
    ("vào ngày 31/5 hàng năm", YearlyDates(((5, 31),), strict=False)),
    ("trước ngày 28/02/2022", SingleDate(date(2022, 2, 28), strict=True)),
    ("chậm nhất ngày 28 tháng 02 năm 2022", SingleDate(date(2022, 2, 28), strict=False)),
    ("chậm nhất ngày 2022-02-28", SingleDate(date(2022, 2, 28), strict=False)),
    ("trước ngày 15 hằng tháng", MonthlyDay(15, strict=True)),
    ("ngày 15 hàng tháng", MonthlyDay(15, strict=False)),
    ("chậm nhất ngày 15 của tháng", MonthlyDay(15, strict=False)),
    ("thứ 5 của tuần cuối tháng", MonthlyWeekday(3, "last-thursday")),
    ("vào ngày thứ năm của tuần cuối tháng", MonthlyWeekday(3, "last-thursday")),
    ("thứ Năm tuần cuối cùng của tháng", MonthlyWeekday(3, "last-thursday")),
    ("thứ sáu của tuần lễ cuối tháng", MonthlyWeekday(4, "last-thursday")),
    ("ngày làm việc cuối cùng của tháng", PeriodEnd("month", working=True)),
    ("ngày làm việc cuối cùng của quý", PeriodEnd("quarter", working=True)),
    ("ngày làm việc cuối cùng của quí", PeriodEnd("quarter", working=True)),
    ("ngày cuối cùng của 6 tháng", PeriodEnd("half-year", working=False)),
    ("ngày làm việc cuối của năm", PeriodEnd("year", working=True)),
    ("ngày làm việc đầu tiên của tháng", NthWorkingDay(1, "month")),
    ("ngày làm việc thứ 3 của quý", NthWorkingDay(3, "quarter")),
    ("10 ngày", Within(10, "day", "")),
    ("02 ngày làm việc", Within(2, "working-day", "")),
    ("trong thời hạn 10 ngày kể từ ngày nhận được đơn", Within(10, "day", "event")),
    ("10 ngày làm việc kể từ ngày ban hành kế hoạch", Within(10, "working-day", "issued")),
    ("30 ngày kể từ ngày thụ lý", Within(30, "day", "thu-ly")),
    ("không quá 03 tháng từ ngày nhận", Within(3, "month", "event")),
    ("02 tuần kể từ ngày nhận", Within(14, "day", "event")),
    ("15 ngày làm việc trước hoi-nghi-cc-vc-nld", BeforeOther(15, "hoi-nghi-cc-vc-nld")),
    ("đúng thời gian quy định", Unset("đúng thời gian quy định")),
    ("theo quy định", Unset("theo quy định")),
    ("unset", Unset("unset")),
    ("khi có phát sinh", OnEvent("")),
]


@pytest.mark.parametrize(("phrase", "rule"), CASES, ids=[phrase for phrase, _ in CASES])
def test_a_phrase_of_the_paper_becomes_its_rule(phrase, rule):
    assert parse_phrase(phrase, LAST_THURSDAY).rule == rule


@pytest.mark.parametrize("phrase", [phrase for phrase, _ in CASES])
def test_decomposed_letters_and_capitals_read_the_same(phrase):
    plain = parse_phrase(phrase, LAST_THURSDAY).rule
    assert parse_phrase(unicodedata.normalize("NFD", phrase), LAST_THURSDAY).rule == plain
    if "-" not in phrase:
        assert parse_phrase(phrase.upper(), LAST_THURSDAY).rule == plain


@pytest.mark.parametrize("form", FORMS)
def test_every_form_that_an_error_recommends_is_understood(form):
    assert parse_phrase(form, LAST_THURSDAY)


@pytest.mark.parametrize(
    "phrase", ["", "ngay lập tức", "trước mùng 5", "ngày 15", "trước ngày", "05/6 trước ngày", "trước ngày 05/6 xong"]
)
def test_what_is_not_understood_names_the_nearest_forms(phrase):
    with pytest.raises(PhraseError) as caught:
        parse_phrase(phrase)
    assert "Gần nhất: “" in caught.value.hint


def test_the_nearest_form_of_a_misspelt_phrase_is_the_one_meant():
    assert nearest_forms("trươc ngay 05/6", 1) == ["trước ngày 05/6"]


@pytest.mark.parametrize(
    "phrase", ["trước ngày 31/6", "trước ngày 00/6", "trước ngày 05/13", "trước ngày 30/02/2022", "ngày 32 hằng tháng"]
)
def test_a_day_that_does_not_exist_is_refused(phrase):
    with pytest.raises(PhraseError, match="không có ngày"):
        parse_phrase(phrase)


def test_29_february_stands_in_a_leap_year_only():
    assert parse_phrase("trước ngày 29/02", year=2024).rule == YearlyDates(((2, 29),), strict=True)
    with pytest.raises(PhraseError, match="29/2/2022"):
        parse_phrase("trước ngày 29/02", year=2022)


def test_day_and_month_swapped_are_offered_the_right_way_round():
    with pytest.raises(PhraseError) as caught:
        parse_phrase("trước ngày 6/15")
    assert "15/6" in caught.value.hint


@pytest.mark.parametrize(
    "phrase", ["thứ 5 của tuần cuối tháng", "tuần cuối tháng", "kịp thời", "thường xuyên", "định kỳ", "đúng quy định",
               "định kỳ 6 tháng", "kịp thời và đúng quy định", "hằng quý"]
)  # fmt: skip
def test_an_ambiguous_word_without_a_reading_is_refused(phrase):
    with pytest.raises(AmbiguousPhrase) as caught:
        parse_phrase(phrase)
    assert "reading" in caught.value.hint


def test_an_unknown_reading_of_the_last_week_is_refused():
    with pytest.raises(AmbiguousPhrase, match="last-tuesday"):
        parse_phrase("thứ 5 của tuần cuối tháng", {"last-week": "last-tuesday"})


@pytest.mark.parametrize("key", [key for key in READING_KEYS if key != "last-week"])
def test_a_vague_word_takes_the_rule_of_its_reading_and_keeps_its_words(key):
    word = READING_KEYS[key]
    timing = parse_phrase(word, {key: "ngày làm việc cuối cùng của quý"})
    assert timing.rule == PeriodEnd("quarter", working=True)
    assert (timing.phrase, timing.reading) == (word, "ngày làm việc cuối cùng của quý")


def test_a_reading_that_reads_itself_is_refused():
    with pytest.raises(PhraseError):
        parse_phrase("thường xuyên", {"thường xuyên": "kịp thời", "kịp thời": "thường xuyên"})


def test_before_is_strict_unless_the_plan_says_inclusive():
    assert parse_phrase("trước ngày 05/6").rule == YearlyDates(((6, 5),), strict=True)
    assert parse_phrase("trước ngày 05/6", before="inclusive").rule == YearlyDates(((6, 5),), strict=False)


def test_counted_days_roll_forward_and_named_days_do_not_roll():
    assert parse_phrase("10 ngày kể từ ngày nhận").roll == "forward"
    assert parse_phrase("10 ngày làm việc kể từ ngày nhận").roll == "none"
    assert parse_phrase("trước ngày 05/6").roll == "none"


def test_mixed_before_and_at_the_latest_are_refused():
    with pytest.raises(PhraseError, match="vừa “trước” vừa “chậm nhất”"):
        parse_phrase("trước ngày 05/6 và chậm nhất ngày 10/11")


def test_a_period_of_no_days_is_refused():
    with pytest.raises(PhraseError, match="0 ngày"):
        parse_phrase("0 ngày làm việc")
