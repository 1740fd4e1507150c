"""E-mail as an Apprise plugin of our own: one recipient a call, a kept connection, an exact outcome.

dondocmail://  to this machine in plain text; to any other with STARTTLS (port 587)
dondocmails:// with TLS from the first byte (port 465)
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from apprise.common import NotifyFormat, NotifyType
from apprise.locale import gettext_lazy
from apprise.manager_plugins import NotificationManager
from apprise.plugins.base import NotifyBase
from apprise.url import PrivacyMode

from dondoc.core.delivery import Delivery
from dondoc.words import _
from notifications.outcome import Outcome
from notifications.plain_delivery import plain_delivery
from notifications.smtp_hand_over import Route, hand_over
from notifications.smtp_message import Attachment, Refused, compose, letterhead
from notifications.smtp_settings import PORTS, Mode, SmtpSettings, is_loopback

MODES: tuple[Mode, ...] = ("plain", "starttls", "tls")
# What a person may be told of a value that may not be sent; the value itself may be hostile or private.
CONFIGURED = ("sender", "reply_to")


_Base: Any = NotifyBase  # its attributes are typed as its own defaults (None, ()), which no plugin could then state


class DonDocMail(_Base):
    """`dondocmail://user:password@host:port/to@example.test?from=Name <a@b.example>&reply=…&mode=…&ca=FILE`."""

    service_name = "Đôn Đốc e-mail"
    protocol = "dondocmail"
    secure_protocol = "dondocmails"
    category = "custom"
    attachment_support = False
    request_rate_per_sec = 0  # Apprise's default sleeps 5.5 s between two messages; the outbox paces itself
    title_maxlen = 900  # a subject is folded, not cut
    body_maxlen = 5_000_000
    notify_format = NotifyFormat.TEXT

    templates = (
        "{schema}://{host}",
        "{schema}://{host}:{port}",
        "{schema}://{host}/{targets}",
        "{schema}://{host}:{port}/{targets}",
        "{schema}://{user}:{password}@{host}",
        "{schema}://{user}:{password}@{host}:{port}",
        "{schema}://{user}:{password}@{host}/{targets}",
        "{schema}://{user}:{password}@{host}:{port}/{targets}",
    )
    template_tokens: ClassVar[dict[str, Any]] = {
        **NotifyBase.template_tokens,
        "host": {"name": gettext_lazy("Hostname"), "type": "string", "required": True},
        "port": {"name": gettext_lazy("Port"), "type": "int", "min": 1, "max": 65535},
        "user": {"name": gettext_lazy("Username"), "type": "string"},
        "password": {"name": gettext_lazy("Password"), "type": "string", "private": True},
        "target_email": {"name": gettext_lazy("Target Email"), "type": "string", "map_to": "targets"},
        "targets": {"name": gettext_lazy("Targets"), "type": "list:string"},
    }
    template_args: ClassVar[dict[str, Any]] = {
        **NotifyBase.template_args,
        "from": {"name": gettext_lazy("From Email"), "type": "string", "map_to": "from_addr"},
        "reply": {"name": gettext_lazy("Reply To"), "type": "string", "map_to": "reply_to"},
        "mode": {"name": gettext_lazy("Secure Mode"), "type": "choice:string", "values": MODES, "map_to": "mode"},
        "ca": {"name": gettext_lazy("CA File"), "type": "string", "map_to": "ca_file"},
        "to": {"alias_of": "targets"},
    }

    def __init__(
        self,
        targets: Sequence[str] | None = None,
        from_addr: str = "",
        reply_to: str = "",
        mode: str = "",
        ca_file: str = "",
        **kwargs: Any,
    ) -> None:
        """TypeError, as Apprise expects, where the URL describes no server or asks for an unsafe way."""
        super().__init__(**kwargs)
        self.targets = list(targets or ())
        self.from_addr, self.reply_to, self.ca_file = from_addr or "", reply_to or "", ca_file or ""
        self.mode = _mode(mode, bool(self.secure), self.host or "", bool(self.user))

    @property
    def settings(self) -> SmtpSettings:
        """How this URL reaches its server."""
        port = self.port or PORTS[self.mode]
        return SmtpSettings(
            self.host, port, self.mode, self.user or "", self.password or "", self.verify_certificate, self.ca_file
        )

    def deliver(
        self,
        delivery: Delivery,
        sender: str = "",
        reply_to: str = "",
        attachments: Sequence[Attachment] = (),
        at: datetime | None = None,
    ) -> Outcome:
        """Hand one frozen delivery over; what `sender` and `reply_to` leave open is the URL's. Never raises."""
        try:
            head = letterhead(sender or self.from_addr, reply_to or self.reply_to)
            content = compose(delivery, head, attachments, at)
        except Refused as refused:
            return _refusal(refused)
        return hand_over(self.settings, Route(head.address, delivery.address, delivery.id), content)

    def send(self, body: str, title: str = "", notify_type: Any = NotifyType.INFO, **kwargs: Any) -> bool:
        """Apprise's own way in, for trying a URL out: plain text to each target, True when all were taken."""
        outcomes = [self.deliver(plain_delivery(target, title, body)) for target in self.targets]
        for outcome in outcomes:
            if outcome.kind != "sent":
                self.logger.warning("E-mail not sent: %s", outcome.detail)
        return bool(outcomes) and all(outcome.kind == "sent" for outcome in outcomes)

    def url(self, privacy: bool = False, *args: Any, **kwargs: Any) -> str:
        """The URL that makes this object again; with `privacy` its password is hidden."""
        own = {"from": self.from_addr, "reply": self.reply_to, "ca": self.ca_file, "mode": self.mode}
        params = {name: value for name, value in own.items() if value} | self.url_parameters(privacy=privacy)
        login = ""
        if self.user:
            secret = self.pprint(self.password or "", privacy, mode=PrivacyMode.Secret, safe="")
            login = f"{self.quote(self.user, safe='')}:{secret}@"
        port = f":{self.port}" if self.port else ""
        targets = "/".join(self.quote(target, safe="@") for target in self.targets)
        schema = self.secure_protocol if self.secure else self.protocol
        return f"{schema}://{login}{self.host}{port}/{targets}?{self.urlencode(params)}"

    @property
    def url_identifier(self) -> tuple[Any, ...]:
        """What makes two URLs the same account; recipients do not."""
        schema = self.secure_protocol if self.secure else self.protocol
        return (schema, self.user, self.password, self.host, self.settings.port)

    def __len__(self) -> int:
        return max(len(self.targets), 1)

    @staticmethod
    def parse_url(url: str) -> dict[str, Any] | None:
        """The constructor's arguments; None where it is no such URL."""
        results: dict[str, Any] | None = NotifyBase.parse_url(url, verify_host=True)
        if not results:
            return None
        given, unquote = results["qsd"], NotifyBase.unquote
        results["targets"] = [*NotifyBase.split_path(results["fullpath"]), *filter(None, [unquote(given.get("to"))])]
        named = {"from": "from_addr", "reply": "reply_to", "mode": "mode", "ca": "ca_file"}
        return results | {into: unquote(given[name]) for name, into in named.items() if given.get(name)}


