"""Handing in, confirming, returning, correcting: what is accepted, what is refused, which day counts."""

from datetime import timedelta

import pytest
from office_samples import CENTRE, PAPER, TDC, UPWARD, Desk, acting, day, key, moment, report, shapes

from dondoc.core.book_entries import ENGINE
from dondoc.use_cases.answer_checklist import answer_checklist
from dondoc.use_cases.confirm import confirm, receive
from dondoc.use_cases.correct import correct
from dondoc.use_cases.extend import bind_due
from dondoc.use_cases.open_plan import open_plan
from dondoc.use_cases.people_acts import decide
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.return_step import return_step
from dondoc.use_cases.submit import Evidence, submit
from dondoc.use_cases.waive import nothing_occurred, waive

CHECKLIST = key("phieu-phat-sinh-to-chuc", "2022-03", "to-chuc")


def _hand_in(desk: Desk, on: str, hour: int = 10, occurrence: str = TDC, **more):
    return submit(desk.office, occurrence, report(on, **more), acting(on), moment(on, hour), "nop")


@pytest.mark.parametrize("given", [{"number": "12/BC"}, {"kept_at": "Văn thư đơn vị"}, {"files": ("bao-cao.pdf",)}])
def test_an_answer_without_any_evidence_is_refused_in_the_offices_words(desk: Desk, given: dict) -> None:
    asked = "còn thiếu minh chứng: số báo cáo, ngày báo cáo, tệp báo cáo đã ký"
    with pytest.raises(Refused, match=asked):
        submit(desk.office, TDC, Evidence(note="đã gửi"), acting("30/5"), moment("30/5", 10), "nop")
    assert desk.state(TDC).step("nop").submissions == ()
    submit(desk.office, TDC, Evidence(**given), acting("30/5"), moment("30/5", 10), "nop")
    assert desk.state(TDC).step("nop").status == "submitted"


@pytest.mark.parametrize("name", ["signed_on", "done_on", "sent_on", "received_on"])
def test_a_day_ahead_is_refused_and_today_is_not(desk: Desk, name: str) -> None:
    given = report("30/5")._replace(**{name: day("31/5")})
    with pytest.raises(Refused, match="31/5/2022 ở sau hôm nay"):
        submit(desk.office, TDC, given, acting("30/5"), moment("30/5", 23, 59), "nop")
    submit(desk.office, TDC, report("30/5")._replace(**{name: day("30/5")}), acting("30/5"), moment("30/5"), "nop")


def test_an_act_dated_ahead_is_refused(desk: Desk) -> None:
    with pytest.raises(Refused, match="Ngày thực hiện 31/5/2022 ở sau hôm nay"):
        submit(desk.office, TDC, report("30/5"), acting("31/5"), moment("30/5"), "nop")
    assert desk.facts(TDC) == []


def test_a_finished_step_takes_no_second_answer(desk: Desk) -> None:
    _hand_in(desk, "30/5")
    confirm(desk.office, TDC, acting("31/5"), moment("31/5"))
    with pytest.raises(Refused, match="đã hoàn thành ngày 30/5/2022"):
        _hand_in(desk, "01/6")


def test_an_unknown_step_is_refused_with_the_known_ones(desk: Desk) -> None:
    with pytest.raises(Refused, match="Các bước: nop, tiep-nhan"):
        submit(desk.office, TDC, report("30/5"), acting("30/5"), moment("30/5"), "ky")


def test_the_same_request_is_one_fact(either: Desk) -> None:
    either.sweep("30/5")
    act = acting("30/5", request_key="bam-hai-lan")
    given = [submit(either.office, TDC, report("30/5"), act, moment("30/5", 10, n), "nop") for n in (0, 1)]
    assert [r.already for r in given] == [False, True]
    assert [f.kind for f in either.facts(TDC) if f.actor != ENGINE] == ["submitted"]
    assert len({r.label for r in given}) == 1


def test_handing_in_and_confirming_finishes_both_steps(either: Desk) -> None:
    either.sweep("30/5")
    handed = _hand_in(either, "31/5")
    assert handed.label == "chờ xác nhận · nộp trước hạn"
    assert shapes(handed.told) == [("opened", "van-phong")]  # the office is asked at once
    assert either.state(TDC).step("tiep-nhan").round.last_on == day("02/6")  # two working days
    confirmed = confirm(either.office, TDC, acting("01/6"), moment("01/6", 9))
    assert confirmed.label == "hoàn thành trước hạn"
    assert either.state(TDC).closed and either.next_look(TDC) is None


