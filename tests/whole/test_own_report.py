"""Nobody decides on their own report or request: who × which decision × on which way, on the real server.

A way that a later release opens becomes one more entry of `WAYS`.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest
from temporalio.client import Client

from answers.app import build
from answers.cookies import SESSION
from answers.csrf import token_for
from answers.house import House
from answers.pace import Pace
from desk import saying
from desk.exit import Stop
from desk.saying import Case
from desk.settings import settings
from directive.directory import Absence, Directory
from directive.event import EventKind
from directive.message import Act, Message
from directive.question import Choice, Question, QuestionKind
from directive.record import Receipt
from register.plans import save_directory
from tests.answers.conftest import PAGE, SECRET, browser_of, session_for
from tests.answers.working import words_of
from tests.databases import Database
from tests.register.given import directory, plan, planned
from tests.whole.house import until
from tests.whole.living import Living, Task, living

pytestmark = pytest.mark.timeout(180)

APPROVER = "approver:du"
JUNE = (date(2026, 6, 1), date(2026, 6, 30))


class Who(NamedTuple):
    """A person, whom they stand in for, and who typed it."""

    actor: str
    on_behalf_of: str = ""
    typed_by: str = "typist"


class Own(NamedTuple):
    """One way in which a request and its decision come from one person; unit `so-b` is asked, `du` decides."""

    asks_as: str
    asks: Who
    decides: Who
    directory: Directory


def office(version: str, head: str = "", away: tuple[str, str] | None = None) -> Directory:
    """The office where `head` leads unit so-b too, and somebody is away in June."""
    absences = (Absence(person=away[0], delegate=away[1], start=JUNE[0], end=JUNE[1]),) if away else ()
    return directory(version, absences, {"so-b": head} if head else None)


OFFICER, HEAD = "officer:so-b", "head:so-b"
PEOPLE = {
    "one person with both roles": Own(HEAD, Who("approver"), Who("approver"), office("o1", "approver")),
    "who asked stands in for who decides": Own(
        OFFICER, Who("officer-so-b"), Who("officer-so-b", "approver"),
        office("o2", away=("approver", "officer-so-b"))),
    "who decides stood in for who asked": Own(
        OFFICER, Who("approver", "officer-so-b"), Who("approver"),
        office("o3", away=("officer-so-b", "approver"))),
    "somebody stands in for who asked": Own(
        HEAD, Who("approver"), Who("deputy", "approver"), office("o4", "approver", ("approver", "deputy"))),
    "who decides typed the request in": Own(
        OFFICER, Who("officer-so-b", typed_by="approver"), Who("approver"), office("o5")),
    "who asked types the decision in": Own(
        OFFICER, Who("officer-so-b"), Who("approver", typed_by="officer-so-b"), office("o6")),
}  # fmt: skip
DECISIONS = {
    QuestionKind.APPROVAL: (Choice.APPROVE, Choice.RETURN, Choice.REFUSE, Choice.ASK_MORE),
    QuestionKind.EXTENSION: (Choice.GRANT, Choice.REFUSE, Choice.COUNTER, Choice.ASK_MORE),
    QuestionKind.OBSTACLE: (Choice.RESOLVE, Choice.REFUSE, Choice.ASK_MORE),
    QuestionKind.NOT_OURS: (Choice.AGREE, Choice.REFUSE, Choice.ASK_MORE),
}


class Try(NamedTuple):
    """One decision that has to be refused."""

    house: Living
    task: Task
    own: Own
    question: Question
    choice: Choice
    name: str

    def said(self) -> dict[str, object]:
        """What is said with it."""
        needs_day = self.choice is Choice.COUNTER
        day = date(2026, 7, 5) if needs_day else None
        return {"question": self.question.id, "choice": self.choice, "day": day, "reason": "lý do"}

    def message(self) -> Message:
        """It, as a door would write it."""
        who = self.own.decides
        more = {**who._asdict(), **self.said()}
        return self.house.message(self.name, Act.ANSWER, more.pop("actor"), APPROVER, **more)


async def by_update(one: Try) -> str:
    """The update; the reason it is refused for."""
    heard = await one.house.say(one.task, one.message())
    return heard.kind if isinstance(heard, Stop) else "done"


async def by_signal(one: Try) -> str:
    """The signal; it is recorded as refused."""
    message = one.message()
    await one.task.signal("answer_question", message)

    async def recorded() -> bool:
        return any(event.id == message.id for event in await one.house.events(one.task))

    await until(recorded, message.id)
    event = next(event for event in await one.house.events(one.task) if event.id == message.id)
    return event.reason if event.kind is EventKind.ANSWER_REFUSED else "done"


async def by_command(one: Try) -> str:
    """What the command line does: the directory proves the role, then the message is sent."""
    case = Case(await one.house.facts(one.task), one.own.directory)
    try:
        by = saying.By(one.own.decides.actor, APPROVER, one.name)
        message = saying.message(case, Act.ANSWER, by, one.said())
    except Stop as stop:
        return f"at the door: {stop.kind}"
    assert message.on_behalf_of == one.own.decides.on_behalf_of
    heard = await one.house.say(one.task, message.model_copy(update={"typed_by": one.own.decides.typed_by}))
    return heard.kind if isinstance(heard, Stop) else "done"


async def by_page(one: Try) -> str:
    """The question's page, where the person sits at the browser themselves."""
    browser, csrf = await signed_in(one.house, one.own.decides.actor)
    day = "2026-07-03" if one.choice is Choice.COUNTER else ""  # a Friday: the page takes no day off
    said = {"choice": one.choice.value, "reason": "lý do", "day": day, "csrf": csrf, "message_id": one.name}
    answer = await browser.post(f"/cau-hoi/{one.task.id}/{one.question.id}", data=said)
    own = answer.status_code == 403 and "Không ai được tự quyết định" in answer.text
    return "own_report" if own else f"{answer.status_code}: {words_of(answer)}"


