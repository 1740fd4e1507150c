"""The journal's head leaves the house once a week, as a letter like any other."""

from datetime import date

from watched_office import Box, june

from dondoc.use_cases.anchor_journal import anchor_journal
from dondoc.use_cases.deliver import deliver
from dondoc.use_cases.go_live import go_live
from dondoc.use_cases.mail_route import MailRoute
from dondoc.use_cases.office import Office
from dondoc.use_cases.verify_journal import journal_head, verify_journal
from notifications.anchor_letter import AnchorLetter, render_anchor

WEDNESDAY = 1  # June 2022
HEAD = AnchorLetter("Giám đốc", "Văn phòng", date(2022, 6, 1), "22/2022", 17, "ab" * 32, "08 giờ 00")


def live(office: Office) -> Office:
    go_live(office, date(2022, 6, 1), june(WEDNESDAY, 7), "chanh-van-phong-so")
    return office


def sent(office: Office, moment, *answers: str) -> Box:
    box = Box(*answers)
    deliver(office, moment, clock=lambda: moment, send=box.send)
    return box


def test_the_leadership_and_the_office_get_a_head_that_verifies(office: Office) -> None:
    live(office)
    head = journal_head(office)
    letters = anchor_journal(office, june(WEDNESDAY, 9))
    box = sent(office, june(WEDNESDAY, 9))
    mine = [letter for letter in box.letters if letter.subject.startswith("Đầu nhật ký tuần 22/2022")]
    assert len(mine) == letters >= 4
    for part in (part for letter in mine for part in (letter.text, letter.html)):
        assert head.anchor in part
    assert {"giam-doc-so", "pho-giam-doc-khoi"} <= {letter.person for letter in mine}
    assert len({letter.person for letter in mine}) == len(mine)
    assert verify_journal(office, [head.anchor]) == []
    with office.register.reading() as book:
        fact = book.facts([""])[""][-1]
        assert (fact.kind, fact.payload["hash"], book.setting("anchor")) == ("anchored", head.hash, head.anchor)


def test_once_a_week_within_hours(office: Office) -> None:
    live(office)
    assert anchor_journal(office, june(WEDNESDAY, 3)) == 0
    assert anchor_journal(office, june(WEDNESDAY, 9)) > 0
    assert anchor_journal(office, june(WEDNESDAY, 10)) == anchor_journal(office, june(3, 9)) == 0
    assert anchor_journal(office, june(5, 9)) == 0  # a Sunday
    assert anchor_journal(office, june(6, 9)) > 0


def test_a_trial_and_an_office_without_a_mail_server_send_none(office: Office) -> None:
    assert anchor_journal(office, june(WEDNESDAY, 9)) == 0
    live(office)
    assert anchor_journal(office._replace(mail=MailRoute()), june(WEDNESDAY, 9)) == 0


def test_a_letter_that_was_put_off_goes_out_later_and_once(office: Office) -> None:
    live(office)
    anchor_journal(office, june(WEDNESDAY, 9))
    first = sent(office, june(WEDNESDAY, 9), *["temporary"] * 40)
    again = sent(office, june(WEDNESDAY, 12))
    ours = {letter.id for letter in first.letters if "Đầu nhật ký" in letter.subject}
    assert ours and ours <= {letter.id for letter in again.letters}
    assert not ours & {letter.id for letter in sent(office, june(WEDNESDAY, 13)).letters}


def test_the_letter_says_who_would_have_got_it_in_a_trial() -> None:
    said = render_anchor(HEAD._replace(trial_for="giam-doc@so.example"))
    assert said.subject.startswith("[Chạy thử]")
    assert "giam-doc@so.example" in said.text and "giam-doc@so.example" in said.html


def test_nothing_typed_becomes_html_in_the_anchor_letter() -> None:
    assert "<b>x" not in render_anchor(HEAD._replace(person="<b>x")).html
