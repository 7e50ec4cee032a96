"""A sent report is told to the leaders of the body above the office that made it, once, with its figures in short."""

from contextlib import suppress
from functools import cache
from typing import Any
from urllib.parse import urljoin

from desk.exit import Stop
from desk.language import speaking, text
from desk.report_words import as_of, late, pressed, title, whole
from desk.waking import Connect, wake_delivery
from directive.directory import Directory, Person
from directive.due import local_day
from directive.roles import RoleKind, role
from register.models import OutMessage
from register.open import Register
from register.sending import put_message
from register.sent_reports import SentReport


async def tell(
    register: Register, made: SentReport, directory: Directory, connect: Connect, page_url: str
) -> int:
    """Put a mail to each of them into the outbox; a repeat adds none. How many there are. Raises RegisterDown."""
    people = told(made, directory)
    fresh = [await put_message(register, mail(made, person, page_url), "report") for person in people]
    if any(fresh):
        with suppress(Stop):  # the engine is down: delivery looks into the outbox when it comes back
            await wake_delivery(connect)
    return len(people)


def told(made: SentReport, directory: Directory) -> list[Person]:
    """The leaders of the body above, and who stands in for them on the day of the sending; not the sender."""
    office = directory.unit_by_code.get(made.report.office.code)
    if office is None or not office.parent:
        return []
    seats = directory.seats(role(RoleKind.LEADERSHIP, office.parent), local_day(made.sent_at)).seats
    ids = dict.fromkeys(seat.person for seat in seats if seat.person != made.sent_by)
    return [directory.person_by_id[one] for one in ids if directory.person_by_id[one].email]


def mail(made: SentReport, person: Person, page_url: str) -> OutMessage:
    """The message; its id follows from the report and the person."""
    report = made.report
    with speaking(person.language):
        subject = text("Báo cáo: ", "Report: ") + title(report)
        office = report.office.name
        sentences = [
            text(f"Kính gửi {person.title or person.name},", f"Dear {person.title or person.name},"),
            text(
                f"{office} kính gửi báo cáo, số liệu tính đến {as_of(report.as_of)}.",
                f"{office} sends its report; the figures are of {as_of(report.as_of)}.",
            ),
            whole(report),
            pressed(report),
            late(report),
        ]
        if made.replaces:
            sentences.insert(
                2,
                text(
                    f"Báo cáo này thay báo cáo {made.replaces}: {made.reason}.",
                    f"It replaces report {made.replaces}: {made.reason}.",
                ),
            )
        address = urljoin(page_url, f"bao-cao/da-gui/{made.id}") if page_url else ""
        shown = {"subject": subject, "sentences": sentences, "address": address, "lang": person.language}
    return OutMessage(
        id=f"report-{made.id}-{person.id}",
        person=person.id,
        decided_at=made.sent_at,
        subject=subject,
        text="\n\n".join((*sentences, *filter(None, (address,)))) + "\n",
        html=_template().render(**shown),
        notices=(),
    )


@cache
def _template() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

    made = Environment(
        loader=PackageLoader("desk"),
        autoescape=select_autoescape(["html.j2"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return made.get_template("report_mail.html.j2")
