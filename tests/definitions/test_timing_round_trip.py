"""Phrase → rule → phrase → rule: what the program says of a rule is read as that rule again."""

import os

from hypothesis import HealthCheck, given, settings
from timing_strategies import timings

from definitions.canonical import rule_document
from definitions.timing_phrase import parse_phrase
from dondoc.core.timing import MonthlyWeekday, Timing
from dondoc.words.say_rule import say_timing
from dondoc.words.say_rule_en import say_timing_en

EXAMPLES = 10_000 if os.environ.get("DONDOC_TEST_FULL") == "1" else 400
READINGS = {"nth-week": "nth-weekday", "last-week": "last-thursday"}


def plain(timing: Timing) -> Timing:
    return timing._replace(phrase="", reading="")


@settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(timings())
def test_what_is_said_of_a_rule_is_that_rule(timing):
    said = say_timing(timing)
    assert plain(parse_phrase(said, READINGS)) == timing, said
    assert say_timing(parse_phrase(said, READINGS)) == said


@settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(timings())
def test_every_rule_is_said_in_english_and_held_as_json(timing):
    assert say_timing_en(timing).strip()
    assert rule_document(timing.rule)["rule-kind"] == type(timing.rule).__name__


def test_a_reading_of_the_last_week_keeps_the_papers_words():
    timing = Timing("", MonthlyWeekday(3, "last-full-week"))
    said = say_timing(timing)
    assert parse_phrase(said, {"last-week": "last-full-week"}).rule == timing.rule
