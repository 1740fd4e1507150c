"""`dondoc diff A [B]`: what an amended plan changes, and what would become of every open occurrence."""

from typing import TYPE_CHECKING

import click

from dondoc.cli.day import shown
from dondoc.cli.options import Place, at_option, json_option, place_options
from dondoc.words import _

if TYPE_CHECKING:
    from datetime import datetime

    from dondoc.core.diff import Change, Detail
    from dondoc.use_cases.diff_plans import Outcome, PlanDiff, Redue


@click.command(
    "diff",
    help=_("So hai bản kế hoạch: nghĩa vụ thêm, bớt, đổi hạn, sửa câu chữ, và từng kỳ đang mở sẽ ra sao.")
    + "\n\n"
    + _("Chỉ ghi BẢN_CŨ (mã kế hoạch): so bản sổ đang theo với tệp trên đĩa. Mỗi bản là mã kế hoạch hoặc thư mục."),
)
@click.argument("first", metavar=_("BẢN_CŨ"))
@click.argument("second", metavar=_("[BẢN_MỚI]"), required=False, default="")
@at_option
@json_option
@place_options
def command(first: str, second: str, at: "datetime | None", as_json: bool, place: Place) -> None:
    """Print the changes; nothing is written."""
    from dondoc.cli.clock import now
    from dondoc.cli.office import office_at
    from dondoc.cli.table import plain, print_json
    from dondoc.use_cases.diff_plans import diff_plans

    diff = diff_plans(office_at(place), first, second, at or now())
    if as_json:
        print_json(plain(diff) | {"left": diff.left})
    else:
        _print(diff)


def _print(diff: "PlanDiff") -> None:
    from dondoc.words.changes import change_words

    click.echo(f"{diff.before} → {diff.after}")
    for detail in diff.head:
        click.echo(f"- {_line(detail)}")
    for change in diff.changes:
        kinds = ", ".join(change_words(kind) for kind in change.kinds)
        click.echo(f"- {change.obligation} ({change.title}): {kinds}")
        _print_details(change)
    touched = [o for o in diff.occurrences if o.fate != "kept"]
    if touched:
        click.echo(_("Các kỳ đang mở:"))
    for outcome in touched:
        _print_outcome(outcome)
    if kept := len(diff.occurrences) - len(touched):
        click.echo(_("Không bị ảnh hưởng: {count} kỳ đang mở.").format(count=kept))
    if not diff.left:
        click.echo(_("Không còn gì phải áp dụng."))


def _print_details(change: "Change") -> None:
    for detail in change.details:
        click.echo(f"    {_line(detail)}")


def _line(detail: "Detail") -> str:
    from dondoc.words.changes import field_words

    step = f"{detail.step} · " if detail.step else ""
    return f"{step}{field_words(detail.field)}: {detail.before or '—'} → {detail.after or '—'}"


def _print_outcome(outcome: "Outcome") -> None:
    from dondoc.words.changes import choice_words, fate_words

    ruled = _(" (đã quyết định: {choice})").format(choice=choice_words(outcome.ruling)) if outcome.ruling else ""
    click.echo(f"  {outcome.key}: {fate_words(outcome.fate)}{ruled}")
    for due in outcome.dues:
        click.echo(f"      {_due(due)}")


def _due(due: "Redue") -> str:
    words = _("{step}: hạn {before} → {after}, ngày phải xong {target_before} → {target_after}")
    return words.format(
        step=due.step,
        before=shown(due.from_on),
        after=shown(due.to_on),
        target_before=shown(due.from_target),
        target_after=shown(due.to_target),
    )
