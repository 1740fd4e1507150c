"""Ask the office's Zalo bots who wrote: whoever did has an address from now on."""

from datetime import datetime

from dondoc.use_cases.office import Office
from dondoc.use_cases.refused import Refused
from dondoc.words import _
from notifications.outcome import Outcome
from notifications.zalo.bot import Writer, ZaloBot
from notifications.zalo.register import plugin_of


def bots_of(office: Office) -> list[ZaloBot]:
    """The bots among the office's channels; Refused where there is none."""
    urls = [url for url in office.mail.channels.values() if url.lower().startswith("zalobot://")]
    bots = [plugin for url in urls if isinstance(plugin := plugin_of(url), ZaloBot)]
    if not bots:
        raise Refused(_("Chưa có kênh nào là bot Zalo."), _("Khai báo kênh zalobot://… trong channels.yaml."))
    return bots


def listen(office: Office, bot: ZaloBot, at: datetime, wait: int = 30) -> list[Writer] | Outcome:
    """Wait up to `wait` seconds for somebody to write, and record who did; what they wrote is not kept."""
    found = bot.writers(wait)
    if isinstance(found, Outcome) or not found:
        return found
    with office.register.writing() as book:
        for writer in found:
            book.note_zalo_writer(account_of_bot(bot), writer.chat_id, writer.name, at)
    return found


def account_of_bot(bot: ZaloBot) -> str:
    """The public half of its token."""
    return f"bot:{bot.bot_token.partition(':')[0]}"
