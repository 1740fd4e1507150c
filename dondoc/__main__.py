"""`python -m dondoc` is `dondoc`."""

from dondoc.cli import main

main()
