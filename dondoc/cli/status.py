"""`dondoc status`: the board, now, at a moment, as known on a day or as true of a day."""

from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from dondoc.cli.clock import now
from dondoc.cli.day import DAY, INSTANT, shown, shown_at
from dondoc.cli.options import Place, at_option, json_option, place_options
from dondoc.words import _

if TYPE_CHECKING:
    from dondoc.use_cases.board import BoardRow


@click.command("status", help=_("In bảng theo dõi: từng kỳ thực hiện đang ở đâu, đúng hạn hay quá hạn."))
@at_option
@click.option(
    "--known",
    "known_at",
    type=INSTANT,
    metavar=_("LÚC"),
    help=_("Theo những gì sổ đã ghi đến lúc này (điều cơ quan biết khi đó)."),
)
@click.option(
    "--true",
    "true_on",
    type=DAY,
    metavar=_("NGÀY"),
    help=_("Theo những gì nay biết là đã diễn ra đến ngày này (kể cả ghi sổ sau)."),
)
@click.option("--plan", "plan_id", default="", metavar=_("KẾ_HOẠCH"), help=_("Chỉ một kế hoạch."))
@click.option("--party", default="", metavar=_("MÃ"), help=_("Chỉ một đơn vị hoặc vai trò."))
@click.option("--all", "everything", is_flag=True, help=_("Kể cả kỳ chưa mở và kỳ trước khi theo dõi."))
@click.option("--late", is_flag=True, help=_("Chỉ những kỳ quá hạn."))
@json_option
@place_options
def command(
    at: datetime | None,
    known_at: datetime | None,
    true_on: date | None,
    plan_id: str,
    party: str,
    late: bool,
    everything: bool,
    as_json: bool,
    place: Place,
) -> None:
    """Print the rows of the board."""
    from dondoc.cli.office import office_at
    from dondoc.cli.table import print_json
    from dondoc.use_cases.board import board
    from dondoc.use_cases.editions import amended_plans

    office = office_at(place)
    if plan_id:
        office.plan(plan_id)  # says which there are where this is none of them
    moment = at or now()
    rows = [
        row
        for row in board(office, moment, known_at=known_at, true_on=true_on, plan=plan_id)
        if party in ("", row.key.rsplit("/", 1)[-1]) and (not late or row.late)
    ]
    if as_json:
        print_json(rows)
    else:
        _print_board(rows, known_at or moment, everything)
        for amended in amended_plans(office):
            click.echo(
                _(
                    "Định nghĩa của {plan} đã sửa mà chưa áp dụng: xem dondoc diff {plan}, rồi dondoc apply {plan}."
                ).format(plan=amended)
            )


def _print_board(rows: list["BoardRow"], at: datetime, everything: bool) -> None:
    from dondoc.cli.table import print_table

    click.echo(_("Bảng theo dõi lúc {at}").format(at=shown_at(at)))
    shown_rows = [row for row in rows if everything or row.phase not in ("not-open", "set-aside")]
    if not rows:
        click.echo(_("Chưa có kỳ thực hiện nào. Hãy chạy dondoc up, hoặc xem lại các điều kiện lọc."))
        return
    heads = (_("Phải xong"), _("Hạn cuối"), _("Tình trạng"), _("Việc"), _("Chịu trách nhiệm"), _("Mã"))
    print_table(heads, [_cells(row) for row in shown_rows])
    if hidden := len(rows) - len(shown_rows):
        click.echo(_("Còn {count} kỳ chưa mở hoặc trước khi theo dõi: thêm --all.").format(count=hidden))


def _cells(row: "BoardRow") -> tuple[str, ...]:
    return (
        shown(row.target_on),
        shown(row.last_on),
        row.label,
        row.title if not row.period or row.period in row.title else f"{row.title} · {row.period}",
        row.responsible,
        row.key,
    )
