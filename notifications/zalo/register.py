"""The plugins made known to Apprise, and a URL of theirs made a sender."""

import functools

from apprise.manager_plugins import NotificationManager

from notifications.zalo.bot import ZaloBot
from notifications.zalo.oa import ZaloOa
from notifications.zalo.plugin import ZaloPlugin
from notifications.zalo.zbs import ZaloZbs

PLUGINS: tuple[type[ZaloPlugin], ...] = (ZaloZbs, ZaloOa, ZaloBot)


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
