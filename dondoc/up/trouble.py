"""What keeps the house from standing, in words for the person who started it."""


class StartError(Exception):
    """Refused or failed to start; the text says what, where, and what to do next. `code` is the exit code."""

    def __init__(self, text: str, code: int = 1) -> None:
        super().__init__(text)
        self.code = code
