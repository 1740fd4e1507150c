"""When it runs: Prefect flows that sequence use cases. Nothing is decided here and nothing below imports Prefect."""
