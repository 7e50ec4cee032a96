"""Where a document waits for approval, notices speak of the document: never of a task, in both languages alike."""

import itertools
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from directive.approval import submitted
from directive.clock import OfficeClock
from directive.codes import approval_id
from directive.event import EventKind
from directive.message import Evidence
from directive.plan import Plan
from directive.question import Stage
from directive.request import Request
from directive.task import State
from notices.dates import day_words
from notices.gather import Batch
from notices.letter import compose
from notices.office import Office
from notices.words import LANGUAGES, Language, _entries, words
from register.outbox_models import Notice
from tests.notices.given import CALENDAR, directory, local, notice, plan

LEAVES = re.compile(r"nhiệm vụ|nghiệm thu|\btasks?\b", re.IGNORECASE)
TOLD = (
    EventKind.REPORTED,
    EventKind.VOTED,
    EventKind.APPROVED,
    EventKind.RETURNED,
    EventKind.REPORT_REFUSED,
    EventKind.MORE_ASKED,
    EventKind.MORE_GIVEN,
    EventKind.PROGRESSED,
    EventKind.WITHDRAWN,
    EventKind.REVIEW_ASKED,
    EventKind.QUESTION_PRESSED,
    EventKind.QUESTION_FINAL,
    EventKind.QUESTION_LISTED,
)
ASKED = {EventKind.REPORTED, EventKind.VOTED, EventKind.QUESTION_PRESSED, EventKind.QUESTION_FINAL}
STILL_OPEN = {EventKind.MORE_ASKED, EventKind.MORE_GIVEN, EventKind.QUESTION_LISTED}
RETURNED = {EventKind.RETURNED, EventKind.REVIEW_ASKED}


def asking() -> Plan:
    made = plan()
    header = made.directive.model_copy(
        update={"id": approval_id("ttr-45"), "number": "45/TTr-SKHCN", "subject": "Ban hành Kế hoạch"}
    )
    entry = made.tasks[0].model_copy(
        update={
            "code": "ttr-45",
            "work": "Ban hành Kế hoạch",
            "product": "",
            "route": (Stage(asks=("head:vp",)),),
            "monitor": "vp",
        }
    )
    request = Request(
        reference="ttr-45",
        text="Kính trình",
        evidence=(Evidence(name="Dự thảo", where="du-thao.docx"),),
        by="officer",
        role="officer:so-khcn",
        needed=date(2026, 7, 20),
    )
    return made.model_copy(update={"directive": header, "tasks": (entry,), "request": request})


def message(kind: EventKind, language: Language, **more: Any) -> str:
    made, people = asking(), directory("state", "subordinate", language)
    (order,) = made.orders(people, OfficeClock())
    assert made.request
    facts, _ = submitted(order, made.request.submission(local(1)), local(1))
    question = facts.questions[0].id
    if kind in RETURNED:
        facts = facts.having(state=State.IN_PROGRESS, questions=())
    role, person = ("head:vp", "head-vp") if kind in ASKED else ("officer:so-khcn", "officer")
    one: Notice = notice(
        "c1.x",
        local(1),
        kind,
        code="ttr-45",
        role=role,
        person=person,
        question=question if kind in ASKED | STILL_OPEN else "",
        detail={"day": "2026-07-06", "round": "1"},
    )
    same = {
        "task": order.task.id,
        "directive": order.task.id,
        "number": "45/TTr-SKHCN",
        "work": "Ban hành Kế hoạch",
    }
    where = Office(
        directory=people,
        plans={order.task.id: made},
        facts={order.task.id: facts},
        calendars={CALENDAR.version: CALENDAR},
        now=local(1, 8, 0, 30),
    )
    sent = compose(Batch(person=person, told=(replace(one, **{**same, **more}),)), where)
    return f"{sent.subject}\n{sent.text}"


@pytest.mark.parametrize(("kind", "language"), list(itertools.product(TOLD, LANGUAGES)))
def test_a_notice_about_a_document_speaks_of_no_task(kind: EventKind, language: Language) -> None:
    text = message(kind, language)
    body = text.partition("\n-- \n")[0]  # the footer names the system
    assert not LEAVES.search(body), body
    assert "{{" not in body
    assert "Ban hành Kế hoạch" in body
    assert "Dự thảo (du-thao.docx)" in body


def test_who_is_asked_is_told_how_to_answer_and_by_when_it_is_needed() -> None:
    text = message(EventKind.REPORTED, "vi")
    assert "45/TTr-SKHCN" in text
    assert f"Cần có ý kiến trước khi hết ngày: {day_words(date(2026, 7, 20), 'vi')}" in text
    for choice in ("approve", "return", "refuse"):
        assert f"answer approval:ttr-45 --choice {choice}" in text


def test_both_languages_say_the_same_otherwise() -> None:
    def paths(entries: dict[str, Any], at: str = "") -> set[str]:
        return {
            path
            for key, value in entries.items()
            for path in (paths(value, f"{at}.{key}") if isinstance(value, dict) else {f"{at}.{key}"})
        }

    vi, en = (paths(_entries(f"{language}_approval")) for language in LANGUAGES)
    assert vi == en
    for language in LANGUAGES:
        assert words(language, "approval").say("questions.approval")
