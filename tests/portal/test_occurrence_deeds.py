"""What is done on an occurrence's page: each deed once, by whom it is open to, and by nobody else."""

import re
from datetime import date

import pytest
from answering_office import DOER, HEAD, PLAN, REPORT, Portal, june
from form_fields import fields
from httpx import Response
from test_answer_by_link import PDF
from test_occurrence_page import CLERK, DIRECTOR, INSPECTOR_DOER, open_complaint

from dondoc.use_cases.scene import gather_one

PAGE = f"/ky/{REPORT}"
GIVEN = {"number": "45/BC-TĐC", "signed_on": "02/6/2022", "kept_at": "Văn thư đơn vị"}
PAPER = {"document": "12/QĐ-SKHCN", "document_on": "02/6/2022"}
SPECIALIST = "ktv-kiem-dinh-1"


def post(portal: Portal, page: str, slug: str, step: str = "", **typed: str) -> Response:
    """As a browser does it: the page first, then the form."""
    address = f"{page}/{slug}" + (f"?buoc={step}" if step else "")
    return portal.browser.post(address, data=fields(portal, address, **typed))


def done(portal: Portal, person: str, slug: str, step: str = "", page: str = PAGE, **typed: str) -> None:
    portal.sign_in(person)
    answer = post(portal, page, slug, step, **typed)
    assert (answer.status_code, answer.headers.get("location")) == (303, f"{page}/da-ghi"), answer.text


def offered(portal: Portal, person: str, page: str = PAGE) -> set[str]:
    """Slugs of the deeds that a person's page links to."""
    portal.sign_in(person)
    return set(re.findall(rf'href="{re.escape(page)}/([a-z-]+)\?buoc=', portal.get(page).text))


def last_fact(portal: Portal, kind: str, key: str = REPORT):
    with portal.office.register.reading() as book:
        return [fact for fact in book.facts([key])[key] if fact.kind == kind][-1]


def test_the_doer_hands_in_with_a_file_and_sees_what_was_recorded(portal: Portal) -> None:
    portal.sign_in(DOER)
    form = fields(portal, f"{PAGE}/nop?buoc=nop")
    files = [("files", ("a.pdf", PDF, "application/pdf"))]
    answer = portal.browser.post(f"{PAGE}/nop?buoc=nop", data={**form, **GIVEN}, files=files)
    assert answer.headers["location"] == f"{PAGE}/da-ghi"
    (given,) = portal.step().submissions
    assert (given.number, given.actor, len(given.files)) == ("45/BC-TĐC", DOER, 1)
    shown = portal.get(f"{PAGE}/da-ghi").text
    assert "Đã ghi vào sổ theo dõi" in shown and "45/BC-TĐC" in shown and "trên trang thông tin" in shown
    assert last_fact(portal, "submitted").via == "portal"


def test_a_form_sent_twice_is_one_answer(portal: Portal) -> None:
    portal.sign_in(DOER)
    form = {**fields(portal, f"{PAGE}/nop?buoc=nop"), **GIVEN}
    assert [portal.browser.post(f"{PAGE}/nop?buoc=nop", data=form).status_code for _time in range(2)] == [303, 303]
    assert len(portal.step().submissions) == 1


def test_nothing_is_called_recorded_where_nothing_was(portal: Portal) -> None:
    portal.sign_in(DOER)
    assert portal.get(f"{PAGE}/da-ghi").headers["location"] == PAGE
    link = portal.link()
    assert portal.get(f"{link}/da-ghi").headers["location"] == link


def test_a_form_without_this_session_s_word_changes_nothing(portal: Portal) -> None:
    portal.sign_in(DOER)
    form = {**fields(portal, f"{PAGE}/nop?buoc=nop"), **GIVEN, "csrf": "0" * 64}
    assert portal.browser.post(f"{PAGE}/nop?buoc=nop", data=form).status_code == 403
    assert portal.step().submissions == ()


def test_wrong_fields_come_back_with_what_was_typed(portal: Portal) -> None:
    portal.sign_in(DOER)
    answer = post(portal, PAGE, "nop", "nop", **GIVEN | {"signed_on": "31/6/2022"})
    assert answer.status_code == 422
    assert "45/BC-TĐC" in answer.text and "không phải một ngày" in answer.text


