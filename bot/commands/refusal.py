"""How the readers of words say that they cannot make sense of some."""

from bot.commands.slips import Slip


class Refused(Exception):
    """`given`, the part that is wrong, is no such thing. Stays inside `bot.commands`: outside, it is Misunderstood."""

    def __init__(self, slip: Slip, given: str = "") -> None:
        super().__init__(slip)
        self.slip = slip
        self.given = given
