"""`dondoc who ROLE`: who is told for a role on a day, and why it is that person."""

from datetime import datetime
from typing import TYPE_CHECKING

import click

from dondoc.cli.clock import OFFICE_ZONE, now
from dondoc.cli.day import shown
from dondoc.cli.options import Place, at_option, json_option, place_options
from dondoc.words import _

if TYPE_CHECKING:
    from dondoc.use_cases.who import Answering, Told


@click.command(
    "who",
    help=_("Ai nhận thư của VAI_TRÒ trong ngày: người giữ vai, vắng thì người thay, trống thì cấp trên kế tiếp.")
    + "\n\n"
    + _("VAI_TRÒ là mã trong tệp tổ chức; unit.focal và unit.head (đầu mối, thủ trưởng) đi với --party."),
)
@click.argument("role", metavar=_("VAI_TRÒ"), default="")
@click.option("--party", default="", metavar=_("ĐƠN_VỊ"), help=_("Đơn vị mà unit.focal, unit.head nói đến."))
@click.option(
    "--person", default="", metavar=_("NGƯỜI"), help=_("Ngược lại: người này nhận thư của những vai trò nào.")
)
@at_option
@json_option
@place_options
def command(role: str, party: str, person: str, at: datetime | None, as_json: bool, place: Place) -> None:
    """Print the desks in the order they are looked at; exit 1 for an unknown role."""
    from dondoc.cli.office import office_at
    from dondoc.cli.table import print_json
    from dondoc.use_cases.who import answers_for, who_is_told

    if bool(role) == bool(person):
        raise click.UsageError(_("Hãy ghi một VAI_TRÒ, hoặc --person."))
    on = (at or now()).astimezone(OFFICE_ZONE).date()
    office = office_at(place)
    if person:
        answering = answers_for(office, person, on)
        print_json(answering) if as_json else _print_person(answering)
    else:
        told = who_is_told(office, role, on, party=party)
        print_json(told) if as_json else _print_role(told)


def _print_role(told: "Told") -> None:
    from dondoc.words.people import gap_words

    click.echo(_("{title} ({role}), ngày {day}:").format(title=told.title, role=told.role, day=shown(told.on)))
    for number, line in enumerate(told.words, 1):
        click.echo(f"  {number}. {line}")
    if told.person:
        channels = ", ".join(told.channels) or _("chưa có địa chỉ")
        click.echo(
            _("Thư gửi đến: {name} ({person}), qua: {channels}").format(**told._asdict() | {"channels": channels})
        )
    else:
        click.echo(_("Không có ai nhận thư."))
    if told.gap:
        to = ", ".join(told.gap_to) or _("không ai")
        click.echo(_("Thiếu người nhận: {gap}. Văn phòng được báo: {to}").format(gap=gap_words(told.gap), to=to))


def _print_person(answering: "Answering") -> None:
    away = _(" (vắng)") if answering.absent else ""
    click.echo(f"{answering.name} ({answering.person}), {shown(answering.on)}{away}")
    for title, roles in ((_("Giữ vai trò"), answering.holds), (_("Nhận thư của"), answering.receives)):
        click.echo(f"{title}: " + (", ".join(f"{name} ({role})" for role, name in roles) or "—"))
