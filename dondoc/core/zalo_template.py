"""Zalo's approved message templates as an office declares them: which parameter carries which fact."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from dondoc.core.notice import NoticeKind

# Of the work its title, due and link, and nothing else: what goes over Zalo lies with Zalo.
Fact = Literal["person", "office", "title", "due", "days", "count", "kind", "link"]
Use = Literal[NoticeKind, "digest", "confidential", "default"]
FACTS_OF_A_SECRET = ("title", "due", "link")  # all that a confidential case may say on Zalo
LINK_ROOM = 120  # characters that a link needs: it is made when the message leaves and cannot be cut
LONGEST = 200  # characters; no parameter of Zalo's takes more


class ZaloParameter(NamedTuple):
    """`limit` is in characters, as Zalo approved it."""

    name: str
    fact: str
    limit: int


class ZaloTemplate(NamedTuple):
    id: str
    parameters: tuple[ZaloParameter, ...]
    confidential: bool = False


ZaloTemplates = Mapping[str, ZaloTemplate]  # by notice kind, or "digest", "confidential", "default"
NO_TEMPLATES: ZaloTemplates = MappingProxyType({})
