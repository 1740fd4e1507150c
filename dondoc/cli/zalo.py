"""`dondoc zalo`: the office's Official Account and bots, and a stand-in to try everything on."""

import json
import sys

import click

from dondoc.cli.clock import now
from dondoc.cli.options import Place, json_option, place_options
from dondoc.words import _

KEYS = ("app_secret", "oa_secret", "refresh_token")


@click.group("zalo", help=_("Kết nối Zalo của cơ quan, xem tình trạng, và thử với bản giả lập."))
def command() -> None:
    """The group itself does nothing."""


@command.command(
    "connect",
    help=_("Kết nối một Official Account: hỏi các khoá, giữ ở dạng niêm phong, rồi đổi mã ngay để thử.")
    + "\n\n"
    + _("Khoá không bao giờ ghi trên dòng lệnh. Lấy ở đâu: docs/zalo.md."),
)
@click.option("--oa-id", required=True, metavar=_("MÃ_OA"), help=_("Mã Official Account."))
@click.option("--app-id", required=True, metavar=_("MÃ_ỨNG_DỤNG"), help=_("Mã ứng dụng Zalo."))
@click.option("--stdin", "from_stdin", is_flag=True, help=_("Đọc các khoá là một đối tượng JSON từ đầu vào chuẩn."))
@click.option(
    "--reserve", type=click.IntRange(0), metavar=_("SỐ"), help=_("Số tin mỗi ngày để dành cho báo cáo cấp trên.")
)
@click.option("--api", default="", metavar="URL", help=_("Bản giả lập trên máy này, chỉ khi sổ còn chạy thử."))
@place_options
def connect_command(oa_id: str, app_id: str, from_stdin: bool, reserve: int | None, api: str, place: Place) -> None:
    """Ask for the keys and keep them."""
    from dondoc.cli.office import office_at
    from dondoc.use_cases.zalo_account import FirstKeys, connect_zalo

    office = office_at(place)
    given = _read_keys() if from_stdin else _asked_keys()
    outcome = connect_zalo(office, oa_id, app_id, FirstKeys(**given), now, api=api, reserve=reserve)
    if outcome.kind != "sent":
        raise click.ClickException(
            outcome.detail + " " + _("Các khoá đã được giữ; sửa lại bằng cách chạy lại lệnh này với mã làm mới mới.")
        )
    click.echo(_("Đã kết nối Official Account {oa}; mã truy cập tự làm mới.").format(oa=oa_id))
    if api:
        click.echo(_("ĐÂY LÀ BẢN GIẢ LẬP, không phải Zalo: {api}").format(api=api))


def _asked_keys() -> dict[str, str]:
    names = {
        "app_secret": _("Khoá bí mật của ứng dụng"),
        "oa_secret": _("Khoá bí mật của Official Account (dùng cho webhook)"),
        "refresh_token": _("Mã làm mới (refresh token)"),
    }
    return {name: click.prompt(names[name], hide_input=True).strip() for name in KEYS}


def _read_keys() -> dict[str, str]:
    try:
        given = json.loads(sys.stdin.read())
        return {name: str(given[name]).strip() for name in KEYS}
    except (ValueError, KeyError, TypeError):
        # Nothing of what was read is repeated.
        raise click.ClickException(
            _("Đầu vào phải là JSON có đủ các khoá: {keys}.").format(keys=", ".join(KEYS))
        ) from None


@command.command("status", help=_("Tình trạng kết nối: tuổi của mã truy cập, hạn mức, điều cần xử lý."))
@json_option
@place_options
def status_command(as_json: bool, place: Place) -> None:
    """Print every account."""
    from dondoc.cli.office import office_at
    from dondoc.cli.table import print_json
    from dondoc.use_cases.zalo_account import zalo_status

    found = zalo_status(office_at(place), now())
    if as_json:
        print_json(found)
    elif not found:
        click.echo(_("Chưa kết nối Official Account nào: dondoc zalo connect."))
    else:
        for status in found:
            _show(status)


