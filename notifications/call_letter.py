"""The letter that tells the office whom it must telephone."""

from datetime import date
from typing import NamedTuple

from notifications.clean import clean
from notifications.message import Rendered
from notifications.render import template, tidy


class CallLine(NamedTuple):
    """One call, in words; "" and None are nothing to say."""

    name: str
    role: str
    phone: str
    title: str
    party: str
    target_on: date | None
    why: str
    command: str  # what the office enters when it has called


class CallLetter(NamedTuple):
    person: str  # the name by which the reader is addressed
    office: str
    lines: tuple[CallLine, ...]
    trial_for: str = ""


def render_calls(letter: CallLetter) -> Rendered:
    """Subject, text and HTML. ValueError without lines."""
    if not letter.lines:
        raise ValueError("a call letter names at least one person")
    letter = clean(letter)
    people = len({line.name for line in letter.lines})
    context = {**letter._asdict(), "people": people}
    subject = f"[Cần gọi điện] {people:02d} người không nhận được thư"
    context["subject"] = f"[Chạy thử] {subject}" if letter.trial_for else subject
    text = template("calls.txt").render(context)
    return Rendered(context["subject"], tidy(text), template("calls.html").render(context))
