"""A message as mail: text with an HTML alternative, and headers that are the same however often it is built."""

import hashlib
from datetime import datetime
from email.charset import QP, Charset
from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import format_datetime, formataddr

from directive.directory import Person
from directive.due import OFFICE_ZONE
from directive.value import Value
from register.outbox_models import OutMessage


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
    mail = MIMEMultipart("alternative", f"=_{hashlib.sha256(message.id.encode()).hexdigest()[:32]}")
    mail["Subject"] = _encoded(message.subject, "Subject")
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
    for text, kind in ((message.text, "plain"), (message.html, "html")):
        mail.attach(_part(text, kind))
    return mail.as_bytes(policy=compat32.clone(linesep="\r\n"))


def file_name(message_id: str, decided_at: datetime) -> str:
    """A name that sorts by the office's instant: `2026-07-01T08-00-31_<message id>.eml`."""
    return f"{decided_at.astimezone(OFFICE_ZONE):%Y-%m-%dT%H-%M-%S}_{message_id}.eml"


def _thread(message: OutMessage, sender: Sender) -> str:
    """The thread of the one task that a message is about; a notice's id begins with its task's."""
    tasks = {notice.partition("/")[0] for notice in message.notices}
    if len(tasks) != 1:
        return ""
    return f"<task-{hashlib.sha256(tasks.pop().encode()).hexdigest()[:16]}@{sender.domain}>"


def _address(name: str, address: str) -> str:
    user, at, domain = address.rpartition("@")
    if not (at and user and domain and address.isascii() and address.isprintable() and " " not in address):
        raise ValueError("not a mail address")
    return formataddr((_encoded(name, "From"), address))


def _encoded(text: str, header: str) -> str:
    """Encoded words (RFC 2047) with single spaces between them; where the line is folded is the generator's."""
    return Header(" ".join(text.split()), "utf-8", header_name=header).encode().replace("\n", "")


def _part(text: str, kind: str) -> MIMEText:
    """Quoted-printable, so that stored mail can be searched and compared.

    The older classes of `email` are used on purpose: EmailMessage of Python 3.11 loses or adds spaces where it
    folds a long Vietnamese header.
    """
    quoted = Charset("utf-8")
    quoted.body_encoding = QP
    part = MIMEText("", kind)
    del part["Content-Transfer-Encoding"]
    part.set_payload(text, quoted)
    return part
