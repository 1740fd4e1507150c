"""Figures in Prometheus's text format."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from dondoc.use_cases.health import Figures, figures, health
from dondoc.use_cases.office import Office

CONTENT_TYPE = CONTENT_TYPE_LATEST


def exposition(office: Office, at: datetime) -> bytes:
    """The page as of one instant; where the register cannot be read, dondoc_up 0 alone."""
    up = "register" not in health(office, at).problems
    registry = CollectorRegistry()
    registry.register(_Page(_metrics(figures(office, at)) if up else (), up=up))
    return generate_latest(registry)


class _Page:
    """What prometheus_client asks a collector for."""

    def __init__(self, metrics: Iterable[Metric], *, up: bool) -> None:
        self._metrics = [_gauge("dondoc_up", "Whether the register can be read", float(up)), *metrics]

    def collect(self) -> Iterable[Metric]:
        return self._metrics


def _metrics(found: Figures) -> Iterator[Metric]:
    yield _labelled("dondoc_occurrences", "Steps on the board", ("phase", "timeliness"), found.occurrences)
    yield _labelled("dondoc_deliveries", "Messages by how they stand", ("channel", "status"), found.deliveries)
    tries = CounterMetricFamily("dondoc_delivery_attempts", "Tries at handing a message over", labels=("outcome",))
    for outcome, number in found.attempts.items():
        tries.add_metric((outcome,), number)
    yield tries
    yield _gauge("dondoc_queue_age_seconds", "Age of the message that waits longest", found.queue_seconds)
    if found.last_sweep_seconds is not None:
        yield _gauge("dondoc_last_sweep_age_seconds", "Time since the last sweep", found.last_sweep_seconds)
    if found.sweep_seconds is not None:
        yield _gauge("dondoc_sweep_duration_seconds", "How long the last sweep took", found.sweep_seconds)
    yield _gauge("dondoc_journal_entries", "Entries in the journal", found.journal)
    yield _gauge("dondoc_calendar_official_days", "Days for which holidays are officially known", found.calendar_days)
    yield _gauge("dondoc_sending_held", "Whether sending waits for a person's word", float(found.held))


def _gauge(name: str, help_: str, value: float) -> Metric:
    return GaugeMetricFamily(name, help_, value=value)


def _labelled(name: str, help_: str, labels: tuple[str, ...], values: Mapping[tuple[str, str], int]) -> Metric:
    family = GaugeMetricFamily(name, help_, labels=labels)
    for key, number in sorted(values.items()):
        family.add_metric(key, number)
    return family
