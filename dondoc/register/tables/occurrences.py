"""Occurrences: born once, then folds of their facts and one narrow line in the agenda."""

from sqlalchemy import BigInteger, Column, ForeignKey, Text, text
from sqlmodel import Field, Index, SQLModel

from dondoc.register.tables.book import Serial

CASES = text("confidential = TRUE")


class OpeningRow(SQLModel, table=True):
    """Births made together, and the digest which a fact of the book vouches for."""

    __tablename__ = "opening"

    id: int | None = Field(default=None, sa_column=Column(Serial, primary_key=True, autoincrement=True))
    count: int = Field(sa_type=BigInteger)
    digest: str = Field(sa_type=Text)


class BirthRow(SQLModel, table=True):
    """What an occurrence is born with; never updated."""

    __tablename__ = "birth"
    __table_args__ = (Index("birth_of_obligation", "plan", "obligation"),)

    id: int | None = Field(default=None, sa_column=Column(Serial, primary_key=True, autoincrement=True))
    key: str = Field(sa_type=Text, unique=True)
    plan: str = Field(sa_type=Text)
    obligation: str = Field(sa_type=Text)
    version: str = Field(sa_type=Text)
    period: str = Field(sa_type=Text)
    label: str = Field(sa_type=Text)
    party: str = Field(sa_type=Text)
    opens_at: str = Field(sa_type=Text)
    event_on: str | None = Field(default=None, sa_type=Text)
    reference: str = Field(sa_type=Text)
    title: str = Field(sa_type=Text)
    excluded: str = Field(sa_type=Text)
    population: str = Field(sa_type=Text)
    before_watch: bool
    due_on: str | None = Field(default=None, sa_type=Text)
    rounds: str = Field(sa_type=Text)  # JSON: [[step, first round], …]
    opening: int = Field(sa_column=Column(Serial, ForeignKey("opening.id"), nullable=False))


class StepRow(SQLModel, table=True):
    """One step as its facts leave it: a fold, rebuildable."""

    __tablename__ = "step"
    __table_args__ = (Index("step_of_role", "role", "status", "last_on"),)

    birth: int = Field(sa_column=Column(Serial, ForeignKey("birth.id"), primary_key=True, autoincrement=False))
    step: str = Field(sa_type=Text, primary_key=True)
    place: int = Field(sa_type=BigInteger)  # order in the process
    status: str = Field(sa_type=Text)
    round: int = Field(sa_type=BigInteger)
    cause: str = Field(sa_type=Text)
    since_at: str | None = Field(default=None, sa_type=Text)
    last_on: str | None = Field(default=None, sa_type=Text)
    target_on: str | None = Field(default=None, sa_type=Text)
    unrolled_on: str | None = Field(default=None, sa_type=Text)
    basis: str = Field(sa_type=Text)
    cursor: int = Field(sa_type=BigInteger)
    epoch: int = Field(sa_type=BigInteger)
    role: str = Field(sa_type=Text)
    unit: str = Field(sa_type=Text)
    deciding_on: str | None = Field(default=None, sa_type=Text)
    recorded_on: str | None = Field(default=None, sa_type=Text)
    done_on: str | None = Field(default=None, sa_type=Text)
    note: str = Field(sa_type=Text)


class LineRow(SQLModel, table=True):
    """An occurrence as the board shows it, with all that a page of it needs; a fold, rebuildable."""

    __tablename__ = "line"
    __table_args__ = (
        Index("line_by_due", "confidential", "tier", "due", "birth"),
        Index("line_of_case", "birth", sqlite_where=CASES, postgresql_where=CASES),
        Index("line_of_unit", "confidential", "unit", "tier", "due", "birth"),
    )

    birth: int = Field(sa_column=Column(Serial, ForeignKey("birth.id"), primary_key=True, autoincrement=False))
    n: int = Field(sa_type=BigInteger, primary_key=True)
    key: str = Field(sa_type=Text)
    from_on: str = Field(sa_type=Text)
    until_on: str = Field(sa_type=Text)
    tier: int = Field(sa_type=BigInteger)
    due: str = Field(sa_type=Text)
    confidential: bool
    section: str = Field(sa_type=Text)
    unit: str = Field(sa_type=Text)
    party: str = Field(sa_type=Text)
    kind: str = Field(sa_type=Text)
    title: str = Field(sa_type=Text)
    label: str = Field(sa_type=Text)
    words: str = Field(sa_type=Text)
    step: str = Field(sa_type=Text)
    step_title: str = Field(sa_type=Text)
    role: str = Field(sa_type=Text)
    phase: str = Field(sa_type=Text)
    since_at: str | None = Field(default=None, sa_type=Text)
    basis: str = Field(sa_type=Text)
    target_on: str | None = Field(default=None, sa_type=Text)
    timely: str = Field(sa_type=Text)
    days: int = Field(sa_type=BigInteger)
    recorded_late: bool
    first_on: str | None = Field(default=None, sa_type=Text)
    first_timely: str = Field(sa_type=Text)
    first_days: int = Field(sa_type=BigInteger)
    counted: str = Field(sa_type=Text)
    decided_on: str | None = Field(default=None, sa_type=Text)


class AgendaRow(SQLModel, table=True):
    """When time alone next asks for a look. Two integers: a sweep touches only what is due."""

    __tablename__ = "agenda"
    __table_args__ = (Index("agenda_by_time", "next_at"),)

    birth: int = Field(sa_column=Column(Serial, ForeignKey("birth.id"), primary_key=True, autoincrement=False))
    next_at: int = Field(sa_type=BigInteger)  # seconds since 1970, UTC
