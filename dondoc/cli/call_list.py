"""`dondoc call-list`: whom somebody must telephone, because no channel could bring them their message."""

from datetime import datetime
from typing import TYPE_CHECKING

import click

from dondoc.cli.clock import now
from dondoc.cli.day import shown
from dondoc.cli.options import Place, at_option, json_option, place_options
from dondoc.words import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dondoc.use_cases.call_list import Call


@click.command("call-list", help=_("Danh sách cần gọi điện: người không nhận được thư qua kênh nào, việc gì, vì sao."))
@at_option
@json_option
@place_options
def command(at: datetime | None, as_json: bool, place: Place) -> None:
    """Print the list."""
    from dondoc.cli.office import office_at
    from dondoc.cli.table import print_json, print_table
    from dondoc.use_cases.call_list import call_list

    calls = call_list(office_at(place), at or now())
    if as_json:
        print_json(calls)
    elif not calls:
        click.echo(_("Không phải gọi điện cho ai."))
    else:
        heads = (_("Người"), _("Điện thoại"), _("Việc"), _("Phải xong"), _("Vì sao phải gọi"), _("Mã"))
        print_table(heads, [_cells(call) for call in calls])
        click.echo(_("Gọi xong, ghi sổ: dondoc record called --person NGƯỜI"))
        for line in _unheard(calls):
            click.echo(line)


def _cells(call: "Call") -> tuple[str, ...]:
    from dondoc.words.calls import call_words

    matter = " · ".join(filter(None, (call.title, call.step_title, call.party)))
    who = f"{call.name} ({call.person})"
    return who, call.phone or "—", matter, shown(call.target_on), call_words(call.why, call.returned_on), call.key


def _unheard(calls: "Sequence[Call]") -> list[str]:
    """Letters that should have told the office of these calls, each once."""
    from dondoc.words.calls import channel_words, why_words

    told = _("Thư báo Văn phòng về danh sách này cũng không đến được: {person}, {channel}: {why}")
    lines = (
        told.format(person=lost.person, channel=channel_words(lost.channel), why=why_words(lost.detail))
        for call in calls
        for lost in call.unheard
    )
    return list(dict.fromkeys(lines))
