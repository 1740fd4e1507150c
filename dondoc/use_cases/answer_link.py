"""Answers given through a link: the same record verbs, in the name of the person the link was sent to."""

from datetime import date, datetime

from dondoc.use_cases.act import Act, Recorded
from dondoc.use_cases.answer_page import AnswerPage, answer_page
from dondoc.use_cases.confirm import confirm
from dondoc.use_cases.extend import ask_extension
from dondoc.use_cases.link_deeds import Deed
from dondoc.use_cases.office import Office
from dondoc.use_cases.people_acts import acknowledge, approve, withhold
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.return_step import return_step
from dondoc.use_cases.submit import Evidence, submit
from dondoc.use_cases.waive import nothing_occurred
from dondoc.words import _

VIA = "link"


def submit_by_link(office: Office, token: str, evidence: Evidence, at: datetime, request_key: str) -> Recorded:
    """Hand in. What was sent and received the office alone records: such days are left out of `evidence`."""
    page = _opened(office, token, at, "submit", request_key)
    own = evidence._replace(sent_on=None, received_on=None)
    return submit(office, page.link.notice.occurrence, own, _act(page, request_key), at, page.link.notice.step)


def nothing_by_link(office: Office, token: str, note: str, at: datetime, request_key: str) -> Recorded:
    page = _opened(office, token, at, "nothing", request_key)
    return nothing_occurred(office, page.link.notice.occurrence, _act(page, request_key), at, note)


def ask_by_link(office: Office, token: str, until: date, reason: str, at: datetime, request_key: str) -> Recorded:
    """Ask for a later due: it moves only by the office's decision."""
    page = _opened(office, token, at, "extension", request_key)
    if page.item.last_on and until <= page.item.last_on:
        raise Refused(_("Ngày xin gia hạn không ở sau hạn hiện nay."), _("Ghi một ngày sau hạn."))
    notice = page.link.notice
    return ask_extension(office, notice.occurrence, until, reason, _act(page, request_key), at, notice.step)


def acknowledge_by_link(office: Office, token: str, at: datetime, request_key: str) -> Recorded:
    page = _opened(office, token, at, "acknowledge", request_key)
    act = _act(page, request_key)
    return acknowledge(office, page.link.notice.occurrence, act, at, person=page.link.person)


def confirm_by_link(
    office: Office, token: str, sent_on: date | None, received_on: date | None, at: datetime, request_key: str
) -> Recorded:
    """The office's word on what was handed in, with the days on which the paper was sent and arrived."""
    page = _opened(office, token, at, "confirm", request_key)
    notice, act = page.link.notice, _act(page, request_key)
    return confirm(office, notice.occurrence, act, at, notice.step, sent_on=sent_on, received_on=received_on)


def return_by_link(office: Office, token: str, reason: str, at: datetime, request_key: str) -> Recorded:
    page = _opened(office, token, at, "return", request_key)
    notice = page.link.notice
    return return_step(office, notice.occurrence, reason, _act(page, request_key), at, notice.step)


def approve_by_link(office: Office, token: str, at: datetime, request_key: str) -> Recorded:
    """Let a report go up."""
    page = _opened(office, token, at, "approve", request_key)
    notice = page.link.notice
    return approve(office, notice.occurrence, _act(page, request_key), at, notice.step, rung=notice.rung)


def withhold_by_link(office: Office, token: str, reason: str, at: datetime, request_key: str) -> Recorded:
    """Keep a report from going up."""
    page = _opened(office, token, at, "withhold", request_key)
    notice = page.link.notice
    return withhold(office, notice.occurrence, reason, _act(page, request_key), at, notice.step, rung=notice.rung)


def _opened(office: Office, token: str, at: datetime, deed: Deed, request_key: str) -> AnswerPage:
    """The page, if the reader may do this now; a form sent twice is left to its request key."""
    page = answer_page(office, token, at)
    with office.register.reading() as book:
        again = book.seen(_key(page, request_key))
    if deed not in page.may and not again:
        raise Refused(
            _("Việc này hiện không nhận câu trả lời ấy từ liên kết này."),
            _("Xem tình trạng ở đầu trang, hoặc báo Văn phòng."),
        )
    return page


def _act(page: AnswerPage, request_key: str) -> Act:
    return Act(page.link.person, VIA, page.today, _key(page, request_key))


def _key(page: AnswerPage, request_key: str) -> str:
    """Bound to the link, so that nobody can use up another form's key."""
    return f"link/{page.link.delivery}/{request_key}"
