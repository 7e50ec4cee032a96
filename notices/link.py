"""Signed links: what a mail carries so that its reader can open one question, or sign in, without a password.

A link says who may open what until when. It is bound to the person and the question, and made from nothing but
these and the office's secret, so that a message built anew has the same link.
"""

from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin

from itsdangerous import BadData, URLSafeSerializer
from pydantic import AwareDatetime, ValidationError

from directive.value import Value

SALT = "dondoc.link.1"
LIVES = timedelta(days=30)
"""A question waits for days, an escalation comes again after weeks; a link that has ended leads to a new one."""


class Link(Value):
    """What a link opens: a task, and of it one question (empty for the task itself), for one person until `ends_at`."""

    person: str
    task: str
    question: str = ""
    ends_at: AwareDatetime


class Links:
    """Makes and reads links under one secret, for the page at `page_url` (`https://dondoc.example.vn/`)."""

    def __init__(self, secret: str, page_url: str) -> None:
        self._signer = URLSafeSerializer(secret, salt=SALT)
        self._page = page_url if page_url.endswith("/") else f"{page_url}/"

    @property
    def inbox(self) -> str:
        """The address of what waits for whoever signs in."""
        return urljoin(self._page, "viec")

    def url(self, link: Link) -> str:
        """The address that a mail carries."""
        return urljoin(self._page, f"l/{self.token(link)}")

    def token(self, link: Link) -> str:
        """The signed part."""
        ends = int(link.ends_at.timestamp())
        return str(self._signer.dumps([link.person, link.task, link.question, ends]))

    def read(self, token: str) -> Link | None:
        """What a token opens, whether or not it has ended; None where it is not one of ours, whole and unchanged."""
        try:
            person, task, question, ends = self._signer.loads(token)
            return Link(
                person=person, task=task, question=question, ends_at=datetime.fromtimestamp(ends, UTC)
            )
        except (BadData, ValidationError, ValueError, TypeError, OverflowError, OSError):
            return None
