"""What a Zalo URL says before anything is opened by it; reading one imports nothing heavy."""

import re
from urllib.parse import parse_qs, quote, unquote, urlsplit

SCHEMAS = frozenset({"zalozbs", "zalooa", "zalobot"})
OF_AN_ACCOUNT = frozenset({"zalozbs", "zalooa"})  # a bot's token never changes and stands in its URL


def is_zalo(url: str) -> bool:
    return url.partition("://")[0].lower() in SCHEMAS


def account_of(url: str) -> str:
    """The Official Account whose token the office keeps, named by a URL without one: zalozbs://OA. "" for any other."""
    schema, _separator, rest = url.partition("://")
    place = re.split(r"[/?]", rest, maxsplit=1)[0]
    return "" if schema.lower() not in OF_AN_ACCOUNT or "@" in place else unquote(place)


def with_token(url: str, token: str) -> str:
    """Such a URL with its account's present token; any other as it is."""
    if not account_of(url):
        return url
    schema, _separator, rest = url.partition("://")
    return f"{schema}://{quote(token, safe='')}@{rest}"


def stand_in_of(url: str) -> str:
    """The stand-in a Zalo URL leads to, "" where it leads to Zalo itself."""
    return parse_qs(urlsplit(url).query).get("api", [""])[0] if is_zalo(url) else ""
