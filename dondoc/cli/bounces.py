"""`dondoc bounces`: letters that came back, read from their mailbox or as a mail server hands them over."""

from typing import TYPE_CHECKING, BinaryIO

import click

from dondoc.cli.clock import now
from dondoc.cli.options import Place, json_option, place_options
from dondoc.words import _

if TYPE_CHECKING:
    from dondoc.use_cases.take_bounces import Bounces


@click.group("bounces", help=_("Các thư bị trả lại: ghi là không đến, để lượt gửi sau chuyển kênh hoặc gọi điện."))
def command() -> None:
    """The group itself does nothing."""


@command.command("fetch", help=_("Đọc những thư chưa đọc trong hộp thư trả lại (DONDOC_BOUNCE_MAILBOX)."))
@json_option
@place_options
def fetch_command(as_json: bool, place: Place) -> None:
    """Read the mailbox once."""
    from dondoc.cli.office import office_at
    from dondoc.use_cases.take_bounces import take_bounces

    office = office_at(place)
    if not office.mail.bounces:
        raise click.ClickException(
            _("Chưa khai báo hộp thư trả lại: đặt DONDOC_BOUNCE_MAILBOX là một thư mục Maildir hoặc imaps://….")
        )
    found = take_bounces(office, now())
    _tell(found, as_json)
    if found.trouble:
        raise click.ClickException(found.trouble)


@command.command("read", help=_("Đọc một thư từ TỆP, hoặc từ đầu vào chuẩn (-) khi máy chủ thư chuyển đến."))
@click.argument("file", type=click.File("rb"), metavar=_("TỆP"))
@json_option
@place_options
def read_command(file: BinaryIO, as_json: bool, place: Place) -> None:
    """Enter one report."""
    from dondoc.cli.office import office_at
    from dondoc.use_cases.take_bounces import LARGEST, take_bounce

    _tell(take_bounce(office_at(place), file.read(LARGEST), now()), as_json)


def _tell(found: "Bounces", as_json: bool) -> None:
    from dondoc.cli.table import print_json

    if as_json:
        print_json(found)
        return
    counted = {
        _("bị trả lại"): found.bounced,
        _("còn chậm"): found.delayed,
        _("đã biết"): found.known,
        _("không phải thư của ta"): found.strange,
    }
    click.echo(" · ".join(f"{name}: {count}" for name, count in counted.items()))
