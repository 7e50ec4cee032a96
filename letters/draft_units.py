"""Unit names of a letter → codes of the directory for a draft: certain, or words for the clerk to decide on."""

import re

from directive.directory import Directory
from directive.regex import regex
from letters.matching import Candidate, Certainty, Match, match_unit

_GENERAL = regex(
    r"(?:các |những )?(?:cơ quan|đơn vị|địa phương|tổ chức|cá nhân|ngành)[\w, ]*liên quan", re.IGNORECASE
)


_LIST = regex(
    r"(?P<before>.*?)(?P<all>các) (?P<kind>xã|phường|sở|thôn|đặc khu|huyện|trường|tổ dân phố)(?:, \w+)*:? "
    r"(?P<who>(?:(?:xã|phường) )?[A-ZĐÀ-Ỵ].+)"
)


def _each(name: str) -> list[str]:
    """ "UBND các xã: An Bình, Thạnh Hưng" names "UBND xã An Bình" and "UBND xã Thạnh Hưng"."""
    found = _LIST.fullmatch(name)
    if not found:
        return [name]
    kind, before = found["kind"], found["before"]
    whole = [one.strip() for one in re.split(r",\s+| và (?=[A-ZĐ]\w+$)", found["who"]) if one.strip()]
    return [
        f"{before}{one}" if one.startswith(("xã ", "phường ", "đặc khu ")) else f"{before}{kind} {one}"
        for one in whole
    ]


class Names:
    """Looks names up in a directory. A group may have several names: each is tried in turn."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        named = [(group, (group.name, *group.aliases)) for group in directory.groups]
        self.group_codes = {name: group.code for group, names in named for name in names}
        self.known: dict[str, Match] = {}
        layers = max([len(names) for _, names in named], default=1)
        self.layers = [self._candidates(layer) for layer in range(layers)]

    def _candidates(self, layer: int) -> tuple[Candidate, ...]:
        groups: dict[str, list[str]] = {}
        for group in self.directory.groups:
            names = (group.name, *group.aliases)
            if layer < len(names):
                for unit in group.units:
                    groups.setdefault(unit, []).append(names[layer])
        return tuple(
            Candidate(
                code=unit.code, name=unit.name, aliases=unit.aliases, groups=tuple(groups.get(unit.code, ()))
            )
            for unit in self.directory.units
        )

    def match(self, name: str) -> Match:
        """The unit, the group or the question that a name stands for."""
        if name not in self.known:  # a letter names few units, many times
            self.known[name] = self._match(name)
        return self.known[name]

    def _match(self, name: str) -> Match:
        first = match_unit(name, self.layers[0])
        if first.certainty is Certainty.CERTAIN:
            return first
        for candidates in self.layers[1:]:
            found = match_unit(name, candidates)
            if found.certainty is Certainty.CERTAIN:
                return found
        return first

    def codes(
        self, names: tuple[str, ...], *, general: bool = False
    ) -> tuple[list[str], list[str], list[str]]:
        """Codes that are certain; questions for the clerk; and names left out because they name nobody.

        `general`: "các đơn vị liên quan" is such a name, where a unit is only one of those that help.
        """
        codes: list[str] = []
        questions: list[str] = []
        left: list[str] = []
        for name in (one for named in names for one in _each(named)):
            found = self.match(name)
            if found.certainty is Certainty.CERTAIN:
                codes.append(self.group_codes[found.group] if found.group else found.codes[0])
            elif general and _GENERAL.fullmatch(name.strip()):
                left.append(name)
            elif found.certainty is Certainty.ASK:
                questions.append(f"«{name}» là đơn vị nào: {' hay '.join(found.codes)}?")
            else:
                questions.append(f"«{name}» chưa có trong danh bạ: ghi mã đơn vị, hoặc thêm vào danh bạ")
        return list(dict.fromkeys(codes)), questions, left

    def office_of(self, issuer: str) -> str:
        """The one office (Văn phòng) under the issuer, which usually monitors; empty where it is not certain."""
        offices = [
            unit.code
            for unit in self.directory.units
            if unit.parent == issuer and unit.name.lower().startswith("văn phòng")
        ]
        return offices[0] if len(offices) == 1 else ""
