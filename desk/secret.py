"""The secrets of the doors: `DONDOC_SECRET` for links and cookies, or one that `up` made for its data folder.

Those of the webhooks are in the environment of the worker only.
"""

import base64
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


def webhook_variable(name: str) -> str:
    """The variable that holds the secret of a webhook."""
    return f"DONDOC_WEBHOOK_SECRET_{name.upper().replace('-', '_')}"


def webhook_secret(name: str) -> str:
    """The secret by which a webhook is signed (`whsec_…`), or two while one takes the place of the other; or empty."""
    return os.environ.get(webhook_variable(name), "").strip()


def new_webhook_secret() -> str:
    """A secret as Standard Webhooks has them."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(SHORTEST)).decode()
