"""`dondoc restore FILE`: a backup becomes the register again; nothing is sent until somebody releases it."""

from datetime import datetime
from pathlib import Path

import click

from dondoc.cli.clock import now
from dondoc.cli.day import shown_at
from dondoc.cli.options import Place, place_options
from dondoc.words import _


@click.command(
    "restore",
    help=_("Khôi phục sổ từ một bản sao lưu; bản sao lưu được kiểm tra nguyên vẹn trước khi thay vào.")
    + "\n\n"
    + _("Sau khi khôi phục, mọi thư được giữ lại cho đến khi Văn phòng xem và cho gửi: dondoc hold show."),
)
@click.argument("file", metavar=_("TỆP"), type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--replace", is_flag=True, help=_("Thay cả sổ đang có ở nơi đó."))
@click.option(
    "--by", "actor", default="chanh-van-phong", show_default=True, metavar=_("AI"), help=_("Người quyết định.")
)
@place_options
def command(file: Path, replace: bool, actor: str, place: Place) -> None:
    """Put it in place and say what is held."""
    from dondoc.cli.office import office_at
    from dondoc.use_cases.restore import restore

    done = restore(office_at(place), file, now(), actor, replace=replace)
    click.echo(
        _("Đã khôi phục sổ lúc {made_at}: {link} mục.").format(
            made_at=shown_at(datetime.fromisoformat(done.made_at)), link=done.link
        )
    )
    click.echo(
        _("Đang giữ {count} thông báo và thư. Xem: dondoc hold show; cho gửi: dondoc hold release.").format(
            count=done.waiting
        )
    )
    if done.files:
        click.echo(_("Đã đặt lại {count} tệp trong {data}.").format(count=done.files, data=place.data))
    if done.definitions:
        click.echo(
            _("Khai báo của cơ quan nằm ở {folder}: xem lại rồi chỉ bằng --definitions.").format(
                folder=done.definitions
            )
        )
