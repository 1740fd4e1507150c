"""Cases: opened by an event, under the law's clock, without a name anywhere; ad-hoc duties of an incoming paper."""

import json

import pytest
from office_samples import PAPER, PLAN, Desk, acting, day, held_by, moment, report, shapes

from dondoc.use_cases.act import Document
from dondoc.use_cases.board import without_cases
from dondoc.use_cases.check_obligation import check_obligation
from dondoc.use_cases.desired_touchpoints import desired_touchpoints
from dondoc.use_cases.open_case import CaseOpening, open_ad_hoc, open_case
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.submit import submit

ACCUSED = "thanh-tra-vien"  # holds the very role that would be told first
SECRETS = (ACCUSED, "Thanh tra viên")


def _open(desk: Desk, obligation: str, on: str = "01/3", **more):
    opening = CaseOpening(obligation, day(on), **more)
    return open_case(desk.office, PLAN, opening, acting(on), moment(on, 8, 30))


def _said_of(desk: Desk, case: str) -> str:
    """All that anybody could read of a case: notices, facts, board, decisions, runs."""
    checked = check_obligation(desk.office, PLAN, case.split("/")[1], moment("01/4", 9))
    points = desired_touchpoints(desk.office, moment("01/3"), moment("31/12"))
    row = desk.row(case, "01/4")
    return json.dumps(
        [
            [n._asdict() | {"moment_at": 0, "not_after": 0} for n in desk.told(case)],
            [dict(f.payload) | {"personal": 0} for f in desk.facts(case)],
            [row.key, row.title, row.party, row.label, row.period, row.step_title, checked.markdown],
            [(p.key, p.name, p.tags) for p in points if case in p.key],
        ],
        ensure_ascii=False,
        default=str,
    )


@pytest.mark.parametrize("obligation", ["khieu-nai", "to-cao"])
def test_a_case_counts_from_its_event_and_is_told_to_who_handles_it(desk: Desk, obligation: str) -> None:
    desk.sweep("01/3")
    opened = _open(desk, obligation)
    assert shapes(opened.told) == [("opened", "thanh-tra")]
    round_ = desk.state(opened.key).step("thu-ly").round
    # Ten days from 01/3; seven working days from 01/3 (a Tuesday): Thursday 10/3.
    assert round_.last_on == {"khieu-nai": day("11/3"), "to-cao": day("10/3")}[obligation]
    assert desk.row(opened.key, "02/3").basis == "law"


@pytest.mark.parametrize("obligation", ["khieu-nai", "to-cao"])
def test_the_accused_is_told_nothing_and_named_nowhere(desk: Desk, obligation: str) -> None:
    case = _open(desk, obligation, accused=(ACCUSED,)).key
    desk.sweep_days("01/3", "01/4")
    told = desk.told(case)
    assert told and ACCUSED not in {n.recipient for n in told}
    assert {n.recipient for n in told if n.kind == "opened"} == {"pho-chanh-thanh-tra-so"}
    assert "escalation" in {n.kind for n in told} and "gap" not in {n.kind for n in told}
    words = _said_of(desk, case)
    assert [secret for secret in SECRETS if secret in words] == []


def test_the_accused_may_be_named_by_a_role(desk: Desk) -> None:
    case = _open(desk, "to-cao", accused=("thanh-tra",)).key
    assert desk.office.directory.holder("thanh-tra", day("01/3")) == ACCUSED
    assert ACCUSED not in {n.recipient for n in desk.told(case)}


def test_an_accused_nobody_knows_is_refused_lest_a_slip_tell_the_accused(desk: Desk) -> None:
    with pytest.raises(Refused, match="thanh-tra-vienn"):
        _open(desk, "to-cao", accused=("thanh-tra-vienn",))


REFUSED = [
    "Tố cáo ông Nguyễn Văn Bê",
    "NguyenVanBe",
    "NGUYENVANA-1",
    "Bê-1",
    "TC 01",
    "1" * 7,
    "TC-01/Bê",
    "12/ĐTC-2022",
]


@pytest.mark.parametrize("reference", REFUSED)
def test_a_confidential_case_is_called_by_a_number_and_by_no_words(desk: Desk, reference: str) -> None:
    with pytest.raises(Refused, match="Số hiệu"):
        _open(desk, "to-cao", reference=reference)


