"""What every recorded act has in common: who, through whom, which day, and a key against the double click."""

import functools
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, NamedTuple

import click

from dondoc.cli.clock import OFFICE_ZONE, now
from dondoc.cli.day import DAY, shown
from dondoc.cli.options import json_option, place_options
from dondoc.words import _

Command = Callable[..., Any]


class Act(NamedTuple):
    """`at` is the aware instant of recording, `act_on` the local day of the act itself."""

    at: datetime
    act_on: date
    actor: str
    on_behalf: str
    request_key: str
    as_json: bool

    def by(self) -> Any:
        """The same without what only the command needs."""
        from dondoc.use_cases.act import By

        return By(self.at, self.act_on, self.on_behalf or self.actor, "cli", self.request_key)


key_argument = click.argument("key", metavar=_("MÃ"))
step_option = click.option("--step", default="", metavar=_("BƯỚC"), help=_("Bước nào; không ghi thì là bước đang chờ."))
reason_option = click.option("--reason", required=True, metavar=_("LÝ_DO"), help=_("Lý do, ghi vào sổ."))
document_option = click.option(
    "--document", required=True, metavar=_("SỐ_VĂN_BẢN"), help=_("Số, ký hiệu của văn bản quyết định.")
)
document_on_option = click.option(
    "--document-on", type=DAY, required=True, metavar=_("NGÀY"), help=_("Ngày của văn bản quyết định.")
)


def act_options(command: Command) -> Command:
    """Options of every act, handed to the command as one `act` beside its `place`."""

    @click.option("--by", "actor", default="van-phong", show_default=True, metavar=_("AI"), help=_("Người ghi sổ."))
    @click.option("--on-behalf", default="", metavar=_("ĐƠN_VỊ"), help=_("Ghi thay cho đơn vị này."))
    @click.option("--act-on", type=DAY, metavar=_("NGÀY"), help=_("Ngày việc diễn ra; không ghi thì là hôm nay."))
    @click.option(
        "--request-key",
        default="",
        metavar=_("KHOÁ"),
        help=_("Khoá của lần ghi này: gửi lại cùng khoá không ghi hai lần."),
    )
    @json_option
    @place_options
    @functools.wraps(command)
    def with_act(actor: str, on_behalf: str, act_on: date | None, request_key: str, as_json: bool, **rest: Any) -> Any:
        at = now()
        today = at.astimezone(OFFICE_ZONE).date()
        if act_on and act_on > today:
            raise click.ClickException(_("Ngày {day} chưa đến: sổ chỉ ghi việc đã diễn ra.").format(day=shown(act_on)))
        return command(act=Act(at, act_on or today, actor, on_behalf, request_key, as_json), **rest)

    return with_act


def told(act: Act, outcome: Any) -> None:
    """Say what was written and what it led to."""
    from dondoc.cli.table import print_json

    if act.as_json:
        print_json(outcome)
        return
    if not outcome.facts:
        click.echo(_("Lần ghi này đã có trong sổ; không ghi lại."))
        return
    for fact in outcome.facts:
        click.echo(_("Đã ghi dòng số {seq}: {kind} · {key}").format(seq=fact.seq, kind=fact.kind, key=fact.occurrence))