class Unhurried(Pace):
    """Takes as many tries as a test makes."""

    def tried(self, item: object, who: str) -> None:
        """Count nothing."""


_AT_BROWSERS: dict[str, tuple[httpx.AsyncClient, str]] = {}


async def signed_in(house: Living, person: str) -> tuple[httpx.AsyncClient, str]:
    """A browser at the house's page with somebody signed in, and the token of its forms."""
    if person not in _AT_BROWSERS:

        async def connect() -> Client:
            return house.house.client

        page = House(house.house.register, connect, SECRET, PAGE, pace=Unhurried())
        token = await session_for(page, person)
        browser = browser_of(build(page))
        browser.cookies.set(SESSION, token, domain="page.test")
        _AT_BROWSERS[person] = browser, token_for(page, token)
    return _AT_BROWSERS[person]


WAYS: dict[str, Callable[[Try], Awaitable[str]]] = {
    "update": by_update,
    "signal": by_signal,
    "command": by_command,
    "page": by_page,
}
NOBODY_TYPES_FOR_ANOTHER = "who asked types the decision in", "page"
"""At the page a person acts for nobody but themselves: there is no such case."""


@pytest.fixture
async def office_clock(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Callable[[Living], None]]:
    """The desk's clock shows what the house's does. The browsers at it are closed in the end."""

    def use(house: Living) -> None:
        monkeypatch.setenv("DONDOC_CLOCK", house.house.clock.model_dump_json())
        settings.cache_clear()

    yield use
    for browser, _ in _AT_BROWSERS.values():
        await browser.aclose()
    _AT_BROWSERS.clear()
    settings.cache_clear()


async def test_nobody_decides_on_their_own_on_any_way(
    tmp_path: Path, database: Database, office_clock: Callable[[Living], None]
) -> None:
    """On the second database every third person: the same questions on the same ways."""
    people = dict(islice(PEOPLE.items(), 0 if database.whole else 2, None, 1 if database.whole else 3))
    tasks = [planned(f"{number}.{kind}", ("so-b",)) for number in range(len(people)) for kind in ("a", "b")]
    async with living(tmp_path, database.fresh(), plan(*tasks)) as house:
        office_clock(house)
        answers: dict[tuple[str, str, str, str], str] = {}
        for number, (name, own) in enumerate(people.items()):
            await save_directory(house.house.register, own.directory)
            for task in (house.tasks[f"{number}.a"], house.tasks[f"{number}.b"]):
                answers |= await all_refused(
                    house, task, own, name, report=task is house.tasks[f"{number}.a"]
                )
        wrong = {key: answer for key, answer in answers.items() if answer != "own_report"}
        assert wrong == {}
        cases = len(people) * len(WAYS) - 1
        assert len(answers) == cases * sum(len(every) for every in DECISIONS.values())


async def all_refused(
    house: Living, task: Task, own: Own, name: str, *, report: bool
) -> dict[tuple[str, str, str, str], str]:
    """Every decision on what one person asked for, on every way; then another one may decide."""
    await ask(house, task, own, report=report)
    before = await house.facts(task)
    tries = [
        (way, Try(house, task, own, question, choice, f"{way}-{question.kind}-{choice}".upper()))
        for way in WAYS
        if (name, way) != NOBODY_TYPES_FOR_ANOTHER
        for question in before.questions
        for choice in DECISIONS[question.kind]
    ]
    heard = await asyncio.gather(*(WAYS[way](one) for way, one in tries))
    after = await house.facts(task)
    assert after.having(revision=0) == before.having(revision=0), "nothing has changed"
    for question in before.questions:
        await decided_by_another(house, task, question)
    return {
        (name, one.question.kind, one.choice, way): answer
        for (way, one), answer in zip(tries, heard, strict=True)
    }


async def ask(house: Living, task: Task, own: Own, *, report: bool) -> None:
    """A report, or everything a unit can ask for at once."""
    more = own.asks._asdict()
    actor = more.pop("actor")
    if report:
        await house.do(task, "R-1", Act.REPORT, actor, own.asks_as, text="đã làm xong", **more)
        return
    asked = ((Act.REQUEST_EXTENSION, date(2026, 7, 10)), (Act.RAISE_OBSTACLE, None), (Act.REFUSE, None))
    for act, day in asked:
        await house.do(task, f"Q-{act}", act, actor, own.asks_as, reason="lý do", day=day, **more)


async def decided_by_another(house: Living, task: Task, question: Question) -> None:
    """The question was decidable all the time."""
    choice = Choice.REFUSE
    done = await house.do(
        task,
        f"D-{question.kind}",
        Act.ANSWER,
        "other",
        APPROVER,
        question=question.id,
        choice=choice,
        reason="lý do",
    )
    assert isinstance(done, Receipt)
