"""The register's schema as SQLModel tables. Only migrations and tests import it: reading and writing use SQL text."""

from sqlmodel import SQLModel

from dondoc.register.tables.book import ChainRow, FactRow, PersonalRow, RequestRow
from dondoc.register.tables.credentials import CredentialRow
from dondoc.register.tables.occurrences import AgendaRow, BirthRow, LineRow, OpeningRow, StepRow
from dondoc.register.tables.outbox import AlarmRow, AttemptRow, DeliveryRow, NoticeRow, PassedOnRow
from dondoc.register.tables.settings import SettingRow, VersionRow
from dondoc.register.tables.zalo import ZaloAccountRow, ZaloEventRow, ZaloQuotaRow, ZaloWriterRow

metadata = SQLModel.metadata

__all__ = [
    "AgendaRow",
    "AlarmRow",
    "AttemptRow",
    "BirthRow",
    "ChainRow",
    "CredentialRow",
    "DeliveryRow",
    "FactRow",
    "LineRow",
    "NoticeRow",
    "OpeningRow",
    "PassedOnRow",
    "PersonalRow",
    "RequestRow",
    "SettingRow",
    "StepRow",
    "VersionRow",
    "ZaloAccountRow",
    "ZaloEventRow",
    "ZaloQuotaRow",
    "ZaloWriterRow",
    "metadata",
]
