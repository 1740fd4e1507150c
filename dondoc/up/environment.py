"""The environments our processes get, stated in full: a stray PREFECT_* variable has broken servers before."""

import os
from collections.abc import Mapping
from pathlib import Path

from dondoc.settings import PREFIX, Settings, as_environment
from dondoc.up.places import Places

CHECKOUT = Path(__file__).resolve().parents[2]
_KEPT = (
    "PATH",
    "HOME",
    "USER",
    "LOGNAME",
    "LANG",
    "LC_ALL",
    "TMPDIR",
    "TEMP",
    "TMP",
    "SYSTEMROOT",
    "VIRTUAL_ENV",
    "TZDIR",
)
_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "SSL_CERT_FILE", "SSL_CERT_DIR")


def server_environment(environ: Mapping[str, str], places: Places) -> dict[str, str]:
    """For the Prefect server: nothing of the office's secrets, no telemetry, its own SQLite file."""
    database = places.prefect_home / "prefect.db"
    return {
        **_common(environ, places),
        "PREFECT_SERVER_API_HOST": "127.0.0.1",
        "PREFECT_SERVER_API_PORT": str(places.port_base),
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{database}",
        "PREFECT_SERVER_UI_API_URL": places.api_url,
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
        # Touchpoints are made by us; the scheduler only serves the house's own few flows.
        "PREFECT_SERVER_SERVICES_SCHEDULER_MIN_RUNS": "1",
        "PREFECT_SERVER_SERVICES_SCHEDULER_MIN_SCHEDULED_TIME": "PT1M",
        "PREFECT_SERVER_SERVICES_SCHEDULER_MAX_RUNS": "2",
        # Several checks share 08:00 and leave one after another: late means later than that.
        "PREFECT_SERVER_SERVICES_LATE_RUNS_AFTER_SECONDS": "PT10M",
        "PREFECT_SERVER_DEPLOYMENTS_CONCURRENCY_SLOT_WAIT_SECONDS": "5",
    }


def runner_environment(environ: Mapping[str, str], places: Places, settings: Settings) -> dict[str, str]:
    """For the runner and the flows under it: the office's settings and its channels' secrets."""
    office = {name: value for name, value in environ.items() if name.startswith(PREFIX)}
    proxies = {name: environ[name] for name in _PROXIES if name in environ}
    return {**_common(environ, places), **proxies, **office, **as_environment(settings)}


def _common(environ: Mapping[str, str], places: Places) -> dict[str, str]:
    return {
        **{name: environ[name] for name in _KEPT if name in environ},
        "PYTHONPATH": os.pathsep.join([str(CHECKOUT), *filter(None, [environ.get("PYTHONPATH", "")])]),
        "PYTHONUTF8": "1",
        "PYTHONUNBUFFERED": "1",
        "NO_PROXY": "127.0.0.1,localhost",
        "no_proxy": "127.0.0.1,localhost",
        "DO_NOT_TRACK": "1",
        "PREFECT_HOME": str(places.prefect_home),
        "PREFECT_PROFILES_PATH": str(places.prefect_home / "profiles.toml"),
        "PREFECT_API_URL": places.api_url,
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_CLI_PROMPT": "false",
        "PREFECT_CLI_COLORS": "false",
    }
