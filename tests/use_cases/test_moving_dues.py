"""A due that moves: extended, bound, re-set, suspended, judged complex. Earlier dues stay visible."""

import pytest
from office_samples import (
    CENTRE,
    CONFERENCE,
    PAPER,
    PLAN,
    RULES,
    TDC,
    UPWARD,
    Desk,
    acting,
    day,
    key,
    moment,
    report,
    shapes,
)

from dondoc.use_cases.extend import ask_extension, bind_due, extend, reset_due
from dondoc.use_cases.open_case import CaseOpening, open_case
from dondoc.use_cases.people_acts import decide, reassign, resume, suspend
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.submit import submit

SEARCH = key("tim-han-hoi-nghi-cc-vc-nld", "2022-02-18", "van-phong")
MERIT = key("danh-gia-thi-dua-cuoi-nam", "2022", "van-phong")


def _dues(desk: Desk, occurrence: str, step: str) -> list:
    return [r.last_on for r in desk.state(occurrence).step(step).rounds]


# --- extension ---


def test_an_extension_begins_a_round_and_keeps_every_earlier_due(either: Desk) -> None:
    either.sweep("30/5")
    for on, until in (("31/5", "10/6"), ("09/6", "17/6")):
        given = extend(either.office, TDC, day(until), PAPER, acting(on), moment(on, 9), "nop")
        assert shapes(given.told) == [("moved", "dau-moi-tdc")]
    assert _dues(either, TDC, "nop") == [day("04/6"), day("10/6"), day("17/6")]
    state = either.state(TDC).step("nop")
    assert (state.round.cause, state.round.basis, state.extensions) == ("extended", "office", 2)
    assert state.round.decision == "15/QĐ-KHCN ngày 18/02/2022"
    row = either.row(TDC, "14/6")
    assert (row.timeliness, row.original, row.first_last_on) == ("due-soon", "overdue", day("04/6"))


def test_an_extended_step_is_silent_at_its_old_due_and_speaks_at_the_new_one(desk: Desk) -> None:
    desk.sweep("30/5")
    extend(desk.office, TDC, day("17/6"), PAPER, acting("31/5"), moment("31/5", 9), "nop")
    told = desk.sweep_days("01/6", "20/6")
    spoken = [(n.kind, n.moment_at) for n in told if n.occurrence == TDC]
    assert spoken == [
        ("reminder", moment("08/6")),  # T-7 of Friday 17/6
        ("reminder", moment("14/6")),
        ("reminder", moment("16/6")),
        ("due-today", moment("17/6")),
        ("overdue", moment("20/6")),
        ("escalation", moment("20/6")),
    ]


@pytest.mark.parametrize("until", ["04/6", "03/6"])
def test_an_extension_to_no_later_day_is_refused(desk: Desk, until: str) -> None:
    with pytest.raises(Refused, match="không sau hạn đang có 04/6/2022"):
        extend(desk.office, TDC, day(until), PAPER, acting("31/5"), moment("31/5"), "nop")


def test_the_day_after_is_an_extension(desk: Desk) -> None:
    extend(desk.office, TDC, day("05/6"), PAPER, acting("31/5"), moment("31/5"), "nop")
    assert desk.state(TDC).step("nop").round.target_on == day("03/6")  # 05/6 is a Sunday


def test_asking_for_an_extension_moves_nothing(desk: Desk) -> None:
    ask_extension(desk.office, TDC, day("10/6"), "Chờ số liệu", acting("31/5"), moment("31/5"), "nop")
    state = desk.state(TDC).step("nop")
    assert (state.asked_extension, len(state.rounds)) == ("Chờ số liệu", 1)
    extend(desk.office, TDC, day("10/6"), PAPER, acting("01/6"), moment("01/6"), "nop")
    assert desk.state(TDC).step("nop").asked_extension == ""


def test_the_office_cannot_extend_a_due_of_the_law(desk: Desk) -> None:
    case = _complaint(desk)
    with pytest.raises(Refused, match="Luật Khiếu nại số 02/2011/QH13, Điều 27"):
        extend(desk.office, case, day("30/3"), PAPER, acting("02/3"), moment("02/3", 9))
    assert len(_dues(desk, case, "thu-ly")) == 1


def test_the_office_cannot_extend_a_due_that_a_superior_set(desk: Desk) -> None:
    bind_due(desk.office, UPWARD, day("14/6"), PAPER, acting("01/3"), moment("01/3"))
    with pytest.raises(Refused, match="Sở không tự gia hạn được"):
        extend(desk.office, UPWARD, day("20/6"), PAPER, acting("02/3"), moment("02/3"))


