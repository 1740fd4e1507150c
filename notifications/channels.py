"""Every way out of the house: which scheme goes through which channel, and how a letter is written for it."""

import functools
from collections.abc import Callable, Mapping
from typing import NamedTuple

from dondoc.core.delivery import Delivery
from dondoc.core.zalo_template import ZaloTemplates
from dondoc.words import _
from notifications.message import MessageContext, Rendered
from notifications.outcome import Outcome


class Envelope(NamedTuple):
    """`url` says where and by whose account; `sender` and `reply_to` are "" where the URL names them itself."""

    url: str
    sender: str = ""
    reply_to: str = ""


ZBS = "zalozbs"
ZALO = (ZBS, "zalooa", "zalobot")
Channel = Callable[[Delivery, Envelope], Outcome]
Composer = Callable[[MessageContext], Rendered]


def send(delivery: Delivery, url: str, sender: str = "", reply_to: str = "") -> Outcome:
    """Hand one delivery to the channel its URL names. Never raises for the network; prints no secret."""
    if not url:
        told = _("Kênh {channel} không còn được cấu hình.")
        return Outcome("temporary", told.format(channel=delivery.channel))
    schema = url.partition("://")[0].lower()
    return CHANNELS.get(schema, _by_apprise)(delivery, Envelope(url, sender, reply_to))


def compose_for(url: str, templates: ZaloTemplates | None = None) -> Composer:
    """How a letter is written for the channel this URL names: a mail in all its forms, any other in plain words.

    `templates` are the office's, for Zalo's template messages.
    """
    schema = url.partition("://")[0].lower()
    if schema == ZBS and templates:
        return functools.partial(_as_template, templates=templates)
    return _as_mail if schema in MAIL else COMPOSERS.get(schema, _as_text)


def as_carried(said: Rendered, url: str) -> Rendered:
    """What the channel this URL names may carry of a letter that speaks of no notice: by Zalo its subject alone."""
    schema = url.partition("://")[0].lower()
    if schema in ZALO:
        return said._replace(text="", html="")
    return said if schema in MAIL else said._replace(html="")


def carries_text(url: str) -> bool:
    """Whether words of any kind may leave by this URL, and not only what a template of the service foresees."""
    return url.partition("://")[0].lower() != ZBS


def _as_mail(message: MessageContext) -> Rendered:
    # Here and not above: Jinja costs more than most commands.
    from notifications.render import render

    return render(message)


def _as_text(message: MessageContext) -> Rendered:
    return _as_mail(message)._replace(html="")


def _as_template(message: MessageContext, templates: ZaloTemplates | None = None) -> Rendered:
    """The text is a frozen template body, "" where the office has no template for what is told."""
    from notifications.render import render_subject
    from notifications.zalo.body import zalo_body

    return Rendered(render_subject(message), zalo_body(message, templates or {}), "")


def _as_zalo_text(message: MessageContext) -> Rendered:
    from notifications.zalo.text import zalo_text

    return zalo_text(message)


def problem_with(url: str) -> str:
    """Why nothing could ever leave by this URL, in words and without the URL; "" when it reads well. Sends nothing."""
    schema = url.partition("://")[0].lower()
    if schema in ZALO:
        return _zalo_problem(url)
    if schema in MAIL:
        opened = _mail_server(url)
        return opened.detail if isinstance(opened, Outcome) else ""
    from notifications.apprise_channel import is_known

    return "" if is_known(url) else _bad_url().detail


def _by_email(delivery: Delivery, envelope: Envelope) -> Outcome:
    opened = _mail_server(envelope.url)
    return opened if isinstance(opened, Outcome) else opened(delivery, envelope.sender, envelope.reply_to)


@functools.lru_cache(maxsize=16)
def _mail_server(url: str) -> Outcome | Callable[..., Outcome]:
    # Here and not above: Apprise costs a third of a second, and most commands send nothing.
    from notifications.email_channel import DonDocMail, register

    register()
    try:
        arguments = DonDocMail.parse_url(_own_schema(url))
        return DonDocMail(**arguments).deliver if arguments else _bad_url()
    except TypeError as error:
        return Outcome("temporary", str(error))


def _by_zalo(delivery: Delivery, envelope: Envelope) -> Outcome:
    """By the account and token the URL itself names; the office's own account is `use_cases.zalo_send`'s matter."""
    from notifications.zalo.register import plugin_of

    try:
        plugin = plugin_of(envelope.url)
    except TypeError as error:
        return Outcome("temporary", str(error))
    return plugin.deliver(delivery) if plugin else _bad_url()


def _zalo_problem(url: str) -> str:
    from notifications.zalo.address import with_token
    from notifications.zalo.register import plugin_of

    try:
        return "" if plugin_of(with_token(url, "t")) else _bad_url().detail
    except TypeError as error:
        return str(error)


def _own_schema(url: str) -> str:
    schema, _separator, rest = url.partition("://")
    return f"{ {'smtp': 'dondocmail', 'smtps': 'dondocmails'}.get(schema.lower(), schema) }://{rest}"


def _bad_url() -> Outcome:
    # Without the URL: what is malformed may well be its password.
    return Outcome(
        "temporary", _("Địa chỉ kênh gửi không đọc được: cần dạng smtp://MÁY_CHỦ:CỔNG hoặc một URL Apprise.")
    )


def _by_apprise(delivery: Delivery, envelope: Envelope) -> Outcome:
    from notifications.apprise_channel import send_by_apprise

    return send_by_apprise(delivery, envelope.url)


MAIL = ("smtp", "smtps", "dondocmail", "dondocmails")
CHANNELS: Mapping[str, Channel] = dict.fromkeys(MAIL, _by_email) | dict.fromkeys(ZALO, _by_zalo)
# By scheme too: what a service can carry of a letter, where that is not its plain text.
COMPOSERS: Mapping[str, Composer] = {ZBS: _as_template, "zalooa": _as_zalo_text, "zalobot": _as_zalo_text}
