"""Letters lead to the page: each reader to their own question, by a link that anybody else's key does not open."""

import dataclasses
import re
from typing import Any

from directive.event import EventKind
from notices.gather import Batch
from notices.letter import compose
from notices.link import LIVES, Link, Links
from notices.office import Office
from register.outbox_models import OutMessage
from tests.notices import test_letter
from tests.notices.given import directory, local, notice, plan
from tests.notices.test_words import office, told
from tests.register.given import planned

LINKS = Links("an office's secret of some length", "https://dondoc.tinh.example/")
LINK = re.compile(r"https://dondoc\.tinh\.example/l/([\w.-]+)")


def letter(kind: EventKind, where: Office | None = None, **more: Any) -> OutMessage:
    made = where or dataclasses.replace(office("state", "subordinate", "vi", kind), links=LINKS)
    return compose(Batch(person="head", told=(told(kind, **more),)), made)


def opened(text: str) -> list[Link]:
    found = [LINKS.read(token) for token in LINK.findall(text)]
    return [one for one in found if one]


def test_a_question_is_answered_on_the_page_by_who_is_asked_until_the_link_ends() -> None:
    message = letter(EventKind.ESCALATED)
    task = "task:du.1346-cv-du-2026:1.1:so-khcn"
    expected = Link(person="head", task=task, question="escalation.1", ends_at=message.decided_at + LIVES)
    assert opened(message.text) == opened(message.html) == [expected]
    assert ">Trả lời</a>" in message.html
    assert "starter.py" not in message.text + message.html
    assert "cam kết ngày hoàn thành" in message.text, "what can be answered is still said"


def test_without_a_question_the_link_is_to_the_task() -> None:
    for copied, words in ((False, ">Trả lời</a>"), (True, ">Xem nhiệm vụ</a>")):
        message = letter(EventKind.ASSIGNED, copied=copied)
        assert [one.question for one in opened(message.html)] == [""]
        assert words in message.html
    assert [one.question for one in opened(letter(EventKind.ESCALATED, copied=True, role="").text)] == [""]


def test_without_a_page_the_commands_are_told() -> None:
    message = letter(EventKind.ESCALATED, office("state", "subordinate", "vi", EventKind.ESCALATED))
    assert "starter.py answer" in message.text
    assert "http" not in message.text
    assert "<a " not in message.html


def test_each_row_of_a_folded_list_leads_to_its_task_and_the_list_to_the_inbox() -> None:
    made = plan(*(planned(str(i), ("so-khcn",), work=f"Việc số {i}") for i in range(1, 11)))
    where = dataclasses.replace(test_letter.office(directory(), made), links=LINKS)
    rows = tuple(notice("r", local(1), EventKind.REMINDED, code=str(i)) for i in range(1, 11))
    message = compose(Batch(person="head", told=rows), where)
    assert [one.task.split(":")[2] for one in opened(message.html)] == [str(i) for i in range(1, 11)]
    assert opened(message.text) == opened(message.html)
    assert 'href="https://dondoc.tinh.example/viec"' in message.html
    assert "CODE" not in message.text


def test_a_letter_is_the_same_byte_for_byte_and_follows_nobody() -> None:
    first, again = letter(EventKind.ESCALATED), letter(EventKind.ESCALATED)
    assert first == again
    for trace in ("<img", "<script", "http://", "url(", "@import", "<link"):
        assert trace not in first.html
    addresses = set(re.findall(r"https?://[^\s\"'<]+", first.html))
    assert all(one.startswith("https://dondoc.tinh.example/l/") for one in addresses)


def test_the_style_is_in_the_elements_and_darkness_in_the_sheet() -> None:
    page = letter(EventKind.ESCALATED).html
    assert re.search(r'<a class="button"[^>]* style="[^"]*padding: 13px 30px', page)
    assert "@media (prefers-color-scheme: dark)" in page
    sheet = page.partition("<style>")[2].partition("</style>")[0]
    assert sheet.strip().startswith("@media"), "nothing twice"
