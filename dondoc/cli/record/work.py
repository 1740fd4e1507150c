"""The doers' acts and the Văn phòng's word on them."""

from datetime import date

import click

from dondoc.cli.day import DAY
from dondoc.cli.record.act import Deed, act_options, key_argument, reason_option, step_option, told
from dondoc.words import _


@click.command(
    "submit", help=_("Nộp kết quả của một bước. Số, ngày của văn bản là minh chứng; tệp có thể để nơi khác.")
)
@key_argument
@step_option
@click.option("--number", default="", metavar=_("SỐ"), help=_("Số, ký hiệu văn bản."))
@click.option("--signed-on", type=DAY, metavar=_("NGÀY"), help=_("Ngày ký."))
@click.option("--done-on", type=DAY, metavar=_("NGÀY"), help=_("Ngày làm xong."))
@click.option("--kept-at", default="", metavar=_("NƠI"), help=_("Nơi lưu minh chứng, nếu không kèm tệp."))
@click.option("--file", "files", multiple=True, metavar=_("TỆP"), help=_("Tệp minh chứng; ghi được nhiều lần."))
@click.option("--figure", "figures", multiple=True, metavar=_("TÊN=SỐ"), help=_("Số liệu; ghi được nhiều lần."))
@click.option("--note", default="", metavar=_("LỜI"), help=_("Ghi chú."))
@act_options
def submit_command(
    key: str,
    step: str,
    number: str,
    signed_on: date | None,
    done_on: date | None,
    kept_at: str,
    files: tuple[str, ...],
    figures: tuple[str, ...],
    note: str,
    deed: Deed,
) -> None:
    """Record a submission with its evidence."""
    from dondoc.use_cases.submit import Evidence, submit

    evidence = Evidence(
        number=number,
        signed_on=signed_on,
        done_on=done_on,
        kept_at=kept_at,
        files=files,
        note=note,
        figures=tuple(map(_figure, figures)),
    )
    told(deed, submit(deed.office, key, evidence, deed.act, deed.at, step))


def _figure(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise click.UsageError(_("{text!r} chưa đúng dạng TÊN=SỐ.").format(text=text))
    return name, value


@click.command("confirm", help=_("Xác nhận đã nhận. Ngày gửi và ngày đến chỉ do Văn phòng ghi."))
@key_argument
@step_option
@click.option("--sent-on", type=DAY, metavar=_("NGÀY"), help=_("Ngày gửi trên trục liên thông hoặc dấu bưu điện."))
@click.option("--received-on", type=DAY, metavar=_("NGÀY"), help=_("Ngày đến (dấu đến)."))
@act_options
def confirm_command(key: str, step: str, sent_on: date | None, received_on: date | None, deed: Deed) -> None:
    """Record the office's receipt."""
    from dondoc.use_cases.confirm import confirm

    told(deed, confirm(deed.office, key, deed.act, deed.at, step, sent_on=sent_on, received_on=received_on))


@click.command("receive", help=_("Ghi ngày gửi, ngày đến của văn bản mà chưa xác nhận nội dung."))
@key_argument
@step_option
@click.option("--sent-on", type=DAY, metavar=_("NGÀY"), help=_("Ngày gửi trên trục liên thông hoặc dấu bưu điện."))
@click.option("--received-on", type=DAY, metavar=_("NGÀY"), help=_("Ngày đến (dấu đến)."))
@act_options
def receive_command(key: str, step: str, sent_on: date | None, received_on: date | None, deed: Deed) -> None:
    """Record the paper's arrival."""
    from dondoc.use_cases.confirm import receive

    if not (sent_on or received_on):
        raise click.UsageError(_("Ghi --sent-on hoặc --received-on."))
    told(deed, receive(deed.office, key, deed.act, deed.at, step, sent_on=sent_on, received_on=received_on))


@click.command("return", help=_("Trả lại để bổ sung; người nộp có hạn nộp lại riêng."))
@key_argument
@step_option
@reason_option
@act_options
def return_command(key: str, step: str, reason: str, deed: Deed) -> None:
    """Record a return with its reason."""
    from dondoc.use_cases.return_step import return_step

    told(deed, return_step(deed.office, key, reason, deed.act, deed.at, step))


@click.command("nothing-occurred", help=_("Ghi «không phát sinh»: kỳ này không có việc, và đó là hoàn thành."))
@key_argument
@click.option("--note", default="", metavar=_("LỜI"), help=_("Ghi chú."))
@act_options
def nothing_command(key: str, note: str, deed: Deed) -> None:
    """Record that nothing occurred."""
    from dondoc.use_cases.waive import nothing_occurred

    told(deed, nothing_occurred(deed.office, key, deed.act, deed.at, note))


@click.command("acknowledge", help=_("Ghi người đã đọc; hoặc biên bản quán triệt của đơn vị và những người vắng."))
@key_argument
@click.option("--person", default="", metavar=_("MÃ"), help=_("Người đã đọc."))
@click.option("--all-but", "absent", multiple=True, metavar=_("MÃ"), help=_("Cả đơn vị, trừ người này; cần --minutes."))
@click.option("--minutes", default="", metavar=_("SỐ"), help=_("Số, ngày biên bản họp của đơn vị."))
@act_options
def acknowledge_command(key: str, person: str, absent: tuple[str, ...], minutes: str, deed: Deed) -> None:
    """Record one reader, or a unit's minutes."""
    from dondoc.use_cases.people_acts import acknowledge

    if bool(person) == bool(minutes):
        raise click.UsageError(_("Ghi --person, hoặc --minutes (có thể kèm --all-but), không ghi cả hai."))
    all_but = absent if minutes else None
    told(deed, acknowledge(deed.office, key, deed.act, deed.at, person=person, all_but=all_but, minutes=minutes))