@pytest.mark.parametrize(
    ("person", "slugs"),
    [
        (DOER, {"nop", "xin-gia-han", "khong-phai-viec-toi"}),
        (HEAD, {"nop", "xin-gia-han", "khong-phai-viec-toi", "phan-cong"}),
        (CLERK, {"gia-han", "dat-lai-han", "giao-lai", "tam-dung", "mien"}),
        (DIRECTOR, set()),
    ],
)
def test_each_part_is_offered_its_own_deeds(portal: Portal, person: str, slugs: set[str]) -> None:
    assert offered(portal, person) == slugs


def test_what_is_not_offered_is_not_taken_either(portal: Portal) -> None:
    portal.sign_in(DOER)
    form = fields(portal, f"{PAGE}/nop?buoc=nop")
    for slug, typed in (
        ("gia-han", {"last_on": "15/6/2022", **PAPER}),
        ("mien", {"reason": "x", **PAPER}),
        ("xac-nhan", {}),
        ("giao-lai", {"to": "van-thu"}),
    ):
        answer = portal.browser.post(f"{PAGE}/{slug}?buoc=nop", data={**form, **typed})
        assert (answer.status_code, "không nhận câu trả lời ấy" in answer.text) == (422, True), slug
    assert len(portal.step().rounds) == 1


def test_the_office_confirms_with_the_days_it_alone_sets(portal: Portal) -> None:
    done(portal, DOER, "nop", "nop", **GIVEN, sent_on="01/6/2022")
    assert portal.step().submissions[0].sent_on is None
    assert offered(portal, CLERK) >= {"xac-nhan", "tra-lai"}
    assert "xac-nhan" not in offered(portal, HEAD)
    done(portal, CLERK, "xac-nhan", "tiep-nhan", sent_on="02/6/2022", received_on="03/6/2022")
    (given,) = portal.step().submissions
    assert (given.sent_on, given.received_on, portal.step().status) == (date(2022, 6, 2), date(2022, 6, 3), "done")


def test_a_return_gives_its_reason_and_a_due_of_its_own(portal: Portal) -> None:
    done(portal, DOER, "nop", "nop", **GIVEN)
    portal.sign_in(CLERK)
    assert post(portal, PAGE, "tra-lai", "tiep-nhan").status_code == 422
    done(portal, CLERK, "tra-lai", "tiep-nhan", reason="thiếu phụ lục")
    assert (portal.step().round.cause, portal.step().round.last_on) == ("resubmission", date(2022, 6, 7))
    assert "nop" in offered(portal, DOER)


def test_an_extension_moves_the_due_and_keeps_the_original_beside_it(portal: Portal) -> None:
    portal.sign_in(CLERK)
    early = post(portal, PAGE, "gia-han", "nop", last_on="01/6/2022", **PAPER)
    assert early.status_code == 422 and "không sau hạn đang có" in early.text
    done(portal, CLERK, "gia-han", "nop", last_on="15/6/2022", **PAPER)
    assert portal.step().round.last_on == date(2022, 6, 15)
    text = portal.get(PAGE).text
    assert "Hạn ban đầu" in text and "12/QĐ-SKHCN ngày 02/6/2022" in text


def test_a_due_is_set_earlier_by_number_and_date_of_a_paper(portal: Portal) -> None:
    portal.sign_in(CLERK)
    bare = post(portal, PAGE, "dat-lai-han", "nop", last_on="03/6/2022")
    assert bare.status_code == 422 and "Ghi số văn bản." in bare.text
    done(portal, CLERK, "dat-lai-han", "nop", last_on="03/6/2022", **PAPER)
    assert portal.step().round.last_on == date(2022, 6, 3)


def test_a_waiver_ends_it_and_asks_for_a_reason(portal: Portal) -> None:
    portal.sign_in(CLERK)
    assert post(portal, PAGE, "mien", "nop", **PAPER).status_code == 422
    done(portal, CLERK, "mien", "nop", reason="đơn vị giải thể", **PAPER)
    assert "miễn thực hiện" in portal.get(PAGE).text
    assert offered(portal, DOER) == set()


def test_a_suspension_silences_it_until_it_goes_on(portal: Portal) -> None:
    done(portal, CLERK, "tam-dung", "nop", reason="chờ kết luận", **PAPER)
    assert (portal.step().status, "nop" in offered(portal, DOER)) == ("suspended", False)
    portal.at = june(8)
    done(portal, CLERK, "tiep-tuc", "nop")
    assert portal.step().round.last_on == date(2022, 6, 9)


