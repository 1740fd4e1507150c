"""Where somebody goes after signing in: a page of this portal, whatever the address asked for says."""

from urllib.parse import quote, urlsplit

LONGEST = 600
HOME = "/"


def way_back(asked: str) -> str:
    """The path asked for where it is one of ours, else the first page.

    Browsers read a backslash as a slash and drop control characters, so that /\\evil.example and /<tab>/evil.example
    lead away.
    """
    if len(asked) > LONGEST or not asked.startswith("/") or asked.startswith("//"):
        return HOME
    if "\\" in asked or any(ord(letter) <= 0x20 or ord(letter) == 0x7F for letter in asked):
        return HOME
    try:
        parts = urlsplit(asked)
    except ValueError:
        return HOME
    return HOME if parts.scheme or parts.netloc else quote(asked, safe="/?&=%+:,;@~.-_!$'()*#[]")
