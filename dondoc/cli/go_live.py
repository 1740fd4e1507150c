"""`dondoc go-live --from DATE`: the end of the trial."""

from datetime import date

import click

from dondoc.cli.clock import now
from dondoc.cli.day import DAY, shown
from dondoc.cli.options import Place, place_options
from dondoc.words import _


@click.command(
    "go-live",
    help=_("Kết thúc chạy thử: từ ngày này thông báo được gửi đến người nhận thật.")
    + "\n\n"
    + _("Các hạn trước ngày đó được mở là «trước khi theo dõi»: một danh sách đối chiếu, không nhắc."),
)
@click.option("--from", "from_on", type=DAY, required=True, metavar=_("NGÀY"), help=_("Ngày bắt đầu theo dõi thật."))
@click.option(
    "--by", "actor", default="chanh-van-phong", show_default=True, metavar=_("AI"), help=_("Người quyết định.")
)
@click.option("--yes", is_flag=True, help=_("Không hỏi lại."))
@place_options
def command(from_on: date, actor: str, yes: bool, place: Place) -> None:
    """Ask once, then record it."""
    from dondoc.cli.office import office_at
    from dondoc.use_cases.go_live import go_live

    office = office_at(place)
    if not yes:
        click.confirm(_("Từ {day} sẽ gửi thật đến mọi người nhận. Tiếp tục?").format(day=shown(from_on)), abort=True)
    live = go_live(office, from_on, now(), actor)
    click.echo(_("Gửi thật từ {day}; theo dõi {count} kỳ.").format(day=shown(from_on), count=live.watched))
    if live.set_aside:
        click.echo(_("Hạn trước ngày đó, cần đối chiếu và không nhắc:"))
    for key in live.set_aside:
        click.echo(f"- {key}")
