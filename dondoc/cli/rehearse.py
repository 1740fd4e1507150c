"""`dondoc rehearse PLAN`: the plan's year played in virtual time against a throw-away register."""

from collections.abc import Iterable
from typing import Any

import click

from dondoc.cli.day import shown_at
from dondoc.cli.options import Place, json_option, place_options
from dondoc.words import _

FIELDS = ("at", "kind", "obligation", "period", "responsible", "rung", "recipient_role", "channel", "subject")


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
    from dondoc.use_cases.rehearse import rehearse

    office = office_at(place)
    plan = office.plan(plan_id)
    events = rehearse(plan, office.calendar, office.directory, scenario, texts=texts)
    _print_as_json(events) if as_json else _print_for_people(events, texts)


def _print_as_json(events: Iterable[Any]) -> None:
    from dondoc.cli.table import print_line

    for event in events:
        said = event._asdict()
        print_line({name: said[name] for name in FIELDS} | {k: v for k, v in said.items() if k not in FIELDS and v})


def _print_for_people(events: Iterable[Any], texts: bool) -> None:
    count = 0
    for event in events:
        count += 1
        to = f" → {event.recipient_role}" if event.recipient_role else ""
        what = event.subject or f"{event.obligation} · {event.period} · {event.responsible}"
        click.echo(f"{shown_at(event.at)}  {event.kind}{to}: {what}")
        if texts and event.text:
            click.echo("    " + event.text.replace("\n", "\n    "))
    click.echo(_("Tất cả {count} sự kiện.").format(count=count))