@pytest.mark.parametrize(
    ("on", "label"),
    [
        ("02/6", "nộp trước hạn"),
        ("03/6", "nộp đúng hạn"),  # the working day aimed at
        ("04/6", "nộp đúng hạn"),  # the last lawful day, a Saturday
        ("05/6", "nộp quá hạn 1 ngày"),
    ],
)
def test_both_sides_of_the_due(desk: Desk, on: str, label: str) -> None:
    assert _hand_in(desk, on, 23).label == f"chờ xác nhận · {label}"


def test_an_act_before_the_due_recorded_after_it_counts_once_the_office_confirms(desk: Desk) -> None:
    late_entry = submit(desk.office, TDC, report("03/6"), acting("03/6"), moment("06/6", 9), "nop")
    assert late_entry.label == "chờ xác nhận · nộp quá hạn 2 ngày (ghi nhận sau hạn)"
    sent = confirm(desk.office, TDC, acting("06/6"), moment("06/6", 10), sent_on=day("03/6"))
    assert sent.label == "hoàn thành đúng hạn (ghi nhận sau hạn)"


def test_the_day_of_sending_decides_where_the_office_has_set_it(desk: Desk) -> None:
    _hand_in(desk, "03/6")
    receive(desk.office, TDC, acting("06/6"), moment("06/6"), "nop", sent_on=day("06/6"), received_on=None)
    assert desk.row(TDC, "06/6").timeliness == "done-late"


def test_confirming_without_anything_handed_in_is_refused(desk: Desk) -> None:
    with pytest.raises(Refused, match="chưa có gì chờ xác nhận"):
        confirm(desk.office, TDC, acting("30/5"), moment("30/5"))
    assert desk.facts(TDC) == []


def test_a_return_opens_a_round_of_two_working_days_and_keeps_the_first_timeliness(desk: Desk) -> None:
    desk.sweep("30/5")
    _hand_in(desk, "02/6")
    back = return_step(desk.office, TDC, "Thiếu phần II", acting("03/6"), moment("03/6", 14))
    assert back.label == "trả lại · sắp đến hạn (còn 2 ngày làm việc)"
    assert shapes(back.told) == [("returned", "dau-moi-tdc")]
    step = desk.state(TDC).step("nop")
    assert (step.round.cause, step.round.last_on) == ("resubmission", day("07/6"))
    assert [r.last_on for r in step.rounds] == [day("04/6"), day("07/6")]
    assert desk.row(TDC, "08/6").original == "done-early" and desk.row(TDC, "08/6").timeliness == "overdue"
    again = _hand_in(desk, "07/6")
    assert again.label == "chờ xác nhận · nộp đúng hạn"
    assert desk.row(TDC, "07/6").original == "done-early"
    assert confirm(desk.office, TDC, acting("08/6"), moment("08/6")).label == "hoàn thành đúng hạn"


def test_a_late_first_report_stays_late_beside_a_timely_resubmission(desk: Desk) -> None:
    _hand_in(desk, "07/6")
    return_step(desk.office, TDC, "Thiếu chữ ký", acting("07/6"), moment("07/6", 11))
    _hand_in(desk, "08/6")
    row = desk.row(TDC, "08/6")
    assert (row.timeliness, row.original) == ("done-early", "done-late")


def test_a_return_needs_a_reason_and_something_to_return(desk: Desk) -> None:
    with pytest.raises(Refused, match="phải có lý do"):
        return_step(desk.office, TDC, " ", acting("30/5"), moment("30/5"))
    with pytest.raises(Refused, match="chưa có gì"):
        return_step(desk.office, TDC, "thiếu", acting("30/5"), moment("30/5"))


# --- a step that waits for others ---


def _bound(desk: Desk) -> None:
    bind_due(desk.office, UPWARD, day("14/6"), PAPER, acting("01/3"), moment("01/3", 9))


def test_a_joined_report_names_who_is_missing_and_waits_for_them(desk: Desk) -> None:
    _bound(desk)
    desk.sweep_days("23/5", "07/6")
    last = [n for n in desk.told(UPWARD) if n.step == "du-thao"][-1]
    assert last.details["missing"] == ["chi-cuc-tdc", "trung-tam-khcn"]
    with pytest.raises(Refused, match="còn chờ: Chi cục TĐC, Trung tâm KH&CN"):
        submit(desk.office, UPWARD, report("07/6"), acting("07/6"), moment("07/6", 9), "du-thao")


