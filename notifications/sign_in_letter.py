"""The letter that lets somebody into the portal, once."""

from typing import NamedTuple

from notifications.clean import clean
from notifications.message import Rendered
from notifications.render import template, tidy


class SignInLetter(NamedTuple):
    """`until` is the moment, in words, up to which the link opens."""

    person: str
    office: str
    link: str
    until: str
    trial_for: str = ""


def render_sign_in(letter: SignInLetter) -> Rendered:
    """The letter in both forms; its subject says nothing that a preview should not show."""
    letter = clean(letter)
    subject = ("[Chạy thử] " if letter.trial_for else "") + "Liên kết đăng nhập Đôn Đốc"
    context = {**letter._asdict(), "subject": subject}
    text = template("sign-in.txt").render(context)
    return Rendered(subject, tidy(text), template("sign-in.html").render(context))


def sign_in_line(letter: SignInLetter) -> str:
    """For services that must know no more than the link itself."""
    letter = clean(letter)
    return f"Liên kết đăng nhập Đôn Đốc, dùng một lần, đến {letter.until}: {letter.link}"
