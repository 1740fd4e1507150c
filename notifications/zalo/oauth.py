"""Zalo's OAuth v4: a new pair of tokens for a refresh token, which is thereby used up."""

from typing import NamedTuple

from dondoc.words import _
from notifications.outcome import Outcome
from notifications.zalo.codes import ALARMS, meaning_of
from notifications.zalo.http import post

PATH = "/v4/oa/access_token"
SHORTEST = 60  # seconds; a pair that would not last this long is not believed


class Pair(NamedTuple):
    """Never print it. `lasts` is the access token's life in seconds; Zalo writes it as text."""

    access: str
    refresh: str
    lasts: int


class Trouble(NamedTuple):
    """Why there is no new pair. `lost`: the refresh token will not be taken again, somebody must connect anew."""

    outcome: Outcome
    lost: bool = False
    alarm: str = ""


def renew(app_id: str, app_secret: str, refresh: str, api: str = "") -> Pair | Trouble:
    """One try; a cut answer is "unknown", for the old refresh token may be used up by now."""
    form = {"app_id": app_id, "grant_type": "refresh_token", "refresh_token": refresh}
    answer = post("oauth", PATH, api=api, headers={"secret_key": app_secret}, form=form)
    if isinstance(answer, Outcome):
        return Trouble(answer)
    data = answer.data
    pair = _pair(data)
    if pair:
        return pair
    try:
        said = meaning_of("oauth", int(data["error"]))
    except (KeyError, TypeError, ValueError):
        return Trouble(Outcome("unknown", _("Câu trả lời của Zalo không có mã kết quả.")))
    outcome = said.outcome
    # A code nobody knows may as well be the one that says "lost": somebody must look before the present token ends.
    tells = said.meaning in ALARMS or said.meaning == "unknown-code"
    return Trouble(outcome, said.meaning == "reconnect", outcome.detail if tells else "")


def _pair(data: object) -> Pair | None:
    if not isinstance(data, dict) or not data.get("access_token") or not data.get("refresh_token"):
        return None
    try:
        lasts = int(str(data.get("expires_in")))
    except ValueError:
        lasts = 3600  # the pair must not be thrown away for a strange number: its refresh token is the only one
    return Pair(str(data["access_token"]), str(data["refresh_token"]), max(lasts, SHORTEST))
