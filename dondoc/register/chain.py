"""How one fact is chained to the one before it."""

import hashlib
import secrets
from typing import NamedTuple

from dondoc.register.text import canonical


class Entry(NamedTuple):
    """A fact as it is written, every column text or number; what is hashed is what is stored."""

    agency: str
    seq: int
    kind: str
    occurrence: str
    step: str
    recorded_at: str
    act_on: str
    actor: str
    via: str
    payload: str  # canonical JSON
    personal: str  # commitment, or ""
    corrects: int


class Head(NamedTuple):
    """The end of the chain: how many links, the last hash ("" before the first), the last recorded_at."""

    link: int
    hash: str
    recorded_at: str


def chained(head: Head, entry: Entry) -> tuple[Entry, Head]:
    """The entry as it stands in the chain, lifted to its predecessor's instant when earlier, and the new head."""
    # Fixed-width UTC text: the later text is the later instant.
    entry = entry._replace(recorded_at=max(head.recorded_at, entry.recorded_at))
    link = head.link + 1
    return entry, Head(link, link_hash(head.hash, link, entry), entry.recorded_at)


def link_hash(previous: str, link: int, entry: Entry) -> str:
    """SHA-256 (hex) over the previous hash, this link's number and the whole entry."""
    return hashlib.sha256(f"{previous}\n{link}\n{canonical(entry)}".encode()).hexdigest()


def commitment(salt: str, payload: str) -> str:
    """What the book keeps of a personal part: nobody can guess it back once the salt is gone."""
    return hashlib.sha256(f"{salt}\n{payload}".encode()).hexdigest()


def new_salt() -> str:
    return secrets.token_hex(16)
