"""`dondoc doctor`: is everything as it must be, and what is to be done where it is not."""

from typing import TYPE_CHECKING

import click

from dondoc.cli.clock import now
from dondoc.cli.options import Place, json_option, place_options
from dondoc.words import _

if TYPE_CHECKING:
    from dondoc.use_cases.checks.finding import Finding

SIGNS = {"ok": "✓", "warn": "!", "error": "✗"}


@click.command(
    "doctor",
    help=_("Khám toàn bộ: cấu hình, đồng hồ, lịch, danh bạ, thư, đĩa, phiên bản, sổ.")
    + "\n\n"
    + _("✓ ổn, ! nên xem, ✗ hỏng. Mã kết thúc 1 khi có chỗ hỏng."),
)
@click.option("--quick", is_flag=True, help=_("Bỏ qua những phép soát phải đọc cả sổ."))
@json_option
@place_options
def command(quick: bool, as_json: bool, place: Place) -> None:
    """Print every finding; exit 1 where one is an error."""
    from dondoc.cli.table import print_json

    found = _examined(place, quick)
    if as_json:
        print_json(found)
    else:
        for finding in found:
            click.echo(f"{SIGNS[finding.level]} {finding.check}: {finding.said}")
            if finding.todo:
                click.echo(f"    → {finding.todo}")
    if any(finding.level == "error" for finding in found):
        click.get_current_context().exit(1)


def _examined(place: Place, quick: bool) -> list["Finding"]:
    """Definitions that do not load are a finding too: then only they can be told of."""
    import os
    from datetime import UTC, timedelta

    from dondoc.cli.known_errors import words_for
    from dondoc.cli.office import office_at
    from dondoc.settings import clock_shift
    from dondoc.use_cases.checks.finding import Finding, Patient
    from dondoc.use_cases.doctor import examine

    try:
        office = office_at(place)
    except Exception as error:
        if words := words_for(error):
            return [Finding("definitions", "error", words, _("Sửa các tệp khai báo, rồi: dondoc check"))]
        raise
    at = now()
    machine_at = at.astimezone(UTC) - timedelta(seconds=clock_shift(os.environ))
    loaded = Finding("definitions", "ok", _("nạp được {count} kế hoạch").format(count=len(office.plans)))
    return [loaded, *examine(Patient(office, at, machine_at, os.environ, quick))]
