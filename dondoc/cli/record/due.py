"""Acts that set or stop a due: each by a document with its number and date."""

from datetime import date

import click

from dondoc.cli.day import DAY
from dondoc.cli.office import office_at
from dondoc.cli.options import Place
from dondoc.cli.record.act import (
    Act,
    act_options,
    document_on_option,
    document_option,
    key_argument,
    reason_option,
    step_option,
    told,
)
from dondoc.words import _

last_on_option = click.option(
    "--last-on", type=DAY, required=True, metavar=_("NGÀY"), help=_("Ngày cuối cùng còn đúng hạn.")
)


@click.command("extend", help=_("Gia hạn theo quyết định của người có thẩm quyền; hạn cũ vẫn được giữ trong sổ."))
@key_argument
@step_option
@last_on_option
@document_option
@document_on_option
@act_options
def extend_command(
    key: str, step: str, last_on: date, document: str, document_on: date, act: Act, place: Place
) -> None:
    """Record an extension."""
    from dondoc.use_cases.extend import extend

    told(act, extend(office_at(place), key, step, last_on, document, document_on, act.by()))


@click.command("bind-due", help=_("Ghi hạn mà kế hoạch để ngỏ («đúng thời gian quy định») theo văn bản đã tìm ra."))
@key_argument
@step_option
@last_on_option
@document_option
@document_on_option
@act_options
def bind_command(key: str, step: str, last_on: date, document: str, document_on: date, act: Act, place: Place) -> None:
    """Record the due that was unset."""
    from dondoc.use_cases.bind_due import bind_due

    told(act, bind_due(office_at(place), key, step, last_on, document, document_on, act.by()))


@click.command("suspend", help=_("Tạm đình chỉ: những ngày tạm dừng được cộng vào hạn."))
@key_argument
@step_option
@reason_option
@document_option
@act_options
def suspend_command(key: str, step: str, reason: str, document: str, act: Act, place: Place) -> None:
    """Record a suspension."""
    from dondoc.use_cases.suspend import suspend

    told(act, suspend(office_at(place), key, step, reason, document, act.by()))


@click.command("resume", help=_("Tiếp tục sau khi tạm đình chỉ: bắt đầu một vòng mới với hạn mới."))
@key_argument
@step_option
@act_options
def resume_command(key: str, step: str, act: Act, place: Place) -> None:
    """Record the resumption."""
    from dondoc.use_cases.suspend import resume

    told(act, resume(office_at(place), key, step, act.by()))
