"""`dondoc check`: do the definitions load, and do they say what the signed paper says."""

from pathlib import Path
from typing import Any

import click

from dondoc.cli.options import Place, json_option, place_options
from dondoc.words import _


@click.command(
    "check",
    help=_("Soát mọi tệp khai báo: khoá lạ, ngày không có thật, vai trò thiếu, mốc không khớp.")
    + "\n\n"
    + _("Với --paper, soát thêm: từng lời trích có trong văn bản, từng gạch đầu dòng đều có nghĩa vụ."),
)
@click.argument("plan_id", metavar=_("[KẾ_HOẠCH]"), required=False, default="")
@click.option(
    "--paper",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar=_("TỆP"),
    help=_("Văn bản kế hoạch đã ký, dạng chữ (UTF-8)."),
)
@json_option
@place_options
def command(plan_id: str, paper: Path | None, as_json: bool, place: Place) -> None:
    """Print what loads and what is wrong; exit 1 when anything is."""
    from dondoc.cli.table import print_json
    from dondoc.use_cases.check_definitions import check_definitions

    report = check_definitions(place.definitions, data=place.data, plan_id=plan_id, paper=paper)
    if as_json:
        print_json(report)
    else:
        _print_report(report)
    if report.problems:
        click.get_current_context().exit(1)


def _print_report(report: Any) -> None:
    for plan in report.plans:
        draft = _(" (dự thảo)") if plan.draft else ""
        click.echo(f"{plan.id}{draft}: {plan.title}")
        click.echo(
            _("  {count} nghĩa vụ; {quotes} lời trích đã đối chiếu với văn bản.").format(
                count=plan.obligations, quotes=plan.quotes
            )
            if plan.quotes
            else _("  {count} nghĩa vụ.").format(count=plan.obligations)
        )
        if plan.proposed:
            names = ", ".join(plan.proposed)
            click.echo(
                _("  Chờ quyết định hạn hoặc cách hiểu ({count}): {names}").format(
                    count=len(plan.proposed), names=names
                )
            )
        if plan.expired:
            click.echo(
                _("  Căn cứ hết hiệu lực, phải thay trước khi ký ({count}): {names}").format(
                    count=len(plan.expired), names="; ".join(plan.expired)
                )
            )
    for problem in report.problems:
        click.echo(str(problem), err=True)
    if report.problems:
        click.echo(_("Có {count} chỗ cần sửa; chưa nạp gì cả.").format(count=len(report.problems)), err=True)
    else:
        click.echo(_("Không có gì phải sửa."))
