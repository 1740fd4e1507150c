"""Any other service Apprise knows, as a channel: all it tells is whether it worked."""

from urllib.parse import quote

from apprise import Apprise, AppriseAsset, NotifyFormat

from dondoc.core.delivery import Delivery
from dondoc.words import _
from notifications.outcome import Outcome
from notifications.quiet import quiet

PLACE = "{address}"  # where a URL wants the recipient
MAIL = ("mailto", "mailtos")


def send_by_apprise(delivery: Delivery, url: str) -> Outcome:
    """To the address of the delivery where the URL has a place for it, else to whom the URL itself names."""
    with quiet():
        service = Apprise(asset=AppriseAsset(secure_logging=True))
        if not service.add(_addressed(url, delivery.address)):
            return Outcome("temporary", _("Apprise không nhận ra địa chỉ kênh gửi: xem lại cấu hình."))
        # In 1.13 a bool, in 2.x an object that is true or false.
        taken = bool(service.notify(body=delivery.text, title=delivery.subject, body_format=NotifyFormat.TEXT))
    if taken:
        return Outcome("sent")
    # "No" may also be an answer that came too late: a second try could be a second message.
    return Outcome("unknown", _("Kênh {schema} báo không gửi được.").format(schema=url.partition("://")[0]))


def is_known(url: str) -> bool:
    """Whether Apprise can make a service of this URL."""
    with quiet():
        return bool(Apprise(asset=AppriseAsset(secure_logging=True)).add(_addressed(url, "ai-do@thu.test")))


def _addressed(url: str, address: str) -> str:
    if PLACE in url:
        return url.replace(PLACE, quote(address, safe=""))
    if url.partition("://")[0].lower() in MAIL:
        # Without a recipient Apprise mails the sender, and the outbox would call that sent.
        return f"{url}{'&' if '?' in url else '?'}to={quote(address, safe='')}"
    return url
