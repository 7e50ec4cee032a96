"""What the page works with, handed in when it is built: register, engine, secret, address, clock."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from fastapi import Request

from answers.oidc_settings import Oidc
from answers.pace import Pace
from desk.acting import Connect
from desk.saying import now as office_now
from notices.link import Links
from register.open import Register


def _wall() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class House:
    """The parts of one page. `page_url` is how people reach it (`https://…/`): it decides on Secure cookies and HSTS.

    `now` is the office's instant; `wall` the machine's, by which sessions and sign-in links live.
    """

    register: Register
    connect: Connect
    secret: str
    page_url: str
    now: Callable[[], datetime] = office_now
    wall: Callable[[], datetime] = _wall
    token: Callable[[], str] = lambda: secrets.token_urlsafe(32)
    pace: Pace = field(default_factory=Pace)
    oidc: Oidc | None = None

    @property
    def https(self) -> bool:
        """Whether people reach the page by HTTPS."""
        return self.page_url.startswith("https://")

    @property
    def links(self) -> Links:
        """Reads the links that mails carry."""
        return Links(self.secret, self.page_url)


def house_of(request: Request) -> House:
    """The parts of the page that a request came to."""
    house = request.app.state.house
    assert isinstance(house, House)
    return house
