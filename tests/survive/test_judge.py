"""The judge of the fire: content with the undisturbed run, and with nothing that is lost, doubled or out of order."""

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from directive.event import EventKind
from tests.survive.judge import posted, verdict
from tests.survive.ledger import Ledger, Line, Sent
from tests.survive.run import _too_early
from tests.survive.story import Story, write_story
from tests.survive.undisturbed import undisturbed

SEED = 1


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Story, Ledger]:
    """A story and what its undisturbed run has left."""
    folder = tmp_path_factory.mktemp("story")
    story = write_story(folder, SEED)
    return story, asyncio.run(undisturbed(story, folder / "undisturbed.db"))


def _silent(ledger: Ledger) -> str:
    """A task that climbs to the top."""
    return next(
        task for task, lines in ledger.lines.items() if any(one.event.id == "c1.final" for one in lines)
    )


def _changed(ledger: Ledger, task: str, change: Callable[[list[Line]], list[Line]]) -> Ledger:
    return ledger._replace(lines={**ledger.lines, task: tuple(change(list(ledger.lines[task])))})


def _at(lines: list[Line], key: str) -> int:
    return next(number for number, line in enumerate(lines) if line.event.id == key)


def _superseded(lines: list[Line], key: str, by: str) -> list[Line]:
    at = _at(lines, key)
    event = lines[at].event.model_copy(
        update={"kind": EventKind.SUPERSEDED, "reason": by, "to": (), "copy_to": ()}
    )
    return [*lines[:at], Line(event), *lines[at + 1 :]]


def test_an_undisturbed_run_is_what_it_is_compared_with(told: tuple[Story, Ledger]) -> None:
    story, ledger = told
    assert len(story.orders) == 50
    assert verdict(story, ledger, ledger) == []


def test_the_story_has_every_life_and_all_of_their_acts_come_up(told: tuple[Story, Ledger]) -> None:
    story, ledger = told
    kinds = {line.event.kind for lines in ledger.lines.values() for line in lines}
    assert {
        EventKind.FINAL_NOTICE,
        EventKind.QUESTION_LAPSED,
        EventKind.COUNTER_OFFERED,
        EventKind.SKIPPED,
    } <= kinds
    assert {EventKind.RETURNED, EventKind.RESUMED, EventKind.COMMITTED, EventKind.NOT_OURS_AGREED} <= kinds
    done = sum(line.event.id.startswith("act-") for lines in ledger.lines.values() for line in lines)
    assert done == len(story.acts)


def test_a_lost_mark_is_named(told: tuple[Story, Ledger]) -> None:
    story, ledger = told
    task = _silent(ledger)
    lost = _changed(ledger, task, lambda lines: [one for one in lines if one.event.id != "c1.level.2"])
    assert f"{task}: c1.level.2 (escalated) is lost" in verdict(story, ledger, lost)


def test_a_lost_act_is_named(told: tuple[Story, Ledger]) -> None:
    story, ledger = told
    task = next(task for task, lines in ledger.lines.items() if lines[-1].event.kind is EventKind.APPROVED)
    lost = _changed(ledger, task, lambda lines: lines[:-1])
    assert any("(approved) is lost" in one for one in verdict(story, ledger, lost))


def test_a_doubled_cause_is_named(told: tuple[Story, Ledger]) -> None:
    story, ledger = told
    task = _silent(ledger)
    doubled = _changed(ledger, task, lambda lines: [*lines, lines[-1]])
    assert f"{task}: {doubled.lines[task][-1].event.id} is settled 2 times" in verdict(story, ledger, doubled)


def test_a_mark_that_is_absorbed_and_taken_is_named(told: tuple[Story, Ledger]) -> None:
    story, ledger = told
    task = _silent(ledger)
    doubled = _changed(
        ledger, task, lambda lines: [*lines[:-1], lines[-1]._replace(absorbed=("c1.level.1",))]
    )
    assert f"{task}: c1.level.1 is settled 2 times" in verdict(story, ledger, doubled)


def test_an_order_that_no_table_allows_is_named(told: tuple[Story, Ledger]) -> None:
    story, ledger = told
    task = next(task for task, lines in ledger.lines.items() if lines[-1].event.kind is EventKind.APPROVED)
    swapped = _changed(
        ledger, task, lambda lines: [*lines[:-2], lines[-1], lines[-2]]
    )  # approved, then reported
    (wrong,) = verdict(story, ledger, swapped)
    assert wrong.startswith(f"{task}: ")


def test_a_mark_that_was_not_called_for_then_is_named(told: tuple[Story, Ledger]) -> None:
    story, ledger = told
    task = _silent(ledger)

    def swap(lines: list[Line]) -> list[Line]:
        one, other = _at(lines, "c1.level.1"), _at(lines, "c1.level.2")
        lines[one], lines[other] = lines[other], lines[one]
        return lines

    assert any(
        "marks that nothing called for then" in one
        for one in verdict(story, ledger, _changed(ledger, task, swap))
    )


