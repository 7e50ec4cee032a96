"""One conversation with an OpenID Connect provider (OpenID Connect Core 1.0 §3.1; PKCE: RFC 7636)."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

import httpx
from authlib.oauth2.rfc7636 import create_s256_code_challenge  # type: ignore[import-untyped]
from authlib.oidc.core import CodeIDToken  # type: ignore[import-untyped]
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from answers.oidc_settings import Oidc, ProviderRefused

ALGORITHMS = ["RS256", "PS256", "ES256"]
"""Signatures by the provider's key only: never `none`, never a shared secret."""
PATIENCE = 10.0
LEEWAY = 60


class Provider:
    """The provider of the office, and the address to which it sends a browser back."""

    def __init__(self, chosen: Oidc, back: str) -> None:
        self._chosen, self._back = chosen, back

    async def begin(self, token: Callable[[], str]) -> tuple[str, dict[str, str]]:
        """Where to send the browser, and what to keep until it comes back. Raises ProviderRefused."""
        kept = {"state": token(), "nonce": token(), "verifier": token() + token()}
        async with self._client() as client:
            about = await self._about(client)
        asked = {
            "response_type": "code",
            "client_id": self._chosen.client_id,
            "redirect_uri": self._back,
            "scope": "openid email",
            "state": kept["state"],
            "nonce": kept["nonce"],
            "code_challenge": create_s256_code_challenge(kept["verifier"]),
            "code_challenge_method": "S256",
        }
        address = str(about["authorization_endpoint"])
        return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}", kept

    async def finish(self, code: str, kept: Mapping[str, Any]) -> str:
        """The verified e-mail of whoever has signed in there. Raises ProviderRefused."""
        async with self._client() as client:
            about = await self._about(client)
            form = {
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": self._back,
                "code_verifier": str(kept["verifier"]),
            }
            account = (self._chosen.client_id, self._chosen.client_secret)
            given = await _json(client.post(str(about["token_endpoint"]), data=form, auth=account))
            keys = await _json(client.get(str(about["jwks_uri"])))
        claims = self._claims(str(given.get("id_token", "")), keys, str(kept["nonce"]))
        if claims.get("email_verified") not in (True, "true") or not claims.get("email"):
            raise ProviderRefused("email_not_verified")
        return str(claims["email"])

    def _claims(self, token: str, keys: dict[str, Any], nonce: str) -> dict[str, Any]:
        """What the provider has signed for us, for this sign-in, now. Raises ProviderRefused."""
        try:
            signed = jwt.decode(token, KeySet.import_key_set(keys), algorithms=ALGORITHMS)  # type: ignore[arg-type]
            wanted = {
                "iss": {"essential": True, "value": self._chosen.issuer},
                "aud": {"essential": True, "value": self._chosen.client_id},
                "nonce": {"essential": True, "value": nonce},
            }
            params = {"nonce": nonce, "client_id": self._chosen.client_id}
            claims = CodeIDToken(signed.claims, signed.header, wanted, params)
            claims.validate(leeway=LEEWAY)
        except (JoseError, ValueError, KeyError, TypeError) as error:
            raise ProviderRefused("id_token") from error
        return dict(claims)

    async def _about(self, client: httpx.AsyncClient) -> dict[str, Any]:
        """The provider's own description (OpenID Connect Discovery 1.0 §4)."""
        about = await _json(client.get(f"{self._chosen.issuer}/.well-known/openid-configuration"))
        named = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        if about.get("issuer", "").rstrip("/") != self._chosen.issuer or not all(map(about.get, named)):
            raise ProviderRefused("discovery")
        return about

    def _client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=self._chosen.transport, timeout=PATIENCE)


async def _json(asked: Any) -> dict[str, Any]:
    try:
        answer = await asked
        answer.raise_for_status()
        found = answer.json()
    except (httpx.HTTPError, ValueError) as error:
        raise ProviderRefused(type(error).__name__) from error
    if not isinstance(found, dict):
        raise ProviderRefused("not_an_object")
    return found