def test_the_office_gives_the_work_to_another_who_sees_it_from_then_on(portal: Portal) -> None:
    portal.sign_in("cv-dau-moi-qlkh")
    assert portal.get(PAGE).status_code == 404
    done(portal, CLERK, "giao-lai", "nop", to="dau-moi-qlkh", reason="đúng chức năng")
    assert portal.step().assigned == "dau-moi-qlkh"
    assert "nop" in offered(portal, "cv-dau-moi-qlkh")
    assert "nop" not in offered(portal, CLERK)


def test_a_head_assigns_to_a_specialist_of_the_unit_and_to_nobody_else(portal: Portal) -> None:
    portal.sign_in(HEAD)
    stranger = post(portal, PAGE, "phan-cong", "nop", to="person.tp-qlkh")
    assert stranger.status_code == 422 and "Chọn một dòng." in stranger.text
    done(portal, HEAD, "phan-cong", "nop", to=f"person.{SPECIALIST}")
    assert "nop" in offered(portal, SPECIALIST)
    assert PAGE in portal.get("/viec-cua-toi").text
    portal.run(june(6))
    assert any(x.person == SPECIALIST and "QCDC" in x.subject for x in portal.letters)


def test_who_says_not_mine_names_whose_and_the_office_decides(portal: Portal) -> None:
    done(portal, DOER, "khong-phai-viec-toi", "nop", who=SPECIALIST, reason="đã đổi phân công")
    assert (portal.step().disowned, portal.step().assigned) == (SPECIALIST, "")
    portal.run(june(6))
    (letter,) = [x for x in portal.letters if x.person == CLERK and "Không phải việc" in x.subject + x.text]
    assert portal.office.directory.persons[SPECIALIST].name in letter.text
    link = portal.link(CLERK)
    assert "Giao lại cho người khác" in portal.get(link).text
    form = {**portal.form(f"{link}/giao-lai"), "to": f"person.{SPECIALIST}"}
    assert portal.browser.post(f"{link}/giao-lai", data=form).status_code == 303
    assert (portal.step().disowned, portal.step().assigned) == ("", f"person.{SPECIALIST}")
    assert "Giao lại cho người khác" not in portal.get(link).text


def test_not_mine_is_said_by_link_too(portal: Portal) -> None:
    link = portal.link()
    form = {**portal.form(f"{link}/khong-phai-viec-toi"), "who": HEAD}
    assert portal.browser.post(f"{link}/khong-phai-viec-toi", data=form).status_code == 303
    assert portal.step().disowned == HEAD
    again = {**form, "who": DOER, "request_key": "b"}
    assert portal.browser.post(f"{link}/khong-phai-viec-toi", data=again).status_code == 422


def test_the_office_hears_of_a_request_for_more_time_and_grants_it_from_the_letter(portal: Portal) -> None:
    done(portal, DOER, "xin-gia-han", "nop", until="15/6/2022", reason="chờ số liệu")
    portal.run(june(6))
    link = portal.link(CLERK)
    shown = portal.get(link).text
    assert "chờ số liệu" in shown and "Gia hạn theo quyết định" in shown
    form = {**portal.form(f"{link}/gia-han"), "last_on": "15/6/2022", **PAPER}
    assert portal.browser.post(f"{link}/gia-han", data=form).status_code == 303
    assert (portal.step().round.last_on, portal.step().asked_extension) == (date(2022, 6, 15), "")


def test_an_entry_is_put_right_and_its_old_value_stays(portal: Portal) -> None:
    done(portal, DOER, "nop", "nop", **GIVEN)
    assert "dinh-chinh" in offered(portal, CLERK) and "dinh-chinh" not in offered(portal, DOER)
    seq = str(last_fact(portal, "submitted").seq)
    done(portal, CLERK, "dinh-chinh", entry=seq, field="signed_on", value="01/6/2022", reason="ghi nhầm")
    assert portal.step().submissions[0].signed_on == date(2022, 6, 1)
    assert "02/6/2022 → 01/6/2022" in portal.get(PAGE).text


