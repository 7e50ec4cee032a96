"""One webhook posted: signed as Standard Webhooks says, within limits, and its answer in a word.

Only a 2xx is a yes. Redirects are not followed, nothing of the machine's environment (proxies, .netrc) is used,
and of the answer no more is read than lets the connection be kept.
"""

import asyncio
import base64
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from enum import Enum, auto
from functools import cache
from typing import NamedTuple

import httpx
from standardwebhooks import Webhook

from notices.cloud_event import CONTENT_TYPE, Told

WITHIN = 15.0
"""Seconds for one attempt as a whole, however slowly the other side trickles (Standard Webhooks: 15 to 30)."""
TO_CONNECT = 5.0
MOST_READ = 65_536
LONGEST_WAIT = timedelta(hours=1)
"""The most that a `Retry-After` is believed."""
SHORTEST, LONGEST = 24, 64
"""Bytes of a secret (Standard Webhooks)."""

Secrets = Callable[[str], str]
"""By a webhook's name its secret from the environment: `whsec_…`, or two while one takes the place of the other."""


class Verdict(Enum):
    """What an answer means for what waits."""

    TAKEN = auto()
    LEFT = auto()
    """This event was not taken; another may be."""
    CLOSED = auto()
    """The endpoint takes nothing now."""
    GONE = auto()
    """The endpoint wants nothing any more (410)."""


class Answer(NamedTuple):
    """The end of one attempt. `said` is a code: `http_500`, `timed_out`, `no_connection`, `no_secret`."""

    verdict: Verdict
    said: str
    wait: timedelta = timedelta()


class BadSecret(ValueError):
    """The secret is not `whsec_` and 24 to 64 bytes in base64."""


class Poster:
    """Posts to webhooks, each within so many seconds.

    `stamp` is the true time (UTC), which is signed whatever the office's clock shows.
    """

    def __init__(
        self, client: httpx.AsyncClient, secrets: Secrets, stamp: Callable[[], datetime], within: float
    ) -> None:
        self._client, self._secrets, self._stamp, self._within = client, secrets, stamp, within

    async def post(self, hook: str, url: str, told: Told) -> Answer:
        """Post one body; every end of it is an answer."""
        try:
            headers = self.signed(hook, told)
        except BadSecret as error:
            return Answer(Verdict.CLOSED, str(error))
        try:
            async with asyncio.timeout(self._within):
                return await self._post(url, told.body, headers)
        except (TimeoutError, httpx.ReadTimeout, httpx.WriteTimeout):
            return Answer(Verdict.LEFT, "timed_out")
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            return Answer(Verdict.CLOSED, "no_tls" if _by_tls(error) else "no_connection")
        except UnicodeError:  # a host that is none, such as "xn--a": httpx lets IDNA's own error through
            return Answer(Verdict.CLOSED, "no_connection")
        except (httpx.HTTPError, httpx.InvalidURL):
            return Answer(Verdict.LEFT, "broken_off")

    async def _post(self, url: str, body: bytes, headers: dict[str, str]) -> Answer:
        async with self._client.stream("POST", url, content=body, headers=headers) as response:
            answer = _judged(response)
            read = 0
            async for part in response.aiter_raw():
                read += len(part)
                if read > MOST_READ:
                    break
            return answer

    def signed(self, hook: str, told: Told) -> dict[str, str]:
        """The headers of one attempt. Raises BadSecret."""
        at = self._stamp()
        text = told.body.decode()
        signatures = [key.sign(told.id, at, text) for key in keys(self._secrets(hook))]
        return {
            "content-type": CONTENT_TYPE,
            "webhook-id": told.id,
            "webhook-timestamp": str(int(at.timestamp())),
            "webhook-signature": " ".join(signatures),
        }


@asynccontextmanager
async def a_poster(
    secrets: Secrets, stamp: Callable[[], datetime], within: float = WITHIN
) -> AsyncIterator[Poster]:
    """A poster with connections of its own, which end with it."""
    limits = httpx.Timeout(within, connect=min(within, TO_CONNECT))
    named = {"user-agent": "dondoc-webhooks"}
    async with httpx.AsyncClient(timeout=limits, verify=_trusted(), trust_env=False, headers=named) as client:
        yield Poster(client, secrets, stamp, within)


def keys(secret: str) -> list[Webhook]:
    """What signs. Raises BadSecret where there is none or one cannot be used."""
    words = secret.split()
    if not words:
        raise BadSecret("no_secret")
    for word in words:
        try:
            long = len(base64.b64decode(word.removeprefix("whsec_"), validate=True))
        except ValueError as error:
            raise BadSecret("bad_secret") from error
        if not word.startswith("whsec_") or not SHORTEST <= long <= LONGEST:
            raise BadSecret("bad_secret")
    return [Webhook(word) for word in words]


def _judged(response: httpx.Response) -> Answer:
    said = f"http_{response.status_code}"
    match response.status_code:
        case code if 200 <= code < 300:
            return Answer(Verdict.TAKEN, said)
        case 410:
            return Answer(Verdict.GONE, said)
        case 429 | 502 | 503 | 504:
            asked = response.headers.get("retry-after", "")
            wait = timedelta(seconds=int(asked[:9])) if asked.isascii() and asked.isdigit() else timedelta()
            return Answer(Verdict.CLOSED, said, min(wait, LONGEST_WAIT))
        case _:
            return Answer(Verdict.LEFT, said)


def _by_tls(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return True
        error = error.__cause__ or error.__context__
    return False


@cache
def _trusted() -> ssl.SSLContext:
    """What the machine trusts: an office's own authority is added there."""
    return ssl.create_default_context()
