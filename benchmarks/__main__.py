"""`make bench`: every case beside its peer, printed as a table and kept in benchmarks/results.json."""

import json
import sys
from importlib import import_module
from pathlib import Path

from benchmarks.measure import Result

CASES = ("dates", "smtp_handover", "checks", "board_page")
RESULTS = Path(__file__).with_name("results.json")


def main() -> int:
    results: list[Result] = []
    for name in CASES:
        print(f"… {name}", file=sys.stderr, flush=True)
        results += import_module(f"benchmarks.{name}").run()
    RESULTS.write_text(json.dumps([r._asdict() for r in results], indent=1) + "\n", encoding="utf-8")
    print(table(results))
    return 0


def table(results: list[Result]) -> str:
    """Markdown, costs in microseconds a unit: CPU, or wall clock where the case says so."""
    head = ["| case | size | ours µs | peer | peer µs | ratio | spread |", "|---|---|---|---|---|---|---|"]
    return "\n".join(head + [_row(result) for result in results])


def _row(r: Result) -> str:
    costs = f"{r.ours * 1e6:.1f} | {r.peer_name} | {r.peer * 1e6:.1f}"
    return f"| {r.case} | {r.size} | {costs} | {r.ratio:.1f} | {r.spread:.2f} |"


if __name__ == "__main__":
    sys.exit(main())
