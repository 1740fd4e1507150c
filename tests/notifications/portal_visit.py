"""Somebody comes to the portal as with a browser: opens their link, answers badly, asks for a way in, and signs in."""

import re
import time
from collections.abc import Sequence

import httpx
from mail_servers import Got

_LINK, _WAY_IN = re.compile(r"/viec/([\w.~-]{16,})"), re.compile(r"/vao/([\w.~-]{16,})")


def visited(url: str, got: Sequence[Got], who: str) -> dict[str, str]:
    """What was secret about it, by what it is: a link's token, a way in, a session's cookie."""
    link = _newest(_LINK, got)
    with httpx.Client(base_url=url, timeout=60) as browser:
        assert browser.get(f"/viec/{link}").status_code == 200
        assert browser.post(f"/viec/{link}/nop", data={"number": "x"}).status_code in (403, 422)
        assert browser.get(f"/viec/{link[:-2]}xx").status_code == 404
        assert browser.post("/dang-nhap", data={"who": who}).status_code == 303
        end = time.monotonic() + 60
        while not (way_in := _newest(_WAY_IN, got)):
            assert time.monotonic() < end, "no way in was sent"
            time.sleep(0.2)
        assert browser.get(f"/vao/{way_in}").status_code == 200
        assert browser.post(f"/vao/{way_in}").status_code == 303
        (cookie,) = (kept.value for kept in browser.cookies.jar)
        assert browser.get("/phien").status_code == 200
    return {"a link": link, "a way in": way_in, "a session": str(cookie)}


def _newest(pattern: re.Pattern[str], got: Sequence[Got]) -> str:
    texts = [
        part.get_content() for one in got for part in one.message.walk() if part.get_content_type() == "text/plain"
    ]
    found = [token for text in texts for token in pattern.findall(text)]
    return found[-1] if found else ""
