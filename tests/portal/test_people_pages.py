"""/nhan-su: who sees what, each change in the files, in the journal and with the next check; handover."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import copyfile

import pytest
from answering_office import DOER, HEAD, REPORT, Portal, june
from form_fields import fields, send
from own_office import own_office, people_of

from dondoc.core.facts import Fact
from dondoc.use_cases.go_live import go_live
from dondoc.use_cases.office import SHIPPED, Office
from dondoc.use_cases.people_edits import new_id

CLERK, ADMIN, STAFF, NEXT, INSPECTOR = (
    "cv-theo-doi-qcdc",
    "cv-kiem-soat-tthc",
    "cv-tieu-chuan",
    "ktv-kiem-dinh-1",
    "thanh-tra-vien",
)


@pytest.fixture
def own(opened: Office, tmp_path: Path) -> Iterator[Portal]:
    with own_office(opened, tmp_path) as portal:
        yield portal


def changes(portal: Portal) -> list[Fact]:
    with portal.office.register.reading() as book:
        return [fact for fact in book.facts([""])[""] if fact.kind == "people-changed"]


def added(before: str, after: str) -> list[str]:
    """Lines that are not as they were; everything else, comments too, must be."""
    old, new = before.splitlines(), after.splitlines()
    assert [line for line in old if line.lstrip().startswith("#")] == [
        line for line in new if line.lstrip().startswith("#")
    ]
    return [line.strip() for line in new if line not in old]


def test_addresses_are_seen_by_the_office_and_administrators_alone(own: Portal) -> None:
    for person in (CLERK, ADMIN):
        own.sign_in(person)
        assert "cb-dau-moi-tdc@" in own.get("/nhan-su").text
    own.sign_in("giam-doc-so")
    page = own.get("/nhan-su")
    assert page.status_code == 200 and "@" not in page.text and "/nhan-su/vai-tro/" not in page.text


def test_a_head_sees_their_own_unit_and_staff_nothing(own: Portal) -> None:
    own.sign_in(HEAD)
    page = own.get("/nhan-su").text
    assert "Kiểm định viên 1" in page and "Kế toán" not in page
    assert own.get(f"/nhan-su/vang/{DOER}").status_code == 403
    own.sign_in(STAFF)
    assert own.get("/nhan-su").status_code == 403


def test_a_new_holder_from_a_day_is_one_line_changed_and_seen_at_once(own: Portal, tmp_path: Path) -> None:
    before, addresses = people_of(tmp_path)
    own.sign_in(CLERK)
    path = "/nhan-su/vai-tro/dau-moi-tdc"
    form = fields(own, path, person=NEXT, from_on="06/6/2022")
    for _ in range(2):  # the same form twice is one change
        assert own.browser.post(path, data=form).status_code == 303
    after, same = people_of(tmp_path)
    (line,) = added(before, after)
    holders = f"[{{person: {DOER}, to: 2022-06-05}}, {{person: {NEXT}, from: 2022-06-06}}]"
    assert f"holders: {holders}" in line and same == addresses
    assert "từ 06/6/2022: Kiểm định viên 1" in own.get("/nhan-su").text
    (fact,) = changes(own)
    assert (fact.actor, fact.payload["role"], fact.payload["person"]) == (CLERK, "dau-moi-tdc", NEXT)


def test_a_slip_is_put_right_the_same_day(own: Portal, tmp_path: Path) -> None:
    own.sign_in(CLERK)
    for person in (STAFF, NEXT):
        assert send(own, "/nhan-su/vai-tro/dau-moi-tdc", person=person, from_on="03/6/2022").status_code == 303
    assert own.office.directory.holder("dau-moi-tdc", date(2022, 6, 3)) == NEXT
    assert STAFF not in next(line for line in people_of(tmp_path)[0].splitlines() if "id: dau-moi-tdc" in line)


def test_after_a_handover_the_next_check_tells_the_new_person_and_old_links_are_dead(own: Portal) -> None:
    own.run(june(3))
    old = own.link(DOER)
    assert own.get(old).status_code == 200
    own.sign_in(CLERK)
    path = f"/nhan-su/ban-giao/{DOER}"
    assert send(own, path, to=NEXT, from_on="03/6/2022", roles=["dau-moi-tdc"], leaves="1").status_code == 303
    assert own.get(old).status_code == 404
    own.run(june(6))
    assert REPORT in own.letters[-1].text or any(REPORT in x.text for x in own.letters if x.person == NEXT)
    assert own.get(own.link(NEXT)).status_code == 200
    own.sign_in(DOER)  # has left the office
    assert own.get("/quan-triet").headers["location"].startswith("/dang-nhap")


def test_a_handover_on_a_day_to_come_leaves_today_s_links_until_then(own: Portal) -> None:
    own.run(june(3))
    old = own.link(DOER)
    own.sign_in(CLERK)
    path = f"/nhan-su/ban-giao/{DOER}"
    assert send(own, path, to=NEXT, from_on="07/6/2022", roles=["dau-moi-tdc"]).status_code == 303
    own.at = june(6, 23)
    assert own.get(old).status_code == 200
    own.at = june(7, 1)
    assert own.get(old).status_code == 404


def test_sessions_of_who_hands_over_end(own: Portal) -> None:
    own.sign_in(DOER)
    theirs = own.browser.cookies.get("dondoc")
    own.sign_in(CLERK)
    send(own, f"/nhan-su/ban-giao/{DOER}", to=NEXT, from_on="03/6/2022", roles=["dau-moi-tdc"])
    own.browser.cookies.set("dondoc", theirs)
    assert own.get("/quan-triet").status_code == 303


def test_an_absence_sends_the_work_to_the_deputy_and_can_be_dropped(own: Portal) -> None:
    own.sign_in(CLERK)
    path = f"/nhan-su/vang/{DOER}"
    assert send(own, path, from_on="06/6/2022", to_on="10/6/2022", long="1").status_code == 303
    directory = own.office.directory
    assert directory.resolve("dau-moi-tdc", "", date(2022, 6, 6)).person == "pcct-tdc"
    assert directory.is_on_long_leave(DOER, date(2022, 6, 10))
    form = {k: v if isinstance(v, str) else v[0] for k, v in fields(own, path).items()}
    assert own.browser.post(f"{path}/bo", data=form).status_code == 303
    assert own.office.directory.absences == ()


WRONG: tuple[tuple[str, dict[str, str], str], ...] = (
    ("vai-tro/dau-moi-tdc", {"person": NEXT, "from_on": ""}, "Ghi ngày."),
    ("vai-tro/dau-moi-tdc", {"person": DOER, "from_on": "03/6/2022"}, "đang giữ vai trò ấy rồi"),
    ("vai-tro/dau-moi-tdc", {"person": "ai-do", "from_on": "03/6/2022"}, "Không có người"),
    (f"vang/{DOER}", {"from_on": "10/6/2022", "to_on": "06/6/2022"}, "ở trước ngày đầu"),
    (f"dia-chi/{DOER}", {"email": "khong phai"}, "email"),
    (f"dia-chi/{DOER}", {"email": "", "phone": "gọi sau"}, "không phải số điện thoại"),
    (f"ban-giao/{DOER}", {"to": DOER, "from_on": "03/6/2022", "roles": "dau-moi-tdc"}, "chính là người giao"),
    (f"ban-giao/{DOER}", {"to": NEXT, "from_on": "03/6/2022"}, "ít nhất một vai trò"),
    ("them/nguoi", {"name": ""}, "Ghi họ tên"),
)


def test_what_is_wrong_is_said_and_nothing_is_written(own: Portal, tmp_path: Path) -> None:
    before = people_of(tmp_path)
    own.sign_in(CLERK)
    for path, typed, said in WRONG:
        answer = send(own, f"/nhan-su/{path}", **typed)
        assert answer.status_code == 422 and said in answer.text, path
    assert people_of(tmp_path) == before and changes(own) == []


def test_addresses_are_written_to_their_own_file_and_never_to_the_journal(own: Portal, tmp_path: Path) -> None:
    organisation, before = people_of(tmp_path)
    own.sign_in(ADMIN)
    typed = {"email": "moi@tdc.so-khcn.example", "phone": "0912 345 678", "zalo": "", "zalo_opt_in": ""}
    assert send(own, f"/nhan-su/dia-chi/{DOER}", **typed).status_code == 303
    same, after = people_of(tmp_path)
    assert same == organisation
    assert added(before, after) == [f"{DOER}: {{email: moi@tdc.so-khcn.example, phone: '0912345678'}}"]
    (fact,) = changes(own)
    assert "0912345678" not in str(fact) and "moi@" not in str(fact) and fact.payload["person"] == DOER
    assert own.office.contacts[DOER].phone == "0912345678"


@pytest.mark.parametrize(("live", "told"), [(True, 1), (False, 0)])
def test_once_messages_are_real_the_old_address_hears_that_it_was_replaced(own: Portal, live: bool, told: int) -> None:
    if live:
        go_live(own.office, date(2022, 6, 3), june(3), "chanh-van-phong")
    own.sign_in(CLERK)
    old = own.office.contacts["giam-doc-so"].email
    typed = {"email": "khac@so-khcn.example", "phone": "", "zalo": "", "zalo_opt_in": ""}
    assert send(own, "/nhan-su/dia-chi/giam-doc-so", **typed).status_code == 303
    with own.office.register.reading() as book:
        letters = [one.delivery for one in book.deliveries() if "vừa được đổi" in one.delivery.subject]
    assert [letter.address for letter in letters] == [old] * told
    assert not any("khac@" in letter.text for letter in letters)


def test_somebody_new_gets_an_id_of_their_name(own: Portal) -> None:
    own.sign_in(CLERK)
    typed = {"name": "Nguyễn Đỗ Hoà", "unit": "phong-qlkh", "from_on": "06/6/2022"}
    assert send(own, "/nhan-su/them/nguoi", **typed).status_code == 303
    assert own.office.directory.persons["nguyen-do-hoa"].unit == "phong-qlkh"
    assert new_id(own.office.directory, "Nguyễn Đỗ Hoà") == "nguyen-do-hoa-2"
    assert "Nguyễn Đỗ Hoà: chưa có địa chỉ" in own.get("/nhan-su").text


def test_the_deputy_of_a_role_is_changed(own: Portal) -> None:
    own.sign_in(CLERK)
    assert send(own, "/nhan-su/nguoi-thay/dau-moi-tdc", deputy="chi-cuc-truong-tdc").status_code == 303
    assert own.office.directory.roles["dau-moi-tdc"].deputy == "chi-cuc-truong-tdc"


def test_only_administrators_make_administrators(own: Portal) -> None:
    own.sign_in(CLERK)
    assert own.get("/nhan-su/vai-tro/quan-tri").status_code == 403
    form = fields(own, f"/nhan-su/ban-giao/{ADMIN}", to=CLERK, from_on="03/6/2022", roles=["quan-tri"])
    assert own.browser.post(f"/nhan-su/ban-giao/{ADMIN}", data=form).status_code == 403
    own.sign_in(ADMIN)
    assert own.get("/nhan-su/vai-tro/quan-tri").status_code == 200


def test_a_vacant_role_and_a_missing_address_are_listed_as_missing(own: Portal) -> None:
    own.sign_in(CLERK)
    send(own, "/nhan-su/vai-tro/ke-toan", person="", from_on="03/6/2022")
    send(own, f"/nhan-su/dia-chi/{NEXT}", email="", phone="", zalo="", zalo_opt_in="")
    page = own.get("/nhan-su").text
    assert "Kiểm định viên 1: chưa có địa chỉ nhận thư" in page
    assert own.office.directory.holder("ke-toan", date(2022, 6, 3)) == ""


def test_an_office_on_the_shipped_example_gets_files_of_its_own_first(opened: Office, tmp_path: Path) -> None:
    shipped = [(SHIPPED / name).read_bytes() for name in ("organisation.yaml", "contacts.example.yaml")]
    with own_office(opened, tmp_path, shipped=True) as portal:
        portal.sign_in(CLERK)
        assert send(portal, "/nhan-su/nguoi-thay/dau-moi-tdc", deputy="chi-cuc-truong-tdc").status_code == 303
        assert portal.office.directory.roles["dau-moi-tdc"].deputy == "chi-cuc-truong-tdc"
        assert DOER in portal.office.contacts
    assert [(SHIPPED / name).read_bytes() for name in ("organisation.yaml", "contacts.example.yaml")] == shipped
    assert (tmp_path / "definitions" / "contacts.yaml").stat().st_mode & 0o077 == 0


def test_a_file_broken_by_hand_meanwhile_is_left_alone(own: Portal, tmp_path: Path) -> None:
    own.sign_in(CLERK)
    path = "/nhan-su/nguoi-thay/dau-moi-tdc"
    form = fields(own, path, deputy="chi-cuc-truong-tdc")
    file = tmp_path / "definitions" / "organisation.yaml"
    file.write_text(file.read_text("utf-8").replace("unit: chi-cuc-tdc, holders", "unit: chi-cuc, holders", 1), "utf-8")
    broken = file.read_bytes()
    answer = own.browser.post(path, data=form)
    assert answer.status_code == 422 and "Chưa ghi gì" in answer.text and file.read_bytes() == broken
    copyfile(SHIPPED / "organisation.yaml", file)
