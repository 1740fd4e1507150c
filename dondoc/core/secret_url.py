"""A channel's URL: used whole, printed as its scheme alone, for what follows may be a password or a token."""

import re
from collections.abc import Iterable
from typing import Any

SHORTEST = 4  # of a part worth hiding: shorter ones are ports and words that stand everywhere


def scrubbed(text: str, secrets: Iterable[str]) -> str:
    """The text without these secrets, nor any part of those that are URLs."""
    parts = {
        part for secret in secrets for part in (secret, *re.split(r"[:/@?&=#,\s]+", secret)) if len(part) >= SHORTEST
    }
    for part in sorted(parts, key=len, reverse=True):
        text = text.replace(part, "…")
    return text


class SecretUrl(str):
    """A str in every use but being printed: repr (and so every tuple that holds it) and format tell the scheme only."""

    __slots__ = ()

    @property
    def schema(self) -> str:
        """In small letters, without "://"; "" where there is none."""
        scheme, mark, _rest = self.partition("://")
        return scheme.lower() if mark else ""

    @property
    def shown(self) -> str:
        """What a person or a log may read."""
        return f"{self.schema}://…" if self else ""

    def __repr__(self) -> str:
        return repr(self.shown)

    def __format__(self, spec: str) -> str:
        return format(self.shown, spec)

    def __reduce__(self) -> tuple[Any, ...]:
        return SecretUrl, (str.__str__(self),)
