"""A finding: something the grammar read as a deadline, before the context is asked whether it is one."""

from dataclasses import dataclass
from typing import Literal

from directive.phrases.reading import Expected, Kind, Offer

Need = Literal["nothing", "verb", "deed", "cell"]


@dataclass(slots=True)
class Finding:
    """`need` is what must stand around it to count: nothing, a verb of doing in its
    clause, a deed right before it, or nothing else at all."""

    start: int
    end: int
    kind: Kind
    expected: Expected
    alternatives: tuple[Offer, ...] = ()
    rule: str = ""
    reason: str = ""
    need: Need = "nothing"
    relation: str = ""
    past: bool = False
    grain: str = ""
