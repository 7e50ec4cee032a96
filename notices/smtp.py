"""The channel "a mail server": SMTP with TLS and a password, one connection for all messages of a round.

What the server says of one recipient or message for good (5xx) is final, everything else may pass (RFC 5321 4.2.1):
a server that is down, slow, refuses our password or drops the line is tried again later.
"""

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Literal

from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPException,
    SMTPResponseException,
    SMTPServerDisconnected,
    SMTPTimeoutError,
)
from pydantic import Field

from directive.directory import Person
from directive.value import Value
from notices.channel import Begin, Channel, NotNow, Undeliverable
from notices.message import Sender, message_eml
from register.outbox_models import OutMessage

PATIENCE = 20.0
"""Seconds to wait for each answer; connecting with TLS and a password takes five of them, a message three."""
CLOSING = 421
_NOT_OF_THE_RECIPIENT = (530, 534, 535, 538)  # we are asked to authenticate, or for stronger ways (RFC 4954)
_MOST_SAID = 200


class Server(Value):
    """Where mail is handed over. `tls`: from the first byte on, by STARTTLS before anything is said, or none."""

    host: str
    port: int
    tls: Literal["at_once", "starttls", "none"]
    user: str = ""
    password: str = Field(default="", repr=False)
    authorities: Path | None = None  # certificates to trust instead of the system's


class SmtpChannel:
    """Hands messages to `server` in the name of `sender`; waits `patience` seconds for each answer."""

    def __init__(self, server: Server, sender: Sender, patience: float = PATIENCE) -> None:
        self._server, self._sender, self._patience = server, sender, patience

    @asynccontextmanager
    async def line(self, begin: Begin) -> AsyncIterator[Channel]:
        """One line for a round; nothing is connected before the first message."""
        opened = _Line(self._server, self._sender, self._patience, begin)
        try:
            yield opened
        finally:
            await opened.close()


class _Line:
    """One connection, made anew where the server has ended it."""

    def __init__(self, server: Server, sender: Sender, patience: float, begin: Begin) -> None:
        self._server, self._sender, self._patience, self._begin = server, sender, patience, begin
        self._smtp: SMTP | None = None

    async def send(self, message: OutMessage, reader: Person) -> None:
        """Hand the message over. Raises Undeliverable, NotNow, and what `begin` raises."""
        try:
            content = message_eml(message, reader, self._sender)
        except ValueError as error:
            raise Undeliverable("bad_address") from error
        smtp = await self._envelope()
        await self._address(smtp, reader.email)
        await self._begin(message.id)
        await self._hand_over(smtp, content)

    async def close(self) -> None:
        """Say goodbye, if the server still listens."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            with suppress(SMTPException, OSError):
                await smtp.quit()
            smtp.close()

    async def _envelope(self) -> SMTP:
        """A connection that has taken MAIL FROM; servers end one after some messages, so a used one is replaced."""
        if self._smtp is not None:
            try:
                await self._smtp.mail(self._sender.address)
            except SMTPResponseException as error:
                if error.code != CLOSING:
                    raise await self._lost(error, down=True) from error
            except (SMTPException, OSError):
                pass
            else:
                return self._smtp
            self._hang_up()
        smtp = await self._connected()
        try:
            await smtp.mail(self._sender.address)
        except (SMTPException, OSError) as error:
            raise await self._lost(error, down=True) from error
        return smtp

    async def _connected(self) -> SMTP:
        server = self._server
        try:
            smtp = SMTP(
                hostname=server.host,
                port=server.port,
                username=server.user or None,
                password=server.password or None,
                use_tls=server.tls == "at_once",
                start_tls=server.tls == "starttls",
                tls_context=_trusting(server),
                local_hostname=self._sender.domain,
                timeout=self._patience,
            )
            await smtp.connect()
        except (SMTPException, OSError) as error:
            raise _not_now(error, down=True) from error
        self._smtp = smtp
        return smtp

    async def _address(self, smtp: SMTP, address: str) -> None:
        try:
            await smtp.rcpt(address)
        except SMTPResponseException as error:
            if error.code in (CLOSING, *_NOT_OF_THE_RECIPIENT):
                raise await self._lost(error, down=True) from error
            raise await self._refused(smtp, error) from error
        except (SMTPException, OSError) as error:
            raise await self._lost(error) from error

    async def _hand_over(self, smtp: SMTP, content: bytes) -> None:
        try:
            await smtp.data(content)
        except SMTPResponseException as error:  # an answer: the message was not taken
            if error.code == CLOSING:
                raise await self._lost(error, down=True) from error
            raise await self._refused(smtp, error) from error
        except (SMTPException, OSError) as error:  # no answer: nobody knows
            raise await self._lost(error, uncertain=True) from error

    async def _refused(self, smtp: SMTP, error: SMTPResponseException) -> Exception:
        """The server's no to one message: the line is as good as before."""
        try:
            await smtp.rset()
        except (SMTPException, OSError):
            self._hang_up()
        if error.code >= 500:
            return Undeliverable(f"smtp_{error.code}", _said(error))
        return NotNow(f"smtp_{error.code}", _said(error))

    async def _lost(self, error: Exception, *, down: bool = False, uncertain: bool = False) -> NotNow:
        self._hang_up()
        return _not_now(error, down=down, uncertain=uncertain)

    def _hang_up(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None


def _not_now(error: Exception, *, down: bool = False, uncertain: bool = False) -> NotNow:
    return NotNow(_reason(error), _said(error), down=down, uncertain=uncertain)


def _reason(error: Exception) -> str:
    if isinstance(error, SMTPAuthenticationError):
        return "password_refused"
    if isinstance(error, SMTPResponseException):
        return f"smtp_{error.code}"
    if isinstance(error, ssl.SSLError) or isinstance(error.__cause__, ssl.SSLError):
        return "tls_failed"
    if isinstance(error, SMTPTimeoutError | TimeoutError):
        return "too_slow"
    if isinstance(error, SMTPServerDisconnected):
        return "line_dropped"
    if isinstance(error, OSError):
        return "unreachable"
    return "not_supported"  # no STARTTLS, no way to authenticate


def _said(error: Exception) -> str:
    said = str(getattr(error, "message", "") or error)
    return " ".join(said.split())[:_MOST_SAID]


def _trusting(server: Server) -> ssl.SSLContext | None:
    if server.tls == "none":
        return None
    return ssl.create_default_context(cafile=server.authorities)