def test_a_part_counts_once_the_office_has_confirmed_it(desk: Desk) -> None:
    _bound(desk)
    for part in (TDC, CENTRE):
        _hand_in(desk, "02/6", occurrence=part)
    confirm(desk.office, TDC, acting("03/6"), moment("03/6"))
    with pytest.raises(Refused, match="còn chờ: Trung tâm KH&CN"):
        submit(desk.office, UPWARD, report("07/6"), acting("07/6"), moment("07/6", 9), "du-thao")
    confirm(desk.office, CENTRE, acting("07/6"), moment("07/6", 9))
    submit(desk.office, UPWARD, report("07/6"), acting("07/6"), moment("07/6", 10), "du-thao")
    assert desk.state(UPWARD).step("ky").status == "open"


def test_a_joined_report_may_be_closed_over_their_heads_by_decision(desk: Desk) -> None:
    _bound(desk)
    decide(desk.office, UPWARD, "close-without-missing", PAPER, acting("07/6"), moment("07/6", 9), "du-thao")
    submit(desk.office, UPWARD, report("07/6"), acting("07/6"), moment("07/6", 10), "du-thao")
    assert desk.state(UPWARD).step("du-thao").status == "done"
    assert not desk.state(TDC).closed  # their own due runs on


# --- ending without an answer ---


def test_nothing_occurred_fulfils_where_the_definition_allows_it(desk: Desk) -> None:
    reception = key("tiep-cong-dan-dinh-ky", "2022-02", "thanh-tra")
    done = nothing_occurred(desk.office, reception, acting("24/2"), moment("24/2", 16), "không có công dân")
    assert done.label == "không phát sinh" and desk.state(reception).closed
    with pytest.raises(Refused, match="không cho phép"):
        nothing_occurred(desk.office, TDC, acting("24/2"), moment("24/2", 16))


def test_a_waived_occurrence_stays_on_the_board_silent_and_takes_no_answer(desk: Desk) -> None:
    desk.sweep("30/5")
    told = len(desk.told(TDC))
    waive(desk.office, TDC, "Chi cục hợp nhất", acting("31/5"), moment("31/5"), PAPER)
    desk.sweep_days("31/5", "30/6")
    assert len(desk.told(TDC)) == told and desk.row(TDC, "30/6").label == "miễn thực hiện"
    with pytest.raises(Refused, match="đã được miễn: Chi cục hợp nhất"):
        _hand_in(desk, "30/6")
    with pytest.raises(Refused, match="phải có lý do"):
        waive(desk.office, CENTRE, "", acting("31/5"), moment("31/5"))


# --- the monthly checklist ---


def test_nothing_at_all_is_an_answer(desk: Desk) -> None:
    desk.sweep("01/3")
    assert shapes(desk.told(CHECKLIST)) == [("opened", "to-chuc")]
    answered = answer_checklist(desk.office, CHECKLIST, {}, acting("02/3", "cv-to-chuc"), moment("02/3", 9))
    assert answered.checklist.label == "không phát sinh" and answered.opened == ()


def test_each_line_that_occurred_opens_its_case(desk: Desk) -> None:
    occurred = {"ck-bo-nhiem": [day("02/3")], "ck-khen-thuong": [day("01/3"), day("03/3")]}
    act = acting("03/3", "cv-to-chuc", "phieu-thang-3")
    for already in (False, True):
        answered = answer_checklist(desk.office, CHECKLIST, occurred, act, moment("03/3", 9))
        assert answered.checklist.already is already
    with desk.office.register.reading() as book:
        cases = {b.reference: b.event_on for b in book.births() if b.obligation in occurred}
    assert cases == {"CBN-2022-01": day("02/3"), "CKT-2022-01": day("01/3"), "CKT-2022-02": day("03/3")}
    assert desk.state(CHECKLIST).step("tra-loi").status == "done"


