"""Where a person is reached, by channel."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

EMAIL = "email"


class Contact(NamedTuple):
    """One person's addresses; "" is none. `others` by the name of a channel of the office, as in channels.yaml."""

    email: str = ""
    zalo: str = ""
    phone: str = ""  # for a person who calls, not for a channel
    others: Mapping[str, str] = {}
    prefer: tuple[str, ...] = ()  # channels, the dearest first
    zalo_opt_in: date | None = None  # the day on which the person agreed to be told over Zalo; None: Zalo is off

    @property
    def addresses(self) -> dict[str, str]:
        """Address by channel, in the order in which they are tried: what is preferred, then e-mail, then the rest."""
        known = {EMAIL: self.email, "zalo": self.zalo, **self.others}
        order = dict.fromkeys((*self.prefer, *known))
        return {channel: known[channel] for channel in order if known.get(channel) and self._agrees(channel)}

    def _agrees(self, channel: str) -> bool:
        return bool(self.zalo_opt_in) or not is_zalo(channel)


Contacts = Mapping[str, Contact]


def is_zalo(channel: str) -> bool:
    """The office's Zalo channels by name: zalo, zalo-oa, zalo-bot."""
    return channel.split("-")[0] == "zalo"
