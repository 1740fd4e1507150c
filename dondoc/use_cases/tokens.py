"""Keys of other programs: what each may do, until when; handed out once, and ended by name."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple, get_args

from dondoc.core.facts import Fact, FactKind
from dondoc.core.rights import MATRIX, Action, Subject, Viewer, may
from dondoc.use_cases.credentials import LIVES, end_all, issue, read
from dondoc.use_cases.office import Office, local_day
from dondoc.use_cases.refused import Refused
from dondoc.use_cases.sessions import NOTED, note_seen
from dondoc.words import _

PREFIX = "dondoc_"  # by which programs that look for leaked secrets know ours
SCOPES: tuple[Action, ...] = tuple(action for action in get_args(Action) if action in MATRIX["program"])


class Program(NamedTuple):
    """Another program. `scopes` are actions of the one table of rights; none ever reaches a confidential case."""

    name: str
    scopes: frozenset[str]

    @property
    def viewer(self) -> Viewer:
        """As the use cases see whoever asks."""
        return Viewer(f"api:{self.name}", self.name, "", frozenset({"program"}))

    def may(self, action: Action, subject: Subject | None = None) -> bool:
        return action in self.scopes and may(self.viewer, action, subject)


class TokenShown(NamedTuple):
    """A key that is alive; the key itself nobody can read again."""

    name: str
    scopes: tuple[str, ...]
    made_at: datetime
    expires_at: datetime
    seen_at: datetime | None


def issue_token(
    office: Office, name: str, scopes: Sequence[str], at: datetime, actor: str, *, lives: timedelta = LIVES["api"]
) -> str:
    """The key. Refused for a scope that no program may have, and for a name that nobody could type."""
    if not name or not name.replace("-", "").isalnum() or not name.isascii() or len(name) > 40:
        raise Refused(_("Tên chương trình chỉ gồm chữ không dấu, số và dấu gạch nối."), _("Ví dụ: van-phong-dien-tu."))
    unknown = sorted(set(scopes) - set(SCOPES))
    if unknown or not scopes:
        raise Refused(
            _("Không có quyền nào tên «{name}».").format(name=", ".join(unknown)),
            _("Các quyền: {known}.").format(known=", ".join(SCOPES)),
        )
    rights = {"scopes": sorted(set(scopes))}
    secret = issue(office, "api", name, at, rights=rights, lives=lives)
    _note(
        office,
        "token-issued",
        actor,
        at,
        {"name": name, **rights, "last_on": local_day(office, at + lives).isoformat()},
    )
    return PREFIX + secret


def tokens(office: Office, at: datetime) -> list[TokenShown]:
    """Those alive, oldest first."""
    with office.register.reading() as book:
        found = book.living_credentials("api", at)
    return [
        TokenShown(one.subject, tuple(one.rights.get("scopes", ())), one.made_at, one.expires_at, one.seen_at)
        for one in found
    ]


def revoke_tokens(office: Office, name: str, at: datetime, actor: str) -> int:
    """End every key of a program; how many. Refused where it has none."""
    ended = end_all(office, name, ["api"], at)
    if not ended:
        raise Refused(_("Không có khoá nào của «{name}» còn dùng được.").format(name=name), _("Xem: dondoc token list"))
    _note(office, "token-revoked", actor, at, {"name": name, "count": ended})
    return ended


def program_of(office: Office, token: str, at: datetime) -> Program | None:
    """Whose key it is as of `at`; None for one that opens nothing."""
    found = read(office, "api", token.removeprefix(PREFIX), at) if token.startswith(PREFIX) else None
    if found is None:
        return None
    if found.seen_at is None or at - found.seen_at >= NOTED:
        note_seen(office, found.sha, at)
    return Program(found.subject, frozenset(found.rights.get("scopes", ())))


def _note(office: Office, kind: FactKind, actor: str, at: datetime, payload: dict[str, Any]) -> None:
    with office.register.writing() as book:
        book.append([Fact(kind, "", "", at, local_day(office, at), actor, "cli", payload)])
