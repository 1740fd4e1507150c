"""`dondoc rehearse PLAN`: the plan's year played in virtual time against a throw-away register."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from dondoc.cli.day import shown_at
from dondoc.cli.options import Place, json_option, place_options
from dondoc.words import _

if TYPE_CHECKING:
    from dondoc.use_cases.rehearse import Event


@click.command(
    "rehearse",
    help=_("Diễn thử cả năm của KẾ_HOẠCH với thời gian ảo và một sổ tạm: ai nhận thông báo gì, khi nào.")
    + "\n\n"
    + _("Không gửi gì ra ngoài, không đụng đến sổ thật."),
)
@click.argument("plan_id", metavar=_("KẾ_HOẠCH"))
@click.option(
    "--scenario",
    default="none",
    show_default=True,
    metavar="none|in-time|" + _("TỆP"),
    help=_("Không ai trả lời; mọi người làm đúng hạn; hoặc một tệp kịch bản."),
)
@click.option("--texts", is_flag=True, help=_("Kèm lời văn của từng thông báo."))
@json_option
@place_options
def command(plan_id: str, scenario: str, texts: bool, as_json: bool, place: Place) -> None:
    """Print one event a line as it happens."""
    from dondoc.cli.office import office_at
    from dondoc.use_cases.read_scenario import scenario_named
    from dondoc.use_cases.rehearse import rehearse

    events = rehearse(office_at(place), plan_id, scenario_named(scenario), texts=texts)
    _print_as_json(events) if as_json else _print_for_people(events)


def _print_as_json(events: Iterable["Event"]) -> None:
    from dondoc.cli.table import print_line

    for event in events:
        print_line(event.as_json())


def _print_for_people(events: Iterable["Event"]) -> None:
    count = 0
    for event in events:
        count += 1
        to = f" → {event.recipient_role}" if event.recipient_role else ""
        what = event.subject or f"{event.obligation} · {event.period} · {event.responsible}"
        click.echo(f"{shown_at(event.at)}  {event.kind}{to}: {what}")
        if event.text:
            click.echo("    " + event.text.replace("\n", "\n    "))
    click.echo(_("Tất cả {count} sự kiện.").format(count=count))
