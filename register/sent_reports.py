"""Reports that were sent: kept as they were for ever, whatever happens afterwards, and told in the same transaction.

The same figures have the same digest, so a report that is sent twice is one report. Another one for the same period
and directives must name the one it replaces, and why.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, select

from directive.due import OFFICE_ZONE
from directive.value import Value
from register.audit import Entry, write
from register.office import NotRecorded, Saved
from register.open import Register
from register.outbox_models import OutMessage
from register.page_tables import reports
from register.report import Report
from register.sending import put
from register.summary import Period
from register.tables import directives
from register.upsert import insert_new
from register.writer import lock


class SentReport(Value):
    """A report as it was sent. `replaces` is the id of an earlier one, `replaced_by` of a later one."""

    id: str
    sent_at: datetime
    sent_by: str
    digest: str
    replaces: str = ""
    reason: str = ""
    replaced_by: str = ""
    report: Report


class SentHeading(Value):
    """A report that was sent without its figures, as a list names it; `number` is its directive's, empty for all."""

    id: str
    sent_at: datetime
    sent_by: str
    digest: str
    first: date | None
    last: date | None
    directive: str
    number: str
    replaces: str
    reason: str
    replaced_by: str


class NamesNone(Exception):
    """A report was sent for this period before (`existing`): another one must name that one, and why."""

    def __init__(self, existing: str) -> None:
        super().__init__(f"{existing} was sent for this period")
        self.existing = existing


Letters = Callable[[SentReport], Iterable[OutMessage]]
"""The mails that tell of a report, each with an id that follows from report and reader."""


def untold(_: SentReport) -> tuple[OutMessage, ...]:
    """Nobody is told."""
    return ()


async def send(
    register: Register,
    report: Report,
    *,
    at: datetime,
    by: str,
    way: str = "cli",
    replaces: str = "",
    reason: str = "",
    letters: Letters = untold,
) -> tuple[SentReport, Saved]:
    """Freeze a report; the same figures again are the report that was sent before (SAME).

    The report, the letters that tell of it and the audit's line are one transaction: none is ever without the others.
    Raises NamesNone where one was sent for its period and directives that `replaces` does not name, or that was
    replaced already; RegisterDown.
    """
    fresh = SentReport(
        id=_id(report),
        sent_at=at,
        sent_by=by,
        digest=report.digest,
        replaces=replaces,
        reason=reason,
        report=report,
    )
    told = tuple(letters(fresh))
    saved = await register.writing(lambda connection: _send(connection, fresh, way, told))
    return await sent(register, fresh.id), saved


def _id(report: Report) -> str:
    """The local day of its figures, and the beginning of its digest."""
    return f"{report.as_of.astimezone(OFFICE_ZONE):%Y%m%d}-{report.digest[:10]}"


def _send(connection: Connection, made: SentReport, way: str, letters: tuple[OutMessage, ...]) -> Saved:
    lock(connection, "reports")
    if connection.scalar(select(reports.c.id).where(reports.c.id == made.id)):
        return Saved.SAME
    report = made.report
    stands = connection.scalar(_standing(Period(first=report.first, last=report.last), report.directive))
    if (stands or "") != made.replaces:
        raise NamesNone(stands or "")
    row = {
        "id": made.id,
        "first": report.first,
        "last": report.last,
        "directive": report.directive,
        "made_at": report.as_of,
        "made_by": made.sent_by,
        "digest": made.digest,
        "body": report.model_dump_json(),
        "sent_at": made.sent_at,
        "replaces": made.replaces or None,
        "reason": made.reason,
    }
    connection.execute(insert_new(connection, reports).values(row))
    for letter in letters:
        put(connection, letter, "report")
    told = {"report": made.id, "digest": made.digest, "replaces": made.replaces}
    write(connection, Entry(made.sent_at, made.sent_by, way, "report_sent", "", "done", told))
    return Saved.NEW


def _standing(period: Period, directive: str) -> Any:
    """The id of the report of a period that no other one has replaced."""
    later = reports.alias()
    return select(reports.c.id).where(
        reports.c.first.is_not_distinct_from(period.first),
        reports.c.last.is_not_distinct_from(period.last),
        reports.c.directive == directive,
        ~select(later.c.id).where(later.c.replaces == reports.c.id).exists(),
    )


async def standing(register: Register, period: Period, directive: str = "") -> str:
    """The id of the report that was sent for a period and stands; empty where none was. Raises RegisterDown."""
    async with register.read() as connection:
        return str(await connection.scalar(_standing(period, directive)) or "")


async def sent(register: Register, report_id: str) -> SentReport:
    """A report as it was sent. Raises NotRecorded, RegisterDown."""
    wanted = select(reports, _LATER.c.id.label("replaced_by")).outerjoin(_LATER, _REPLACES)
    async with register.read() as connection:
        row = (await connection.execute(wanted.where(reports.c.id == report_id))).one_or_none()
    if row is None:
        raise NotRecorded("report", report_id)
    return SentReport(
        id=row.id,
        sent_at=row.sent_at,
        sent_by=row.made_by,
        digest=row.digest,
        replaces=row.replaces or "",
        reason=row.reason,
        replaced_by=row.replaced_by or "",
        report=Report.model_validate_json(row.body),
    )


async def sent_reports(register: Register) -> list[SentHeading]:
    """All reports that were sent, the newest first; years of figures are not read for it. Raises RegisterDown."""
    columns = [
        reports.c[name] for name in ("id", "sent_at", "digest", "first", "last", "directive", "reason")
    ]
    wanted = (
        select(
            *columns,
            reports.c.made_by.label("sent_by"),
            func.coalesce(reports.c.replaces, "").label("replaces"),
            func.coalesce(_LATER.c.id, "").label("replaced_by"),
            func.coalesce(directives.c.number, reports.c.directive).label("number"),
        )
        .outerjoin(_LATER, _REPLACES)
        .outerjoin(directives, directives.c.id == reports.c.directive)
        .order_by(reports.c.sent_at.desc(), reports.c.id)
    )
    async with register.read() as connection:
        return [
            SentHeading.model_validate(dict(row)) for row in (await connection.execute(wanted)).mappings()
        ]


_LATER = reports.alias()
_REPLACES = _LATER.c.replaces == reports.c.id