def _show(status: object) -> None:
    from dondoc.cli.day import shown_at
    from dondoc.use_cases.zalo_account import ZaloStatus

    assert isinstance(status, ZaloStatus)
    played = _(" – BẢN GIẢ LẬP ở {api}, không phải Zalo").format(api=status.stand_in) if status.stand_in else ""
    click.echo(f"Official Account {status.oa_id}{played}")
    age, last = status.age // 3600, shown_at(status.expires_at)
    click.echo("  " + _("Mã truy cập: {hours} giờ tuổi, dùng được đến {last}").format(hours=age, last=last))
    click.echo("  " + _("Mã làm mới: dùng được đến khoảng {last}").format(last=shown_at(status.refresh_expires_at)))
    for quota in status.quotas:
        told = _("Hạn mức {channel} hôm nay: còn {left} trong {total}, để dành {reserve}")
        left, total = quota.remaining, quota.total
        click.echo("  " + told.format(channel=quota.channel, left=left, total=total, reserve=status.reserve))
    click.echo("  " + _("Đang nhắn được bằng tin OA: {count} người").format(count=status.can_be_written_to))
    if status.alarm:
        click.echo("  " + _("CẦN XỬ LÝ: {alarm}").format(alarm=status.alarm))


@command.command("refresh", help=_("Làm mới mã truy cập đã quá nửa tuổi; dùng cho lịch chạy riêng."))
@place_options
def refresh_command(place: Place) -> None:
    """Renew what is due, and end with 1 where the office must act."""
    from dondoc.cli.office import office_at
    from dondoc.use_cases.zalo_token import keep_tokens

    alarms = keep_tokens(office_at(place), now)
    if alarms:
        raise click.ClickException("\n".join(alarms))
    click.echo(_("Các mã truy cập Zalo đều dùng được."))


@command.command("listen", help=_("Chờ người nhắn cho bot Zalo, ghi lại địa chỉ của họ để đưa vào danh bạ."))
@click.option("--seconds", type=click.IntRange(1, 86400), default=60, show_default=True, help=_("Chờ bao lâu."))
@place_options
def listen_command(seconds: int, place: Place) -> None:
    """Print who wrote."""
    from time import monotonic

    from dondoc.cli.office import office_at
    from dondoc.use_cases.zalo_listen import bots_of, listen

    office, until = office_at(place), monotonic() + seconds
    bots = bots_of(office)
    while (left := until - monotonic()) > 0:
        for bot in bots:
            found = listen(office, bot, now(), wait=int(min(30, left / len(bots))) or 1)
            if not isinstance(found, list):
                raise click.ClickException(found.detail)
            for writer in found:
                click.echo(_("{name}: chat_id {id}").format(name=writer.name or "?", id=writer.chat_id))


@command.command("people", help=_("Những người đã nhắn cho Official Account hoặc bot của cơ quan."))
@json_option
@place_options
def people_command(as_json: bool, place: Place) -> None:
    """Print them with the address to put into contacts.yaml."""
    from dondoc.cli.day import shown_at
    from dondoc.cli.office import office_at
    from dondoc.cli.table import print_json, print_table
    from dondoc.use_cases.zalo_account import zalo_writers

    writers = zalo_writers(office_at(place))
    if as_json:
        print_json(writers)
    elif not writers:
        click.echo(_("Chưa có ai nhắn."))
    else:
        heads = (_("Tài khoản"), _("Địa chỉ"), _("Tên"), _("Nhắn lần cuối"))
        print_table(heads, [(w.account, w.user_id, w.name, shown_at(w.wrote_at)) for w in writers])


@command.command(
    "stand-in",
    help=_("Chạy bản GIẢ LẬP của Zalo trên máy này, để thử và trình diễn; không có gì ra ngoài."),
)
@click.option("--port", type=click.IntRange(0, 65535), default=8099, show_default=True, help=_("Cổng để nghe."))
@click.option("--webhook", default="", metavar="URL", help=_("Nơi nhận webhook, trên máy này."))
@json_option
def stand_in_command(port: int, webhook: str, as_json: bool) -> None:
    """Print how to connect to it, then wait until stopped."""
    from dondoc.use_cases.zalo_stand_in import start_stand_in

    playing = start_stand_in(port, webhook)
    if as_json:
        click.echo(json.dumps({**playing._asdict(), "stand_in": True}, ensure_ascii=False))
    else:
        click.echo(_("BẢN GIẢ LẬP Zalo đang nghe ở {api}. Dừng: Ctrl-C.").format(api=playing.api))
        line = f"dondoc zalo connect --stdin --oa-id {playing.oa_id} --app-id {playing.app_id} --api {playing.api}"
        click.echo(f"  echo '{json.dumps(playing.keys)}' | {line}")
        click.echo(f"  channels.yaml:  zalo: zalozbs://{playing.oa_id}/?api={playing.api}")
        click.echo(f"                  zalo-bot: zalobot://{playing.bot_token}/?api={playing.api}")
    sys.stdout.flush()
    playing.stand_in.wait()
