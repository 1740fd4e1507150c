"""Every reason and every status has its words, in the office's Vietnamese and in English."""

import ast
import re
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from core_samples import CALENDAR, a_calendar, a_plan, a_step, an_obligation

import dondoc.core as core
import dondoc.use_cases as use_cases
from dondoc.core.notice import NoticeKind
from dondoc.core.occurrence import Cause
from dondoc.core.phase import Phase, Timeliness, Timely
from dondoc.core.plan import BasisKind
from dondoc.core.schedule import expand
from dondoc.core.timing import MonthlyWeekday, Reading, Timing
from dondoc.words import english, labels, people
from dondoc.words import explain as words_of_reasons
from dondoc.words.explain import SAYINGS, explain, say
from dondoc.words.labels import basis_words, cause_words, notice_words, status_words, timeliness_words

D = date
PACKAGES = [Path(str(p.__file__)).parent for p in (core, use_cases)]


def emitted_codes() -> set[str]:
    """First words of the f-strings and plain strings that stand in tuples of reasons (`why`, or a Due's last field)."""
    found = set()
    for file in (file for package in PACKAGES for file in package.glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                first = str(node.values[0].value)
                if re.fullmatch(r"[a-z]+(-[a-z]+)* ", first):
                    found.add(first.strip())
    return found


def test_every_reason_that_is_emitted_has_words():
    codes = emitted_codes()
    assert {"phrase", "strictly-before", "rolled", "target", "resubmission", "joined", "unset"} <= codes
    assert codes - {"theo"} <= set(SAYINGS)  # "theo …" is a period's label, not a reason


def test_the_june_report_explains_itself_from_the_phrase_to_the_friday():
    why = expand(a_plan(an_obligation()), CALENDAR)[0].rounds[0][1].why
    assert explain(why) == [
        "Hạn ghi: “trước ngày 05/6 và trước ngày 10/12”",
        "trước ngày 05/6/2022 → hết ngày 04/6/2022",
        "04/6/2022 là Thứ Bảy, ngày nghỉ",
        "lùi về Thứ Sáu, ngày 03/6/2022 (hạn pháp lý: hết ngày 04/6/2022)",
    ]


def test_a_moved_reception_explains_its_reading_and_its_move():
    rule = MonthlyWeekday(3, "last-thursday")
    reception = an_obligation(a_step(timing=Timing("thứ 5 của tuần cuối tháng", rule)), collision="previous")
    calendar = a_calendar({D(2022, 2, 24): "nghỉ theo thông báo"})
    assert explain(expand(a_plan(reception), calendar)[0].rounds[0][1].why)[1:] == [
        "Thứ Năm cuối cùng của tháng: Thứ Năm, ngày 24/02/2022",
        "24/02/2022 là Thứ Năm, ngày nghỉ (nghỉ theo thông báo)",
        "trùng ngày nghỉ, chuyển về ngày làm việc liền trước: từ ngày 24/02/2022 sang Thứ Tư, ngày 23/02/2022",
        "ngày phải xong: Thứ Tư, ngày 23/02/2022",
    ]


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (
            "counted 10 working-day 2022-06-01 2022-06-15",
            "10 ngày làm việc kể từ ngày 01/6/2022 (không tính ngày đó) → hết ngày 15/6/2022",
        ),
        ("at-the-latest 2022-02-18", "chậm nhất → hết ngày 18/02/2022"),
        ("last-day 2022-12-31", "ngày cuối kỳ là ngày 31/12/2022"),
        (
            "last-working-day 2022-12-31 2022-12-30",
            "ngày làm việc cuối cùng của kỳ (kỳ hết ngày 31/12/2022) là ngày 30/12/2022",
        ),
        (
            "nth-working-day 1 2022-02-01 2022-02-07",
            "ngày làm việc thứ 1 kể từ ngày 01/02/2022 là ngày 07/02/2022",
        ),
        ("rolled 2022-06-05 2022-06-06", "chuyển tới Thứ Hai, ngày 06/6/2022"),
        ("rolled 2022-06-05 2022-06-03", "chuyển về Thứ Sáu, ngày 03/6/2022"),
        ("target 2022-06-03 2022-06-03", "ngày phải xong: Thứ Sáu, ngày 03/6/2022"),
        ("resubmission 2 2022-06-07", "bị trả lại: nộp lại trong 2 ngày làm việc → hết ngày 07/6/2022"),
        ("decided-by 05/QĐ ngày 01/6/2022", "hạn ấn định tại văn bản 05/QĐ ngày 01/6/2022"),
        ("comes-from-elsewhere 1", "comes-from-elsewhere 1"),
    ],
)
def test_a_reason_in_the_offices_words(reason, words):
    assert say(reason) == words