def _mode(asked: str, secure: bool, host: str, login: bool) -> Mode:
    local = is_loopback(host)
    mode = asked.lower() or ("tls" if secure else "plain" if local and not login else "starttls")
    if mode == "plain" and not local:
        raise TypeError(_("Gửi thư không mã hóa chỉ được phép đến chính máy này: dùng mode=starttls hoặc mode=tls."))
    for known in MODES:
        if mode == known:
            return known
    raise TypeError(_("mode={mode}: cần một trong {modes}.").format(mode=mode, modes=", ".join(MODES)))


def _refusal(refused: Refused) -> Outcome:
    """A bad configuration is repaired and tried again; a bad message stays bad."""
    if refused.field in CONFIGURED:
        told = _("Địa chỉ người gửi hoặc nơi nhận trả lời ({field}) không hợp lệ: xem lại cấu hình.")
        return Outcome("temporary", told.format(field=refused.field))
    told = _("Không gửi: {field} không phải là giá trị hợp lệ cho một đầu thư.")
    return Outcome("permanent", told.format(field=refused.field))


def register() -> None:
    """Make our schemas known to Apprise; harmless when they are. RuntimeError where somebody else owns one."""
    known = NotificationManager()
    for schema in (DonDocMail.protocol, DonDocMail.secure_protocol):
        if schema in known and known[schema] is not DonDocMail:
            raise RuntimeError(f"another Apprise plugin owns {schema}://")
    if DonDocMail.protocol not in known:
        known.add(DonDocMail)