@pytest.mark.parametrize("reference", ["TC-01", "TC01", "ĐT-7", "12/2022", "TC-01/2022", "TC-2022-09", "123456"])
def test_a_registers_number_is_taken_as_it_is(desk: Desk, reference: str) -> None:
    assert desk.row(_open(desk, "to-cao", reference=reference).key, "02/3").title == f"Vụ việc {reference}"


def test_an_office_that_numbers_otherwise_says_so_in_its_plan(desk: Desk) -> None:
    plan = desk.office.plans[PLAN]._replace(case_number=r"\d{1,4}/ĐTC-\d{4}")
    other = Desk(desk.office._replace(plans={PLAN: plan}))
    case = _open(other, "to-cao", reference="12/ĐTC-2022").key
    assert case.split("/")[2:] == ["12-ĐTC-2022", "thanh-tra"]
    assert "12/ĐTC-2022" in other.row(case, "02/3").title
    with pytest.raises(Refused, match="case-number"):
        _open(other, "to-cao", reference="TC-01")


def test_a_deputy_who_is_accused_is_passed_over_too(desk: Desk) -> None:
    case = _open(desk, "to-cao", accused=(ACCUSED, "pho-chanh-thanh-tra-so")).key
    desk.sweep_days("01/3", "14/3")
    assert {n.recipient for n in desk.told(case) if n.kind == "opened"} == {"chanh-thanh-tra-so"}
    assert not {ACCUSED, "pho-chanh-thanh-tra-so"} & {n.recipient for n in desk.told(case)}


def test_an_accused_director_is_not_the_one_it_is_escalated_to(desk: Desk) -> None:
    case = _open(desk, "to-cao", accused=("giam-doc-so",)).key
    desk.sweep_days("01/3", "01/4")
    told = desk.told(case)
    assert "giam-doc-so" not in {n.recipient for n in told}
    assert "giam-doc" not in {n.role for n in told}  # in whose place the deputy hears is not written down
    assert [n.recipient for n in told if n.kind == "escalation"].count("pho-giam-doc-thuong-truc") == 1


def test_a_handover_to_the_accused_reaches_the_next_one(desk: Desk) -> None:
    case = _open(desk, "khieu-nai", accused=(ACCUSED,)).key
    office = held_by(desk.office, "chanh-thanh-tra", (ACCUSED, None, None))
    Desk(office).sweep_days("01/3", "01/4")
    assert ACCUSED not in {n.recipient for n in desk.told(case)}


def test_a_confidential_case_shows_its_number_alone(desk: Desk) -> None:
    case = _open(desk, "to-cao").key
    row = desk.row(case, "02/3")
    assert (row.title, row.period, row.party, row.confidential) == ("Vụ việc TC-2022-01", "", "", True)


def test_a_run_tells_how_many_confidential_cases_there_are_and_nothing_of_any(desk: Desk) -> None:
    case = _open(desk, "to-cao").key
    _open(desk, "to-cao")
    report = check_obligation(desk.office, PLAN, "to-cao", moment("03/3", 9))  # a reminder's day
    assert len(desk.told(case)) == 2
    assert "**Vụ việc:** 2; đang giải quyết: 2; quá hạn: 0" in report.markdown
    assert "TC-2022" not in report.markdown and "10/3" not in report.markdown
    late = check_obligation(desk.office, PLAN, "to-cao", moment("14/3", 9))
    assert (late.overdue, "quá hạn: 2" in late.markdown) == (2, True)


def test_the_board_others_see_counts_the_cases_and_shows_none(desk: Desk) -> None:
    _open(desk, "to-cao")
    _open(desk, "khieu-nai")
    rows, cases = without_cases(desk.board("14/3"))
    assert cases == "2 vụ việc: 2 đang giải quyết, 2 quá hạn"
    assert rows and not any(row.confidential for row in rows)
    assert without_cases(rows)[1] == ""


def test_a_confidential_case_has_no_runs_of_its_own(desk: Desk) -> None:
    secret, open_ = _open(desk, "to-cao").key, _open(desk, "ck-bo-nhiem").key
    points = {p.occurrence for p in desired_touchpoints(desk.office, moment("01/3"), moment("31/12"))}
    assert secret not in points and open_ in points


def test_cases_are_numbered_within_their_kind_and_a_number_is_used_once(desk: Desk) -> None:
    numbers = [_open(desk, "ck-bo-nhiem").key.split("/")[2] for _ in range(2)]
    assert numbers == ["CBN-2022-01", "CBN-2022-02"]
    with pytest.raises(Refused, match=r"Đã có «qcdc-2022/ck-bo-nhiem/CBN-2022-01/van-phong»"):
        _open(desk, "ck-bo-nhiem", reference="CBN-2022-01")


