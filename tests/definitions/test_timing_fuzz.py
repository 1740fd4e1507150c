"""Mutated phrases: a rule or a clean error; never a traceback, a hang, or unbounded memory."""

import os
import random
import resource
import time

import pytest
from test_timing_phrases import CASES
from test_timing_variants import REFUSED, SAME

from definitions.timing_phrase import parse_phrase
from definitions.timing_plain import plain_calendar
from definitions.timing_words import PhraseError
from dondoc.core.instances import instances
from dondoc.words.say_rule import say_timing

FULL = os.environ.get("DONDOC_TEST_FULL") == "1"
COUNT = 100_000 if FULL else 1_500
SEEDS = [phrase for phrase, _ in CASES] + [phrase for _, phrases in SAME for phrase in phrases] + REFUSED
WORDS = sorted({word for seed in SEEDS for word in seed.split()})
ODD = [
    "\u0301",
    "\u200b",
    "\x00",
    "٣",
    "𝟓",
    "–",
    "ǵ",
    "{}",
    "'",
    "99999999999",
    "0/0",
    "31/2",
    "-1",
    "năm năm",
    "(",
    "ﬁ",
]
READINGS = {"last-week": "last-thursday", "period": "quarter", "nth-week": "nth-full-week", "thường xuyên": "kịp thời"}


def mutated(rng: random.Random) -> str:
    words = rng.choice(SEEDS).split()
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(words) + 1)
        match rng.randrange(7):
            case 0:
                words[at:at] = [rng.choice(WORDS)]
            case 1:
                del words[at : at + 1]
            case 2:
                words[at : at + 1] = [rng.choice(WORDS)]
            case 3:
                words += rng.choice(["và", ",", ";"]).split() + rng.choice(SEEDS).split()
            case 4:
                words[at:at] = words[at : at + 3] * rng.randint(1, 12)
            case 5:
                text = " ".join(words)
                cut = rng.randrange(len(text) + 1)
                words = (text[:cut] + rng.choice([*ODD, chr(rng.randrange(32, 0x2000))]) + text[cut + 1 :]).split()
            case _:
                rng.shuffle(words)
    return " ".join(words)


@pytest.mark.timeout(3600)
def test_mutated_phrases_are_answered_or_refused():
    rng = random.Random(20220605)
    understood = slowest = 0.0
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(COUNT):
        phrase = mutated(rng)
        begun = time.perf_counter()
        try:
            timing = parse_phrase(phrase, READINGS, year=2023)
        except PhraseError as error:
            assert error.found and error.expected
        else:
            understood += 1
            assert say_timing(timing)
            instances(timing.rule, 2023, plain_calendar(2023), {})
        slowest = max(slowest, time.perf_counter() - begun)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before  # kilobytes
    assert understood > COUNT / 50  # the mutations stay near enough to the language to try it
    assert slowest < 5
    assert grown < 200_000


@pytest.mark.parametrize(
    "phrase",
    [
        "ngày 1, " * 100,
        "(" * 400,
        "và " * 5000,
        "hằng tháng " * 30,
        "gửi báo cáo " * 30,
        "ngày 1 và " * 38 + "ngày 2 hằng tháng",
        "thứ 2, " * 50 + "thứ 3 hằng tuần",
    ],
)
def test_what_repeats_without_end_is_answered_at_once(phrase):
    begun = time.perf_counter()
    try:
        parse_phrase(phrase)
    except PhraseError as error:
        assert error.expected
    assert time.perf_counter() - begun < 2
