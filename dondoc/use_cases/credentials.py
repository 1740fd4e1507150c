"""Secrets handed out for the portal: made once, kept by their SHA-256 alone, read and ended here."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Literal

from dondoc.register.credentials import Credential
from dondoc.use_cases.office import Office

Kind = Literal["sign-in", "session", "feed", "api"]
LIVES: Mapping[Kind, timedelta] = {
    "sign-in": timedelta(minutes=20),
    "session": timedelta(hours=12),
    "feed": timedelta(days=400),
    "api": timedelta(days=366),
}


def issue(
    office: Office,
    kind: Kind,
    subject: str,
    at: datetime,
    *,
    rights: Mapping[str, Any] | None = None,
    lives: timedelta | None = None,
) -> str:
    """A new secret: 256 bits, URL-safe; nobody can read it again later."""
    secret = secrets.token_urlsafe(32)
    made = Credential(sha_of(secret), kind, subject, rights or {}, at, at + (lives or LIVES[kind]))
    with office.register.writing() as book:
        book.put_credential(made)
    return secret


def read(office: Office, kind: Kind, secret: str, at: datetime) -> Credential | None:
    """What a secret opens as of `at`; None where it never was one, has ended or is too old."""
    if not secret:
        return None
    with office.register.reading() as book:
        found = book.credential(kind, sha_of(secret))
    return found if found and found.lives(at) else None


def use_up(office: Office, kind: Kind, secret: str, at: datetime) -> Credential | None:
    """The same, once: whoever comes second gets None."""
    found = read(office, kind, secret, at)
    if found is None:
        return None
    with office.register.writing() as book:
        return found if book.end_credential(kind, found.sha, at) else None


def end_all(office: Office, subject: str, kinds: Sequence[Kind], at: datetime) -> int:
    """End what a person, or an integration, holds of these kinds; how many were still alive."""
    with office.register.writing() as book:
        return book.end_credentials(subject, kinds, at)


def sha_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
