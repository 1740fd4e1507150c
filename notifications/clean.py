"""Text from anywhere made safe for a letter: one line, one Unicode form, no control characters."""

import re
import unicodedata
from typing import Any

# Controls, and the marks that turn the direction of text round: neither belongs into an office's letter.
UNWANTED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
SPACES = re.compile(r"\s+")


def one_line(text: str) -> str:
    """NFC, no control characters, every run of white space (line ends too) one space."""
    return SPACES.sub(" ", UNWANTED.sub("", unicodedata.normalize("NFC", text))).strip()


def clean(value: Any) -> Any:
    """The same value with every text in it cleaned; NamedTuples and tuples are gone through."""
    if isinstance(value, str):
        return one_line(value)
    if isinstance(value, tuple):
        parts = [clean(part) for part in value]
        return type(value)._make(parts) if hasattr(value, "_make") else tuple(parts)
    return value
