"""What check_paper found, placed where the definition says it: file and line of each citation."""

from pathlib import Path

from definitions.load_plan import PLAN_FILE, section_files
from definitions.paper import PaperReport
from definitions.problem import Problem, did_you_mean
from definitions.yaml_source import Path_, Source, read_yaml
from dondoc.words import _


def paper_problems(folder: Path, report: PaperReport) -> list[Problem]:
    """One problem for each wrong quote, unknown place and uncited clause of a folder that has loaded before."""
    sources = [read_yaml(file) for file in section_files(folder)]
    labels = [clause.label for clause in report.clauses]
    plan = read_yaml(folder / PLAN_FILE)
    found = (
        [] if labels else [plan.problem((), _("văn bản không có mục nào của phần II, III"), _("bản kế hoạch đã ký"))]
    )
    for wrong in report.misquotes:
        source, path = _cited(sources, wrong.obligation, wrong.at, wrong.quote)
        hint = (
            _("Câu này ở {elsewhere}.").format(elsewhere=wrong.elsewhere)
            if wrong.elsewhere
            else _("So lại từng chữ; chỗ lược bỏ ghi “…”.")
        )
        said = _("câu trích không có trong văn bản: “{missing}”").format(missing=wrong.missing)
        found.append(source.problem((*path, "quote"), said, _("nguyên văn ở {at}").format(at=wrong.at), hint))
    for obligation, at in report.unknown_places:
        source, path = _cited(sources, obligation, at, None)
        found.append(
            source.problem(
                (*path, "at"),
                _("văn bản không có mục “{at}”").format(at=at),
                _("một mục của văn bản"),
                did_you_mean(at, labels),
            )
        )
    for clause in report.uncited:
        said = _("mục “{label}” chưa được dẫn: “{text}”").format(label=clause.label, text=clause.text)
        found.append(plan.problem(("clauses",), said, _("một nghĩa vụ dẫn mục này")))
    return found


def _cited(sources: list[Source], obligation: str, at: str, quote: str | None) -> tuple[Source, Path_]:
    for source in sources:
        for index, item in enumerate(source.data):
            if item.get("id") != obligation:
                continue
            for i, cite in enumerate(item.get("cites", [])):
                if cite["at"].strip() == at and quote in (None, cite["quote"].strip()):
                    return source, (index, "cites", i)
            return source, (index,)
    return sources[0], ()
