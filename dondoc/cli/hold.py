"""`dondoc hold`: the messages held back from an unusual burst, until the Văn phòng decides."""

import click

from dondoc.cli.clock import now
from dondoc.cli.options import Place, json_option, place_options
from dondoc.words import _

by_option = click.option(
    "--by", "actor", default="chanh-van-phong", show_default=True, metavar=_("AI"), help=_("Người quyết định.")
)


@click.group("hold", help=_("Các thông báo bị giữ lại vì nhiều bất thường: xem, cho gửi hoặc bỏ."))
def command() -> None:
    """The group itself does nothing."""


@command.command("show", help=_("Xem những gì đang bị giữ và vì sao."))
@json_option
@place_options
def show_command(as_json: bool, place: Place) -> None:
    """Print the held list."""
    from dondoc.cli.office import office_at
    from dondoc.cli.table import print_json
    from dondoc.use_cases.hold import show_hold

    hold = show_hold(office_at(place), now())
    if as_json:
        print_json(hold)
    elif not hold.reason:
        click.echo(_("Không có thông báo nào bị giữ."))
    else:
        click.echo(_("Đang giữ {count} thông báo: {reason}").format(count=hold.number, reason=hold.reason))
        for notice in hold.notices:
            to = f" → {notice.role}" if notice.role else ""
            click.echo(f"- {notice.kind}{to}: {notice.occurrence}")
        for letter in hold.letters:
            click.echo(f"- {letter.subject} → {letter.person}")
        click.echo(_("Cho gửi: dondoc hold release. Bỏ: dondoc hold discard"))


@command.command("release", help=_("Cho gửi những thông báo đang bị giữ."))
@by_option
@place_options
def release_command(actor: str, place: Place) -> None:
    """Record the release."""
    from dondoc.cli.office import office_at
    from dondoc.use_cases.hold import release

    count = release(office_at(place), now(), actor, "cli")
    click.echo(_("Đã cho gửi {count} thông báo.").format(count=count))


@command.command("discard", help=_("Bỏ những thông báo đang bị giữ."))
@by_option
@place_options
def discard_command(actor: str, place: Place) -> None:
    """Record the discarding."""
    from dondoc.cli.office import office_at
    from dondoc.use_cases.hold import discard

    count = discard(office_at(place), now(), actor, "cli")
    click.echo(_("Đã bỏ {count} thông báo; việc bỏ đã ghi vào nhật ký.").format(count=count))
