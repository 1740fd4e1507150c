"""Zalo's template messages (ZBS, formerly ZNS) to a phone number: the primary way."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from apprise.locale import gettext_lazy
from apprise.plugins.base import NotifyBase

from dondoc.core.delivery import Delivery
from dondoc.words import _
from notifications.outcome import Outcome
from notifications.zalo.body import Body, read_body
from notifications.zalo.http import post
from notifications.zalo.plugin import ZaloPlugin
from notifications.zalo.result import Result, read

PATH = "/message/template"
DIGITS = re.compile(r"[0-9]{9,15}")


class ZaloZbs(ZaloPlugin):
    """`zalozbs://{access_token}@{oa_id}/{phone}?template=ID&text=PARAMETER&title=PARAMETER&:name=value`.

    A delivery whose text is a frozen body names its own template; a plain one goes by the URL's.
    """

    service_name = "Zalo ZBS template message"
    secure_protocol = "zalozbs"
    body_maxlen = 5000

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
        "target_phone": {"name": gettext_lazy("Target Phone"), "type": "string", "map_to": "targets"},
        "targets": {"name": gettext_lazy("Targets"), "type": "list:string"},
    }
    template_args: ClassVar[dict[str, Any]] = {
        **ZaloPlugin.template_args,
        "template": {"name": gettext_lazy("Template ID"), "type": "string", "map_to": "template"},
        "text": {"name": gettext_lazy("Body Parameter"), "type": "string", "map_to": "text_parameter"},
    }
    template_kwargs: ClassVar[dict[str, Any]] = {
        "template_data": {"name": gettext_lazy("Template Parameters"), "prefix": ":"},
    }

    def __init__(
        self,
        access_token: str = "",
        oa_id: str = "",
        template: str = "",
        text_parameter: str = "",
        template_data: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        """TypeError, as Apprise expects, without a token or an account."""
        super().__init__(**kwargs)
        if not access_token or not oa_id:
            raise TypeError(_("Cần mã truy cập và mã Official Account: zalozbs://MÃ@OA."))
        self.access_token, self.oa_id = access_token, oa_id
        self.template, self.text_parameter = template or "", text_parameter or "noi_dung"
        self.template_data = dict(template_data or {})

    def hand_over(self, delivery: Delivery) -> Result:
        """One template message. The delivery's id is its tracking_id, by which the webhook names it again."""
        phone, body = phone_of(delivery.address), read_body(delivery.text) or self._own_body(delivery)
        if not phone:
            return Result(Outcome("permanent", _("Số điện thoại nhận Zalo không hợp lệ.")), "person")
        if body is None:
            return Result(Outcome("permanent", _("Tin này không có mẫu tin Zalo.")))
        request = {
            "phone": phone,
            "template_id": body.template_id,
            "template_data": dict(body.data),
            "tracking_id": delivery.id,
        }
        headers = {"access_token": self.access_token, "Content-Type": "application/json"}
        return read(
            "zbs", post("zbs", PATH, api=self.api, headers=headers, body=request, verify=self.verify_certificate)
        )

    def _own_body(self, delivery: Delivery) -> Body | None:
        if not self.template:
            return None
        return Body(self.template, {**self.template_data, self.text_parameter: delivery.text})

    def url(self, privacy: bool = False, *args: Any, **kwargs: Any) -> str:
        """The URL that makes this object again; with `privacy` its token is hidden."""
        own = {"template": self.template, "text": self.text_parameter if self.template else ""}
        own |= {f":{name}": value for name, value in self.template_data.items()}
        token = self.pprint(self.access_token, privacy, safe="")
        return f"{self.secure_protocol}://{token}@{self.oa_id}{self._tail(privacy, **own)}"

    @property
    def url_identifier(self) -> tuple[Any, ...]:
        """What makes two URLs the same account: tokens rotate, the account stays."""
        return (self.secure_protocol, self.oa_id)

    @staticmethod
    def parse_url(url: str) -> dict[str, Any] | None:
        """The constructor's arguments; None where it is no such URL."""
        results = ZaloPlugin._parsed(url, {"template": "template", "text": "text_parameter"})
        if not results:
            return None
        unquote = NotifyBase.unquote
        data = {unquote(name): unquote(value) for name, value in results["qsd:"].items()}
        token = unquote(results["user"] or "")
        return results | {"access_token": token, "oa_id": unquote(results["host"] or ""), "template_data": data}


def phone_of(address: str) -> str:
    """0912 345 678, +84 912… and 84912… as Zalo wants it: 84912345678. "" where it is no phone number."""
    digits = re.sub(r"[\s.()-]", "", address).removeprefix("+")
    digits = f"84{digits[1:]}" if digits.startswith("0") and not digits.startswith("00") else digits.removeprefix("00")
    return digits if DIGITS.fullmatch(digits) else ""
