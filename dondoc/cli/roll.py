"""`dondoc roll PLAN --year N`: the plan's edition for another year, as a draft."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dondoc.cli.options import Place, json_option, place_options
from dondoc.words import _

if TYPE_CHECKING:
    from dondoc.use_cases.roll_plan import RollReport


@click.command(
    "roll",
    help=_("Lập bản dự thảo của KẾ_HOẠCH cho một năm khác.")
    + "\n\n"
    + _("Nêu rõ điều gì phải quyết định lại và căn cứ nào đã hết hiệu lực."),
)
@click.argument("plan_id", metavar=_("KẾ_HOẠCH"))
@click.option("--year", type=click.IntRange(2000, 2100), required=True, metavar=_("NĂM"), help=_("Năm của bản mới."))
@click.option(
    "--to",
    type=click.Path(path_type=Path, file_okay=False),
    metavar=_("THƯ_MỤC"),
    help=_("Nơi ghi bản dự thảo; không ghi thì trong --data."),
)
@json_option
@place_options
def command(plan_id: str, year: int, to: Path | None, as_json: bool, place: Place) -> None:
    """Write the draft and print what it flags."""
    from dondoc.cli.clock import now
    from dondoc.cli.office import office_at
    from dondoc.cli.table import print_json
    from dondoc.use_cases.roll_plan import roll_plan

    report = roll_plan(office_at(place), plan_id, year, to, drafted_on=now().date())
    print_json(report) if as_json else _print_report(report)


def _print_report(report: "RollReport") -> None:
    click.echo(_("Đã lập bản dự thảo {plan} ở {folder}.").format(plan=report.plan, folder=report.target))
    if report.annex:
        click.echo(_("Phụ lục những thay đổi, để kèm kế hoạch mới: {file}").format(file=report.annex))
    for name, before, after in report.moved:
        click.echo(
            _("- Dời: {name}: {before} → {after}").format(name=name, before=_written(before), after=_written(after))
        )
    for basis in report.expired:
        replaced = _(", thay bằng {other}").format(other=basis.replaced_by) if basis.replaced_by else ""
        click.echo(_("- Hết hiệu lực: {number}").format(number=basis.number) + replaced)
    if report.to_decide:
        click.echo(_("- Phải quyết định lại: {names}").format(names=", ".join(report.to_decide)))
    click.echo(_("- Phải điền: {names}").format(names=", ".join(report.to_fill)))


def _written(text: str) -> str:
    """A day as offices write it; any other text as it stands."""
    from dondoc.cli.day import shown
    from dondoc.words.dates import read_day

    try:
        return shown(read_day(text))
    except ValueError:
        return text
