"""A real mail server on loopback, in the test's own event loop, with all the faults that a test asks for."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from notices.message import Sender
from notices.smtp import Server, SmtpChannel
from tests.ports import own_port

SENDER = Sender(name="Đôn Đốc UBND tỉnh", address="dondoc@tinh.example")
USER, PASSWORD = "dondoc", "mật-khẩu"


@dataclass
class Mailbox:
    """What the server took, and how it is to behave. Codes are by recipient; what drops is dropped once taken."""

    port: int = field(default_factory=own_port)
    taken: list[tuple[str, bytes]] = field(default_factory=list)
    recipients: dict[str, str] = field(default_factory=dict)
    senders: str = "250 OK"
    drops: set[str] = field(default_factory=set)
    hangs: set[str] = field(default_factory=set)
    most: int = 1_000_000
    connections: int = 0
    encrypted: bool = False
    user: bytes = b""
    said: list[str] = field(default_factory=list)

    @property
    def ids(self) -> list[str]:
        """The Message-IDs, in the order in which they came."""
        return [str(mail["Message-ID"]) for mail in self.mails]

    @property
    def mails(self) -> list[EmailMessage]:
        """The mails as a program reads them."""
        return [_read(content) for _, content in self.taken]

    @property
    def readers(self) -> list[str]:
        """Whom they went to, in the order in which they came."""
        return [address.partition("@")[0] for address, _ in self.taken]

    async def handle_MAIL(self, server: SMTP, session: Any, envelope: Any, address: str, _: Any) -> str:  # noqa: N802
        """Ends a connection that has brought enough."""
        session.brought = getattr(session, "brought", 0) + 1
        if session.brought > self.most:
            return "421 4.7.0 too many messages in this connection"
        envelope.mail_from = address
        return self.senders

    async def handle_RCPT(self, server: SMTP, session: Any, envelope: Any, address: str, _: Any) -> str:  # noqa: N802
        """Says no where the test wants it."""
        if address in self.hangs:
            await asyncio.Event().wait()
        no = self.recipients.get(address)
        if no is None:
            envelope.rcpt_tos.append(address)
        return no or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:  # noqa: N802
        """Takes the message, and perhaps falls silent instead of saying so."""
        (address,) = envelope.rcpt_tos
        self.taken.append((address, envelope.content))
        self.encrypted = session.ssl is not None
        if address in self.drops:
            self.drops.discard(address)
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return "250 OK"


def _read(content: bytes) -> EmailMessage:
    read = message_from_bytes(content, policy=policy.default)
    assert isinstance(read, EmailMessage)
    return read


@asynccontextmanager
async def listening(box: Mailbox, folder: Path | None = None, **options: Any) -> AsyncIterator[Server]:
    """The server, and how it is reached; with a `folder` for its certificate it offers STARTTLS and asks who comes."""
    secured: dict[str, Any] = {}
    if folder is not None:
        secured = {
            "tls_context": certified(folder),
            "authenticator": lambda *given: _may_enter(box, given[-1]),
            "auth_required": True,
            **options,
        }
    loop = asyncio.get_running_loop()

    def connected() -> SMTP:
        box.connections += 1
        return SMTP(box, hostname="localhost", loop=loop, **secured)

    server = await loop.create_server(connected, "127.0.0.1", box.port)
    try:
        yield reached(box) if folder is None else reached(box, folder)
    finally:
        server.close()


def _may_enter(box: Mailbox, given: object) -> AuthResult:
    assert isinstance(given, LoginPassword)
    box.user = given.login
    return AuthResult(success=given.password == PASSWORD.encode(), handled=False)


def reached(box: Mailbox, folder: Path | None = None, **more: Any) -> Server:
    """How the mailbox is reached."""
    here: dict[str, Any] = {"host": "127.0.0.1", "port": box.port, "tls": "none"}
    if folder is not None:
        here |= {
            "tls": "starttls",
            "user": USER,
            "password": PASSWORD,
            "authorities": folder / "certificate.pem",
        }
    return Server(**{**here, **more})


def channel(server: Server, patience: float = 60.0) -> SmtpChannel:
    """The channel to it; no server is slow for it unless a test wants that."""
    return SmtpChannel(server, SENDER, patience=patience)


def certified(folder: Path) -> ssl.SSLContext:
    """A certificate for 127.0.0.1, made now and trusted by whoever is handed its file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    now = datetime.now().astimezone()
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = made.public_bytes(serialization.Encoding.PEM)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "certificate.pem").write_bytes(pem)
    (folder / "key.pem").write_bytes(secret)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "certificate.pem", folder / "key.pem")
    return context
