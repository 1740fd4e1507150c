"""Messages of an Official Account to those who wrote to it: free within 48 hours of that, refused after 07 days."""

from typing import Any, ClassVar

from apprise.locale import gettext_lazy
from apprise.plugins.base import NotifyBase

from dondoc.core.delivery import Delivery
from dondoc.words import _
from notifications.outcome import Outcome
from notifications.zalo.body import read_body
from notifications.zalo.http import post
from notifications.zalo.plugin import ZaloPlugin
from notifications.zalo.result import Result, read

PATH = "/v3.0/oa/message/cs"
LIMIT = 2000  # characters of one text


class ZaloOa(ZaloPlugin):
    """`zalooa://{access_token}@{oa_id}/{user_id}`; a user_id belongs to this account alone."""

    service_name = "Zalo Official Account"
    secure_protocol = "zalooa"
    body_maxlen = LIMIT

    templates = ("{schema}://{access_token}@{oa_id}", "{schema}://{access_token}@{oa_id}/{targets}")
    template_tokens: ClassVar[dict[str, Any]] = {
        **NotifyBase.template_tokens,
        "access_token": {
            "name": gettext_lazy("Access Token"),
            "type": "string",
            "private": True,
            "required": True,
            "map_to": "access_token",
        },
        "oa_id": {"name": gettext_lazy("Official Account ID"), "type": "string", "required": True},
        "target_user": {"name": gettext_lazy("Target User ID"), "type": "string", "map_to": "targets"},
        "targets": {"name": gettext_lazy("Targets"), "type": "list:string"},
    }

    def __init__(self, access_token: str = "", oa_id: str = "", **kwargs: Any) -> None:
        """TypeError, as Apprise expects, without a token or an account."""
        super().__init__(**kwargs)
        if not access_token or not oa_id:
            raise TypeError(_("Cần mã truy cập và mã Official Account: zalooa://MÃ@OA."))
        self.access_token, self.oa_id = access_token, oa_id

    def hand_over(self, delivery: Delivery) -> Result:
        """One text to one user."""
        if read_body(delivery.text):
            return Result(Outcome("permanent", _("Tin theo mẫu không gửi được bằng cách này.")))
        request = {"recipient": {"user_id": delivery.address}, "message": {"text": plain_text(delivery, LIMIT)}}
        headers = {"access_token": self.access_token, "Content-Type": "application/json"}
        return read("oa", post("oa", PATH, api=self.api, headers=headers, body=request, verify=self.verify_certificate))

    def url(self, privacy: bool = False, *args: Any, **kwargs: Any) -> str:
        """The URL that makes this object again; with `privacy` its token is hidden."""
        token = self.pprint(self.access_token, privacy, safe="")
        return f"{self.secure_protocol}://{token}@{self.oa_id}{self._tail(privacy)}"

    @property
    def url_identifier(self) -> tuple[Any, ...]:
        """What makes two URLs the same account: tokens rotate, the account stays."""
        return (self.secure_protocol, self.oa_id)

    @staticmethod
    def parse_url(url: str) -> dict[str, Any] | None:
        """The constructor's arguments; None where it is no such URL."""
        results = ZaloPlugin._parsed(url, {})
        if not results:
            return None
        unquote = NotifyBase.unquote
        return results | {"access_token": unquote(results["user"] or ""), "oa_id": unquote(results["host"] or "")}


def plain_text(delivery: Delivery, limit: int) -> str:
    """Subject and text as one message, cut at the end of a line where it must be cut."""
    text = f"{delivery.subject}\n\n{delivery.text}".strip()
    if len(text) <= limit:
        return text
    room = text[: limit - 1]
    return (room.rpartition("\n")[0] or room).rstrip() + "…"
