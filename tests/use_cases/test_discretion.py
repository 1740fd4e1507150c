"""Of a confidential case the book takes numbers, days and places, by whatever door they come."""

import json

import pytest
from office_samples import PLAN, Desk, acting, day, key, moment, report

from dondoc.use_cases.act import Document
from dondoc.use_cases.call_list import call_list
from dondoc.use_cases.correct import correct
from dondoc.use_cases.deliver import deliver
from dondoc.use_cases.discretion import REASONS
from dondoc.use_cases.extend import ask_extension, extend
from dondoc.use_cases.mail_route import MailRoute
from dondoc.use_cases.open_case import CaseOpening, open_case
from dondoc.use_cases.people_acts import decide, reassign, suspend
from dondoc.use_cases.record_call import record_call
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.return_step import return_step
from dondoc.use_cases.submit import Evidence, submit
from dondoc.use_cases.waive import nothing_occurred, waive
from notifications.outcome import Outcome

NAME = "Nguyễn Văn Bê"
BOX = MailRoute(url="smtp://127.0.0.1:9", is_mailbox=True)
PAPER = Document("45/KL-TTr", day("01/3"))
NAMED = Document(NAME, day("01/3"))
ACT, AT = acting("02/3"), moment("02/3", 9)


@pytest.fixture
def case(desk: Desk) -> str:
    return open_case(desk.office, PLAN, CaseOpening("to-cao", day("01/3")), acting("01/3"), moment("01/3", 9)).key


WAYS_IN = {
    "a note": lambda office, case: submit(office, case, report("02/3", note=NAME), ACT, AT),
    "a file": lambda office, case: submit(office, case, report("02/3", files=(f"{NAME}.pdf",)), ACT, AT),
    "a figure": lambda office, case: submit(office, case, report("02/3", figures=((NAME, "1"),)), ACT, AT),
    "a number": lambda office, case: submit(office, case, Evidence(f"Tố cáo {NAME}", day("02/3")), ACT, AT),
    "a place": lambda office, case: submit(office, case, Evidence("1", day("02/3"), kept_at=f"Tủ {NAME}"), ACT, AT),
    "whose place": lambda office, case: submit(office, case, Evidence("1", day("02/3"), kept_at="tủ ông Bê"), ACT, AT),
    "an actor": lambda office, case: submit(office, case, report("02/3"), acting("02/3", NAME), AT),
    "on behalf": lambda office, case: submit(office, case, report("02/3"), acting("02/3", f"van-thu thay {NAME}"), AT),
    "a reason to extend": lambda office, case: ask_extension(office, case, day("30/3"), f"chờ {NAME}", ACT, AT),
    "a deciding paper": lambda office, case: extend(office, case, day("30/4"), NAMED, ACT, AT, "giai-quyet"),
    "a reason to hand over": lambda office, case: reassign(office, case, "chanh-thanh-tra", f"{NAME} nghỉ", ACT, AT),
    "a reason to suspend": lambda office, case: suspend(office, case, f"{NAME} ốm", PAPER, ACT, AT),
    "a reason to waive": lambda office, case: waive(office, case, f"{NAME} rút đơn", ACT, AT, PAPER),
    "a paper to waive by": lambda office, case: waive(office, case, "đã rút đơn", ACT, AT, NAMED),
    "a decision": lambda office, case: decide(office, case, "complex", NAMED, ACT, AT),
}


@pytest.mark.parametrize("way", WAYS_IN)
def test_no_door_takes_words_about_a_confidential_case(desk: Desk, case: str, way: str) -> None:
    if way == "a deciding paper":
        submit(desk.office, case, report("02/3"), ACT, AT)
    before = desk.facts(case)
    with pytest.raises(Refused) as refused:
        WAYS_IN[way](desk.office, case)
    assert refused.value.next_step
    assert desk.facts(case) == before
    assert "Bê" not in json.dumps([dict(f.payload) for f in before], ensure_ascii=False)


def test_a_correction_and_a_return_take_none_either(desk: Desk, case: str) -> None:
    submit(desk.office, case, report("02/3"), ACT, AT)
    seq = next(f.seq for f in desk.facts(case) if f.kind == "submitted")
    for values, reason in (({"note": NAME}, "ghi nhầm"), ({"number": NAME}, "ghi nhầm"), ({"number": "46/KL"}, NAME)):
        with pytest.raises(Refused):
            correct(desk.office, case, seq, values, reason, ACT, AT)
    with pytest.raises(Refused, match="Lý do của vụ việc"):
        return_step(desk.office, case, f"thiếu chữ ký {NAME}", ACT, AT, "thu-ly")
    assert correct(desk.office, case, seq, {"number": "46/KL-TTr"}, "ghi nhầm", ACT, AT).key == case
    assert return_step(desk.office, case, "thiếu hồ sơ", ACT, AT, "thu-ly").key == case


@pytest.mark.parametrize("number", ["45", "45/KL-TTr", "12/2022/QĐ-SKHCN", "7/QĐ-SKH&CN", "3-BC", "12/BC-TĐC"])
def test_a_papers_number_its_day_and_its_place_are_taken(desk: Desk, case: str, number: str) -> None:
    given = Evidence(number, day("02/3"), kept_at="Thanh tra Sở, tủ 3, hồ sơ số 12")
    assert submit(desk.office, case, given, ACT, AT).key == case


