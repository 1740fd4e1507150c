"""`dondoc calendar PLAN`: every occurrence of the plan's year, computed, not read from the register."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from dondoc.cli.clock import OFFICE_ZONE
from dondoc.cli.day import shown
from dondoc.cli.options import Place, json_option, place_options
from dondoc.words import _

if TYPE_CHECKING:
    from dondoc.core.plan import Plan
    from dondoc.use_cases.office import Office


class Row(NamedTuple):
    """One occurrence; last_on and target_on None are a due nobody knows yet."""

    obligation: str
    period: str
    responsible: str
    opens_on: date
    last_on: date | None
    target_on: date | None


@click.command("calendar", help=_("In lịch cả năm của KẾ_HOẠCH: từng kỳ thực hiện, ai chịu trách nhiệm, hạn nào."))
@click.argument("plan_id", metavar=_("KẾ_HOẠCH"))
@click.option("--unit", default="", metavar=_("MÃ"), help=_("Chỉ những kỳ của một đơn vị hoặc vai trò."))
@click.option("--moved", is_flag=True, help=_("Chỉ những hạn đang mở mà lịch làm việc mới sẽ dời, trước khi dời."))
@click.option(
    "--overlay",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar=_("TỆP"),
    help=_("Với --moved: thử một tệp lịch chưa đưa vào dùng."),
)
@json_option
@place_options
def command(plan_id: str, unit: str, moved: bool, overlay: Path | None, as_json: bool, place: Place) -> None:
    """Print the rows by target, the unknown ones last."""
    from dondoc.cli.office import office_at
    from dondoc.cli.table import print_json, print_table

    office = office_at(place)
    if overlay and not moved:
        raise click.UsageError(_("--overlay chỉ dùng với --moved."))
    if moved:
        _print_moved(office, plan_id, overlay, as_json)
        return
    rows = [row for row in _rows(office, office.plan(plan_id)) if unit in ("", row.responsible)]
    rows.sort(key=lambda row: (row.target_on or date.max, row.obligation, row.responsible))
    if as_json:
        print_json(rows)
        return
    heads = (_("Ngày phải xong"), _("Hạn cuối"), _("Mở từ"), _("Nghĩa vụ"), _("Kỳ"), _("Chịu trách nhiệm"))
    print_table(
        heads,
        [
            (_due(row.target_on), _due(row.last_on), shown(row.opens_on), row.obligation, row.period, row.responsible)
            for row in rows
        ],
    )


def _print_moved(office: "Office", plan_id: str, overlay: Path | None, as_json: bool) -> None:
    """The dues that the next sweep would move."""
    from dondoc.cli.clock import now
    from dondoc.cli.table import print_json, print_table
    from dondoc.use_cases.calendar_change import moved_dues

    dues = moved_dues(office, now(), plan_id=plan_id, overlay=overlay)
    if as_json:
        print_json(dues)
    elif not dues:
        click.echo(_("Không hạn nào đang mở phải dời."))
    else:
        heads = (_("Ngày phải xong"), _("Thành"), _("Hạn cuối"), _("Thành"), _("Số ngày"), _("Mã"))
        print_table(
            heads,
            [
                (shown(d.from_target), shown(d.to_target), shown(d.from_on), shown(d.to_on), f"{d.days:+d}", d.key)
                for d in dues
            ],
        )


def _due(day: date | None) -> str:
    return shown(day) if day else _("chưa xác định")


def _rows(office: "Office", plan: "Plan") -> Iterator[Row]:
    from dondoc.core.schedule import expand, leading_step

    obligations = {obligation.id: obligation for obligation in plan.obligations}
    for birth in expand(plan, office.calendar):
        rounds = dict(birth.rounds)
        leading = rounds.get(leading_step(obligations[birth.obligation]).id) or next(iter(rounds.values()), None)
        yield Row(
            birth.obligation,
            birth.period,
            birth.party,
            birth.opens_at.astimezone(OFFICE_ZONE).date(),
            leading.last_on if leading else None,
            leading.target_on if leading else None,
        )
