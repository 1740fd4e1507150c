"""The same rules in English words, and back."""

import os

import pytest
import timing_strategies as random_rules
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from definitions.timing_phrase import parse_phrase
from definitions.timing_words import PhraseError
from dondoc.words.say_rule_en import say_rule_en

EXAMPLES = 10_000 if os.environ.get("DONDOC_TEST_FULL") == "1" else 300
READINGS = {"nth-week": "nth-weekday", "last-week": "last-thursday"}
SPOKEN = st.one_of(
    random_rules.plain,
    random_rules.offsets,
    random_rules.windows,
    random_rules.during,
    random_rules.counts,
    random_rules.within,
)


@pytest.mark.parametrize(
    ("english", "vietnamese"),
    [
        ("before 5 June and 10 November", "trước ngày 05/6 và ngày 10/11"),
        ("no later than June 5, 2022", "chậm nhất ngày 05/6/2022"),
        ("by the 15th of each month", "chậm nhất ngày 15 hằng tháng"),
        ("the last working day of each quarter", "ngày làm việc cuối cùng của quý"),
        ("every Monday and Thursday", "thứ hai, thứ năm hằng tuần"),
        ("the last Thursday of each month", "thứ 5 cuối cùng của tháng"),
        ("Thursday of the last week of each month", "thứ 5 của tuần cuối tháng"),
        ("within 10 working days of receipt", "10 ngày làm việc kể từ ngày nhận"),
        ("5 working days after the end of each quarter", "05 ngày làm việc kể từ ngày kết thúc quý"),
        ("from the 1st to the 5th of each month", "từ ngày 1 đến ngày 5 hằng tháng"),
        ("at least twice a year", "ít nhất hai lần trong năm"),
        ("before 10 January of the next year", "trước ngày 10/01 năm sau"),
        ("by 5 June, at 16:30", "trước 16 giờ 30 ngày 05/6"),
        ("at least 30 days without a break", "niêm yết ít nhất 30 ngày liên tục"),
    ],
)
def test_english_words_mean_what_the_vietnamese_ones_mean(english, vietnamese):
    mine, theirs = parse_phrase(english, READINGS), parse_phrase(vietnamese, READINGS)
    assert (mine.rule, mine.clock, mine.roll) == (theirs.rule, theirs.clock, theirs.roll)


@settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(SPOKEN)
def test_what_is_said_in_english_is_read_as_that_rule(rule):
    assert parse_phrase(say_rule_en(rule), READINGS).rule == rule


@pytest.mark.parametrize("phrase", ["on time", "before 5 June or 6 June", "by the 32nd of each month", "after 5 June"])
def test_english_that_is_not_surely_understood_is_refused(phrase):
    with pytest.raises(PhraseError):
        parse_phrase(phrase)
