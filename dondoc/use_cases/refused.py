"""What the office may not or cannot do now, in words for the person who asked."""


class Refused(Exception):
    """A request that changes nothing. `what` says what is wrong, `next_step` what to do instead."""

    def __init__(self, what: str, next_step: str = "") -> None:
        super().__init__(f"{what} {next_step}".strip())
        self.what, self.next_step = what, next_step