@pytest.mark.parametrize(
    ("occurred", "says"),
    [
        ({"khieu-nai": ["02/3"]}, "Phiếu không có dòng: khieu-nai"),
        ({"ck-bo-nhiem": ["02/3"], "ck-khen-thuong": ["04/3"]}, "04/3/2022 ở sau hôm nay"),
    ],
)
def test_a_refused_checklist_opens_no_case(desk: Desk, occurred: dict, says: str) -> None:
    lines = {obligation: [day(on) for on in days] for obligation, days in occurred.items()}
    with pytest.raises(Refused, match=says):
        answer_checklist(desk.office, CHECKLIST, lines, acting("03/3"), moment("03/3", 9))
    answer_checklist(desk.office, CHECKLIST, {}, acting("03/3"), moment("03/3", 10))
    with pytest.raises(Refused, match="đã hoàn thành"):
        answer_checklist(desk.office, CHECKLIST, {"ck-bo-nhiem": [day("02/3")]}, acting("03/3"), moment("03/3", 11))
    with desk.office.register.reading() as book:
        assert [b for b in book.births() if b.event_on] == []


def test_an_unanswered_checklist_is_chased(desk: Desk) -> None:
    desk.sweep_days("01/3", "08/3")
    asked = shapes(desk.told(CHECKLIST))  # first working day 01/3, due on the fourth, 04/3
    assert sorted(asked) == [
        ("due-today", "to-chuc"),
        ("escalation", "chanh-van-phong"),
        ("opened", "to-chuc"),
        ("overdue", "to-chuc"),
    ]


# --- corrections ---


def _seq(desk: Desk, kind: str = "submitted") -> int:
    return next(f.seq for f in desk.facts(TDC) if f.kind == kind)


def test_a_correction_puts_a_value_right_and_keeps_the_old_one(desk: Desk) -> None:
    _hand_in(desk, "06/6")
    assert desk.row(TDC, "06/6").timeliness == "done-late"
    values = {"act_on": "2022-06-03", "number": "21/BC-TĐC"}
    fixed = correct(desk.office, TDC, _seq(desk), values, "Ghi nhầm ngày", acting("07/6"), moment("07/6"))
    assert fixed.label == "chờ xác nhận · nộp quá hạn 2 ngày (ghi nhận sau hạn)"  # until the office confirms
    assert confirm(desk.office, TDC, acting("07/6"), moment("07/6", 9)).label.startswith("hoàn thành đúng hạn")
    correction = next(f for f in desk.facts(TDC) if f.kind == "corrected")
    assert correction.payload["old"] == {"act_on": "2022-06-06", "number": "12/BC-TĐC"}
    assert desk.state(TDC).step("nop").submissions[0].number == "21/BC-TĐC"


def test_what_the_engine_wrote_or_another_occurrence_holds_cannot_be_corrected(desk: Desk) -> None:
    desk.sweep("30/5")
    _hand_in(desk, "31/5", occurrence=CENTRE)
    other = next(f.seq for f in desk.facts(CENTRE) if f.kind == "submitted")
    for wrong in (_seq(desk, "told"), other, 10**6):
        with pytest.raises(Refused, match=f"không có mục {wrong}"):
            correct(desk.office, TDC, wrong, {"number": "1"}, "nhầm", acting("31/5"), moment("31/5"))


@pytest.mark.parametrize(
    ("values", "reason", "says"),
    [
        ({"number": "1"}, " ", "phải có lý do"),
        ({"status": "done"}, "nhầm", "Không đính chính được: status"),
        ({}, "nhầm", "chưa có giá trị nào"),
        ({"signed_on": "03/6"}, "nhầm", "không phải một ngày"),
        ({"signed_on": "2022-06-07"}, "nhầm", "ở sau hôm nay"),
    ],
)
def test_a_correction_that_cannot_be_is_refused(desk: Desk, values: dict, reason: str, says: str) -> None:
    _hand_in(desk, "06/6")
    with pytest.raises(Refused, match=says):
        correct(desk.office, TDC, _seq(desk), values, reason, acting("06/6"), moment("06/6", 11))
    assert not any(f.kind == "corrected" for f in desk.facts(TDC))


def test_facts_recorded_by_a_clock_that_fell_back_keep_their_order(desk: Desk) -> None:
    _hand_in(desk, "31/5", 10)
    confirm(desk.office, TDC, acting("30/5"), moment("31/5", 10) - timedelta(hours=3))
    times = [f.recorded_at for f in desk.facts(TDC)]
    assert times == sorted(times)


def test_the_book_asks_for_no_plan_twice_after_answers(desk: Desk) -> None:
    _hand_in(desk, "30/5")
    again = open_plan(desk.office, "qcdc-2022", moment("30/5", 11))
    assert again.new == 0 and desk.state(TDC).step("nop").status == "submitted"
