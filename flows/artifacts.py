"""What a run leaves in the flow UI: the decision as Markdown and the board as a table."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from prefect.artifacts import create_markdown_artifact, create_table_artifact

from dondoc.use_cases.board import BoardRow
from dondoc.words.labels import basis_words

BOARD = "bang-theo-doi"


def artifact_key(*parts: str) -> str:
    """Lower-case letters, digits and dashes, as Prefect wants keys; Vietnamese letters lose their marks."""
    plain = unicodedata.normalize("NFD", " ".join(parts).lower().replace("đ", "d"))
    return re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-")


def leave_decision(plan: str, obligation: str, markdown: str, title: str) -> None:
    """Why each message went or did not go, under one key an obligation, so that its history reads as a series."""
    create_markdown_artifact(key=artifact_key(plan, obligation), markdown=markdown, description=title)


def leave_board(rows: Iterable[BoardRow]) -> None:
    """The board as of this run; confidential rows come without names from the use case."""
    create_table_artifact(key=BOARD, table=[_line(row) for row in rows], description="# Bảng theo dõi")


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
