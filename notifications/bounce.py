"""A mail server's report on a message it could not deliver (RFC 3464), read from the message that brings it."""

import re
from collections.abc import Iterable
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from typing import NamedTuple

LARGEST = 1_000_000  # bytes: a report with a whole letter and its attachments; what lies beyond is not read
STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
ADDRESS = re.compile(r"(?:[A-Za-z0-9-]+\s*;)?\s*<?([^\s<>;]+@[^\s<>;]+)>?")
LONGEST = 200


class Bounce(NamedTuple):
    """What a report says of one recipient. Everything in it was written by strangers."""

    message_id: str  # of the returned headers, with its brackets; "" where none came back
    envelope_id: str  # ours where the server handed it on
    recipients: tuple[str, ...]  # original and final, in small letters
    action: str  # failed · delayed · …
    status: str  # 5.1.1
    said: str  # the server's own words, one line


def read_bounces(raw: bytes) -> list[Bounce]:
    """One for each recipient the report speaks of; [] for a message that is no delivery report. Never raises."""
    try:
        return list(_bounces(message_from_bytes(raw[:LARGEST], policy=compat32)))
    except (LookupError, ValueError, TypeError, AttributeError, RecursionError):
        return []  # crafted or broken beyond reading: no report


def _bounces(message: Message) -> Iterable[Bounce]:
    if message.get_content_type() != "multipart/report":
        return
    parts = list(message.walk())
    status = next((part for part in parts if part.get_content_type() == "message/delivery-status"), None)
    blocks = _inner(status)
    if not blocks:
        return
    envelope = _line(blocks[0].get("Original-Envelope-Id", ""))
    for block in blocks[1:]:
        if action := _line(block.get("Action", "")).lower():
            named = [_address(block.get(name, "")) for name in ("Original-Recipient", "Final-Recipient")]
            yield Bounce(
                message_id=_message_id(parts),
                envelope_id=envelope,
                recipients=tuple(filter(None, named)),
                action=action,
                status=_status(block.get("Status", "")),
                said=_line(block.get("Diagnostic-Code", ""))[:LONGEST],
            )


def _inner(part: Message | None) -> list[Message]:
    payload = part.get_payload() if part is not None else None
    return [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []


def _message_id(parts: Iterable[Message]) -> str:
    """Of what came back: the whole letter, or its headers alone."""
    for part in parts:
        if part.get_content_type() == "message/rfc822":
            return next((_line(one.get("Message-ID", "")) for one in _inner(part)), "")
        if part.get_content_type() == "text/rfc822-headers":
            payload = part.get_payload(decode=True)
            headers = payload if isinstance(payload, bytes) else b""
            return _line(message_from_bytes(headers, policy=compat32).get("Message-ID", ""))
    return ""


def _address(value: object) -> str:
    found = ADDRESS.match(_line(value))
    return found[1].lower() if found else ""


def _status(value: object) -> str:
    found = STATUS.search(_line(value))
    return found[0] if found else ""


def _line(value: object) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in str(value)).split())
