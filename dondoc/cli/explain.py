"""`dondoc explain`: what a timing phrase of a paper means, due by due."""

from datetime import date
from typing import TYPE_CHECKING

import click

from dondoc.cli.clock import now
from dondoc.cli.day import DAY, shown
from dondoc.cli.options import json_option
from dondoc.words import _
from dondoc.words.dates import language, read_day

if TYPE_CHECKING:
    from dondoc.use_cases.explain_phrase import Explained, ExplainedDue


def _named_days(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> dict[str, list[date]]:
    found: dict[str, list[date]] = {}
    for value in values:
        name, equals, day = value.partition("=")
        try:
            found.setdefault(name, []).append(read_day(day))
        except ValueError:
            equals = ""
        if not equals:
            raise click.BadParameter(_("{value!r} không có dạng TÊN=NGÀY.").format(value=value))
    return found


@click.command(
    "explain",
    help=_("Giải thích một CỤM_TỪ thời gian của văn bản: cách hiểu, từng hạn trong năm, từng bước tính.")
    + "\n\n"
    + _("Cụm từ có nhiều cách hiểu thì các cách được đặt cạnh nhau; chọn một cách bằng --reading."),
)
@click.argument("phrase", metavar=_("CỤM_TỪ"))
@click.option(
    "--year", type=click.IntRange(2000, 2100), metavar=_("NĂM"), help=_("Tính cho năm này; không ghi thì năm nay.")
)
@click.option(
    "--reading",
    "readings",
    multiple=True,
    metavar=_("[TỪ=]CÁCH_HIỂU"),
    help=_("Cách hiểu của từ mơ hồ; ghi được nhiều lần."),
)
@click.option("--from", "from_on", type=DAY, metavar=_("NGÀY"), help=_("Ngày của sự việc mà thời hạn tính từ đó."))
@click.option(
    "--before",
    type=click.Choice(["strict", "inclusive"]),
    default="strict",
    show_default=True,
    help=_("“trước ngày X”: không kể hay kể cả ngày X."),
)
@click.option(
    "--day",
    "named_days",
    multiple=True,
    callback=_named_days,
    metavar=_("TÊN=NGÀY"),
    help=_("Ngày do lịch khác định, như ket-thuc-nam-hoc=31/5/2022."),
)
@json_option
def command(
    phrase: str,
    year: int | None,
    readings: tuple[str, ...],
    from_on: date | None,
    before: str,
    named_days: dict[str, list[date]],
    as_json: bool,
) -> None:
    """Print the reading and every due; exit 1 for what is no timing phrase."""
    from dondoc.use_cases.explain_phrase import explain_phrase

    explained = explain_phrase(
        phrase,
        year or (from_on or now().date()).year,
        readings=readings,
        from_on=from_on,
        before=before,  # type: ignore[arg-type]
        named_days=named_days,
    )
    if as_json:
        _print_document(explained)
    else:
        _print(explained)


def _print_document(explained: "Explained") -> None:
    from dondoc.cli.table import print_json

    others = [{"reading": other.reading, "differs_in": other.differs_in} for other in explained.ambiguous]
    print_json({**explained._asdict(), "ambiguous": others})


def _print(explained: "Explained") -> None:
    if explained.dues:
        said = explained.rule[language()]
        click.echo(_("“{phrase}” được hiểu là: {said}").format(phrase=explained.phrase, said=said))
        if explained.reading:
            click.echo(_("Cách hiểu đang dùng: {reading}").format(reading=explained.reading))
        for due in explained.dues:
            _print_due(due)
    if explained.ambiguous and not explained.dues:
        _print_side_by_side(explained)
    for other in explained.ambiguous if explained.dues else ():
        words = _("Cách hiểu khác, {reading}, ra ngày khác ở: {periods}")
        click.echo(words.format(reading=other.reading, periods=", ".join(other.differs_in)))


def _print_due(due: "ExplainedDue") -> None:
    hour = _(" (trước {time})").format(time=due.time) if due.time else ""
    begins = _("từ {day} ").format(day=shown(due.from_on)) if due.from_on else ""
    last = shown(due.last_on) if due.last_on else _("chưa xác định")
    click.echo(
        _("\n{period} {begins}hạn {last}{hour}, ngày phải xong {target}").format(
            period=f"{due.period}:" if due.period else "•",
            begins=begins,
            last=last,
            hour=hour,
            target=shown(due.target_on),
        )
    )
    for step in due.steps:
        click.echo(f"  → {step}")


def _print_side_by_side(explained: "Explained") -> None:
    from dondoc.cli.table import print_table

    click.echo(_("“{phrase}” có nhiều cách hiểu; hãy chọn một bằng --reading.").format(phrase=explained.phrase) + "\n")
    rows = explained.ambiguous
    periods = list(dict.fromkeys(due.period for row in rows for due in row.dues))
    by_period = [{due.period: due.last_on for due in row.dues} for row in rows]
    different = {period for row in rows for period in row.differs_in}
    print_table(
        (_("Kỳ"), *(row.reading for row in rows), ""),
        [
            (period, *(shown(days.get(period)) for days in by_period), _("≠ khác nhau") if period in different else "")
            for period in periods
        ],
    )
    click.echo("")
    for row in rows:
        if row.differs_in:
            words = _("{reading} khác {first} ở: {periods}")
            click.echo(words.format(reading=row.reading, first=rows[0].reading, periods=", ".join(row.differs_in)))
