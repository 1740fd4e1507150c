"""One verb a file: gather, decide, apply; one transaction each."""
