"""Why somebody must telephone, in the office's words."""

from dondoc.words import _

WHY = {
    "no-channel": "không có địa chỉ ở kênh nào gửi được",
    "expired": "đã thử đến hết thời hạn mà không gửi được",
    "lease": "chương trình dừng giữa chừng khi gửi: không rõ đã đến chưa",
}
CHANNELS = {"email": "thư điện tử", "zalo": "Zalo", "call": "—"}


def why_words(why: str) -> str:
    """A code of ours in words; a service's own words stay as they are."""
    return _(WHY.get(why, why))


def channel_words(name: str) -> str:
    """A channel as people call it; the office's own names stay as they are."""
    return _(CHANNELS.get(name, name))
