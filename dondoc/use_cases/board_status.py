"""The ways in which an occurrence may stand on the board, each with a name in addresses and one in words."""

from collections.abc import Mapping
from datetime import date

from dondoc.core.calendar import WorkingCalendar
from dondoc.core.phase import SOON
from dondoc.use_cases.board import BoardRow
from dondoc.words import _


def statuses() -> Mapping[str, str]:
    """Name in an address → words, in the order in which they press."""
    return {
        "qua-han": _("Quá hạn"),
        "sap-den": _("Đến hạn, sắp đến hạn"),
        "cho-xac-nhan": _("Chờ xác nhận"),
        "dang-lam": _("Đang làm, còn trong hạn"),
        "qua-de-xuat": _("Qua ngày đề xuất"),
        "chua-co-han": _("Chưa xác định hạn"),
        "chua-den": _("Chưa đến kỳ"),
        "xong": _("Xong trong hạn"),
        "xong-tre": _("Xong sau hạn"),
        "khac": _("Tạm dừng, miễn, trước khi theo dõi"),
    }


def status_of(row: BoardRow) -> str:
    """The one status of a row; the register's STATUS says the same in SQL."""
    match row.phase:
        case "waived" | "set-aside" | "suspended":
            return "khac"
        case "done" | "nothing":
            return "xong-tre" if row.timeliness == "done-late" and row.basis != "proposed" else "xong"
        case "awaiting":
            return "cho-xac-nhan"
    return _running(row)


def _running(row: BoardRow) -> str:
    if row.late:
        return "qua-han"
    if row.phase == "not-open":
        return "chua-den"
    if row.timeliness == "overdue":
        return "qua-de-xuat"
    if row.last_on is None:
        return "chua-co-han"
    return "sap-den" if row.timeliness in ("due", "due-soon") else "dang-lam"


def soon_before(calendar: WorkingCalendar, today: date) -> date:
    """Dues before this day are due or near, as core.phase counts it."""
    return calendar.shift(today, SOON + 1)
