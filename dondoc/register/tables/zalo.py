"""Zalo: the account's sealed tokens, what is left of its quotas, who wrote to it, which webhooks came."""

from sqlalchemy import BigInteger, Text
from sqlmodel import Field, SQLModel


class ZaloAccountRow(SQLModel, table=True):
    """One Official Account. `secrets`, `tokens` and `previous` are sealed; a refresh token works once."""

    __tablename__ = "zalo_account"

    oa_id: str = Field(sa_type=Text, primary_key=True)
    app_id: str = Field(sa_type=Text)
    api: str = Field(sa_type=Text)  # "" is Zalo itself, else a stand-in
    secrets: str = Field(sa_type=Text)
    tokens: str = Field(sa_type=Text)
    previous: str = Field(sa_type=Text)
    generation: int = Field(sa_type=BigInteger)  # how many times the tokens were renewed
    issued_at: str = Field(sa_type=Text)
    expires_at: str = Field(sa_type=Text)
    lease_by: str = Field(sa_type=Text)
    lease_until: str | None = Field(default=None, sa_type=Text)
    alarm: str = Field(sa_type=Text)


class ZaloQuotaRow(SQLModel, table=True):
    """What the last answer said is left of a channel's messages of one local day."""

    __tablename__ = "zalo_quota"

    oa_id: str = Field(sa_type=Text, primary_key=True)
    channel: str = Field(sa_type=Text, primary_key=True)
    day: str = Field(sa_type=Text)
    total: int = Field(sa_type=BigInteger)
    remaining: int = Field(sa_type=BigInteger)


class ZaloWriterRow(SQLModel, table=True):
    """Somebody who wrote to an account or a bot: only now can they be written to."""

    __tablename__ = "zalo_writer"

    account: str = Field(sa_type=Text, primary_key=True)
    user_id: str = Field(sa_type=Text, primary_key=True)
    name: str = Field(sa_type=Text)
    wrote_at: str = Field(sa_type=Text)
    left_at: str | None = Field(default=None, sa_type=Text)


class ZaloEventRow(SQLModel, table=True):
    """A webhook that came; a repetition of it changes nothing."""

    __tablename__ = "zalo_event"

    id: str = Field(sa_type=Text, primary_key=True)
    name: str = Field(sa_type=Text)
    oa_id: str = Field(sa_type=Text)
    tracking_id: str = Field(sa_type=Text)
    recorded_at: str = Field(sa_type=Text)
