"""What the sections of a letter are read with, and what comes out."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from letters.dates import FindDeadlines
from letters.letter import LeftOut, Section, Task
from letters.outline import Rank
from letters.text import Passage, Source
from letters.units import Own, Unit, in_capitals
from letters.words import folded


@dataclass
class Reading:
    """What the sections are read with, and what comes out."""

    source: Source
    find: FindDeadlines
    default_units: tuple[str, ...] = ()
    names: dict[str, str] = field(default_factory=dict)
    spelled: dict[str, str] = field(default_factory=dict)
    own: Own = None
    speakers: Callable[[str], bool] = lambda name: False
    sections: list[Section] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    def name(self, unit: Unit) -> str:
        """The unit's name: an alias becomes what it stands for, capitals become the spelling used elsewhere."""
        if in_capitals(unit.name):
            return self.spelled.get(folded(unit.name).lower(), _small(unit.name))
        return self.names.get(unit.name, unit.name)

    def leave(self, passage: Passage, reason: str) -> None:
        """Keeps a sentence that is not a task, with the reason."""
        self.left_out.append(LeftOut(text=passage.text, reason=reason, span=self.source.span_of(passage)))


@dataclass
class Under:
    """What a heading hands down to the items under it."""

    path: str = ""
    rank: Rank = Rank.PART
    units: tuple[str, ...] = ()
    carriers: tuple[str, ...] = ()
    coordinators: tuple[str, ...] = ()
    told: bool = False


@dataclass
class Open:
    """A section while its tasks are gathered."""

    label: str | None
    lead: str | None
    units: tuple[str, ...]
    span: Passage
    tasks: list[Task] = field(default_factory=list)


def _small(name: str) -> str:
    """A name in capitals in the usual spelling: the first letter stays, well-known names keep theirs."""
    words = name.lower()
    for known in ("UBND", "HĐND", "UBMTTQ"):
        words = re.sub(rf"(?<!\w){known.lower()}(?!\w)", known, words)
    for known in ("Sở ", "Tỉnh ủy", "Thành ủy", "Đảng ủy", "Công an", "Văn phòng", "Ban ", "Ủy ban"):
        words = re.sub(rf"(?<!\w){known.lower()}", known, words)
    return words[:1].upper() + words[1:]
