"""An office with real names, and notices to gather."""

from datetime import UTC, date, datetime
from typing import Any, Literal

from directive.calendar import WorkCalendar
from directive.codes import directive_id, task_id
from directive.directory import Directory, Person, Unit
from directive.due import OFFICE_ZONE
from directive.event import Event, EventKind
from directive.plan import DirectiveHeader, Plan, PlannedTask
from register.calendars import shipped_calendar
from register.outbox_models import Notice
from tests.register.given import STANDARD, planned

CALENDAR: WorkCalendar = shipped_calendar()
ISSUED = date(2026, 5, 29)
NUMBER = "1346-CV/ĐU"
WORK = "Rà soát, cập nhật đầy đủ tiến độ thực hiện các nhiệm vụ trên Hệ thống; kèm tài liệu minh chứng"

Relation = Literal["superior", "equal", "subordinate"]
System = Literal["state", "party"]


def local(day: int, hour: int = 8, minute: int = 0, second: int = 0, month: int = 7) -> datetime:
    """An instant of 2026 by the office's clock; 1 July is a Wednesday."""
    return datetime(2026, month, day, hour, minute, second, tzinfo=OFFICE_ZONE).astimezone(UTC)


def notice(name: str, at: datetime, kind: EventKind = EventKind.COMMITTED, **more: Any) -> Notice:
    """A notice as the outbox gives it. Escalations are urgent unless it is said otherwise."""
    code = str(more.pop("code", "1.1"))
    unit = str(more.pop("unit", "so-khcn"))
    directive = directive_id("du", NUMBER, ISSUED)
    said = {key: more.pop(key) for key in ("reason", "text", "detail", "actor") if key in more}
    event = Event(id=name, kind=kind, at=at, **said)
    task = task_id(directive, code, unit)
    person = str(more.pop("person", "head"))
    fields: dict[str, Any] = {
        "id": f"{task}/{name}/{person}",
        "task": task,
        "event_id": name,
        "kind": kind,
        "person": person,
        "role": f"head:{unit}",
        "on_behalf_of": "",
        "copied": False,
        "urgent": False,
        "level": 0,
        "planned": None,
        "at": at,
        "written": at,
        "question": "",
        "cycle": 1,
        "directive": directive,
        "number": NUMBER,
        "urgency": "",
        "issuer": "du",
        "code": code,
        "unit": unit,
        "work": WORK,
        "due_day": date(2026, 6, 30),
        "event": event,
        "status": "waiting",
        "reason": "",
        "message": "",
    }
    return Notice(**{**fields, **more})


def directory(
    system: System = "state", relation: Relation = "subordinate", language: str = "vi"
) -> Directory:
    """An issuer, its office, and a department below, beside or above it."""
    above = {"subordinate": "du", "equal": "", "superior": ""}[relation]
    issuer_above = "so-khcn" if relation == "superior" else ""
    units = (
        Unit(
            code="du",
            name="Đảng ủy Ủy ban nhân dân tỉnh" if system == "party" else "Ủy ban nhân dân tỉnh",
            system=system,
            parent=issuer_above,
            leadership=("leader",),
            approvers=("approver",),
            assigners=("assigner",),
        ),
        Unit(code="vp", name="Văn phòng", system=system, parent="du", head="head-vp"),
        Unit(
            code="so-khcn",
            name="Sở Khoa học và Công nghệ" if system == "state" else "Đảng bộ Sở Khoa học và Công nghệ",
            system=system,
            parent=above,
            head="head",
            officers=("officer", "deputy"),
        ),
    )
    names = {
        "head": "Giám đốc Sở Khoa học và Công nghệ",
        "officer": "Chuyên viên Phòng Kế hoạch",
        "deputy": "Phó Giám đốc Sở Khoa học và Công nghệ",
        "leader": "Phó Bí thư Thường trực",
        "approver": "Chánh Văn phòng",
        "assigner": "Phó Chánh Văn phòng",
        "head-vp": "Chánh Văn phòng",
    }
    people = tuple(
        Person.model_validate(
            {"id": key, "name": name, "email": f"{key}@example.invalid", "language": language}
        )
        for key, name in names.items()
    )
    return Directory(version=f"{system}-{relation}-{language}", units=units, people=people)


def plan(*tasks: PlannedTask, urgency: str = "", number: str = NUMBER) -> Plan:
    """One directive of the issuer."""
    header = DirectiveHeader(
        id=directive_id("du", number, ISSUED),
        number=number,
        issued=ISSUED,
        issuer="du",
        subject="V/v đôn đốc triển khai thực hiện các nhiệm vụ tại Báo cáo số 23-BC/CQTTBCĐ",
    )
    every = tasks or (planned("1.1", ("so-khcn",), work=WORK),)
    named = header.model_copy(update={"urgency": urgency})
    return Plan(directive=named, tasks=every, policy=STANDARD, calendar=CALENDAR.version)
