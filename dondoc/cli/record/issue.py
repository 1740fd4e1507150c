"""Papers that were signed and sent out."""

from datetime import date

import click

from dondoc.cli.day import DAY
from dondoc.cli.record.act import Deed, act_options, key_argument, told
from dondoc.words import _


@click.command("issued", help=_("Ghi số, ngày của văn bản đã soạn bằng dondoc paper, khi đã ký ban hành."))
@key_argument
@click.option("--paper", default="cong-van-don-doc", show_default=True, metavar=_("VĂN_BẢN"), help=_("Văn bản nào."))
@click.option("--number", required=True, metavar=_("SỐ"), help=_("Số, ký hiệu của văn bản."))
@click.option("--issued-on", type=DAY, required=True, metavar=_("NGÀY"), help=_("Ngày ký ban hành."))
@act_options
def issued_command(key: str, paper: str, number: str, issued_on: date, deed: Deed) -> None:
    """Record a number and a day."""
    from dondoc.use_cases.keep_papers import record_issued

    told(deed, record_issued(deed.office, key, paper, number, issued_on, deed.act, deed.at))
