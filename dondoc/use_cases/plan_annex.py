"""The annex of a rolled edition: what differs from last year's plan, as a paper to be attached to the new one."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from definitions.expectations import Days, produced_days
from definitions.roll import RollReport
from dondoc.core.calendar import WorkingCalendar
from dondoc.core.diff import compare
from dondoc.core.plan import Plan
from dondoc.words.changes import change_words, field_words
from dondoc.words.dates import short_date

ANNEX_FILE = "phu-luc-thay-doi.md"


def plan_annex(old: Plan, new: Plan, report: RollReport, calendar: WorkingCalendar) -> str:
    """Markdown in Vietnamese, each part with its table or the words that there is nothing."""
    titles = {o.id: o.title for o in new.obligations}
    return "\n".join(
        [
            "# PHỤ LỤC",
            "",
            f"**Những thay đổi của {new.title} so với {old.title}**",
            "",
            f"(Kèm theo Kế hoạch số {new.document.number or '……'} ngày …… tháng …… năm {new.year}; "
            f"lập từ Kế hoạch số {old.document.number or '……'} ngày {short_date(old.document.issued_on)})",
            "",
            *_part("I. Hạn ghi theo ngày, dời sang năm mới", ("Nghĩa vụ", "Trước", "Nay"), _moved(report, titles)),
            *_part(
                "II. Ngày phải xong tính theo lịch làm việc",
                ("Nghĩa vụ", f"Năm {old.year}", f"Năm {new.year}"),
                _days(produced_days(old, calendar), produced_days(new, calendar), titles),
            ),
            *_part(
                "III. Văn bản căn cứ đã hết hiệu lực, phải thay trước khi ký",
                ("Số, ký hiệu", "Hết hiệu lực sau ngày", "Thay bằng", "Nghĩa vụ còn dẫn"),
                _expired(report, titles),
            ),
            *_part(
                "IV. Hạn, cách hiểu phải quyết định lại",
                ("Nghĩa vụ", "Hạn đang đề xuất"),
                _to_decide(new, report),
            ),
            *_part("V. Thay đổi khác trong nội dung", ("Nghĩa vụ", "Thay đổi"), _others(old, new)),
        ]
    )


def _part(title: str, heads: Sequence[str], rows: Iterator[tuple[str, ...]]) -> list[str]:
    lines = [_row(cells) for cells in rows]
    table = [_row(heads), "|" + "---|" * len(heads), *lines] if lines else ["Không có."]
    return [f"## {title}", "", *table, ""]


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "/").replace("\n", " ") for cell in cells) + " |"


def _moved(report: RollReport, titles: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    return ((titles[name], before, after) for name, before, after in report.moved if name in titles)


def _days(
    old: Mapping[str, Mapping[str, Days]], new: Mapping[str, Mapping[str, Days]], titles: Mapping[str, str]
) -> Iterator[tuple[str, ...]]:
    """Where the calendar makes another day and month of the same words."""
    for name, steps in new.items():
        for step, days in steps.items():
            before = old.get(name, {}).get(step)
            if before and [_day(d) for d in before.targets] != [_day(d) for d in days.targets]:
                yield titles.get(name, name), _listed(before.targets), _listed(days.targets)


def _day(on: date) -> tuple[int, int]:
    return on.month, on.day


def _listed(days: Sequence[date]) -> str:
    return "; ".join(short_date(day) for day in days)


def _expired(report: RollReport, titles: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    for basis in report.expired:
        users = "; ".join(titles.get(name, name) for name in basis.used_by)
        yield basis.number or basis.id, short_date(basis.until_on), basis.replaced_by or "chưa rõ", users or "—"


def _to_decide(new: Plan, report: RollReport) -> Iterator[tuple[str, ...]]:
    for obligation in new.obligations:
        if obligation.id in report.to_decide:
            yield obligation.title, "; ".join(dict.fromkeys(step.timing.phrase for step in obligation.steps))


def _others(old: Plan, new: Plan) -> Iterator[tuple[str, ...]]:
    """What is not said above; the office's own duties follow from the plan and are no part of it."""
    own = [[o for o in plan.obligations if o.kind not in ("office", "checklist")] for plan in (old, new)]
    for change in compare(*own):
        told = [d for d in change.details if d.field not in ("timing", "basis")]
        whole = [change_words(kind) for kind in change.kinds if kind in ("added", "removed")]
        said = whole + [f"{field_words(d.field)}: {d.before or '—'} → {d.after or '—'}" for d in told]
        if said:
            yield change.title, "; ".join(said)
