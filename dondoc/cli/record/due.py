"""Acts that set or stop a due: each by a document with its number and date."""

from datetime import date

import click

from dondoc.cli.day import DAY
from dondoc.cli.record.act import (
    Deed,
    act_options,
    document_on_option,
    document_option,
    key_argument,
    paper,
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
@click.option("--by-issuer", is_flag=True, help=_("Văn bản của chính cơ quan đã ấn định hạn."))
@act_options
def extend_command(
    key: str, step: str, last_on: date, document: str, document_on: date, by_issuer: bool, deed: Deed
) -> None:
    """Record an extension."""
    from dondoc.use_cases.extend import extend

    by = paper(document, document_on)
    told(deed, extend(deed.office, key, last_on, by, deed.act, deed.at, step, by_issuer=by_issuer))


@click.command("ask-extension", help=_("Ghi đề nghị gia hạn của người làm; hạn chưa đổi cho đến khi có quyết định."))
@key_argument
@step_option
@click.option("--until", type=DAY, required=True, metavar=_("NGÀY"), help=_("Ngày xin đến."))
@reason_option
@act_options
def ask_command(key: str, step: str, until: date, reason: str, deed: Deed) -> None:
    """Record the doer's request."""
    from dondoc.use_cases.extend import ask_extension

    told(deed, ask_extension(deed.office, key, until, reason, deed.act, deed.at, step))


@click.command("reset", help=_("Đặt lại hạn, sớm hơn hoặc muộn hơn, theo văn bản."))
@key_argument
@step_option
@last_on_option
@document_option
@document_on_option
@act_options
def reset_command(key: str, step: str, last_on: date, document: str, document_on: date, deed: Deed) -> None:
    """Record a due set anew."""
    from dondoc.use_cases.extend import reset_due

    told(deed, reset_due(deed.office, key, last_on, paper(document, document_on), deed.act, deed.at, step))


@click.command("bind-due", help=_("Ghi hạn mà kế hoạch để ngỏ («đúng thời gian quy định») theo văn bản đã tìm ra."))
@key_argument
@step_option
@last_on_option
@document_option
@document_on_option
@act_options
def bind_command(key: str, step: str, last_on: date, document: str, document_on: date, deed: Deed) -> None:
    """Record the due that was unset."""
    from dondoc.use_cases.extend import bind_due

    told(deed, bind_due(deed.office, key, last_on, paper(document, document_on), deed.act, deed.at, step))


@click.command("suspend", help=_("Tạm đình chỉ: những ngày tạm dừng được cộng vào hạn."))
@key_argument
@step_option
@reason_option
@document_option
@document_on_option
@act_options
def suspend_command(key: str, step: str, reason: str, document: str, document_on: date, deed: Deed) -> None:
    """Record a suspension."""
    from dondoc.use_cases.people_acts import suspend

    told(deed, suspend(deed.office, key, reason, paper(document, document_on), deed.act, deed.at, step))


@click.command("resume", help=_("Tiếp tục sau khi tạm đình chỉ: bắt đầu một vòng mới với hạn mới."))
@key_argument
@step_option
@act_options
def resume_command(key: str, step: str, deed: Deed) -> None:
    """Record the resumption."""
    from dondoc.use_cases.people_acts import resume

    told(deed, resume(deed.office, key, deed.act, deed.at, step))
