"""`dondoc calendar PLAN`: every occurrence of the plan's year, computed, not read from the register."""

from collections.abc import Iterator
from datetime import date
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
@json_option
@place_options
def command(plan_id: str, unit: str, as_json: bool, place: Place) -> None:
    """Print the rows by target, the unknown ones last."""
    from dondoc.cli.office import office_at
    from dondoc.cli.table import print_json, print_table

    office = office_at(place)
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
