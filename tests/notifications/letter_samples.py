"""One report of a subordinate unit, told in every way the tests need."""

from datetime import date
from typing import Any

from dondoc.core.plan import Citation
from dondoc.words.explain import explain
from notifications.message import MessageContext, MessageItem

WHY = (
    "phrase trước ngày 05/6 và ngày 10/11",
    "strictly-before 2022-06-05 2022-06-04",
    "day-off 2022-06-04",
    "target 2022-06-03 2022-06-04",
)
REPORT = MessageItem(
    kind="reminder",
    tone="urge",
    title="Báo cáo kết quả thực hiện QCDC",
    ask="Đề nghị Chi cục lập báo cáo, thủ trưởng ký và gửi về Sở.",
    key="qcdc-2022/bao-cao-dinh-ky/2022-H1/chi-cuc-tdc",
    step_id="nop",
    period="6 tháng đầu năm 2022",
    party="Chi cục Tiêu chuẩn Đo lường Chất lượng",
    party_short="Chi cục TĐC",
    role="Đầu mối Chi cục TĐC",
    doer="Đầu mối Chi cục TĐC",
    plan="Kế hoạch QCDC năm 2022",
    citations=(Citation("III, gạch đầu dòng 4", "định kỳ 6 tháng, năm báo cáo … trước ngày 05/6"),),
    why=tuple(explain(WHY)),
    last_on=date(2022, 6, 4),
    target_on=date(2022, 6, 3),
    days_left=7,
    basis="plan",
    evidence=("số báo cáo", "ngày báo cáo"),
)
LATE = REPORT._replace(kind="overdue", days_left=0, days_overdue=4)
BEFORE, DUE_DAY, AFTER = date(2022, 5, 25), date(2022, 6, 3), date(2022, 6, 8)


def letter(*items: MessageItem, on: date = BEFORE, **values: Any) -> MessageContext:
    return MessageContext("Cán bộ đầu mối", "Văn phòng Sở", on, items, **values)
