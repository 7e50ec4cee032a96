"""Where an OpenID Connect provider is, if the office has one."""

import os
from typing import TYPE_CHECKING, NamedTuple

from desk.exit import bad_input

if TYPE_CHECKING:
    import httpx


class Oidc(NamedTuple):
    """A provider and our account with it. `issuer` serves `/.well-known/openid-configuration`.

    `transport` is how it is reached; None for the network.
    """

    issuer: str
    client_id: str
    client_secret: str
    transport: "httpx.AsyncBaseTransport | None" = None


class ProviderRefused(Exception):
    """The provider cannot be reached, has refused, or its answer does not hold."""


def oidc_from_environment() -> Oidc | None:
    """The provider of `DONDOC_OIDC_ISSUER`, `…_CLIENT_ID`, `…_CLIENT_SECRET`; None without an issuer. Raises Stop."""
    issuer, client, secret = (
        os.environ.get(f"DONDOC_OIDC_{name}", "").strip() for name in ("ISSUER", "CLIENT_ID", "CLIENT_SECRET")
    )
    if not issuer:
        return None
    local = issuer.startswith(("http://127.0.0.1", "http://localhost"))
    if client and secret and (issuer.startswith("https://") or local):
        return Oidc(issuer.rstrip("/"), client, secret)
    raise bad_input(
        "cấu hình đăng nhập OIDC chưa đủ hoặc không phải https",
        "the settings of OIDC are incomplete or not https",
        "đặt DONDOC_OIDC_ISSUER (https://…), DONDOC_OIDC_CLIENT_ID và DONDOC_OIDC_CLIENT_SECRET",
        "set DONDOC_OIDC_ISSUER (https://…), DONDOC_OIDC_CLIENT_ID and DONDOC_OIDC_CLIENT_SECRET",
        kind="bad_oidc",
    )
