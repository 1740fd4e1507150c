"""What a run leaves in the flow UI: the decision as Markdown and the board as a table."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date

from prefect.artifacts import create_markdown_artifact, create_table_artifact

from dondoc.use_cases.board import BoardRow, without_cases
from dondoc.use_cases.call_list import Call
from dondoc.words.calls import call_words
from dondoc.words.labels import basis_words

BOARD, CALLS = "bang-theo-doi", "can-goi-dien"
_HEADS = ("Người", "Vai trò", "Điện thoại", "Việc", "Ngày phải xong", "Vì sao")


def artifact_key(*parts: str) -> str:
    """Lower-case letters, digits and dashes, as Prefect wants keys; Vietnamese letters lose their marks."""
    plain = unicodedata.normalize("NFD", " ".join(parts).lower().replace("đ", "d"))
    return re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-")


def leave_decision(plan: str, obligation: str, markdown: str, title: str) -> None:
    """Why each message went or did not go, under one key an obligation, so that its history reads as a series."""
    create_markdown_artifact(key=artifact_key(plan, obligation), markdown=markdown, description=title)


def leave_board(rows: Sequence[BoardRow], portal_url: str = "") -> None:
    """The board as of this run; of confidential cases their number alone. Each row leads into the portal."""
    told = (
        f"# Bảng theo dõi\n\n[Mở sổ theo dõi trên cổng làm việc]({portal_url}/so)" if portal_url else "# Bảng theo dõi"
    )
    create_table_artifact(key=BOARD, table=lines_of(rows, portal_url), description=told)


def lines_of(rows: Sequence[BoardRow], portal_url: str = "") -> list[dict[str, str]]:
    shown, cases = without_cases(rows)
    lines = [
        _line(row) | ({"Cổng làm việc": f"[mở]({portal_url}/ky/{row.key})"} if portal_url else {}) for row in shown
    ]
    blank = dict.fromkeys(lines[0] if lines else ("Nghĩa vụ", "Tình trạng"), "")
    return [*lines, blank | {"Nghĩa vụ": "Vụ việc bảo mật", "Tình trạng": cases}] if cases else lines


def leave_call_list(calls: Sequence[Call]) -> None:
    """Whom the office must telephone as of this run; of confidential cases how many calls alone."""
    create_table_artifact(key=CALLS, table=calls_of(calls), description="# Danh sách cần gọi điện")


def calls_of(calls: Sequence[Call]) -> list[dict[str, str]]:
    lines = [_call(call) for call in calls if not call.confidential]
    blank = dict.fromkeys(_HEADS, "")
    if hidden := len(calls) - len(lines):
        lines.append(blank | {"Việc": f"Vụ việc bảo mật: {hidden} cuộc gọi", "Vì sao": "xem: dondoc call-list"})
    return lines


def _call(call: Call) -> dict[str, str]:
    matter = " · ".join(filter(None, (call.title, call.step_title, call.party)))
    phone = call.phone or "chưa có trong danh bạ"
    cells = (call.name, call.role, phone, matter, _day(call.target_on), call_words(call.why, call.returned_on))
    return dict(zip(_HEADS, cells, strict=True))


def _line(row: BoardRow) -> dict[str, str]:
    return {
        "Mục": row.section,
        "Nghĩa vụ": row.title,
        "Kỳ": row.period,
        "Đơn vị": row.party,
        "Bước": row.step,
        "Ngày phải xong": _day(row.target_on),
        "Hạn": _day(row.last_on),
        "Tình trạng": row.label,
        "Căn cứ hạn": basis_words(row.basis) if row.basis else "",
    }


def _day(day: date | None) -> str:
    return day.strftime("%d/%m/%Y") if day else "chưa định"
