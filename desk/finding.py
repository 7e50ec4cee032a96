"""What an examination finds: one thing looked at, whether it is well, and what to do where it is not."""

from typing import Any, NamedTuple

from desk.exit import Stop
from desk.language import text


class Finding(NamedTuple):
    """`about` is a stable code for programs; `said` and `remedy` are in the language in use."""

    about: str
    well: bool
    said: str
    remedy: str = ""
    detail: dict[str, Any] = {}

    def told(self) -> dict[str, Any]:
        """For programs."""
        remedy = {"remedy": self.remedy} if self.remedy else {}
        return {"about": self.about, "well": self.well, "said": self.said, **remedy, **self.detail}


def well(about: str, vi: str, en: str, **detail: Any) -> Finding:
    """Something that is as it should be."""
    return Finding(about, True, text(vi, en), detail=detail)


def wrong(about: str, vi: str, en: str, remedy_vi: str, remedy_en: str, **detail: Any) -> Finding:
    """Something to be mended."""
    return Finding(about, False, text(vi, en), text(remedy_vi, remedy_en), detail)


def stopped(about: str, stop: Stop) -> Finding:
    """What a door would say."""
    return Finding(about, False, stop.message, stop.remedy, {"kind": stop.kind})
