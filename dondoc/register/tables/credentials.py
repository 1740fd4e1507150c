"""What opens the portal: of each secret only its SHA-256."""

from sqlalchemy import Text
from sqlmodel import Field, SQLModel


class CredentialRow(SQLModel, table=True):
    """One secret handed out: a sign-in link, a session, a feed, a key of an integration."""

    __tablename__ = "credential"

    sha: str = Field(sa_type=Text, primary_key=True)
    kind: str = Field(sa_type=Text, index=True)  # sign-in · session · feed · api
    subject: str = Field(sa_type=Text, index=True)  # person id; an integration's name
    rights: str = Field(sa_type=Text)  # JSON; how a session came to be, what a key may do
    made_at: str = Field(sa_type=Text)
    expires_at: str = Field(sa_type=Text)
    seen_at: str | None = Field(default=None, sa_type=Text)
    ended_at: str | None = Field(default=None, sa_type=Text)  # used up, signed out or revoked
