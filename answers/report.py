"""Reports: the figures of a period, files of them, sending one for good, and those that were sent."""

from datetime import date
from typing import Any, Literal

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse

from answers import rights, said
from answers.house import House, house_of
from answers.pages import page
from answers.reader import Reader, SignedIn
from answers.report_asked import CHOSEN, FIELDS, PLACE, Asked, AskedReport, read
from answers.report_figures import tables
from desk import periods, report_words
from desk.person import namer
from desk.report import drawn, frozen, moved_on, one_sent
from desk.report_file import MEDIA, Form, Frozen, content, name_of
from desk.report_mail import Sender
from desk.report_mail import send as deliver_report
from directive.due import local_day
from register.counted import Figure, counted
from register.report import Report, directives_reported
from register.sent_reports import SentReport, sent_reports, standing
from register.summary import Asked as CountedBy

router = APIRouter()
A_PAGE = 100
LATE_SHOWN = 50
Files = Literal["xlsx", "docx"]


@router.get(PLACE, include_in_schema=False)
async def show(request: Request, reader: SignedIn, asked: AskedReport) -> Response:
    """The figures of a period, and the reports that were sent. Raises Stop, RegisterDown."""
    house = house_of(request)
    report = await _drawn(house, reader, asked)
    sends = rights.monitors(reader) and rights.units_seen(reader) is None
    stands = await standing(house.register, asked.period, asked.directive) if sends else ""
    sent = await sent_reports(house.register)
    return page(
        request,
        "report.html.j2",
        **_figures(report, asked),
        periods=_offered(asked, local_day(house.now())),
        chosen=CHOSEN,
        code=periods.code(asked.period) or CHOSEN,
        directives=await directives_reported(house.register, rights.units_seen(reader)),
        sends=sends and bool(report.first and report.last),
        stands=stands,
        sent=sent,
        unchanged=any(one.id == stands and one.digest == report.digest for one in sent),
        names=namer(reader.directory),
    )


@router.get(PLACE + "/tep/{form}", include_in_schema=False)
async def file(request: Request, reader: SignedIn, asked: AskedReport, form: Files) -> Response:
    """The figures of a period as a file. Raises Stop, RegisterDown."""
    return await _download(await _drawn(house_of(request), reader, asked), form, None)


@router.get(PLACE + "/nhiem-vu", include_in_schema=False)
async def tasks(request: Request, reader: SignedIn, asked: AskedReport, trang: int = 1) -> Response:
    """The tasks behind one figure. Raises Stop, RegisterDown."""
    rights.need(rights.sees_board(reader))
    figure, unit = _figure(request.query_params.get("chi-tieu", "")), request.query_params.get("don-vi", "")
    seen = rights.units_seen(reader)
    units = seen if not unit else (unit,) if seen is None or unit in seen else ()
    of = CountedBy(asked.period, asked.period.judged_at(asked.moment), asked.directive, units)
    found = await counted(house_of(request).register, figure, of)
    first = max(trang - 1, 0) * A_PAGE

    def at(number: int) -> str:
        return f"{asked.tasks(figure, unit=unit)}&trang={number}"

    return page(
        request,
        "report_tasks.html.j2",
        column=next(one for one in report_words.COLUMNS if one.figure is figure),
        found=found[first : first + A_PAGE],
        first=first + 1,
        last=min(first + A_PAGE, len(found)),
        total=len(found),
        times=sum(one.times for one in found),
        before=at(trang - 1) if first else "",
        after=at(trang + 1) if first + A_PAGE < len(found) else "",
        back=f"{PLACE}?{asked.query()}",
        names=namer(reader.directory),
        unit=unit,
        about=periods.words(asked.period),
        as_of=report_words.as_of(of.moment),
    )


@router.post(PLACE + "/gui", include_in_schema=False)
async def send(request: Request, reader: SignedIn) -> Response:
    """Send the report that was shown, if its figures are still the same. Raises Stop, RegisterDown."""
    rights.need(rights.monitors(reader) and rights.units_seen(reader) is None)
    house, form = house_of(request), await request.form()

    def field(name: str) -> str:
        value = form.get(name, "")
        return value if isinstance(value, str) else ""

    asked = read(request, *(field(name) for name in FIELDS))
    report = await _drawn(house, reader, asked)
    if report.digest != field("digest"):
        raise moved_on()
    by = Sender(reader.person.id, reader.way, field("thay"), field("ly-do")[:1000])
    made = await deliver_report(
        house.register, report, by, house.now(), reader.directory, house.connect, house.page_url
    )
    return RedirectResponse(f"{PLACE}/da-gui/{made.id}", 303)


@router.get(PLACE + "/da-gui/{number}", include_in_schema=False)
async def show_sent(request: Request, reader: SignedIn, number: str) -> Response:
    """A report as it was sent. Raises Stop, RegisterDown."""
    made, report = await _sent(house_of(request), reader, number)
    asked = Asked(report_words.period_of(report), report.directive, report.as_of)
    return page(
        request, "report_sent.html.j2", **_figures(report, asked), made=made, names=namer(reader.directory)
    )


@router.get(PLACE + "/da-gui/{number}/tep/{form}", include_in_schema=False)
async def sent_file(request: Request, reader: SignedIn, number: str, form: Files) -> Response:
    """A report as it was sent, as a file. Raises Stop, RegisterDown."""
    made, report = await _sent(house_of(request), reader, number)
    return await _download(report, form, frozen(made, namer(reader.directory)))


async def _drawn(house: House, reader: Reader, asked: Asked) -> Report:
    rights.need(rights.sees_board(reader))
    if asked.directive:
        known = dict(await directives_reported(house.register, rights.units_seen(reader)))
        if asked.directive not in known:
            raise said.not_found()
    return await drawn(
        house.register,
        asked.period,
        asked.moment,
        directive=asked.directive,
        units=rights.units_seen(reader),
        who=reader.person.id,
    )


async def _sent(house: House, reader: Reader, number: str) -> tuple[SentReport, Report]:
    """The report with what of it the reader may see."""
    rights.need(rights.sees_board(reader))
    made, units = await one_sent(house.register, number), rights.units_seen(reader)
    return made, made.report if units is None else made.report.only(units)


def _figures(report: Report, asked: Asked) -> dict[str, Any]:
    """What the table of figures is made from."""
    asked = asked._replace(moment=report.as_of)
    return {
        "report": report,
        "asked": asked,
        "tables": tables(report, asked),
        "said": report_words,
        "late": report.overdue[:LATE_SHOWN],
        "late_all": asked.tasks(Figure.RUNNING_OVERDUE),
    }


def _offered(asked: Asked, today: date) -> list[tuple[str, str]]:
    """The periods to choose from, the one shown among them."""
    offered = periods.recent(today)
    code = periods.code(asked.period)
    if code not in dict(offered):
        offered.insert(0, (code or CHOSEN, periods.words(asked.period)))
    return [(one, f"{words[:1].upper()}{words[1:]}") for one, words in offered]


def _figure(said_of_it: str) -> Figure:
    try:
        return Figure(said_of_it)
    except ValueError:
        raise said.not_found() from None


async def _download(report: Report, form: Form, kept: Frozen | None) -> Response:
    name = name_of(report, form)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    made = await run_in_threadpool(content, report, form, kept)
    return Response(made, media_type=MEDIA[form], headers=headers)
