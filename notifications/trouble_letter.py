"""The letter that tells the office that its Zalo channel needs somebody."""

from typing import NamedTuple

from notifications.clean import clean
from notifications.message import Rendered
from notifications.render import template, tidy


class TroubleLetter(NamedTuple):
    """`troubles` in words, without secrets."""

    person: str  # the name by which the reader is addressed
    office: str
    troubles: tuple[str, ...]
    trial_for: str = ""


def render_trouble(letter: TroubleLetter) -> Rendered:
    """Subject, text and HTML. ValueError without troubles."""
    if not letter.troubles:
        raise ValueError("a trouble letter names at least one trouble")
    letter = clean(letter)
    subject = f"{'[Chạy thử] ' if letter.trial_for else ''}[Cần xử lý] Kênh Zalo không gửi được"
    context = {**letter._asdict(), "subject": subject}
    return Rendered(subject, tidy(template("trouble.txt").render(context)), template("trouble.html").render(context))
