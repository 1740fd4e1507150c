"""What became of a message, said no better than it is known: a mail server's word is not the reader's."""

from dondoc.words import _
from dondoc.words.calls import channel_words, why_words

STATUS = {
    "": "chưa soạn thư",
    "ready": "chờ gửi",
    "sending": "đang gửi",
    "retry": "chưa gửi được, sẽ thử lại",
    "unknown": "không rõ đã chuyển được hay chưa",
    "dead": "không chuyển được",
    "replaced": "không chuyển được, kênh khác gửi thay",
    "withdrawn": "đã thu hồi trước khi gửi",
}


def outcome_words(status: str, channel: str = "", detail: str = "", *, trial: bool = False) -> str:
    """`trial`: it went to the trial's mailbox or test address, whatever address it bears."""
    if status == "sent":
        return _sent(channel, trial=trial)
    said = _(STATUS.get(status, status))
    return f"{said}: {why_words(detail)}" if detail and status in ("dead", "unknown", "retry") else said


def _sent(channel: str, *, trial: bool) -> str:
    if trial:
        return _("gửi chạy thử, không đến người nhận")
    if channel == "email":
        return _("đã chuyển cho máy chủ thư")
    return _("đã chuyển cho {channel}").format(channel=channel_words(channel))
