"""One stage of a route: who is asked, and when it has passed."""

from pydantic import Field

from directive.value import Value


class Stage(Value):
    """One stage of a route. `quorum` is how many of `asks` must say yes; 0 means all of them.

    `weights` counts a role's voice more than once (1 where absent); the quorum then counts weight. A No of a role
    in `veto` ends the stage at once, as long as it has not passed.
    """

    asks: tuple[str, ...] = Field(min_length=1)
    quorum: int = 1
    weights: dict[str, int] = {}
    veto: tuple[str, ...] = ()

    def weight(self, role: str) -> int:
        """How much the role's voice counts."""
        return self.weights.get(role, 1)

    @property
    def whole(self) -> int:
        """What all voices together count."""
        return sum(self.weight(role) for role in dict.fromkeys(self.asks))

    @property
    def needed(self) -> int:
        """How much must say yes. A quorum beyond the whole, which no plan's check lets through, means all."""
        return min(self.quorum or self.whole, self.whole)