def test_a_superior_may_move_the_due_that_it_set_but_not_the_laws(desk: Desk) -> None:
    bind_due(desk.office, UPWARD, day("14/6"), PAPER, acting("01/3"), moment("01/3"))
    extend(desk.office, UPWARD, day("20/6"), PAPER, acting("02/3"), moment("02/3"), by_issuer=True)
    round_ = next(s.round for s in desk.state(UPWARD).steps if s.round and s.round.cause == "extended")
    assert (round_.basis, round_.last_on) == ("external", day("20/6"))
    with pytest.raises(Refused):
        extend(desk.office, _complaint(desk), day("30/3"), PAPER, acting("02/3"), moment("02/3", 9), by_issuer=True)


def test_the_law_allows_a_denunciation_two_extensions_and_no_third(desk: Desk) -> None:
    case = _opened(desk, "to-cao")
    for step in ("thu-ly", "thong-bao"):
        submit(desk.office, case, report("01/3"), acting("01/3"), moment("01/3", 9), step)
    first = desk.state(case).step("giai-quyet").round.last_on
    assert first == day("31/3")  # thirty days from 01/3
    for until in ("30/4", "30/5"):
        extend(desk.office, case, day(until), PAPER, acting("02/3"), moment("02/3", 9), "giai-quyet")
    with pytest.raises(Refused, match="chỉ cho gia hạn 2 lần"):
        extend(desk.office, case, day("29/6"), PAPER, acting("03/3"), moment("03/3", 9), "giai-quyet")
    with pytest.raises(Refused):  # nor by another name
        reset_due(desk.office, case, day("29/6"), PAPER, acting("03/3"), moment("03/3", 9), "giai-quyet")


# --- re-setting ---


@pytest.mark.parametrize(("last_on", "target_on"), [("27/5", "27/5"), ("12/6", "10/6")])
def test_the_office_may_set_its_own_plans_due_earlier_or_later(desk: Desk, last_on: str, target_on: str) -> None:
    reset_due(desk.office, TDC, day(last_on), PAPER, acting("02/5"), moment("02/5"), "nop")
    round_ = desk.state(TDC).step("nop").round
    assert (round_.last_on, round_.target_on, round_.cause) == (day(last_on), day(target_on), "decided")


def test_a_due_of_the_law_may_be_set_earlier_only(desk: Desk) -> None:
    case = _complaint(desk)
    reset_due(desk.office, case, day("04/3"), PAPER, acting("01/3"), moment("01/3", 10))
    with pytest.raises(Refused):
        reset_due(desk.office, case, day("30/3"), PAPER, acting("01/3"), moment("01/3", 11))
    assert _dues(desk, case, "thu-ly") == [day("11/3"), day("04/3")]


# --- unset dues ---


def test_an_unset_due_is_asked_about_and_never_overdue(desk: Desk) -> None:
    told = desk.sweep_days("18/2", "31/3")
    assert desk.row(CONFERENCE, "31/3").phase == "unset"
    assert {n.kind for n in told if n.occurrence == CONFERENCE} == {"opened"}
    chased = [(n.kind, n.role) for n in told if n.occurrence == SEARCH]
    assert ("overdue", "van-phong") in chased and ("escalation", "chanh-van-phong") in chased


def test_binding_a_due_ends_the_offices_search_for_it(either: Desk) -> None:
    either.sweep("18/2")
    bound = bind_due(either.office, CONFERENCE, day("16/12"), PAPER, acting("01/3"), moment("01/3", 9))
    assert shapes(bound.told)[0] == ("moved", "lanh-dao-so")
    assert either.state(SEARCH).closed
    round_ = either.state(CONFERENCE).step("thuc-hien").round
    assert (round_.cause, round_.basis, round_.last_on) == ("bound", "external", day("16/12"))
    with pytest.raises(Refused, match="đã có hạn: hết ngày 16/12/2022"):
        bind_due(either.office, CONFERENCE, day("20/12"), PAPER, acting("01/3"), moment("01/3", 10))


def test_the_search_goes_on_while_one_period_lacks_its_due(desk: Desk) -> None:
    search = key("tim-han-bao-cao-bcd-tinh", "2022-02-18", "van-phong")
    bind_due(desk.office, UPWARD, day("14/6"), PAPER, acting("01/3"), moment("01/3"))
    assert not desk.state(search).closed
    yearly = key("bao-cao-bcd-tinh", "2022", "van-phong")
    bind_due(desk.office, yearly, day("18/11"), PAPER, acting("02/3"), moment("02/3"))
    assert desk.state(search).closed


def test_what_is_counted_from_a_bound_due_gets_its_own_at_once(either: Desk) -> None:
    either.sweep("18/2")
    assert either.next_look(RULES) is None and either.row(RULES, "18/2").phase == "unset"
    given = bind_due(either.office, CONFERENCE, day("16/12"), PAPER, acting("01/3"), moment("01/3", 9))
    round_ = either.state(RULES).step("thuc-hien").round
    assert (round_.cause, round_.last_on) == ("bound", day("25/11"))  # fifteen working days before Friday 16/12
    assert either.next_look(RULES) is not None
    assert ("moved", "van-phong") in shapes(given.told)


