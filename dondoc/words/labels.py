"""The office's words for what the engine names in codes: states, evidence, bases, kinds of notice."""

from dondoc.core.phase import Phase, Timeliness
from dondoc.words import _

RECORDED_LATE = "ghi nhận sau hạn"


def status_words(phase: Phase, timeliness: Timeliness, basis: str = "") -> str:
    """Both fields in one label: the phase where it says all, else how the due stands.

    A due that is only proposed is never called missed.
    """
    running, finished, handed_in = RUNNING, FINISHED, HANDED_IN
    if basis == "proposed":
        running, finished = running | PROPOSED, finished | PROPOSED
        handed_in = handed_in | HANDED_IN_PROPOSED
    match phase:
        case "waived" | "set-aside" | "nothing" | "suspended" | "unset":
            return _(PHASES[phase])
        case "done":
            return _marked(_said(finished, timeliness) or _(PHASES[phase]), timeliness)
        case "awaiting":
            return _marked(_beside(_(PHASES[phase]), _said(handed_in, timeliness)), timeliness)
        case "returned":
            return _beside(_(PHASES[phase]), _said(running, timeliness))
        case "not-open" | "waiting":
            # A due that is near or past is said, whatever the opening day.
            return _said(running, timeliness) if timeliness.kind in ("due", "overdue") else _(PHASES[phase])
    return _said(running, timeliness) or _(PHASES[phase])


def _said(words: dict[str, str], timeliness: Timeliness) -> str:
    said = words.get(timeliness.kind, "")
    return _(said).format(days=timeliness.days) if said else ""


def _beside(phase: str, due: str) -> str:
    return f"{phase} · {due}" if due else phase


def _marked(words: str, timeliness: Timeliness) -> str:
    return f"{words} ({_(RECORDED_LATE)})" if timeliness.recorded_late else words


def timeliness_words(timeliness: Timeliness) -> str:
    """The timeliness alone, "" where there is none."""
    return _marked(_said({**RUNNING, **HANDED_IN}, timeliness), timeliness)


def evidence_words(kind: str) -> str:
    """What is asked as evidence: a known kind in words; free words of the definition stay as they are."""
    return _(EVIDENCE.get(kind, kind))


def basis_words(kind: str) -> str:
    """On what a due rests; "proposed" says that nobody has decided it yet."""
    return _(BASES.get(kind, kind))


def notice_words(kind: str) -> str:
    """What a notice is, as a journal or a board calls it."""
    return _(NOTICES.get(kind, kind))


def cause_words(cause: str) -> str:
    """Why a round began."""
    return _(CAUSES.get(cause, cause))


PHASES: dict[str, str] = {
    "waived": "miễn thực hiện",
    "set-aside": "trước khi theo dõi",
    "nothing": "không phát sinh",
    "done": "hoàn thành",
    "suspended": "tạm dừng",
    "returned": "trả lại",
    "awaiting": "chờ xác nhận",
    "unset": "chưa xác định hạn",
    "open": "đang thực hiện",
    "waiting": "chờ bước trước",
    "not-open": "chưa đến hạn",
}
RUNNING: dict[str, str] = {
    "in-time": "trong hạn",
    "due-soon": "sắp đến hạn (còn {days} ngày làm việc)",
    "due": "đến hạn (hôm nay)",
    "overdue": "quá hạn {days} ngày",
}
FINISHED: dict[str, str] = {
    "done-early": "hoàn thành trước hạn",
    "done-in-time": "hoàn thành đúng hạn",
    "done-late": "hoàn thành quá hạn {days} ngày",
}
HANDED_IN: dict[str, str] = {
    "done-early": "nộp trước hạn",
    "done-in-time": "nộp đúng hạn",
    "done-late": "nộp quá hạn {days} ngày",
}
PROPOSED: dict[str, str] = {
    "overdue": "qua ngày đề xuất {days} ngày",
    "done-late": "hoàn thành sau ngày đề xuất {days} ngày",
}
HANDED_IN_PROPOSED: dict[str, str] = {"done-late": "nộp sau ngày đề xuất {days} ngày"}
EVIDENCE: dict[str, str] = {
    "document-number": "số văn bản",
    "document-date": "ngày văn bản",
    "file": "tệp đính kèm",
    "minutes": "biên bản",
    "photo": "ảnh chụp",
    "list": "danh sách",
    "figures": "số liệu",
    "link": "đường dẫn bài đăng",
    "decision": "quyết định",
    "statement": "ý kiến xác nhận",
}
BASES: dict[str, str] = {
    "plan": "theo kế hoạch",
    "law": "theo quy định của pháp luật",
    "external": "theo văn bản của cơ quan khác",
    "office": "theo quyết định của cơ quan",
    "proposed": "đề xuất, chưa được quyết định",
}
NOTICES: dict[str, str] = {
    "opened": "báo trước",
    "reminder": "nhắc việc",
    "due-today": "đến hạn hôm nay",
    "overdue": "báo quá hạn",
    "escalation": "báo cáo cấp trên",
    "approval": "xin ý kiến trước khi báo cáo cấp trên",
    "moved": "báo thay đổi hạn",
    "returned": "báo trả lại",
    "handover": "bàn giao việc",
    "request": "đề nghị của người thực hiện",
    "gap": "báo thiếu người nhận",
}
CAUSES: dict[str, str] = {
    "opened": "mở kỳ",
    "bound": "đã xác định hạn",
    "extended": "gia hạn",
    "moved": "lịch làm việc thay đổi",
    "resubmission": "trả lại, nộp lại",
    "resumed": "hết tạm dừng",
    "live": "bắt đầu theo dõi chính thức",
    "joined": "bổ sung người phải xác nhận",
    "decided": "theo quyết định",
    "reassigned": "giao người khác",
    "adopted": "áp dụng bản kế hoạch sửa đổi",
}
