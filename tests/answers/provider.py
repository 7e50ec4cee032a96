"""A tiny OpenID Connect provider in process: discovery, keys, codes that are used once, PKCE proved."""

import base64
import hashlib
import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
from fastapi import FastAPI, Request, Response
from joserfc import jwt
from joserfc.jwk import RSAKey

ISSUER = "https://idp.test"
CLIENT, CLIENT_SECRET = "dondoc", "of the client"


class Provider:
    """Signs whoever is named in `email`; `changes` are put over the claims of the next token."""

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, parameters={"kid": "1"})
        self.signs_with = self.key
        self.email = "head-so-a@example.invalid"
        self.changes: dict[str, Any] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self.app = FastAPI()
        self.app.get("/.well-known/openid-configuration")(self.about)
        self.app.get("/keys")(self.keys)
        self.app.post("/token")(self.token)

    @property
    def transport(self) -> httpx.ASGITransport:
        """How the page reaches it."""
        return httpx.ASGITransport(self.app)

    def sign_in(self, address: str) -> dict[str, str]:
        """What a person does at the provider: the parameters with which their browser is sent back."""
        asked = {name: value[0] for name, value in parse_qs(urlsplit(address).query).items()}
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        return {"code": code, "state": asked["state"]}

    async def about(self) -> dict[str, str]:
        ends = {name: f"{ISSUER}/{path}" for name, path in (("authorization", "login"), ("token", "token"))}
        return {
            "issuer": ISSUER,
            "jwks_uri": f"{ISSUER}/keys",
            **{f"{name}_endpoint": path for name, path in ends.items()},
        }

    async def keys(self) -> dict[str, Any]:
        return {"keys": [self.key.as_dict(private=False)]}

    async def token(self, request: Request) -> Any:
        form = await request.form()
        asked = self.codes.pop(str(form["code"]), None)
        account = base64.b64encode(f"{CLIENT}:{CLIENT_SECRET}".encode()).decode()
        proof = hashlib.sha256(str(form["code_verifier"]).encode()).digest()
        challenge = base64.urlsafe_b64encode(proof).rstrip(b"=").decode()
        proved = asked and (asked["code_challenge"], asked["redirect_uri"]) == (
            challenge,
            form["redirect_uri"],
        )
        if not proved or not asked or request.headers["authorization"] != f"Basic {account}":
            return Response(status_code=400)
        now = int(time.time())
        claims = {
            "iss": ISSUER,
            "sub": "1",
            "aud": CLIENT,
            "iat": now,
            "exp": now + 60,
            "nonce": asked["nonce"],
            "email": self.email,
            "email_verified": True,
            **self.changes,
        }
        return {"id_token": jwt.encode({"alg": "RS256", "kid": "1"}, claims, self.signs_with)}
