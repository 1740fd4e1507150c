"""`dondoc paper`: what the office hands over as files."""

from datetime import datetime
from pathlib import Path

import click

from dondoc.cli.clock import now
from dondoc.cli.options import Place, at_option, place_options
from dondoc.cli.record.act import Deed, act_options, key_argument
from dondoc.words import _

out_option = click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("."),
    metavar=_("THƯ_MỤC"),
    help=_("Ghi tệp vào thư mục này."),
)


@click.group("paper", help=_("Soạn các văn bản, sổ và lịch của cơ quan từ sổ theo dõi."))
def command() -> None:
    """The group itself does nothing."""


@command.command(
    "urging", help=_("Công văn đôn đốc các đơn vị chưa nộp cùng việc, cùng kỳ với MÃ; giữ lại cùng kỳ thực hiện.")
)
@key_argument
@click.option("--each", is_flag=True, help=_("Mỗi đơn vị một công văn."))
@out_option
@act_options
def urging_command(key: str, each: bool, out: Path, deed: Deed) -> None:
    """Write the draft, or drafts, and keep them."""
    from dondoc.use_cases.keep_papers import keep_draft
    from dondoc.use_cases.urging_letter import PAPER, urging_letters

    for letter in urging_letters(deed.office, key, deed.at, each=each):
        keep_draft(deed.office, PAPER, letter.name, letter.content, letter.keys, deed.act, deed.at)
        _write(out, letter.name, letter.content)


@command.command("register", help=_("Sổ theo dõi của một kế hoạch thành bảng tính xlsx, tính đến một thời điểm."))
@click.argument("plan", metavar=_("KẾ_HOẠCH"))
@out_option
@at_option
@place_options
def register_command(plan: str, out: Path, at: datetime | None, place: Place) -> None:
    """Write the register as of an instant."""
    from dondoc.cli.office import office_at
    from dondoc.use_cases.register_book import register_book

    book = register_book(office_at(place), plan, at or now())
    _write(out, book.name, book.content)


def _write(out: Path, name: str, content: bytes) -> None:
    from dondoc.use_cases.write_whole import write_whole

    write_whole(out / name, content)
    click.echo(_("Đã ghi: {file}").format(file=out / name))
