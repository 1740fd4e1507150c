"""What every recorded act has in common: who, through whom, which day, and a key against the double click."""

import functools
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from dondoc.cli.clock import now
from dondoc.cli.day import DAY
from dondoc.cli.office import office_at
from dondoc.cli.options import Place, json_option, place_options
from dondoc.words import _

if TYPE_CHECKING:
    from dondoc.use_cases.act import Act, Document, Recorded
    from dondoc.use_cases.office import Office

Command = Callable[..., Any]


class Deed(NamedTuple):
    """Who, when, which office: `at` is the aware instant of recording, `act` what the use cases ask for."""

    office: "Office"
    act: "Act"
    at: datetime
    as_json: bool


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
    """Options of every act, handed to the command as one `deed`; the office is opened only once they are read."""

    @click.option("--by", "actor", default="van-phong", show_default=True, metavar=_("AI"), help=_("Người ghi sổ."))
    @click.option("--on-behalf", default="", metavar=_("ĐƠN_VỊ"), help=_("Ghi thay cho đơn vị này."))
    @click.option("--act-on", type=DAY, metavar=_("NGÀY"), help=_("Ngày việc diễn ra; không ghi thì là hôm nay."))
    @click.option(
        "--request-key",
        default="",
        metavar=_("KHOÁ"),
        help=_("Khoá của lần ghi: gửi lại cùng khoá không ghi hai lần."),
    )
    @json_option
    @place_options
    @functools.wraps(command)
    def with_deed(
        actor: str, on_behalf: str, act_on: date | None, request_key: str, as_json: bool, place: Place, **rest: Any
    ) -> Any:
        from dondoc.use_cases.act import Act

        at = now()
        who = f"{actor} thay {on_behalf}" if on_behalf else actor
        act = Act(who, "cli", act_on or at.date(), request_key)
        return command(deed=Deed(office_at(place), act, at, as_json), **rest)

    return with_deed


def told(deed: Deed, outcome: "Recorded") -> None:
    """Say what was written and where the occurrence stands now."""
    from dondoc.cli.table import print_json

    if deed.as_json:
        print_json(brief(outcome))
    elif outcome.already:
        click.echo(_("Lần ghi này đã có trong sổ; không ghi lại. {key}").format(key=outcome.key).rstrip())
    else:
        click.echo(_("Đã ghi sổ: {key} – {label}").format(key=outcome.key, label=outcome.label))


def brief(outcome: "Recorded") -> dict[str, object]:
    """As JSON shows it: what stands in the book, not who was told."""
    return {"key": outcome.key, "already": outcome.already, "label": outcome.label}


def paper(number: str, on: date) -> "Document":
    """The deciding document of --document and --document-on."""
    from dondoc.use_cases.act import Document

    return Document(number, on)
