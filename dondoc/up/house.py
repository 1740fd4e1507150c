"""The standing house: lock, ports, mailbox, server, runner; watched while it runs, taken down in order."""

import os
import signal
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from types import FrameType

from dondoc.settings import Settings, office_moment
from dondoc.up import children
from dondoc.up.child import Child
from dondoc.up.first_check import first_check, open_for
from dondoc.up.lock import InstanceLock
from dondoc.up.mailbox import embedded, environment_of, needs_mailbox
from dondoc.up.places import Places
from dondoc.up.ports import demand_free
from dondoc.up.server import answers, is_healthy
from dondoc.up.space import demand_space
from dondoc.up.trouble import StartError
from dondoc.use_cases.mail_route import route_from, unreadable_channels
from dondoc.use_cases.mailbox_page import first_sign_in
from dondoc.use_cases.office import Office
from dondoc.words import _
from notifications.channels import problem_with
from notifications.mailbox import MailboxError

SERVER_PATIENCE = 120.0  # its first start runs its own migrations: 9 to 25 s measured, more on a busy machine
RUNNER_PATIENCE = 180.0
PORTAL_PATIENCE = 60.0
RESTARTS = 5  # of one child, before the house gives up in words


class House:
    """Everything one office needs while `dondoc up` runs. Use as a context: leaving it stops what was started."""

    def __init__(self, settings: Settings, port_base: int, say: Callable[[str], None]) -> None:
        self.settings, self.say = settings, say
        self.places = Places(settings.data, port_base)
        self.stopping = threading.Event()
        self._lock = InstanceLock(self.places.lock)
        self._stack = ExitStack()
        self._children: list[Child] = []
        self._environ = {
            "DONDOC_PORTAL_URL": self.places.portal_url,
            **os.environ,
        }  # and how the embedded mailbox is reached, once it is open

    def __enter__(self) -> "House":
        return self

    def __exit__(self, *trouble: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start all, in the order in which one needs another; StartError says what did not stand up."""
        began = time.monotonic()
        self.places.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        demand_space(self.places.data)
        self._hold_place()
        self._open_mailbox()
        office = open_for(self.settings, self.say, route_from(self._environ))
        for name, problem in unreadable_channels(office.mail):
            self.say(_("Kênh {name}: {problem}").format(name=name, problem=problem))
        self._raise_server(meanwhile=lambda: first_check(office, self.settings, self.say))
        portal = self._begin_portal()
        self._raise_runner()
        self._await(portal, lambda: answers(f"{self.places.portal_url}/suc-khoe"), PORTAL_PATIENCE)
        self.say(_("Sẵn sàng sau {seconds:.0f} giây. Dừng: Ctrl-C.").format(seconds=time.monotonic() - began))
        self._tell_addresses()
        self._tell_newcomer(office)

    def _hold_place(self) -> None:
        if leftovers := self._lock.take():
            self.say(
                _("Lần chạy trước dừng đột ngột: đã dọn {leftovers} tiến trình còn sót.").format(leftovers=leftovers)
            )
        self._stack.callback(self._lock.release)
        uses = {
            self.places.port_base: _("giao diện luồng công việc"),
            self.places.portal_port: _("cổng thông tin"),
        }
        if needs_mailbox(self._environ):
            uses[self.places.smtp_port] = _("hộp thư kèm theo")
        demand_free(uses, self.places.port_base)

    def _open_mailbox(self) -> None:
        if needs_mailbox(self._environ):
            mailbox = embedded(self.places)
            try:
                mailbox.start()
            except MailboxError as error:  # taken since the ports were looked at
                raise StartError(str(error)) from error
            self._stack.callback(mailbox.stop)
            self._environ |= environment_of(mailbox)
            self.say(
                _("Hộp thư kèm theo: {url} (xem thư: dondoc mailbox list --data {data})").format(
                    url=mailbox.url, data=self.places.data
                )
            )
        elif problem := problem_with(self._environ["DONDOC_SMTP_URL"]):
            raise StartError(f"DONDOC_SMTP_URL: {problem}\n" + _("Chưa khởi động gì: hãy sửa rồi chạy lại dondoc up."))

    def _raise_server(self, meanwhile: Callable[[], None]) -> None:
        self.say(_("Đang khởi động máy chủ luồng công việc (lần đầu lâu hơn, khoảng nửa phút)…"))
        server = children.server(self._environ, self.places)
        self._begin(server, grace=3.0)
        meanwhile()
        self._await(server, lambda: is_healthy(self.places.api_url), SERVER_PATIENCE)

    def _begin_portal(self) -> Child:
        portal = children.portal(self._environ, self.places, self.settings)
        self._begin(portal, grace=3.0)
        return portal

    def _raise_runner(self) -> None:
        self.say(_("Đang đăng ký các nghĩa vụ và xếp lịch kiểm tra…"))
        self.places.ready.unlink(missing_ok=True)
        runner = children.runner(self._environ, self.places, self.settings)
        self._begin(runner, grace=4.0)
        self._await(runner, self.places.ready.exists, RUNNER_PATIENCE)

    def _begin(self, child: Child, grace: float) -> None:
        child.start()
        self._children.append(child)
        self._stack.callback(child.stop, grace)
        self._note()

    def _note(self) -> None:
        self._lock.note(self.places.ui_url, [child.pid for child in self._children], datetime.now(UTC))

    def _await(self, child: Child, ready: Callable[[], bool], patience: float) -> None:
        end = time.monotonic() + patience
        while not ready():
            if self.stopping.wait(0.2):
                raise StartError(_("Đã dừng theo yêu cầu."), 0)
            if child.died is not None or time.monotonic() > end:
                how = (
                    _("tự thoát")
                    if child.died is not None
                    else _("không sẵn sàng sau {patience:.0f} giây").format(patience=patience)
                )
                raise StartError(
                    _("{name} {how}. Nhật ký: {log}").format(name=child.name, how=how, log=child.log)
                    + f"\n{child.last_words()}",
                    3,
                )

    def _tell_addresses(self) -> None:
        self.say(_("  Giao diện luồng công việc: {ui_url}").format(ui_url=self.places.ui_url))
        self.say(_("  Cổng làm việc:             {url}").format(url=self.places.portal_url))
        self.say(_("  Sức khoẻ, số đo:           {url}/suc-khoe, {url}/metrics").format(url=self.places.portal_url))
        self.say(_("  Bảng theo dõi:             dondoc status --data {data}").format(data=self.places.data))
        self.say(_("  Dữ liệu và nhật ký:        {data}").format(data=self.places.data))

    def _tell_newcomer(self, office: Office) -> None:
        """On trial whoever started the house may look at once; a link to sign in would lie behind signing in."""
        if found := first_sign_in(office, office_moment(self.settings, datetime.now(UTC))):
            address, viewer = found
            self.say(
                _("Xem thư thử và cổng làm việc với tư cách {name} (dùng một lần, trong 20 phút):").format(
                    name=viewer.name
                )
            )
            self.say(f"  {address}")

    def watch(self) -> None:
        """Until told to stop: a child that dies is started again, a few times, then the house says so and ends."""
        while not self.stopping.wait(0.5):
            for child in self._children:
                if child.died is not None:
                    self._raise_again(child)

    def _raise_again(self, child: Child) -> None:
        if child.starts > RESTARTS:
            raise StartError(
                _("{name} dừng {starts} lần. Nhật ký: {log}").format(
                    name=child.name, starts=child.starts, log=child.log
                )
                + f"\n{child.last_words()}",
                3,
            )
        self.say(
            _("{name} dừng bất ngờ (mã {died}); đang khởi động lại. Nhật ký: {log}").format(
                name=child.name, died=child.died, log=child.log
            )
        )
        child.stop(0)
        child.start()
        self._note()

    def stop(self) -> None:
        """Stop everything that was started, last first; within ten seconds in all."""
        began = time.monotonic()
        had = bool(self._children)
        if had:
            self.say(_("Đang dừng…"))
        self._stack.close()
        self._children.clear()
        if had:
            self.say(_("Đã dừng sau {seconds:.1f} giây.").format(seconds=time.monotonic() - began))

    def obey_signals(self) -> None:
        """Ctrl-C and SIGTERM end the watch; main thread only."""

        def ask(_number: int, _frame: FrameType | None) -> None:
            self.stopping.set()

        signal.signal(signal.SIGINT, ask)
        signal.signal(signal.SIGTERM, ask)
