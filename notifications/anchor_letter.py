"""The weekly letter that carries the journal's head out of the house."""

from datetime import date
from typing import NamedTuple

from notifications.clean import clean
from notifications.message import Rendered
from notifications.render import template, tidy


class AnchorLetter(NamedTuple):
    """To whom, from whom, on which local day; `link` entries, the last with `hash`, entered at `recorded`, in words."""

    person: str
    office: str
    on: date
    week: str  # 47/2026
    link: int
    hash: str
    recorded: str
    trial_for: str = ""


def render_anchor(letter: AnchorLetter) -> Rendered:
    """The letter in both forms."""
    letter = clean(letter)
    trial = "[Chạy thử] " if letter.trial_for else ""
    subject = f"{trial}Đầu nhật ký tuần {letter.week}: đề nghị lưu lại"
    context = {**letter._asdict(), "subject": subject, "anchor": f"{letter.hash}@{letter.link}"}
    text = template("anchor.txt").render(context)
    return Rendered(subject, tidy(text), template("anchor.html").render(context))
