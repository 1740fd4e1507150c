"""Writes the templates that ship: `python -m dondoc.papers.write_templates`. An office edits its own copies in Word."""

from collections.abc import Callable, Mapping
from pathlib import Path

from docx.document import Document as Paper
from docx.shared import Pt

from dondoc.papers.office_form import body, centred, control, foot, head, new_paper

FOLDER = Path(__file__).parent / "templates"
COPIES = (
    "- Như trên;",
    "{%p for copy in copies %}",
    "- {{ copy }};",
    "{%p endfor %}",
    "- Lưu: VT, {{ letterhead.drafter }}.",
)


def urging_letter() -> Paper:
    """Công văn đôn đốc; "đề nghị" for bodies that are not subordinate."""
    paper = new_paper()
    head(
        paper,
        "Số: {{ number }}/{{ letterhead.sign }}-{{ letterhead.drafter }}",
        "V/v {{ verb }}{{ ' (lần ' ~ times ~ ')' if times > 1 }} {{ matter }}",
    )
    addressed(paper)
    body(
        paper,
        "Thực hiện {{ plan }}; {{ clause }} quy định: “{{ quote }}”. Việc này phải xong {{ due }}.",
    )
    body(
        paper,
        "Đến {{ as_of }}, {{ office }} chưa nhận được kết quả của"
        "{{ ':' if parties|length > 1 else ' ' ~ parties[0] ~ '.' }}",
    )
    control(paper, "{%p if parties|length > 1 %}")
    control(paper, "{%p for party in parties %}")
    body(paper, "- {{ party }}{{ '.' if loop.last else ';' }}")
    control(paper, "{%p endfor %}")
    control(paper, "{%p endif %}")
    body(
        paper,
        "{{ letterhead.agency }} {{ 'kính đề nghị' if request else 'đề nghị' }} {{ addressee }} "
        "{{ 'quan tâm' if request else 'khẩn trương' }} hoàn thành, gửi kết quả về "
        "{{ letterhead.short }} (qua {{ office }}) trước {{ term }}.",
    )
    control(paper, "{%p if times > 1 %}")
    body(
        paper,
        "Đây là lần {{ times }} {{ letterhead.short }} {{ verb }} về việc này. "
        "Trường hợp có vướng mắc, đề nghị nêu rõ lý do và thời gian hoàn thành.",
    )
    control(paper, "{%p endif %}")
    body(paper, "Trân trọng./.")
    centred(paper, "")
    foot(paper, COPIES)
    return paper


def addressed(paper: Paper) -> None:
    """Kính gửi: one body on the line, several below it."""
    first = centred(paper, "Kính gửi: {{ to[0] ~ '.' if to|length == 1 }}", before=18)
    first.paragraph_format.space_after = Pt(6)
    control(paper, "{%p if to|length > 1 %}")
    control(paper, "{%p for one in to %}")
    centred(paper, "- {{ one }}{{ '.' if loop.last else ';' }}")
    control(paper, "{%p endfor %}")
    control(paper, "{%p endif %}")


TEMPLATES: Mapping[str, Callable[[], Paper]] = {"cong-van-don-doc": urging_letter}


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, write in TEMPLATES.items():
        write().save(str(FOLDER / f"{name}.docx"))
