"""What a browser would send of a page's form: its hidden fields, and what a person types."""

import re
from html import unescape

from answering_office import Portal
from httpx import Response

_HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


def fields(portal: Portal, path: str, **typed: str | list[str]) -> dict[str, str | list[str]]:
    """Hidden fields by name, several of one name as a list; then what was typed."""
    hidden: dict[str, str | list[str]] = {}
    for name, value in _HIDDEN.findall(portal.get(path).text):
        known = hidden.get(name)
        text = unescape(value)
        hidden[name] = text if known is None else [*([known] if isinstance(known, str) else known), text]
    return {**hidden, **typed}


def send(portal: Portal, path: str, **typed: str | list[str]) -> Response:
    """Fill in the page's form and post it."""
    return portal.browser.post(path, data=fields(portal, path, **typed))
