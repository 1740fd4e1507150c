"""Why somebody must telephone, in the office's words."""

from datetime import date

from dondoc.words import _
from dondoc.words.dates import short_date

WHY = {
    "no-channel": "không có địa chỉ ở kênh nào gửi được",
    "expired": "đã thử đến hết thời hạn mà không gửi được",
    "lease": "chương trình dừng giữa chừng khi gửi: không rõ đã đến chưa",
}
CHANNELS = {"email": "thư điện tử", "zalo": "Zalo", "call": "—"}


def why_words(why: str) -> str:
    """A code of ours in words; a service's own words stay as they are."""
    return _(WHY.get(why, why))


def call_words(why: str, returned_on: date | None = None) -> str:
    """Why somebody must telephone, and whether letters to the person's present mail address came back."""
    if returned_on is None:
        return why_words(why)
    told = _("{why}; địa chỉ thư này đã bị trả lại ngày {day}")
    return told.format(why=why_words(why), day=short_date(returned_on))


def channel_words(name: str) -> str:
    """A channel as people call it; the office's own names stay as they are."""
    return _(CHANNELS.get(name, name))