def test_every_reading_and_every_cause_has_words():
    for reading in get_args(Reading):
        assert "2022" in say(f"weekday 3 {reading} 2022-06-30")
    for cause in get_args(Cause):
        assert say(f"set {cause}") != cause
        assert cause_words(cause) != cause


@pytest.mark.parametrize(
    ("phase", "timeliness", "words"),
    [
        ("not-open", Timeliness("in-time", 20), "chưa đến hạn"),
        ("open", Timeliness("in-time", 7), "trong hạn"),
        ("open", Timeliness("due-soon", 3), "sắp đến hạn (còn 3 ngày làm việc)"),
        ("open", Timeliness("due"), "đến hạn (hôm nay)"),
        ("open", Timeliness("overdue", 2), "quá hạn 2 ngày"),
        ("not-open", Timeliness("overdue", 2), "quá hạn 2 ngày"),
        ("done", Timeliness("done-in-time"), "hoàn thành đúng hạn"),
        ("done", Timeliness("done-early"), "hoàn thành trước hạn"),
        ("done", Timeliness("done-late", 4), "hoàn thành quá hạn 4 ngày"),
        ("done", Timeliness("done-in-time", 0, True), "hoàn thành đúng hạn (ghi nhận sau hạn)"),
        ("awaiting", Timeliness("done-late", 3, True), "chờ xác nhận · nộp quá hạn 3 ngày (ghi nhận sau hạn)"),
        ("awaiting", Timeliness("done-in-time"), "chờ xác nhận · nộp đúng hạn"),
        ("returned", Timeliness("due-soon", 1), "trả lại · sắp đến hạn (còn 1 ngày làm việc)"),
        ("returned", Timeliness("overdue", 1), "trả lại · quá hạn 1 ngày"),
        ("suspended", Timeliness("none"), "tạm dừng"),
        ("nothing", Timeliness("done-in-time"), "không phát sinh"),
        ("unset", Timeliness("none"), "chưa xác định hạn"),
        ("set-aside", Timeliness("none"), "trước khi theo dõi"),
        ("waived", Timeliness("none"), "miễn thực hiện"),
        ("waiting", Timeliness("none"), "chờ bước trước"),
    ],
)
def test_the_label_of_a_standing(phase, timeliness, words):
    assert status_words(phase, timeliness) == words


def test_no_combination_of_phase_and_timeliness_is_without_words():
    for phase in get_args(Phase):
        for kind in get_args(Timely):
            assert status_words(phase, Timeliness(kind, 1))
            assert timeliness_words(Timeliness(kind, 1)) or kind == "none"


def test_every_kind_of_notice_and_every_basis_has_words():
    assert all(notice_words(kind) != kind for kind in get_args(NoticeKind))
    assert all(basis_words(kind) != kind for kind in get_args(BasisKind))
    assert basis_words("proposed") == "đề xuất, chưa được quyết định"


def texts(module) -> set[str]:
    """What a module gives to _(): literals, and the tables that are looked up."""
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
    literal = {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_" and isinstance(node.args[0], ast.Constant)
    }
    tables = [value for name, value in vars(module).items() if name.isupper() and name != "SAYINGS"]
    looked_up = {t for v in tables for t in (v.values() if isinstance(v, dict) else [v] if isinstance(v, str) else v)}
    return literal | looked_up


@pytest.mark.parametrize("module", [words_of_reasons, labels, people])
def test_every_text_is_known_in_english_with_the_same_fields(module):
    fields = re.compile(r"\{[a-z]*\}")
    for text in texts(module):
        assert text in english(), text
        assert sorted(fields.findall(text)) == sorted(fields.findall(english()[text]))


def test_english_is_spoken_when_asked_for(monkeypatch):
    monkeypatch.setenv("DONDOC_LANG", "en")
    assert status_words("open", Timeliness("overdue", 2)) == "overdue by 2 days"
    assert say("strictly-before 2022-06-05 2022-06-04").startswith("before ")


def test_a_proposed_due_that_passed_is_never_called_missed():
    assert status_words("open", Timeliness("overdue", 2), "proposed") == "qua ngày đề xuất 2 ngày"
    assert status_words("open", Timeliness("overdue", 2), "plan") == "quá hạn 2 ngày"
    assert status_words("done", Timeliness("done-late", 2), "proposed") == "hoàn thành sau ngày đề xuất 2 ngày"
    assert "quá hạn" not in status_words("awaiting", Timeliness("done-late", 2), "proposed")
