"""The outbox: notices, the deliveries composed of them, every attempt."""

from sqlalchemy import BigInteger, Column, ForeignKey, Text, text
from sqlmodel import Field, Index, SQLModel

from dondoc.register.tables.book import Serial

_waiting = text("delivery IS NULL AND withdrawn_at IS NULL")
_code = text("code <> ''")
_digest = text("pace = 'digest' AND status NOT IN ('withdrawn', 'replaced', 'dead')")


class DeliveryRow(SQLModel, table=True):
    """One message to one person; its words never change, its state does."""

    __tablename__ = "delivery"
    __table_args__ = (
        Index(
            "one_digest_a_day",
            "person",
            "channel",
            "local_day",
            unique=True,
            sqlite_where=_digest,
            postgresql_where=_digest,
        ),
        Index("delivery_of_status", "status", "next_at"),
    )

    id: str = Field(sa_type=Text, primary_key=True)
    person: str = Field(sa_type=Text)
    channel: str = Field(sa_type=Text)
    address: str = Field(sa_type=Text)
    pace: str = Field(sa_type=Text)
    local_day: str = Field(sa_type=Text)
    subject: str = Field(sa_type=Text)
    text: str = Field(sa_type=Text)
    html: str = Field(sa_type=Text)
    message_id: str = Field(sa_type=Text)
    not_after: str = Field(sa_type=Text)
    references: str = Field(sa_column=Column("refs", Text, nullable=False))  # REFERENCES is a word of SQL
    attempts: int = Field(sa_type=BigInteger)
    status: str = Field(sa_type=Text)
    next_at: str | None = Field(default=None, sa_type=Text)  # not before
    worker: str = Field(sa_type=Text)
    lease_until: str | None = Field(default=None, sa_type=Text)
    detail: str = Field(sa_type=Text)
    settled_at: str | None = Field(default=None, sa_type=Text)
    alarmed_at: str | None = Field(default=None, sa_type=Text)  # the office was told that it cannot arrive


class NoticeRow(SQLModel, table=True):
    """What one person must be told, once; composed into a delivery or withdrawn."""

    __tablename__ = "notice"
    __table_args__ = (
        Index("notice_waiting", "not_after", sqlite_where=_waiting, postgresql_where=_waiting),
        Index("notice_of_delivery", "delivery"),
        Index("notice_of_occurrence", "occurrence"),
    )

    key: str = Field(sa_type=Text, primary_key=True)
    kind: str = Field(sa_type=Text)
    occurrence: str = Field(sa_type=Text)
    step: str = Field(sa_type=Text)
    round: int = Field(sa_type=BigInteger)
    rung: int = Field(sa_type=BigInteger)
    recipient: str = Field(sa_type=Text)
    role: str = Field(sa_type=Text)
    acting: str = Field(sa_type=Text)
    tone: str = Field(sa_type=Text)
    epoch: int = Field(sa_type=BigInteger)
    moment_at: str = Field(sa_type=Text)
    not_after: str = Field(sa_type=Text)
    details: str = Field(sa_type=Text)
    delivery: str | None = Field(default=None, sa_column=Column(Text, ForeignKey("delivery.id"), nullable=True))
    withdrawn_at: str | None = Field(default=None, sa_type=Text)
    reason: str = Field(sa_type=Text)


class PassedOnRow(SQLModel, table=True):
    """A notice that failed on a channel, and the message in which it did: never again on that channel."""

    __tablename__ = "passed_on"

    notice: str = Field(sa_column=Column(Text, ForeignKey("notice.key"), primary_key=True))
    channel: str = Field(sa_type=Text, primary_key=True)
    delivery: str = Field(sa_column=Column(Text, ForeignKey("delivery.id"), nullable=False))


class AttemptRow(SQLModel, table=True):
    """One try at handing a delivery over. Append-only."""

    __tablename__ = "attempt"
    __table_args__ = (
        Index("attempt_of_delivery", "delivery"),
        Index("attempt_of_code", "code", sqlite_where=_code, postgresql_where=_code),
    )

    id: int | None = Field(default=None, sa_column=Column(Serial, primary_key=True, autoincrement=True))
    delivery: str = Field(sa_column=Column(Text, ForeignKey("delivery.id"), nullable=False))
    n: int = Field(sa_type=BigInteger)
    at: str = Field(sa_type=Text)
    outcome: str = Field(sa_type=Text)
    detail: str = Field(sa_type=Text)
    worker: str = Field(sa_type=Text)
    code: str | None = Field(default=None, sa_type=Text)  # of a refusal, as RFC 3463 has it: 5.1.1


class AlarmRow(SQLModel, table=True):
    """A message that cannot arrive, and the letter that told the office so; that letter may fail in its turn."""

    __tablename__ = "alarm"

    told: str = Field(sa_column=Column(Text, ForeignKey("delivery.id"), primary_key=True))
    letter: str = Field(sa_column=Column(Text, ForeignKey("delivery.id"), primary_key=True))
