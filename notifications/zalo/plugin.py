"""What the three Zalo plugins have in common: targets, the loopback override, outcomes behind Apprise's bool."""

from collections.abc import Sequence
from typing import Any, ClassVar

from apprise.common import NotifyFormat, NotifyType
from apprise.locale import gettext_lazy
from apprise.plugins.base import NotifyBase

from dondoc.core.delivery import Delivery
from notifications.outcome import Outcome
from notifications.plain_delivery import plain_delivery
from notifications.zalo.http import own_api
from notifications.zalo.result import Result

_Base: Any = NotifyBase  # its attributes are typed as its own defaults (None, ()), which no plugin could then state


class ZaloPlugin(_Base):
    """Subclasses say how one delivery is handed over (`hand_over`) and how their URL reads."""

    service_url = "https://developers.zalo.me/"
    setup_url = "https://developers.zalo.me/docs"
    category = "custom"
    attachment_support = False
    request_rate_per_sec = 0  # Apprise's default sleeps 5.5 s between two messages; the outbox paces itself
    notify_format = NotifyFormat.TEXT
    title_maxlen = 0  # Zalo has no titles: Apprise puts them above the text

    template_args: ClassVar[dict[str, Any]] = {
        **NotifyBase.template_args,
        "to": {"alias_of": "targets"},
        "api": {"name": gettext_lazy("Loopback API"), "type": "string", "map_to": "api"},
    }

    def __init__(self, targets: Sequence[str] | None = None, api: str = "", **kwargs: Any) -> None:
        """TypeError, as Apprise expects, where the override leads off this machine."""
        super().__init__(**kwargs)
        self.targets = list(targets or ())
        try:
            self.api = own_api(api or "")
        except ValueError as error:
            raise TypeError(str(error)) from error

    def hand_over(self, delivery: Delivery) -> Result:
        """One message to one recipient. Never raises for the network."""
        raise NotImplementedError

    def deliver(self, delivery: Delivery) -> Outcome:
        """The outcome alone, as the channels of this house speak."""
        return self.hand_over(delivery).outcome

    def send(self, body: str, title: str = "", notify_type: Any = NotifyType.INFO, **kwargs: Any) -> bool:
        """Apprise's own way in: to each target, True when all were taken."""
        outcomes = [self.deliver(plain_delivery(target, title, body)) for target in self.targets]
        for outcome in outcomes:
            if outcome.kind != "sent":
                self.logger.warning("Zalo message not sent: %s", outcome.detail)
        return bool(outcomes) and all(outcome.kind == "sent" for outcome in outcomes)

    def __len__(self) -> int:
        return max(len(self.targets), 1)

    def _tail(self, privacy: bool, **own: str) -> str:
        """Targets and parameters, as every URL of ours ends."""
        params = {name: value for name, value in (own | {"api": self.api}).items() if value}
        params |= self.url_parameters(privacy=privacy)
        targets = "/".join(self.quote(target, safe="") for target in self.targets)
        return f"/{targets}?{self.urlencode(params)}"

    @staticmethod
    def _parsed(url: str, named: dict[str, str]) -> dict[str, Any] | None:
        """The constructor's arguments; None where it is no such URL. `named`: parameter → argument."""
        results: dict[str, Any] | None = NotifyBase.parse_url(url, verify_host=False)
        if not results:
            return None
        given, unquote = results["qsd"], NotifyBase.unquote
        more = NotifyBase.parse_list(unquote(given["to"])) if given.get("to") else []
        results["targets"] = [*NotifyBase.split_path(results["fullpath"]), *more]
        named = named | {"api": "api"}
        return results | {into: unquote(given[name]) for name, into in named.items() if given.get(name)}