def test_what_the_outage_rule_merged_is_excused_only_where_the_register_says_so(
    told: tuple[Story, Ledger],
) -> None:
    story, ledger = told
    task = _silent(ledger)

    def quiet(found: Ledger) -> Ledger:
        kept = [one for one in found.notices if (one.task, one.cause) != (task, "c1.again.1")]
        return found._replace(notices=tuple(kept))

    untold = quiet(ledger)
    assert any("does not hear of c1.again.1" in one for one in verdict(story, ledger, untold))
    late = ledger.lines[task][-1].event.at

    def merged(lines: list[Line]) -> list[Line]:
        at = _at(lines, "c1.again.1")
        lines = _superseded(lines, "c1.again.1", "c1.final")
        lines[at] = Line(lines[at].event.model_copy(update={"at": late}))
        return lines

    assert verdict(story, ledger, quiet(_changed(ledger, task, merged))) == []
    by_nothing = _changed(ledger, task, lambda lines: _superseded(lines, "c1.again.1", "c1.again.9"))
    assert any("c1.again.1 is superseded" in one for one in verdict(story, ledger, quiet(by_nothing)))


def test_a_notice_too_many_and_one_that_no_message_carries_are_named(told: tuple[Story, Ledger]) -> None:
    story, ledger = told
    first, *rest = ledger.notices
    stranger = ledger._replace(notices=(first._replace(person="du.bt"), *rest))
    assert any("du.bt hears of" in one for one in verdict(story, ledger, stranger))
    uncarried = ledger._replace(notices=(first._replace(status="decided", message="m-1"), *rest))
    assert any("no message of theirs carries it" in one for one in verdict(story, ledger, uncarried))


def test_a_message_posted_twice_is_named_unless_the_register_counts_it() -> None:
    sent = Ledger({}, (), (Sent("m-1", "a", "sent"), Sent("m-2", "a", "sent", repeats=1)), {})
    assert list(posted(sent, Counter({"m-1": 1, "m-2": 2}))) == []
    assert len(list(posted(sent, Counter({"m-1": 2, "m-2": 1})))) == 1
    assert len(list(posted(sent, Counter({"m-2": 1, "m-3": 1})))) == 2


def test_a_task_that_stands_elsewhere_than_its_causes_lead_is_named(
    told: tuple[Story, Ledger], tmp_path: Path
) -> None:
    story, ledger = told
    task = _silent(ledger)
    facts = ledger.facts[task].having(extensions=1)
    moved = ledger._replace(facts={**ledger.facts, task: facts})
    assert verdict(story, ledger, moved) == [f"{task}: extensions is 1, and its causes lead to 0"]


def test_only_the_marks_right_before_an_act_may_be_overtaken(
    told: tuple[Story, Ledger],
) -> None:
    story, ledger = told
    task, lines = next(
        (task, lines)
        for task, lines in ledger.lines.items()
        if lines[-1].event.kind is EventKind.WITHDRAWN and lines[-2].event.id in ledger.facts[task].settled
    )
    assert verdict(story, ledger, _forgetting(ledger, task, lines[-2].event.id)) == []
    earlier = next(key for key in ledger.facts[task].settled if key != lines[-2].event.id)
    assert any("settled is" in one for one in verdict(story, ledger, _forgetting(ledger, task, earlier)))


def _forgetting(ledger: Ledger, task: str, key: str) -> Ledger:
    facts = ledger.facts[task]
    left = facts.model_copy(update={"settled": tuple(one for one in facts.settled if one != key)})
    return ledger._replace(facts={**ledger.facts, task: left})


def test_an_assignment_taken_again_counts_from_then_and_only_within_a_day(told: tuple[Story, Ledger]) -> None:
    story, ledger = told
    task = _silent(ledger)

    def recorded(earlier: timedelta) -> list[str]:
        def change(lines: list[Line]) -> list[Line]:
            first = lines[0].event.model_copy(update={"at": lines[0].event.at - earlier})
            return [lines[0]._replace(event=first), *lines[1:]]

        return verdict(story, ledger, _changed(ledger, task, change))

    assert recorded(timedelta(hours=3)) == []
    assert recorded(timedelta(days=2)) != []


def test_the_second_since_when_an_acknowledgement_is_asked_for_is_no_cause(
    told: tuple[Story, Ledger],
) -> None:
    story, ledger = told
    task = next(task for task, facts in ledger.facts.items() if any(".ack." in one for one in facts.settled))
    facts = ledger.facts[task]
    asked = f"a{facts.ack_since:%Y%m%d%H%M%S}."

    def settled(change: str) -> list[str]:
        moved = facts.model_copy(
            update={"settled": tuple(one.replace(asked, change) for one in facts.settled)}
        )
        return verdict(story, ledger, ledger._replace(facts={**ledger.facts, task: moved}))

    assert settled("a20260814230345.") == []
    assert any("settled is" in one for one in settled("x."))


def test_an_answer_to_a_forgotten_question_is_no_refusal_once_it_is_taken() -> None:
    said = "act-5-so-a-1 no_question: hiện có 0"
    assert _too_early(said, {"act-5-so-a-1"})
    assert not _too_early(said, set())
    assert not _too_early("act-5-so-a-1 not_yours: …", {"act-5-so-a-1"})
