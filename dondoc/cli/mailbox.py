"""`dondoc mailbox`: what the embedded mailbox got."""

import click

from dondoc.cli.options import Place, json_option, place_options
from dondoc.words import _


@click.group("mailbox", help=_("Xem các thư mà hộp thư thử đã nhận (dùng khi chưa khai báo máy chủ thư)."))
def command() -> None:
    """The group itself does nothing."""


@command.command("list", help=_("Liệt kê thư, mới nhất ở cuối."))
@click.option("--to", "recipient", default="", metavar=_("ĐỊA_CHỈ"), help=_("Chỉ thư gửi đến địa chỉ có đoạn này."))
@json_option
@place_options
def list_command(recipient: str, as_json: bool, place: Place) -> None:
    """Print number, moment, recipient and subject."""
    from dondoc.cli.day import shown_at
    from dondoc.cli.table import print_json, print_table
    from dondoc.use_cases.read_mailbox import list_mail

    mails = [mail for mail in list_mail(place.data) if recipient in mail.recipient]
    if as_json:
        print_json(mails)
    elif not mails:
        click.echo(_("Hộp thư thử chưa có thư nào."))
    else:
        heads = (_("Số"), _("Lúc"), _("Đến"), _("Tiêu đề"))
        print_table(heads, [(str(mail.number), shown_at(mail.at), mail.recipient, mail.subject) for mail in mails])


@command.command("show", help=_("In một thư theo SỐ của nó."))
@click.argument("number", type=int, metavar=_("SỐ"))
@click.option("--html", is_flag=True, help=_("In phần HTML thay cho phần chữ."))
@json_option
@place_options
def show_command(number: int, html: bool, as_json: bool, place: Place) -> None:
    """Print one message."""
    from dondoc.cli.day import shown_at
    from dondoc.cli.table import print_json
    from dondoc.use_cases.read_mailbox import read_mail

    mail = read_mail(place.data, number)
    if mail is None:
        raise click.ClickException(_("Không có thư số {number}. Xem: dondoc mailbox list").format(number=number))
    if as_json:
        print_json(mail)
        return
    click.echo(_("Đến: {to}").format(to=mail.recipient))
    click.echo(_("Lúc: {at}").format(at=shown_at(mail.at)))
    click.echo(_("Tiêu đề: {subject}").format(subject=mail.subject) + "\n")
    click.echo(mail.html if html else mail.text)
