"""What letters say: subjects, tones, dues, requests; and what they never say."""

import unicodedata
from datetime import date
from html.parser import HTMLParser
from typing import get_args

import pytest
from letter_samples import AFTER, BEFORE, DUE_DAY, LATE, REPORT, letter

from dondoc.core.notice import NoticeKind
from notifications.message import MessageItem
from notifications.render import render

KINDS = get_args(NoticeKind)
TONES = ("urge", "request", "report")
LATE_KINDS = ("overdue", "escalation", "approval")


def item(kind: str, tone: str = "urge", **values: object) -> MessageItem:
    base = LATE if kind in LATE_KINDS else REPORT
    return base._replace(kind=kind, tone=tone, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("tone", TONES)
def test_every_kind_speaks_in_every_tone(kind: str, tone: str) -> None:
    said = render(letter(item(kind, tone), on=AFTER if kind in LATE_KINDS else BEFORE))
    assert REPORT.ask in said.text and REPORT.ask in said.html
    assert "Báo cáo kết quả thực hiện QCDC 6 tháng đầu năm 2022" in said.subject
    assert "“định kỳ 6 tháng, năm báo cáo … trước ngày 05/6”" in said.text
    assert "None" not in said.text + said.html + said.subject


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_renders_from_the_barest_facts(kind: str) -> None:
    bare = MessageItem(kind=kind, tone="urge", title="Việc", ask="Đề nghị làm.", key="k")
    due = date(2022, 6, 3)
    bare = bare._replace(last_on=due, target_on=due) if kind in ("due-today", "overdue") else bare
    assert render(letter(bare)).subject


@pytest.mark.parametrize(
    ("kind", "tone", "on", "subject"),
    [
        ("reminder", "urge", BEFORE, "[Nhắc việc] {} – còn 07 ngày làm việc (phải xong Thứ Sáu, ngày 03/6/2022)"),
        ("reminder", "request", BEFORE, "[Kính đề nghị] {} – còn 07 ngày làm việc (phải xong Thứ Sáu, ngày 03/6/2022)"),
        ("opened", "urge", BEFORE, "[Báo trước] {} – phải xong Thứ Sáu, ngày 03/6/2022"),
        ("due-today", "urge", DUE_DAY, "[Đến hạn hôm nay] {} – phải xong Thứ Sáu, ngày 03/6/2022"),
        ("overdue", "urge", AFTER, "[Quá hạn 04 ngày] {} – hạn: hết ngày 04/6/2022"),
        ("escalation", "urge", AFTER, "[Đôn đốc] Chi cục TĐC: {} – quá hạn 04 ngày"),
        ("escalation", "request", AFTER, "[Kính đề nghị] Chi cục TĐC: {} – quá hạn 04 ngày"),
        ("escalation", "report", AFTER, "[Kính báo cáo] Chi cục TĐC: {} – quá hạn 04 ngày"),
    ],
)
def test_subjects_are_what_an_office_would_write(kind: str, tone: str, on: date, subject: str) -> None:
    name = "Báo cáo kết quả thực hiện QCDC 6 tháng đầu năm 2022"
    assert render(letter(item(kind, tone), on=on)).subject == subject.format(name)


def test_a_subordinate_is_urged_a_peer_requested_a_superior_reported_to() -> None:
    urged, requested, reported = (render(letter(item("escalation", tone), on=AFTER)).text for tone in TONES)
    assert "chỉ đạo, đôn đốc" in urged and "khẩn trương" in urged
    assert "kính đề nghị" in requested and "khẩn trương" not in requested and "đôn đốc" not in requested
    assert "kính báo cáo" in reported and "Kính trình" in reported and "khẩn trương" not in reported


def test_the_due_explains_itself_step_by_step() -> None:
    text = render(letter(REPORT)).text
    places = [
        text.index(words) for words in ("Vì sao có hạn này", "trước ngày 05/6/2022", "ngày nghỉ\n", "lùi về Thứ Sáu")
    ]
    assert places == sorted(places)
    assert "Hạn cuối cùng là hết Thứ Bảy, ngày 04/6/2022 (ngày nghỉ)." in text


def test_on_the_due_day_the_letter_says_today_and_after_it_no_longer() -> None:
    due_today = item("due-today", days_left=0)
    assert "Hôm nay, Thứ Sáu, ngày 03/6/2022, là ngày phải xong" in render(letter(due_today, on=DUE_DAY)).text
    later = render(letter(due_today, on=date(2022, 6, 4)))
    assert "Hôm nay," not in later.text and "[Sắp hết hạn]" in later.subject


def test_a_proposed_due_is_never_called_a_miss() -> None:
    said = render(letter(item("overdue", basis="proposed"), on=AFTER))
    assert "quá hạn 04" not in (said.subject + said.text).lower()
    assert "chưa được người có thẩm quyền quyết định" in said.text
    assert "báo lên cấp trên" not in said.text


def test_an_unset_due_is_not_invented() -> None:
    said = render(letter(item("opened", last_on=None, target_on=None, days_left=0, why=())))
    assert "chưa xác định hạn" in said.subject and "/6/2022" not in said.text


def test_a_join_names_who_is_missing() -> None:
    text = render(letter(item("reminder", missing=("Chi cục TĐC", "Trung tâm KH&CN")))).text
    assert "Còn chờ phần của 02 đơn vị: Chi cục TĐC; Trung tâm KH&CN." in text


def test_the_office_gets_the_command_that_records_the_answer() -> None:
    text = render(letter(item("reminder", for_office=True))).text
    assert f"dondoc record submit {REPORT.key} --step nop" in text
    asked = render(letter(item("approval"), on=AFTER)).text
    assert f"dondoc record approve {REPORT.key} --step nop" in asked and "dondoc record withhold" in asked


def test_who_receives_for_another_is_told_so() -> None:
    text = render(letter(item("reminder", role="Chi uỷ", acting="Thư ký Chi uỷ", acting_as="secretary"))).text
    assert "(Thư ký Chi uỷ giúp việc Chi uỷ)" in text


def test_a_digest_lists_its_work_by_due_and_tells_each() -> None:
    later = REPORT._replace(title="Tự chấm điểm", ask="Đề nghị tự chấm điểm.", target_on=date(2022, 12, 2), key="b")
    said = render(letter(later, REPORT, pace="digest"))
    assert "02 việc" in said.subject and "Thứ Sáu, ngày 03/6/2022" in said.subject
    assert said.text.index(REPORT.ask) < said.text.index("Đề nghị tự chấm điểm.")


def test_escalations_are_told_in_one_letter_with_the_oldest_first_in_the_subject() -> None:
    worse = item("escalation", "report", key="b", days_overdue=12)
    said = render(letter(item("escalation", "report"), worse, on=AFTER))
    assert said.subject == "[Kính báo cáo] 02 việc chưa hoàn thành, lâu nhất quá hạn 12 ngày"


def test_in_trial_the_letter_says_whom_it_would_have_reached() -> None:
    said = render(letter(REPORT, trial_for="cb@don-vi.example"))
    assert said.subject.startswith("[Chạy thử] ")
    assert "cb@don-vi.example" in said.text and "cb@don-vi.example" in said.html


@pytest.mark.parametrize("break_", ["\r\nBcc: ke-gian@x.example", "\n", "\x00", "\u2028", "\x1e", "\u202e"])
def test_nothing_typed_breaks_out_of_a_subject(break_: str) -> None:
    said = render(letter(REPORT._replace(title=f"Báo cáo{break_}X", ask=f"Làm{break_}đi")))
    assert said.subject.isprintable() and said.subject.count("[") == 1


def test_nothing_typed_becomes_html_or_template() -> None:
    said = render(letter(REPORT._replace(title="<script>alert(1)</script>", ask="{{ 7 * 7 }} <b>x</b>")))
    assert "<script" not in said.html and "<b>x</b>" not in said.html
    assert "{{ 7 * 7 }}" in said.text and "49" not in said.text
    assert "<script>" in said.text  # plain text is not escaped


def test_decomposed_letters_are_composed() -> None:
    said = render(letter(REPORT._replace(title=unicodedata.normalize("NFD", "Tổng hợp đợt kiểm điểm"))))
    assert "Tổng hợp đợt kiểm điểm" in said.subject
    assert said.text == unicodedata.normalize("NFC", said.text)


class _Tags(HTMLParser):
    VOID = frozenset({"meta", "br", "hr", "img"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("kind", KINDS)
def test_html_is_well_formed_and_asks_nothing_of_the_network(kind: str) -> None:
    tags = _Tags()
    html = render(letter(item(kind), on=AFTER)).html
    tags.feed(html)
    assert tags.open == [] and not tags.seen & {"img", "script", "link", "iframe", "style"}
    assert "http" not in html and "max-width:600px" in html


def test_a_very_long_title_still_makes_a_subject() -> None:
    subject = render(letter(REPORT._replace(title="Rất dài " * 100))).subject
    assert len(subject) <= 230 and subject.endswith("…")


def test_a_letter_without_anything_to_tell_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        render(letter())


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"approval", "request", "gap"}))
@pytest.mark.parametrize("tone", ["urge", "request"])
def test_nobody_is_asked_to_mail_the_papers_of_a_confidential_case(kind: str, tone: str) -> None:
    text = render(letter(item(kind, tone, confidential=True), on=AFTER if kind in LATE_KINDS else BEFORE)).text
    assert "gửi minh chứng" not in text and "họ tên" in text
