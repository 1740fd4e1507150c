"""Which browser a session was begun with, in two words that its owner recognises."""

PROGRAMS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def program_words(user_agent: str) -> str:
    """ "Firefox, Windows"; "" where nothing is recognised. Nothing of the header itself is kept."""
    found = (next((name for mark, name in known if mark in user_agent), "") for known in (PROGRAMS, SYSTEMS))
    return ", ".join(filter(None, found))
