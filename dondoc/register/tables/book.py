"""The book: facts, their chain, what of them can be erased."""

from sqlalchemy import BigInteger, Column, Integer, Text, UniqueConstraint
from sqlmodel import Field, Index, SQLModel

# SQLite gives its rowid only to a column typed exactly INTEGER.
Serial = BigInteger().with_variant(Integer, "sqlite")


class FactRow(SQLModel, table=True):
    """One entry, never updated or deleted."""

    __tablename__ = "fact"
    __table_args__ = (UniqueConstraint("agency", "link"), Index("fact_of_occurrence", "occurrence", "seq"))

    seq: int = Field(sa_column=Column(Serial, primary_key=True, autoincrement=False))
    agency: str = Field(sa_type=Text)
    link: int = Field(sa_type=BigInteger)  # 1, 2, 3 … in the order of commits
    kind: str = Field(sa_type=Text)
    occurrence: str = Field(sa_type=Text)
    step: str = Field(sa_type=Text)
    recorded_at: str = Field(sa_type=Text)
    act_on: str = Field(sa_type=Text)
    actor: str = Field(sa_type=Text)
    via: str = Field(sa_type=Text)
    payload: str = Field(sa_type=Text)  # canonical JSON without its personal part
    personal: str = Field(sa_type=Text)  # salted SHA-256 of the personal part, or ""
    corrects: int = Field(sa_type=BigInteger)
    hash: str = Field(sa_type=Text)


class ChainRow(SQLModel, table=True):
    """The head of an agency's chain: what the next fact is chained to."""

    __tablename__ = "chain"

    agency: str = Field(sa_type=Text, primary_key=True)
    link: int = Field(sa_type=BigInteger)
    hash: str = Field(sa_type=Text)
    recorded_at: str = Field(sa_type=Text)


class PersonalRow(SQLModel, table=True):
    """What a fact says about persons; erasing empties salt and payload and keeps the day of it."""

    __tablename__ = "personal"

    seq: int = Field(sa_column=Column(Serial, primary_key=True, autoincrement=False))
    salt: str | None = Field(default=None, sa_type=Text)
    payload: str | None = Field(default=None, sa_type=Text)
    erased_at: str | None = Field(default=None, sa_type=Text)


class RequestRow(SQLModel, table=True):
    """A form sent twice is one act."""

    __tablename__ = "request"

    key: str = Field(sa_type=Text, primary_key=True)
    seq: int = Field(sa_type=BigInteger)  # first fact written under it
