"""A delivery made on the spot, for messages that are nobody's notice: a trial of a channel."""

import hashlib
from datetime import UTC, date, datetime

from dondoc.core.delivery import Delivery


def plain_delivery(address: str, subject: str, text: str) -> Delivery:
    """Text only; its identifier is made of what it says."""
    id_ = hashlib.sha256("\0".join((address, subject, text)).encode("utf-8", "surrogatepass")).hexdigest()[:32]
    end = datetime.max.replace(tzinfo=UTC)
    return Delivery(id_, "", "email", address, "now", date.max, subject, text, "", f"<{id_}@dondoc.invalid>", end)
