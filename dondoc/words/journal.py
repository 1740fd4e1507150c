"""The book's entries in the office's words: what kind of entry it is, and what it holds in one line."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from dondoc.core.facts import FactKind
from dondoc.words import _
from dondoc.words.dates import office_moment, short_date
from dondoc.words.labels import cause_words

Names = Callable[[str], str]
NAMED = frozenset({"to", "person", "role"})  # fields that hold an id of the organisation file
DAY_FIELDS = frozenset(
    {
        "act_on",
        "signed_on",
        "done_on",
        "sent_on",
        "received_on",
        "from_on",
        "to_on",
        "target_on",
        "last_on",
        "on",
        "until",
    }
)


def fact_words(kind: str) -> str:
    """What an entry is; a kind of a later version stays as it is."""
    return _(KINDS.get(kind, kind))  # type: ignore[call-overload]


def field_words(name: str) -> str:
    """A field of an entry as people call it."""
    return _(FIELDS.get(name, name))


def payload_words(payload: Mapping[str, Any], *, confidential: bool = False, names: Names = str) -> str:
    """One line; lists and tables as their size; `names` says an id as people do.

    Of a confidential case days alone: free words may name a person.
    """
    shown = DAY_FIELDS if confidential else FIELDS.keys()
    return "; ".join(
        f"{_(label)}: {names(payload[name]) if name in NAMED else _value(name, payload[name])}"
        for name, label in FIELDS.items()
        if name in shown and payload.get(name) not in (None, "", [], {})
    )


def change_words(payload: Mapping[str, Any], *, confidential: bool = False) -> str:
    """A correction's fields, old → new, and why."""
    old, values = payload.get("old", {}), payload.get("values", {})
    fields = [
        f"{_(FIELDS.get(name, name))}: {_value(name, old.get(name)) or '—'} → {_value(name, new) or '—'}"
        for name, new in values.items()
        if name in DAY_FIELDS or not confidential
    ]
    why = "" if confidential else payload_words({"reason": payload.get("reason", "")})
    return "; ".join(filter(None, [*fields, why]))


def via_words(via: str, actor: str = "") -> str:
    """Through what an act came into the book; `actor` is the person's name, to whom a link was sent."""
    if via == "link":
        return _("qua liên kết gửi cho {person}").format(person=actor) if actor else _("qua liên kết")
    if via.startswith("api:"):
        return _("qua chương trình {name}").format(name=via.removeprefix("api:"))
    return _(WAYS.get(via, via))


def _value(name: str, value: Any) -> str:
    if value is None:
        return ""
    if name in DAY_FIELDS:
        return _day(str(value))
    if name in ("down_from", "down_to", "made_at"):
        at = datetime.fromisoformat(value)
        return office_moment(at, at.tzinfo) if at.tzinfo else ""
    if isinstance(value, list | tuple | dict):
        return str(len(value))
    if name == "cause":
        return cause_words(value)
    return _(DECISIONS.get(value, value)) if name == "what" else " ".join(str(value).split())


def _day(text: str) -> str:
    try:
        return short_date(date.fromisoformat(text))
    except ValueError:
        return ""  # no day: nothing that could be free words


