"""Small things that must be remembered: settings, and the definitions an occurrence was born under."""

from sqlalchemy import Text
from sqlmodel import Field, SQLModel


class SettingRow(SQLModel, table=True):
    __tablename__ = "setting"

    name: str = Field(sa_type=Text, primary_key=True)
    value: str = Field(sa_type=Text)


class VersionRow(SQLModel, table=True):
    """One obligation's definition, by the SHA-256 of its canonical JSON."""

    __tablename__ = "version"

    sha: str = Field(sa_type=Text, primary_key=True)
    body: str = Field(sa_type=Text)
