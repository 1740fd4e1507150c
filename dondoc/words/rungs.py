"""A rung of a ladder in words: how far before or after the due it stands."""

from dondoc.core.ladder import Rung
from dondoc.words import _


def rung_words(rung: Rung) -> str:
    """ "nhắc trước 7 ngày làm việc"; days are working days."""
    words = {
        "reminder": _("nhắc trước {n} ngày làm việc"),
        "due-today": _("nhắc đúng ngày phải xong"),
        "overdue": _("báo quá hạn cho người thực hiện"),
        "escalation": _("quá hạn {n} ngày làm việc, báo cấp trên"),
    }
    return words.get(rung.kind, _("báo khi bắt đầu")).format(n=rung.offset)
