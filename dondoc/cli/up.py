"""`dondoc up`: start everything an office needs and stop it again."""

import click

from dondoc.cli.options import Place, place_options
from dondoc.words import _


@click.command(
    "up",
    help=_("Khởi động sổ theo dõi, Prefect và giao diện, hộp thư thử; nạp kế hoạch, làm bù những gì còn thiếu.")
    + "\n\n"
    + _("Dừng bằng Ctrl-C. Khi cổng đã có chương trình khác dùng, chọn --port-base khác."),
)
@click.option(
    "--port-base",
    type=click.IntRange(1024, 65000),
    default=4200,
    show_default=True,
    envvar="DONDOC_PORT_BASE",
    metavar="N",
    help=_("Cổng của giao diện; hộp thư thử dùng cổng kế tiếp, cổng thông tin cổng sau nữa."),
)
@click.option(
    "--smoke", is_flag=True, help=_("Khởi động, chứng minh một lượt theo lịch chạy xong và thư đến nơi, rồi dừng.")
)
@place_options
def command(port_base: int, smoke: bool, place: Place) -> None:
    """Run until stopped."""
    from dondoc.up import up

    code = up(place.data, port_base=port_base, register_url=place.register, definitions=place.definitions, smoke=smoke)
    click.get_current_context().exit(code)
