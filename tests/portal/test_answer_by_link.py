"""Staff answer from the link in their message; nobody else does."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from answering_office import DOER, HEAD, PLAN, REPORT, Portal, june
from cryptography.fernet import Fernet

from dondoc.register.sealed import KEY_FILE, Sealer
from dondoc.use_cases.keep_file import keep_file, path_of, read_kept
from dondoc.use_cases.links import DeadLink, open_link, revoke_links

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
GIVEN = {"number": "45/BC-TĐC", "signed_on": "02/6/2022", "kept_at": "Văn thư đơn vị"}


def hand_in(portal: Portal, link: str, **more: str):
    return portal.browser.post(f"{link}/nop", data={**portal.form(f"{link}/nop"), **GIVEN, **more})


def test_the_link_shows_what_is_due_why_and_what_to_hand_in(portal: Portal) -> None:
    shown = portal.get(portal.link())
    assert shown.status_code == 200
    for words in ("Báo cáo", "Thứ Sáu, ngày 03/6/2022", "trước ngày 05/6", "III, gạch đầu dòng 4", "Báo kết quả"):
        assert words in shown.text


def test_looking_changes_nothing(portal: Portal) -> None:
    before, link = portal.step(), portal.link()
    for path in ("", "/nop", "/xin-gia-han", "/da-ghi"):
        assert portal.get(f"{link}{path}").status_code in (200, 303)
    assert portal.step() == before


def test_an_answer_is_recorded_in_the_readers_name_and_the_step_falls_silent(portal: Portal) -> None:
    link = portal.link()
    assert hand_in(portal, link).headers["location"] == f"{link}/da-ghi"
    (answer,) = portal.step().submissions
    assert (answer.number, answer.signed_on, answer.actor) == ("45/BC-TĐC", date(2022, 6, 2), DOER)
    assert "45/BC-TĐC" in portal.get(f"{link}/da-ghi").text
    count = len(portal.letters)
    portal.run(june(6))
    assert not [x for x in portal.letters[count:] if x.person == DOER and "QCDC định kỳ" in x.subject]


def test_a_form_sent_twice_is_one_answer(portal: Portal) -> None:
    link = portal.link()
    form = {**portal.form(f"{link}/nop"), **GIVEN}
    assert [portal.browser.post(f"{link}/nop", data=form).status_code for _time in range(2)] == [303, 303]
    assert len(portal.step().submissions) == 1


def test_what_was_sent_and_received_only_the_office_sets(portal: Portal) -> None:
    hand_in(portal, portal.link(), sent_on="01/6/2022", received_on="01/6/2022")
    (answer,) = portal.step().submissions
    assert (answer.sent_on, answer.received_on) == (None, None)


def test_a_wrong_day_comes_back_with_everything_typed(portal: Portal) -> None:
    link = portal.link()
    answer = hand_in(portal, link, signed_on="31/6/2022", note="đã gửi bản giấy")
    assert answer.status_code == 422
    assert "không phải một ngày" in answer.text and "đã gửi bản giấy" in answer.text and "45/BC-TĐC" in answer.text
    assert portal.step().submissions == ()


def test_a_day_ahead_is_refused(portal: Portal) -> None:
    assert "ở sau hôm nay" in hand_in(portal, portal.link(), signed_on="04/6/2022").text


def test_an_answer_without_evidence_says_what_is_missing(portal: Portal) -> None:
    link = portal.link()
    answer = portal.browser.post(f"{link}/nop", data=portal.form(f"{link}/nop"))
    assert answer.status_code == 422 and "còn thiếu minh chứng" in answer.text


def test_a_file_is_kept_by_its_digest_under_a_plain_name(portal: Portal) -> None:
    link = portal.link()
    files = [("files", ("../../báo cáo\r\n.exe", PDF, "text/html"))]
    portal.browser.post(f"{link}/nop", data={**portal.form(f"{link}/nop"), **GIVEN}, files=files)
    (answer,) = portal.step().submissions
    kept = read_kept(answer.files[0])
    assert kept.name == "báo cáo%0D%0A.pdf"  # as a browser writes the line's end, and not as one
    assert path_of(portal.office.data, kept.sha256).read_bytes() == PDF


def test_a_paper_of_the_party_is_asked_for_by_number_day_and_place_and_no_file_is_kept(portal: Portal) -> None:
    portal.run(june(27))
    link = portal.link("cv-to-chuc", f"{PLAN}/chi-uy-lanh-dao-chi-dao/2022-Q2/chi-uy")
    assert 'name="files"' not in portal.get(f"{link}/nop").text and 'name="kept_at"' in portal.get(f"{link}/nop").text
    form = {**portal.form(f"{link}/nop"), **GIVEN}
    answer = portal.browser.post(
        f"{link}/nop", data=form, files=[("files", ("nghi-quyet.pdf", PDF, "application/pdf"))]
    )
    assert answer.status_code == 422 and "không nhận tệp" in answer.text
    assert not (portal.office.data / "evidence").exists()


def test_a_kept_name_obeys_nobody(tmp_path: Path) -> None:
    assert keep_file(tmp_path, "C:\\a\\../\x1b[31mbáo\r\ncáo.exe", PDF).name == "[31mbáocáo.pdf"
    assert keep_file(tmp_path, "..", PDF).name == "tep.pdf"


def _bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "x")
        archive.writestr("word/document.xml", b"0" * (201 * 1024 * 1024))
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("a.pdf", b"<!doctype html><script>alert(1)</script>"),
        ("a.pdf", b""),
        ("a.docx", _bomb()),
        ("a.exe", b"MZ\x90\x00"),
    ],
    ids=["svg", "html", "empty", "bomb", "exe"],
)
def test_a_hostile_file_is_refused_by_what_it_is(portal: Portal, name: str, content: bytes) -> None:
    link = portal.link()
    form = {**portal.form(f"{link}/nop"), **GIVEN}
    answer = portal.browser.post(f"{link}/nop", data=form, files=[("files", (name, content, "application/pdf"))])
    assert answer.status_code == 422
    assert portal.step().submissions == ()
    assert not (portal.office.data / "evidence").exists()


def test_an_extension_is_asked_for_with_a_reason_and_moves_nothing(portal: Portal) -> None:
    link = portal.link()
    due = portal.step().round
    form = {**portal.form(f"{link}/xin-gia-han"), "until": "15/6/2022", "reason": "chờ số liệu"}
    assert portal.browser.post(f"{link}/xin-gia-han", data=form).status_code == 303
    assert (portal.step().asked_extension, portal.step().round) == ("chờ số liệu", due)
    assert "chờ số liệu" in portal.get(link).text


def test_an_extension_into_the_past_is_refused(portal: Portal) -> None:
    link = portal.link()
    form = {**portal.form(f"{link}/xin-gia-han"), "until": "04/6/2022", "reason": "chờ số liệu"}
    assert "không ở sau hạn hiện nay" in portal.browser.post(f"{link}/xin-gia-han", data=form).text


def test_the_head_who_is_told_of_a_miss_sees_it_but_does_not_answer_for_the_doer(portal: Portal) -> None:
    portal.run(june(6))
    link = portal.link(HEAD)
    shown = portal.get(link)
    assert "nay do" in shown.text and "Báo kết quả" not in shown.text
    form = {"request_key": "a", **GIVEN}
    assert portal.browser.post(f"{link}/nop", data=form).status_code == 422
    assert portal.step().submissions == ()


# Not its last letter: two of that one's bits say nothing.
@pytest.mark.parametrize("change", [lambda t: t[:-9] + ("A" if t[-9] != "A" else "B") + t[-8:], lambda t: "x" + t[1:]])
def test_a_forged_link_opens_nothing_and_does_not_say_why(portal: Portal, change) -> None:
    path = portal.link()
    token = path.rpartition("/")[2]
    answer = portal.get(f"/viec/{change(token)}")
    assert (answer.status_code, "Liên kết không dùng được" in answer.text) == (404, True)


def test_a_link_signed_before_the_key_was_changed_opens_and_new_ones_bear_the_new_key(portal: Portal) -> None:
    old, new = (portal.office.data / KEY_FILE).read_text().strip(), Fernet.generate_key().decode()
    link = portal.link().rpartition("/")[2]
    portal.office = portal.office._replace(sealer=Sealer(portal.office.data, f"{new},{old}"))
    assert open_link(portal.office, link, portal.at).person == DOER
    portal.run(june(6))
    later = portal.link().rpartition("/")[2]
    portal.office = portal.office._replace(sealer=Sealer(portal.office.data, new))
    assert open_link(portal.office, later, portal.at).person == DOER
    with pytest.raises(DeadLink, match="forged"):
        open_link(portal.office, link, portal.at)


def test_a_link_grown_old_says_so(portal: Portal) -> None:
    link = portal.link()
    portal.at = june(3).replace(month=8, day=2)
    assert portal.get(link).status_code == 200
    portal.at = june(3).replace(month=8, day=3)
    assert portal.get(link).status_code == 410


def test_a_revoked_link_is_dead_and_a_later_one_is_not(portal: Portal) -> None:
    link = portal.link()
    revoke_links(portal.office, DOER, date(2022, 6, 3))
    assert portal.get(link).status_code == 404
    portal.run(june(6))
    assert portal.get(portal.link()).status_code == 200


def test_no_archive_holds_a_live_link(portal: Portal) -> None:
    with portal.office.register.reading() as book:
        kept = book.deliveries(person=DOER)
    assert all("portal.test" not in one.delivery.text + one.delivery.html for one in kept)
    assert any("lien-ket.invalid" in one.delivery.text for one in kept)


def test_pages_run_no_script_and_are_kept_by_nobody(portal: Portal) -> None:
    headers = portal.get(portal.link()).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert (headers["cache-control"], headers["referrer-policy"]) == ("no-store", "no-referrer")


def test_the_page_speaks_english_when_asked_and_goes_on_so(portal: Portal) -> None:
    link = portal.link()
    first = portal.get(link, lang="en")
    assert '<html lang="en">' in first.text and "Hand in the result" in first.text
    assert '<html lang="en">' in portal.get(f"{link}/nop").text
    assert '<html lang="vi">' in portal.get(f"{link}/nop", lang="vi").text


def test_a_link_s_answer_is_journaled_as_such(portal: Portal) -> None:
    hand_in(portal, portal.link())
    with portal.office.register.reading() as book:
        (fact,) = [fact for fact in book.facts([REPORT])[REPORT] if fact.kind == "submitted"]
    assert (fact.via, fact.actor) == ("link", DOER)


def test_too_many_files_are_told_in_words(portal: Portal) -> None:
    link = portal.link()
    files = [("files", (f"{n}.pdf", PDF, "application/pdf")) for n in range(9)]
    answer = portal.browser.post(f"{link}/nop", data={**portal.form(f"{link}/nop"), **GIVEN}, files=files)
    assert (answer.status_code, "gửi ít tệp hơn" in answer.text) == (400, True)


def test_a_reader_who_may_not_hand_in_leaves_no_file_behind(portal: Portal) -> None:
    portal.run(june(6))
    files = [("files", ("a.pdf", PDF, "application/pdf"))]
    answer = portal.browser.post(f"{portal.link(HEAD)}/nop", data={"request_key": "a", **GIVEN}, files=files)
    assert answer.status_code == 422
    assert not (portal.office.data / "evidence").exists()


@pytest.mark.parametrize("path", ["/viec/", "/viec/x/y/z", "/tinh/../app.py", "/tinh/%2e%2e/app.py", "/viec/%00"])
def test_paths_that_lead_nowhere_say_so(portal: Portal, path: str) -> None:
    assert portal.get(path).status_code == 404


def test_a_foreign_cookie_locks_nobody_out(portal: Portal) -> None:
    assert portal.browser.get(portal.link(), headers={"cookie": "a/b=1; lang=en"}).status_code == 200


def test_a_link_names_its_notice_and_not_its_place_in_the_letter(portal: Portal) -> None:
    link = portal.link()
    token = link.rpartition("/")[2]
    found = open_link(portal.office, token, portal.at)
    with portal.office.register.reading() as book:
        order = book.told_by(found.delivery)
        assert found.notice.key in order
    with portal.office.register.writing() as book:
        book.session.raw.execute("UPDATE notice SET delivery = NULL WHERE key = ?", (found.notice.key,))
    assert portal.get(link).status_code == 404  # and never another duty's page