PLACES = (
    "Thanh tra Sở, tủ 3, hồ sơ số 12",
    "Văn thư đơn vị",
    "HS-12/2022",
    "Kho A, giá 4, hộp 12",
    "lưu trữ, quyển số 7",
)
NO_PLACES = (
    "tủ riêng",
    "hồ sơ về việc đánh bạc",
    "tủ 3 của bà Lan",
    "ngăn bàn cô thư ký",
    "Thanh tra Sở, bê",
    "tủ BÊ",
    "nhà 12",
    "tủ 3; Nguyễn",
)


@pytest.mark.parametrize("place", PLACES)
def test_a_place_in_an_archive_is_taken(desk: Desk, case: str, place: str) -> None:
    assert submit(desk.office, case, Evidence("1", day("02/3"), kept_at=place), ACT, AT).key == case


@pytest.mark.parametrize("place", NO_PLACES)
def test_a_place_that_may_be_words_is_refused(desk: Desk, case: str, place: str) -> None:
    with pytest.raises(Refused, match="Nơi lưu") as refused:
        submit(desk.office, case, Evidence("1", day("02/3"), kept_at=place), ACT, AT)
    assert "case-place" in refused.value.next_step


def test_an_office_may_write_its_places_in_its_own_way(desk: Desk) -> None:
    plan = desk.office.plans[PLAN]._replace(case_place=r"VT\.\d{3}")
    desk.office = desk.office._replace(plans={PLAN: plan})
    case = open_case(desk.office, PLAN, CaseOpening("to-cao", day("01/3")), acting("01/3"), moment("01/3", 9)).key
    with pytest.raises(Refused):
        submit(desk.office, case, Evidence("1", day("02/3"), kept_at=PLACES[0]), ACT, AT)
    assert submit(desk.office, case, Evidence("1", day("02/3"), kept_at="VT.012"), ACT, AT).key == case


def test_a_call_about_a_confidential_case_is_recorded_without_a_word(desk: Desk, case: str) -> None:
    desk.office = desk.office._replace(mail=BOX)
    desk.sweep("14/3")
    at = moment("14/3", 9)
    deliver(desk.office, at, clock=lambda: at, send=lambda _d: Outcome("permanent", "550"))
    call = next(c for c in call_list(desk.office, at) if c.key == case)
    with pytest.raises(Refused, match="không nhận ghi chú"):
        record_call(desk.office, call.person, acting("14/3"), at, note=f"đã báo về đơn của {NAME}")
    with pytest.raises(Refused, match="phải là mã"):
        record_call(desk.office, call.person, acting("14/3", NAME), at)
    assert case in {c.key for c in record_call(desk.office, call.person, acting("14/3"), at)}


@pytest.mark.parametrize("number", ["Bê", "12/NGUYENVANBE", "12/nguyenb", "12 Bê", "12/KL của Bê", "12/A/B/C/D/E"])
def test_a_number_that_may_be_words_is_refused(desk: Desk, case: str, number: str) -> None:
    with pytest.raises(Refused, match="chưa đúng dạng"):
        submit(desk.office, case, Evidence(number, day("02/3")), ACT, AT)


@pytest.mark.parametrize("reason", [*REASONS, "45/KL-TTr", "45/KL-TTr ngày 01/3/2022"])
def test_a_reason_is_one_of_the_listed_or_a_papers_number(desk: Desk, case: str, reason: str) -> None:
    assert reassign(desk.office, case, "chanh-thanh-tra", reason, ACT, AT).key == case


def test_of_other_work_words_are_taken_as_before(desk: Desk) -> None:
    desk.sweep("13/5")
    given = report("13/5", note=f"theo lời {NAME}", files=("bao-cao.pdf",))
    act, at = acting("13/5", "ai-do"), moment("13/5", 9)
    assert submit(desk.office, key("bao-cao-dinh-ky", "2022-H1", "chi-cuc-tdc"), given, act, at).key


def test_nothing_occurred_takes_no_note_where_it_is_confidential(desk: Desk, case: str) -> None:
    with pytest.raises(Refused):
        nothing_occurred(desk.office, case, ACT, AT, NAME)


# --- papers of the Party, secret papers ---

PARTY = key("chi-uy-lanh-dao-chi-dao", "2022-Q1", "chi-uy")


@pytest.mark.parametrize("more", [{"files": ("nghi-quyet.pdf",)}, {"note": "nội dung"}, {"figures": (("phiếu", "9"),)}])
def test_a_paper_of_the_party_is_not_taken_in(desk: Desk, more: dict) -> None:
    desk.sweep("28/3")
    with pytest.raises(Refused, match="không nhận tệp") as refused:
        submit(desk.office, PARTY, report("28/3", **more), acting("28/3"), moment("28/3", 9))
    assert "nơi lưu" in refused.value.next_step


def test_its_number_day_and_place_are(desk: Desk) -> None:
    desk.sweep("28/3")
    assert submit(desk.office, PARTY, report("28/3"), acting("28/3"), moment("28/3", 9)).key == PARTY
