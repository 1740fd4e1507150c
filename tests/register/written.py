"""Values the register's tests write; every one made of its key."""

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

from dondoc.core.delivery import Delivery
from dondoc.core.facts import Fact
from dondoc.core.notice import Notice
from dondoc.core.occurrence import Birth, Round
from dondoc.register import Book, digest_of

AT = datetime(2022, 6, 3, 1, 0, tzinfo=UTC)  # 08:00 at the office
DAY = date(2022, 6, 3)
DEFINITION = "{}"
VERSION = sha256(DEFINITION.encode()).hexdigest()
LEASE = timedelta(minutes=5)


def birth(name: str) -> Birth:
    first = Round(1, "opened", AT, date(2022, 6, 4), DAY, date(2022, 6, 4), why=("trước ngày 05/6", "03/6/2022"))
    return Birth(
        key=f"qcdc-2022/bao-cao/{name}",
        plan="qcdc-2022",
        obligation="bao-cao",
        version=VERSION,
        period="2022-H1",
        label="6 tháng đầu năm 2022",
        party=name,
        opens_at=AT,
        event_on=DAY,
        excluded=("nguoi-bi-to-cao",),
        rounds=(("gui", first),),
    )


def fact(occurrence: str = "", kind: Any = "submitted", at: datetime = AT, **payload: Any) -> Fact:
    return Fact(kind, occurrence, "gui", at, DAY, "dau-moi", "cli", payload)


def notice(key: str, occurrence: str = "qcdc-2022/bao-cao/x", **fields: Any) -> Notice:
    given = Notice(
        key, "reminder", occurrence, "gui", 1, 0, "can-bo", "dau-moi", "", "urge", 1, AT, AT + timedelta(days=1), {}
    )
    return given._replace(**fields)


def delivery(id_: str, **fields: Any) -> Delivery:
    given = Delivery(
        id_,
        "can-bo",
        "email",
        "can-bo@so.example",
        "now",
        DAY,
        "Đôn đốc báo cáo",
        "văn bản",
        "<p>văn bản</p>",
        f"<{id_}@so.example>",
        AT + timedelta(days=1),
    )
    return given._replace(**fields)


def open_all(book: Book, *names: str) -> list[str]:
    """Births with the fact that vouches for them; their keys."""
    births = [birth(name) for name in names]
    book.put_versions({VERSION: DEFINITION})
    made = book.add_births(births)
    new = [one for one in births if one.key in made]
    if new:
        book.append([fact(kind="plan-opened", count=len(new), digest=digest_of(new))])
    return made
