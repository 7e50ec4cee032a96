"""Who speaks in the letter: the issuer under the names that its own text uses. A speaker gives orders and gets none."""

import re
from collections.abc import Callable

from directive.regex import regex
from letters.ending import Ending
from letters.head_forms import Header
from letters.words import folded

_OFFICE = regex(
    r"^(?:ban thường vụ|thường trực|chủ tịch|phó chủ tịch|bí thư|giám đốc|lãnh đạo|tập thể|chánh)\s+"
)


def speakers_of(header: Header, ending: Ending) -> Callable[[str], bool]:
    """A test whether a unit's name means the issuer itself."""
    issuer = _short(header.values.get("issuer", ""))
    parent = _short(header.values.get("issuer_parent", ""))

    def speaks(name: str) -> bool:
        plain = _short(name)
        core = _OFFICE.sub("", plain)
        if not issuer or not core:
            return False
        return (
            issuer == core
            or issuer.startswith(core + " ")
            or (core.startswith(issuer) and _place(core, issuer, parent))
        )

    return speaks


def _place(core: str, issuer: str, parent: str) -> bool:
    """ "Sở Nội vụ tỉnh Hoa Giang" for "SỞ NỘI VỤ": what is added is the place."""
    return core[len(issuer) :].strip().startswith(("tỉnh", "thành phố", "xã", "phường", "ubnd"))


def _short(name: str) -> str:
    text = re.sub(r"\s+", " ", folded(name).lower()).strip(" .:;,")
    return text.replace("ủy ban nhân dân", "ubnd").replace("hội đồng nhân dân", "hđnd")
