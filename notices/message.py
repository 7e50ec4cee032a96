"""A message as mail: text with an HTML alternative, and headers that are the same however often it is built."""

import hashlib
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from directive.directory import Person
from directive.due import OFFICE_ZONE
from directive.value import Value
from register.models import OutMessage


class Sender(Value):
    """Who the mail comes from; an office sets its own address."""

    name: str = "Đôn Đốc"
    address: str = "dondoc@example.invalid"

    @property
    def domain(self) -> str:
        """The domain of Message-ID and List-Id."""
        return self.address.rpartition("@")[2]


def message_eml(message: OutMessage, reader: Person, sender: Sender) -> bytes:
    """The mail, byte for byte the same each time. Raises ValueError where the reader's address is none.

    Message-ID follows from the message's id; mails about one task share a thread (References, RFC 5322 3.6.4).
    """
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = " ".join(message.subject.split())
    mail["From"] = _address(sender.name, sender.address)
    mail["To"] = _address(reader.name, reader.email)
    mail["Date"] = format_datetime(message.decided_at.astimezone(OFFICE_ZONE))
    mail["Message-ID"] = f"<{message.id}@{sender.domain}>"
    mail["List-Id"] = f"<notices.{sender.domain}>"
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office replies
    mail["X-Auto-Response-Suppress"] = "All"
    mail["Content-Language"] = reader.language
    thread = _thread(message, sender)
    if thread:
        mail["In-Reply-To"] = thread
        mail["References"] = thread
    mail.set_content(message.text, cte="quoted-printable")
    mail.add_alternative(message.html, subtype="html", cte="quoted-printable")
    mail.set_boundary(f"=_{hashlib.sha256(message.id.encode()).hexdigest()[:32]}")
    return mail.as_bytes()


def file_name(message_id: str, decided_at: datetime) -> str:
    """A name that sorts by the office's instant: `2026-07-01T08-00-31_<message id>.eml`."""
    return f"{decided_at.astimezone(OFFICE_ZONE):%Y-%m-%dT%H-%M-%S}_{message_id}.eml"


def _thread(message: OutMessage, sender: Sender) -> str:
    """The thread of the one task that a message is about; a notice's id begins with its task's."""
    tasks = {notice.partition("/")[0] for notice in message.notices}
    if len(tasks) != 1:
        return ""
    return f"<task-{hashlib.sha256(tasks.pop().encode()).hexdigest()[:16]}@{sender.domain}>"


def _address(name: str, address: str) -> Address:
    user, at, domain = address.rpartition("@")
    if not at or not user or not domain:
        raise ValueError("not a mail address")
    return Address(display_name=name, username=user, domain=domain)
