"""Secrets that open the portal: looked up by their SHA-256, used up by one conditional update."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from dondoc.register.connection import Row, Sql
from dondoc.register.page import Page
from dondoc.register.text import canonical, instant, maybe_instant, maybe_moment, moment

COLUMNS = "sha, kind, subject, rights, made_at, expires_at, seen_at, ended_at"
PUT = Sql(
    f"INSERT INTO credential ({COLUMNS}) "
    "VALUES (:sha, :kind, :subject, :rights, :made_at, :expires_at, :seen_at, :ended_at)"
)
OF_SHA = Sql(f"SELECT {COLUMNS} FROM credential WHERE sha = :sha AND kind = :kind")
LIVING = Sql(
    f"SELECT {COLUMNS} FROM credential WHERE kind = :kind AND ended_at IS NULL AND expires_at > :at "
    "ORDER BY made_at, sha"
)
LIVING_OF = Sql(
    f"SELECT {COLUMNS} FROM credential WHERE kind = :kind AND subject = :subject AND ended_at IS NULL "
    "AND expires_at > :at ORDER BY made_at, sha"
)
MADE_SINCE = Sql("SELECT count(*) FROM credential WHERE kind = :kind AND subject = :subject AND made_at > :since")
END = Sql(
    "UPDATE credential SET ended_at = :at WHERE sha = :sha AND kind = :kind AND ended_at IS NULL AND expires_at > :at"
)
END_ALL = Sql(
    "UPDATE credential SET ended_at = :at WHERE subject = :subject AND kind {among kinds} "
    "AND ended_at IS NULL AND expires_at > :at"
)
ENDED = Sql("SELECT sha FROM credential WHERE ended_at IS NOT NULL ORDER BY sha")
END_THESE = Sql(
    "UPDATE credential SET ended_at = :at WHERE ended_at IS NULL AND (sha {among shas} OR kind {among kinds})"
)
SEEN = Sql("UPDATE credential SET seen_at = :at WHERE sha = :sha AND ended_at IS NULL")
FORGET = Sql("DELETE FROM credential WHERE expires_at < :before OR ended_at < :before")


class Credential(NamedTuple):
    """`rights` are JSON values."""

    sha: str
    kind: str
    subject: str
    rights: Mapping[str, Any]
    made_at: datetime
    expires_at: datetime
    seen_at: datetime | None = None
    ended_at: datetime | None = None

    def lives(self, at: datetime) -> bool:
        return self.ended_at is None and at < self.expires_at


class Credentials(Page):
    def put_credential(self, made: Credential) -> None:
        self.session.change(
            PUT,
            sha=made.sha,
            kind=made.kind,
            subject=made.subject,
            rights=canonical(made.rights),
            made_at=instant(made.made_at),
            expires_at=instant(made.expires_at),
            seen_at=maybe_instant(made.seen_at),
            ended_at=maybe_instant(made.ended_at),
        )

    def credential(self, kind: str, sha: str) -> Credential | None:
        found = self.session.rows(OF_SHA, sha=sha, kind=kind)
        return _credential(found[0]) if found else None

    def living_credentials(self, kind: str, at: datetime) -> list[Credential]:
        return [_credential(row) for row in self.session.rows(LIVING, kind=kind, at=instant(at))]

    def credentials_of(self, kind: str, subject: str, at: datetime) -> list[Credential]:
        """What one subject holds of a kind and is still alive, oldest first."""
        rows = self.session.rows(LIVING_OF, kind=kind, subject=subject, at=instant(at))
        return [_credential(row) for row in rows]

    def credentials_made(self, kind: str, subject: str, since: datetime) -> int:
        """How many of a kind one subject was given after an instant."""
        return int(self.session.rows(MADE_SINCE, kind=kind, subject=subject, since=instant(since))[0][0])

    def end_credential(self, kind: str, sha: str, at: datetime) -> bool:
        """Use it up; False where it was already, or is too old: of two who come at once one wins."""
        return self.session.change(END, sha=sha, kind=kind, at=instant(at)) == 1

    def end_credentials(self, subject: str, kinds: Sequence[str], at: datetime) -> int:
        """Everything a subject holds of these kinds; returns how many were still alive."""
        return self.session.change(END_ALL, subject=subject, kinds=list(kinds), at=instant(at))

    def ended_credentials(self) -> list[str]:
        """Those used up, signed out of or revoked, by their SHA-256."""
        return [row[0] for row in self.session.rows(ENDED)]

    def end_these_credentials(self, shas: Sequence[str], kinds: Sequence[str], at: datetime) -> int:
        """These, and everybody's of these kinds; how many were still alive."""
        return self.session.change(END_THESE, shas=list(shas), kinds=list(kinds), at=instant(at))

    def note_credential(self, sha: str, at: datetime) -> None:
        self.session.change(SEEN, sha=sha, at=instant(at))

    def forget_credentials(self, before: datetime) -> int:
        return self.session.change(FORGET, before=instant(before))


def _credential(row: Row) -> Credential:
    sha, kind, subject, rights, made_at, expires_at, seen_at, ended_at = row
    return Credential(
        sha,
        kind,
        subject,
        json.loads(rights),
        moment(made_at),
        moment(expires_at),
        maybe_moment(seen_at),
        maybe_moment(ended_at),
    )
