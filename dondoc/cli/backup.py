"""`dondoc backup FILE`: the whole office in one file, while it works on."""

from pathlib import Path

import click

from dondoc.cli.clock import now
from dondoc.cli.options import Place, json_option, place_options
from dondoc.words import _


@click.command(
    "backup",
    help=_("Sao lưu sổ và các tệp của cơ quan vào một tệp, trong khi mọi thứ vẫn chạy.")
    + "\n\n"
    + _("Tệp chứa tên, địa chỉ và channels.yaml: hãy cất ở nơi chỉ người có trách nhiệm mở được, ngoài máy chủ này."),
)
@click.argument("file", metavar=_("TỆP"), type=click.Path(path_type=Path, dir_okay=False))
@json_option
@place_options
def command(file: Path, as_json: bool, place: Place) -> None:
    """Write the file and say what is in it."""
    from dondoc.cli.office import office_at
    from dondoc.cli.table import print_json
    from dondoc.use_cases.backup import backup

    done = backup(office_at(place), file.absolute(), now())
    if as_json:
        print_json(done)
        return
    size = f"{done.size / 2**20:.1f}"
    said = _("Đã sao lưu {rows} dòng của sổ và {files} tệp vào {file} ({size} MB).")
    click.echo(said.format(rows=done.rows, files=done.files, file=done.file, size=size))
    click.echo(_("Đầu nhật ký: {anchor}").format(anchor=done.head.anchor if done.head.link else "—"))
    if done.channels:
        click.echo(
            _("Tệp này có channels.yaml, kể cả mật khẩu và mã truy cập ghi trong đó: ai mở được tệp thì gửi thư được.")
        )
    if done.key_apart:
        click.echo(_("Khoá bí mật (secret.key) không nằm trong tệp này: hãy cất một bản của nó ở nơi khác."))