def test_what_is_counted_from_a_due_moves_with_it(desk: Desk) -> None:
    bind_due(desk.office, CONFERENCE, day("16/12"), PAPER, acting("01/3"), moment("01/3", 9))
    reset_due(desk.office, CONFERENCE, day("09/12"), PAPER, acting("02/3"), moment("02/3", 9))
    assert _dues(desk, RULES, "thuc-hien") == [None, day("25/11"), day("18/11")]


def test_a_step_counted_from_its_own_obligations_due_moves_with_it(desk: Desk) -> None:
    assert _dues(desk, MERIT, "tu-cham") == [day("02/12")]  # five working days before Friday 09/12
    reset_due(desk.office, MERIT, day("02/12"), PAPER, acting("01/11"), moment("01/11", 9), "gui")
    assert _dues(desk, MERIT, "tu-cham") == [day("02/12"), day("25/11")]


# --- complex, basis, suspension, another doer ---


def _opened(desk: Desk, obligation: str, on: str = "01/3") -> str:
    opening = CaseOpening(obligation, day(on))
    return open_case(desk.office, PLAN, opening, acting(on), moment(on, 8, 30)).key


def _complaint(desk: Desk) -> str:
    return _opened(desk, "khieu-nai")


def test_a_complex_case_counts_from_the_same_start(desk: Desk) -> None:
    case = _complaint(desk)
    submit(desk.office, case, report("02/3"), acting("02/3"), moment("02/3", 9), "thu-ly")
    assert _dues(desk, case, "giai-quyet") == [day("01/4")]  # 30 days from 02/3
    decide(desk.office, case, "complex", PAPER, acting("25/3"), moment("25/3", 9), "giai-quyet")
    # 45 days from 02/3 is Saturday 16/4; a statutory period rolls to Monday (BLDS 2015, Điều 148.5).
    assert _dues(desk, case, "giai-quyet") == [day("01/4"), day("18/4")]
    assert desk.state(case).step("giai-quyet").round.basis == "law"


def test_a_step_without_a_longer_clock_cannot_be_complex(desk: Desk) -> None:
    with pytest.raises(Refused, match="không có thời hạn cho vụ việc phức tạp"):
        decide(desk.office, TDC, "complex", PAPER, acting("25/3"), moment("25/3"), "nop")
    with pytest.raises(Refused, match="Chọn một trong"):
        decide(desk.office, TDC, "xong", PAPER, acting("25/3"), moment("25/3"), "nop")


def test_a_proposed_due_that_is_decided_counts_from_then_on(desk: Desk) -> None:
    posting = key("quan-triet-qd-168", "2022-05-31", "phong-qlkh")
    desk.sweep_days("18/2", "02/6")
    assert desk.row(posting, "02/6").timeliness == "overdue" and not desk.row(posting, "02/6").late
    decide(desk.office, posting, "basis", PAPER, acting("02/6"), moment("02/6", 9))
    row = desk.row(posting, "02/6")
    assert row.late and (row.basis, row.last_on) == ("office", day("31/5"))


def test_suspended_days_are_added_to_the_due_which_then_rolls(desk: Desk) -> None:
    case = _complaint(desk)  # ten days from 01/3: Friday 11/3
    suspend(desk.office, case, "chờ kết quả của cơ quan khác", PAPER, acting("04/3"), moment("04/3", 9))
    assert desk.row(case, "20/3").phase == "suspended"
    assert desk.sweep_days("07/3", "11/3") == [] or all(n.occurrence != case for n in desk.sweep_days("07/3", "11/3"))
    resume(desk.office, case, acting("12/3"), moment("12/3", 9))
    # Eight days stood still: 11/3 + 8 is Saturday 19/3, rolled to Monday 21/3.
    assert _dues(desk, case, "thu-ly") == [day("11/3"), day("21/3")]
    assert desk.state(case).step("thu-ly").round.cause == "resumed"
    with pytest.raises(Refused, match="không có bước nào đang tạm dừng"):
        resume(desk.office, case, acting("12/3"), moment("12/3", 10))


def test_another_doer_is_told_once_and_gets_the_later_rungs(desk: Desk) -> None:
    desk.sweep("30/5")
    given = reassign(desk.office, TDC, "chi-cuc-truong-tdc", "Đầu mối đi học", acting("31/5"), moment("31/5", 9), "nop")
    assert [n.recipient for n in given.told] == ["cct-tdc"]
    later = [n for n in desk.sweep_days("01/6", "03/6") if n.occurrence == TDC]
    assert {n.role for n in later} == {"chi-cuc-truong-tdc"} and later
    assert _dues(desk, TDC, "nop") == [day("04/6")] * 2
    assert desk.row(TDC, "03/6").responsible == "Chi cục trưởng Chi cục TĐC"


def test_a_role_nobody_knows_cannot_take_over(desk: Desk) -> None:
    with pytest.raises(Refused, match="Không có vai «truong-ban»"):
        reassign(desk.office, CENTRE, "truong-ban", "", acting("31/5"), moment("31/5"), "nop")
