"""`dondoc token`: the keys by which other programs reach /api."""

import click

from dondoc.cli.clock import OFFICE_ZONE, now
from dondoc.cli.options import Place, json_option, place_options
from dondoc.words import _

by_option = click.option(
    "--by", "actor", default="quan-tri", show_default=True, metavar=_("AI"), help=_("Người quyết định.")
)


@click.group("token", help=_("Khoá để chương trình khác dùng /api: cấp, xem, thu hồi."))
def command() -> None:
    """The group itself does nothing."""


@command.command(
    "issue",
    help=_("Cấp một khoá cho chương trình TÊN; khoá chỉ hiện một lần.")
    + "\n\n"
    + _("Quyền: see-board, see-occurrence, see-statistics, see-coming, submit, confirm, open-ad-hoc."),
)
@click.argument("name", metavar=_("TÊN"))
@click.option(
    "--scope", "scopes", multiple=True, required=True, metavar=_("QUYỀN"), help=_("Một quyền; ghi nhiều lần.")
)
@click.option(
    "--days", type=click.IntRange(1, 3660), default=366, show_default=True, metavar=_("SỐ"), help=_("Số ngày.")
)
@by_option
@place_options
def issue_command(name: str, scopes: tuple[str, ...], days: int, actor: str, place: Place) -> None:
    """Print the key, and nothing else, on standard output."""
    from datetime import timedelta

    from dondoc.cli.office import office_at
    from dondoc.use_cases.tokens import issue_token

    click.echo(issue_token(office_at(place), name, scopes, now(), actor, lives=timedelta(days=days)))
    click.echo(_("Khoá này không xem lại được. Lưu vào nơi giữ bí mật của chương trình ấy."), err=True)


@command.command("list", help=_("Các khoá còn dùng được: của ai, quyền gì, đến bao giờ, dùng lần cuối khi nào."))
@json_option
@place_options
def list_command(as_json: bool, place: Place) -> None:
    """Print what is alive; never a key."""
    from dondoc.cli.office import office_at
    from dondoc.cli.table import print_json
    from dondoc.use_cases.tokens import tokens

    found = tokens(office_at(place), now())
    if as_json:
        print_json(found)
    elif not found:
        click.echo(_("Chưa cấp khoá nào."))
    for one in () if as_json else found:
        seen = f"{one.seen_at.astimezone(OFFICE_ZONE):%Y-%m-%d %H:%M}" if one.seen_at else _("chưa dùng")
        until = f"{one.expires_at.astimezone(OFFICE_ZONE):%Y-%m-%d}"
        click.echo(
            _("{name}: {scopes}; đến {until}; dùng lần cuối: {seen}").format(
                name=one.name, scopes=", ".join(one.scopes), until=until, seen=seen
            )
        )


@command.command("revoke", help=_("Thu hồi mọi khoá của chương trình TÊN."))
@click.argument("name", metavar=_("TÊN"))
@by_option
@place_options
def revoke_command(name: str, actor: str, place: Place) -> None:
    """End them; exit 1 where there is none."""
    from dondoc.cli.office import office_at
    from dondoc.use_cases.tokens import revoke_tokens

    count = revoke_tokens(office_at(place), name, now(), actor)
    click.echo(_("Đã thu hồi {count} khoá của {name}.").format(count=count, name=name))
