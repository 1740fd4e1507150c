"""Words that templates ask for: filters, and the facts of an item as labelled lines."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from dondoc.words import _
from dondoc.words.dates import office_date, office_moment, short_date, weekday_date
from dondoc.words.labels import basis_words
from notifications.message import MessageItem

GAPS = {
    "vacant": "chưa có người giữ vai trò",
    "absent": "người phụ trách vắng, chưa có người thay",
    "unknown-role": "vai trò không có trong danh bạ",
    "no-address": "chưa có địa chỉ nhận thư",
    "nobody": "chưa có người nhận",
    "sealed": "không mở được danh sách người bị loại trừ",
}
ACTING = {
    "deputy": "{acting} nhận thay {role}",
    "secretary": "{acting} giúp việc {role}",
    "next-up": "{acting} nhận vì {role} chưa có người nhận",
}
ABOUT_OTHERS = frozenset({"escalation", "approval", "request", "gap"})


class Fact(NamedTuple):
    label: str
    value: str


def two(n: int) -> str:
    """Counts below ten get a zero, as on paper."""
    return f"{n:02d}"


def gap_words(gap: str) -> str:
    return _(GAPS.get(gap, GAPS["vacant"]))


def acting_words(item: MessageItem) -> str:
    """Why this reader gets it and not the role addressed; "" where the role itself does."""
    if not item.acting or item.acting_as not in ACTING:
        return ""
    return _(ACTING[item.acting_as]).format(acting=item.acting, role=item.role)


def facts_of(item: MessageItem) -> list[Fact]:
    """Labelled lines, only those that say something."""
    rows = (
        (_("Việc"), item.name),
        (_("Đơn vị"), item.party),
        (_("Bước"), item.step),
        (_("Người thực hiện"), item.doer if item.kind in ABOUT_OTHERS and item.doer != item.party else ""),
        (_("Phải xong"), _target(item)),
        (_("Hết hạn"), _("hết {day}").format(day=weekday_date(item.last_on)) if item.last_on else ""),
        (_("Căn cứ của hạn"), _basis(item)),
        (_("Quy định"), item.law),
        (_("Minh chứng"), "; ".join(item.evidence)),
        (_("Kế hoạch"), item.plan),
    )
    return [Fact(label, value) for label, value in rows if value]


def _target(item: MessageItem) -> str:
    if item.target_on is None:
        return _("chưa xác định hạn")
    day = weekday_date(item.target_on)
    if item.days_overdue:
        said = _("đã qua {n} ngày") if item.proposed else _("quá hạn {n} ngày")
        return f"{day} ({said.format(n=two(item.days_overdue))})"
    if item.days_left > 0:
        return f"{day} ({_('còn {n} ngày làm việc').format(n=two(item.days_left))})"
    return day


def _basis(item: MessageItem) -> str:
    if not item.basis:
        return ""
    words = basis_words(item.basis)
    source = item.decision if " " in item.decision else item.source
    return f"{words} ({source})" if source else words


def local_moment(at: datetime) -> str:
    """In the zone it is given in."""
    return office_moment(at, at.tzinfo or UTC)


def link_words(item: MessageItem) -> str:
    """What the link in a message leads to."""
    return _("Mở việc này") if item.kind in ABOUT_OTHERS or item.confidential else _("Mở và trả lời")


FILTERS: Mapping[str, Callable[..., Any]] = {
    "two": two,
    "two_count": lambda values: two(len(values)),
    "gap_words": gap_words,
    "link_words": link_words,
    "local_moment": local_moment,
    "office_date": office_date,
    "short_date": short_date,
    "weekday_date": weekday_date,
}
