"""What goes out as a Zalo text, by an Official Account or a bot: what must be done, by when, and the link."""

from collections.abc import Iterator

from dondoc.words import _
from notifications.clean import clean
from notifications.message import MessageContext, MessageItem, Rendered
from notifications.wording import local_moment
from notifications.zalo.body import facts_of, pressing


def zalo_text(message: MessageContext) -> Rendered:
    """Subject and text, the most pressing first. Of a confidential case its number, its due and the link alone."""
    message = clean(message)
    items = sorted(message.items, key=pressing)
    several = len(items) > 1
    lines = [*_outage(message)]
    for number, item in enumerate(items, 1):
        lines += [*([f"{number}. {item.name}"] if several else []), *_lines(message, item)]
    return Rendered(_subject(message), "\n".join(lines) + "\n", "")


def _subject(message: MessageContext) -> str:
    facts, secret = facts_of(message), len(message.items) == 1 and message.items[0].confidential
    return facts["title"] if secret or len(message.items) > 1 else f"{facts['kind']}: {facts['title']}"


def _lines(message: MessageContext, item: MessageItem) -> Iterator[str]:
    facts = facts_of(message._replace(items=(item,)))
    days = f" ({facts['days']})" if facts["days"] and not item.confidential else ""
    yield _("Hạn: {due}").format(due=facts["due"]) + days
    if item.link:
        yield item.link


def _outage(message: MessageContext) -> Iterator[str]:
    if message.outage:
        since, until = map(local_moment, message.outage)
        yield _("Hệ thống không hoạt động từ {since} đến {until}; tin này báo một lần những gì vẫn còn đúng.").format(
            since=since, until=until
        )