def test_a_checklist_is_answered_line_by_line_and_opens_what_occurred(portal: Portal) -> None:
    with portal.office.register.reading() as book:
        key = next(b.key for b in book.births(obligation="phieu-phat-sinh-van-thu") if b.period == "2022-06")
    page = f"/ky/{key}"
    done(portal, "cb-van-thu", "phieu", page=page, **{"phat-sinh.pho-bien-van-ban-moi": "01/6/2022, 02/6/2022"})
    with portal.office.register.reading() as book:
        assert len(book.births(obligation="pho-bien-van-ban-moi")) == 2
        assert gather_one(portal.office, book, key).occurrence.closed


def test_a_confidential_case_s_decisions_are_entered_by_who_works_on_it_without_free_words(portal: Portal) -> None:
    page = f"/ky/{open_complaint(portal)}"
    slugs = offered(portal, INSPECTOR_DOER, page)
    assert {"nop", "xin-gia-han", "tam-dung"} <= slugs and "khong-phai-viec-toi" not in slugs
    portal.sign_in(INSPECTOR_DOER)
    free = post(portal, page, "tam-dung", "thu-ly", reason="ông A ốm", **PAPER)
    assert free.status_code == 422
    done(portal, INSPECTOR_DOER, "tam-dung", "thu-ly", page, reason="chờ kết quả của cơ quan khác", **PAPER)
    text = portal.get(f"{page}/da-ghi").text
    assert "<dt>tạm dừng" in text and INSPECTOR_DOER not in text.partition("<main")[2]


def test_nobody_writes_on_what_they_cannot_see(portal: Portal) -> None:
    portal.sign_in(DOER)
    form = fields(portal, f"{PAGE}/nop?buoc=nop")
    case = f"/ky/{open_complaint(portal)}"
    assert portal.browser.post(f"{case}/nop?buoc=thu-ly", data={**form, **GIVEN}).status_code == 404


def test_an_unset_due_is_bound_to_the_paper_that_states_it(portal: Portal) -> None:
    page = f"/ky/{PLAN}/hoi-nghi-cc-vc-nld/2022/lanh-dao-so"
    slugs = offered(portal, CLERK, page)
    assert "ghi-han" in slugs and not slugs & {"gia-han", "dat-lai-han"}
    done(portal, CLERK, "ghi-han", page=page, last_on="30/6/2022", **PAPER)
    assert "hết Thứ Năm, ngày 30/6/2022" in portal.get(page).text


def test_a_proposed_due_becomes_the_office_s_own_by_decision(portal: Portal) -> None:
    done(portal, DOER, "nop", "nop", **GIVEN)
    assert portal.step(step="tiep-nhan").round.basis == "proposed"
    done(portal, CLERK, "can-cu-han", "tiep-nhan", **PAPER)
    assert portal.step(step="tiep-nhan").round.basis == "office"
    assert "can-cu-han" not in offered(portal, CLERK)


def test_a_join_is_closed_over_the_heads_of_the_missing_by_decision(portal: Portal) -> None:
    page = f"/ky/{PLAN}/bao-cao-bcd-tinh/2022-H1/van-phong"
    portal.sign_in(CLERK)
    waits = post(portal, page, "nop", "du-thao", **GIVEN)
    assert waits.status_code == 422 and "còn chờ" in waits.text
    done(portal, CLERK, "nop-khong-du", "du-thao", page, **PAPER)
    done(portal, CLERK, "nop", "du-thao", page, **GIVEN)


def test_an_answer_nobody_must_confirm_may_be_confirmed_all_the_same(portal: Portal) -> None:
    page = f"/ky/{PLAN}/hoi-nghi-cc-vc-nld/2022/lanh-dao-so"
    with portal.office.register.reading() as book:
        scene = gather_one(portal.office, book, f"{PLAN}/hoi-nghi-cc-vc-nld/2022/lanh-dao-so")
    person = portal.office.directory.resolve(scene.obligation.steps[0].by, "lanh-dao-so", date(2022, 6, 3)).person
    done(portal, person, "nop", page=page, **GIVEN)
    assert "xac-nhan" not in offered(portal, person, page)
    assert {"xac-nhan", "tra-lai"} <= offered(portal, CLERK, page)
    done(portal, CLERK, "xac-nhan", page=page, received_on="03/6/2022")
    assert "xac-nhan" not in offered(portal, CLERK, page)
