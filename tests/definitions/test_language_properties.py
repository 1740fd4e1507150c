"""Whatever stands in a file, the answer is a value or a problem told in words; never a traceback."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from definitions.canonical import canonical, obligation_from_canonical
from definitions.problem import DefinitionError
from definitions.timing_phrase import parse_phrase
from definitions.timing_words import FORMS, PhraseError
from definitions.yaml_source import read_text
from dondoc.core.plan import Basis, Ladder, Obligation, Step
from dondoc.core.timing import Timing

WORDS = sorted(
    {word for form in FORMS for word in form.split()} | {"và", "kịp", "thời", "31/6", "0", "99/99", "-", "tuần"}
)
READINGS = {"last-week": "last-thursday"}


@given(st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join) | st.text(max_size=40))
def test_any_words_are_a_rule_or_a_phrase_error(phrase):
    try:
        timing = parse_phrase(phrase, READINGS, year=2022)
    except PhraseError as error:
        assert error.found
        assert error.expected
    else:
        assert parse_phrase(unicodedata.normalize("NFD", f"  {phrase} ."), READINGS, year=2022).rule == timing.rule


@given(st.binary(max_size=200) | st.text("-:[]{}&*!|>\"'#% \nab\t?,", max_size=80).map(str.encode))
def test_any_bytes_are_values_or_problems(raw):
    try:
        read_text(raw, "ke-hoach/III.yaml")
    except DefinitionError as error:
        assert all(problem.line >= 1 and problem.expected for problem in error.problems)


@given(st.sampled_from(FORMS), st.text(max_size=20), st.booleans(), st.lists(st.integers(0, 30), max_size=4))
def test_canonical_json_gives_every_obligation_back(form, title, flag, remind):
    timing: Timing = parse_phrase(form, READINGS)
    step = Step(
        "a", title, "van-phong", title, timing, Ladder("l", tuple(remind)), Basis("plan"), complex_timing=timing
    )
    obligation = Obligation("o", title, "II", "calendar", (), (step,), ("van-phong",), confidential=flag)
    assert obligation_from_canonical(canonical(obligation)) == obligation
