"""One obligation checked: the pure decision, and the whole check with its transaction, against one Prefect flow run."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measure import Result, compare
from dondoc.core.decide import decide
from dondoc.use_cases.check import check
from dondoc.use_cases.office import open_office
from dondoc.use_cases.open_plan import open_plan
from dondoc.use_cases.scene import gather

PLAN = "qcdc-2022"
OPENED_AT = datetime(2022, 2, 18, 1, tzinfo=UTC)
DUE_AT = datetime(2022, 6, 6, 2, tzinfo=UTC)  # a morning on which many are late


def run() -> list[Result]:
    import logging

    from prefect.testing.utilities import prefect_test_harness

    logging.disable(logging.INFO)  # a line a run would be part of the cost

    with TemporaryDirectory() as folder, prefect_test_harness():
        office = open_office(Path(folder))
        office.register.migrate()
        open_plan(office, PLAN, OPENED_AT, date(2022, 2, 18))
        with office.register.reading() as book:
            scenes = gather(office, book, [birth.key for birth in book.births()])
        keys = [scene.birth.key for scene in scenes]

        def decisions() -> None:
            for scene in scenes:
                decide(scene.obligation, scene.occurrence, scene.world, DUE_AT)

        runs = _prefect_runs(3)
        pure = compare("decide one occurrence", len(scenes), "check", decisions, "one Prefect run", runs, peer_size=3)
        whole = compare(
            "gather, decide and apply", len(keys), "check", lambda: check(office, keys, DUE_AT, "benchmark"),
            "one Prefect run", runs, peer_size=3,
        )  # fmt: skip
        return [pure, whole]


def _prefect_runs(count: int) -> Callable[[], None]:
    from prefect import flow

    @flow
    def nothing() -> None: ...

    def run_them() -> None:
        for _ in range(count):
            nothing()

    return run_them
