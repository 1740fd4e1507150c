"""What a run leaves in the flow UI: the decision as Markdown and the board as a table."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date

from prefect.artifacts import create_markdown_artifact, create_table_artifact

from dondoc.use_cases.board import BoardRow, without_cases
from dondoc.words.labels import basis_words

BOARD = "bang-theo-doi"


def artifact_key(*parts: str) -> str:
    """Lower-case letters, digits and dashes, as Prefect wants keys; Vietnamese letters lose their marks."""
    plain = unicodedata.normalize("NFD", " ".join(parts).lower().replace("đ", "d"))
    return re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-")


def leave_decision(plan: str, obligation: str, markdown: str, title: str) -> None:
    """Why each message went or did not go, under one key an obligation, so that its history reads as a series."""
    create_markdown_artifact(key=artifact_key(plan, obligation), markdown=markdown, description=title)


def leave_board(rows: Sequence[BoardRow]) -> None:
    """The board as of this run; of confidential cases their number alone."""
    create_table_artifact(key=BOARD, table=lines_of(rows), description="# Bảng theo dõi")


def lines_of(rows: Sequence[BoardRow]) -> list[dict[str, str]]:
    shown, cases = without_cases(rows)
    lines = [_line(row) for row in shown]
    blank = dict.fromkeys(lines[0] if lines else ("Nghĩa vụ", "Tình trạng"), "")
    return [*lines, blank | {"Nghĩa vụ": "Vụ việc bảo mật", "Tình trạng": cases}] if cases else lines


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
