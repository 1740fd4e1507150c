"""Calls that took the place of a message."""

import click

from dondoc.cli.record.act import Deed, act_options
from dondoc.words import _


@click.command("called", help=_("Ghi đã gọi điện cho một người trong danh sách cần gọi (dondoc call-list)."))
@click.argument("keys", nargs=-1, metavar=_("[MÃ]..."))
@click.option("--person", required=True, metavar=_("NGƯỜI"), help=_("Mã của người được gọi."))
@click.option("--note", default="", metavar=_("CHỮ"), help=_("Ghi chú về cuộc gọi."))
@act_options
def called_command(keys: tuple[str, ...], person: str, note: str, deed: Deed) -> None:
    """Record one call; without keys it told everything that waits for the person."""
    from dondoc.cli.table import print_json
    from dondoc.use_cases.record_call import record_call

    told = record_call(deed.office, person, deed.act, deed.at, keys, note)
    if deed.as_json:
        print_json([call.key for call in told])
    elif not told:
        click.echo(_("Lần ghi này đã có trong sổ; không ghi lại."))
    for call in () if deed.as_json else told:
        click.echo(_("Đã ghi sổ: gọi điện cho {name} về {title}").format(name=call.name, title=call.title))
