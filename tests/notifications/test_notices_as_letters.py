"""The shipped plan's own notices, as the letters people would get."""

from datetime import date

from watched_office import CLERK, PLAN, REPORT, act, at, june

from dondoc.core.notice import Notice
from dondoc.use_cases.message_of import rendered_notices
from dondoc.use_cases.office import Office
from dondoc.use_cases.open_case import CaseOpening, open_case
from dondoc.use_cases.sweep import sweep
from notifications.message import Rendered

DENUNCIATION = "to-cao"


def letters(office: Office, *days: date) -> list[tuple[Notice, Rendered]]:
    found = []
    for day in days:
        found += rendered_notices(office, sweep(office, at(day)).notices, at(day))
    return found


def test_the_half_year_report_is_reminded_seven_working_days_ahead(office: Office) -> None:
    said = [r for n, r in letters(office, date(2022, 5, 25)) if n.occurrence == REPORT and n.recipient == CLERK]
    assert [r.subject for r in said] == [
        "[Nhắc việc] Báo cáo kết quả thực hiện QCDC 6 tháng đầu năm 2022"
        " – còn 07 ngày làm việc (phải xong Thứ Sáu, ngày 03/6/2022)"
    ]
    text = said[0].text
    for sentence in (
        "Đề nghị đơn vị lập báo cáo kết quả thực hiện QCDC trong kỳ",
        "“định kỳ 6 tháng, năm báo cáo kết quả thực hiện QCDC … trước ngày 05/6 và ngày 10/11 của năm”",
        "trước ngày 05/6/2022 → hết ngày 04/6/2022",
        "Hết hạn: hết Thứ Bảy, ngày 04/6/2022",
        "Căn cứ của hạn: theo kế hoạch",
        "gửi minh chứng về Văn phòng Sở",
    ):
        assert sentence in text


def test_a_miss_goes_to_the_doer_then_the_head_then_the_office(office: Office) -> None:
    sweep(office, june(3))
    said = [
        (n.kind, r.subject) for n, r in letters(office, date(2022, 6, 6), date(2022, 6, 8)) if n.occurrence == REPORT
    ]
    name = "Báo cáo kết quả thực hiện QCDC 6 tháng đầu năm 2022"
    assert said == [
        ("overdue", f"[Quá hạn 02 ngày] {name} – hạn: hết ngày 04/6/2022"),
        ("escalation", f"[Đôn đốc] Chi cục TĐC: {name} – quá hạn 02 ngày"),
        ("escalation", f"[Đôn đốc] Chi cục TĐC: {name} – quá hạn 04 ngày"),
    ]


def test_no_two_obligations_say_the_same(office: Office) -> None:
    first: dict[str, str] = {}
    for notice, letter in letters(office, date(2022, 2, 18), date(2022, 3, 31), date(2022, 5, 25)):
        plan, obligation, *_ = notice.occurrence.split("/")
        assert first.setdefault(letter.subject.split("] ", 1)[1] + notice.recipient, obligation) == obligation
        assert plan == PLAN


def test_a_confidential_case_shows_its_number_and_nothing_else(office: Office) -> None:
    case = CaseOpening(DENUNCIATION, date(2022, 6, 1), reference="TC-07", accused=("tp-qlkh",))
    open_case(office, PLAN, case, act(date(2022, 6, 1)), june(1))
    days = [date(2022, 6, d) for d in (1, 2, 6, 8, 10, 13, 15, 17, 20, 24)] + [date(2022, 7, 29)]
    said = [(n, r) for n, r in letters(office, *days) if f"/{DENUNCIATION}/" in n.occurrence]
    with office.register.reading() as book:
        told = [record.notice for record in book.notices() if f"/{DENUNCIATION}/" in record.notice.occurrence]
    assert said and {n.kind for n in told} >= {"overdue", "escalation"}
    for notice, letter in [*said, *rendered_notices(office, told, at(date(2022, 7, 29)))]:
        assert "Vụ việc TC-07" in letter.subject
        for word in ("Bị Tố Cáo", "tố cáo", "Tố cáo", "Thanh tra Sở", "Quản lý Khoa học", "tp-qlkh"):
            assert word not in letter.subject
        whole = letter.subject + letter.text + letter.html
        for word in ("Người Bị Tố Cáo", "Quản lý Khoa học", "Phòng QLKH", "tp-qlkh", f"/{DENUNCIATION}/", "II.3"):
            assert word not in whole
        assert notice.recipient != "tp-qlkh"


def test_every_letter_of_a_year_nobody_answers_can_be_written(office: Office) -> None:
    days = [date(2022, month, day) for month in range(3, 13) for day in (1, 15, 28)]
    said = letters(office, *days)
    assert len(said) > 200
    for _notice, letter in said:
        assert "None" not in letter.text and letter.subject.isprintable()
        assert "last-thursday" not in letter.text
