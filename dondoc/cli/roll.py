"""`dondoc roll PLAN --year N`: the plan's edition for another year, as a draft."""

from pathlib import Path

import click

from dondoc.cli.options import Place, json_option, place_options
from dondoc.words import _


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
    help=_("Nơi ghi bản dự thảo; không ghi thì đặt cạnh kế hoạch gốc."),
)
@json_option
@place_options
def command(plan_id: str, year: int, to: Path | None, as_json: bool, place: Place) -> None:
    """Write the draft and print what it flags."""
    from dondoc.cli.office import office_at
    from dondoc.cli.table import print_json
    from dondoc.use_cases.roll import roll

    office = office_at(place)
    rolled = roll(office, plan_id, year, to)
    if as_json:
        print_json(rolled)
        return
    click.echo(_("Đã lập bản dự thảo {plan} ở {folder}.").format(plan=rolled.plan, folder=rolled.folder))
    for flag in rolled.flags:
        click.echo(f"- {flag}")
