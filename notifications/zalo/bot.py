"""Zalo bots: a fixed token, no public address needed, and only those who wrote first can be written to."""

import re
from typing import Any, ClassVar, NamedTuple

from apprise.locale import gettext_lazy
from apprise.plugins.base import NotifyBase

from dondoc.core.delivery import Delivery
from dondoc.words import _
from notifications.outcome import Outcome
from notifications.zalo.body import read_body
from notifications.zalo.codes import meaning_of
from notifications.zalo.http import Answer, post
from notifications.zalo.oa import plain_text
from notifications.zalo.plugin import ZaloPlugin
from notifications.zalo.result import Result

LIMIT = 2000  # characters of one text
NOTHING_NEW = "408"  # how a long poll ends that saw nobody
TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")
ADDRESS = re.compile(r"^zalobot://(?P<token>[0-9]+(?::|%3A)[^/?@]+)(?P<rest>[/?].*)?$", re.IGNORECASE | re.DOTALL)


class Writer(NamedTuple):
    """Somebody who wrote to the bot; only now has it an address for them."""

    chat_id: str
    name: str
    text: str = ""
    message_id: str = ""


class ZaloBot(ZaloPlugin):
    """`zalobot://{bot_token}/{chat_id}`, the token as Zalo writes it: 123456:abc-xyz."""

    service_name = "Zalo Bot"
    secure_protocol = "zalobot"
    body_maxlen = LIMIT

    templates = ("{schema}://{bot_token}", "{schema}://{bot_token}/{targets}")
    template_tokens: ClassVar[dict[str, Any]] = {
        **NotifyBase.template_tokens,
        "bot_token": {
            "name": gettext_lazy("Bot Token"),
            "type": "string",
            "private": True,
            "required": True,
            "regex": (r"^[0-9]+:[a-z0-9_-]+$", "i"),
        },
        "target_chat": {"name": gettext_lazy("Target Chat ID"), "type": "string", "map_to": "targets"},
        "targets": {"name": gettext_lazy("Targets"), "type": "list:string"},
    }

    def __init__(self, bot_token: str = "", **kwargs: Any) -> None:
        """TypeError, as Apprise expects, where the token is none; it is not repeated."""
        super().__init__(**kwargs)
        if not TOKEN.fullmatch(bot_token or ""):
            raise TypeError(_("Mã bot phải có dạng SỐ:CHỮ, như Zalo đã cấp."))
        self.bot_token = bot_token

    def hand_over(self, delivery: Delivery) -> Result:
        """One text to one chat."""
        if read_body(delivery.text):
            return Result(Outcome("permanent", _("Tin theo mẫu không gửi được bằng cách này.")))
        return read(self._call("sendMessage", chat_id=delivery.address, text=plain_text(delivery, LIMIT)))

    def writers(self, wait: int = 30) -> list[Writer] | Outcome:
        """Who wrote since the last look; waits up to `wait` seconds for the first. An Outcome where Zalo refuses."""
        answer = self._call("getUpdates", answering=wait + 10.0, timeout=str(wait))
        if isinstance(answer, Outcome):
            return answer
        if not answer.data.get("ok"):
            return [] if str(answer.data.get("error_code")) == NOTHING_NEW else read(answer).outcome
        found = answer.data.get("result")
        updates = found if isinstance(found, list) else [found]
        return [writer for update in updates if (writer := _writer(update))]

    def _call(self, method: str, answering: float = 20.0, **body: str) -> Answer | Outcome:
        headers = {"Content-Type": "application/json"}
        path = f"/bot{self.bot_token}/{method}"
        return post(
            "bot", path, api=self.api, headers=headers, body=body, answering=answering, verify=self.verify_certificate
        )

    def url(self, privacy: bool = False, *args: Any, **kwargs: Any) -> str:
        """The URL that makes this object again; with `privacy` its token is hidden."""
        token = self.pprint(self.bot_token, privacy, safe=":")
        return f"{self.secure_protocol}://{token}{self._tail(privacy)}"

    @property
    def url_identifier(self) -> tuple[Any, ...]:
        """What makes two URLs the same bot."""
        return (self.secure_protocol, self.bot_token)

    @staticmethod
    def parse_url(url: str) -> dict[str, Any] | None:
        """The constructor's arguments; None where it is no such URL."""
        found = ADDRESS.match(url)
        if not found:
            return None
        # A token holds a colon, which a URL's host may not: it is taken out before Apprise reads the rest.
        results = ZaloPlugin._parsed(f"zalobot://bot{found['rest'] or ''}", {})
        return results | {"bot_token": NotifyBase.unquote(found["token"])} if results else None


def read(answer: Answer | Outcome) -> Result:
    """A bot answers `ok`, and an HTTP-like `error_code` where it is not."""
    if isinstance(answer, Outcome):
        return Result(answer)
    if answer.data.get("ok") is True:
        result = answer.data.get("result")
        id_ = str(result.get("message_id", "")) if isinstance(result, dict) else ""
        return Result(Outcome("sent", _("Zalo nhận, mã tin {id}").format(id=id_)), "", id_)
    try:
        said = meaning_of("bot", int(answer.data["error_code"]))
    except (KeyError, TypeError, ValueError):
        return Result(Outcome("unknown", _("Câu trả lời của Zalo không có mã kết quả.")))
    return Result(said.outcome, said.meaning)


def _writer(update: Any) -> Writer | None:
    message = update.get("message") if isinstance(update, dict) else None
    if not isinstance(message, dict) or not isinstance(message.get("chat"), dict):
        return None
    sender = message["from"] if isinstance(message.get("from"), dict) else {}
    name = str(sender.get("display_name") or sender.get("name") or "")
    text, id_ = str(message.get("text") or ""), str(message.get("message_id") or "")
    return Writer(str(message["chat"].get("id", "")), name, text, id_)
