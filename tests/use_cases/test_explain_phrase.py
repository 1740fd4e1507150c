"""dondoc explain: the document it prints, and what it says where a phrase is open, waits for an act, or is none."""

import json
from datetime import date

import pytest
from click.testing import CliRunner

from definitions.timing_words import PhraseError
from dondoc.cli.failures import run
from dondoc.cli.program import program
from dondoc.use_cases.explain_phrase import explain_phrase

D = date
PHRASE = "thứ 5 của tuần cuối tháng"


def test_the_june_report_of_2022_from_phrase_to_friday():
    (due,) = explain_phrase("trước ngày 05/6", 2022).dues
    assert (due.last_on, due.target_on) == (D(2022, 6, 4), D(2022, 6, 3))
    assert due.steps == (
        "Hạn ghi: “trước ngày 05/6”",
        "trước ngày 05/6/2022 → hết ngày 04/6/2022",
        "04/6/2022 là Thứ Bảy, ngày nghỉ",
        "lùi về Thứ Sáu, ngày 03/6/2022 (hạn pháp lý: hết ngày 04/6/2022)",
    )


def test_an_open_phrase_has_no_dues_but_its_readings_side_by_side():
    explained = explain_phrase(PHRASE, 2022)
    assert explained.dues == ()
    found = {row.reading: [int(period[5:]) for period in row.differs_in] for row in explained.ambiguous}
    assert found == {
        "last-thursday": [],
        "week-of-last-day": [1, 2, 5, 8, 10, 11],
        "last-full-week": [3, 4, 6, 9, 12],
        "last-full-work-week": [3, 6],
        "fourth-thursday": [3, 6, 9, 12],
    }


@pytest.mark.parametrize("reading", ["last-full-week", "last-week=last-full-week"])
def test_a_reading_decides_and_the_others_are_told(reading):
    explained = explain_phrase(PHRASE, 2022, readings=[reading])
    assert (explained.reading, len(explained.dues)) == ("last-full-week", 12)
    assert explained.dues[2].last_on == D(2022, 3, 24)
    assert {row.reading for row in explained.ambiguous} >= {"last-thursday", "week-of-last-day"}


def test_a_period_from_an_act_needs_the_act():
    assert explain_phrase("10 ngày kể từ ngày nhận", 2022).dues[0].last_on is None
    (due,) = explain_phrase("10 ngày kể từ ngày nhận", 2022, from_on=D(2022, 6, 1)).dues
    assert (due.last_on, due.target_on) == (D(2022, 6, 13), D(2022, 6, 13))  # day 10 is a Saturday: rolls forward


def test_longer_forms_and_extensions_stand_beside_the_first_due():
    phrase = "không quá 30 ngày kể từ ngày thụ lý; có thể kéo dài nhưng không quá 45 ngày"
    first, longer = explain_phrase(phrase, 2022, from_on=D(2022, 3, 1)).dues
    assert (first.last_on, longer.last_on) == (D(2022, 3, 31), D(2022, 4, 15))


def test_105_days_before_the_election_day_is_not_rolled():
    (due,) = explain_phrase("105 ngày trước ngày bầu cử", 2021, from_on=D(2021, 5, 23)).dues
    assert due.last_on == D(2021, 2, 7)


def test_a_school_year_is_data():
    (open_,) = explain_phrase("10 ngày sau khi nhận", 2022).dues
    assert open_.last_on is None
    (due,) = explain_phrase("kết thúc năm học", 2022, named_days={"ket-thuc-nam-hoc": [D(2022, 5, 31)]}).dues
    assert due.last_on == D(2022, 5, 31)
    assert explain_phrase("kết thúc năm học", 2022).dues[0].last_on is None


def test_what_is_no_timing_phrase_is_refused():
    with pytest.raises(PhraseError, match="xin chào"):
        explain_phrase("xin chào", 2022)


def test_the_document_has_exactly_these_keys():
    result = CliRunner().invoke(program, ["explain", "trước 16 giờ 30 ngày 05/6", "--year", "2022", "--json"])
    document = json.loads(result.output)
    assert list(document) == ["phrase", "reading", "rule", "dues", "ambiguous"]
    assert list(document["dues"][0]) == ["period", "from_on", "last_on", "target_on", "time", "steps"]
    assert (document["dues"][0]["last_on"], document["dues"][0]["time"]) == ("2022-06-05", "16:30")
    opened = json.loads(CliRunner().invoke(program, ["explain", PHRASE, "--year", "2022", "--json"]).output)
    assert opened["ambiguous"][1] == {
        "reading": "week-of-last-day",
        "differs_in": ["2022-01", "2022-02", "2022-05", "2022-08", "2022-10", "2022-11"],
    }


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["explain", "trước ngày 05/6", "--year", "2022"], 0),
        (["explain", PHRASE, "--year", "2022"], 0),
        (["explain", "xin chào", "--year", "2022"], 1),
        (["explain", "kịp thời"], 1),
        (["explain", "trước ngày 05/6", "--year", "abc"], 2),
        (["explain"], 2),
        (["explain", "kết thúc năm học", "--day", "ket-thuc-nam-hoc"], 2),
    ],
)
def test_how_explain_ends(arguments, code, capsys):
    assert run(program, arguments) == code
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    assert said.err if code else said.out
