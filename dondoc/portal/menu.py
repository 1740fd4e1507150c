"""The navigation: one line a page, shown to whoever may see it."""

from typing import NamedTuple

from dondoc.core.rights import Action
from dondoc.words import _


class Entry(NamedTuple):
    action: Action
    href: str
    label: str


def entries() -> tuple[Entry, ...]:
    """In the reader's language, in the order of the page's head."""
    return (
        Entry("see-work", "/viec-cua-toi", _("Việc của tôi")),
        Entry("see-board", "/so", _("Sổ theo dõi")),
        Entry("approve", "/cho-duyet", _("Chờ duyệt")),
        Entry("see-cases", "/vu-viec", _("Vụ việc")),
        Entry("open-ad-hoc", "/dot-xuat", _("Việc đột xuất")),
        Entry("see-receptions", "/tiep-dan", _("Tiếp công dân")),
        Entry("see-campaigns", "/quan-triet", _("Quán triệt")),
        Entry("see-calendar", "/lich", _("Lịch")),
        Entry("see-plan", "/ke-hoach", _("Kế hoạch")),
        Entry("see-coming", "/sap-toi", _("Sắp gửi")),
        Entry("see-statistics", "/thong-ke", _("Thống kê")),
        Entry("see-calls", "/goi-dien", _("Cần gọi điện")),
        Entry("see-grants", "/quyen-xem", _("Quyền xem vụ việc")),
        Entry("import", "/nhap-so-den", _("Nhập sổ văn bản đến")),
        Entry("see-messages", "/thu", _("Thư")),
        Entry("see-people", "/nhan-su", _("Nhân sự")),
    )
