"""The processes of a standing house: Prefect's server, the runner of our flows, the portal."""

import sys
from collections.abc import Mapping

from dondoc.settings import Settings
from dondoc.up.child import Child
from dondoc.up.environment import runner_environment, server_environment
from dondoc.up.places import HOST, Places
from dondoc.words import _


def server(environ: Mapping[str, str], places: Places) -> Child:
    """`prefect server start`, not yet started: the supported way in, for all that it costs a second."""
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", HOST, "--port", str(places.port_base)]
    environment = server_environment(environ, places)
    return Child(_("máy chủ luồng công việc"), command, environment, places.data, places.logs / "server.log")


def runner(environ: Mapping[str, str], places: Places, settings: Settings) -> Child:
    """Our runner, not yet started; it writes `places.ready` once all is registered."""
    environment = {**runner_environment(environ, places, settings), "DONDOC_READY_FILE": str(places.ready)}
    command = [sys.executable, "-m", "dondoc.up.runner"]
    return Child(_("bộ chạy luồng công việc"), command, environment, places.data, places.logs / "runner.log")


def portal(environ: Mapping[str, str], places: Places, settings: Settings) -> Child:
    """Health and figures over HTTP, not yet started."""
    environment = {**runner_environment(environ, places, settings), "DONDOC_PORTAL_PORT": str(places.portal_port)}
    return Child(
        _("cổng thông tin"),
        [sys.executable, "-m", "dondoc.portal"],
        environment,
        places.data,
        places.logs / "portal.log",
    )