@pytest.mark.parametrize(
    ("obligation", "on", "more", "says"),
    [
        ("bao-cao-dinh-ky", "01/3", {}, "không phải nghĩa vụ mở theo sự kiện"),
        ("to-cao", "02/3", {}, "Ngày phát sinh ở sau hôm nay"),
        ("to-cao", "01/3", {"party": "phong-khac"}, "Không có đơn vị «phong-khac»"),
    ],
)
def test_a_case_that_cannot_be_is_refused(desk: Desk, obligation: str, on: str, more: dict, says: str) -> None:
    with pytest.raises(Refused, match=says):
        open_case(desk.office, PLAN, CaseOpening(obligation, day(on), **more), acting("01/3"), moment("01/3", 9))


def test_the_same_request_opens_one_case(either: Desk) -> None:
    either.sweep("01/3")
    opening, act = CaseOpening("to-cao", day("01/3")), acting("01/3", request_key="don-1")
    again = [open_case(either.office, PLAN, opening, act, moment("01/3", 9)).already for _ in range(2)]
    assert again == [False, True]
    with either.office.register.reading() as book:
        assert len(book.births(plan=PLAN, obligation="to-cao")) == 1


# --- a posting of at least thirty days ---


def _posted(desk: Desk) -> str:
    case = _open(desk, "ck-bo-nhiem").key
    submit(desk.office, case, report("02/3"), acting("02/3"), moment("02/3", 9), "cong-khai")
    return case


def _breach(desk: Desk, case: str) -> int:
    return next(f for f in desk.facts(case) if f.step == "ket-thuc" and f.kind == "submitted").payload.get(
        "breach_days", 0
    )


@pytest.mark.parametrize(("on", "short"), [("31/3", 1), ("01/4", 0), ("06/4", 0)])
def test_a_posting_taken_down_early_is_a_breach_of_so_many_days(desk: Desk, on: str, short: int) -> None:
    case = _posted(desk)  # up on 02/3: thirty days are full on 01/4
    submit(desk.office, case, report(on), acting(on), moment(on, 9), "ket-thuc")
    assert _breach(desk, case) == short
    assert desk.state(case).closed


def test_a_posting_that_was_never_put_up_cannot_be_taken_down(desk: Desk) -> None:
    case = _open(desk, "ck-bo-nhiem").key
    with pytest.raises(Refused, match="Chưa có ngày bắt đầu"):
        submit(desk.office, case, report("02/3"), acting("02/3"), moment("02/3", 9), "ket-thuc")


# --- ad hoc ---

LETTER = Document("12/UBND-KGVX", day("01/3"))


def _ad_hoc(desk: Desk, by: str = "chi-cuc-tdc", request_key: str = ""):
    act = acting("01/3", request_key=request_key)
    until = day("15/3")
    return open_ad_hoc(desk.office, PLAN, "Báo cáo nhanh", LETTER, "UBND tỉnh", until, by, act, moment("01/3", 9))


def test_an_incoming_paper_opens_a_duty_with_its_due_and_reminders(either: Desk) -> None:
    either.sweep("01/3")
    opened = _ad_hoc(either, request_key="cv-den-12")
    assert _ad_hoc(either, request_key="cv-den-12").already
    told = either.sweep_days("02/3", "18/3")
    assert [(n.kind, n.recipient) for n in told if n.occurrence == opened.key] == [
        ("reminder", "cb-dau-moi-tdc"),  # three working days before 15/3
        ("reminder", "cb-dau-moi-tdc"),
        ("due-today", "cb-dau-moi-tdc"),
        ("overdue", "cb-dau-moi-tdc"),
    ]
    row = either.row(opened.key, "18/3")
    assert (row.title, row.basis, row.late, row.days) == ("Báo cáo nhanh", "external", True, 3)


def test_an_ad_hoc_duty_is_answered_like_any_other(desk: Desk) -> None:
    opened = _ad_hoc(desk)
    done = submit(desk.office, opened.key, report("14/3"), acting("14/3"), moment("14/3", 9))
    assert done.label == "hoàn thành trước hạn"
    with pytest.raises(Refused, match="Đã có"):
        _ad_hoc(desk)
    with pytest.raises(Refused, match="Không có vai hoặc đơn vị"):
        _ad_hoc(desk, "phong-khac")
    assert str(PAPER) == "15/QĐ-KHCN ngày 18/02/2022"
