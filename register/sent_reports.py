"""Reports that were sent: kept as they were for ever, whatever happens afterwards.

The same figures have the same digest, so a report that is sent twice is one report. Another one for the same period
and directives must name the one it replaces, and why.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from directive.due import OFFICE_ZONE
from directive.value import Value
from register.office import NotRecorded, Saved
from register.open import Register
from register.report import Report
from register.summary import Period
from register.tables import reports
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


class NamesNone(Exception):
    """A report was sent for this period before (`existing`): another one must name that one, and why."""

    def __init__(self, existing: str) -> None:
        super().__init__(f"{existing} was sent for this period")
        self.existing = existing


async def send(
    register: Register, report: Report, *, at: datetime, by: str, replaces: str = "", reason: str = ""
) -> tuple[SentReport, Saved]:
    """Freeze a report; the same figures again are the report that was sent before (SAME).

    Raises NamesNone where one was sent for its period and directives that `replaces` does not name, or that was
    replaced already; RegisterDown.
    """
    saved = await register.writing(lambda connection: _send(connection, report, at, by, replaces, reason))
    return await sent(register, _id(report)), saved


def _id(report: Report) -> str:
    """The local day of its figures, and the beginning of its digest."""
    return f"{report.as_of.astimezone(OFFICE_ZONE):%Y%m%d}-{report.digest[:10]}"


def _send(connection: Connection, report: Report, at: datetime, by: str, replaces: str, reason: str) -> Saved:
    lock(connection, "reports")
    if connection.scalar(select(reports.c.id).where(reports.c.id == _id(report))):
        return Saved.SAME
    stands = connection.scalar(_standing(Period(first=report.first, last=report.last), report.directive))
    if (stands or "") != replaces:
        raise NamesNone(stands or "")
    row = {
        "id": _id(report),
        "first": report.first,
        "last": report.last,
        "directive": report.directive,
        "made_at": report.as_of,
        "made_by": by,
        "digest": report.digest,
        "body": report.model_dump_json(),
        "sent_at": at,
        "replaces": replaces or None,
        "reason": reason,
    }
    connection.execute(insert_new(connection, reports).values(row))
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
    found = await _sent(register, report_id)
    if not found:
        raise NotRecorded("report", report_id)
    return found[0]


async def sent_reports(register: Register) -> list[SentReport]:
    """All reports that were sent, the newest first. Raises RegisterDown."""
    return await _sent(register)


async def _sent(register: Register, report_id: str = "") -> list[SentReport]:
    later = reports.alias()
    wanted = select(reports, later.c.id.label("replaced_by")).outerjoin(
        later, later.c.replaces == reports.c.id
    )
    wanted = wanted.order_by(reports.c.sent_at.desc(), reports.c.id)
    if report_id:
        wanted = wanted.where(reports.c.id == report_id)
    async with register.read() as connection:
        rows = (await connection.execute(wanted)).all()
    return [
        SentReport(
            id=row.id,
            sent_at=row.sent_at,
            sent_by=row.made_by,
            digest=row.digest,
            replaces=row.replaces or "",
            reason=row.reason,
            replaced_by=row.replaced_by or "",
            report=Report.model_validate_json(row.body),
        )
        for row in rows
    ]
