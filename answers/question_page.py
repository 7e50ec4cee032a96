"""The values of a question's page: everything in words, so that the template only lays it out."""

from typing import Any

from answers import rights
from answers.filled import Filled, empty, new_id
from answers.reader import Reader
from desk import words
from desk.about import about
from desk.asking import Asked, following_words, head_once, until_words
from desk.explain import people_of
from desk.language import text
from desk.leads import Lead
from desk.month import wall
from desk.naming import choice_means, lead_named
from desk.offered import colleagues, may
from desk.story import past
from desk.whole import Whole
from desk.wording.doing import GRADES
from directive.due import local_day
from directive.message import Act
from directive.opening import NOT_ACKNOWLEDGED
from directive.question import Question, QuestionKind

_OF_THE_UNIT = {QuestionKind.EXTENSION, QuestionKind.OBSTACLE, QuestionKind.NOT_OURS, QuestionKind.COUNTER}


def say_of(whole: Whole) -> dict[str, Any]:
    """What forms choose from: people, grades; and today, the last day that a document may bear."""
    return {
        "people": [(one, name, "") for one, name in colleagues(whole)],
        "grades": [(one.value, text(*pair), "") for one, pair in GRADES.items()],
        "today": local_day(whole.at).isoformat(),
    }


def values(whole: Whole, asked: Asked | None, question: str, reader: Reader, given: Filled) -> dict[str, Any]:
    """What `question.html.j2` names, beside the answer given and what was wrong with it."""
    tried = given.text("choice")
    return {
        "whole": whole,
        "asked": asked,
        "question": question,
        "head": asked.head if asked else head_once(whole, question),
        "until": until_words(whole, asked.until) if asked and asked.until else "",
        "is_late": bool(asked and asked.until and asked.until <= whole.at),
        "asked_facts": _asked_facts(whole, asked) if asked else [],
        "unit_said": _unit_said(whole, asked.question) if asked else "",
        "waits_for": _waits_for(whole, asked.question, reader) if asked else "",
        "following": following_words(whole, asked.following) if asked and asked.following else "",
        "acknowledges": asked is not None and _acknowledges(whole, asked, reader),
        "given": given,
        "blank": empty(),
        "fault_of": tried,
        "id_of": lambda lead: given.message_id if lead.choice and lead.choice.value == tried else new_id(),
        "button_of": lambda lead: lead_named(whole, lead, question),
        "meaning_of": lambda lead: _means(whole, lead, question),
        "matter": about(whole),
        "story": past(whole),
        "say": say_of(whole),
        "wall": wall,
        "names": whole.names,
        "task_href": f"/nhiem-vu/{whole.facts.task.id}",
    }


def _asked_facts(whole: Whole, asked: Asked) -> list[tuple[str, str]]:
    """As whom the reader is asked, and why now."""
    doer = asked.standing.doer
    why = list(asked.why)
    as_whom = why.pop(0) if doer else ""
    return [
        (text("Hỏi bạn với vai trò", "You are asked as"), as_whom),
        (text("Vì sao", "Why now"), "; ".join(why)),
    ]


def _unit_said(whole: Whole, question: Question) -> str:
    """The reason that came with what the unit, or the other side, asks for."""
    if question.kind not in _OF_THE_UNIT:
        return ""
    found = next((one for one in whole.events if one.question == question.id and one.actor), None)
    return (found.reason or found.text) if found else ""


def _waits_for(whole: Whole, question: Question, reader: Reader) -> str:
    """Why this reader has nothing to answer: it is their own, they have answered, or others are asked."""
    if question.is_own(reader.person.id):
        return text(
            "Không ai được tự quyết định báo cáo hoặc đề nghị của chính mình; đang chờ người khác quyết định.",
            "Nobody decides on their own report or request; it waits for somebody else.",
        )
    today = local_day(whole.at)
    asked = [
        f"{words.role(role, whole.names)} ({', '.join(people_of(role, today, whole.facts, whole.directory))})"
        for role in question.asked
    ]
    return text("Đang hỏi: ", "It is put to: ") + "; ".join(asked) + "."


def _acknowledges(whole: Whole, asked: Asked, reader: Reader) -> bool:
    """Whether to acknowledge is one more answer: the question is why nobody has."""
    if asked.question.about != NOT_ACKNOWLEDGED or not rights.does_act(
        reader, whole.facts.task.id, Act.ACKNOWLEDGE
    ):
        return False
    return may(whole, Act.ACKNOWLEDGE, reader.person.id) is not None


def _means(whole: Whole, lead: Lead, question: str) -> str:
    assert lead.choice
    return choice_means(whole, lead.choice, QuestionKind(question.partition(".")[0]))
