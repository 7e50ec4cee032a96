"""An office small enough to count by hand, and a task that lives as its workflow would let it."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from directive.codes import approval_id, directive_id
from directive.directory import Absence, Directory, Group, Person, Unit
from directive.due import OFFICE_ZONE, Due, end_of_day
from directive.mark import Mark, name_of
from directive.message import Act, Door, Message
from directive.moves import move
from directive.outlook import Outlook
from directive.plan import DirectiveHeader, Plan, PlannedTask
from directive.policy import Policy
from directive.question import Choice, Stage
from directive.record import Recorded, Transition, fold
from directive.request import Request
from directive.taking import assignment, take
from directive.task import Facts, Order, assigned
from register.calendars import shipped_calendar
from register.open import Register
from register.record import record

ROOT = Path(__file__).parents[2]
DUE = date(2026, 6, 30)
ASSIGNED = datetime(2026, 6, 1, 1, tzinfo=UTC)  # a Monday, 08:00 local
STANDARD = Policy.model_validate(YAML(typ="safe").load(ROOT / "letters/policies/standard.yaml"))
NUMBER = "1346-CV/ĐU"
DIRECTIVE = directive_id("du", NUMBER, date(2026, 5, 29))


def local(day: int, hour: int = 8, minute: int = 0, month: int = 6) -> datetime:
    """An instant of 2026 by the office's clock."""
    return datetime(2026, month, day, hour, minute, tzinfo=OFFICE_ZONE).astimezone(UTC)


def due(day: date = DUE) -> Due:
    return Due(day=day, instant=end_of_day(day))


def directory(
    version: str = "d1", absences: tuple[Absence, ...] = (), heads: dict[str, str] | None = None
) -> Directory:
    """Three units that do, an issuer that assigns, an office that monitors. `heads` replaces heads by unit."""
    does = tuple(
        Unit(
            code=code, name=code, head=(heads or {}).get(code, f"head-{code}"), officers=(f"officer-{code}",)
        )
        for code in ("so-a", "so-b", "so-c")
    )
    office = Unit(code="vp", name="Văn phòng", head=(heads or {}).get("vp", "head-vp"))
    issuer = Unit(
        code="du", name="Đảng ủy", leadership=("leader",), approvers=("approver",), assigners=("assigner",)
    )
    units = (*does, office, issuer)
    known = {one for unit in units for one in (unit.head, *unit.officers, *unit.leadership)} - {""}
    known |= {"approver", "assigner", "deputy", "other"}
    people = tuple(Person(id=one, name=one, email=f"{one}@example.invalid") for one in sorted(known))
    everyone = Group(code="cac-so", name="Các sở", units=("so-a", "so-b", "so-c"))
    return Directory(version=version, units=units, people=people, groups=(everyone,), absences=absences)


def planned(code: str, lead: tuple[str, ...] = ("so-a",), **more: Any) -> PlannedTask:
    task = PlannedTask(
        code=code,
        work=f"việc {code}",
        lead=lead,
        due=due(),
        route=(Stage(asks=("approver:du",)),),
        monitor="vp",
    )
    return task.model_copy(update=more)


def plan(*tasks: PlannedTask, number: str = NUMBER, policy: Policy = STANDARD) -> Plan:
    issued = date(2026, 5, 29)
    header = DirectiveHeader(
        id=directive_id("du", number, issued), number=number, issued=issued, issuer="du", subject="V/v thử"
    )
    every = tasks or (planned("1.1"), planned("1.2", ("cac-so",)))
    return Plan(directive=header, tasks=every, policy=policy, calendar=shipped_calendar().version)


def document() -> Plan:
    """A document of so-a that is put before the monitoring office's head, then the leadership."""
    made = plan(planned("ttr-45", route=(Stage(asks=("head:vp",)), Stage(asks=("leadership:du",)))))
    name = approval_id("ttr-45")
    header = made.directive.model_copy(
        update={"id": name, "number": "ttr-45", "subject": "Ban hành Kế hoạch"}
    )
    request = Request(reference="ttr-45", text="Kính trình phê duyệt", by="officer-so-a", role="officer:so-a")
    return made.model_copy(update={"directive": header, "request": request})


class Running:
    """One task with its register: it moves and folds as the workflow does."""

    def __init__(self, register: Register, order: Order, at: datetime = ASSIGNED) -> None:
        self.register = register
        self.policy = order.policy
        self.facts: Facts = assigned(order, at)
        self.outlook: Outlook | None = None
        self.last: Transition | None = None

    @property
    def id(self) -> str:
        return self.facts.task.id

    @property
    def marks(self) -> tuple[Mark, ...]:
        assert self.outlook
        return self.outlook.marks

    async def start(self) -> Recorded:
        first = Transition(facts=self.facts, events=(assignment(self.facts),), at=self.facts.assigned_at)
        return await self.settle(first)

    async def settle(self, transition: Transition) -> Recorded:
        """Record a transition with what is expected then, as a workflow does, and fold the answer."""
        expected = self.outlook.without(transition.facts.settled) if self.outlook else ()
        transition = transition.model_copy(update={"expects": name_of(expected)})
        answer = await record(self.register, transition)
        self.facts = fold(transition.facts, transition, answer.vacant, answer.known, self.policy)
        self.outlook, self.last = answer.seen(expected), transition
        return answer

    def taking(self, until: datetime) -> Transition:
        """The transition that takes every mark due by `until`."""
        now_due = tuple(mark for mark in self.marks if mark.at <= until)
        assert now_due, "nothing has come due"
        facts, events = take(self.facts, now_due, until, self.policy)
        return Transition(facts=facts, events=events, taken=now_due, at=until)

    async def take_next(self) -> Recorded:
        return await self.settle(self.taking(self.marks[0].at))

    def acting(self, act: Act, at: datetime, actor: str, role: str, **more: Any) -> Transition:
        name = more.pop("id", f"{act}-{at:%m%d%H%M}")
        said = Message(id=name, act=act, actor=actor, role=role, at=at, door=Door.CLI, **more)
        assert self.outlook
        facts, event = move(self.facts, said, self.outlook, self.policy, at)
        return Transition(facts=facts, events=(event,), at=at)

    async def act(self, act: Act, at: datetime, actor: str, role: str, **more: Any) -> Recorded:
        return await self.settle(self.acting(act, at, actor, role, **more))

    async def report(self, at: datetime, **more: Any) -> Recorded:
        unit = self.facts.task.unit
        more = {"text": "đã làm xong", **more}
        return await self.act(Act.REPORT, at, f"officer-{unit}", f"officer:{unit}", **more)

    async def approve(self, at: datetime) -> Recorded:
        return await self.act(Act.ANSWER, at, "approver", "approver:du", choice=Choice.APPROVE)
