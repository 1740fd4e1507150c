"""The letter that tells an administrator that a scheduled run broke: nobody else would notice."""

from typing import NamedTuple

from notifications.clean import clean
from notifications.message import Rendered
from notifications.render import template, tidy


class RunLetter(NamedTuple):
    """`state` in words; `link` leads to the run in the flow UI, "" where it is not known."""

    person: str  # the name by which the reader is addressed
    office: str
    flow: str
    run: str
    state: str
    link: str
    trial_for: str = ""


def render_run(letter: RunLetter) -> Rendered:
    """Subject, text and HTML."""
    letter = clean(letter)
    subject = f"{'[Chạy thử] ' if letter.trial_for else ''}[Sự cố] {letter.run}: {letter.state}"
    context = {**letter._asdict(), "subject": subject}
    return Rendered(subject, tidy(template("run.txt").render(context)), template("run.html").render(context))
