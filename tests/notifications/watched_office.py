"""Days, keys and a letter box of the office under test."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from dondoc.core.delivery import Delivery
from dondoc.use_cases.act import Act
from dondoc.use_cases.deliver import DeliveryReport, deliver
from dondoc.use_cases.office import Office
from dondoc.use_cases.sweep import sweep
from notifications.outcome import Outcome

PLAN, SIGNED = "qcdc-2022", date(2022, 2, 18)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
REPORT = f"{PLAN}/bao-cao-dinh-ky/2022-H1/chi-cuc-tdc"
CLERK = "cb-dau-moi-tdc"


def at(day: date, hour: int = 8, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), ZONE).astimezone(UTC)


def june(day: int, hour: int = 8, minute: int = 0) -> datetime:
    return at(date(2022, 6, day), hour, minute)


def act(day: date) -> Act:
    return Act("van-phong", "cli", day)


class Box:
    """A mail server of the mind: keeps what it is handed, and answers as it was told to."""

    def __init__(self, *answers: str) -> None:
        self.letters: list[Delivery] = []
        self.answers = list(answers)

    def send(self, delivery: Delivery) -> Outcome:
        kind = self.answers.pop(0) if self.answers else "sent"
        self.letters.append(delivery)
        return Outcome(kind, kind)  # type: ignore[arg-type]

    def of(self, person: str) -> list[Delivery]:
        return [letter for letter in self.letters if letter.person == person]


def morning(office: Office, moment: datetime, box: Box) -> DeliveryReport:
    """What the office's runs do at one moment: sweep, then deliver."""
    sweep(office, moment)
    return deliver(office, moment, clock=lambda: moment, send=box.send)


class Post:
    """Several services of the mind: each answers as it was told to, and keeps what it was handed."""

    def __init__(self, **answers: str) -> None:
        self.answers, self.letters = answers, list[Delivery]()

    def send(self, delivery: Delivery) -> Outcome:
        self.letters.append(delivery)
        kind = self.answers.get(delivery.channel, "sent")
        return Outcome(kind, f"{delivery.channel} {kind}")  # type: ignore[arg-type]

    def of(self, person: str = CLERK) -> list[tuple[str, bool]]:
        """Channel, and whether it speaks of the report."""
        return [(x.channel, REPORT in x.text) for x in self.letters if x.person == person]


def delivered(office: Office, moment: datetime, post: Post) -> DeliveryReport:
    return deliver(office, moment, clock=lambda: moment, send=post.send)
