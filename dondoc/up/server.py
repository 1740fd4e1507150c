"""Talking to the Prefect server over its API without importing Prefect: is it well, and which runs does it hold."""

import json
import urllib.error
import urllib.request
from typing import Any

# The server is on this machine: a proxy named in the environment has no business in between.
_OPEN = urllib.request.build_opener(urllib.request.ProxyHandler({})).open


def is_healthy(api_url: str) -> bool:
    """Whether the server answers."""
    try:
        with _OPEN(f"{api_url}/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError):
        return False


def answers(url: str) -> bool:
    """Whether anything answers there, well or not."""
    try:
        with _OPEN(url, timeout=2):
            return True
    except urllib.error.HTTPError:
        return True
    except (OSError, urllib.error.URLError):
        return False


def runs(api_url: str, *, tag: str = "", state: str = "", limit: int = 50) -> list[dict[str, Any]]:
    """Flow runs that carry a tag and are in a state type such as COMPLETED, newest first."""
    wanted: dict[str, Any] = {}
    if tag:
        wanted["tags"] = {"all_": [tag]}
    if state:
        wanted["state"] = {"type": {"any_": [state]}}
    body = json.dumps({"flow_runs": wanted, "limit": limit, "sort": "START_TIME_DESC"}).encode()
    request = urllib.request.Request(
        f"{api_url}/flow_runs/filter", data=body, headers={"Content-Type": "application/json"}
    )
    with _OPEN(request, timeout=10) as answer:
        found: list[dict[str, Any]] = json.load(answer)
    return found
