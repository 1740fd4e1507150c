"""The `dondoc` command: one file a command; everything a command needs is imported when it runs."""

import gc

# Starting makes many objects and no garbage; collecting among them was a tenth of `dondoc --help`.
gc.set_threshold(50_000, 20, 20)

from dondoc.cli.program import main  # noqa: E402 -- after the line above, which is for this import

__all__ = ["main"]
