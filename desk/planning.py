"""`check` and `preview`: what can be told of a plan before anything starts. No engine is asked."""

from datetime import UTC, datetime
from pathlib import Path

from desk import preview as previewing
from desk import screen, sources, typed
from desk.settings import settings


def check(file: Path, directory: Path | None, *, late: bool, as_of: str | None) -> None:
    """Tell everything that is wrong with a plan. Raises Stop where it cannot be assigned."""
    loaded = sources.load(file, directory, late=late, at=instant(as_of))
    sources.report(file, loaded.warnings)
    previewing.head(loaded.plan, loaded.office.directory, instant(as_of))


def preview(file: Path, directory: Path | None, *, late: bool, as_of: str | None, full: bool) -> None:
    """Tell who will hear what and when. Raises Stop where the plan cannot be assigned."""
    at = instant(as_of)
    loaded = sources.load(file, directory, late=late, at=at)
    if not screen.json_asked():
        sources.tell(file, loaded.warnings)
    previewing.show(loaded, at, full=full)


def instant(as_of: str | None) -> datetime:
    """The office's instant at which a plan is looked at: the one typed, or now (UTC)."""
    return typed.as_of(as_of) or settings().clock.office(datetime.now(UTC))
