"""The doers' acts and the Văn phòng's word on them."""

from datetime import date

import click

from dondoc.cli.day import DAY
from dondoc.cli.office import office_at
from dondoc.cli.options import Place
from dondoc.cli.record.act import Act, act_options, key_argument, reason_option, step_option, told
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
    note: str,
    act: Act,
    place: Place,
) -> None:
    """Record a submission with its evidence."""
    from dondoc.use_cases.submit import Evidence, submit

    evidence = Evidence(number, signed_on, done_on, kept_at, files, note)
    told(act, submit(office_at(place), key, step, evidence, act.by()))


@click.command("confirm", help=_("Xác nhận đã nhận. Ngày gửi và ngày đến chỉ do Văn phòng ghi."))
@key_argument
@step_option
@click.option("--sent-on", type=DAY, metavar=_("NGÀY"), help=_("Ngày gửi trên trục liên thông hoặc dấu bưu điện."))
@click.option("--received-on", type=DAY, metavar=_("NGÀY"), help=_("Ngày đến (dấu đến)."))
@act_options
def confirm_command(
    key: str, step: str, sent_on: date | None, received_on: date | None, act: Act, place: Place
) -> None:
    """Record the office's receipt."""
    from dondoc.use_cases.confirm import confirm

    told(act, confirm(office_at(place), key, step, act.by(), sent_on=sent_on, received_on=received_on))


@click.command("return", help=_("Trả lại để bổ sung; người nộp có hạn nộp lại riêng."))
@key_argument
@step_option
@reason_option
@act_options
def return_command(key: str, step: str, reason: str, act: Act, place: Place) -> None:
    """Record a return with its reason."""
    from dondoc.use_cases.return_step import return_step

    told(act, return_step(office_at(place), key, step, reason, act.by()))


@click.command("nothing-occurred", help=_("Ghi «không phát sinh»: kỳ này không có việc, và đó là hoàn thành."))
@key_argument
@step_option
@click.option("--note", default="", metavar=_("LỜI"), help=_("Ghi chú."))
@act_options
def nothing_command(key: str, step: str, note: str, act: Act, place: Place) -> None:
    """Record that nothing occurred."""
    from dondoc.use_cases.nothing_occurred import nothing_occurred

    told(act, nothing_occurred(office_at(place), key, step, act.by(), note=note))


@click.command(
    "acknowledge", help=_("Ghi những người đã đọc; hoặc biên bản quán triệt của đơn vị và những người vắng.")
)
@key_argument
@click.option("--person", "persons", multiple=True, metavar=_("MÃ"), help=_("Người đã đọc; ghi được nhiều lần."))
@click.option("--all-but", "absent", multiple=True, metavar=_("MÃ"), help=_("Cả đơn vị, trừ người này; cần --minutes."))
@click.option("--minutes", default="", metavar=_("SỐ"), help=_("Số biên bản họp đơn vị."))
@click.option("--minutes-on", type=DAY, metavar=_("NGÀY"), help=_("Ngày của biên bản."))
@act_options
def acknowledge_command(
    key: str,
    persons: tuple[str, ...],
    absent: tuple[str, ...],
    minutes: str,
    minutes_on: date | None,
    act: Act,
    place: Place,
) -> None:
    """Record readers one by one, or a unit's minutes."""
    from dondoc.use_cases.acknowledge import acknowledge

    if bool(persons) == bool(minutes):
        raise click.UsageError(_("Ghi --person, hoặc --minutes (có thể kèm --all-but), không ghi cả hai."))
    told(
        act,
        acknowledge(
            office_at(place), key, act.by(), persons=persons, absent=absent, minutes=minutes, minutes_on=minutes_on
        ),
    )
