"""Pages out of templates: every value escaped, every word in the reader's language."""

from pathlib import Path
from typing import Any
from urllib.parse import quote

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from dondoc.portal.language_link import in_language
from dondoc.portal.menu import entries
from dondoc.words import _, language
from dondoc.words.dates import office_date, short_date, short_moment, weekday_date

ROOM = Path(__file__).parent
TEMPLATES = Environment(
    loader=FileSystemLoader(ROOM / "templates"),
    autoescape=select_autoescape(default=True),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def address_of(key: str) -> str:
    """The page of one occurrence, by its key."""
    return f"/ky/{quote(key)}"


TEMPLATES.filters |= {
    "office_date": office_date,
    "short_date": short_date,
    "short_moment": short_moment,
    "weekday_date": weekday_date,
    "ky": address_of,
}
TEMPLATES.globals |= {
    "_": _,
    "language": language,
    "in_language": in_language,
    "menu": entries,
    "visit": None,
    "wide": False,
    "here": "",
}


def page(template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """One page; jinja2.UndefinedError where a template asks for what it was not given.

    `wide` is for tables; `here` is the address of the navigation's current entry.
    """
    return HTMLResponse(TEMPLATES.get_template(template).render(**values), status)
