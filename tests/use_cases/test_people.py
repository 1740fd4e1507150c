"""People: who acknowledges, who is asked first, who is told when a desk is empty."""

from datetime import date

import pytest
from office_samples import (
    PAPER,
    PLAN,
    TDC,
    Desk,
    absent,
    acting,
    day,
    directed,
    held_by,
    key,
    local_days,
    moment,
    shapes,
    vacated,
    without_address,
)

from dondoc.core.directory import Absence, Person
from dondoc.register.values import NoticeRecord
from dondoc.use_cases.go_live import is_live
from dondoc.use_cases.people_acts import acknowledge, approve, withhold
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.stale_notices import withdraw_stale

READING = key("quan-triet-ke-hoach", "2022-02-18", "phong-qlkh")  # due 04/3, five people
PEOPLE = ["cv-dau-moi-qlkh", "cv-qlkh-1", "cv-qlkh-2", "ptp-qlkh", "tp-qlkh"]


def _reads(desk: Desk, person: str, on: str = "25/2") -> str:
    return acknowledge(desk.office, READING, acting(on, person), moment(on, 9), person=person).label


# --- acknowledging ---


def test_the_people_are_those_of_the_unit_at_the_first_look(desk: Desk) -> None:
    desk.sweep("25/2")
    assert [m.person for m in desk.state(READING).members] == PEOPLE


def test_a_campaign_is_done_when_the_last_person_has_read(desk: Desk) -> None:
    desk.sweep("25/2")
    for person in PEOPLE[:-1]:
        assert _reads(desk, person) == "trong hạn"
    assert desk.sweep("03/3").told
    assert desk.told(READING)[-1].details["pending"] == PEOPLE[-1:]
    assert _reads(desk, PEOPLE[-1], "03/3") == "hoàn thành trước hạn"
    assert [n for n in desk.sweep_days("04/3", "30/3") if n.occurrence == READING] == []


def test_minutes_answer_for_all_but_those_who_were_away(desk: Desk) -> None:
    desk.sweep("25/2")
    given = acknowledge(
        desk.office, READING, acting("25/2"), moment("25/2", 16), all_but=["cv-qlkh-2"], minutes="03/BB ngày 25/02/2022"
    )
    assert given.label == "trong hạn"
    assert [m.person for m in desk.state(READING).members if m.status == "pending"] == ["cv-qlkh-2"]
    assert _reads(desk, "cv-qlkh-2", "28/2") == "hoàn thành trước hạn"


def test_minutes_without_absentees_finish_the_campaign(either: Desk) -> None:
    either.sweep("25/2")
    given = acknowledge(either.office, READING, acting("25/2"), moment("25/2", 16), all_but=(), minutes="03/BB")
    assert given.label == "hoàn thành trước hạn" and either.state(READING).closed


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"person": "cct-tdc"}, "Không thuộc danh sách phải xác nhận: cct-tdc"),
        ({"all_but": ["cct-tdc"], "minutes": "03/BB"}, "Không thuộc danh sách"),
        ({"all_but": ["cv-qlkh-1"], "minutes": " "}, "phải có số, ngày biên bản"),
    ],
)
def test_an_acknowledgement_that_cannot_be_is_refused(desk: Desk, given: dict, says: str) -> None:
    desk.sweep("25/2")
    with pytest.raises(Refused, match=says):
        acknowledge(desk.office, READING, acting("25/2"), moment("25/2", 9), **given)


def test_only_a_campaign_is_acknowledged(desk: Desk) -> None:
    with pytest.raises(Refused, match="không phải nội dung phổ biến"):
        acknowledge(desk.office, TDC, acting("25/2"), moment("25/2"), person="cct-tdc")


def _with(desk: Desk, *persons: Person) -> Desk:
    return Desk(directed(desk.office, persons={**desk.office.directory.persons, **{p.id: p for p in persons}}))


def test_somebody_who_joins_a_finished_campaign_gets_a_due_of_their_own(desk: Desk) -> None:
    desk.sweep("25/2")
    acknowledge(desk.office, READING, acting("25/2"), moment("25/2", 16), all_but=(), minutes="03/BB")
    later = _with(desk, Person("cv-moi", "Chuyên viên mới", "phong-qlkh", date(2022, 4, 4), None))
    later.sweep_days("01/4", "04/4")
    state = later.state(READING).step("thuc-hien")
    assert (state.round.cause, state.round.last_on) == ("joined", day("12/4"))  # 11/4 is a day off
    assert state.rounds[0].last_on == day("04/3")
    assert _reads(later, "cv-moi", "05/4").startswith("hoàn thành")


def test_somebody_who_leaves_drops_out_and_may_finish_the_campaign(desk: Desk) -> None:
    desk.sweep("25/2")
    for person in PEOPLE[:2] + PEOPLE[3:]:
        _reads(desk, person)
    gone = desk.office.directory.persons["cv-qlkh-2"]._replace(until=day("28/2"))
    later = _with(desk, gone)
    later.sweep("28/2")
    assert not later.state(READING).closed
    later.sweep("01/3")
    assert later.state(READING).closed


# --- approvals ---


