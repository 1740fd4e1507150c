"""Hand one message for one recipient to a mail server, and tell exactly how far it came."""

import smtplib
from typing import NamedTuple

from notifications.outcome import Outcome
from notifications.smtp_connection import Connection, drop, kept, renewed
from notifications.smtp_replies import accepted, is_about_us, lost_after_end, lost_before_end, of_opening, of_reply
from notifications.smtp_settings import SmtpSettings

Reply = tuple[int, bytes]
CLOSING = 421  # RFC 5321 4.2.1: the server hangs up after this
TOO_LARGE = 552  # RFC 1870: may be said to MAIL, and speaks of the message


class Route(NamedTuple):
    """The envelope of one message. `name` comes back in a report on its failure, where the server can (RFC 3461)."""

    sender: str
    recipient: str
    name: str = ""


def hand_over(settings: SmtpSettings, route: Route, content: bytes) -> Outcome:
    """`content` is a whole message in 7 bits with CRLF line ends. Never raises for the network's or server's faults."""
    connection = kept(settings)
    if connection is not None:
        outcome = _tried(connection, route, content)
        if outcome is not None:
            return outcome
    try:
        connection = renewed(settings)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        return of_opening(error, settings)
    return _tried(connection, route, content, last=True) or Outcome("temporary")


def _tried(connection: Connection, route: Route, content: bytes, *, last: bool = False) -> Outcome | None:
    """None where a kept connection had ended and nothing was sent yet, so that a new one may be tried at once."""
    try:
        outcome, code = _announced(connection, route)
    except (OSError, smtplib.SMTPException) as error:
        drop(connection.settings)
        return lost_before_end(error, connection.settings) if last else None
    if outcome is None:
        return _sent(connection, content)
    if code == CLOSING:
        drop(connection.settings)
        return outcome if last else None
    _reset(connection)
    return outcome


def _announced(connection: Connection, route: Route) -> tuple[Outcome | None, int]:
    """MAIL, RCPT, DATA: an outcome and its code where one was refused, None where the server waits for the text."""
    smtp, settings = connection.smtp, connection.settings
    (code, reply), answer = _addressed(smtp, route)
    if code != 250:
        return of_reply(code, reply, settings, ours=code != TOO_LARGE), code
    code, reply = answer
    if code not in (250, 251):
        return of_reply(code, reply, settings, ours=is_about_us(reply)), code
    code, reply = smtp.docmd("DATA")
    if code != 354:
        return of_reply(code, reply, settings), code
    return None, code


def _addressed(smtp: smtplib.SMTP, route: Route) -> tuple[Reply, Reply]:
    """Both answers; in one journey where the server reads ahead (RFC 2920)."""
    mail, rcpt = f"MAIL FROM:<{route.sender}>", f"RCPT TO:<{route.recipient}>"
    if route.name and smtp.has_extn("dsn"):
        mail += f" RET=HDRS ENVID={_xtext(route.name)}"
        rcpt += f" NOTIFY=FAILURE,DELAY ORCPT=rfc822;{_xtext(route.recipient)}"
    if not smtp.has_extn("pipelining"):
        first = smtp.docmd(mail)
        return first, smtp.docmd(rcpt) if first[0] == 250 else first
    smtp.send(f"{mail}\r\n{rcpt}\r\n")
    first = smtp.getreply()
    # After a refused MAIL the answer to RCPT must still be read, unless the server hangs up.
    return first, first if first[0] == CLOSING else smtp.getreply()


def _xtext(value: str) -> str:
    """RFC 3461 4: plain letters as they are, the others by their number."""
    return "".join(c if "!" <= c <= "~" and c not in "+=" else f"+{ord(c):02X}" for c in value)


def _sent(connection: Connection, content: bytes) -> Outcome:
    """The text and its final dot, then the answer on which everything hangs."""
    settings = connection.settings
    try:
        connection.smtp.send(stuffed(content))
    except (OSError, smtplib.SMTPException) as error:
        drop(settings)
        return lost_before_end(error, settings)
    try:
        code, reply = connection.smtp.getreply()
    except (OSError, smtplib.SMTPException) as error:
        drop(settings)
        return lost_after_end(error, settings)
    return _answered(connection, code, reply)


def _answered(connection: Connection, code: int, reply: bytes) -> Outcome:
    connection.touch()
    if code == CLOSING or not 200 <= code < 600:
        drop(connection.settings)
    if 200 <= code < 300:
        return accepted(code, reply, connection.settings)
    if not 400 <= code < 600:
        return lost_after_end(smtplib.SMTPResponseException(code, reply), connection.settings)
    return of_reply(code, reply, connection.settings)


def _reset(connection: Connection) -> None:
    """The refused message must not stand in the way of the next one."""
    try:
        if connection.smtp.rset()[0] == 250:
            return
    except (OSError, smtplib.SMTPException):
        pass
    drop(connection.settings)


def stuffed(content: bytes) -> bytes:
    """Dots doubled at the start of a line, and the line that ends the text (RFC 5321 4.5.2)."""
    body = content.replace(b"\r\n.", b"\r\n..")
    body = b"." + body if body.startswith(b".") else body
    return body + (b".\r\n" if body.endswith(b"\r\n") else b"\r\n.\r\n")
