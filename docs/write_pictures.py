"""Writes docs/obligations-pictures.md: the process of every obligation of the 2022 plan as a Mermaid picture.

Run it after a change of definitions/qcdc-2022 (`make docs`); a test compares the page with what it would write.
"""

import os
from pathlib import Path

os.environ["DONDOC_LANG"] = "vi"  # the page is Vietnamese, whoever writes it

from definitions.calendar import working_calendar
from definitions.load_plan import load_plan
from definitions.organisation import load_organisation
from dondoc.core.directory import Directory
from dondoc.core.plan import Obligation, Plan
from dondoc.use_cases.process_picture import fenced, process_picture

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "obligations-pictures.md"
INTRO = """# Quy trình của từng nghĩa vụ, kế hoạch QCDC năm 2022

Trang này do `docs/write_pictures.py` viết ra từ `definitions/qcdc-2022/`; muốn sửa thì sửa định nghĩa rồi chạy
`make docs`. Hình vẽ bằng Mermaid; giao diện Prefect vẽ cùng hình ấy ở phần mô tả của mỗi nghĩa vụ.

Ô vuông là một bước: việc, ai làm, hạn và căn cứ của hạn; ô sáu cạnh là bước xác nhận, mũi tên chấm *trả lại* dẫn về
bước phải làm lại. Viền đứt là hạn còn *đề xuất*: chưa ai quyết định. Khung là thang nhắc: nhắc trước hạn, rồi báo lên
từng bậc sau hạn.
"""


def open_plan() -> tuple[Plan, Directory]:
    directory = load_organisation(ROOT / "definitions").directory
    calendar = working_calendar(2021, 2024, ROOT / "definitions" / "calendar" / "vn.yaml")
    return load_plan(ROOT / "definitions" / "qcdc-2022", calendar, directory), directory


def page(plan: Plan, directory: Directory) -> str:
    """The whole page as Markdown."""
    written = [obligation for obligation in plan.obligations if obligation.citations]
    return INTRO + "".join(_entry(plan, obligation, directory) for obligation in written)


def _entry(plan: Plan, obligation: Obligation, directory: Directory) -> str:
    picture = fenced(process_picture(plan, obligation, directory))
    return f"\n## {obligation.title}\n\n`{obligation.id}`, mục {obligation.section}\n\n{picture}\n"


def main() -> None:
    PAGE.write_text(page(*open_plan()), encoding="utf-8")
    print(f"Đã viết {PAGE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
