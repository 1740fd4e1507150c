"""What the house shows, and what others reach, over HTTP: parse, call a use case, render. Nothing is decided here."""
