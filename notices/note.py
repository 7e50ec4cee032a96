"""A short letter that tells of no task: a greeting, some sentences, perhaps a button."""

from datetime import datetime

from directive.directory import Person
from directive.value import Value
from notices.page import rendered
from notices.words import words
from register.outbox_models import OutMessage


class Note(Value):
    """What it says, in its reader's language. `button` is its words and the address it leads to."""

    subject: str
    greeting: str
    paragraphs: tuple[str, ...]
    points: tuple[str, ...] = ()
    button: tuple[str, str] | None = None
    after: tuple[str, ...] = ()
    closing: str


def compose_note(message_id: str, reader: Person, at: datetime, note: Note) -> OutMessage:
    """The letter to `reader`, decided at `at` (UTC), for `register.outbox.put_message`."""
    facts = {
        **{name: getattr(note, name) for name in Note.model_fields},
        "lang": reader.language,
        "footer": words(reader.language).say("labels.footer"),
    }
    return OutMessage(
        id=message_id,
        person=reader.id,
        decided_at=at,
        subject=note.subject,
        text=rendered("note.txt.j2", facts),
        html=rendered("note.html.j2", facts),
        notices=(),
    )