def _asked(desk: Desk) -> None:
    """The Chi cục's report of 04/6 unanswered until the question for the deputy director comes on 10/6."""
    desk.sweep_days("13/5", "10/6")


def test_above_the_head_of_the_office_a_person_is_asked_first(desk: Desk) -> None:
    _asked(desk)
    late = [n for n in desk.told(TDC) if n.kind in ("overdue", "escalation", "approval")]
    assert [
        (n.kind, n.role, local_days([n])[0]) for n in sorted(late, key=lambda n: (n.moment_at, n.kind == "escalation"))
    ] == [
        ("overdue", "dau-moi-tdc", day("06/6")),
        ("escalation", "chi-cuc-truong-tdc", day("06/6")),
        ("escalation", "chanh-van-phong", day("08/6")),
        ("approval", "chanh-van-phong", day("10/6")),
    ]
    assert [n.details["draft"] for n in late if n.role == "chanh-van-phong" and n.kind == "escalation"] == [
        "cong-van-don-doc"
    ]
    assert [n.details["level"] for n in late if n.kind == "approval"] == ["pho-giam-doc"]


def test_an_unanswered_question_is_asked_again_each_working_day(desk: Desk) -> None:
    _asked(desk)
    chases = [n for n in desk.sweep_days("11/6", "15/6") if n.occurrence == TDC]
    assert [(n.kind, day_) for n, day_ in zip(chases, local_days(chases), strict=True)] == [
        ("approval", day("13/6")),
        ("approval", day("14/6")),
        ("approval", day("15/6")),
    ]


def test_an_approved_report_goes_to_its_level_at_once_and_once(either: Desk) -> None:
    _asked(either)
    given = approve(either.office, TDC, acting("10/6", "chanh-van-phong-so"), moment("10/6", 9), "nop")
    assert shapes(given.told) == [("escalation", "pho-giam-doc")]
    later = [n for n in either.sweep_days("11/6", "16/6") if n.occurrence == TDC]
    assert later == []
    with pytest.raises(Refused, match="không có báo cáo nào chờ duyệt"):
        approve(either.office, TDC, acting("13/6"), moment("13/6"), "nop")


def test_a_withheld_report_goes_nowhere_and_its_reason_stays_in_the_book(desk: Desk) -> None:
    _asked(desk)
    with pytest.raises(Refused, match="phải có lý do"):
        withhold(desk.office, TDC, "", acting("10/6"), moment("10/6", 9), "nop")
    withhold(desk.office, TDC, "Chi cục đã điện báo", acting("10/6"), moment("10/6", 9), "nop")
    assert [n for n in desk.sweep_days("11/6", "16/6") if n.occurrence == TDC] == []
    assert [f.payload["reason"] for f in desk.facts(TDC) if f.kind == "withheld"] == ["Chi cục đã điện báo"]
    asked = desk.sweep_days("17/6", "17/6")  # +10 is another level, and another question
    assert [n.details["level"] for n in asked if n.occurrence == TDC] == ["giam-doc"]


def test_a_proposed_due_never_reaches_the_leadership(desk: Desk) -> None:
    told = desk.sweep_days("18/2", "31/8")
    posting = key("quan-triet-qd-168", "2022-05-31", "phong-qlkh")
    late = {n.role for n in told if n.occurrence == posting and n.kind in ("escalation", "approval")}
    assert late == {"truong-phong-qlkh", "chanh-van-phong"}


# --- gaps ---


def test_work_of_a_vacant_desk_goes_to_the_next_one_up_and_the_office_hears(desk: Desk) -> None:
    short = Desk(vacated(desk.office, "dau-moi-tdc"))
    short.sweep_days("13/5", "13/5")
    assert sorted((n.kind, n.recipient, n.role) for n in short.told(TDC)) == [
        ("gap", "cv-theo-doi-qcdc", "van-phong"),
        ("opened", "cct-tdc", "dau-moi-tdc"),
    ]
    assert [n.details["gap"] for n in short.told(TDC, "gap")] == ["vacant"]


def test_a_gap_is_chased_each_working_day_until_somebody_holds_the_desk(desk: Desk) -> None:
    short = Desk(vacated(desk.office, "dau-moi-tdc"))
    short.sweep("13/5")
    told = short.sweep_days("16/5", "22/5") + short.sweep_days("20/5", "22/5", hour=14)
    gaps = [n for n in told if n.kind == "gap" and n.details["role"] == "dau-moi-tdc"]
    assert sorted(set(local_days(gaps))) == [day(f"{n}/5") for n in (16, 17, 18, 19, 20)]
    assert {n.recipient for n in gaps} == {"cv-theo-doi-qcdc"}
    chases = [n for n in gaps if n.key.startswith("gap/")]
    assert len(chases) == len(set(local_days(chases)))  # one a day, however much work it holds up
    assert [n for n in desk.sweep_days("23/5", "24/5") if n.kind == "gap"] == []


