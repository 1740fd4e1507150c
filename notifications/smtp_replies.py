"""A mail server's reply, or its silence, as an outcome."""

import re
import smtplib
import ssl

from dondoc.words import _
from notifications.outcome import Outcome
from notifications.smtp_settings import SmtpSettings

# RFC 4954: said at any moment, these are about our login and not about the person written to.
LOGIN_CODES = frozenset({530, 534, 535, 538})
LONGEST = 200
# RFC 3463: security or policy, the sender's address. Postfix says them only when it is told the recipient.
_CODE = re.compile(rb"5\.\d{1,3}\.\d{1,3}(?!\d)")
_ABOUT_US = re.compile(rb"5\.7\.\d{1,3}|5\.1\.[78]")


def accepted(code: int, reply: bytes, settings: SmtpSettings) -> Outcome:
    """The server's receipt is worth keeping: it often names the message in its own log."""
    return Outcome("sent", f"{code} {_quoted(reply, settings)}".strip())


def is_about_us(reply: bytes) -> bool:
    """Whether a refused recipient is refused for our sake: relaying, a block list, the sender's address."""
    return bool(_ABOUT_US.match(reply))


def of_reply(code: int, reply: bytes, settings: SmtpSettings, *, ours: bool = False) -> Outcome:
    """`ours`: the refusal speaks of the sender or the login, so that no recipient may be given up for it."""
    said = f"{code} {_quoted(reply, settings)}".strip()
    if ours or code in LOGIN_CODES:
        return Outcome("temporary", _("Máy chủ thư không nhận người gửi hoặc tài khoản: {said}").format(said=said))
    if 500 <= code < 600:
        found = _CODE.match(reply)
        own = found[0].decode() if found else ""
        return Outcome("permanent", _("Máy chủ thư từ chối: {said}").format(said=said), own)
    return Outcome("temporary", _("Máy chủ thư hẹn lại: {said}").format(said=said))


def of_opening(error: Exception, settings: SmtpSettings) -> Outcome:
    """No session came about, so nothing was handed over: always temporary, in words about what to look at."""
    return Outcome("temporary", _opening_words(error, settings).format(place=settings.place, user=settings.user))


def _opening_words(error: Exception, settings: SmtpSettings) -> str:
    why = _why(error, settings).replace("{", "(").replace("}", ")")
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return _("Máy chủ thư {place} không nhận tài khoản {user}: xem lại tên và mật khẩu.") + f" {why}"
    if isinstance(error, ssl.SSLCertVerificationError):
        return (
            _("Chứng thư của máy chủ thư {place} không được tin cậy: xem lại tên máy chủ hoặc tham số ca.") + f" {why}"
        )
    if isinstance(error, (smtplib.SMTPNotSupportedError, ssl.SSLError)):
        return _("Máy chủ thư {place} không hỗ trợ cách kết nối đã khai báo.") + f" {why}"
    return _("Không kết nối được máy chủ thư {place}.") + f" {why}"


def lost_before_end(error: Exception, settings: SmtpSettings) -> Outcome:
    """The server cannot have taken a message whose end it never saw."""
    told = _("Mất kết nối với máy chủ thư {place} trước khi gửi xong: {why}")
    return Outcome("temporary", told.format(place=settings.place, why=_why(error, settings)))


def lost_after_end(error: Exception, settings: SmtpSettings) -> Outcome:
    """RFC 1047: the message may have been taken, and nobody can say."""
    told = _("Máy chủ thư {place} không trả lời sau khi nhận hết thư: {why}")
    return Outcome("unknown", told.format(place=settings.place, why=_why(error, settings)))


def _why(error: Exception, settings: SmtpSettings) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_quoted(error.smtp_error, settings)}"
    if isinstance(error, UnicodeError):  # its text shows letters of the password
        return _("Tên hoặc mật khẩu có ký tự ngoài bảng chữ cái ASCII.")
    return _quoted(str(error) or type(error).__name__, settings)


def _quoted(reply: bytes | str, settings: SmtpSettings) -> str:
    """The server's words on one line, cut, and without our password should it repeat it."""
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if settings.password:
        line = line.replace(settings.password, "***")
    return line[:LONGEST]
