"""Where somebody stands to act: on one step of one occurrence, in their own name, through one door."""

from datetime import date
from typing import Literal, NamedTuple

from dondoc.use_cases.act import Act
from dondoc.use_cases.office import Office
from dondoc.use_cases.refused import Refused
from dondoc.words import _

Deed = Literal[
    "submit",
    "checklist",
    "nothing",
    "extension",
    "not-mine",
    "acknowledge",
    "confirm",
    "return",
    "extend",
    "bind",
    "reset",
    "basis",
    "complex",
    "missing",
    "assign",
    "reassign",
    "suspend",
    "resume",
    "waive",
    "close",
    "correct",
    "approve",
    "withhold",
]


class Post(NamedTuple):
    """`may` are the deeds open now. `seal` binds a form's key to where it was handed out."""

    key: str
    step: str
    person: str
    via: Literal["link", "portal"]
    seal: str
    may: tuple[Deed, ...]
    today: date
    rung: int | None = None  # of the report that waits for a word
    no_files: bool = False  # a paper of the Party or a secret one: number, day and place alone
    confidential: bool = False

    def act(self, request_key: str) -> Act:
        """Today's act under a key that nobody can use up from another place."""
        return Act(self.person, self.via, self.today, f"{self.via}/{self.seal}/{request_key}")


def entering(office: Office, post: Post, deed: Deed, request_key: str) -> Act:
    """The act, if the deed is open; Refused otherwise. A form sent twice is left to its request key."""
    act = post.act(request_key)
    with office.register.reading() as book:
        again = book.seen(act.request_key)
    if deed not in post.may and not again:
        raise Refused(
            _("Việc này hiện không nhận câu trả lời ấy."), _("Xem tình trạng ở đầu trang, hoặc báo Văn phòng.")
        )
    return act
