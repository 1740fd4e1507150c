"""The letter to an address that somebody has just replaced: whoever reads there can object."""

from typing import NamedTuple

from notifications.clean import clean
from notifications.message import Rendered
from notifications.render import template, tidy


class AddressLetter(NamedTuple):
    """`by` is who changed it. The new address is not named: this one may be another's by now."""

    person: str
    office: str
    by: str


def render_address(letter: AddressLetter) -> Rendered:
    """Subject, text and HTML."""
    letter = clean(letter)
    context = {**letter._asdict(), "subject": "Địa chỉ nhận thư của bạn trong Đôn Đốc vừa được đổi"}
    text = template("address.txt").render(context)
    return Rendered(context["subject"], tidy(text), template("address.html").render(context))
