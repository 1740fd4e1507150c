"""`dondoc journal`: is the append-only history still what was written."""

import click

from dondoc.cli.options import Place, json_option, place_options
from dondoc.words import _


@click.group("journal", help=_("Nhật ký của sổ: chỉ ghi thêm, mỗi dòng mang dấu của dòng trước."))
def command() -> None:
    """The group itself does nothing."""


@command.command("verify", help=_("Kiểm tra chuỗi băm từ dòng đầu đến dòng cuối."))
@json_option
@place_options
def verify_command(as_json: bool, place: Place) -> None:
    """Print what is broken; exit 1 when anything is."""
    from dondoc.cli.office import office_at
    from dondoc.cli.table import print_json
    from dondoc.use_cases.verify_journal import verify_journal

    problems = verify_journal(office_at(place))
    if as_json:
        print_json({"intact": not problems, "problems": problems})
    elif problems:
        for problem in problems:
            click.echo(problem, err=True)
        click.echo(_("Nhật ký có {count} chỗ không khớp.").format(count=len(problems)), err=True)
    else:
        click.echo(_("Nhật ký nguyên vẹn."))
    if problems:
        click.get_current_context().exit(1)
