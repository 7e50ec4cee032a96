"""Lists of words that a text is looked through for: the same as a pattern of them all, which takes a compiler longer
than a whole letter takes to be read.
"""

import re
from collections.abc import Iterable


class Words:
    """Any of these words as whole words, the longest first. `any_case`: capitals in the text make no difference."""

    def __init__(self, words: Iterable[str], *, any_case: bool = False) -> None:
        alike = {word.lower() for word in words} if any_case else set(words)
        self._longest = sorted(alike, key=lambda word: (-len(word), word))
        self._most = len(self._longest[0]) if self._longest else 0
        self._any_case = any_case
        by_letter: dict[str, list[str]] = {}
        for word in self._longest:
            for letter in {word[0], word[0].upper()} if any_case else {word[0]}:
                by_letter.setdefault(letter, []).append(word)
        self._by_letter = {letter: tuple(its_own) for letter, its_own in by_letter.items()}

    def at(self, text: str, place: int = 0) -> str:
        """The word that stands at this place, as the text writes it; empty where there is none."""
        words = self._by_letter.get(text[place : place + 1])
        if words is None:
            return ""
        seen, start = (text[place : place + self._most].lower(), 0) if self._any_case else (text, place)
        if not seen.startswith(words, start):  # mostly so, and one look is enough
            return ""
        for word in words:
            if seen.startswith(word, start) and not _goes_on(text, place + len(word)):
                return text[place : place + len(word)]
        return ""

    def within(self, text: str) -> bool:
        """Whether one of them ends somewhere in the text; it may be the end of a longer word."""
        return any(self.at(text, place) for place in range(len(text)))

    def opens_word_in(self, text: str) -> bool:
        """Whether one of them stands somewhere in the text, as whole words."""
        return any(
            self.at(text, place) for place in range(len(text)) if not place or not _goes_on(text, place - 1)
        )

    @property
    def pattern(self) -> str:
        """The same as a part of a pattern."""
        return rf"(?:{'|'.join(map(re.escape, self._longest))})(?!\w)"


def _goes_on(text: str, place: int) -> bool:
    """Whether the character is a letter, a digit or `_`, as `\\w` is."""
    return place < len(text) and (text[place].isalnum() or text[place] == "_")
