"""`period-report`: the figures of a period on the screen or in a file, sent or not, and those that were sent."""

from pathlib import Path
from typing import NamedTuple

from desk import find, periods, person, screen, words
from desk.exit import bad_input
from desk.files import write_bytes
from desk.language import text
from desk.office import directory_in_use, with_register
from desk.report import drawn, frozen, one_sent
from desk.report_file import Frozen, content, form_of
from desk.report_mail import Sender, send
from desk.report_words import COLUMNS, as_of, late, number, period_of, pressed, title, whole
from desk.saying import now
from desk.settings import settings
from register.open import Register
from register.report import Report
from register.sent_reports import SentHeading, sent_reports
from register.summary import Period


class Sending(NamedTuple):
    """Who sends it, and which report it replaces, with the reason."""

    who: str
    replaces: str = ""
    reason: str = ""


def report(by: str, asked: Period, directive: str, output: Path | None, sending: Sending | None) -> None:
    """Draw a report, write it where a file is named, and send it where somebody sends it. Raises Stop."""
    form = form_of(output) if output else None

    async def work(register: Register) -> None:
        from desk.engine import connect

        directory = await directory_in_use(register)
        names = person.namer(directory)
        who = person.known(directory, sending.who) if sending else ""
        meant = await find.directive(register, directive)
        made = await drawn(register, asked, now(), directive=meant, who=who)
        kept: Frozen | None = None
        if sending:
            by_whom = Sender(who, "cli", sending.replaces, sending.reason)
            sent = await send(register, made, by_whom, now(), directory, connect, settings().page_url)
            kept, made = frozen(sent, names), sent.report
        if output and form:
            write_bytes(output, content(made, form, kept))
        _tell(by, made, kept, output)

    with_register(work)


def show_sent(report_id: str, by: str, output: Path | None) -> None:
    """Show a report as it was sent, and write it where a file is named. Raises Stop."""
    form = form_of(output) if output else None

    async def work(register: Register) -> None:
        found = await one_sent(register, report_id)
        kept = frozen(found, person.namer(await directory_in_use(register)))
        if output and form:
            write_bytes(output, content(found.report, form, kept))
        _tell(by, found.report, kept, output)

    with_register(work)


def list_sent() -> None:
    """The reports that were sent, the newest first. Raises Stop."""

    async def work(register: Register) -> None:
        rows = await sent_reports(register)
        screen.answer([row.model_dump(mode="json") for row in rows])
        if not rows:
            screen.say(text("Chưa gửi báo cáo nào.", "No report was sent."))
            return
        names = person.namer(await directory_in_use(register))
        columns = [
            text("Mã", "Id"), text("Kỳ", "Period"), text("Gửi lúc", "Sent"), text("Người gửi", "By"),
            text("Được thay bởi", "Replaced by"),
        ]  # fmt: skip
        screen.table(columns, [_sent_cells(row, names) for row in rows])

    with_register(work)


def _sent_cells(row: SentHeading, names: words.Names) -> list[str]:
    period = periods.words(period_of(row))
    return [row.id, period, words.moment(row.sent_at), names(row.sent_by), row.replaced_by or "—"]


def _tell(by: str, made: Report, kept: Frozen | None, output: Path | None) -> None:
    rows = made.by_unit if by == "unit" else made.by_directive
    sent = {"id": kept.id, "sent_at": kept.sent_at, "replaces": kept.replaces} if kept else None
    screen.answer(
        {"report": made.model_dump(mode="json"), "digest": made.digest, "sent": sent, "file": output}
    )
    screen.say(title(made), "bold")
    screen.say(text(f"Số liệu tính đến {as_of(made.as_of)}.", f"Figures of {as_of(made.as_of)}."))
    keyed = text("Đơn vị", "Unit") if by == "unit" else text("Văn bản", "Directive")
    body = [
        [made.names.get(row.key, row.key), *(number(column.value(row)) for column in COLUMNS)] for row in rows
    ]
    body.append([text("Tổng", "Total"), *(number(column.value(made.total)) for column in COLUMNS)])
    shown = [0, *(place for place in range(1, len(body[0])) if any(line[place] != "0" for line in body))]
    heads = [keyed, *(column.label for column in COLUMNS)]
    screen.table(
        [heads[place] for place in shown], [[line[place] for place in shown] for line in body], numbers=True
    )
    for said in (whole(made), pressed(made), late(made)):
        screen.say(said)
    if kept:
        screen.say(
            text(
                f"Đã chốt lúc {words.moment(kept.sent_at)}: {kept.id}.",
                f"Sent {words.moment(kept.sent_at)}: {kept.id}.",
            ),
            "green",
        )
    if output:
        screen.say(f"{text('Tệp', 'File')}: {output}")


def period(code: str, first: str | None, last: str | None) -> Period:
    """The period typed: by its name, or by its days. Raises Stop."""
    if code and (first or last):
        raise bad_input(
            "--period không đi cùng --from, --to",
            "--period does not go with --from and --to",
            "chọn một trong hai cách",
            "use one of the two",
            kind="bad_period",
        )
    return periods.period(code) if code else periods.between(first, last)
