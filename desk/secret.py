"""The secret by which links and cookies are signed: `DONDOC_SECRET`, or one that `up` made for its data folder."""

import os
import secrets

from desk.exit import Code, Stop
from desk.settings import Settings, settings

SHORTEST = 32
"""Characters; 32 random hexadecimal digits are 128 bits."""


def secret() -> str:
    """The office's secret; empty where there is none, so that no link is made. Raises Stop for one too short."""
    chosen = settings()
    found = os.environ.get("DONDOC_SECRET", "").strip()
    if not found and chosen.secret_file.exists():
        found = chosen.secret_file.read_text(encoding="ascii").strip()
    if found and len(found) < SHORTEST:
        raise Stop(
            Code.USAGE,
            f"DONDOC_SECRET ngắn hơn {SHORTEST} ký tự",
            f"DONDOC_SECRET is shorter than {SHORTEST} characters",
            "tạo bằng `openssl rand -hex 32`",
            "make one with `openssl rand -hex 32`",
            kind="bad_secret",
        )
    return found


def make_secret(chosen: Settings) -> None:
    """Make one for a data folder that has none, readable by its owner only; `DONDOC_SECRET` comes first anyway."""
    try:
        handle = os.open(chosen.secret_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(SHORTEST))
        file.flush()
        os.fsync(file.fileno())
