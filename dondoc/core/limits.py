"""Numbers an office decides: how long it keeps what is personal, and from when on something is amiss."""

from typing import NamedTuple


class Limits(NamedTuple):
    """Keys of limits.yaml with `_` for `-`. What ships is proposed; nothing is erased without a decision's number."""

    personal_years: int = 15  # personal parts of closed cases, from the day they were recorded
    messages_years: int = 2  # address and words of messages, from the day they were settled
    disk_free_mb: int = 500
    sweep_hours: int = 2  # without a sweep
    backup_days: int = 8  # without a backup
    calendar_days: int = 180  # working days known officially from today on
    waiting_hours: int = 24  # a message that waits this long
    clock_seconds: int = 60  # between this machine's clock and the database server's