KINDS: dict[FactKind, str] = {
    "plan-opened": "mở kế hoạch",
    "went-live": "bắt đầu chạy thật",
    "held": "giữ thư lại",
    "released": "cho gửi thư đã giữ",
    "discarded": "bỏ thư đã giữ",
    "outage": "hệ thống không hoạt động",
    "anchored": "gửi đầu nhật ký ra ngoài",
    "erased": "xoá thông tin cá nhân",
    "restored": "khôi phục từ bản sao lưu",
    "shut-out": "kết thúc đăng nhập của một người",
    "people-changed": "sửa nhân sự, danh bạ",
    "token-issued": "cấp khoá cho chương trình",
    "token-revoked": "thu hồi khoá của chương trình",
    "opened": "mở vụ việc",
    "round-begun": "bắt đầu một lượt hạn",
    "submitted": "nộp",
    "received": "ghi ngày gửi, ngày đến",
    "confirmed": "xác nhận",
    "returned": "trả lại",
    "nothing-occurred": "không phát sinh",
    "acknowledged": "xác nhận đã đọc",
    "population-changed": "thay đổi danh sách phải xác nhận",
    "decided": "quyết định",
    "extension-asked": "xin gia hạn",
    "not-mine": "báo không phải việc của mình",
    "extended": "gia hạn",
    "bound": "xác định hạn",
    "reset": "đặt lại hạn",
    "reassigned": "giao lại",
    "suspended": "tạm dừng",
    "resumed": "tiếp tục",
    "waived": "miễn thực hiện",
    "set-aside": "để ngoài theo dõi",
    "adopted": "theo bản kế hoạch sửa đổi",
    "kept": "giữ theo bản kế hoạch cũ",
    "corrected": "đính chính",
    "told": "báo tin",
    "approved": "đồng ý báo cáo cấp trên",
    "withheld": "không báo cáo cấp trên",
    "gap-raised": "báo thiếu người nhận",
    "withdrawn": "thu hồi tin chưa gửi",
    "called": "đã gọi điện",
    "granted": "cho thanh tra xem vụ việc",
    "grant-ended": "thôi cho thanh tra xem vụ việc",
    "looked": "đã xem vụ việc bảo mật",
    "drafted": "soạn dự thảo văn bản",
    "issued": "ban hành văn bản",
}
FIELDS: dict[str, str] = {
    "plan": "kế hoạch",
    "count": "số lượng",
    "down_from": "từ lúc",
    "down_to": "đến lúc",
    "n": "lượt",
    "round": "lượt",
    "cause": "vì",
    "act_on": "ngày thực hiện",
    "number": "số văn bản",
    "signed_on": "ngày ký",
    "done_on": "ngày hoàn thành",
    "sent_on": "ngày gửi",
    "received_on": "ngày đến",
    "kept_at": "nơi lưu",
    "files": "số tệp",
    "figures": "số mục số liệu",
    "breach_days": "thiếu số ngày",
    "sender": "nơi gửi",
    "paper": "văn bản",
    "what": "về",
    "to": "giao cho",
    "person": "người",
    "all_but": "số người vắng",
    "minutes": "biên bản",
    "joined": "số người thêm",
    "left": "số người thôi",
    "suspended": "số người tạm dừng",
    "resumed": "số người trở lại",
    "from_on": "từ ngày",
    "to_on": "đến ngày",
    "file": "tệp",
    "target_on": "ngày phải xong",
    "last_on": "hạn cuối",
    "until": "xin đến ngày",
    "document": "văn bản quyết định",
    "on": "ngày văn bản",
    "role": "vai trò",
    "notices": "số tin",
    "letters": "số thư",
    "superseded": "số bậc được thay thế",
    "link": "mắt xích",
    "made_at": "bản sao lưu lúc",
    "facts": "số mục được xoá",
    "deliveries": "số thư được xoá nội dung",
    "reason": "lý do",
    "note": "ghi chú",
}
DECISIONS: dict[str, str] = {
    "complex": "vụ việc phức tạp",
    "close-without-missing": "chấp nhận nộp không đủ",
    "basis": "căn cứ của hạn",
    "holder": "người giữ vai trò",
    "deputy": "vai trò thay khi vắng",
    "absence": "vắng mặt",
    "absence-dropped": "bỏ đợt vắng mặt",
    "person": "thêm người",
    "contact": "địa chỉ",
    "contacts": "nạp danh bạ",
    "handover": "bàn giao",
}
WAYS: dict[str, str] = {
    "portal": "trên trang thông tin",
    "cli": "bằng dòng lệnh",
    "flow": "tự động",
    "sweep": "tự động",
    "outbox": "tự động",
    "rehearsal": "chạy thử",
    "zalo": "qua Zalo",
}
