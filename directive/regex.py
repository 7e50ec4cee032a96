"""Regular expressions that are compiled when they are first asked for.

The grammar of deadlines and letters is some four hundred of them; to compile all takes a hundred times as long as to
read a phrase, and a short command needs few. Threads that ask at once may each compile: the result is the same.
"""

import re
from typing import Any, cast


class _Late:
    """Stands for a pattern, and has its methods as its own from the first question on: no call costs more then."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern, self.given = pattern, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # what copying and pickling ask for first
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self.given)
        self.__dict__.update((one, getattr(compiled, one)) for one in dir(compiled) if one[0] != "_")
        return self.__dict__[name]

    def __reduce__(self) -> tuple[Any, ...]:
        """A copy, or one in another process, compiles by itself: what a pattern has by then cannot be copied."""
        return _Late, (self.pattern, self.given)


def regex(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """`re.compile`, later. A pattern with a fault raises re.error at its first use."""
    return cast("re.Pattern[str]", _Late(pattern, flags))
