"""`dondoc up --smoke`: the proof that this machine can run an office, in a throw-away folder."""

import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dondoc.settings import Settings
from dondoc.up.first_check import open_for
from dondoc.up.house import House
from dondoc.up.mailbox import letters
from dondoc.up.server import runs
from dondoc.up.trouble import StartError
from dondoc.use_cases.desired_touchpoints import Touchpoint, desired_touchpoints
from dondoc.use_cases.office import Office
from dondoc.use_cases.sweep import sweep
from dondoc.words import _

LEAD = 45  # seconds from the standing server until the touchpoint's moment: all must be registered by then
PATIENCE = 150.0  # seconds from the ready house until everything was seen
HORIZON = timedelta(days=400)
TRIED = 40  # touchpoints looked at before giving up on finding one that speaks


def prove(settings: Settings, port_base: int, say: Callable[[str], None]) -> int:
    """0 when a run that Prefect scheduled, and a touchpoint's run, completed and the message arrived; else 3.

    With a register URL of its own the proof is written there, so that database must be empty.
    """
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix="smoke-", dir=settings.data))
    try:
        code = _prove_in(scratch, settings, port_base, say)
    except BaseException:
        say(_("Giữ lại để xem: {scratch}").format(scratch=scratch))
        raise
    if code == 0:
        shutil.rmtree(scratch, ignore_errors=True)
    return code


def _prove_in(scratch: Path, settings: Settings, port_base: int, say: Callable[[str], None]) -> int:
    point = _speaking_touchpoint(settings._replace(data=scratch / "rehearsal", register_url=""))
    say(_("Sẽ chứng minh bằng: {name} ({at:%d/%m/%Y})").format(name=point.name, at=point.at))
    proving = settings._replace(data=scratch / "office", deliver_every=20, horizon_days=1)
    if settings.register_url:
        _demand_empty(open_for(proving, lambda _line: None))
    with ProvingHouse(proving, port_base, say, point.at) as house:
        house.obey_signals()
        house.start()
        return _see(house, _wanted(house, point.name), say)


class ProvingHouse(House):
    """A house whose runner lives shortly before one moment of the plan, whatever the machine's clock says."""

    def __init__(self, settings: Settings, port_base: int, say: Callable[[str], None], moment_at: datetime) -> None:
        super().__init__(settings, port_base, say)
        self._moment_at = moment_at

    def _raise_runner(self) -> None:
        # Only now: how long the server took to stand up no longer counts.
        shift = (self._moment_at - datetime.now(UTC)).total_seconds() - LEAD
        self.settings = self.settings._replace(clock_shift=shift)
        self.say(_("CHẠY THỬ: đồng hồ được dời tới {lead} giây trước điểm nhắc.").format(lead=LEAD))
        super()._raise_runner()


def _demand_empty(office: Office) -> None:
    with office.register.reading() as book:
        if book.births():
            raise StartError(_("Cơ sở dữ liệu này đã có sổ theo dõi: hãy chạy thử trên một cơ sở dữ liệu trống."))


def _wanted(house: House, name: str) -> dict[str, Callable[[], bool]]:
    api, before = house.places.api_url, len(letters(house.places))
    return {
        _("một lần chạy do lịch sinh ra đã hoàn thành"): lambda: _scheduled_run_completed(api),
        _("lần chạy “{name}” đã hoàn thành").format(name=name): lambda: _touchpoint_completed(api, name),
        _("thư đã đến hộp thư"): lambda: len(letters(house.places)) > before,
    }


def _speaking_touchpoint(settings: Settings) -> Touchpoint:
    """The next touchpoint at which somebody is told something, tried out on a register of its own."""
    settings.data.mkdir(mode=0o700, parents=True)
    office = open_for(settings, lambda _line: None)
    now = datetime.now(UTC)
    sweep(office, now)
    for point in sorted(desired_touchpoints(office, now, now + HORIZON), key=lambda one: one.at)[:TRIED]:
        if point.at > now + timedelta(minutes=5) and _speaks(office, point):
            return point
    raise StartError(_("Không tìm thấy điểm nhắc nào sắp tới để chứng minh: kế hoạch nào còn hiệu lực?"))


def _speaks(office: Office, point: Touchpoint) -> bool:
    return sweep(office, point.at + timedelta(seconds=1)).told > 0


def _see(house: House, wanted: dict[str, Callable[[], bool]], say: Callable[[str], None]) -> int:
    waiting, left = dict(wanted), PATIENCE
    while waiting and left > 0 and not house.stopping.wait(1):
        left -= 1
        for what in [what for what, true in waiting.items() if true()]:
            say(f"  ✓ {what}")
            del waiting[what]
    for what in waiting:
        say(_("  ✗ chưa thấy: {what}").format(what=what))
    say(_("Chưa đạt.") if waiting else _("Đạt: mọi thứ chạy được trên máy này."))
    return 3 if waiting else 0


def _scheduled_run_completed(api_url: str) -> bool:
    return any(run.get("auto_scheduled") for run in runs(api_url, tag="don-doc", state="COMPLETED"))


def _touchpoint_completed(api_url: str, name: str) -> bool:
    done = [*runs(api_url, tag="điểm nhắc", state="COMPLETED"), *runs(api_url, tag="điểm nhắc", state="FAILED")]
    return any(run["name"] == name and run["state"]["name"] not in ("Failed", "Crashed") for run in done)
