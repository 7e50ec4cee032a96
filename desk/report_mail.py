"""A sent report is told to the leaders of the body above the office that made it, once, with its figures in short."""

from contextlib import suppress
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import urljoin

from desk.exit import Stop
from desk.greeting import greeting
from desk.language import speaking, text
from desk.report import freeze
from desk.report_words import as_of, late, pressed, title, whole
from desk.waking import Connect, wake_delivery
from directive.directory import Directory, Person
from directive.due import local_day
from directive.roles import RoleKind, role
from register.open import Register
from register.outbox_models import OutMessage
from register.report import Report
from register.sent_reports import SentReport


class Sender(NamedTuple):
    """Who sends a report by which way (`mail`, `oidc`, `cli`), and which one it replaces, with the reason."""

    person: str
    way: str = "cli"
    replaces: str = ""
    reason: str = ""


async def send(
    register: Register,
    report: Report,
    by: Sender,
    at: datetime,
    directory: Directory,
    connect: Connect,
    page_url: str,
) -> SentReport:
    """Freeze a report at an instant (UTC) and tell it; the same again is the one sent before.

    The letters are written down with the report: whatever ends this process, none is lost. Raises Stop, RegisterDown.
    """

    def letters(made: SentReport) -> list[OutMessage]:
        return [mail(made, person, directory, page_url) for person in told(made, directory)]

    more = {"replaces": by.replaces, "reason": by.reason}
    made, _ = await freeze(register, report, by.person, by.way, at, letters=letters, **more)
    with suppress(Stop):  # the engine is down: delivery looks into the outbox when it comes back
        await wake_delivery(connect)
    return made


def told(made: SentReport, directory: Directory) -> list[Person]:
    """The leaders of the body above, and who stands in for them on the day of the sending; not the sender."""
    office = directory.unit_by_code.get(made.report.office.code)
    if office is None or not office.parent:
        return []
    seats = directory.seats(role(RoleKind.LEADERSHIP, office.parent), local_day(made.sent_at)).seats
    ids = dict.fromkeys(seat.person for seat in seats if seat.person != made.sent_by)
    return [directory.person_by_id[one] for one in ids if directory.person_by_id[one].email]


def mail(made: SentReport, person: Person, directory: Directory, page_url: str) -> OutMessage:
    """The message; its id follows from the report and the person."""
    report = made.report
    with speaking(person.language):
        subject = text("Báo cáo: ", "Report: ") + title(report)
        office = report.office.name
        sentences = [
            f"{greeting(directory, person)},",
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
        closing = text("Trân trọng.", "Yours sincerely.")
        shown = {"subject": subject, "sentences": sentences, "address": address, "lang": person.language}
    return OutMessage(
        id=f"report-{made.id}-{person.id}",
        person=person.id,
        decided_at=made.sent_at,
        subject=subject,
        text="\n\n".join(filter(None, (*sentences, address, closing))) + "\n",
        html=_template().render(closing=closing, **shown),
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
