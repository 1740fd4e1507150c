"""What became of one hand-over to Zalo, with what the office must know beside the outbox's word."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from dondoc.words import _
from notifications.outcome import Outcome
from notifications.zalo.codes import ALARMS, Endpoint, Meaning, Said, meaning_of
from notifications.zalo.http import Answer


class Quota(NamedTuple):
    """Messages left of a period's total, as Zalo's answer states them."""

    total: int
    remaining: int


class Result(NamedTuple):
    """`meaning` is "" where no code was answered; `message_id` is Zalo's own."""

    outcome: Outcome
    meaning: Meaning | str = ""
    message_id: str = ""
    quota: Quota | None = None

    @property
    def alarm(self) -> str:
        """What the office must put right, "" where nothing."""
        return self.outcome.detail if self.meaning in ALARMS else ""


def read(endpoint: Endpoint, answer: Answer | Outcome) -> Result:
    """The result of a message call of the business or the OA API: `error` 0 is taken, whatever HTTP said."""
    if isinstance(answer, Outcome):
        return Result(answer)
    said = code_of(endpoint, answer.data)
    if isinstance(said, Outcome):
        return Result(said)
    if said is not None:
        return Result(said.outcome, said.meaning, quota=quota_of(answer.data.get("data")))
    data = answer.data.get("data")
    message_id = str((data.get("msg_id") or data.get("message_id") or "") if isinstance(data, Mapping) else "")
    detail = _("Zalo nhận, mã tin {id}").format(id=message_id) if message_id else _("Zalo nhận")
    return Result(Outcome("sent", detail), "", message_id, quota_of(data))


def code_of(endpoint: Endpoint, data: Mapping[str, Any]) -> Said | Outcome | None:
    """What `error` says: None is success; an answer without a readable code says nothing about the message."""
    try:
        code = int(data["error"])
    except (KeyError, TypeError, ValueError):
        return Outcome("unknown", _("Câu trả lời của Zalo không có mã kết quả."))
    return meaning_of(endpoint, code) if code else None


def quota_of(data: Any) -> Quota | None:
    """The day's quota: ZBS writes dailyQuota and remainingQuota, OA total and remain, both as text."""
    quota = data.get("quota") if isinstance(data, Mapping) else None
    if not isinstance(quota, Mapping):
        return None
    try:
        total = quota["dailyQuota"] if "dailyQuota" in quota else quota["total"]
        remaining = quota["remainingQuota"] if "remainingQuota" in quota else quota["remain"]
        return Quota(int(total), int(remaining))
    except (KeyError, TypeError, ValueError):
        return None