def test_somebody_without_an_address_is_a_gap_and_the_work_goes_on(desk: Desk) -> None:
    short = Desk(without_address(desk.office, "cb-dau-moi-tdc"))
    told = [n for n in short.sweep_days("13/5", "06/6") if n.occurrence == TDC]
    assert "cb-dau-moi-tdc" not in {n.recipient for n in told}
    assert {(n.details["gap"], n.recipient) for n in told if n.kind == "gap"} == {("no-address", "cv-theo-doi-qcdc")}
    assert ("escalation", "cct-tdc") in {(n.kind, n.recipient) for n in told}
    assert short.row(TDC, "06/6").timeliness == "overdue"


def test_somebody_away_is_answered_for_by_the_deputy_without_a_gap(desk: Desk) -> None:
    away = Desk(absent(desk.office, Absence("cb-dau-moi-tdc", day("10/5"), day("20/5"))))
    told = [n for n in away.sweep_days("13/5", "25/5") if n.occurrence == TDC]
    assert [(n.kind, n.recipient, n.acting) for n in told] == [
        ("opened", "pcct-tdc", "pho-chi-cuc-truong-tdc"),
        ("reminder", "cb-dau-moi-tdc", ""),
    ]


def test_a_well_staffed_office_chases_no_gap(desk: Desk) -> None:
    assert [n for n in desk.sweep_days("18/2", "31/3") if n.kind == "gap"] == []


def test_a_new_register_is_in_trial(desk: Desk) -> None:
    with desk.office.register.reading() as book:
        assert not is_live(book, date.max)
    assert (PLAN, str(PAPER)) == ("qcdc-2022", "15/QĐ-KHCN ngày 18/02/2022")


# --- a new holder ---


def test_a_change_in_the_organisation_file_tells_the_new_holder_at_the_next_sweep(desk: Desk) -> None:
    desk.sweep_days("18/2", "26/5")
    old, new = "cb-dau-moi-tdc", "cv-tdc-1"
    persons = {**desk.office.directory.persons, new: Person(new, "Chuyên viên TĐC", "chi-cuc-tdc")}
    office = held_by(desk.office, "dau-moi-tdc", (old, None, day("26/5")), (new, day("27/5"), None))
    after = Desk(directed(office, persons=persons, reachable=None))
    told = [n for n in after.sweep("27/5").notices if n.occurrence == TDC]
    assert [(n.kind, n.recipient) for n in told] == [("handover", new)]
    assert [n for n in after.sweep("27/5", 9).notices if n.occurrence == TDC] == []


def test_a_filled_desk_takes_its_waiting_gap_back_and_the_new_holder_hears(desk: Desk) -> None:
    short = Desk(vacated(desk.office, "dau-moi-tdc"))
    short.sweep_days("13/5", "13/5")
    assert [(r.notice.recipient, r.withdrawn_at) for r in _gaps(short)] == [("cv-theo-doi-qcdc", None)]
    assert withdraw_stale(short.office, moment("13/5", 9)) == 0
    told = [n for n in desk.sweep("16/5").notices if n.occurrence == TDC]
    assert ("handover", "cb-dau-moi-tdc") in [(n.kind, n.recipient) for n in told]
    withdraw_stale(desk.office, moment("16/5", 9))
    (gap,) = _gaps(desk)
    assert gap.withdrawn_at and gap.reason == "đã có người nhận"
    assert [n for n in desk.sweep_days("17/5", "20/5") if n.kind == "gap"] == []


def test_an_absence_entered_meanwhile_reaches_open_work_at_its_next_word(desk: Desk) -> None:
    desk.sweep_days("13/5", "24/5")
    away = Desk(absent(desk.office, Absence("cb-dau-moi-tdc", day("25/5"), day("31/5"))))
    assert {n.recipient for n in away.sweep_days("25/5", "31/5") if n.occurrence == TDC} == {"pcct-tdc"}
    assert [n.recipient for n in away.sweep_days("01/6", "02/6") if n.occurrence == TDC] == ["cb-dau-moi-tdc"]


def test_an_address_entered_meanwhile_closes_the_gap(desk: Desk) -> None:
    short = Desk(without_address(desk.office, "cb-dau-moi-tdc"))
    assert [n for n in short.sweep_days("13/5", "16/5") if n.kind == "gap" and n.details["role"] == "dau-moi-tdc"]
    told = desk.sweep_days("17/5", "31/5")
    assert [n for n in told if n.kind == "gap"] == []
    assert {n.recipient for n in told if n.occurrence == TDC} == {"cb-dau-moi-tdc"}


def _gaps(desk: Desk) -> list[NoticeRecord]:
    with desk.office.register.reading() as book:
        return [r for r in book.notices(occurrences=[TDC]) if r.notice.kind == "gap"]


def test_an_answer_that_comes_before_the_first_check_counts_as_any_other(desk: Desk) -> None:
    """No check came, as after an outage: whoever is asked today is asked."""
    given = acknowledge(desk.office, READING, acting("25/2"), moment("25/2", 18), all_but=["tp-qlkh"], minutes="03/BB")
    assert given.label == "trong hạn"
    assert [m.person for m in desk.state(READING).members] == PEOPLE
    assert _reads(desk, "tp-qlkh", "28/2") == "hoàn thành trước hạn"
    desk.sweep("01/3")
    assert desk.state(READING).closed
