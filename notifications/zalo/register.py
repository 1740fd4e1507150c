"""The plugins made known to Apprise, and a URL of theirs made a sender."""

import functools
import re
from urllib.parse import parse_qs, quote, unquote, urlsplit

from apprise.manager_plugins import NotificationManager

from notifications.zalo.bot import ZaloBot
from notifications.zalo.oa import ZaloOa
from notifications.zalo.plugin import ZaloPlugin
from notifications.zalo.zbs import ZaloZbs

PLUGINS: tuple[type[ZaloPlugin], ...] = (ZaloZbs, ZaloOa, ZaloBot)
SCHEMAS = frozenset(plugin.secure_protocol for plugin in PLUGINS)
OF_AN_ACCOUNT = frozenset({"zalozbs", "zalooa"})  # a bot's token never changes and stands in its URL


def register() -> None:
    """Make our schemas known to Apprise; harmless when they are. RuntimeError where somebody else owns one."""
    known = NotificationManager()
    for plugin in PLUGINS:
        schema = plugin.secure_protocol
        if schema not in known:
            known.add(plugin)
        elif known[schema] is not plugin:
            raise RuntimeError(f"another Apprise plugin owns {schema}://")


@functools.lru_cache(maxsize=16)
def plugin_of(url: str) -> ZaloPlugin | None:
    """The object a URL describes; None where it is no Zalo URL. TypeError, in words, where it lacks something."""
    schema = url.partition("://")[0].lower()
    plugin = next((known for known in PLUGINS if known.secure_protocol == schema), None)
    arguments = plugin.parse_url(url) if plugin else None
    return plugin(**arguments) if plugin and arguments else None


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
    if url.partition("://")[0].lower() not in SCHEMAS:
        return ""
    return parse_qs(urlsplit(url).query).get("api", [""])[0]
